"""Settles a ledger: which of its claims are about one happening, what the reports make of it together, and how far to trust it."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from ondit import pipeline
from ondit.decide import decide_sources
from ondit.gather.settling import START, Settled
from ondit.gather.traits import tellings
from ondit.ledger.standing import as_it_stands
from ondit.model import Event, Reading, Source, Telling
from ondit.settings import Settings
from ondit.stores import Settlement, Store, change
from ondit.version import __version__
from ondit.weigh import second_opinions

Told = Callable[[str, int, int], None]
"""Who is told how far it is: the stage (`gather`, `weigh`), how many are done, how many there are."""

_AT_HAND = 2_000  # readings kept while weighing: happenings come by their dates, and so do their reports
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Remembered:
    """What a process remembers of settling, so that next time only what is new is compared and weighed."""

    settled: Settled = START
    changes: Mapping[str, int] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    mark: str = ""


def sources_of(store: Store, settings: Settings) -> dict[str, Source]:
    """The registry by id, with what analysts decided about its entries."""
    registry = pipeline.name_resolver(settings.sources).registry
    return {source.id: source for source in decide_sources(registry.values(), store.decisions())}


def is_stale(store: Store, settings: Settings) -> bool:
    """Has anything changed since the ledger was settled?"""
    last = store.settlement()
    current = last is not None and last.revision == store.revision()
    return not current or last is None or last.mark != mark_of(sources_of(store, settings))


def settle(store: Store, settings: Settings, before: Remembered, *, at: str, told: Told) -> tuple[Remembered, int]:
    """Settle what is in the store and keep the happenings there; gives what to remember, and how many happenings changed.

    The result is that of settling everything anew. Reports may be added and decisions be made meanwhile: then it is stale at once.
    """
    while True:
        revision = store.revision()
        after = _settled(store, sources_of(store, settings), before, told)
        changed = change(store, partial(_keep, store, after, Settlement(revision, after.mark, at)))
        if changed is not None:
            return after, changed
        before = Remembered()


def _keep(store: Store, after: Remembered, settlement: Settlement) -> int | None:
    """How many happenings changed; None when a report was taken away meanwhile: nothing of it may come back."""
    if store.revision() != settlement.revision and after.changes.keys() - set(store.report_ids()):
        return None
    return store.settle(after.events.values(), after.settled.copies, settlement)


def _settled(store: Store, sources: Mapping[str, Source], before: Remembered, told: Told) -> Remembered:
    changes, mark, shelf = store.changes(), mark_of(sources), _Shelf(store)
    fresh = [id_ for id_, changed in changes.items() if before.changes.get(id_) != changed]
    new = [id_ for id_ in fresh if id_ not in before.changes]
    again = before.settled.told_alike(filter(None, (shelf.get(id_) for id_ in fresh if id_ in before.changes)))
    if before.changes.keys() - changes.keys() or not again:
        before, fresh, new = Remembered(), list(changes), list(changes)
    readings = filter(None, (shelf.get(id_) for id_ in _counted(new, "gather", told)))
    settled = pipeline.settle(readings, before.settled, decisions=store.decisions())
    happenings, dirty = settled.events(), set(fresh)
    weighed = before.events if before.mark == mark else {}
    due = [e for e in happenings if not dirty.isdisjoint(e.reports) or _unweighed(weighed.get(e.id)) != e]
    anew = {e.id: e for e in pipeline.weigh_each(_counted(due, "weigh", told), shelf.tellings, sources)}
    events = second_opinions(anew.get(e.id) or weighed[e.id] for e in happenings)
    return Remembered(settled, changes, {e.id: e for e in events}, mark)


def _unweighed(event: Event | None) -> Event | None:
    """A happening as gathering gave it."""
    return replace(event, fields=(), independence=None, grade=None, opinions=()) if event else None


def mark_of(sources: Mapping[str, Source]) -> str:
    """A short hash of what settling depends on besides the reports and the decisions about them."""
    known = "\n".join(repr(sources[id_]) for id_ in sorted(sources))
    return hashlib.sha256(f"{__version__}\n{known}".encode()).hexdigest()[:16]


def _counted(items: Sequence[_Item], stage: str, told: Told) -> Iterator[_Item]:
    for done, item in enumerate(items):
        told(stage, done, len(items))
        yield item


class _Shelf:
    """Readings as they stand, the last ones looked at."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[str, Reading | None] = OrderedDict()

    def get(self, report: str) -> Reading | None:
        if report in self._kept:
            self._kept.move_to_end(report)
        else:
            self._kept[report] = as_it_stands(self._store, report)
            if len(self._kept) > _AT_HAND:
                self._kept.popitem(last=False)
        return self._kept[report]

    def tellings(self, event: Event) -> list[Telling]:
        """How each report tells a happening, in the order of its mentions."""
        readings: Iterable[Reading | None] = (self.get(report) for report in event.reports)
        told = {t.event.id: t for reading in readings if reading for t in tellings(reading)}
        return [told[mention] for mention in event.mentions if mention in told]
