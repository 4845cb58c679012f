"""In notebooks: frames of whoever's library, records that show themselves, drawings, and the tutorial notebook, run from start to end."""

import os
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ondit import EventFilters, Filters, Ledger
from ondit.model import Event
from ondit.notebook import event_html, plot_timeline, plot_toll, reading_html, register
from ondit.present.formats import MissingLibrary
from ondit.settings import Settings
from tests.present.formats.dossiers import example, folder, hard_report

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "notebooks" / "first-ledger.ipynb"


@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:", by="ana", settings=Settings(sources=(folder() / "sources.toml",))) as opened:
        list(opened.add(folder() / "reports"))
        opened.settle()
        yield opened


def told_by_most() -> Event:
    return max(example().events, key=lambda e: len(e.reports))


# Frames


def test_rows_are_fetched_as_they_are_asked_for(ledger: Ledger) -> None:
    rows = ledger.claims()
    first = next(rows)
    rest = list(rows)
    assert len(rest) == ledger.count() - 1
    assert first.claim.id not in {found.claim.id for found in rest}
    assert list(rows) == []


@pytest.mark.parametrize("kind", ["claims", "events"])
def test_the_frames_say_the_same(ledger: Ledger, kind: str) -> None:
    def rows():
        return ledger.claims(Filters(place="Tillia")) if kind == "claims" else ledger.events(EventFilters(shared=True))

    dicts, pandas, polars, arrow = rows().to_dicts(), rows().to_pandas(), rows().to_polars(), rows().to_arrow()
    assert len(dicts) > 3
    assert list(pandas.columns) == list(polars.columns) == arrow.column_names == list(dicts[0])
    assert arrow.to_pylist() == polars.to_dicts() == dicts
    for row, (_, seen) in zip(dicts, pandas.iterrows(), strict=True):
        assert row["id"] == seen["id"]
        assert (row["killed_low"] is None) == bool(seen.isna()["killed_low"])
        assert row["killed_low"] is None or row["killed_low"] == seen["killed_low"]
        assert (row["earliest"] is None and bool(seen.isna()["earliest"])) or seen["earliest"].date() == row["earliest"]


def test_kinds_of_columns_hold_without_rows(ledger: Ledger) -> None:
    none = Filters(text="xyzzy")
    assert (
        len(ledger.claims(none).to_pandas())
        == len(ledger.claims(none).to_polars())
        == ledger.claims(none).to_arrow().num_rows
        == 0
    )
    assert str(ledger.claims(none).to_pandas()["killed_low"].dtype) == "Int64"


def test_a_library_that_is_not_there_is_named(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingLibrary, match=r"polars.*pip install 'ondit\[notebook\]'"):
        ledger.claims().to_polars()


# Showing


class Checked(HTMLParser):
    """HTML that is well-formed and has nothing active in it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "style", "iframe", "img", "link"}
        assert not [name for name, _ in attrs if name.startswith("on") or name in {"href", "src"}]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("number", range(5))
def test_a_reading_shows_itself_whatever_is_in_it(number: int) -> None:
    from ondit.pipeline import read_report

    reading = read_report(hard_report(number))
    page = reading_html(reading)
    parser = Checked()
    parser.feed(page)
    assert parser.open == []
    assert page.count("<tr>") == len(reading.claims) + 1


def test_an_event_shows_who_holds_and_who_denies() -> None:
    event = told_by_most()
    page = event_html(event)
    Checked().feed(page)
    assert event.id in page
    assert "denied by" in page
    assert page.count("<tr>") == len(event.fields)


def test_a_shell_shows_records_and_no_shell_is_no_error() -> None:
    program = (
        "from IPython.core.interactiveshell import InteractiveShell as S\n"
        "shell = S.instance()\n"
        "import ondit\n"
        "data, _ = shell.display_formatter.format(ondit.read('Police said a bomb killed two people in Mosul.'))\n"
        "print(data['text/html'][:5], 'Police' in data['text/html'])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "<div> True", run.stderr[-500:]
    assert register() is False


# Drawing


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    import matplotlib as mpl

    mpl.use("Agg")
    yield
    from matplotlib import pyplot as plt

    plt.close("all")


def test_a_toll_has_every_figure() -> None:
    event = told_by_most()
    killed = next(f for f in event.fields if f.field == "killed")
    ax = plot_toll(event)
    told = [a for v in killed.values for a in (*v.supporters, *v.dissenters)]
    assert len(ax.get_xticklabels()) == len(told)
    labels = [t.get_text() for t in ax.get_xticklabels()]
    assert labels == sorted(labels, key=lambda words: (words.startswith("no date"), words[:10]))
    ax.figure.canvas.draw()


def test_a_timeline_has_every_dated_event() -> None:
    dated = [e for e in example().events if e.interval and (e.interval.earliest or e.interval.latest)]
    ax = plot_timeline(example().events)
    assert len(ax.patches) == min(60, len(dated))
    ax.figure.canvas.draw()


def test_what_cannot_be_drawn_says_why() -> None:
    event = told_by_most()
    with pytest.raises(ValueError, match=rf"{event.id} has no figures of 'elephants'; it has: .*killed"):
        plot_toll(event, "elephants")
    with pytest.raises(ValueError, match="none of the happenings has a day"):
        plot_timeline([])


# The tutorial notebook


def test_the_tutorial_notebook_runs(tmp_path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "the notebook is kept without outputs"
    environment = {**os.environ, "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute(env=environment)
    kinds = [
        {kind for output in cell.outputs for kind in output.get("data", ())}
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    assert sum("text/html" in kind for kind in kinds) >= 4
    assert sum("image/png" in kind for kind in kinds) == 2
