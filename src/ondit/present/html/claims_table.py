"""The claims as a table, for reading across and for copying into a spreadsheet."""

from ondit.model import Claim, EventMention, Reading, Report
from ondit.present.fields import THROUGH, chain_names, counts_text, event_name, when_text, where_text
from ondit.present.html.cards import stance_badge
from ondit.present.html.markup import own_direction, shorten, tag, text

_HEADERS = ("#", "Who says it", "Stance", "Event", "Where", "When", "Counts", "What is said")
_QUOTE = 160


def render_claims_table(reading: Reading) -> str:
    """All claims, one a row."""
    events = {event.id: event for event in reading.events}
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in _HEADERS)))
    rows = [
        _row(reading.report, number, claim, events.get(claim.event or ""))
        for number, claim in enumerate(reading.claims, 1)
    ]
    return tag(
        "div",
        tag("table", head, tag("tbody", *rows)),
        class_="wide claims",
        tabindex="0",
        role="region",
        aria_label="claims",
    )


def _row(report: Report, number: int, claim: Claim, event: EventMention | None) -> str:
    where = where_text(event)
    through = tag("span", text(THROUGH), class_="through")
    cells = (
        tag("a", str(number), href=f"#t{number}", class_=f"n s-{claim.stance}", data_go=number),
        through.join(own_direction(name) for name in chain_names(report, claim)),
        stance_badge(claim),
        text(event_name(event.type)) if event else "",
        own_direction(where) if where else "",
        text(when_text(event)),
        text(counts_text(claim)),
        own_direction(shorten(claim.content.of(report.text), _QUOTE)),
    )
    return tag("tr", *(tag("td", cell, data_label=name) for name, cell in zip(_HEADERS, cells, strict=True)))
