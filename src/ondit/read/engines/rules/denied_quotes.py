"""Quotations that a denial leads in: the sentence that says no is the denial, what is said behind it is said."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ondit.model import Span, Stance
from ondit.model.records import replace
from ondit.read.engines.rules.claims import Draft
from ondit.read.engines.rules.edges import trim
from ondit.read.engines.rules.units import Clause, Parse
from ondit.read.engines.rules.voices import voice_words


def split_denials(parse: Parse, drafts: Sequence[Draft]) -> list[Draft]:
    """As in “The army denies: «No soldier was killed. The attack was repelled.»”: two drafts, the second asserts."""
    return [part for draft in drafts for part in _parts(parse, draft)]


def _parts(parse: Parse, draft: Draft) -> Iterator[Draft]:
    if not draft.quoted or draft.kind != "deny" or draft.stance is not Stance.DENIES:
        yield draft
        return
    first, last = parse.token_at(draft.content.start), parse.token_at(draft.content.stop)
    sentences = [c for c in parse.clauses_in(first, last) if c.within is not None and first <= c.first < last]
    negative = [_is_negative(parse, sentence) for sentence in sentences]
    if len(sentences) < 2 or True not in negative:
        yield draft
        return
    said_no = negative.index(True)
    denies = [no or at < said_no for at, no in enumerate(negative)]
    for no, group in groupby(zip(sentences, denies, strict=True), key=lambda pair: pair[1]):
        run = [sentence for sentence, _ in group]
        content = trim(parse, parse.span(run[0].first, run[-1].last))
        content = Span(min(content.start, draft.content.start), content.stop) if run[0] is sentences[0] else content
        content = Span(content.start, min(content.stop, draft.content.stop))
        yield (
            replace(draft, content=content)
            if no
            else replace(draft, content=content, kind="assert", stance=Stance.ASSERTS)
        )


def _is_negative(parse: Parse, sentence: Clause) -> bool:
    """Does its first verb say no, or a word for nobody stand before it?"""
    nobody = voice_words(parse.pack).nobody
    for unit in sentence.units:
        if unit.verb is not None and unit.kind in "VURBvjJ":
            return unit.verb.negated or not nobody.isdisjoint(parse.tokens.keys[sentence.first : unit.first])
    return not nobody.isdisjoint(parse.tokens.keys[sentence.first : sentence.last])
