"""Reports as rows: keeps them with their bytes, puts new readings in the place of old ones, takes reports away."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence

from ondit.codec import encode_record
from ondit.model import Claim, Problem, Reading, Report, Shown
from ondit.stores.contract import Entry, Kept, StoreError, Tombstone
from ondit.stores.tables.claims import ClaimTables, ToShow, pages
from ondit.stores.tables.rows import (
    REPORT_COLUMNS,
    decoded,
    event_from,
    kept_from,
    report_from,
    report_record,
    report_row,
    without_run,
)
from ondit.stores.tables.sql import insert_sql, marks

_PROBLEMS = ("report_id", "position", "code", "severity", "message", "record")
_TOMBSTONE = insert_sql("tombstones", ("report_id", "series", "sha256", "by", "why", "at"))
_SETTLED = ("events", "event_claims", "event_names", "opinions", "copies", "settlement", "notes")
_SOME = 500  # ids in one question
_TOTALS = {
    "reports": "SELECT count(*) FROM reports",
    "versions": "SELECT count(*) FROM reports WHERE newest = 0",
    "claims": "SELECT count(*) FROM claims",
    "happenings": "SELECT count(*) FROM happenings",
    "decisions": "SELECT count(*) FROM decisions",
    "failures": "SELECT count(*) FROM failures",
    "tombstones": "SELECT count(*) FROM tombstones",
    "events": "SELECT count(*) FROM events",
    "bytes": "SELECT coalesce(sum(size), 0) FROM originals",
}


class ReportTables(ClaimTables):
    """The tables `reports`, `originals`, `problems`, `tombstones` and `revision`."""

    @abstractmethod
    def _keep_bytes(self, sha256: str, raw: bytes) -> None:
        """Keep bytes, complete before any row speaks of them; those that are there stay."""

    @abstractmethod
    def _drop_bytes(self, sha256: str) -> None:
        """Take bytes away."""

    def add(self, entry: Entry, shown: Shown) -> bool:
        """Keep a report."""
        return self.add_all([(entry, shown)]) == 1

    def add_all(self, entries: Sequence[tuple[Entry, Shown]]) -> int:
        """Keep reports."""
        known = self._among("SELECT id AS found FROM reports WHERE id", [e.reading.report.id for e, _ in entries])
        new: dict[str, tuple[Entry, Shown]] = {}
        for entry, shown in entries:
            if entry.reading.report.id not in known:
                new.setdefault(entry.reading.report.id, (entry, shown))
        if not new:
            return 0
        for sha256, raw in {e.reading.report.sha256: e.raw for e, _ in new.values()}.items():
            self._keep_bytes(sha256, raw)
        series = Counter(e.reading.report.series for e, _ in new.values())
        several = self._among("SELECT series AS found FROM reports WHERE series", list(series))
        first = self._advance(len(new))
        rows = [report_row(entry, first + at, first + at) for at, (entry, _) in enumerate(new.values())]
        self._fill("reports", REPORT_COLUMNS, rows)
        self._fill("problems", _PROBLEMS, (row for entry, _ in new.values() for row in _problems(entry.reading)))
        self._write_shown(
            [
                ToShow(entry.reading.report, shown, dict(zip(REPORT_COLUMNS, row, strict=True)))
                for (entry, shown), row in zip(new.values(), rows, strict=True)
            ]
        )
        for one in series:
            if one in several or series[one] > 1:
                self._mark_newest(one)
        return len(new)

    def _among(self, question: str, values: Sequence[str]) -> set[str]:
        """Which of the values are there."""
        found: set[str] = set()
        for some in pages(values, _SOME):
            found.update(row["found"] for row in self._rows(f"{question} IN ({marks(len(some))})", *some))
        return found

    def _advance(self, changes: int) -> int:
        """So many changes were made; gives the revision of the first of them."""
        self._run("UPDATE revision SET n = n + ?", changes)
        return self.revision() - changes + 1

    def _mark_newest(self, series: str) -> None:
        versions = self.versions(series)
        for position, id_ in enumerate(versions, start=1):
            values = (int(position == len(versions)), id_)
            self._run("UPDATE reports SET newest = ? WHERE id = ?", *values)
            self._run("UPDATE claims SET newest = ? WHERE report_id = ?", *values)

    def replace(self, reading: Reading, engine: str, shown: Shown) -> None:
        """A new reading; what the report is known by does not change, its language may."""
        report = without_run(reading).report
        self._run(
            "UPDATE reports SET engine = ?, language = ?, record = ? WHERE id = ?",
            engine,
            report.language,
            report_record(report),
            report.id,
        )
        self._run("DELETE FROM problems WHERE report_id = ?", report.id)
        self._fill("problems", _PROBLEMS, _problems(reading))
        self._show(report, shown)

    def show(self, shown: Shown, *, same: bool = False) -> None:
        """What is shown of a report is now this."""
        report = self._report(shown.report_id)
        if report is None:
            raise StoreError(f"{self.where}: the report {shown.report_id} is not kept here")
        self._show(report, shown, same=same)

    def _show(self, report: Report, shown: Shown, *, same: bool = False) -> None:
        kept = self._rows("SELECT newest, published FROM reports WHERE id = ?", report.id)
        if not kept:
            raise StoreError(f"{self.where}: the report {report.id} is not kept here")
        self._remove_shown(report.id)
        self._write_shown([ToShow(report, shown, kept[0])])
        revision = self._advance(1)
        self._run("UPDATE reports SET changed = ? WHERE id = ?", revision, report.id)
        if not same:
            self._run("UPDATE reports SET told = ? WHERE id = ?", revision, report.id)

    def remove(self, tombstone: Tombstone) -> None:
        """Take a report away; its original goes when no other report was made from the same bytes."""
        id_ = tombstone.report_id
        self._remove_shown(id_)
        for table, column in (("reports", "id"), ("problems", "report_id")):
            self._run(f"DELETE FROM {table} WHERE {column} = ?", id_)  # noqa: S608 - constants
        self._run(
            "DELETE FROM decisions WHERE id IN (SELECT decision_id FROM decided_reports WHERE report_id = ?) "
            "AND id NOT IN (SELECT decision_id FROM decided_reports WHERE report_id <> ?)",
            id_,
            id_,
        )  # what was decided of other reports too stays decided
        self._run("DELETE FROM decided_reports WHERE report_id = ?", id_)
        if self._value("SELECT 1 FROM reports WHERE sha256 = ?", tombstone.sha256) is None:
            self._drop_bytes(tombstone.sha256)
        self._mark_newest(tombstone.series)
        for table in _SETTLED:  # what was settled may hold what had to go
            self._run(f"DELETE FROM {table}")  # noqa: S608 - constants
        self._advance(1)
        self._run(_TOMBSTONE, id_, tombstone.series, tombstone.sha256, tombstone.by, tombstone.why, tombstone.at)

    def has(self, report_id: str) -> bool:
        """Is the report kept?"""
        return self._value("SELECT 1 FROM reports WHERE id = ?", report_id) is not None

    def report_ids(self) -> Sequence[str]:
        """Every report, in the order of adding."""
        return [row["id"] for row in self._rows("SELECT id FROM reports ORDER BY n")]

    def kept(self, report_id: str) -> Kept | None:
        """A report with its custody."""
        rows = self._rows("SELECT * FROM reports WHERE id = ?", report_id)
        return kept_from(rows[0]) if rows else None

    def versions(self, series: str) -> Sequence[str]:
        """The reports of a series, the newest last."""
        return [row["id"] for row in self._rows("SELECT id FROM reports WHERE series = ? ORDER BY edited, n", series)]

    def reading(self, report_id: str) -> Reading | None:
        """What the engine read."""
        report = self._report(report_id)
        if report is None:
            return None
        as_read = (
            "SELECT coalesce(as_read, record) AS record FROM {} WHERE report_id = ? AND added = 0 ORDER BY position"
        )
        claims = self._rows(as_read.format("claims"), report_id)
        events = self._rows(as_read.format("happenings"), report_id)
        problems = self._rows("SELECT record FROM problems WHERE report_id = ? ORDER BY position", report_id)
        return Reading(
            report,
            tuple(decoded(row["record"], Claim) for row in claims),
            tuple(event_from(row["record"]) for row in events),
            tuple(decoded(row["record"], Problem) for row in problems),
        )

    def _report(self, report_id: str) -> Report | None:
        rows = self._rows("SELECT record, text FROM reports WHERE id = ?", report_id)
        return report_from(rows[0]) if rows else None

    def revision(self) -> int:
        """Grows with every change."""
        return int(self._value("SELECT n FROM revision"))

    def changes(self) -> Mapping[str, int]:
        """The newest versions and when what they show last changed."""
        rows = self._rows("SELECT id, changed FROM reports WHERE newest = 1 ORDER BY n")
        return {row["id"]: row["changed"] for row in rows}

    def told(self, since: int = -1) -> Mapping[str, int]:
        """The newest versions and when what they tell last changed."""
        rows = self._rows("SELECT id, told FROM reports WHERE told > ? AND newest = 1 ORDER BY n", since)
        return {row["id"]: row["told"] for row in rows}

    def tombstones(self) -> Sequence[Tombstone]:
        """What was taken away."""
        rows = self._rows("SELECT report_id, series, sha256, by, why, at FROM tombstones ORDER BY report_id")
        return [Tombstone(*(row[name] for name in Tombstone.__dataclass_fields__)) for row in rows]

    def totals(self) -> Mapping[str, int]:
        """How much there is."""
        return {name: int(self._value(query)) for name, query in _TOTALS.items()}


def _problems(reading: Reading) -> list[tuple[object, ...]]:
    return [
        (reading.report.id, position, p.code, p.severity.value, p.message, encode_record(p).decode())
        for position, p in enumerate(reading.problems)
    ]
