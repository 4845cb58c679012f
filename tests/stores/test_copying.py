"""A ledger copied from one store into another is the same ledger, whichever way it goes and however often it is interrupted."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ondit.cli import main
from ondit.ledger import Ledger
from ondit.model import Problem, Reliability, Span
from ondit.stores import MEMORY, EventFilters, Failure, Filters, Store, StoreError, open_store
from ondit.stores import copying as module
from ondit.stores.copying import copy
from ondit.stores.sqlite.dump import columns_of, tables
from tests.contracts.ledger_reports import put
from tests.postgres import PostgresServer

FRENCH = "Trois soldats ont été tués samedi à Samarra, selon l'armée. Le porte-parole a démenti toute attaque contre la base."
ENGLISH = "Police said on 3 May 2021 that two people were killed in Mosul. The ministry denied the report."
SPANISH = "El ejército dijo que tres soldados murieron el lunes en un ataque contra la base de la ciudad."
COUNTED = {
    "reports.changed",
    "revision.n",
    "reports.told",
    "settlement.revision",
    "claims.n",
    "reports.n",
    "decisions.n",
}
"""What counts changes or rows of one store: those that went leave no gap in a copy."""


def answers(store: Store) -> dict[str, Any]:
    """Everything that the contract tells, without what counts the changes of one store."""
    ids = list(store.report_ids())
    last = store.settlement()
    return {
        "ids": ids,
        "kept": [store.kept(id_) for id_ in ids],
        "raw": [store.raw(store.kept(id_).report.sha256) for id_ in ids],
        "readings": [store.reading(id_) for id_ in ids],
        "shown": [store.shown(id_) for id_ in ids],
        "versions": [list(store.versions(store.kept(id_).report.series)) for id_ in ids],
        "decisions": [list(store.decisions()), *(list(store.decisions(id_)) for id_ in ids)],
        "failures": list(store.failures()),
        "inputs": list(store.inputs()),
        "tombstones": list(store.tombstones()),
        "totals": dict(store.totals()),
        "claims": [(f.report.id, f.shown, f.event) for f in store.claims(Filters(versions=True))],
        "events": list(store.events(EventFilters())),
        "copies": [list(store.copies(id_)) for id_ in ids],
        "settled": last and (last.mark, last.at, not store.told(last.revision)),
        "damage": list(store.check()),
    }


def rows(file: Path) -> list[str]:
    """Every row of every table of a ledger file."""
    found = []
    with closing(sqlite3.connect(file)) as connection:
        for table in tables(connection):
            columns = [c for c in columns_of(connection, table) if f"{table}.{c}" not in COUNTED]
            query = f"SELECT {', '.join(f'quote({c})' for c in columns)} FROM {table}" if columns else "SELECT 1"
            found += sorted(f"{table}: {' | '.join(map(str, row))}" for row in connection.execute(query))
    return found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which everything has happened."""
    folder = tmp_path_factory.mktemp("old")
    texts = {"fr.txt": FRENCH, "en.txt": ENGLISH, "es.txt": SPANISH, "empty.txt": "", "long.txt": ENGLISH * 900}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "my.ledger"
    with Ledger.open(path, by="ana") as ledger:
        put(ledger.store)
        list(ledger.add(*(folder / name for name in texts)))
        claims = [found.claim for found in ledger.claims(Filters(text="killed"))][:2]
        ledger.reject(claims[0].id, why="not in the text")
        ledger.edit(claims[1].id, "stance", "denies", why="a denial")
        ledger.merge(claims[0].id, claims[1].id, why="one event")
        ledger.undo(ledger.accept(claims[1].id, why="mistaken").id, why="sorry")
        report = next(found.report for found in ledger.claims(Filters(text="tués")))
        ledger.add_claim(report.id, Span(0, 5), why="missed", stance="possible")
        ledger.rate("reuters", Reliability.B, why="long seen")
        ledger.forget(ledger.store.report_ids()[1], why="a court order")
        ledger.settle()
    return path


@pytest.fixture
def old(file: Path) -> Iterator[Store]:
    store = open_store(file)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "postgres", "memory"])
