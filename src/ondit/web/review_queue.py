"""The review queue: every claim that nobody has judged, in an order. Worked out once, then only for reports in which something changed."""

import threading
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from ondit.decide import doubt_of
from ondit.ledger import Ledger
from ondit.model import Standing

_AT_ONCE = 100  # reports that a request looks at itself
_SHOWN_EVERY = 500  # reports after which what was worked out so far is used


class Order(StrEnum):
    """How the queue goes."""

    DOUBT = "doubt"  # the least certain first
    REPORT = "report"  # report by report, in the order of adding
    EVENT = "event"  # event by event, the least certain first within one


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim of the queue."""

    claim: str
    event: str
    report: int  # place in the order of adding
    position: int
    doubt: float

    def key(self, order: Order) -> tuple[str, float, int, int]:
        """Its place in an order."""
        event = (self.event or "~") if order is Order.EVENT else ""
        doubt = 0.0 if order is Order.REPORT else -self.doubt
        return event, doubt, self.report, self.position


Lend = Callable[[str], AbstractContextManager[Ledger]]
_Keyed: TypeAlias = tuple[tuple[str, float, int, int], str]


@dataclass(slots=True)
class Queue:
    """All claims with their doubts, kept beside the ledger for as long as the program runs."""

    lend: Lend
    is_writing: Callable[[], bool] = lambda: False
    _entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict)  # by report
    _seen: dict[str, int] = field(default_factory=dict)  # the change of each report that was looked at
    _revision: int = -1
    _sorted: dict[Order, list[_Keyed]] = field(default_factory=dict)
    _by_claim: dict[str, Entry] = field(default_factory=dict)
    _waiting: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None
    behind: int = 0  # how many reports are still to be looked at

    def refresh(self, ledger: Ledger) -> None:
        """Look at what changed; many changes are worked out in a thread, and the queue grows meanwhile."""
        # While a decision is made here `note` is about to tell of it: to look through all reports for it would be for nothing.
        if ledger.revision == self._revision or self.is_writing() or (self._thread and self._thread.is_alive()):
            return
        with self._lock:
            revision, changed = ledger.revision, self._changed(ledger)
            self._take(ledger, changed[:_AT_ONCE])
            self.behind = max(0, len(changed) - _AT_ONCE)
            if not self.behind:
                self._revision = revision
                return
            self._thread = threading.Thread(target=self._catch_up, name="ondit-queue", daemon=True)
            self._thread.start()

    def note(self, ledger: Ledger, reports: Iterable[str], before: int) -> None:
        """A decision changed these reports alone; `before` was the state of the ledger. What others wrote meanwhile is left to `refresh`."""
        with self._lock:
            if self._revision != before:
                return
            after = ledger.revision
            places = {report: own[0].report for report in reports if (own := self._entries.get(report))}
            self._take(ledger, [(report, after, place) for report, place in places.items()])
            self._revision = after

    def _catch_up(self) -> None:
        with self.lend("") as ledger:
            revision = ledger.revision
            with self._lock:
                changed = self._changed(ledger)
            for at in range(0, len(changed), _SHOWN_EVERY):
                with self._lock:
                    self._take(ledger, changed[at : at + _SHOWN_EVERY])
                self.behind = max(0, len(changed) - at - _SHOWN_EVERY)
            self._revision = revision

    def _changed(self, ledger: Ledger) -> list[tuple[str, int, int]]:
        """Reports in which something changed: id, the change, the place in the order of adding. What is gone is let go."""
        changes = ledger.store.changes()
        for gone in self._seen.keys() - changes.keys():
            del self._seen[gone]
            self._put(self._entries.pop(gone, ()), ())
        return [
            (report, change, place)
            for place, (report, change) in enumerate(changes.items())
            if self._seen.get(report) != change
        ]

    def _take(self, ledger: Ledger, changed: Sequence[tuple[str, int, int]]) -> None:
        if len(changed) >= _AT_ONCE:
            self._sorted = {}  # sorting anew is quicker than putting so many in their places
        for report, change, place in changed:
            entries, waiting = _entries_of(ledger, report, place)
            before = self._entries.get(report, ())
            self._entries[report] = entries
            self._seen[report] = change
            if before != entries:
                self._put(before, entries)
            self._waiting.difference_update(e.claim for e in entries)
            self._waiting |= waiting

    def _put(self, before: Sequence[Entry], after: Sequence[Entry]) -> None:
        """Entries in the place of others, in every order that is in use."""
        for entry in before:
            del self._by_claim[entry.claim]
            self._waiting.discard(entry.claim)
        self._by_claim.update((entry.claim, entry) for entry in after)
        for order, entries in self._sorted.items():
            for entry in before:
                del entries[bisect_left(entries, (entry.key(order), entry.claim))]
            for entry in after:
                insort(entries, (entry.key(order), entry.claim))

    def _in_order(self, order: Order) -> list[_Keyed]:
        found = self._sorted.get(order)
        if found is None:
            found = sorted((entry.key(order), entry.claim) for entry in list(self._by_claim.values()))
            self._sorted[order] = found
        return found

    def following(
        self, claim: str, order: Order, among: set[str] | None = None, *, backwards: bool = False
    ) -> Iterator[str]:
        """The claims after one that wait, round to it again (from the first for ""); backwards those that were judged, too: one may have slipped."""
        with self._lock:
            entries = list(self._in_order(order))
        here, size = self._by_claim.get(claim), len(entries)
        at = bisect_left(entries, (here.key(order), claim)) if here else -1
        for step in range(1, size + (here is None)):
            _, found = entries[(at - step if backwards else at + step) % size]
            if (among is None or found in among) and (backwards or found in self._waiting):
                yield found

    def left(self, among: set[str] | None = None) -> int:
        """How many wait."""
        return len(self._waiting) if among is None else len(self._waiting & among)


def _entries_of(ledger: Ledger, report: str, place: int) -> tuple[tuple[Entry, ...], set[str]]:
    """The claims of a report, and which of them wait."""
    shown = ledger.shown(report)
    if shown is None:
        return (), set()
    events = {e.event.id: e.event for e in shown.events}
    entries = tuple(
        Entry(
            one.claim.id,
            ledger.event_of(one.claim.id) or "",
            place,
            position,
            doubt_of(one.claim, events.get(one.claim.event or "")),
        )
        for position, one in enumerate(shown.claims)
    )
    return entries, {one.claim.id for one in shown.claims if one.standing is Standing.READ}
