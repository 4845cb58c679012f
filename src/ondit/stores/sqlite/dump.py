"""A ledger's tables as plain rows without the columns that depend on the run: what two ledgers are compared by."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ondit.stores.sqlite.schema import INDEXES_OF_CLAIMS, RUN_DEPENDENT


def dump(ledger: Path) -> Iterator[str]:
    """One line a row, table by table, sorted; the same for two ledgers of the same reports and decisions."""
    with closing(sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        for table in tables(connection):
            columns = [c for c in columns_of(connection, table) if f"{table}.{c}" not in RUN_DEPENDENT]
            if columns:
                listed = ", ".join(f"quote({c})" for c in columns)
                rows = connection.execute(f"SELECT {listed} FROM {table}")  # noqa: S608 - names of our own tables
                yield from sorted(f"{table}: {' | '.join(row)}" for row in rows)
        for table, key in zip(INDEXES_OF_CLAIMS, ("n", "rowid"), strict=True):
            columns = [c for c in columns_of(connection, table) if c != "n"]
            listed = ", ".join(f"quote(i.{c})" for c in columns)
            query = f"SELECT quote(c.id), {listed} FROM {table} AS i JOIN claims AS c ON c.n = i.{key}"  # noqa: S608
            yield from sorted(f"{table}: {' | '.join(row)}" for row in connection.execute(query))


def tables(connection: sqlite3.Connection) -> list[str]:
    """The plain tables, without those that indexes keep for themselves."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    hidden = (*INDEXES_OF_CLAIMS, "sqlite")
    return [name for (name,) in rows if not name.startswith(hidden)]


def columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table."""
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
