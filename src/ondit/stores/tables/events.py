"""Happenings across reports as rows: writes what was settled, and finds it."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date

from ondit.codec import encode_record
from ondit.model import Copy, Event, Opinion
from ondit.stores.contract import EventFilters, EventRow, Filters, Part, Settlement
from ondit.stores.sides import in_time, row_of
from ondit.stores.tables.claims import pages
from ondit.stores.tables.rows import decoded
from ondit.stores.tables.sql import ALL, Row, Sql, insert_sql, marks

_LISTED = tuple(f.name for f in fields(EventRow))
_COLUMNS = (*_LISTED, "first", "record", "sha256")
_COPIES = ("report_id", "original_id", "kind", "similarity", "record")
_SETTLEMENT = insert_sql("settlement", ("revision", "mark", "at"))
_ORDER = "ORDER BY e.first, e.id LIMIT ? OFFSET ?"
_RECORDS = "SELECT e.id, e.record, o.record AS opinions FROM events AS e LEFT JOIN opinions AS o ON o.event_id = e.id"
_NO_FILTERS = Filters()
_AT_ONCE = 1_000  # happenings written at once
_SOME = 500  # ids in one question
_PAGE = 50  # happenings fetched at once


class EventTables(Sql):
    """The tables `events`, `event_claims`, `event_names`, `opinions`, `copies` and `settlement`."""

    def settle(
        self, events: Iterable[Event], copies: Iterable[Copy], settlement: Settlement, part: Part | None = None
    ) -> int:
        """What reports say together is now this; rows of happenings that did not change stay as they are."""
        before = self._hashes(None if part is None else part.events)
        thought = {id_: _thought(opinions) for id_, opinions in part.opinions.items()} if part else {}
        known = self._opinions(None if part is None else {*part.events, *thought})
        stayed, changed = set(before), set()
        for page in pages(_changed(events, before, thought), _AT_ONCE):
            self._remove_events([event.id for event, _ in page])
            self._insert_events(page)
            changed |= {event.id for event, _ in page}
        for gone in pages(before, _AT_ONCE):
            self._remove_events(gone)
        changed.update(before)
        changed |= self._opine(known, thought, gone=stayed)
        self._replace_copies(copies, part)
        self._run("DELETE FROM settlement")
        self._run(_SETTLEMENT, settlement.revision, settlement.mark, settlement.at)
        return len(changed)

    def _hashes(self, ids: Collection[str] | None) -> dict[str, str]:
        return {row["id"]: row["sha256"] for row in self._some("SELECT id, sha256 FROM events", "id", ids)}

    def _opinions(self, ids: Collection[str] | None) -> dict[str, str]:
        rows = self._some("SELECT event_id, record FROM opinions", "event_id", ids)
        return {row["event_id"]: row["record"] for row in rows}

    def _some(self, query: str, column: str, ids: Collection[str] | None) -> Iterator[Row]:
        """The rows of these ids, or all."""
        if ids is None:
            yield from self._rows(query)
            return
        for page in pages(sorted(ids), _SOME):
            yield from self._rows(f"{query} WHERE {column} IN ({marks(len(page))})", *page)

    def _opine(self, known: Mapping[str, str], thought: Mapping[str, str], gone: Collection[str]) -> set[str]:
        """Write the opinions that are otherwise; gives the happenings that they are about."""
        old = {id_: record for id_, record in known.items() if id_ in gone or id_ in thought}
        now = {id_: record for id_, record in thought.items() if record}
        changed = {id_ for id_ in old.keys() | now.keys() if old.get(id_) != now.get(id_)}
        self._many("DELETE FROM opinions WHERE event_id = ?", ((id_,) for id_ in sorted(changed)))
        self._fill("opinions", ("event_id", "record"), ((id_, now[id_]) for id_ in sorted(changed) if id_ in now))
        return changed

    def _replace_copies(self, copies: Iterable[Copy], part: Part | None) -> None:
        if part is None:
            self._run("DELETE FROM copies")
            self._run("DELETE FROM notes")
        else:
            ids = sorted(part.reports)
            self._many("DELETE FROM copies WHERE report_id = ? OR original_id = ?", ((id_, id_) for id_ in ids))
        rows = ((c.report, c.original, c.kind.value, c.similarity, encode_record(c).decode()) for c in copies)
        self._fill("copies", _COPIES, rows)

    def _insert_events(self, events: Sequence[tuple[Event, bytes]]) -> None:
        self._fill("events", _COLUMNS, (_row(event, record) for event, record in events))
        # A claim or a former name goes where it is now, whatever event had it before.
        claims = {claim: event.id for event, _ in events for claim in event.claims}
        names = {name: event.id for event, _ in events for name in event.superseded}
        for table, column, owners in (("event_claims", "claim_id", claims), ("event_names", "name", names)):
            self._many(f"DELETE FROM {table} WHERE {column} = ?", ((one,) for one in owners))  # noqa: S608 - constants
            self._fill(table, (column, "event_id"), owners.items())

    def _remove_events(self, ids: Sequence[str]) -> None:
        for table, column in (("events", "id"), ("event_claims", "event_id"), ("event_names", "event_id")):
            self._many(f"DELETE FROM {table} WHERE {column} = ?", ((id_,) for id_ in ids))  # noqa: S608 - constants

    def settlement(self) -> Settlement | None:
        """What was settled last."""
        rows = self._rows("SELECT revision, mark, at FROM settlement")
        return Settlement(rows[0]["revision"], rows[0]["mark"], rows[0]["at"]) if rows else None

    def events(self, filters: EventFilters, limit: int | None = None, offset: int = 0) -> Iterator[Event]:
        """Happenings, the earliest first."""
        for page in pages(self._listed("e.id", filters, limit, offset), _PAGE):
            ids = [row["id"] for row in page]
            found = {row["id"]: row for row in self._rows(f"{_RECORDS} WHERE e.id IN ({marks(len(ids))})", *ids)}
            yield from (_event_from(found[id_]) for id_ in ids if id_ in found)

    def event_rows(self, filters: EventFilters, limit: int | None = None, offset: int = 0) -> Iterator[EventRow]:
        """Only what a list needs of them."""
        for row in self._listed(", ".join(f"e.{name}" for name in _LISTED), filters, limit, offset):
            cells = {name: row[name] for name in _LISTED}
            days = {name: _day(cells[name]) for name in ("earliest", "latest")}
            yield EventRow(**cells | days | {"contested": bool(cells["contested"])})

    def _listed(self, columns: str, filters: EventFilters, limit: int | None, offset: int) -> Iterator[Row]:
        where, values = self._where(filters)
        query = f"SELECT {columns} {where} {_ORDER}"
        return self._stream(query, (*values, ALL if limit is None else limit, offset), limit)

    def count_events(self, filters: EventFilters) -> int:
        """How many there are."""
        where, values = self._where(filters)
        return int(self._value(f"SELECT count(*) {where}", *values))

    def event(self, id_: str) -> Event | None:
        """A happening by its id or a former one."""
        former = "(SELECT event_id FROM event_names WHERE name = ?)"
        rows = self._rows(f"{_RECORDS} WHERE e.id = ?", id_) or self._rows(f"{_RECORDS} WHERE e.id = {former}", id_)
        return _event_from(rows[0]) if rows else None

    def event_of(self, claim_id: str) -> str | None:
        """The happening of a claim."""
        value = self._value("SELECT event_id FROM event_claims WHERE claim_id = ?", claim_id)
        return str(value) if value is not None else None

    def events_of(self, claims: Collection[str]) -> set[str]:
        """The happenings of claims."""
        rows = self._some("SELECT DISTINCT event_id FROM event_claims", "claim_id", claims)
        return {row["event_id"] for row in rows}

    def copies(self, report_id: str) -> Sequence[Copy]:
        """The copies on either side of which the report stands."""
        query = "SELECT record FROM copies WHERE report_id = ? OR original_id = ? ORDER BY report_id, original_id"
        return [decoded(row["record"], Copy) for row in self._rows(query, report_id, report_id)]

    def _where(self, filters: EventFilters) -> tuple[str, tuple[object, ...]]:
        conditions: list[str] = []
        values: list[object] = []
        if filters.claims != _NO_FILTERS:
            plan = self._plan(filters.claims)
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
        return f"FROM events AS e WHERE {' AND '.join(conditions) or '1 = 1'}", tuple(values)


def _changed(events: Iterable[Event], before: dict[str, str], thought: dict[str, str]) -> Iterator[tuple[Event, bytes]]:
    """The happenings that are new or otherwise, with their JSON; what is left in `before` is gone. Opinions are kept apart: all may change with one report."""
    for event in events:
        thought.setdefault(event.id, _thought(event.opinions))
        record = encode_record(replace(event, opinions=()))
        if before.pop(event.id, None) != hashlib.sha256(record).hexdigest():
            yield event, record


def _row(event: Event, record: bytes) -> tuple[object, ...]:
    row = row_of(event)
    cells: Mapping[str, object] = {name: getattr(row, name) for name in _LISTED} | {
        "earliest": _text(row.earliest), "latest": _text(row.latest), "contested": int(row.contested),
        "first": in_time(row)[0], "record": record.decode(), "sha256": hashlib.sha256(record).hexdigest(),
    }  # fmt: skip
    return tuple(cells[name] for name in _COLUMNS)


def _thought(opinions: Sequence[Opinion]) -> str:
    """Opinions as they are kept, "" when there are none."""
    return f"[{','.join(encode_record(opinion).decode() for opinion in opinions)}]" if opinions else ""


def _event_from(row: Row) -> Event:
    event = decoded(row["record"], Event)
    if row["opinions"] is None:
        return event
    told = tuple(decoded(json.dumps(one), Opinion) for one in json.loads(row["opinions"]))
    return replace(event, opinions=told)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
