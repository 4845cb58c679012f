"""Looks whether a ledger file is whole: SQLite's own checks, and rows that have lost their partners."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ondit.model import Problem

_BACKUP = "go back to a backup ('ondit backup' makes them)"
_PARTNERS = (
    ("claims", "SELECT id FROM claims WHERE report_id NOT IN (SELECT id FROM reports)", "a claim without its report"),
    ("claims", "SELECT id FROM claims WHERE n NOT IN (SELECT rowid FROM words)", "a claim that no search finds"),
    (
        "words",
        "SELECT rowid FROM words WHERE rowid NOT IN (SELECT n FROM claims)",
        "words of a claim that is not there",
    ),
    ("points", "SELECT n FROM points WHERE n NOT IN (SELECT n FROM claims)", "a point of a claim that is not there"),
    (
        "points",
        "SELECT id FROM claims WHERE lat IS NOT NULL AND n NOT IN (SELECT n FROM points)",
        "a point that no search finds",
    ),
    (
        "reports",
        "SELECT id FROM reports WHERE sha256 NOT IN (SELECT sha256 FROM originals)",
        "a report without its original",
    ),
    (
        "originals",
        "SELECT sha256 FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM reports)",
        "an original without its report",
    ),
)


def damages(connection: sqlite3.Connection, path: Path) -> Iterator[Problem]:
    """One problem for each thing that is not as it must be."""
    for (text,) in connection.execute("PRAGMA integrity_check").fetchall():
        if text != "ok":
            yield Problem("damaged-ledger", text, _BACKUP, str(path))
    for table, query, what in _PARTNERS:
        for (id_,) in connection.execute(query).fetchall():
            yield Problem("damaged-ledger", f"{what}: {id_} in {table}", _BACKUP, str(path))
