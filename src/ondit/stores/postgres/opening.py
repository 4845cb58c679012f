"""Opens a ledger's schema: makes it, brings an older one up to date, refuses a newer one and what is no ledger."""

from collections.abc import Sequence

from psycopg import sql

from ondit.stores.contract import StoreError
from ondit.stores.postgres import schema
from ondit.stores.postgres.connection import Connection
from ondit.version import __version__

_OLDEST = 130_000  # PostgreSQL 13: the first one that tells what became of a change
_STATE = """
SELECT current_setting('server_version_num')::int AS server, current_setting('server_encoding') AS encoding,
  current_setting('server_version') AS shown,
  to_regclass(%s) IS NOT NULL AS ours, to_regclass(%s) IS NOT NULL AS mapped,
  (SELECT nspname FROM pg_extension JOIN pg_namespace AS p ON p.oid = extnamespace WHERE extname = 'postgis') AS postgis,
  (SELECT count(*) FROM pg_class JOIN pg_namespace AS o ON o.oid = relnamespace WHERE nspname = %s) AS relations
"""


def open_ledger(connection: Connection, *, create: bool, steps: Sequence[Sequence[str]] = schema.STEPS) -> None:
    """Make the ledger or bring it up to date; raises `StoreError` with what to do."""
    address = connection.address
    names = (f"{address.schema}.ledger_versions", f"{address.schema}.claims_map", address.schema)
    (state,) = connection.rows(_STATE, names)
    if state["server"] < _OLDEST:
        raise StoreError(f"{address.shown}: the server is PostgreSQL {state['shown']}; ondit needs 13 or newer")
    if state["encoding"] != "UTF8":
        raise StoreError(
            f"{address.shown}: the database keeps text as {state['encoding']}; make one that keeps all characters: "
            "createdb --encoding UTF8 --template template0 NAME"
        )
    if state["relations"] and not state["ours"]:
        raise StoreError(
            f"{address.shown}: the schema '{address.schema}' holds another program's tables, no ledger; name another one: ?schema=NAME"
        )
    if not state["ours"] and not create:
        raise StoreError(f"{address.shown}: there is no ledger; 'ondit add --ledger {address.shown} FILE…' makes one")
    version = _version(connection) if state["ours"] else 0
    if version > len(steps):
        raise StoreError(
            f"{address.shown}: written by a newer ondit (schema {version}; this one knows {len(steps)}); update ondit: pip install -U ondit"
        )
    if version < len(steps):
        _migrate(connection, steps)
    if create and state["postgis"] and not (version and state["mapped"]):
        _make_map(connection, state["postgis"])


def _version(connection: Connection) -> int:
    return int(connection.value("SELECT coalesce(max(version), 0) FROM ledger_versions"))


def _migrate(connection: Connection, steps: Sequence[Sequence[str]]) -> None:
    """All steps in one change; another process may have done it while we waited."""
    owner = sql.Identifier(connection.address.schema)
    with connection.change():
        connection.run(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(owner))
        if connection.value("SELECT to_regclass('ledger_versions') IS NULL"):
            connection.run(schema.VERSIONS.format(text=schema.TEXT))
        before = _version(connection)
        for name in schema.VIEWS:
            connection.run(sql.SQL("DROP VIEW IF EXISTS {}").format(sql.Identifier(name)))
        for number, step in enumerate(steps[before:], start=before + 1):
            for script in step:
                for statement in script.split(";\n"):
                    if statement.strip():
                        connection.run(statement.replace("{text}", schema.TEXT))
            connection.run(
                "INSERT INTO ledger_versions (version, written_by) VALUES (%s, %s)", (number, f"ondit {__version__}")
            )


def _make_map(connection: Connection, postgis: str) -> None:
    """The layers for map programs, where the database has PostGIS."""
    with connection.change():
        names = {"postgis": sql.Identifier(postgis), "schema": sql.Identifier(connection.address.schema)}
        for name, body in schema.VIEWS.items():
            query = sql.SQL("CREATE OR REPLACE VIEW {} AS ").format(sql.Identifier(name)) + sql.SQL(body).format(
                **names
            )
            connection.run(query)
