"""Who relays whom, as a picture: independent origins on one side, the reports that carry them on the other, copies drawn to their originals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ondit.model import Event, Report
from ondit.present.fields import headline

_WIDTH = 720
_BOX = 250
_VOICE, _PAD, _GAP = 15, 9, 10
_MOST_VOICES = 3
_MOST_BOXES = 40
_LETTERS = 36


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its lines of text and the page it leads to."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    more: int = 0
    link: str = ""
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A curve between two boxes; `kind` is `carries` or `copies`."""

    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Relays:
    """The picture."""

    origins: tuple[Box, ...]
    reports: tuple[Box, ...]
    edges: tuple[Edge, ...]
    left_out: int
    height: float
    width: float = _WIDTH


def relays_of(event: Event, reports: Mapping[str, Report]) -> Relays | None:
    """The picture of a happening; None where there is nothing to draw."""
    if event.independence is None or not event.independence.origins:
        return None
    origins = event.independence.origins[:_MOST_BOXES]
    copies = {copy.report: copy for copy in event.copies}
    shown = sorted(reports.values(), key=lambda r: (str(r.published.day or "~"), r.id))[:_MOST_BOXES]
    right = _stack(
        [(_report_lines(report), f"/reports/{report.id}", report.id in copies) for report in shown], _WIDTH - _BOX
    )
    left = _stack([(origin.voices, "", False) for origin in origins], 0)
    at = {report.id: box for report, box in zip(shown, right, strict=True)}
    edges = [
        Edge(_curve(box, at[report]), "carries")
        for origin, box in zip(origins, left, strict=True)
        for report in origin.reports
        if report in at
    ]
    edges += [
        Edge(_arc(at[copy.report], at[copy.original]), "copies")
        for copy in copies.values()
        if copy.report in at and copy.original in at
    ]
    height = max((box.y + box.height for box in (*left, *right)), default=0) + 2
    left_out = len(event.independence.origins) - len(origins) + len(reports) - len(shown)
    return Relays(tuple(left), tuple(right), tuple(edges), left_out, height)


def _report_lines(report: Report) -> tuple[str, ...]:
    return (report.publisher or headline(report), str(report.published.day or ""))


def _stack(items: Sequence[tuple[Sequence[str], str, bool]], x: float) -> list[Box]:
    boxes, y = [], 1.0
    for lines, link, is_copy in items:
        shown = tuple(_cut(line) for line in lines[:_MOST_VOICES])
        more = max(0, len(lines) - _MOST_VOICES)
        height = 2 * _PAD + _VOICE * (len(shown) + bool(more))
        boxes.append(Box(x + 1, y, _BOX - 2, height, shown, more, link, is_copy))
        y += height + _GAP
    return boxes


def _cut(line: str) -> str:
    return line if len(line) <= _LETTERS else line[: _LETTERS - 1].rstrip() + "…"


def _curve(left: Box, right: Box) -> str:
    x1, y1, x2, y2 = left.x + left.width, left.y + left.height / 2, right.x, right.y + right.height / 2
    middle = (x1 + x2) / 2
    return f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}"


def _arc(copy: Box, original: Box) -> str:
    """Along the outer edge of the reports, inwards so that it stays in the picture."""
    x, y1, y2 = copy.x, copy.y + copy.height / 2, original.y + original.height / 2
    bend = x - min(60, 20 + abs(y2 - y1) / 4)
    return f"M{x:g} {y1 + 4:g}C{bend:g} {y1 + 4:g} {bend:g} {y2 - 4:g} {x:g} {y2 - 4:g}"
