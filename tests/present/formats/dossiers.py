"""A dossier to export: the example reports and a few short ones that are hard to write down, read, gathered and weighed."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from ondit.intake import Options, Origin, Received, Source, take_in_all
from ondit.model import Published, PublishedBasis, Reading, Report, report_id
from ondit.pipeline import name_resolver, read_report, settle, weigh_all
from ondit.present.formats import Dossier

EXAMPLES = Path(__file__).parents[3] / "examples"
# Text, publisher, title: emoji beyond the BMP, right-to-left marks, quotes, formulas, separators of every format.
HARD = (
    ("Police said on 3 May 2023 that a bomb 💣 killed three people in Mosul 😢. \u202eResidents\u202c denied it.", '=HYPERLINK("x")', '@cmd | "two"; <b>three</b>'),
    ("أعلن الجيش العراقي أن ستة جنود قتلوا في هجوم في الموصل يوم 3 مايو 2023.", "+قناة\tألف", "-2+3\\_[*]"),
    ("Several people were killed in an air strike on Aleppo on 5 May 2023, the Syrian army said; the rebels denied that 40 people had died.", "A & B", ""),
    ("Dozens of civilians were killed when rebels shelled Taiz on 7 June 2023, witnesses told the agency.\r\nThe governor denied it.", "", "x" * 300),
    ("The rebels kidnapped two aid workers in Goma in May 2023, the UN said.", "Line\nbreak", "]]> <script>alert(1)</script>"),
)  # fmt: skip


@cache
def readings() -> Sequence[Reading]:
    """The example reports, published as their names say, and the hard ones."""
    found = []
    for path in sorted(EXAMPLES.glob("20*")):
        origin = Origin(published=date.fromisoformat(path.name[:10]), publisher=path.name[11:].rsplit(".", 2)[0])
        for item in take_in_all([Source.of_file(path)], Options(origin=origin)):
            if isinstance(item, Received):
                found.append(read_report(item.report))
    return [*found, *(read_report(hard_report(n)) for n in range(len(HARD)))]


def hard_report(number: int) -> Report:
    text, publisher, title = HARD[number]
    sha256 = f"{number:064x}"
    published = Published(date(2023, 6, 1 + number), PublishedBasis.GIVEN) if number != 3 else Published()
    id_ = report_id(sha256=sha256, publisher=publisher)
    return Report(id_, text, title=title, publisher=publisher, sha256=sha256, published=published, url=f"https://example.org/{number}?a=<b>&c='d'")  # fmt: skip


@cache
def example() -> Dossier:
    """Everything together."""
    sources = name_resolver().registry
    settled = settle(readings())
    return Dossier.of(weigh_all(settled.events(), readings(), sources), readings(), sources, settled.copies)
