"""The embedded store: the contract over one SQLite file."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ondit.model import Problem
from ondit.stores.contract import Filters, Tombstone
from ondit.stores.sqlite import opening, searching
from ondit.stores.sqlite.originals import INSIDE, OriginalFiles
from ondit.stores.tables.checking import PARTNERS, CheckedTables
from ondit.stores.tables.claims import Numbered
from ondit.stores.tables.decisions import DecisionTables
from ondit.stores.tables.events import EventTables
from ondit.stores.tables.notes import NoteTables
from ondit.stores.tables.reports import ReportTables
from ondit.stores.tables.sql import Plan, insert_sql

_ORIGINAL = insert_sql("originals", ("sha256", "size", "bytes"))
_WORDS = insert_sql("words", ("rowid", "content", "voices", "places", "sources"))
_POINT = insert_sql("points", ("n", "south", "north", "west", "east"))
_OF_REPORT = "SELECT n FROM claims WHERE report_id = ?"
_PARTNERS = (
    *PARTNERS,
    ("claims", "SELECT id FROM claims WHERE n NOT IN (SELECT rowid FROM words)", "a claim that no search finds"),
    (
        "words",
        "SELECT rowid AS id FROM words WHERE rowid NOT IN (SELECT n FROM claims)",
        "words of a claim that is not there",
    ),
    (
        "points",
        "SELECT n AS id FROM points WHERE n NOT IN (SELECT n FROM claims)",
        "a point of a claim that is not there",
    ),
    (
        "points",
        "SELECT id FROM claims WHERE lat IS NOT NULL AND n NOT IN (SELECT n FROM points)",
        "a point that no search finds",
    ),
)
_PAGE = 200  # rows fetched at once


class SqliteStore(ReportTables, DecisionTables, EventTables, NoteTables, CheckedTables):
    """A store in one file and, for large originals, a folder beside it."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self.where = str(path)
        self._writable = opening.may_write(path)
        self._connection = opening.open_ledger(path, create=create)
        self._connection.row_factory = sqlite3.Row
        self._files = OriginalFiles(path)
        self._doomed: list[str] = []  # originals that go when the change is whole

    def close(self) -> None:
        """Let go of the file; whoever is last folds the log into it."""
        self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One change, whole or not at all."""
        with opening.telling(self.path):
            if not self._writable:
                raise sqlite3.OperationalError("read-only")
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._doomed.clear()
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            while self._doomed:
                self._files.remove(self._doomed.pop())

    @contextmanager
    def still(self) -> Iterator[None]:
        """What is read is of one moment."""
        with opening.telling(self.path):
            self._connection.execute("BEGIN")
            try:
                self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # here the moment is
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def remove(self, tombstone: Tombstone) -> None:
        """Take a report away, and every word of it from the index, in which it would linger."""
        super().remove(tombstone)
        self._run("INSERT INTO words (words) VALUES ('optimize')")

    def raw(self, sha256: str) -> bytes | None:
        """The bytes of this hash."""
        rows = self._rows("SELECT bytes FROM originals WHERE sha256 = ?", sha256)
        if not rows:
            return None
        inside = rows[0]["bytes"]
        if inside is None:
            return self._files.read(sha256)
        return inside if isinstance(inside, bytes) else str(inside).encode()

    def wipe_log(self) -> None:
        """Fold the log into the file and empty it: what was removed is gone from the disk."""
        with opening.telling(self.path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def backup(self, target: Path) -> None:
        """A consistent copy while in use, with the large originals: those of its rows are there already and never change."""
        with opening.telling(target):
            opening.backup(self._connection, target)
            self._files.copy_to(OriginalFiles(target))

    def check(self) -> Iterator[Problem]:
        """What is damaged in how things are kept."""
        for row in self._rows("PRAGMA integrity_check"):
            if row["integrity_check"] != "ok":
                yield self._damage(row["integrity_check"])
        yield from self._lost_partners(_PARTNERS)
        yield from self._wrong_columns()

    # What tables need

    def _keep_bytes(self, sha256: str, raw: bytes) -> None:
        """Keep bytes; the file of a large original is complete before its row is."""
        if self._value("SELECT 1 FROM originals WHERE sha256 = ?", sha256):
            return
        inside = len(raw) <= INSIDE
        if not inside:
            self._files.write(sha256, raw)
        self._run(_ORIGINAL, sha256, len(raw), raw if inside else None)

    def _drop_bytes(self, sha256: str) -> None:
        self._run("DELETE FROM originals WHERE sha256 = ?", sha256)
        self._doomed.append(sha256)

    def _write_indexes(self, numbered: Sequence[Numbered]) -> None:
        columns = ("content", "voices", "places", "sources")
        self._many(_WORDS, ((c.n, *(c.sides.words[column] for column in columns)) for c in numbered))
        points = ((c.n, c.sides.place) for c in numbered)
        located = ((n, p.lat, p.lon) for n, p in points if p and p.lat is not None and p.lon is not None)
        self._many(_POINT, ((n, lat, lat, lon, lon) for n, lat, lon in located))

    def _drop_indexes(self, report_id: str) -> None:
        self._run(f"DELETE FROM words WHERE rowid IN ({_OF_REPORT})", report_id)  # noqa: S608 - constants
        self._run(f"DELETE FROM points WHERE n IN ({_OF_REPORT})", report_id)  # noqa: S608 - constants

    def _plan(self, filters: Filters) -> Plan:
        with opening.telling(self.path):
            return searching.plan(self._connection, filters)

    def _rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        with opening.telling(self.path):
            return self._connection.execute(query, values).fetchall()

    def _value(self, query: str, *values: object) -> Any:
        rows = self._rows(query, *values)
        return rows[0][0] if rows else None

    def _stream(self, query: str, values: Sequence[object], limit: int | None) -> Iterator[sqlite3.Row]:  # noqa: ARG002 - every answer is streamed
        with opening.telling(self.path):
            cursor = self._connection.execute(query, values)
            while rows := cursor.fetchmany(_PAGE):
                yield from rows

    def _run(self, query: str, *values: object) -> None:
        with opening.telling(self.path):
            self._connection.execute(query, values)

    def _many(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        with opening.telling(self.path):
            self._connection.executemany(query, rows)

    def _fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        self._many(insert_sql(table, columns), rows)