def new(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "postgres":
        where: str | Path = request.getfixturevalue("postgres").address()
    else:
        where = MEMORY if request.param == "memory" else tmp_path / "new.ledger"
    store = open_store(where, create=True)
    yield store
    store.close()


def test_a_copy_tells_what_the_ledger_tells(old: Store, new: Store) -> None:
    steps = list(copy(old, new))
    assert steps[-1].done == len(old.report_ids())
    assert answers(new) == answers(old)
    assert answers(new)["damage"] == []


def test_there_and_back_again_every_row_is_the_same(
    file: Path, tmp_path: Path, postgres: PostgresServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server, back = postgres.address(), tmp_path / "back.ledger"
    assert main(["copy", str(file), server]) == main(["copy", server, str(back)]) == 0
    assert rows(back) == rows(file)
    assert re.match(r"10 reports, 6 decisions: .*my\.ledger → postgresql://", capsys.readouterr().out)
    assert main(["verify", "--ledger", server]) == main(["verify", "--ledger", str(back)])


def test_a_backup_of_a_server_is_a_ledger_file(file: Path, tmp_path: Path, postgres: PostgresServer) -> None:
    server, target = postgres.address(), tmp_path / "backup.ledger"
    assert main(["copy", str(file), server]) == 0
    for _ in range(2):  # one that is there is replaced
        assert main(["backup", str(target), "--ledger", server]) == 0
    assert rows(target) == rows(file)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["backup.ledger", "backup.ledger.originals"]
    assert main(["export-bundle", str(tmp_path / "bundle"), "--ledger", server]) == 0


def test_a_copy_that_was_interrupted_goes_on(old: Store, new: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REPORTS", 2)
    for steps in (1, 2, 3):
        copying = copy(old, new)
        for _ in range(steps):
            next(copying)
        copying.close()
    done = len(new.report_ids())
    assert 0 < done < len(old.report_ids())
    assert next(iter(copy(old, new))).done == done
    list(copy(old, new))
    assert answers(new) == answers(old)


def test_a_copy_is_brought_up_to_date(file: Path, new: Store, tmp_path: Path) -> None:
    growing = tmp_path / "growing.ledger"
    with Ledger.open(growing, by="ana") as ledger:
        list(copy(ledger.store, new))  # of nothing
        source = open_store(file)
        list(copy(source, ledger.store))
        source.close()
        list(copy(ledger.store, new))
        claim = next(found.claim for found in ledger.claims(Filters(text="arrested")))
        ledger.reject(claim.id, why="seen since")
        ledger.forget(ledger.store.report_ids()[0], why="another court order")
        (tmp_path / "late.txt").write_text("Police said that a bomb exploded in Suva.", encoding="utf-8")
        list(ledger.add(tmp_path / "late.txt"))
        list(ledger.reread(keep=True))
        with ledger.store.writing():
            for failure in ledger.failures():
                ledger.store.forget_failures(failure.problem.where)
        list(copy(ledger.store, new))
        assert answers(new) == answers(ledger.store)


def test_nothing_is_mixed_into_another_ledger(old: Store, new: Store) -> None:
    put(new, "suva")
    before = answers(new)
    with pytest.raises(StoreError, match=r"holds something else already.*never mixed"):
        list(copy(old, new))
    assert answers(new) == before


def test_not_even_into_one_that_holds_only_failures(old: Store, new: Store) -> None:
    with new.writing():
        new.fail([Failure(Problem("empty-input", "nothing", "look", "other.txt"))])
    with pytest.raises(StoreError, match="never mixed"):
        list(copy(old, new))
    assert new.totals()["failures"] == 1


def test_what_is_added_meanwhile_is_not_half_copied(
    file: Path, tmp_path: Path, new: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_REPORTS", 2)
    busy = tmp_path / "busy.ledger"
    assert main(["copy", str(file), str(busy)]) == 0
    source = open_store(busy)
    before = answers(source)
    with Ledger.open(busy, by="bo") as other:
        copying = copy(source, new)
        next(copying)
        claim = next(found.claim for found in other.claims(Filters(text="arrested")))
        other.reject(claim.id, why="meanwhile")
        list(copying)
    assert answers(new) == before
    source.close()


@pytest.mark.parametrize("words", [["copy"], ["copy", "a"], ["copy", "absent.ledger", "new.ledger"]])
def test_wrong_usage(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == (4 if len(words) == 3 else 2)
    assert list(tmp_path.iterdir()) == []
