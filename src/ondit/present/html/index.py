"""The list of several pages."""

from collections.abc import Sequence

from ondit.model import Reading
from ondit.present.fields import headline, plural, published_text
from ondit.present.html.markup import own_direction, tag, text
from ondit.present.html.page import document


def render_index(pages: Sequence[tuple[str, Reading]]) -> str:
    """A page that lists the pages of several readings: (file name, reading)."""
    rows = [_row(name, reading) for name, reading in pages]
    head = tag("thead", tag("tr", *(tag("th", h, scope="col") for h in ("Report", "Publisher", "Published", "Claims"))))
    title = plural(len(pages), "report")
    top = tag("header", tag("p", tag("span", "ondit", class_="brand"), class_="kicker"), tag("h1", title), class_="top")
    return document(title, top, tag("main", tag("div", tag("table", head, tag("tbody", *rows)), class_="wide")))


def _row(name: str, reading: Reading) -> str:
    report = reading.report
    title = own_direction(headline(report))
    cells = (
        tag("a", title, href=name),
        own_direction(report.publisher),
        text(published_text(report.published)),
        text(len(reading.claims)),
    )
    return tag("tr", *(tag("td", cell) for cell in cells))
