"""Where ledgers are kept. One contract, several stores: in memory, in one SQLite file, in a schema of a PostgreSQL database."""

from pathlib import Path

from ondit.stores.addresses import is_server, shown_name
from ondit.stores.changing import change
from ondit.stores.contract import (
    Custody,
    Entry,
    EventFilters,
    EventRow,
    Failure,
    Filters,
    Found,
    Input,
    Kept,
    LostConnection,
    Part,
    Settlement,
    Store,
    StoreError,
    Tombstone,
)

MEMORY = ":memory:"

__all__ = [
    "MEMORY",
    "Custody",
    "Entry",
    "EventFilters",
    "EventRow",
    "Failure",
    "Filters",
    "Found",
    "Input",
    "Kept",
    "LostConnection",
    "Part",
    "Settlement",
    "Store",
    "StoreError",
    "Tombstone",
    "change",
    "open_store",
    "shown_name",
]


def open_store(where: str | Path, *, create: bool = False) -> Store:
    """The store at a path or at `postgresql://…`, or an empty one in memory for `:memory:`.

    Raises `StoreError` when there is none and none is to be made.
    """
    if str(where) == MEMORY:
        from ondit.stores.memory import MemoryStore

        return MemoryStore()
    if is_server(where):
        try:
            from ondit.stores.postgres import PostgresStore
        except ImportError as error:
            raise StoreError(
                f"{shown_name(where)}: a ledger in PostgreSQL needs psycopg ({error}); install it: pip install 'ondit[postgres]'"
            ) from error
        return PostgresStore(str(where), create=create)
    from ondit.stores.sqlite import SqliteStore

    return SqliteStore(Path(where), create=create)
