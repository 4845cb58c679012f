"""Decisions, failures and inputs as rows."""

from collections.abc import Sequence

from ondit.codec import encode_record
from ondit.model import Decision, Problem
from ondit.stores.contract import Failure, Input
from ondit.stores.tables.rows import decision_from, decision_row, decoded
from ondit.stores.tables.sql import Sql, insert_sql

_DECISION = insert_sql("decisions", ("id", "kind", "targets", "field", "value", "was", "by", "why", "footings", "at"))
_DECIDED = insert_sql("decided_reports", ("report_id", "decision_id"))
_FAILURE = insert_sql("failures", ("input", "code", "message", "record", "seen_at")) + " ON CONFLICT DO NOTHING"
_INPUT = insert_sql("inputs", ("name", "sha256", "size", "settings", "taken_at"))


class DecisionTables(Sql):
    """The tables `decisions`, `decided_reports`, `failures` and `inputs`."""

    def append(self, decision: Decision) -> None:
        """Add a decision to the end."""
        self._run(_DECISION, *decision_row(decision))
        self._run("UPDATE revision SET n = n + 1")
        reports = sorted({f.report_id for f in decision.footings})
        kept = [id_ for id_ in reports if self._value("SELECT 1 FROM reports WHERE id = ?", id_) is not None]
        self._many(_DECIDED, [(id_, decision.id) for id_ in kept])

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
        for failure in failures:
            problem = failure.problem
            record = encode_record(problem).decode()
            self._run(_FAILURE, problem.where, problem.code, problem.message, record, failure.seen_at)

    def forget_failures(self, where: str) -> None:
        """What had been wrong with an input is settled."""
        self._run("DELETE FROM failures WHERE input = ?", where)

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
        self._run("DELETE FROM inputs WHERE name = ?", taken.name)
        self._run(_INPUT, taken.name, taken.sha256, taken.size, taken.settings, taken.taken_at)

    def inputs(self) -> Sequence[Input]:
        """The inputs that were taken in whole."""
        rows = self._rows("SELECT name, sha256, size, settings, taken_at FROM inputs ORDER BY name")
        return [Input(*(row[name] for name in Input.__dataclass_fields__)) for row in rows]
