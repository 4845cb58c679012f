"""Words for the sort of a place beside its name: what kinds they ask for, and names of the gazetteer that they belong to ("Al-Shifa hospital", "camp de Zamzam")."""

from collections.abc import Sequence

from ondit.gazetteer import Gazetteer, Hit, Match, PlaceKind, fold_name
from ondit.model import Span
from ondit.model.records import record
from ondit.read.engines.rules.toponym_words import PlaceWords
from ondit.read.engines.rules.units import Parse

_LONGEST_SORT = 24  # characters of a sort word behind a name
_LONGEST_HEAD = 4  # tokens of one before it


@record
class Whole:
    """A name of the gazetteer with its sort word."""

    span: Span
    key: str
    hits: tuple[Hit, ...]


def kinds_before(parse: Parse, words: PlaceWords, before: int, start: int) -> frozenset[PlaceKind]:
    """The kinds that the words right before a name ask for ("the province of"); `before` is the token before it, -1 when there is none."""
    found = _head(parse, words, before, start)
    return words.heads_before[found[1]] if found else frozenset()


def with_sort(
    parse: Parse, words: PlaceWords, gazetteer: Gazetteer, before: int, name: Span, alone: Sequence[Hit] = ()
) -> Whole | None:
    """The name with the sort word behind or before it, when the gazetteer has them together as they are written, and another place than `alone` are the name's."""
    known = {hit.entry.id for hit in alone}
    text = parse.text
    after = words.heads_after_pattern.match(text, name.stop, name.stop + _LONGEST_SORT)
    spans = [Span(name.start, after.end())] if after else []
    head = _head(parse, words, before, name.start)
    if head is not None:
        spans.append(Span(parse.tokens.starts[head[0]], name.stop))
    for span in spans:
        key = fold_name(span.of(text))
        hits = tuple(hit for hit in gazetteer.hits(key) if hit.match is Match.EXACT)
        if hits and hits[0].entry.id not in known:
            return Whole(span, key, hits)
    return None


def _head(parse: Parse, words: PlaceWords, before: int, start: int) -> tuple[int, str] | None:
    """The first token of the sort words right before a name, and their key."""
    keys, stops = parse.tokens.keys, parse.tokens.stops
    if before < 0 or stops[before] < start - 2 or keys[before] not in words.heads_last:
        return None
    for length in range(_LONGEST_HEAD, 0, -1):
        first = max(0, before - length + 1)
        head = " ".join(keys[first : before + 1]).replace("' ", "'")
        if words.heads_before.get(head):
            return first, head
    return None
