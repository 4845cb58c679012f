"""The embedded store: the contract over one SQLite file."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ondit.codec import encode_record
from ondit.model import (
    Claim,
    Copy,
    Decision,
    Event,
    EventMention,
    Problem,
    Reading,
    Report,
    Shown,
    ShownEvent,
)
from ondit.stores.contract import (
    Entry,
    EventFilters,
    EventRow,
    Failure,
    Filters,
    Found,
    Input,
    Kept,
    Settlement,
    StoreError,
    Tombstone,
)
from ondit.stores.sqlite import checking, events, opening, searching
from ondit.stores.sqlite.claims import insert_sql, remove_shown, write_shown
from ondit.stores.sqlite.originals import INSIDE, OriginalFiles
from ondit.stores.sqlite.rows import (
    REPORT_COLUMNS,
    decision_from,
    decision_row,
    decoded,
    event_from,
    kept_from,
    report_from,
    report_row,
    shown_claim_from,
    without_run,
)

_REPORT = insert_sql("reports", REPORT_COLUMNS)
_PROBLEM = insert_sql("problems", ("report_id", "position", "code", "severity", "message", "record"))
_DECISION = insert_sql("decisions", ("id", "kind", "targets", "field", "value", "was", "by", "why", "footings", "at"))
_TOMBSTONE = insert_sql("tombstones", ("report_id", "series", "sha256", "by", "why", "at"))
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
_SHOWN = (
    "SELECT c.n, c.record, c.as_read, c.standing, c.added, c.decisions, c.report_id, h.record AS happening "
    "FROM claims AS c LEFT JOIN happenings AS h ON h.id = c.happening_id WHERE c.n IN ({})"
)
_A_FEW = 8
_PAGE = 200  # rows fetched at once


class SqliteStore:
    """A store in one file and, for large originals, a folder beside it."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._writable = opening.may_write(path)
        self._connection = opening.open_ledger(path, create=create)
        self._connection.row_factory = sqlite3.Row
        self._files = OriginalFiles(path)
        self._doomed: list[str] = []  # originals that go when the change is whole

    def close(self) -> None:
        """Let go of the file; whoever is last folds the log into it."""
        self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One change, whole or not at all."""
        with opening.telling(self.path):
            if not self._writable:
                raise sqlite3.OperationalError("read-only")
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._doomed.clear()
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            while self._doomed:
                self._files.remove(self._doomed.pop())

    # Reports

    def add(self, entry: Entry, shown: Shown) -> bool:
        """Keep a report; the file of a large original is complete before its row is."""
        report = entry.reading.report
        if self.has(report.id):
            return False
        self._keep_bytes(report.sha256, entry.raw)
        self._connection.execute(_REPORT, report_row(entry))
        self._write_problems(entry.reading)
        write_shown(self._connection, report, shown)
        self._mark_newest(report.series)
        self._note_change(report.id)
        return True

    def _note_change(self, report_id: str | None = None) -> None:
        """The ledger is not as it was, and neither is what it shows of this report."""
        self._connection.execute("UPDATE revision SET n = n + 1")
        self._connection.execute("UPDATE reports SET changed = (SELECT n FROM revision) WHERE id = ?", (report_id,))

    def _mark_newest(self, series: str) -> None:
        versions = self.versions(series)
        for position, id_ in enumerate(versions, start=1):
            values = (int(position == len(versions)), id_)
            self._connection.execute("UPDATE reports SET newest = ? WHERE id = ?", values)
            self._connection.execute("UPDATE claims SET newest = ? WHERE report_id = ?", values)

    def _keep_bytes(self, sha256: str, raw: bytes) -> None:
        if self._value("SELECT 1 FROM originals WHERE sha256 = ?", sha256):
            return
        inside = len(raw) <= INSIDE
        if not inside:
            self._files.write(sha256, raw)
        self._connection.execute(
            "INSERT INTO originals (sha256, size, bytes) VALUES (?, ?, ?)", (sha256, len(raw), raw if inside else None)
        )

    def replace(self, reading: Reading, engine: str, shown: Shown) -> None:
        """A new reading; what the report is known by does not change, its language may."""
        report = without_run(reading).report
        if not self.has(report.id):
            raise StoreError(f"{self.path}: the report {report.id} is not kept here")
        self._connection.execute(
            "UPDATE reports SET engine = ?, language = ?, record = ? WHERE id = ?",
            (
                engine,
                report.language,
                report_row(Entry(reading, b"", engine))[REPORT_COLUMNS.index("record")],
                report.id,
            ),
        )
        self._write_problems(reading)
        write_shown(self._connection, report, shown)
        self._note_change(report.id)

    def _write_problems(self, reading: Reading) -> None:
        self._connection.execute("DELETE FROM problems WHERE report_id = ?", (reading.report.id,))
        rows = (
            (reading.report.id, position, p.code, p.severity.value, p.message, encode_record(p).decode())
            for position, p in enumerate(reading.problems)
        )
        self._connection.executemany(_PROBLEM, rows)

    def show(self, shown: Shown) -> None:
        """What is shown of a report is now this."""
        report = self._report(shown.report_id)
        if report is None:
            raise StoreError(f"{self.path}: the report {shown.report_id} is not kept here")
        write_shown(self._connection, report, shown)
        self._note_change(report.id)

    def remove(self, tombstone: Tombstone) -> None:
        """Take a report away; its original goes when no other report was made from the same bytes."""
        id_ = tombstone.report_id
        remove_shown(self._connection, id_)
        for table, column in (("reports", "id"), ("problems", "report_id")):
            self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (id_,))  # noqa: S608 - constants
        self._connection.execute(
            "DELETE FROM decisions WHERE id IN (SELECT decision_id FROM decided_reports WHERE report_id = ?) "
            "AND id NOT IN (SELECT decision_id FROM decided_reports WHERE report_id <> ?)",
            (id_, id_),
        )  # what was decided of other reports too stays decided
        self._connection.execute("DELETE FROM decided_reports WHERE report_id = ?", (id_,))
        if not self._value("SELECT 1 FROM reports WHERE sha256 = ?", tombstone.sha256):
            self._connection.execute("DELETE FROM originals WHERE sha256 = ?", (tombstone.sha256,))
            self._doomed.append(tombstone.sha256)
        self._mark_newest(tombstone.series)
        events.clear(self._connection)
        self._note_change()
        self._connection.execute("INSERT INTO words (words) VALUES ('optimize')")  # no word lingers in the index
        row = (id_, tombstone.series, tombstone.sha256, tombstone.by, tombstone.why, tombstone.at)
        self._connection.execute(_TOMBSTONE, row)

    def wipe_log(self) -> None:
        """Fold the log into the file and empty it: what was removed is gone from the disk."""
        with opening.telling(self.path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

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

    def raw(self, sha256: str) -> bytes | None:
        """The bytes of this hash."""
        rows = self._rows("SELECT bytes FROM originals WHERE sha256 = ?", sha256)
        if not rows:
            return None
        inside = rows[0]["bytes"]
        return (
            self._files.read(sha256)
            if inside is None
            else inside
            if isinstance(inside, bytes)
            else str(inside).encode()
        )

    # Claims

    def reading(self, report_id: str) -> Reading | None:
        """What the engine read."""
        report = self._report(report_id)
        if report is None:
            return None
        claims = self._rows(
            "SELECT coalesce(as_read, record) AS record FROM claims WHERE report_id = ? AND added = 0 ORDER BY position",
            report_id,
        )
        events = self._rows(
            "SELECT coalesce(as_read, record) AS record FROM happenings WHERE report_id = ? AND added = 0 ORDER BY position",
            report_id,
        )
        problems = self._rows("SELECT record FROM problems WHERE report_id = ? ORDER BY position", report_id)
        return Reading(
            report,
            tuple(decoded(row["record"], Claim) for row in claims),
            tuple(event_from(row["record"]) for row in events),
            tuple(decoded(row["record"], Problem) for row in problems),
        )

    def shown(self, report_id: str) -> Shown | None:
        """What is shown of a report."""
        if not self.has(report_id):
            return None
        claims = self._rows("SELECT * FROM claims WHERE report_id = ? ORDER BY position", report_id)
        events = self._rows("SELECT * FROM happenings WHERE report_id = ? ORDER BY position", report_id)
        return Shown(
            report_id,
            tuple(shown_claim_from(row) for row in claims),
            tuple(
                ShownEvent(
                    event_from(e["record"]), bool(e["added"]), event_from(e["as_read"]) if e["as_read"] else None
                )
                for e in events
            ),
        )

    def claims(self, filters: Filters, limit: int | None = None, offset: int = 0) -> Iterator[Found]:
        """Claims as they are asked for; a report's text is fetched once."""
        report: Report | None = None
        with opening.telling(self.path):
            plan = searching.plan(self._connection, filters)
            cursor = self._connection.execute(plan.numbers(), (*plan.values, -1 if limit is None else limit, offset))
            while numbers := [row["n"] for row in cursor.fetchmany(_PAGE)]:
                rows = {row["n"]: row for row in self._rows(_SHOWN.format(", ".join("?" * len(numbers))), *numbers)}
                for row in (rows[n] for n in numbers if n in rows):
                    if report is None or report.id != row["report_id"]:
                        report = self._report(row["report_id"])
                        assert report is not None
                    event: EventMention | None = event_from(row["happening"]) if row["happening"] else None
                    yield Found(report, shown_claim_from(row), event)

    def count(self, filters: Filters) -> int:
        """How many claims there are."""
        with opening.telling(self.path):
            plan = searching.plan(self._connection, filters)
            return int(self._value(plan.count(), *plan.values))

    def find(self, prefix: str) -> Sequence[str]:
        """Ids that begin like this."""
        found: list[str] = []
        for table in ("reports", "claims", "happenings", "decisions", "events"):
            query = f"SELECT id FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id LIMIT {_A_FEW}"  # noqa: S608 - constants
            found += [row["id"] for row in self._rows(query, prefix, prefix + "\uffff")]
        return found

    def report_of(self, id_: str) -> str | None:
        """The report of a claim or happening."""
        query = "SELECT report_id FROM claims WHERE id = ? UNION ALL SELECT report_id FROM happenings WHERE id = ?"
        value = self._value(query, id_, id_)
        return str(value) if value is not None else None

    # Happenings across reports

    def revision(self) -> int:
        """Grows with every change."""
        return int(self._value("SELECT n FROM revision"))

    def changes(self) -> Mapping[str, int]:
        """The newest versions and when what they show last changed."""
        rows = self._rows("SELECT id, changed FROM reports WHERE newest = 1 ORDER BY n")
        return {row["id"]: row["changed"] for row in rows}

    def settle(self, settled: Iterable[Event], copies: Iterable[Copy], settlement: Settlement) -> int:
        """What reports say together is now this."""
        return events.write(self._connection, settled, copies, settlement)

    def settlement(self) -> Settlement | None:
        """What was settled last."""
        with opening.telling(self.path):
            return events.settlement(self._connection)

    def events(self, filters: EventFilters, limit: int | None = None, offset: int = 0) -> Iterator[Event]:
        """Happenings, the earliest first."""
        with opening.telling(self.path):
            yield from events.find(self._connection, filters, limit, offset)

    def event_rows(self, filters: EventFilters, limit: int | None = None, offset: int = 0) -> Iterator[EventRow]:
        """Only what a list needs of them."""
        with opening.telling(self.path):
            yield from events.find_rows(self._connection, filters, limit, offset)

    def count_events(self, filters: EventFilters) -> int:
        """How many there are."""
        with opening.telling(self.path):
            return events.count(self._connection, filters)

    def event(self, id_: str) -> Event | None:
        """A happening by its id or a former one."""
        with opening.telling(self.path):
            return events.by_id(self._connection, id_)

    def event_of(self, claim_id: str) -> str | None:
        """The happening of a claim."""
        value = self._value("SELECT event_id FROM event_claims WHERE claim_id = ?", claim_id)
        return str(value) if value is not None else None

    def copies(self, report_id: str) -> Sequence[Copy]:
        """The copies on either side of which the report stands."""
        with opening.telling(self.path):
            return events.copies_of(self._connection, report_id)

    # Decisions and what went wrong

    def append(self, decision: Decision) -> None:
        """Add a decision to the end."""
        self._connection.execute(_DECISION, decision_row(decision))
        self._note_change()
        reports = {(f.report_id, decision.id) for f in decision.footings}
        self._connection.executemany(
            "INSERT INTO decided_reports (report_id, decision_id) VALUES (?, ?)", sorted(reports)
        )

    def decision(self, id_: str) -> Decision | None:
        """A decision by its id."""
        rows = self._rows("SELECT * FROM decisions WHERE id = ?", id_)
        return decision_from(rows[0]) if rows else None

    def decisions(self, report_id: str | None = None) -> Sequence[Decision]:
        """The decisions, in the order in which they were made."""
        if report_id is None:
            return [decision_from(row) for row in self._rows("SELECT * FROM decisions ORDER BY n")]
        query = "SELECT d.* FROM decided_reports AS r JOIN decisions AS d ON d.id = r.decision_id WHERE r.report_id = ? ORDER BY d.n"
        return [decision_from(row) for row in self._rows(query, report_id)]

    def fail(self, failures: Sequence[Failure]) -> None:
        """Remember what gave nothing."""
        rows = [
            (f.problem.where, f.problem.code, f.problem.message, encode_record(f.problem).decode(), f.seen_at)
            for f in failures
        ]
        self._connection.executemany("INSERT OR IGNORE INTO failures VALUES (?, ?, ?, ?, ?)", rows)

    def forget_failures(self, where: str) -> None:
        """What had been wrong with an input is settled."""
        self._connection.execute("DELETE FROM failures WHERE input = ?", (where,))

    def failures(self) -> Sequence[Failure]:
        """Inputs that gave nothing, and reports that could not be read."""
        inputs = self._rows("SELECT record, '' AS report_id, seen_at FROM failures ORDER BY input, code, message")
        reports = self._rows(
            "SELECT p.record, p.report_id, r.added_at AS seen_at FROM problems AS p JOIN reports AS r ON r.id = p.report_id "
            "WHERE p.severity = 'error' ORDER BY p.report_id, p.position"
        )
        return [
            Failure(decoded(row["record"], Problem), row["report_id"], row["seen_at"]) for row in [*inputs, *reports]
        ]

    def note_input(self, taken: Input) -> None:
        """An input was taken in whole."""
        values = (taken.name, taken.sha256, taken.size, taken.settings, taken.taken_at)
        self._connection.execute("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?)", values)

    def inputs(self) -> Sequence[Input]:
        """The inputs that were taken in whole."""
        return [Input(*row) for row in self._rows("SELECT * FROM inputs ORDER BY name")]

    def tombstones(self) -> Sequence[Tombstone]:
        """What was taken away."""
        rows = self._rows("SELECT report_id, series, sha256, by, why, at FROM tombstones ORDER BY report_id")
        return [Tombstone(*row) for row in rows]

    def totals(self) -> Mapping[str, int]:
        """How much there is."""
        return {name: int(self._value(query)) for name, query in _TOTALS.items()}

    def backup(self, target: Path) -> None:
        """A consistent copy while in use, with the large originals: those of its rows are there already and never change."""
        with opening.telling(target):
            opening.backup(self._connection, target)
            self._files.copy_to(OriginalFiles(target))

    def check(self) -> Iterator[Problem]:
        """What is damaged in how things are kept."""
        with opening.telling(self.path):
            yield from checking.damages(self._connection, self.path)

    def _report(self, report_id: str) -> Report | None:
        rows = self._rows("SELECT record, text FROM reports WHERE id = ?", report_id)
        return report_from(rows[0]) if rows else None

    def _rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        with opening.telling(self.path):
            return self._connection.execute(query, values).fetchall()

    def _value(self, query: str, *values: object) -> Any:
        rows = self._rows(query, *values)
        return rows[0][0] if rows else None
