"""Looks whether the rows of a ledger are whole: rows that have lost their partners, columns that say other than the record."""

from collections.abc import Iterator, Mapping

from ondit.model import Problem, Reading, Report
from ondit.stores.contract import Entry, StoreError
from ondit.stores.sides import sides_of
from ondit.stores.tables.rows import (
    CLAIM_COLUMNS,
    REPORT_COLUMNS,
    claim_row,
    event_from,
    kept_from,
    report_row,
    shown_claim_from,
)
from ondit.stores.tables.sql import Row, Sql

BACKUP = "go back to a backup ('ondit backup' makes them)"
PARTNERS: tuple[tuple[str, str, str], ...] = (
    ("claims", "SELECT id FROM claims WHERE report_id NOT IN (SELECT id FROM reports)", "a claim without its report"),
    (
        "reports",
        "SELECT id FROM reports WHERE sha256 NOT IN (SELECT sha256 FROM originals)",
        "a report without its original",
    ),
    (
        "originals",
        "SELECT sha256 AS id FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM reports)",
        "an original without its report",
    ),
)
"""A table, the ids of its rows that have lost their partner, and what such a row is."""


class CheckedTables(Sql):
    """Checks that every store of tables makes."""

    def _lost_partners(self, partners: tuple[tuple[str, str, str], ...]) -> Iterator[Problem]:
        for table, query, what in partners:
            for row in self._rows(query):
                yield self._damage(f"{what}: {row['id']} in {table}")

    def _wrong_columns(self) -> Iterator[Problem]:
        """The columns that people filter by are the records', written out."""
        for found in self._rows("SELECT id FROM reports ORDER BY n"):
            try:
                for row in self._rows("SELECT * FROM reports WHERE id = ?", found["id"]):
                    yield from self._wrong_in_report(row)
            except StoreError:
                continue  # a record that cannot be read is told where readings are checked

    def _wrong_in_report(self, row: Row) -> Iterator[Problem]:
        kept = kept_from(row)
        entry = Entry(Reading(kept.report), b"", kept.engine, kept.edited, kept.custody)
        told = dict(zip(REPORT_COLUMNS, report_row(entry, row["changed"], row["told"]), strict=True))
        for name in self._otherwise(row, told | {"newest": row["newest"]}):
            yield self._damage(f"reports.{name} of {kept.report.id} is not what its record says")
        yield from self._wrong_in_claims(kept.report, row)

    def _wrong_in_claims(self, report: Report, kept: Row) -> Iterator[Problem]:
        rows = self._rows("SELECT * FROM claims WHERE report_id = ? ORDER BY position", report.id)
        records = self._rows("SELECT id, record FROM happenings WHERE report_id = ?", report.id)
        events = {row["id"]: event_from(row["record"]) for row in records}
        for position, row in enumerate(rows):
            shown = shown_claim_from(row)
            event = events.get(shown.claim.event or "")
            values = claim_row(row["n"], position, shown, sides_of(report, shown.claim, event), event, kept)
            for name in self._otherwise(row, dict(zip(CLAIM_COLUMNS, values, strict=True))):
                yield self._damage(f"claims.{name} of {row['id']} is not what its record says")

    def _damage(self, message: str) -> Problem:
        return Problem("damaged-ledger", message, BACKUP, self.where)

    def _otherwise(self, row: Row, told: Mapping[str, object]) -> list[str]:
        return [name for name, value in told.items() if row[name] != self._cell(value)]
