"""One claim, one happening: cuts a content where the same voice goes on to tell something else.

After the guideline: two happenings in a sentence are two claims; one happening told in consecutive clauses is one.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ondit.languages import load_pack
from ondit.model import Count, Span
from ondit.model.records import replace
from ondit.ontology import event_types
from ondit.read.engines.rules.attribution import trim
from ondit.read.engines.rules.claims import Draft
from ondit.read.engines.rules.happenings import Happening, choose, within
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.units import Clause, Parse, is_joint

_CLAUSE = re.compile(r"[aT,]*(?:[et][nyT]+(?:o[ny])*,?)?[nyp](?:[oet]{1,2}[nyT]+|\([ny]\)|ko?[ny]|,[ny],|[aTz])*[VURB]")
_JOINTS = frozenset("k;se")
# Where the verb stands first, it opens the clause; a subject may still stand before it.
_VERB_FIRST = re.compile(r"[aTz,]*(?:[et][nyT]+,?)?[VURB]|" + _CLAUSE.pattern)
_SHORTEST = 12  # characters: what is shorter tells nothing by itself


def split_by_happening(
    parse: Parse, drafts: Sequence[Draft], happenings: Sequence[Happening], counts: Sequence[Count]
) -> list[Draft]:
    """The drafts with every content cut into its happenings, in text order."""
    out: list[Draft] = []
    for draft in drafts:
        parts = _parts(parse, draft, happenings, counts)
        out += [draft if content == draft.content else replace(draft, content=content) for content in parts]
    out.sort(key=lambda d: (d.content.start, d.content.stop, len(d.chain)))
    return out


def _parts(parse: Parse, draft: Draft, happenings: Sequence[Happening], counts: Sequence[Count]) -> Iterator[Span]:
    """Neighbouring pieces stay together as long as they tell one happening."""
    pieces = [p for p in _pieces(parse, draft) if len(p) >= _SHORTEST]
    if len(pieces) < 2:
        yield draft.content
        return
    current = pieces[0]
    for piece in pieces[1:]:
        if _same(current, piece, happenings, counts):
            current = current.cover(piece)
        else:
            yield trim(parse, current)
            current = piece
    yield draft.content if current == draft.content else trim(parse, current)


def _pieces(parse: Parse, draft: Draft) -> Iterator[Span]:
    """The content cut at the ends of sentences inside it and before clauses with a subject and a finite verb of their own."""
    begin = draft.content.start
    for cut in sorted(set(_cuts(parse, draft.content))):
        piece = trim(parse, Span(begin, cut))
        if len(piece) >= _SHORTEST:
            yield piece
            begin = _after_joint(parse, cut)
    if begin < draft.content.stop:
        yield trim(parse, Span(begin, draft.content.stop))


def _cuts(parse: Parse, content: Span) -> Iterator[int]:
    starts = parse.tokens.starts
    for clause in parse.clauses_in(parse.token_at(content.start), parse.token_at(content.stop)):
        if starts[clause.first] >= content.stop or parse.tokens.stops[clause.last - 1] <= content.start:
            continue
        if starts[clause.first] > content.start and clause.within is not None and _holds(content, clause):
            yield starts[clause.first]
        yield from (
            starts[clause.units[i].first]
            for i in _joints(parse, clause, content)
            if _well_inside(parse, clause, i, content)
        )


def _holds(content: Span, clause: Clause) -> bool:
    assert clause.within is not None
    return clause.within.inner.start <= content.start and content.stop <= clause.within.inner.stop + 1


def _well_inside(parse: Parse, clause: Clause, index: int, content: Span) -> bool:
    start = parse.tokens.starts[clause.units[index].first]
    return content.start + _SHORTEST <= start < content.stop - _SHORTEST


def _joints(parse: Parse, clause: Clause, content: Span) -> Iterator[int]:
    """Units at which "…, and | the police arrested two men" goes on with a clause of its own."""
    joins = _joins(parse.pack.language)
    symbols = clause.symbols
    if _JOINTS.isdisjoint(symbols):
        return
    own_clause = _VERB_FIRST if phrases(parse.pack).verb_first else _CLAUSE
    verb_before = False
    for at, unit in enumerate(clause.units):
        if unit.kind in "VURB" and parse.tokens.starts[unit.first] >= content.start:
            verb_before = True
        joint = unit.kind in "k;" or (unit.kind in "se" and parse.tokens.keys[unit.first] in joins)
        if joint and verb_before and own_clause.match(symbols[at + 1 :]):
            yield at
            verb_before = False


@lru_cache(maxsize=16)
def _joins(language: str) -> frozenset[str]:
    return frozenset(load_pack(language).table("grammar/attribution")["content"]["joins"])


def _after_joint(parse: Parse, cut: int) -> int:
    at = parse.token_at(cut)
    while at < len(parse.tokens) and is_joint(parse, at):
        at += 1
    return parse.tokens.starts[at] if at < len(parse.tokens) else cut


def _same(first: Span, second: Span, happenings: Sequence[Happening], counts: Sequence[Count]) -> bool:
    """Do two neighbouring pieces tell one happening?"""
    left, right = choose(within(happenings, first)), choose(within(happenings, second))
    if right is None:
        return left is not None or not _counted(second, counts)
    if left is None:
        return not _counted(first, counts)
    if left.type == right.type:
        return True
    types = event_types()
    told_of = right.inherited == left.trigger or left.inherited == right.trigger
    return told_of and types[left.type].family == types[right.type].family


def _counted(span: Span, counts: Sequence[Count]) -> bool:
    return any(span.contains(c.span) for c in counts)
