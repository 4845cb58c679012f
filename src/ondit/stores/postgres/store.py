"""The store of teams: the contract over one schema of a PostgreSQL database."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from psycopg import sql

from ondit.model import Problem
from ondit.stores.contract import Filters, StoreError
from ondit.stores.copying import back_up
from ondit.stores.postgres import opening, schema, searching
from ondit.stores.postgres.address import parse_address
from ondit.stores.postgres.connection import PATIENCE, Connection, with_marks
from ondit.stores.tables.checking import PARTNERS, CheckedTables
from ondit.stores.tables.claims import Numbered
from ondit.stores.tables.decisions import DecisionTables
from ondit.stores.tables.events import EventTables
from ondit.stores.tables.notes import NoteTables
from ondit.stores.tables.reports import ReportTables
from ondit.stores.tables.searching import Condition
from ondit.stores.tables.sql import Plan, Row

LARGEST = 256 * 1024 * 1024
"""Bytes up to which an original is kept: the server takes 1 GB with everything that comes along; taking in refuses far smaller ones."""

_SHORT = 1_000  # rows up to which an answer is fetched at once
_WORDS = ("content", "voices", "places", "sources")
_WORD_COLUMNS = ("n", *_WORDS, *(f"{name}_words" for name in _WORDS))
_ORIGINAL = "INSERT INTO originals (sha256, size, bytes) VALUES (%s, %s, %b) ON CONFLICT DO NOTHING"
_OF_RECORDS = frozenset(("reports", "claims", "happenings", "voices", "counts", "problems"))
"""Tables whose columns repeat what a record says: U+0000, which PostgreSQL keeps in no text, is shown in them as U+2400."""

_OLDER = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND (age(backend_xmin) > age(%s::xid) OR age(backend_xid) > age(%s::xid))"
)
_PARTNERS = (
    *PARTNERS,
    ("claims", "SELECT id FROM claims WHERE n NOT IN (SELECT n FROM words)", "a claim that no search finds"),
    ("words", "SELECT n AS id FROM words WHERE n NOT IN (SELECT n FROM claims)", "words of a claim that is not there"),
)


class PostgresStore(ReportTables, DecisionTables, EventTables, NoteTables, CheckedTables):
    """A store in one schema of a database, originals included."""

    def __init__(self, url: str, *, create: bool = False) -> None:
        address = parse_address(url)
        self.where = address.shown
        self._connection = Connection(address)
        try:
            opening.open_ledger(self._connection, create=create)
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Say good-bye to the server."""
        self._connection.close()

    def writing(self) -> AbstractContextManager[None]:
        """One change, whole or not at all; raises `LostConnection` when it may be done again."""
        return self._connection.change()

    def still(self) -> AbstractContextManager[None]:
        """What is read is of one moment."""
        return self._connection.still()

    def raw(self, sha256: str) -> bytes | None:
        """The bytes of this hash."""
        value = self._value("SELECT bytes FROM originals WHERE sha256 = ?", sha256)
        return None if value is None else bytes(value)

    def wipe_log(self) -> None:
        """Write the tables anew without what was removed, while everybody waits. The server's own log (WAL) and backups are its keeper's."""
        mine = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'reports'::regclass"
        if not self._connection.value(mine):
            raise StoreError(
                f"{self.where}: the report is gone, but only the owner of the tables can write them anew so that nothing of it is left in "
                "their files: let them run VACUUM FULL"
            )
        self._wait_for_questions()
        tables = sql.SQL(", ").join(sql.Identifier(self._connection.address.schema, name) for name in schema.TABLES)
        self._connection.run(sql.SQL("VACUUM (FULL) {}").format(tables))

    def _wait_for_questions(self) -> None:
        """Rows that were removed are written anew as well while a question that began before may still ask for them."""
        now = self._connection.value("SELECT pg_current_xact_id()::xid::text")
        until = time.monotonic() + PATIENCE
        while self._connection.value(_OLDER, (now, now)):
            if time.monotonic() > until:
                raise StoreError(
                    f"{self.where}: the report is gone, but what was in it stays in the files as long as somebody's long question goes on; "
                    "let the owner of the tables run VACUUM FULL when it has ended"
                )
            time.sleep(0.05)

    def backup(self, target: Path) -> None:
        """A consistent copy in a ledger file, while everybody goes on."""
        back_up(self, target)

    def check(self) -> Iterator[Problem]:
        """What is damaged in how things are kept."""
        yield from self._lost_partners(_PARTNERS)
        yield from self._wrong_columns()

    # What tables need

    def _keep_bytes(self, sha256: str, raw: bytes) -> None:
        if len(raw) > LARGEST:
            raise StoreError(
                f"{self.where}: an original of {len(raw)} bytes is more than the {LARGEST} that are kept in PostgreSQL; add it to a ledger in a file"
            )
        self._connection.run(_ORIGINAL, (sha256, len(raw), raw))

    def _drop_bytes(self, sha256: str) -> None:
        self._run("DELETE FROM originals WHERE sha256 = ?", sha256)

    def _write_indexes(self, numbered: Sequence[Numbered]) -> None:
        rows = []
        for claim in numbered:
            words = [claim.sides.words[name] for name in _WORDS]
            rows.append((claim.n, *words, *map(searching.vector, words)))
        self._fill("words", _WORD_COLUMNS, rows)

    def _drop_indexes(self, report_id: str) -> None:
        self._run("DELETE FROM words WHERE n IN (SELECT n FROM claims WHERE report_id = ?)", report_id)

    def _plan(self, filters: Filters) -> Plan:
        return searching.plan(filters, self._count_few)

    def _count_few(self, condition: Condition) -> int:
        where, values = condition
        query = f"SELECT count(*) FROM (SELECT 1 FROM claims AS c WHERE {where} LIMIT {searching.FEW + 1}) AS few"  # noqa: S608 - constants
        return int(self._value(query, *values))

    def _rows(self, query: str, *values: object) -> Sequence[Row]:
        return self._connection.rows(with_marks(query), values)

    def _value(self, query: str, *values: object) -> Any:
        return self._connection.value(with_marks(query), values)

    def _stream(self, query: str, values: Sequence[object], limit: int | None) -> Iterator[Row]:
        if limit is not None and limit <= _SHORT:
            return iter(self._rows(query, *values))
        return self._connection.stream(with_marks(query), values)

    def _run(self, query: str, *values: object) -> None:
        self._connection.run(with_marks(query), values)

    def _many(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        self._connection.many(with_marks(query), rows)

    def _fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        listed = [tuple(map(self._cell, row)) for row in rows] if table in _OF_RECORDS else list(rows)
        if listed:
            self._connection.fill(table, columns, listed)

    def _cell(self, value: object) -> object:
        return value.replace("\0", "␀") if isinstance(value, str) else value
