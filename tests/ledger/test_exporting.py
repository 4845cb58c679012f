"""A ledger written in the formats of others: filters, what is refused, nothing half written, and the way back."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ondit import Ledger
from ondit.ledger import EventFilters, Filters, LedgerError, TakenBack, annotating
from ondit.ledger.exporting import ExportError, dossier_of
from ondit.model import Reliability, Standing
from ondit.present.formats import Dossier, Format, Made
from ondit.present.formats.annotations import NotAnnotations
from ondit.present.formats.jsonl import LineKind, read_lines
from ondit.present.redact import Profile, Redaction
from ondit.settings import Settings
from tests.present.formats.dossiers import folder


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the example with decisions of every kind and a report that was taken away."""
    path = tmp_path_factory.mktemp("exporting") / "a.ledger"
    with Ledger.open(path, by="ana", settings=Settings(sources=(folder() / "sources.toml",))) as ledger:
        list(ledger.add(folder() / "reports"))
        claims = [found.claim for found in ledger.claims()]
        ledger.forget(claims[-1].report_id, why="a court ordered it")
        ledger.accept(claims[0].id)
        ledger.edit(claims[1].id, "stance", "possible", why="the verb is modal")
        undone = ledger.reject(claims[2].id)
        ledger.undo(undone.id)
        ledger.reject(claims[3].id)
        ledger.merge(claims[4].id, claims[9].id)
        ledger.rate("Sahel Wire", Reliability.C)
        first = next(ledger.readings())
        ledger.add_claim(first.report.id, first.claims[0].content, stance="denies")
        ledger.settle()
    return path


@pytest.fixture
def ledger(settled: Path) -> Iterator[Ledger]:
    with Ledger.open(settled, by="ana", settings=Settings(sources=(folder() / "sources.toml",))) as opened:
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Ledger]:
    """The example, settled and not yet decided about."""
    with Ledger.open(":memory:", by="ana", settings=Settings(sources=(folder() / "sources.toml",))) as opened:
        list(opened.add(folder() / "reports"))
        opened.settle()
        yield opened


def test_an_exported_ledger_taken_back_is_the_same(ledger: Ledger, tmp_path: Path) -> None:
    ledger.export("jsonl", tmp_path / "l.jsonl")
    with Ledger.open(tmp_path / "b.ledger", by="bob", settings=ledger.settings) as other:
        assert other.take_back(tmp_path / "l.jsonl") == TakenBack(56, 0, 8, 1)
        assert other.store.report_ids() == ledger.store.report_ids()
        for id_ in ledger.store.report_ids():
            assert other.report(id_) == ledger.report(id_)
            assert other.raw(id_) == ledger.raw(id_)
            assert other.store.reading(id_) == ledger.store.reading(id_)
            assert other.shown(id_) == ledger.shown(id_)
        assert list(other.decisions()) == list(ledger.decisions())
        assert list(other.tombstones()) == list(ledger.tombstones())
        assert [problem for problem in other.verify() if not isinstance(problem, str)] == []
        other.settle()
        assert list(other.events()) == list(ledger.events())
        other.export("jsonl", tmp_path / "again.jsonl")
        assert other.take_back(tmp_path / "l.jsonl") == TakenBack(0, 56, 0, 0)
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "l.jsonl").read_bytes()


def test_a_choice_has_what_stands_behind_its_events_only(ledger: Ledger, tmp_path: Path) -> None:
    filters = EventFilters(Filters(place="Tillia"), shared=True)
    done = ledger.export("jsonl", tmp_path / "t.jsonl", filters)
    lines = list(read_lines((tmp_path / "t.jsonl").read_bytes().splitlines()))
    events = [line.event for line in lines if line.event]
    assert done.events == len(events) == ledger.count_events(filters) > 0
    reports = {line.reading.report.id for line in lines if line.reading}
    assert reports == {report for event in events for report in event.reports}
    assert not [line for line in lines if line.line is LineKind.REMOVED]
    about = json.loads(done.about.read_text("utf-8"))
    assert about["filters"] == {"place": "Tillia", "shared": "yes"}


