"""The store in memory: plain dictionaries and predicates. For trying things out, and for what the other stores are compared with."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from ondit.model import Copy, Decision, Event, Problem, Reading, Severity, Shown
from ondit.stores.contract import (
    Entry,
    EventFilters,
    EventRow,
    Failure,
    Filters,
    Found,
    Input,
    Kept,
    Part,
    Settlement,
    StoreError,
    Tombstone,
)
from ondit.stores.fitting import fits, is_wanted
from ondit.stores.sides import in_time, row_of, sides_of

_A_FEW = 8


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass
class _Tables:
    """Everything that is kept, and how to undo what the change under way has done so far."""

    entries: dict[str, Entry] = field(default_factory=dict)
    shown: dict[str, Shown] = field(default_factory=dict)
    series: dict[str, list[str]] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    failures: dict[tuple[str, str, str], Failure] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    tombstones: dict[str, Tombstone] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    copies: tuple[Copy, ...] = ()
    settlement: Settlement | None = None
    notes: dict[tuple[str, str], bytes] = field(default_factory=dict)
    revision: int = 0
    undo: list[Callable[[], object]] = field(default_factory=list)

    def put(self, table: dict[_Key, _Value], key: _Key, value: _Value) -> None:
        """Set one row."""
        if key in table:
            self.undo.append(partial(table.__setitem__, key, table[key]))
        else:
            self.undo.append(partial(table.pop, key))
        table[key] = value

    def note_change(self, report_id: str = "", *, same: bool = False) -> None:
        """Nothing is as it was, and neither is what is shown of this report. A number that is not used any more does no harm."""
        self.revision += 1
        if report_id:
            self.put(self.changed, report_id, self.revision)
        if report_id and not same:
            self.put(self.told, report_id, self.revision)

    def settle(self, events: dict[str, Event], copies: tuple[Copy, ...], settlement: Settlement | None) -> None:
        """Set what was settled."""
        self.undo.append(partial(self._settled, self.events, self.copies, self.settlement))
        self._settled(events, copies, settlement)

    def _settled(self, events: dict[str, Event], copies: tuple[Copy, ...], settlement: Settlement | None) -> None:
        self.events, self.copies, self.settlement = events, copies, settlement

    def drop(self, table: dict[_Key, _Value], key: _Key) -> None:
        """Take one row away; undoing brings it back to its place."""
        if key in table:
            before = dict(table)
            self.undo += (partial(table.update, before), table.clear)  # done in reverse: emptied, then filled
            del table[key]


class MemoryStore:
    """A store that is gone with its process."""

    def __init__(self) -> None:
        self._tables = _Tables()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One change, whole or not at all."""
        self._tables.undo.clear()
        try:
            yield
        except BaseException:
            for back in reversed(self._tables.undo):
                back()
            raise

    @contextmanager
    def still(self) -> Iterator[None]:
        """Nobody else can write."""
        yield

    def close(self) -> None:
        """There is nothing to let go of."""

    def backup(self, target: Path) -> None:
        """Raises `StoreError`: what is only in memory is written by keeping it in a file."""
        raise StoreError(
            f"{target}: a ledger in memory cannot be copied to a file; open one in a file and add the reports to it"
        )

    def check(self) -> Iterator[Problem]:
        """Nothing can be damaged."""
        return iter(())

    # Reports

    def add(self, entry: Entry, shown: Shown) -> bool:
        """Keep a report."""
        report = entry.reading.report
        if self.has(report.id):
            return False
        custody = replace(entry.custody, retrieved=entry.custody.retrieved or report.retrieved)
        reading = replace(entry.reading, report=replace(report, retrieved=""))
        tables = self._tables
        tables.put(tables.entries, report.id, replace(entry, reading=reading, custody=custody))
        tables.put(tables.shown, report.id, shown)
        tables.put(tables.series, report.series, [*tables.series.get(report.series, ()), report.id])
        tables.note_change(report.id)
        return True

    def add_all(self, entries: Sequence[tuple[Entry, Shown]]) -> int:
        """Keep reports."""
        return sum(self.add(entry, shown) for entry, shown in entries)

    def replace(self, reading: Reading, engine: str, shown: Shown) -> None:
        """A new reading of a known report."""
        id_ = reading.report.id
        reading = replace(reading, report=replace(reading.report, retrieved=""))
        self._tables.put(self._tables.entries, id_, replace(self._known(id_), reading=reading, engine=engine))
        self._tables.put(self._tables.shown, id_, shown)
        self._tables.note_change(id_)

    def show(self, shown: Shown, *, same: bool = False) -> None:
        """What is shown of a report is now this."""
        self._known(shown.report_id)
        self._tables.put(self._tables.shown, shown.report_id, shown)
        self._tables.note_change(shown.report_id, same=same)

    def remove(self, tombstone: Tombstone) -> None:
        """Take a report away."""
        tables, id_ = self._tables, tombstone.report_id
        for decision in self.decisions(id_):
            if all(footing.report_id == id_ for footing in decision.footings):
                tables.drop(tables.decisions, decision.id)  # what was decided of other reports too stays decided
        tables.drop(tables.entries, id_)
        tables.drop(tables.shown, id_)
        left = [version for version in tables.series.get(tombstone.series, ()) if version != id_]
        tables.put(tables.series, tombstone.series, left)
        tables.put(tables.tombstones, id_, tombstone)
        tables.settle({}, (), None)
        self.forget_notes()
        tables.note_change()

    def wipe_log(self) -> None:
        """There is no log."""

    def _known(self, report_id: str) -> Entry:
        if report_id not in self._tables.entries:
            raise StoreError(f"the report {report_id} is not kept here")
        return self._tables.entries[report_id]

    def has(self, report_id: str) -> bool:
        """Is the report kept?"""
        return report_id in self._tables.entries

    def report_ids(self) -> Sequence[str]:
        """Every report, in the order of adding."""
        return list(self._tables.entries)

    def kept(self, report_id: str) -> Kept | None:
        """A report with its custody."""
        entry = self._tables.entries.get(report_id)
        if entry is None:
            return None
        newest = self._is_newest(entry)
        return Kept(entry.reading.report, entry.engine, entry.custody, newest=newest, edited=entry.edited)

    def versions(self, series: str) -> Sequence[str]:
        """The reports of a series, the newest last."""
        ids = self._tables.series.get(series, ())
        return sorted(ids, key=lambda id_: self._tables.entries[id_].edited)

    def _is_newest(self, entry: Entry) -> bool:
        return self.versions(entry.reading.report.series)[-1] == entry.reading.report.id

    def raw(self, sha256: str) -> bytes | None:
        """The bytes of this hash."""
        return next((e.raw for e in self._tables.entries.values() if e.reading.report.sha256 == sha256), None)

    # Claims

    def reading(self, report_id: str) -> Reading | None:
        """What the engine read."""
        entry = self._tables.entries.get(report_id)
        return entry.reading if entry else None

    def shown(self, report_id: str) -> Shown | None:
        """What is shown of a report."""
        return self._tables.shown.get(report_id)

    def claims(self, filters: Filters, limit: int | None = None, offset: int = 0) -> Iterator[Found]:
        """Claims, the newest report first."""
        return islice(self._fitting(filters), offset, None if limit is None else offset + limit)

    def _fitting(self, filters: Filters) -> Iterator[Found]:
        entries = sorted(self._tables.entries.values(), key=_newest_first)
        for entry in entries:
            report = entry.reading.report
            if (filters.report and report.id != filters.report) or not (filters.versions or self._is_newest(entry)):
                continue
            shown = self._tables.shown[report.id]
            events = {e.event.id: e.event for e in shown.events}
            for one in shown.claims:
                event = events.get(one.claim.event or "")
                if fits(one, sides_of(report, one.claim, event), event.type if event else "", filters):
                    yield Found(report, one, event)

    def count(self, filters: Filters) -> int:
        """How many claims there are."""
        return sum(1 for _ in self.claims(filters))

    def find(self, prefix: str) -> Sequence[str]:
        """Ids that begin like this."""
        claims = (c.claim.id for s in self._tables.shown.values() for c in s.claims)
        events = (e.event.id for s in self._tables.shown.values() for e in s.events)
        groups: tuple[Iterable[str], ...] = (
            self._tables.entries,
            claims,
            events,
            self._tables.decisions,
            self._tables.events,
        )
        return [id_ for group in groups for id_ in sorted(i for i in group if i.startswith(prefix))[:_A_FEW]]

    def report_of(self, id_: str) -> str | None:
        """The report of a claim or happening."""
        for report_id, shown in self._tables.shown.items():
            if any(c.claim.id == id_ for c in shown.claims) or any(e.event.id == id_ for e in shown.events):
                return report_id
        return None

    # Happenings across reports

    def revision(self) -> int:
        """Grows with every change."""
        return self._tables.revision

    def changes(self) -> Mapping[str, int]:
        """The newest versions and when what they show last changed."""
        return {id_: self._tables.changed[id_] for id_, e in self._tables.entries.items() if self._is_newest(e)}

    def told(self, since: int = -1) -> Mapping[str, int]:
        """The newest versions and when what they tell last changed."""
        told = self._tables.told
        return {id_: told[id_] for id_, e in self._tables.entries.items() if told[id_] > since and self._is_newest(e)}

    def settle(
        self, events: Iterable[Event], copies: Iterable[Copy], settlement: Settlement, part: Part | None = None
    ) -> int:
        """What reports say together is now this."""
        before, now = self._tables.events, {event.id: event for event in events}
        if part is not None:
            stay = {id_: event for id_, event in before.items() if id_ not in part.events}
            stay |= {id_: replace(stay[id_], opinions=told) for id_, told in part.opinions.items() if id_ in stay}
            now = stay | now
            others = (c for c in self._tables.copies if part.reports.isdisjoint((c.report, c.original)))
            copies = (*others, *copies)
        else:
            self.forget_notes()
        self._tables.settle(now, tuple(copies), settlement)
        return sum(before.get(id_) != event for id_, event in now.items()) + len(before.keys() - now.keys())

    def noted(self) -> Sequence[str]:
        """The kinds of notes."""
        return sorted({kind for kind, _ in self._tables.notes})

    def recall(self, kind: str, names: Sequence[str] | None = None) -> Mapping[str, bytes]:
        """Notes of a kind."""
        notes = self._tables.notes
        wanted = [name for of, name in notes if of == kind] if names is None else names
        return {name: notes[kind, name] for name in wanted if (kind, name) in notes}

    def note(self, kind: str, notes: Iterable[tuple[str, bytes | None]]) -> None:
        """Write notes."""
        for name, note in notes:
            before = self._tables.notes.get((kind, name))
            if note is not None:
                self._tables.put(self._tables.notes, (kind, name), note)
            elif before is not None:
                self._tables.undo.append(partial(self._tables.notes.__setitem__, (kind, name), before))
                del self._tables.notes[kind, name]

    def forget_notes(self) -> None:
        """Take all notes away."""
        self._tables.undo.append(partial(setattr, self._tables, "notes", self._tables.notes))
        self._tables.notes = {}

    def settlement(self) -> Settlement | None:
        """What was settled last."""
        return self._tables.settlement

    def events(self, filters: EventFilters, limit: int | None = None, offset: int = 0) -> Iterator[Event]:
        """Happenings, the earliest first."""
        every = filters.claims == Filters()
        fitting = set() if every else {self.event_of(found.claim.id) for found in self.claims(filters.claims)}
        found = sorted(
            (in_time(row), event)
            for event in self._tables.events.values()
            if (every or event.id in fitting) and is_wanted(row := row_of(event), filters)
        )
        stop = None if limit is None else offset + limit
        yield from (event for _, event in found[offset:stop])

    def event_rows(self, filters: EventFilters, limit: int | None = None, offset: int = 0) -> Iterator[EventRow]:
        """Only what a list needs of them."""
        return (row_of(event) for event in self.events(filters, limit, offset))

    def count_events(self, filters: EventFilters) -> int:
        """How many there are."""
        return sum(1 for _ in self.events(filters))

    def event(self, id_: str) -> Event | None:
        """A happening by its id or a former one."""
        former = (event for event in self._tables.events.values() if id_ in event.superseded)
        return self._tables.events.get(id_) or next(former, None)

    def event_of(self, claim_id: str) -> str | None:
        """The happening of a claim."""
        return next((event.id for event in self._tables.events.values() if claim_id in event.claims), None)

    def events_of(self, claims: Collection[str]) -> set[str]:
        """The happenings of claims."""
        wanted = set(claims)
        return {event.id for event in self._tables.events.values() if not wanted.isdisjoint(event.claims)}

    def copies(self, report_id: str) -> Sequence[Copy]:
        """The copies on either side of which the report stands."""
        found = [c for c in self._tables.copies if report_id in (c.report, c.original)]
        return sorted(found, key=lambda c: (c.report, c.original))

    # Decisions and what went wrong

    def append(self, decision: Decision) -> None:
        """Add a decision to the end."""
        if decision.id in self._tables.decisions:
            raise StoreError(f"the decision {decision.id} is there already")
        self._tables.put(self._tables.decisions, decision.id, decision)
        self._tables.note_change()

    def decision(self, id_: str) -> Decision | None:
        """A decision by its id."""
        return self._tables.decisions.get(id_)

    def decisions(self, report_id: str | None = None) -> Sequence[Decision]:
        """The decisions, in the order in which they were made."""
        every = self._tables.decisions.values()
        if report_id is None:
            return list(every)
        known = report_id in self._tables.entries
        return [d for d in every if known and any(f.report_id == report_id for f in d.footings)]

    def fail(self, failures: Sequence[Failure]) -> None:
        """Remember what gave nothing."""
        for failure in failures:
            problem = failure.problem
            key = (problem.where, problem.code, problem.message)
            if key not in self._tables.failures:
                self._tables.put(self._tables.failures, key, failure)

    def forget_failures(self, where: str) -> None:
        """What had been wrong with an input is settled."""
        for key in [key for key in self._tables.failures if key[0] == where]:
            self._tables.drop(self._tables.failures, key)

    def failures(self) -> Sequence[Failure]:
        """Inputs that gave nothing, and reports that could not be read."""
        unread = [
            Failure(problem, id_, entry.custody.added_at)
            for id_, entry in sorted(self._tables.entries.items())
            for problem in entry.reading.problems
            if problem.severity is Severity.ERROR
        ]
        return [*(f for _, f in sorted(self._tables.failures.items(), key=lambda pair: pair[0])), *unread]

    def note_input(self, taken: Input) -> None:
        """An input was taken in whole."""
        self._tables.put(self._tables.inputs, taken.name, taken)

    def inputs(self) -> Sequence[Input]:
        """The inputs that were taken in whole."""
        return [taken for _, taken in sorted(self._tables.inputs.items())]

    def tombstones(self) -> Sequence[Tombstone]:
        """What was taken away."""
        return [tombstone for _, tombstone in sorted(self._tables.tombstones.items())]

    def totals(self) -> Mapping[str, int]:
        """How much there is."""
        tables = self._tables
        originals = {hashlib.sha256(e.raw).digest(): len(e.raw) for e in tables.entries.values()}
        return {
            "reports": len(tables.entries),
            "versions": sum(not self._is_newest(e) for e in tables.entries.values()),
            "claims": sum(len(s.claims) for s in tables.shown.values()),
            "happenings": sum(len(s.events) for s in tables.shown.values()),
            "decisions": len(tables.decisions),
            "failures": len(tables.failures),
            "tombstones": len(tables.tombstones),
            "events": len(tables.events),
            "bytes": sum(originals.values()),
        }


def _newest_first(entry: Entry) -> tuple[int, str]:
    """By day, the latest first, undated last, then by id."""
    day = entry.reading.report.published.day
    return (-day.toordinal() if day else 1, entry.reading.report.id)
