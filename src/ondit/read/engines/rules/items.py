"""Lines that tell for themselves: points of a list, lines of a ticker, short lines one below the other."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum, auto
from itertools import pairwise

from ondit.model import Item, Span
from ondit.model.records import record
from ondit.read.engines.rules.line_heads import NUMBERED
from ondit.read.engines.rules.units import Parse
from ondit.text.signs import behind_signs, is_sign

_FEWEST = 2  # points make a list, headings parts
_FEWEST_SHORT = 3  # lines without a mark and without a full stop
_SHORT = 200  # characters of such a line
_HEADING = 40  # characters
_STOPS = frozenset('.!?؟…:;,،؛»”"')
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_DASHED = re.compile(r"[-–—*>~+][ \t\u00a0]+")
_HOUR = re.compile(r"[\[(]?\d{1,2} ?[:hH٫] ?\d{2}\b")
_HEADED = re.compile(r"[^\W_][^\s:]*(?:[ \t\u00a0][^\s:]+){0,4}[ \t\u00a0]?:[ \t\u00a0]")


class _Kind(Enum):
    POINT = auto()  # behind a bullet, a number, an emoji, or a head of its own ("Mali: …")
    SHORT = auto()  # without a full stop
    PROSE = auto()


@record
class _Line:
    span: Span
    kind: _Kind
    apart: bool  # a line is left empty before it


def find_items(parse: Parse) -> tuple[Item, ...]:
    """The lines of a document that stand beside one another, each with the lines that go on with it; none when there are no two.

    Points are told by their marks or heads, headings by being short, without a full stop and followed by prose, other lines by being short and three in a
    row. What stands between two goes on with the first; what stands before the first or, behind an empty line, after the last point, is the report's own.
    A heading with points under it is theirs. Lines that begin with an hour tell one thing after the other and are no items.
    """
    lines = list(_lines(parse))
    over_points = {
        at
        for at, (line, after) in enumerate(pairwise(lines))
        if _is_short(line) and after.kind is _Kind.POINT and (line.apart or at == 0)
    }
    opening = _opening(lines, over_points)
    if len(opening) < _FEWEST:
        return ()
    items, head = [], None
    ends = sorted({*opening, *over_points, _end(lines, opening[-1])})
    for first, end in pairwise(ends):
        span = Span(lines[first].span.start, lines[end - 1].span.stop)
        if first in over_points:
            head = span
        else:
            items.append(Item(span, head))
    return tuple(items)


def _is_short(line: _Line) -> bool:
    return line.kind is _Kind.SHORT and len(line.span) <= _HEADING


def _opening(lines: Sequence[_Line], over_points: AbstractSet[int]) -> list[int]:
    """The lines that open an item."""
    points = {at for at, line in enumerate(lines) if line.kind is _Kind.POINT}
    short: list[int] = []
    in_a_row: set[int] = set()
    for at, line in enumerate(lines):
        if line.kind is _Kind.PROSE or at in over_points or (line.apart and short):
            short = []
        if line.kind is not _Kind.PROSE and at not in over_points:
            short.append(at)
        if len(short) >= _FEWEST_SHORT:
            in_a_row.update(short)
    headings = {
        at
        for at, (line, after) in enumerate(pairwise(lines))
        if _is_short(line) and after.kind is _Kind.PROSE and at not in in_a_row
    }
    kept = (group for group in (points, headings) if len(group) >= _FEWEST)
    return sorted(in_a_row.union(*kept))


def _end(lines: Sequence[_Line], last: int) -> int:
    """The line behind the last item; under a heading that is the end."""
    if last + 1 < len(lines) and lines[last].kind is _Kind.SHORT and lines[last + 1].kind is _Kind.PROSE:
        return len(lines)
    return next((at for at in range(last + 1, len(lines)) if lines[at].apart), len(lines))


def _lines(parse: Parse) -> Iterator[_Line]:
    sentences, text = parse.document.sentences, parse.text
    if not sentences:
        return
    stop, last = sentences[-1].stop, -1
    begin = max(text.rfind("\n", 0, sentences[0].start), text.rfind("\r", 0, sentences[0].start)) + 1
    for match in _LINE.finditer(text, begin, stop):
        if not match.group().strip():
            continue
        between = text[last : match.start()] if last >= 0 else ""
        yield _Line(Span(*match.span()), _kind(text, *match.span()), between.count("\n") > 1)
        last = match.end()


def _kind(text: str, start: int, stop: int) -> _Kind:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and (text[stop - 1].isspace() or is_sign(text[stop - 1])):
        stop -= 1
    told = behind_signs(text, start, stop)
    if _HOUR.match(text, told, stop):
        return _Kind.PROSE  # one thing after the other, as a story tells it
    if told < stop and (told > start or any(p.match(text, told, stop) for p in (_DASHED, NUMBERED, _HEADED))):
        return _Kind.POINT
    return _Kind.SHORT if stop - start <= _SHORT and text[stop - 1] not in _STOPS else _Kind.PROSE
