"""What is special about the ledger as a file: its tables, its versions, its originals, and what it says when it cannot be used."""

import os
import re
import sqlite3
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ondit.decide import decide
from ondit.intake.formats import Origin, make_report
from ondit.model import Reading
from ondit.stores import Custody, Entry, Filters, StoreError, Tombstone, open_store
from ondit.stores.sqlite import SqliteStore, opening, schema
from ondit.stores.sqlite.dump import columns_of, dump, tables
from ondit.stores.sqlite.originals import INSIDE
from tests.contracts.ledger_reports import entry, id_of, put

ROOT = Path(__file__).parents[2]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "my.ledger"


def filled(path: Path, *names: str) -> Path:
    store = open_store(path, create=True)
    put(store, *names)
    store.close()
    return path


def test_the_schema_page_names_every_column_and_marks_those_of_the_run(ledger: Path) -> None:
    page = (ROOT / "docs/reference/schema.md").read_text(encoding="utf-8")
    documented = {}
    for section in page.split("\n## ")[1:]:
        table = section.partition("\n")[0].strip()
        for column, run in re.findall(r"^\| `(\w+)` \| (\*run\*)? *\|", section, re.MULTILINE):
            documented[f"{table}.{column}"] = bool(run)
    with closing(sqlite3.connect(filled(ledger, "suva"))) as connection:
        real = {f"{t}.{c}" for t in (*tables(connection), "points", "words") for c in columns_of(connection, t)}
    assert set(documented) == real
    assert {name for name, run in documented.items() if run} - {"points.n"} == schema.RUN_DEPENDENT
    assert f"version {schema.VERSION}" in page
    assert len(schema.STEPS) == schema.VERSION


def test_any_sqlite_tool_reads_it(ledger: Path) -> None:
    with closing(sqlite3.connect(filled(ledger))) as connection:
        rows = connection.execute(
            "SELECT voices, stance, content, place, edtf FROM claims WHERE type = 'arrest'"
        ).fetchall()
        found = connection.execute("SELECT count(*) FROM words WHERE words MATCH 'armee'").fetchone()
    assert rows == [("Police", "asserts", "five people were arrested in Suva on Sunday", "Suva", "2021-05-02")]
    assert found == (1,)


def test_the_order_of_adding_leaves_no_trace(ledger: Path, tmp_path: Path) -> None:
    other = filled(tmp_path / "other.ledger", "unread", "sanaa", "suva", "nothing", "bamako", "mosul", "samarra")
    assert list(dump(filled(ledger))) == list(dump(other))


def test_large_originals_lie_beside_it(ledger: Path) -> None:
    raw = b"Police said that two people were killed in Mosul. " * (INSIDE // 50 + 2)
    report = make_report(raw, raw.decode(), Origin(publisher="A"))
    reading = Reading(report)
    store = SqliteStore(ledger, create=True)
    with store.writing():
        store.add(Entry(reading, raw, "x", custody=Custody()), decide(reading, ()).shown)
    file = tmp = ledger.with_name("my.ledger.originals") / report.sha256[:2] / report.sha256
    assert file.read_bytes() == raw == store.raw(report.sha256)
    assert list(store.check()) == []

    def broken() -> None:
        with store.writing():
            store.remove(Tombstone(report.id, report.series, report.sha256, "a", "b"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert store.raw(report.sha256) == raw  # a change that was taken back destroys nothing
    with store.writing():
        store.remove(Tombstone(report.id, report.series, report.sha256, "a", "b"))
    assert not tmp.exists()
    assert store.raw(report.sha256) is None


def test_nothing_of_a_removed_report_is_left_in_any_file(ledger: Path) -> None:
    text = "Police said that Zyxwvutia Qqquorum was killed in Mosul on Monday, the ministry of Plmoknij said."
    report = make_report(text.encode(), text, Origin(publisher="Harbour Post", native_id="99"))
    from ondit.pipeline import read_report

    reading = read_report(report)
    store = SqliteStore(ledger, create=True)
    put(store)
    with store.writing():
        store.add(Entry(reading, text.encode(), "x"), decide(reading, ()).shown)
    words = re.compile(b"zyxwvutia|qqquorum|plmoknij", re.IGNORECASE)
    assert any(words.search(p.read_bytes()) for p in ledger.parent.iterdir())
    with store.writing():
        store.remove(Tombstone(report.id, report.series, report.sha256, "a", "b"))
    store.wipe_log()
    assert [p.name for p in ledger.parent.iterdir() if words.search(p.read_bytes())] == []


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda p: None, "there is no ledger"),
        (lambda p: p.write_bytes(b"no database at all, but long enough to be one" * 50), "this is no ledger"),
        (lambda p: p.mkdir(), "may not be written"),
        (lambda p: sqlite3.connect(p).execute("CREATE TABLE x (y)"), "another program's database"),
    ],
    ids=["nothing", "text", "folder", "another database"],
)
def test_what_is_no_ledger_is_refused(ledger: Path, make: object, says: str) -> None:
    make(ledger)  # type: ignore[operator]
    with pytest.raises(StoreError, match=says) as error:
        open_store(ledger)
    assert str(ledger) in str(error.value)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no folder"):
        open_store(tmp_path / "no" / "my.ledger", create=True)


