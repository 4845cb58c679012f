"""What is shown of reports as rows: writes them, takes them away, and finds claims."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import TypeVar

from ondit.codec import encode_record
from ondit.model import EventMention, Report, Shown, ShownClaim, ShownEvent
from ondit.stores.contract import Filters, Found
from ondit.stores.sides import Sides, sides_of
from ondit.stores.tables.rows import CLAIM_COLUMNS, claim_row, event_from, report_from, shown_claim_from
from ondit.stores.tables.sql import ALL, Row, Sql, marks

_VOICES = ("claim_id", "position", "name", "kind", "source_id")
_COUNTS = ("claim_id", "position", "what", "low", "best", "high", "text", "who")
_HAPPENINGS = ("id", "report_id", "position", "type", "added", "record", "as_read")
_SHOWN = (
    "SELECT c.n, c.record, c.as_read, c.standing, c.added, c.decisions, c.report_id, h.record AS happening "
    "FROM claims AS c LEFT JOIN happenings AS h ON h.id = c.happening_id WHERE c.n IN ({})"
)
_A_FEW = 8
_PAGE = 50  # claims fetched at once, with their reports
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class ToShow:
    """What is shown of a report, with the cells of the report's row that its claims repeat: `newest` and `published`."""

    report: Report
    shown: Shown
    kept: Row


@dataclass(frozen=True, slots=True)
class Numbered:
    """A claim with its number, its sides and its report's row."""

    n: int
    position: int
    shown: ShownClaim
    sides: Sides
    event: EventMention | None
    kept: Row


class ClaimTables(Sql):
    """The tables `claims`, `happenings`, `voices`, `counts` and what helps to find claims."""

    @abstractmethod
    def _write_indexes(self, numbered: Sequence[Numbered]) -> None:
        """Write what helps to find these claims by their words and places."""

    @abstractmethod
    def _drop_indexes(self, report_id: str) -> None:
        """Take that away for the claims of a report, whose rows are still there."""

    def _write_shown(self, reports: Sequence[ToShow]) -> None:
        """Write what is shown of reports of which nothing is shown yet."""
        numbers = count(self._value("SELECT coalesce(max(n), 0) + 1 FROM claims"))
        claims: list[Numbered] = []
        for one in reports:
            events = {e.event.id: e.event for e in one.shown.events}
            for position, shown in enumerate(one.shown.claims):
                event = events.get(shown.claim.event or "")
                sides = sides_of(one.report, shown.claim, event)
                claims.append(Numbered(next(numbers), position, shown, sides, event, one.kept))
        self._fill("happenings", _HAPPENINGS, (row for one in reports for row in _happenings(one.shown)))
        self._fill(
            "claims", CLAIM_COLUMNS, (claim_row(c.n, c.position, c.shown, c.sides, c.event, c.kept) for c in claims)
        )
        self._fill("voices", _VOICES, (row for c in claims for row in _voices(c)))
        self._fill("counts", _COUNTS, (row for c in claims for row in _counts(c)))
        self._write_indexes(claims)

    def _remove_shown(self, report_id: str) -> None:
        """Take away every row that shows the report."""
        self._drop_indexes(report_id)
        for table in ("voices", "counts"):
            self._run(f"DELETE FROM {table} WHERE claim_id IN (SELECT id FROM claims WHERE report_id = ?)", report_id)  # noqa: S608
        for table in ("claims", "happenings"):
            self._run(f"DELETE FROM {table} WHERE report_id = ?", report_id)  # noqa: S608 - constants

    def shown(self, report_id: str) -> Shown | None:
        """What is shown of a report."""
        if self._value("SELECT 1 FROM reports WHERE id = ?", report_id) is None:
            return None
        claims = self._rows("SELECT * FROM claims WHERE report_id = ? ORDER BY position", report_id)
        events = self._rows("SELECT * FROM happenings WHERE report_id = ? ORDER BY position", report_id)
        return Shown(report_id, tuple(map(shown_claim_from, claims)), tuple(map(_shown_event, events)))

    def claims(self, filters: Filters, limit: int | None = None, offset: int = 0) -> Iterator[Found]:
        """Claims as they are asked for; the text of a report is fetched once a page."""
        plan = self._plan(filters)
        rows = self._stream(plan.numbers(), (*plan.values, ALL if limit is None else limit, offset), limit)
        for page in pages(rows, _PAGE):
            numbers = [row["n"] for row in page]
            found = {row["n"]: row for row in self._rows(_SHOWN.format(marks(len(numbers))), *numbers)}
            ids = list(dict.fromkeys(row["report_id"] for row in found.values()))
            query = f"SELECT id, record, text FROM reports WHERE id IN ({marks(len(ids))})"  # noqa: S608 - constants
            reports = {row["id"]: report_from(row) for row in self._rows(query, *ids)} if ids else {}
            for row in (found[n] for n in numbers if n in found):
                if row["report_id"] in reports:  # it may have been taken away meanwhile
                    event = event_from(row["happening"]) if row["happening"] else None
                    yield Found(reports[row["report_id"]], shown_claim_from(row), event)

    def count(self, filters: Filters) -> int:
        """How many claims there are."""
        plan = self._plan(filters)
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


def pages(rows: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """The items in lists of at most `size`."""
    coming = iter(rows)
    while page := list(islice(coming, size)):
        yield page


def _happenings(shown: Shown) -> Iterator[tuple[object, ...]]:
    for position, one in enumerate(shown.events):
        as_read = encode_record(one.as_read).decode() if one.as_read else None
        event = one.event
        yield event.id, shown.report_id, position, event.type, int(one.added), encode_record(event).decode(), as_read


def _voices(claim: Numbered) -> Iterator[tuple[object, ...]]:
    chain = claim.shown.claim.chain
    for position, (voice, name) in enumerate(zip(chain, claim.sides.voices, strict=True)):
        yield claim.shown.claim.id, position, name, voice.kind.value, voice.source_id


def _counts(claim: Numbered) -> Iterator[tuple[object, ...]]:
    for position, c in enumerate(claim.shown.claim.counts):
        yield claim.shown.claim.id, position, c.what, c.low, c.best, c.high, c.text, c.who


def _shown_event(row: Row) -> ShownEvent:
    as_read = event_from(row["as_read"]) if row["as_read"] else None
    return ShownEvent(event_from(row["record"]), bool(row["added"]), as_read)
