"""Errors of PostgreSQL as `StoreError`s that say what to do."""

import psycopg
from psycopg import errors

from ondit.stores.postgres.address import Address

LOCK_PATIENCE = 600
"""Seconds that one change waits for another: settling a large ledger is one change."""


def remedy(error: psycopg.Error, address: Address) -> str:
    """What happened and what to do, without the password."""
    said = address.clean(error.diag.message_primary or str(error))
    return f"{address.shown}: {_remedy(error, said, address.schema)}"


def _remedy(error: psycopg.Error, said: str, schema: str) -> str:
    if isinstance(error, psycopg.DataError) and "NUL" in said:
        return "PostgreSQL keeps no text with U+0000; leave that character out of names and reasons"
    told = next(
        (told for kinds, told in _REMEDIES if isinstance(error, kinds)), "the ledger could not be used ({said})"
    )
    return told.format(said=said, schema=schema, patience=LOCK_PATIENCE)


_NOT_ALLOWED = (
    "the database does not let this user do that ({said}); whoever owns the ledger can: GRANT USAGE ON SCHEMA {schema} and "
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema}; to make one: GRANT CREATE ON DATABASE"
)
_REMEDIES: tuple[tuple[tuple[type[psycopg.Error], ...], str], ...] = (
    (
        (errors.InsufficientPrivilege,),
        _NOT_ALLOWED,
    ),
    (
        (errors.ReadOnlySqlTransaction,),
        "the server takes no changes now ({said}); it may be a replica: name the primary server",
    ),
    (
        (errors.LockNotAvailable,),
        "another program has held the ledger for {patience} seconds ({said}); end it and do it again",
    ),
    (
        (errors.DiskFull, errors.OutOfMemory, errors.ConfigurationLimitExceeded),
        "the server has no room ({said}); make room there and run the same again: everything that was added before is kept",
    ),
    (
        (errors.ProgramLimitExceeded,),
        "a report or a claim is larger than PostgreSQL can keep or index ({said}); leave it out, or use a ledger in a file",
    ),
    ((errors.UniqueViolation,), "it is there already ({said})"),
    ((errors.QueryCanceled,), "the server ended a long question ({said}); raise statement_timeout for this user"),
    (
        (errors.UndefinedTable, errors.UndefinedColumn),
        "the tables are not those of this ondit ({said}); were they changed by hand? Go back to a backup",
    ),
    ((errors.DataCorrupted, errors.IndexCorrupted), "the database is damaged ({said}); go back to a backup"),
)


def unreachable(error: psycopg.Error, address: Address) -> str:
    """Why no connection could be made, and what to do."""
    said = address.clean(str(error))
    if "does not exist" in said and "database" in said:
        told = f"there is no such database ({said}); make it: createdb --encoding UTF8 --template template0 NAME"
    elif "authentication" in said or "password" in said or "role" in said:
        told = f"the server does not let this user in ({said}); check the name, and the password in PGPASSWORD or ~/.pgpass"
    else:
        told = f"the server cannot be reached ({said}); start it, or check the address"
    return f"{address.shown}: {told}"