def test_a_ledger_of_a_newer_ondit_is_refused_and_left_alone(ledger: Path) -> None:
    filled(ledger, "suva")
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = ledger.read_bytes()
    with pytest.raises(StoreError, match=r"newer ondit \(schema 99; this one knows \d+\); update"):
        open_store(ledger)
    assert ledger.read_bytes() == before


def test_an_older_ledger_is_copied_and_then_brought_up_to_date(ledger: Path) -> None:
    filled(ledger, "suva")
    steps = (*schema.STEPS, ("CREATE TABLE later (a TEXT);\nALTER TABLE reports ADD COLUMN colour TEXT;\n",))
    opening.open_ledger(ledger, create=False, steps=steps).close()
    with closing(sqlite3.connect(ledger)) as connection:
        assert connection.execute("SELECT id, colour FROM reports").fetchall() == [(id_of("suva"), None)]
    copy = ledger.with_name(f"my.ledger.schema-{schema.VERSION}.backup")
    old = open_store(copy)
    assert old.has(id_of("suva"))
    assert list(old.check()) == []
    old.close()


def test_a_step_that_fails_leaves_the_ledger_as_it_was(ledger: Path) -> None:
    filled(ledger, "suva")
    steps = (*schema.STEPS, ("CREATE TABLE later (a TEXT);\nCREATE TABLE reports (a TEXT);\n",))
    with pytest.raises(StoreError):
        opening.open_ledger(ledger, create=False, steps=steps)
    store = open_store(ledger)
    assert store.has(id_of("suva"))
    store.close()


def test_a_full_disk_is_told_and_nothing_is_lost(ledger: Path) -> None:
    store = SqliteStore(filled(ledger, "suva"))
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    text = "Police said that two people were killed in Mosul. " * 1000
    reading = Reading(make_report(text.encode(), text, Origin()))

    def add() -> None:
        with store.writing():
            store.add(Entry(reading, text.encode(), "x"), decide(reading, ()).shown)

    with pytest.raises(StoreError, match=r"cannot grow .*make room on the disk"):
        add()
    assert list(store.report_ids()) == [id_of("suva")]
    assert list(store.check()) == []
    store._connection.execute("PRAGMA max_page_count = 1000000")
    add()
    assert len(store.report_ids()) == 2


def _look(ledger: Path, pipe: int) -> None:
    """In a process of its own, which is nobody when it could write everywhere: what can be done with the ledger."""
    try:
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        store = open_store(ledger)
        told = f"{store.count(Filters())} claim"
        with store.writing():
            told = "written"
    except Exception as error:  # noqa: BLE001 - whatever it is, the other process wants to know
        told += f"; {error}" if "told" in locals() else repr(error)
    os.write(pipe, told.encode())
    os._exit(0)  # nothing of the tests may go on in this process


@pytest.mark.skipif(sys.platform == "win32", reason="permissions")
def test_a_folder_that_may_not_be_written_can_be_read() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ledger = filled(Path(folder) / "my.ledger", "suva")
        ledger.chmod(0o444)
        Path(folder).chmod(0o555)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            _look(ledger, writer)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            told = pipe.read()
        os.waitpid(child, 0)
        Path(folder).chmod(0o755)
        assert re.match(r"1 claim; .*may not be written", told), told
        assert sorted(p.name for p in Path(folder).iterdir()) == ["my.ledger"]


def test_a_copy_is_made_while_somebody_writes(ledger: Path, tmp_path: Path) -> None:
    store = SqliteStore(ledger, create=True)
    put(store, "suva", "mosul")
    reader = SqliteStore(ledger)
    with store.writing():
        store.add(entry("bamako"), decide(entry("bamako").reading, ()).shown)
        reader.backup(tmp_path / "copy.ledger")
    copy = open_store(tmp_path / "copy.ledger")
    assert list(copy.report_ids()) == [id_of("suva"), id_of("mosul")]
    assert not (tmp_path / "copy.ledger-wal").exists() or not (tmp_path / "copy.ledger-wal").stat().st_size
    for one in (store, reader, copy):
        one.close()


def test_damage_is_found(ledger: Path) -> None:
    store = SqliteStore(filled(ledger, "suva", "mosul"))
    store._connection.execute("DELETE FROM originals WHERE sha256 = ?", (entry("suva").reading.report.sha256,))
    store._connection.execute("DELETE FROM words")
    messages = " ".join(p.message for p in store.check())
    assert "a report without its original" in messages
    assert "a claim that no search finds" in messages


def test_a_claim_is_found_by_every_filter_after_it_was_replaced(ledger: Path) -> None:
    store = SqliteStore(filled(ledger, "mosul"))
    reading = entry("mosul").reading
    for _ in range(3):
        with store.writing():
            store.replace(replace(reading), "x", decide(reading, ()).shown)
    assert store.count(Filters(text="killed", place="mosul", near=(36.3, 43.1, 10))) == 1
    assert list(store.check()) == []
