"""Opens a ledger file: makes it, brings an older one up to date after a backup, refuses a newer one and what is no ledger."""

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ondit.model.places import km_between
from ondit.stores.contract import StoreError
from ondit.stores.sqlite import schema

_NOT_WRITABLE = (
    "the ledger may not be written; change the permissions of the file and its folder, or name another --ledger"
)
_PATIENCE = 60.0  # seconds that one writer waits for another


def open_ledger(path: Path, *, create: bool, steps: Sequence[Sequence[str]] = schema.STEPS) -> sqlite3.Connection:
    """A connection to the ledger at `path`; raises `StoreError` with what to do."""
    if not path.exists():
        if not create:
            raise StoreError(f"{path}: there is no ledger; 'ondit add --ledger {path} FILE…' makes one")
        if not path.parent.is_dir():
            raise StoreError(f"{path}: there is no folder {path.parent}; make it first")
    writable = may_write(path)
    if create and not writable:
        raise StoreError(f"{path}: {_NOT_WRITABLE}")
    with telling(path):
        connection = _connect(path, writable=writable)
        try:
            _settle_version(connection, path, steps, writable=writable)
        except BaseException:
            connection.close()
            raise
    return connection


def may_write(path: Path) -> bool:
    """May the ledger and the folder that its log lies in be written?"""
    return os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Errors of SQLite and of the disk as `StoreError`s that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_remedy(error)}") from error
    except OSError as error:
        raise StoreError(
            f"{error.filename or path}: {error.strerror}; make room or change permissions, then do it again"
        ) from error


def _remedy(error: sqlite3.Error) -> str:
    text = str(error)
    if "full" in text or "disk I/O" in text:
        return (
            f"the ledger cannot grow ({text}); make room on the disk and run the same again: "
            "everything that was added before is kept"
        )
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return f"{_NOT_WRITABLE} ({text})"
    if "locked" in text or "busy" in text:
        return f"another program has held the ledger for {_PATIENCE:.0f} seconds ({text}); close it and do it again"
    if "not a database" in text:
        return "this is no ledger; name another --ledger"
    if "malformed" in text or "corrupt" in text:
        return f"the file is damaged ({text}); go back to a backup"
    return f"the ledger could not be used ({text})"


def _connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    if writable:
        connection = _open(str(path), uri=False)
        _set_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    else:
        # Without the right to write beside it, a file whose log is empty is read as if nobody could change it.
        log = path.with_name(path.name + "-wal")
        quiet = not log.exists() or not log.stat().st_size
        connection = _open(f"{path.absolute().as_uri()}?{'immutable=1' if quiet else 'mode=ro'}", uri=True)
    connection.execute("PRAGMA cache_size = -32000")
    connection.create_function("km_between", 4, km_between, deterministic=True)
    return connection


def _open(name: str, *, uri: bool) -> sqlite3.Connection:
    return sqlite3.connect(name, timeout=_PATIENCE, isolation_level=None, uri=uri, check_same_thread=False)


def _set_wal(connection: sqlite3.Connection) -> None:
    """Two processes that make one ledger at once: the change of mode does not wait for a lock by itself."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _settle_version(
    connection: sqlite3.Connection, path: Path, steps: Sequence[Sequence[str]], *, writable: bool
) -> None:
    version = _version(connection)
    if version > len(steps):
        raise StoreError(
            f"{path}: written by a newer ondit (schema {version}; this one knows {len(steps)}); update ondit: pip install -U ondit"
        )
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
    if tables and not ours:
        raise StoreError(f"{path}: this is another program's database, no ledger; name another --ledger")
    if version == len(steps):
        return
    if not writable:
        raise StoreError(f"{path}: written by an older ondit and may not be changed; copy it to where it may")
    if version:
        backup(connection, path.with_name(f"{path.name}.schema-{version}.backup"))
    _migrate(connection, steps)


def _migrate(connection: sqlite3.Connection, steps: Sequence[Sequence[str]]) -> None:
    """All steps in one change; another process may have done it while we waited."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in steps[_version(connection) :]:
            for script in step:
                for statement in script.split(";\n"):
                    if statement.strip():
                        connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def backup(connection: sqlite3.Connection, target: Path) -> None:
    """A consistent copy through SQLite's backup interface; complete or not there."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    copy = sqlite3.connect(part)
    try:
        connection.backup(copy, pages=4096)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    except BaseException:
        copy.close()
        part.unlink(missing_ok=True)
        raise
    copy.close()
    part.replace(target)