def test_what_is_there_is_not_written_over(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("mine")
    with pytest.raises(ExportError, match=r"a\.csv: there is something of this name.*--force"):
        ledger.export("acled", target)
    assert target.read_text() == "mine"
    ledger.export("acled", target, force=True)
    assert target.read_text("utf-8").startswith("event_id_cnty")
    target.unlink()
    with pytest.raises(ExportError, match=r"a\.csv\.about\.json: there is something"):
        ledger.export("acled", target)
    assert not target.exists()


def test_nothing_half_written_stays(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_: Dossier) -> Made:
        from ondit.present.formats import File

        def chunks() -> Iterator[bytes]:
            yield b"half"
            raise OSError(28, "No space left on device")

        return Made((File("x", chunks()),))

    broken = Format("broken", "", ".x", "", (), "", breaks)
    monkeypatch.setattr("ondit.ledger.exporting.get_format", lambda _name: broken)
    with pytest.raises(ExportError, match="No space left on device; make room"):
        ledger.export("broken", tmp_path / "out" / "a.x")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_ledger_that_was_never_settled_says_so(tmp_path: Path) -> None:
    with Ledger.open(":memory:") as empty, pytest.raises(LedgerError, match="ondit settle"):
        empty.export("geojson", tmp_path / "g.geojson")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", None),
        (b"{}\n", "line 1"),
        (b'{"line":"report"}\n', "line 1 is not the head"),
        (b'{"line":"head","schema":"ondit-ledger/1"}\n{"line":"event"\n', "line 2"),
        (b'{"line":"head","schema":"ondit-ledger/9"}\n', "line 1 is not the head"),
    ],
)
def test_what_is_no_exported_ledger_changes_nothing(content: bytes, says: str | None, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(content)
    with Ledger.open(":memory:") as ledger:
        if says is None:
            assert ledger.take_back(tmp_path / "x.jsonl") == TakenBack()
        else:
            with pytest.raises(LedgerError, match=says):
                ledger.take_back(tmp_path / "x.jsonl")
        assert ledger.totals()["reports"] == 0


def test_a_redacted_ledger_cannot_be_taken_back(ledger: Ledger, tmp_path: Path) -> None:
    redaction = Redaction(frozenset({Profile.PERSONS}), b"sixteen bytes and more")
    ledger.export("jsonl", tmp_path / "r.jsonl", redaction=redaction)
    with Ledger.open(":memory:") as other, pytest.raises(LedgerError, match="has no original: a redacted export"):
        other.take_back(tmp_path / "r.jsonl")


# Annotations


def tasks_of(path: Path) -> list[dict]:
    with zipfile.ZipFile(path) as archive:
        tasks = json.loads(archive.read("tasks.json"))
    for task in tasks:
        task["annotations"] = [
            {"result": task["predictions"][0]["result"], "completed_by": {"email": "ben@example.org"}}
        ]
    return tasks


def test_annotations_that_change_nothing_accept_everything(fresh: Ledger, tmp_path: Path) -> None:
    for name, suffix in (("label-studio", ".json"), ("inception", ".zip")):
        path = tmp_path / f"{name}.zip"
        fresh.export(name, path)
        back = path
        if suffix == ".json":
            back = tmp_path / "back.json"
            back.write_text(json.dumps(tasks_of(path)), "utf-8")
        found = annotating.chosen(annotating.read_annotations(back), "")
        wanted = list(annotating.changes(fresh, found))
        newest = {c.id for r in dossier_of(fresh, EventFilters()).readings.values() for c in r.claims}
        assert {(c.kind, c.claim) for c in wanted} == {("accept", id_) for id_ in newest}
    list(annotating.apply(fresh, wanted, why="checked"))
    assert {s.standing for id_ in fresh.store.changes() for s in fresh.store.shown(id_).claims} == {Standing.ACCEPTED}
    assert list(annotating.changes(fresh, found)) == [], "the same annotations again decide nothing"


def test_what_an_annotator_changed_becomes_decisions(fresh: Ledger, tmp_path: Path) -> None:
    fresh.export("label-studio", tmp_path / "ls.zip")
    task = next(t for t in tasks_of(tmp_path / "ls.zip") if sum(r.get("from_name") == "type" for r in t["annotations"][0]["result"]) >= 3)  # fmt: skip
    results, report = task["annotations"][0]["result"], task["data"]["report"]
    reading = fresh.reading(report)
    assert reading is not None
    first, second, third, *_ = (c for c in reading.claims if c.event)
    gone = [r for r in results if not str(r.get("id", r.get("from_id"))).startswith(first.id)]
    for result in gone:
        if result.get("id") == f"{second.id}-content" and result.get("from_name") == "stance":
            result["value"]["choices"] = ["demands" if second.stance.value != "demands" else "denies"]
        if result.get("id") == f"{third.id}-content" and result.get("from_name") == "label":
            result["value"] |= {"end": result["value"]["end"] - 2, "text": result["value"]["text"][:-2]}
    start = next(
        s
        for s in range(len(reading.report.text) - 6)
        if not any(c.content.start < s + 6 and s < c.content.stop for c in reading.claims)
    )
    words = reading.report.text[start : start + 6]
    gone += [
        {"id": "new1", "from_name": "label", "type": "labels", "value": {"start": start, "end": start + 6, "text": words, "labels": ["content"]}},
        {"id": "new1", "from_name": "stance", "type": "choices", "value": {"choices": ["possible"]}},
        {"id": "new1", "from_name": "type", "type": "choices", "value": {"choices": ["protest"]}},
        {"id": "new2", "from_name": "label", "type": "labels", "value": {"start": start + 6, "end": start + 9, "text": reading.report.text[start + 6 : start + 9], "labels": ["voice"]}},
        {"type": "relation", "from_id": "new1", "to_id": "new2", "labels": ["voice 1"]},
    ]  # fmt: skip
    task["annotations"][0]["result"] = gone
    (tmp_path / "back.json").write_text(json.dumps([task]), "utf-8")
    found = annotating.chosen(annotating.read_annotations(tmp_path / "back.json"), "ben@example.org")
    wanted = list(annotating.changes(fresh, found))
    kinds = {(c.kind, c.claim, c.field) for c in wanted if c.kind != "accept"}
    assert kinds == {
        ("reject", first.id, ""),
        ("edit", second.id, "stance"),
        ("edit", third.id, "content"),
        ("add", "", ""),
    }
    list(annotating.apply(fresh, wanted, why="annotated"))
    shown = {s.claim.id: s for s in fresh.store.shown(report).claims}
    assert shown[first.id].standing is Standing.REJECTED
    assert shown[second.id].claim.stance is not second.stance
    assert shown[third.id].claim.content.stop == third.content.stop - 2
    (new,) = [s for s in shown.values() if s.added]
    assert (new.claim.content.of(reading.report.text), new.claim.stance.value, len(new.claim.chain)) == (
        words,
        "possible",
        1,
    )
    assert list(annotating.changes(fresh, found)) == []


def test_gold_is_what_was_annotated(fresh: Ledger, tmp_path: Path) -> None:
    fresh.export("inception", tmp_path / "in.zip")
    found = annotating.read_annotations(tmp_path / "in.zip")
    rows = [json.loads(line) for line in annotating.gold(fresh, found)]
    assert len(rows) == 56
    for row in rows:
        reading = fresh.reading(row["id"])
        assert reading is not None
        assert row["text"] == reading.report.text
        read = [((c.content.start, c.content.stop), c.stance.value, min(6, len(c.chain))) for c in reading.claims]
        assert sorted((tuple(c["content"]), c["stance"], len(c["chain"])) for c in row["claims"]) == sorted(read)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.json", b"[{}]", "no list of tasks"),
        ("x.json", b"{", "no JSON"),
        ("x.json", b'[{"data": {"text": "a"}}]', "has no 'report'"),
        ("x.tsv", b"#FORMAT=WebAnno TSV 3.3\n", "the name has no report id"),
        ("r0123456789abcdef.tsv", b"word\tO\n", "no WebAnno TSV 3"),
        ("r0123456789abcdef.tsv", b"#FORMAT=WebAnno TSV 3.3\n#T_SP=other|x\n\n\n", "no layer webanno.custom.Ondit"),
        ("r0123456789abcdef.tsv", b"\xff\xfe", "no UTF-8"),
    ],
)
def test_what_holds_no_annotations_says_why(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NotAnnotations, match=says):
        annotating.read_annotations(tmp_path / name)


