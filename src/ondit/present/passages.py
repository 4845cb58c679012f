"""The passages of all reports about one happening, for a terminal: who says what in which words."""

from collections.abc import Iterable, Iterator

from ondit.model import Copy, Event, Reading
from ondit.present.fields import chain_text, headline
from ondit.present.terminal import Colour, clean, clip, pad, paint

_INDENT = "  "


def render_passages(event: Event, readings: Iterable[Reading], *, width: int, colour: bool = False) -> str:
    """Report by report, in the order of publication: its claims about the happening with ids, chains and stances."""
    copies = {copy.report: copy for copy in event.copies}
    lines = [paint("what the reports say", Colour.BOLD, on=colour)]
    for reading in sorted(readings, key=_when):
        lines += _report(event, reading, copies.get(reading.report.id), width, colour=colour)
    return "\n".join(lines) + "\n"


def _when(reading: Reading) -> tuple[str, str]:
    day = reading.report.published.day
    return (day.isoformat() if day else "~", reading.report.id)


def _report(event: Event, reading: Reading, copy: Copy | None, width: int, *, colour: bool) -> Iterator[str]:
    report = reading.report
    day = report.published.day.isoformat() if report.published.day else "no date"
    head = " · ".join(filter(None, (day, clean(report.publisher), clean(headline(report)), report.id)))
    yield _INDENT + clip(head, width - len(_INDENT))
    if copy:
        yield _INDENT * 2 + clip(f"{copy.kind} copy of {copy.original}: it adds no voice", width - len(_INDENT) * 2)
    wanted = set(event.claims)
    for claim in reading.claims:
        if claim.id in wanted:
            said = f"{clean(chain_text(report, claim))} {claim.stance}: {clean(claim.content.of(report.text))}"
            room = width - len(_INDENT) * 2 - len(claim.id) - 2
            yield _INDENT * 2 + paint(claim.id, Colour.DIM, on=colour) + "  " + pad(clip(said, room), 0)
