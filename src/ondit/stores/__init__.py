"""Where ledgers are kept. One contract, several stores: in memory, in one SQLite file."""

from pathlib import Path

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
    "Settlement",
    "Store",
    "StoreError",
    "Tombstone",
    "open_store",
]


def open_store(where: str | Path, *, create: bool = False) -> Store:
    """The store at a path, or an empty one in memory for `:memory:`; raises `StoreError` when there is none and none is to be made."""
    if str(where) == MEMORY:
        from ondit.stores.memory import MemoryStore

        return MemoryStore()
    from ondit.stores.sqlite import SqliteStore

    return SqliteStore(Path(where), create=create)
