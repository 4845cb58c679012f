"""What every output format keeps to, whoever wrote it: run on all that are registered in `ondit.export`."""

import csv
import io
import json
import zipfile
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ondit.model import Event, Reading, Report
from ondit.plugins import EXPORT, plugins
from ondit.present.formats import Dossier, Made, MissingLibrary, formats, get_format, pack
from ondit.present.formats.format import UnknownFormat, need
from ondit.present.formats.packing import about_text
from tests.present.formats.dossiers import example
from tests.present.formats.expecting import expected
from tests.present.formats.reading_back import FORMATS, READERS, Seen

NAMES = sorted(READERS)
each_format = pytest.mark.parametrize("name", FORMATS)


def written(name: str, dossier: Dossier) -> tuple[bytes, Made]:
    out = io.BytesIO()
    made = get_format(name).make(dossier)
    pack(made, out)
    return out.getvalue(), made


@cache
def example_written(name: str) -> tuple[bytes, Made]:
    return written(name, example())


@cache
def example_seen(name: str) -> Seen:
    return READERS[name](example_written(name)[0], example())


def test_every_format_is_here() -> None:
    assert {plugin.name for plugin in plugins(EXPORT)} == set(NAMES)
    assert [f.name for f in formats()] == NAMES


@each_format
def test_every_event_is_there_or_left_out_with_a_reason(name: str) -> None:
    left_out = {one.event: one.reason for one in example_written(name)[1].left_out}
    seen = example_seen(name)
    assert all(left_out.values())
    assert not set(left_out) & set(seen), "an event that is there is said to be left out"
    assert set(left_out) | set(seen) == {event.id for event in example().events}
    assert len(seen) >= 2, "the example has events for every format"


@each_format
def test_what_is_read_back_is_what_is_known(name: str) -> None:
    compared: set[str] = set()
    for event in example().events:
        seen = example_seen(name).get(event.id)
        if seen is None:
            continue
        wanted = expected(example(), event)
        for field, value in seen.items():
            compared.add(field)
            _compare(event, field, value, wanted)
    assert len(compared) >= 5, f"only {compared} is compared"


def _compare(event: Event, field: str, value: Any, wanted: dict[str, Any]) -> None:
    where = f"{event.id} {field}"
    if field.startswith("some_"):
        whole = wanted[field.removeprefix("some_")]
        assert value - {""} <= set(whole.values() if isinstance(whole, dict) else whole), where
    elif field == "number_of_claims":
        assert value == len(wanted["claims"]), where
    elif field == "number_of_reports":
        assert value == len(wanted["reports"]), where
    elif field == "voices":
        assert {c: v[:6] for c, v in wanted[field].items()} == value, where
    else:
        assert value == wanted[field], where


@each_format
def test_the_same_dossier_gives_the_same_bytes(name: str) -> None:
    assert written(name, example())[0] == example_written(name)[0]


@each_format
def test_an_empty_dossier_is_a_sound_file(name: str) -> None:
    data, made = written(name, Dossier.of((), ()))
    assert data or name == "plover", "no line is a sound file of lines"
    assert not made.left_out
    if name == "stix":
        assert set(json.loads(data)) == {"type", "id"}
    elif name not in ("jsonld", "inception"):
        assert READERS[name](data, Dossier.of((), ())) == {}


@each_format
def test_the_page_beside_it_says_everything(name: str) -> None:
    data, made = example_written(name)
    kind = get_format(name)
    about = json.loads(about_text(kind, made, example(), f"x{kind.suffix}"))
    assert about["rule"] == kind.rule
    assert about["losses"][: len(kind.losses)] == list(kind.losses)
    assert kind.losses or name == "jsonl"
    counts = about["counts"]
    assert counts["events"] == counts["events_written"] + counts["events_left_out"] == len(example().events)
    assert {row["event"] for row in about["left_out"]} == {one.event for one in made.left_out}
    assert all(about[key] for key in ("licence", "provenance", "specification", "written_by", "title"))
    assert (len(made.files) > 1) == (kind.suffix == ".zip") == zipfile.is_zipfile(io.BytesIO(data))


def tables(name: str, data: bytes) -> list[list[list[str]]]:
    """Every CSV of an export."""
    texts = [data] if get_format(name).suffix == ".csv" else []
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            texts += [archive.read(n) for n in archive.namelist() if n.endswith(".csv")]
    return [list(csv.reader(io.StringIO(t.decode(), newline=""))) for t in texts]


@each_format
def test_no_cell_runs_as_a_formula(name: str) -> None:
    for rows in tables(name, example_written(name)[0]):
        for cell in (cell for row in rows for cell in row):
            assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
            assert not cell.startswith("-") or float(cell) < 0


words = st.text(st.characters(codec="utf-8"), max_size=30)


@each_format
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=words, publisher=words, title=words, formula=st.sampled_from(["", "=1+1", "+1", "-1", "@x", "\tx", "\rx"]))
def test_whatever_stands_in_a_report_makes_a_sound_file(
    name: str, text: str, publisher: str, title: str, formula: str
) -> None:
    first = example().readings[example().events[0].reports[0]]
    report = Report(
        "r" + "0" * 16,
        first.report.text + text,
        title=formula + title,
        publisher=formula + publisher,
        url=formula + title,
    )
    reading = Reading(report, tuple(_moved(c, report.id) for c in first.claims), first.events)
    event = example().events[0]
    event = Event(
        event.id,
        event.type,
        event.mentions,
        tuple(c.id for c in reading.claims),
        (report.id,),
        event.place,
        event.interval,
    )
    data, _ = written(name, Dossier.of((event,), (reading,), example().sources))
    for rows in tables(name, data):
        for cell in (cell for row in rows for cell in row):
            assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
    if name == "ftm":
        assert event.id.encode() in zipfile.ZipFile(io.BytesIO(data)).read("entities.ftm.json")
    elif name != "jsonld":
        READERS[name](data, Dossier.of((event,), (reading,), example().sources))


def _moved(claim: Any, report: str) -> Any:
    from ondit.model.records import replace

    return replace(claim, report_id=report)


def test_a_library_that_is_missing_is_named_with_the_remedy() -> None:
    with pytest.raises(MissingLibrary, match=r"needs the library no_such_library.*pip install 'ondit\[export\]'"):
        need("no_such_library")


def test_an_unknown_format_is_a_mistake_that_names_those_there_are() -> None:
    with pytest.raises(UnknownFormat, match=r"acled.*ucdp"):
        get_format("excel")