def test_old_offsets_in_units_are_understood(tmp_path: Path) -> None:
    text = "💣 police said"
    value = {"start": 3, "end": 9, "text": "police", "labels": ["content"]}
    task = {
        "data": {"report": "r" + "0" * 16, "text": text},
        "annotations": [{"result": [{"id": "a", "type": "labels", "value": value}]}],
    }
    (tmp_path / "x.json").write_text(json.dumps([task]), "utf-8")
    (found,) = annotating.read_annotations(tmp_path / "x.json")
    assert found.claims[0].content.of(text) == "police"


def test_two_annotators_want_a_choice(tmp_path: Path) -> None:
    from ondit.present.formats.annotations import Annotated

    both = [Annotated("r1", (), "ana"), Annotated("r1", (), "ben")]
    with pytest.raises(NotAnnotations, match="by ana, ben; choose one with --annotator"):
        annotating.chosen(both, "")
    assert annotating.chosen(both, "ben") == [both[1]]
    with pytest.raises(NotAnnotations, match="nothing is by 'eve'; annotators: ana, ben"):
        annotating.chosen(both, "eve")


def test_a_report_of_another_ledger_is_refused(fresh: Ledger) -> None:
    from ondit.present.formats.annotations import Annotated

    with pytest.raises(NotAnnotations, match="was it exported from another one"):
        list(annotating.changes(fresh, [Annotated("r" + "0" * 16, ())]))


def test_readings_are_fetched_when_they_are_asked_for(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    fetch = ledger.reading
    monkeypatch.setattr(ledger, "reading", lambda id_: asked.append(id_) or fetch(id_))
    readings = ledger.dossier().readings
    assert len(readings) == ledger.totals()["reports"] - ledger.totals()["versions"]
    assert asked == []
    assert next(iter(readings.values())).report.id == asked[0]
    assert len(asked) == 1
