"""What is special about a ledger on a server: its tables, its address, who may do what, and what is left of a report that had to go."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ondit.decide import decide
from ondit.intake.formats import Origin, make_report
from ondit.ledger import Ledger
from ondit.model import Decision, DecisionKind, Reading
from ondit.stores import Entry, Filters, LostConnection, Store, StoreError, Tombstone, open_store, shown_name
from ondit.stores.sqlite.dump import columns_of, tables
from tests.contracts.ledger_reports import TEXTS, entry, id_of, put
from tests.postgres import PASSWORD, PostgresServer, quoted

SAID = "'ondit add --ledger"


@pytest.fixture
def address(postgres: PostgresServer) -> str:
    return postgres.address()


def filled(address: str, *names: str) -> Store:
    store = open_store(address, create=True)
    put(store, *names)
    return store


def schema_of(address: str) -> str:
    return address.partition("schema=")[2]


# Tables


def test_the_tables_are_those_of_the_file(postgres: PostgresServer, address: str, tmp_path: Path) -> None:
    filled(address, "suva").close()
    open_store(tmp_path / "a.ledger", create=True).close()
    with closing(sqlite3.connect(tmp_path / "a.ledger")) as connection:
        file = {f"{t}.{c}" for t in (*tables(connection), "words") for c in columns_of(connection, t)}
    listed = postgres.sql(
        "SELECT table_name || '.' || column_name FROM information_schema.columns JOIN information_schema.tables "
        f"USING (table_schema, table_name) WHERE table_schema = '{schema_of(address)}' AND table_type = 'BASE TABLE'"
    )
    extra = {"words.n", *(f"words.{c}_words" for c in ("content", "voices", "places", "sources"))}
    versions = {f"ledger_versions.{c}" for c in ("version", "written_by", "at")}
    changes = {f"changes.{c}" for c in ("writer", "change", "at")}
    assert set(listed.split()) == file | extra | versions | changes


def test_any_tool_reads_it(postgres: PostgresServer, address: str) -> None:
    filled(address).close()
    schema = schema_of(address)
    assert postgres.sql(f"SELECT voices, stance, place, edtf, earliest FROM {schema}.claims WHERE type = 'arrest'") == (
        "Police|asserts|Suva|2021-05-02|2021-05-02"
    )
    assert postgres.sql(f"SELECT record::jsonb ->> 'publisher' FROM {schema}.reports WHERE id = '{id_of('suva')}'") == (
        "Pacific Desk"
    )


def test_the_order_of_adding_leaves_no_trace(postgres: PostgresServer) -> None:
    rows = []
    for names in (tuple(TEXTS), tuple(reversed(TEXTS))):
        address = postgres.address()
        filled(address, *names).close()
        schema = schema_of(address)
        query = f"SELECT * FROM {schema}.{{}} ORDER BY 1, 2, 3"
        rows.append([postgres.sql(query.format(t)) for t in ("happenings", "voices", "counts", "problems")])
        columns = "id, position, newest, published, standing, voices, content, place, lat, lon, earliest, latest, edtf, record"
        rows[-1].append(postgres.sql(f"SELECT {columns} FROM {schema}.claims ORDER BY id"))
    assert rows[0] == rows[1]


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        (Filters(text="soldats"), "words_search"),
        (Filters(text='"toute attaque"'), "words_search"),
        (Filters(voice="arm*"), "words_search"),
        (Filters(box=(30, 40, 38, 48)), "claims_place"),
        (Filters(near=(34.2, 43.9, 20)), "claims_place"),
        (Filters(report=id_of("suva")), "claims_report"),
    ],
    ids=str,
)
def test_there_is_an_index_for_what_is_asked(address: str, filters: Filters, index: str) -> None:
    store = filled(address)
    plan = store._plan(filters)
    store._run("SET enable_seqscan = off")
    store._run("SET enable_indexscan = off")  # those of words and places are read as bitmaps
    store._run("SET enable_nestloop = off")
    store._run("DROP INDEX claims_search")  # on a few rows everything else is as quick
    rows = store._rows(f"EXPLAIN SELECT c.n {plan.body}", *plan.values)
    assert index in " ".join(row["QUERY PLAN"] for row in rows)
    store.close()


def test_there_is_an_index_for_days(address: str) -> None:
    store = filled(address)
    store._run("SET enable_seqscan = off")
    store._run("DROP INDEX claims_search")
    found = store._plan(Filters(since=date(2021, 1, 1), until=date(2021, 12, 31)))
    rows = store._rows(f"EXPLAIN SELECT c.n {found.body}", *found.values)
    told = " ".join(row["QUERY PLAN"] for row in rows)
    assert "claims_time" in told
    assert "Index Cond: (daterange(" in told
    store.close()


def test_damage_is_found(address: str) -> None:
    store = filled(address, "suva", "mosul")
    store._run("DELETE FROM originals WHERE sha256 = ?", entry("suva").reading.report.sha256)
    store._run("DELETE FROM words")
    store._run("UPDATE claims SET stance = 'denies'")
    messages = " ".join(p.message for p in store.check())
    assert "a report without its original" in messages
    assert "a claim that no search finds" in messages
    assert "claims.stance of" in messages
    store.close()


# Versions


def test_an_older_ledger_is_brought_up_to_date_and_a_step_that_fails_changes_nothing(address: str) -> None:
    from ondit.stores.postgres import opening, schema

    store = filled(address, "suva")
    connection = store._connection
    broken = (*schema.STEPS, ("CREATE TABLE later (a text);\nCREATE TABLE reports (a text)",))
    with pytest.raises(StoreError):
        opening.open_ledger(connection, create=False, steps=broken)
    assert connection.value("SELECT to_regclass('later') IS NULL")
    opening.open_ledger(connection, create=False, steps=(*schema.STEPS, ("CREATE TABLE later (a text)",)))
    assert connection.value("SELECT max(version) FROM ledger_versions") == len(schema.STEPS) + 1
    assert store.has(id_of("suva"))
    with pytest.raises(StoreError, match=r"written by a newer ondit .*pip install -U ondit"):
        open_store(address)
    store.close()


def test_what_is_no_ledger_is_refused(postgres: PostgresServer, address: str) -> None:
    with pytest.raises(StoreError, match=rf"there is no ledger; {SAID} postgresql://owner@/postgres\?host="):
        open_store(address)
    postgres.sql(f"CREATE SCHEMA {schema_of(address)}; CREATE TABLE {schema_of(address)}.reports (a int)")
    with pytest.raises(StoreError, match=r"another program's tables, no ledger; name another one: \?schema=NAME"):
        open_store(address, create=True)


def test_a_database_that_cannot_keep_all_characters_is_refused(postgres: PostgresServer) -> None:
    postgres.sql("CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    with pytest.raises(StoreError, match=r"LATIN1.*createdb --encoding UTF8"):
        open_store(postgres.address(database="latin"), create=True)


def test_several_processes_make_one_ledger(address: str) -> None:
    program = f"from ondit.stores import open_store; open_store({address!r}, create=True).close()"
    children = [subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE) for _ in range(4)]
    errors = [child.communicate()[1] for child in children]
    assert [child.returncode for child in children] == [0] * 4, errors
    open_store(address).close()


# Addresses


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("my.ledger", "my.ledger"),
        ("postgresql://db.example/reports", "postgresql://db.example/reports"),
        ("postgres://ana@db.example:5433/r?schema=mali", "postgres://ana@db.example:5433/r?schema=mali"),
        ("postgresql://ana:s3cret@db.example/r", "postgresql://ana@db.example/r"),
        ("postgresql://ana:s3/cr@e?t@db.example/r", "postgresql://ana@db.example/r"),
        ("postgresql://db.example/r?user=ana&password=s3cret", "postgresql://db.example/r?user=ana"),
        ("postgresql://db.example/r?password=s3cret&schema=a", "postgresql://db.example/r?schema=a"),
    ],
)
def test_what_is_shown_has_no_password(address: str, shown: str) -> None:
    assert shown_name(address) == shown


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("postgresql://ana:s3cret@localhost:port/r", "no address of a database"),
        ("postgresql://ana:s3/cret@localhost:1/r", "no address of a database"),
        ("postgresql://ana:s3cret@localhost:1/r?sslmod=require", "no address of a database"),
        ("postgresql://ana:s3cret@localhost:1/r?schema=Drop%20it", "no name for a ledger's schema"),
        ("postgresql://ana:s3cret@localhost:1/r?schema=pg_x", "no name for a ledger's schema"),
        ("postgresql://ana:s3cret@localhost:1/r", "cannot be reached"),
        ("postgresql:///r?host=/nowhere&password=s3cret", "cannot be reached"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_the_password(
    postgres: object, address: str, message: str
) -> None:
    with pytest.raises(StoreError, match=message) as told:
        open_store(address)
    assert not any(word in str(told.value) for word in ("s3", "cret"))


def test_passwords_let_in_and_are_never_told(postgres: PostgresServer, capfd: pytest.CaptureFixture[str]) -> None:
    right = postgres.address(user="locked", password=quoted(PASSWORD))
    store = filled(right, "suva")
    assert PASSWORD not in store.where
    store.close()
    wrong = right.replace(quoted(PASSWORD), quoted(PASSWORD + "X"))
    with pytest.raises(StoreError, match=r"does not let this user in .*PGPASSWORD") as told:
        open_store(wrong)
    run = subprocess.run(
        [sys.executable, "-m", "ondit", "status", "--ledger", wrong], capture_output=True, text=True, check=False
    )
    assert run.returncode == 4
    again = subprocess.run(
        [sys.executable, "-m", "ondit", "status", "--ledger", right], capture_output=True, text=True, check=True
    )
    said = "".join((str(told.value), run.stdout, run.stderr, again.stdout, again.stderr))
    assert not any(word in said for word in (PASSWORD, quoted(PASSWORD), "marks"))


def test_no_such_database(postgres: PostgresServer) -> None:
    with pytest.raises(StoreError, match=r"no such database.*createdb --encoding UTF8"):
        open_store(postgres.address(database="absent"), create=True)


def test_without_the_driver_it_is_said_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "psycopg.py").write_text("raise ImportError('No module named psycopg')", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "ondit", "status", "--ledger", "postgresql://ana:s3cret@localhost/r"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), *sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 4
    assert "pip install 'ondit[postgres]'" in run.stderr
    assert "s3cret" not in run.stderr


# Who may do what


def test_a_user_who_may_only_look_looks(postgres: PostgresServer, address: str) -> None:
    filled(address, "suva").close()
    name, schema = f"looker_{schema_of(address)}", schema_of(address)
    postgres.sql(
        f"CREATE ROLE {name} LOGIN; GRANT USAGE ON SCHEMA {schema} TO {name}; "
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {name}"
    )
    store = open_store(address.replace("owner@", f"{name}@"))
    assert store.count(Filters()) == 1
    with pytest.raises(StoreError, match=r"does not let this user do that .*GRANT USAGE ON SCHEMA"), store.writing():
        put(store, "mosul")
    store.close()
    with pytest.raises(StoreError, match=r"GRANT CREATE ON DATABASE"):
        open_store(postgres.address(user=name), create=True)


def test_a_server_that_takes_no_changes(postgres: PostgresServer, address: str) -> None:
    filled(address, "suva").close()
    store = open_store(f"{address}&options=-c%20default_transaction_read_only%3Don")
    assert store.count(Filters()) == 1
    with pytest.raises(StoreError, match=r"takes no changes now .*primary"):
        put(store, "mosul")
    store.close()


# What cannot be kept


def test_an_original_that_is_too_large_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from ondit.stores.postgres import store as module

    monkeypatch.setattr(module, "LARGEST", 1_000)
    store = filled(address, "suva")
    raw = b"x" * 1_001
    reading = Reading(make_report(raw, raw.decode(), Origin()))
    with pytest.raises(StoreError, match=r"1001 bytes is more than the 1000 .*a ledger in a file"), store.writing():
        store.add(Entry(reading, raw, "x"), decide(reading, ()).shown)
    assert list(store.report_ids()) == [id_of("suva")]
    assert list(store.check()) == []
    store.close()


def test_large_originals_are_kept_as_they_came(address: str) -> None:
    store = open_store(address, create=True)
    raw = os.urandom(8 * 1024 * 1024)
    reading = Reading(make_report(raw, "Police said.", Origin()))
    with store.writing():
        store.add(Entry(reading, raw, "x"), decide(reading, ()).shown)
    assert store.raw(reading.report.sha256) == raw
    store.close()


def test_a_reason_that_no_column_can_hold_is_refused(address: str) -> None:
    store = filled(address, "suva")
    with pytest.raises(StoreError, match=r"U\+0000"), store.writing():
        store.append(Decision("d1", DecisionKind.RATE, ("x",), by="ana", why="a\0b"))
    assert store.decisions() == []
    store.close()


def test_nothing_of_a_report_that_must_go_is_left_in_the_files(postgres: PostgresServer, address: str) -> None:
    secret = "Zyxwvutsrq"
    text = f"Police said that two people were killed in Mosul, {secret} said."
    with Ledger.open(address, by="ana") as ledger:
        put(ledger.store)
        reading = Reading(make_report(text.encode(), text, Origin(publisher="A")))
        with ledger.store.writing():
            ledger.store.add(Entry(reading, text.encode(), "x"), decide(reading, ()).shown)
        postgres.sql("CHECKPOINT")
        assert found_in(postgres.folder / "data" / "base", secret.encode())
        ledger.forget(reading.report.id, why="a court order")
        postgres.sql("CHECKPOINT")
        assert found_in(postgres.folder / "data" / "base", secret.encode()) == []
        assert list(ledger.verify()) == [id_of(name) for name in TEXTS]


def test_old_rows_are_waited_for_before_the_tables_are_written_anew(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ondit.stores.postgres import store as module

    monkeypatch.setattr(module, "PATIENCE", 0.2)
    store, reader = filled(address, "suva", "mosul"), open_store(address)
    report = entry("suva").reading.report
    with reader.still():
        assert reader.has(report.id)
        with store.writing():
            store.remove(Tombstone(report.id, report.series, report.sha256, "ana", "law", "now"))
        with pytest.raises(StoreError, match=r"somebody's long question .*VACUUM FULL when it has ended"):
            store.wipe_log()
    store.wipe_log()
    for one in (store, reader):
        one.close()


def found_in(folder: Path, what: bytes) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and what in file.read_bytes()]


def test_only_the_owner_can_write_the_tables_anew(postgres: PostgresServer, address: str) -> None:
    filled(address, "suva").close()
    name, schema = f"editor_{schema_of(address)}", schema_of(address)
    postgres.sql(
        f"CREATE ROLE {name} LOGIN; GRANT USAGE ON SCHEMA {schema} TO {name}; "
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {name}"
    )
    with Ledger.open(address.replace("owner@", f"{name}@"), by="ana", create=False) as ledger:
        with pytest.raises(StoreError, match=r"the report is gone, but only the owner .*VACUUM FULL"):
            ledger.forget(id_of("suva"), why="a court order")
        assert ledger.totals()["reports"] == 0
        assert [t.report_id for t in ledger.tombstones()] == [id_of("suva")]


# Maps


def test_with_postgis_there_are_layers_for_map_programs(postgres: PostgresServer) -> None:
    if not postgres.sql("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'"):
        pytest.skip("there is no PostGIS here; install it: apt-get install postgresql-15-postgis-3")
    postgres.sql("CREATE DATABASE maps")
    before = postgres.address(database="maps")
    filled(before, "samarra").close()
    postgres.sql("CREATE SCHEMA gis; CREATE EXTENSION postgis SCHEMA gis", database="maps")
    for address in (before, postgres.address(database="maps")):
        with Ledger.open(address, by="ana") as ledger:
            put(ledger.store)
            ledger.settle()
            assert list(ledger.verify())[-1].startswith("r")
        schema = schema_of(address)
        query = "SELECT count(*), min(gis.ST_SRID(geom)) FROM {}.{} WHERE gis.ST_DWithin(geom, gis.ST_SetSRID(gis.ST_Point(43.9, 34.2), 4326), 1)"
        assert postgres.sql(query.format(schema, "claims_map"), "maps") == "2|4326"
        assert postgres.sql(query.format(schema, "events_map"), "maps") == "1|4326"


# Losing the connection


def hang_up(store: Store) -> None:
    """Another session ends that of the store."""
    other = store._connection._connect(waits=lambda _: False)
    other.execute("SELECT pg_terminate_backend(%s, 5000)", (store._connection._raw.info.backend_pid,))
    other.close()


def test_questions_are_asked_again_when_the_connection_is_lost(address: str) -> None:
    store = filled(address, "suva")
    hang_up(store)
    assert store.has(id_of("suva"))
    hang_up(store)
    assert [f.report.id for f in store.claims(Filters())] == [id_of("suva")]
    hang_up(store)
    put(store, "mosul")
    assert list(store.report_ids()) == [id_of("suva"), id_of("mosul")]
    store.close()


def test_a_change_in_which_the_connection_is_lost_leaves_nothing(address: str) -> None:
    store = filled(address, "suva")
    with pytest.raises(LostConnection, match="of which nothing was kept"), store.writing():  # noqa: PT012 - in the middle
        store.add(entry("mosul"), decide(entry("mosul").reading, ()).shown)
        hang_up(store)
        store.add(entry("bamako"), decide(entry("bamako").reading, ()).shown)
    assert list(store.report_ids()) == [id_of("suva")]
    with pytest.raises(LostConnection), store.writing():  # noqa: PT012 - at the end
        store.add(entry("mosul"), decide(entry("mosul").reading, ()).shown)
        hang_up(store)
    assert list(store.report_ids()) == [id_of("suva")]
    put(store, "mosul")
    assert list(store.check()) == []
    store.close()


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "not kept"])
def test_whether_a_change_whose_end_was_not_heard_was_kept_is_asked(address: str, *, kept: bool) -> None:
    store = filled(address, "suva")
    raw = store._connection._raw
    does = raw.execute

    def unheard(query: Any, *values: Any) -> Any:
        if query == "COMMIT":
            if kept:
                does(query, *values)
            hang_up(store)
        return does(query, *values)

    raw.execute = unheard
    with nullcontext() if kept else pytest.raises(LostConnection):
        put(store, "mosul")
    assert list(store.report_ids()) == [id_of("suva"), *([id_of("mosul")] if kept else [])]
    put(store, "bamako")
    assert list(store.check()) == []
    store.close()


def test_a_long_answer_that_breaks_off_is_told(address: str) -> None:
    store = filled(address)
    found = store.claims(Filters())
    with pytest.raises(StoreError, match="do it again"), store.still():  # noqa: PT012 - in the middle
        hang_up(store)
        list(found)
    assert store.count(Filters()) == 10
    store.close()


def test_a_server_that_stays_away_is_told(
    postgres: PostgresServer, address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from ondit.stores.postgres import connection

    monkeypatch.setattr(connection, "PATIENCE", 0.3)
    store = filled(address, "suva")
    postgres.stop(how=signal.SIGQUIT)
    try:
        with pytest.raises(StoreError, match="the server cannot be reached"):
            store.has(id_of("suva"))
        assert "the connection was lost; trying again for" in caplog.text
    finally:
        postgres.start()
    assert store.has(id_of("suva"))
    store.close()


def test_removing_twice_changes_nothing_else(address: str) -> None:
    store = filled(address, "suva", "mosul")
    report = entry("suva").reading.report
    with store.writing():
        store.remove(Tombstone(report.id, report.series, report.sha256, "ana", "law", "now"))
    assert list(store.report_ids()) == [id_of("mosul")]
    store.close()
