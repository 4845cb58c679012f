"""One connection to PostgreSQL that is made anew when it is lost, and changes that are kept whole or not at all."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import count
from typing import Any, TypeAlias, TypeVar
from uuid import uuid4
from zlib import crc32

import psycopg
from psycopg import errors, sql
from psycopg.adapt import Loader
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row

from ondit.stores.contract import LostConnection, StoreError
from ondit.stores.postgres.address import Address
from ondit.stores.postgres.telling import LOCK_PATIENCE, remedy, unreachable

PATIENCE = 60.0
"""Seconds for which a server that is gone is tried again."""

_LOCK = 0x6F6E6474  # "ondt": with a number for the schema, the lock of whoever changes a ledger
_PAGE = 200  # rows of a long answer fetched at once
_MANY = 20  # rows from which COPY is quicker than INSERT
_FAREWELLS = (
    errors.AdminShutdown,
    errors.CrashShutdown,
    errors.IdleInTransactionSessionTimeout,
    errors.ConnectionException,
)
# The last change of each writer. A row and no number of the server's: one that breaks down may give a lost number out again.
_SIGN = "INSERT INTO changes (writer, change) VALUES (%s, %s) ON CONFLICT (writer) DO UPDATE SET change = excluded.change, at = now()"
_SIGNED = "SELECT change FROM changes WHERE writer = %s"
_FORGET = "DELETE FROM changes WHERE at < now() - interval '7 days'"
_log = logging.getLogger(__name__)
Query: TypeAlias = str | sql.SQL | sql.Composed
_T = TypeVar("_T")
_Rows = list[dict[str, Any]]


class _AsText(Loader):
    """Days as YYYY-MM-DD, as the file has them."""

    def load(self, data: Any) -> str:
        return bytes(data).decode()


class Connection:
    """A connection to a ledger's schema. Everything raises `StoreError`; questions survive the loss of the connection, changes do not."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._changing = False
        self._still = False
        self._closed = False
        self._cursors = count()
        self._writer, self._changes = uuid4().hex, count(1)
        # Both are int4: the second tells ledgers of one database apart; where two share it by chance, they wait for each other.
        self._lock = (_LOCK, crc32(address.schema.encode()) - (1 << 31))
        self._raw = self._connect(waits=_is_starting)

    def close(self) -> None:
        """Say good-bye."""
        self._closed = True
        self._raw.close()

    # Questions

    def rows(self, query: Query, values: Sequence[object] = ()) -> _Rows:
        """All rows of an answer."""
        return self._asked(lambda: self._raw.execute(query, values or None).fetchall())

    def value(self, query: Query, values: Sequence[object] = ()) -> Any:
        """The first cell of an answer."""
        rows = self.rows(query, values)
        return next(iter(rows[0].values())) if rows else None

    def stream(self, query: str, values: Sequence[object]) -> Iterator[dict[str, Any]]:
        """The rows of a long answer, which the server keeps until they are fetched or the connection is lost."""
        cursor = self._asked(lambda: self._opened(query, values))
        try:
            while True:
                with self._telling():
                    rows = cursor.fetchmany(_PAGE)
                if not rows:
                    return
                yield from rows
        finally:
            with suppress(psycopg.Error):
                cursor.close()

    # Changes

    def run(self, query: Query, values: Sequence[object] = ()) -> None:
        """Change something."""
        with self._telling():
            self._raw.execute(query, values or None)

    def many(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """Change something for each row of values."""
        with self._telling(), self._raw.cursor() as cursor:
            cursor.executemany(query, list(rows))

    def fill(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Insert rows."""
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        with self._telling(), self._raw.cursor() as cursor:
            if len(rows) < _MANY:
                values = sql.SQL(", ").join(sql.Placeholder() * len(columns))
                query = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(sql.Identifier(table), names, values)
                cursor.executemany(query, rows)
                return
            with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)) as copy:
                for row in rows:
                    copy.write_row(row)

    @contextmanager
    def change(self) -> Iterator[None]:
        """One change; others wait for its end. Raises `LostConnection` when the connection is lost in it, and nothing of it is kept."""
        self._begin()
        try:
            yield
            number = self._sign()
        except BaseException:
            self._rollback()
            raise
        finally:
            self._changing = False
        self._commit(number)

    @contextmanager
    def still(self) -> Iterator[None]:
        """What is read is of one moment."""
        self.rows("SELECT 1")  # made anew where it was lost
        self._still = True
        try:
            self.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        finally:
            self._still = False
            self._rollback()

    def _begin(self) -> None:
        """Begin a change and wait for its turn."""
        self._asked(lambda: self._raw.execute("BEGIN"))
        self._changing = True
        try:
            self.run("SELECT pg_advisory_xact_lock(%s, %s)", self._lock)
        except BaseException:
            self._rollback()
            self._changing = False
            raise

    def _sign(self) -> int:
        """Number the change and note it among those that are kept; gives the number."""
        if self._raw.info.transaction_status is TransactionStatus.INERROR:
            raise StoreError(f"{self.address.shown}: a change failed and was undone; do it again")
        number = next(self._changes)
        if number == 1:
            self.run(_FORGET)
        self.run(_SIGN, (self._writer, number))
        return number

    def _rollback(self) -> None:
        with suppress(psycopg.Error):  # a connection that is lost has rolled back
            self._raw.execute("ROLLBACK")

    def _commit(self, number: int) -> None:
        try:
            with self._telling():
                self._raw.execute("COMMIT")
        except StoreError as error:
            if not self._raw.closed:
                raise
            # Whether it was kept before the connection went is known to the server alone.
            if self._last_kept() != number:
                raise LostConnection(str(error)) from error

    def _last_kept(self) -> int | None:
        """The number of this writer's last change that was kept, asked over a new connection when the one before it has ended."""
        while True:
            try:
                self._begin()
                kept = self.value(_SIGNED, (self._writer,))
            except LostConnection:
                continue
            finally:
                self._changing = False
                self._rollback()
            return kept if kept is None else int(kept)

    # Losing the connection

    def _opened(self, query: str, values: Sequence[object]) -> "psycopg.ServerCursor[dict[str, Any]]":
        cursor = self._raw.cursor(f"ondit_{next(self._cursors)}", withhold=True)
        cursor.execute(query, values or None)
        return cursor

    def _asked(self, question: Callable[[], _T]) -> _T:
        """The answer; asked again over a new connection when the old one is lost, unless in the middle of a change."""
        while True:
            with self._telling():
                try:
                    return question()
                except psycopg.Error as error:
                    if self._changing or self._still or self._closed or not self._is_lost(error):
                        raise
            self._reconnect()

    def _reconnect(self) -> None:
        _log.warning("%s: the connection was lost; trying again for %.0f seconds", self.address.shown, PATIENCE)
        self._raw = self._connect(waits=lambda _: True)
        _log.warning("%s: connected again", self.address.shown)

    def _connect(self, *, waits: Callable[[psycopg.Error], bool]) -> "psycopg.Connection[dict[str, Any]]":
        until, pause = time.monotonic() + PATIENCE, 0.05
        while True:
            try:
                raw = psycopg.connect(self.address.conninfo, autocommit=True, row_factory=dict_row)
            except psycopg.Error as error:
                if not waits(error) or time.monotonic() > until:
                    raise StoreError(unreachable(error, self.address)) from None
                time.sleep(pause)
                pause = min(2 * pause, 2.0)
            else:
                raw.adapters.register_loader("date", _AsText)
                raw.execute(
                    sql.SQL(
                        "SET search_path = {}; SET lock_timeout = {}; SET idle_in_transaction_session_timeout = {}; SET DateStyle = ISO; SET jit = off"
                    ).format(sql.Identifier(self.address.schema), f"{LOCK_PATIENCE}s", f"{LOCK_PATIENCE}s")
                )
                return raw

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            if not self._is_lost(error):
                raise StoreError(remedy(error, self.address)) from error
            said = f"{self.address.shown}: the connection was lost ({self.address.clean(str(error))})"
            if self._changing:
                raise LostConnection(
                    f"{said} in the middle of a change, of which nothing was kept; do it again"
                ) from error
            raise StoreError(f"{said}; do it again") from error

    def _is_lost(self, error: psycopg.Error) -> bool:
        if isinstance(error, _FAREWELLS):
            self._raw.close()  # the server has hung up
        return self._raw.closed


def _is_starting(error: psycopg.Error) -> bool:
    return "starting up" in str(error)


@lru_cache(maxsize=512)
def with_marks(query: str) -> str:
    """A query whose values are marked as this driver wants them."""
    return query.replace("?", "%s")
