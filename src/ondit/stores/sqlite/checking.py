"""Looks whether a ledger file is whole: SQLite's own checks, rows that have lost their partners, columns that say other than the record."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ondit.model import Problem, Reading, Report
from ondit.stores.contract import Entry, StoreError
from ondit.stores.sides import sides_of
from ondit.stores.sqlite.rows import (
    CLAIM_COLUMNS,
    REPORT_COLUMNS,
    claim_row,
    event_from,
    kept_from,
    report_row,
    shown_claim_from,
)

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
    for (id_,) in connection.execute("SELECT id FROM reports ORDER BY n").fetchall():
        try:
            yield from _columns(connection, id_, path)
        except StoreError:
            continue  # a record that cannot be read is told where readings are checked


def _columns(connection: sqlite3.Connection, id_: str, path: Path) -> Iterator[Problem]:
    """The columns that people filter by are the records', written out."""
    row = connection.execute("SELECT * FROM reports WHERE id = ?", (id_,)).fetchone()
    kept = kept_from(row)
    told = dict(
        zip(
            REPORT_COLUMNS,
            report_row(Entry(Reading(kept.report), b"", kept.engine, row["edited"], kept.custody)),
            strict=True,
        )
    )
    for name in _otherwise(row, told | {"newest": row["newest"]}):
        yield Problem("damaged-ledger", f"reports.{name} of {id_} is not what its record says", _BACKUP, str(path))
    yield from _claims(connection, kept.report, row, path)


def _claims(connection: sqlite3.Connection, report: Report, kept: sqlite3.Row, path: Path) -> Iterator[Problem]:
    rows = connection.execute("SELECT * FROM claims WHERE report_id = ? ORDER BY position", (report.id,)).fetchall()
    records = connection.execute("SELECT id, record FROM happenings WHERE report_id = ?", (report.id,)).fetchall()
    events = {row["id"]: event_from(row["record"]) for row in records}
    for position, row in enumerate(rows):
        shown = shown_claim_from(row)
        event = events.get(shown.claim.event or "")
        values = claim_row(row["n"], position, shown, sides_of(report, shown.claim, event), event, kept)
        for name in _otherwise(row, dict(zip(CLAIM_COLUMNS, values, strict=True))):
            yield Problem(
                "damaged-ledger", f"claims.{name} of {row['id']} is not what its record says", _BACKUP, str(path)
            )


def _otherwise(row: sqlite3.Row, told: dict[str, object]) -> list[str]:
    return [name for name, value in told.items() if row[name] != value]
