"""A ledger in one SQLite file (write-ahead log, plain tables): readable with Datasette or any SQLite tool."""

from ondit.stores.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
