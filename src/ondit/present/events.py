"""Happenings across reports as a table for a terminal: one line each, with why its tellings are together."""

from collections.abc import Mapping, Sequence

from ondit.model import Copy, Event, Link, Reading
from ondit.present.fields import event_name, headline, place_name, plural
from ondit.present.terminal import Colour, clean, clip, paint, text_width

_GAP = "  "
_INDENT = _GAP * 3
_WIDEST_PLACE = 28


def render_events(
    events: Sequence[Event], readings: Sequence[Reading], *, width: int, colour: bool = False, names: Mapping[str, str]
) -> str:
    """A heading, then each happening: day, type, place, how many reports; below it the reports and the links with their reasons.

    `names` are how reports are called, by id.
    """
    tellers = {event.id: reading for reading in readings for event in reading.events}
    shared = sum(len(event.reports) > 1 for event in events)
    sums = (plural(len(readings), "report"), plural(len(events), "happening"), f"{shared} told by more than one")
    lines = [paint(", ".join(sums), Colour.BOLD, on=colour)]
    for event in events:
        lines += ["", *_event(event, tellers, names, width, colour=colour)]
    return "\n".join(lines) + "\n"


def _event(
    event: Event, tellers: Mapping[str, Reading], names: Mapping[str, str], width: int, *, colour: bool
) -> list[str]:
    when = event.interval.edtf if event.interval else "–"
    where = clip(place_name(event.place), _WIDEST_PLACE) if event.place else "–"
    told = f"{plural(len(event.reports), 'report')}, {plural(len(event.claims), 'claim')}"
    cells = (when, event_name(event.type), where, told, event.id)
    lines = [paint(_GAP.join(cells), Colour.BOLD, on=colour)]
    if len(event.mentions) > 1:
        lines += [_GAP + clip(_teller(mention, tellers, names), width - 2) for mention in event.mentions]
        for link in event.links:
            lines += _link(link, tellers, names, width, colour=colour)
        for copy in event.copies:
            lines += _copy(copy, names, width, colour=colour)
    return lines


def _teller(mention: str, tellers: Mapping[str, Reading], names: Mapping[str, str]) -> str:
    report = tellers[mention].report
    return " · ".join(clean(part) for part in (names.get(report.id, report.id), headline(report)) if part)


def _link(
    link: Link, tellers: Mapping[str, Reading], names: Mapping[str, str], width: int, *, colour: bool
) -> list[str]:
    left, right = (names.get(tellers[m].report.id, tellers[m].report.id) for m in (link.left, link.right))
    head = f"{left} = {right}: {100 * link.score:.0f} %"
    rows = _filled(link.reasons, width - len(_INDENT))
    return [_GAP * 2 + clip(head, width - 4), *(_INDENT + paint(row, Colour.DIM, on=colour) for row in rows)]


def _copy(copy: Copy, names: Mapping[str, str], width: int, *, colour: bool) -> list[str]:
    report, original = (names.get(name, name) for name in (copy.report, copy.original))
    head = f"{report} adds no voice: {copy.kind} copy of {original}"
    rows = _filled(copy.reasons, width - len(_INDENT))
    return [_GAP * 2 + clip(head, width - 4), *(_INDENT + paint(row, Colour.DIM, on=colour) for row in rows)]


def _filled(reasons: Sequence[str], width: int) -> list[str]:
    """Reasons one after the other, a new line where one does not fit."""
    rows: list[str] = []
    for reason in reasons:
        shown = clip(reason, width)
        if rows and text_width(rows[-1]) + text_width(shown) + 2 <= width:
            rows[-1] = f"{rows[-1]}; {shown}"
        else:
            rows.append(shown)
    return rows
