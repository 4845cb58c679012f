"""Turns of a conversation: in an interview or a transcript whoever a line names before its colon says all that follows up to the next turn."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from ondit.model import SourceKind, SourceMention, Span
from ondit.model.records import record, replace
from ondit.read.engines.rules.claims import Draft
from ondit.read.engines.rules.colons import says_where
from ondit.read.engines.rules.edges import is_label, trim
from ondit.read.engines.rules.held_contents import tells
from ondit.read.engines.rules.units import Parse
from ondit.read.engines.rules.voices import kind_of, voice_words

_HEAD = re.compile(
    r"^[ \t\u00a0*_–—-]*(?P<who>[^\W\d_][^\n:?!؟«»“”\"]{0,48}?)[*_ \t\u00a0]*:(?=[*_ \t\u00a0])", re.MULTILINE
)
_WORDS = 6  # tokens of a name with its office
_QUESTIONS = ("?", "؟")
_FEWEST, _VOICES = 3, 2  # turns, and who takes them


@record
class Turn:
    """A turn: where what is said begins, and who says it, nobody where the head only marks a question or an answer."""

    start: int
    voice: SourceMention | None


def find_turns(parse: Parse) -> list[Turn]:
    """The turns of a conversation in text order; none where nobody asks anything or fewer than two take turns, one of them twice."""
    text = parse.text
    heads = list(_HEAD.finditer(text))
    if len(heads) < _FEWEST:
        return []
    ends = [*(head.start() for head in heads[1:]), len(text)]
    asking = Counter(
        head.group("who")
        for head, end in zip(heads, ends, strict=True)
        if text[head.end() : end].rstrip().endswith(_QUESTIONS)
    )
    named = Counter(head.group("who") for head in heads)
    if not asking or len(named) < _VOICES or max(named.values()) < _VOICES:
        return []
    own = {who for who, often in asking.items() if 2 * often >= named[who]}  # who asks writes the report
    return [
        Turn(head.end(), None if head.group("who") in own else _voice(parse, Span(*head.span("who")))) for head in heads
    ]


def _voice(parse: Parse, who: Span) -> SourceMention | None:
    first, last = parse.token_at(who.start), parse.token_at(who.stop)
    if not 0 < last - first <= _WORDS or is_label(parse, who) or tells(parse, who) or says_where(parse, who, last + 1):
        return None
    if _is_reporter(parse, parse.tokens.keys[last - 1]):
        return None
    kind = kind_of(parse, who)
    if (
        kind is SourceKind.OTHER
        and not {"P", "?"}.intersection(parse.tags[first:last])
        and not who.of(parse.text).isupper()
    ):
        return None
    return SourceMention(span=who, text=who.of(parse.text), kind=kind, rule=f"{parse.pack.language}/attribution:turn")


def _is_reporter(parse: Parse, name: str) -> bool:
    """Does the text call somebody of this name its correspondent?"""
    keys, reporters = parse.tokens.keys, voice_words(parse.pack).reporters
    return any(name in keys[at + 1 : at + _NAMED] for at in parse.where(reporters))


_NAMED = 5  # tokens behind "our correspondent" in which the name stands


def through_turns(parse: Parse, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts in which what nobody else says in a turn is told by whose turn it is; who asks tells nothing."""
    told = [draft for draft in drafts if not _asks_somebody(parse, draft)]
    turns = find_turns(parse)
    starts = [turn.start for turn in turns]
    return [
        _in_turn(parse, draft, turns[at - 1]) if (at := bisect_right(starts, draft.content.stop)) else draft
        for draft in told
    ]


def _in_turn(parse: Parse, draft: Draft, turn: Turn) -> Draft:
    content = draft.content
    if content.start < turn.start:
        content = trim(parse, Span(min(turn.start, content.stop - 1), content.stop))
    if draft.chain or turn.voice is None:
        return draft
    cue = Span(turn.start - 1, turn.start)
    return replace(draft, content=content, chain=(turn.voice,), cue=cue, rule=turn.voice.rule)


def _asks_somebody(parse: Parse, draft: Draft) -> bool:
    """Is it a question: behind the colon of whoever asks, or one that opens as questions do ("Did the army say that …?")?"""
    behind = parse.text[draft.content.stop : draft.content.stop + 2].lstrip()
    if draft.cue is None or draft.quoted or not behind.startswith(_QUESTIONS):
        return False
    clause = parse.clauses[draft.clause]
    asking = parse.pack.table("grammar/attribution")["content"].get("asking", ())
    opened = not frozenset(parse.tokens.keys[clause.first : clause.first + _ASKING]).isdisjoint(asking)
    return draft.cue.of(parse.text) == ":" or (opened and clause.within is None)


_ASKING = 2  # tokens in which a question shows that it is one
