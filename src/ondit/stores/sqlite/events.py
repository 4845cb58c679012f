"""Happenings across reports in the file: writes what was settled, and finds it."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ondit.codec import encode_record
from ondit.model import Copy, Event
from ondit.stores.contract import EventFilters, EventRow, Filters, Settlement
from ondit.stores.sides import in_time, row_of
from ondit.stores.sqlite import searching
from ondit.stores.sqlite.claims import insert_sql
from ondit.stores.sqlite.rows import decoded

_COLUMNS = (
    "id first type place country lat lon radius_km earliest latest edtf reports claims origins credibility contested low best high "
    "record sha256"
).split()
_EVENT = insert_sql("events", _COLUMNS)
_CLAIM = insert_sql("event_claims", ("claim_id", "event_id"))
_NAME = insert_sql("event_names", ("name", "event_id"))
_COPY = insert_sql("copies", ("report_id", "original_id", "kind", "similarity", "record"))
_ROW = (
    "id, type, place, country, lat, lon, radius_km, earliest, latest, edtf, reports, claims, origins, credibility, contested, low, "
    "best, high"
)
_ORDER = "ORDER BY e.first, e.id LIMIT ? OFFSET ?"
_NO_FILTERS = Filters()


def write(
    connection: sqlite3.Connection, events: Iterable[Event], copies: Iterable[Copy], settlement: Settlement
) -> int:
    """Put what was settled in the place of what was settled before; rows of happenings that did not change stay as they are."""
    before = {row["id"]: row["sha256"] for row in connection.execute("SELECT id, sha256 FROM events")}
    changed = 0
    for event in events:
        record = encode_record(event)
        mark = hashlib.sha256(record).hexdigest()
        if before.pop(event.id, None) != mark:
            changed += 1
            _remove(connection, event.id)
            _insert(connection, event, record, mark)
    for gone in before:
        _remove(connection, gone)
    connection.execute("DELETE FROM copies")
    connection.executemany(
        _COPY, ((c.report, c.original, c.kind.value, c.similarity, encode_record(c).decode()) for c in copies)
    )
    connection.execute("DELETE FROM settlement")
    connection.execute(
        insert_sql("settlement", ("revision", "mark", "at")), (settlement.revision, settlement.mark, settlement.at)
    )
    return changed + len(before)


def _insert(connection: sqlite3.Connection, event: Event, record: bytes, mark: str) -> None:
    row = row_of(event)
    connection.execute(
        _EVENT,
        (
            row.id, in_time(row)[0], row.type, row.place, row.country, row.lat, row.lon, row.radius_km, _text(row.earliest),
            _text(row.latest), row.edtf, row.reports, row.claims, row.origins, row.credibility, int(row.contested), row.low, row.best,
            row.high, record.decode(), mark,
        ),
    )  # fmt: skip
    # A claim or a former name goes where it is now, whatever event had it before.
    connection.executemany(
        _CLAIM.replace("INSERT", "INSERT OR REPLACE", 1), ((claim, event.id) for claim in event.claims)
    )
    connection.executemany(
        _NAME.replace("INSERT", "INSERT OR REPLACE", 1), ((name, event.id) for name in event.superseded)
    )


def _remove(connection: sqlite3.Connection, event: str) -> None:
    connection.execute("DELETE FROM events WHERE id = ?", (event,))
    connection.execute("DELETE FROM event_claims WHERE event_id = ?", (event,))
    connection.execute("DELETE FROM event_names WHERE event_id = ?", (event,))


def clear(connection: sqlite3.Connection) -> None:
    """Take everything away that was settled: what is left of it may hold what had to go."""
    for table in ("events", "event_claims", "event_names", "copies", "settlement"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - constants


def settlement(connection: sqlite3.Connection) -> Settlement | None:
    """What was settled last."""
    row = connection.execute("SELECT revision, mark, at FROM settlement").fetchone()
    return Settlement(*row) if row else None


def find(connection: sqlite3.Connection, filters: EventFilters, limit: int | None, offset: int) -> Iterator[Event]:
    """The happenings that fit."""
    where, values = _where(connection, filters)
    query = f"SELECT e.record {where} {_ORDER}"
    for row in connection.execute(query, (*values, _limit(limit), offset)):
        yield decoded(row["record"], Event)


def find_rows(
    connection: sqlite3.Connection, filters: EventFilters, limit: int | None, offset: int
) -> Iterator[EventRow]:
    """Only what a list needs of them."""
    where, values = _where(connection, filters)
    query = f"SELECT {_ROW} {where} {_ORDER}"
    for row in connection.execute(query, (*values, _limit(limit), offset)):
        cells = list(row)
        cells[7], cells[8], cells[14] = _day(cells[7]), _day(cells[8]), bool(cells[14])
        yield EventRow(*cells)


def count(connection: sqlite3.Connection, filters: EventFilters) -> int:
    """How many fit."""
    where, values = _where(connection, filters)
    return int(connection.execute(f"SELECT count(*) {where}", values).fetchone()[0])


def by_id(connection: sqlite3.Connection, id_: str) -> Event | None:
    """A happening by its id or a former one."""
    query = (
        "SELECT record FROM events WHERE id = ? UNION ALL "
        "SELECT record FROM events WHERE id = (SELECT event_id FROM event_names WHERE name = ?) LIMIT 1"
    )
    row = connection.execute(query, (id_, id_)).fetchone()
    return decoded(row["record"], Event) if row else None


def copies_of(connection: sqlite3.Connection, report_id: str) -> Sequence[Copy]:
    """The copies on either side of which the report stands."""
    query = "SELECT record FROM copies WHERE report_id = ? OR original_id = ? ORDER BY report_id, original_id"
    return [decoded(row["record"], Copy) for row in connection.execute(query, (report_id, report_id))]


def _where(connection: sqlite3.Connection, filters: EventFilters) -> tuple[str, tuple[object, ...]]:
    conditions: list[str] = []
    values: list[object] = []
    if filters.claims != _NO_FILTERS:
        plan = searching.plan(connection, filters.claims)
        claims = f"SELECT c.id {plan.body}"
        conditions.append(f"e.id IN (SELECT event_id FROM event_claims WHERE claim_id IN ({claims}))")  # noqa: S608
        values += plan.values
    if filters.contested:
        conditions.append("e.contested = 1")
    if filters.shared:
        conditions.append("e.reports > 1")
    if filters.single:
        conditions.append("e.origins = 1")
    if filters.credibility is not None:
        conditions.append("e.credibility <= ?")
        values.append(filters.credibility)
    return f"FROM events AS e WHERE {' AND '.join(conditions) or '1'}", tuple(values)


def _limit(limit: int | None) -> int:
    return -1 if limit is None else limit


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
