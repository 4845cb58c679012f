"""A ledger in a schema of a PostgreSQL database: for teams, read and written by many at once."""

from ondit.stores.postgres.store import PostgresStore

__all__ = ["PostgresStore"]
