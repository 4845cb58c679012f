"""A dossier to export: the example reports and a few short ones that are hard to write down, read, gathered and weighed."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from ondit import Ledger
from ondit.example import write
from ondit.model import Published, PublishedBasis, Reading, Report, report_id
from ondit.pipeline import name_resolver, read_report, settle, weigh_all
from ondit.present.formats import Dossier
from ondit.settings import Settings

# Text, publisher, title: emoji beyond the BMP, right-to-left marks, quotes, formulas, separators of every format.
HARD = (
    ("Police said on 3 May 2023 that a bomb 💣 killed three people in Mosul 😢. \u202eResidents\u202c denied it.", '=HYPERLINK("x")', '@cmd | "two"; <b>three</b>'),
    ("أعلن الجيش العراقي أن ستة جنود قتلوا في هجوم في الموصل يوم 3 مايو 2023.", "+قناة\tألف", "-2+3\\_[*]"),
    ("Several people were killed in an air strike on Aleppo on 5 May 2023, the Syrian army said; the rebels denied that 40 people had died.", "A & B", ""),
    ("Dozens of civilians were killed when rebels shelled Taiz on 7 June 2023, witnesses told the agency.\r\nThe governor denied it.", "", "x" * 300),
    ("The rebels kidnapped two aid workers in Goma in May 2023, the UN said.", "Line\nbreak", "]]> <script>alert(1)</script>"),
)  # fmt: skip


@cache
def folder() -> Path:
    """The example, written out once a run."""
    target = Path(mkdtemp()) / "example"
    write(target)
    return target


@cache
def readings() -> Sequence[Reading]:
    """The reports of the example ledger and the hard ones."""
    with Ledger.open(":memory:", by="ana", settings=Settings(sources=(folder() / "sources.toml",))) as ledger:
        list(ledger.add(folder() / "reports"))
        return [*ledger.readings(), *(read_report(hard_report(n)) for n in range(len(HARD)))]


def hard_report(number: int) -> Report:
    text, publisher, title = HARD[number]
    sha256 = f"{number:064x}"
    published = Published(date(2023, 6, 1 + number), PublishedBasis.GIVEN) if number != 3 else Published()
    id_ = report_id(sha256=sha256, publisher=publisher)
    return Report(id_, text, title=title, publisher=publisher, sha256=sha256, published=published, url=f"https://example.org/{number}?a=<b>&c='d'")  # fmt: skip


@cache
def example() -> Dossier:
    """Everything together."""
    sources = name_resolver((folder() / "sources.toml",)).registry
    settled = settle(readings())
    return Dossier.of(weigh_all(settled.events(), readings(), sources), readings(), sources, settled.copies)
