"""Settles a ledger: which of its claims are about one happening, what the reports make of it together, and how far to trust it."""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TypeVar

from ondit import pipeline
from ondit.codec import pack, unpack
from ondit.gather.copies.finding import in_order
from ondit.gather.decisions import standing
from ondit.gather.settling import Settling, Touched
from ondit.gather.traits import tellings
from ondit.ledger.outdated import Mark, sources_of
from ondit.ledger.spool import Spool
from ondit.ledger.standing import as_it_stands
from ondit.model import Copy, Decision, Event, Opinion, Reading, Source, Telling
from ondit.settings import Settings
from ondit.stores import EventFilters, Part, Settlement, Store, change
from ondit.weigh import Ballot, ballot_of, opinions_on

Told = Callable[[str, int, int], None]
"""Who is told how far it is: the stage (`gather`, `compare`, `weigh`), how many are done, how many there are."""

_AT_ONCE = 500  # happenings looked up at once
_AT_HAND = 2_000  # readings kept while weighing: happenings come by their dates, and so do their reports
_TURN, _DECIDED = "turn", "decided"
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class _Settled:
    """What was settled: what is to be kept of it, and what it started from (None: from nothing)."""

    events: Spool
    opinions: Mapping[str, tuple[Opinion, ...]]
    copies: Sequence[Copy]
    part: Part | None
    reports: frozenset[str]
    settling: Settling
    ballots: Mapping[str, Ballot | None]
    prints: Mapping[str, bytes | None]
    decided: Sequence[str]


def settle(store: Store, settings: Settings, *, at: str, told: Told) -> int:
    """Settle what has changed in the store and keep the happenings there; gives how many of them changed.

    The result is that of settling everything anew. Reports may be added and decisions be made meanwhile: then it is out of date at once.
    """
    while True:
        revision, turn = store.revision(), store.recall("state", [_TURN]).get(_TURN)
        decisions, sources = store.decisions(), sources_of(store, settings)
        mark = Mark.of(sources, decisions)
        last = store.settlement()
        noted = last is not None and turn is not None and Mark.read(last.mark).rules == mark.rules
        work = _Work(store, last if noted else None, mark, told)
        settled = work.settle(decisions, sources)
        try:
            changed = change(store, partial(_keep, store, settled, Settlement(revision, str(mark), at), turn))
        finally:
            settled.events.close()
        if changed is not None:
            return changed


def _keep(store: Store, settled: _Settled, settlement: Settlement, turn: bytes | None) -> int | None:
    """How many happenings changed; None when somebody else settled meanwhile, or a report was taken away, of which nothing may come back."""
    if store.recall("state", [_TURN]).get(_TURN) != turn:
        return None
    if store.revision() != settlement.revision and settled.reports.difference(store.report_ids()):
        return None
    events = (replace(event, opinions=settled.opinions.get(event.id, ())) for event in settled.events)
    changed = store.settle(events, settled.copies, settlement, settled.part)
    for kind, notes in settled.settling.written():
        store.note(kind, notes)
    store.note("ballot", ((id_, None if ballot is None else pack(ballot)) for id_, ballot in settled.ballots.items()))
    store.note("print", settled.prints.items())
    store.note("state", ((_TURN, secrets.token_bytes(8)), (_DECIDED, pack(tuple(settled.decided)))))
    return changed


class _Work:
    """One settling of a store, from what was settled `last` (None: from nothing)."""

    def __init__(self, store: Store, last: Settlement | None, mark: Mark, told: Told) -> None:
        self._store, self._last, self._mark, self._told = store, last, mark, told
        self._shelf = _Shelf(store)
        self._settling = Settling(store if last else None)
        self._prints: dict[str, bytes] = {}  # of the happenings that were gathered
        self._stay: set[str] = set()  # those of them that are as they were

    def settle(self, decisions: Sequence[Decision], sources: Mapping[str, Source]) -> _Settled:
        """Gather, weigh and take second opinions."""
        store, last = self._store, self._last
        fresh = list(store.told(last.revision if last else -1))
        gone = self._replaced(fresh) if last else []
        decided, before = standing(decisions), self._decided_before() if last else ()
        touched = self._settling.change(
            filter(None, (self._shelf.get(id_) for id_ in _counted(fresh, "gather", self._told))),
            gone,
            decisions=decided,
            before=before,
            copies_before=store.copies if last else lambda _: (),
            told=partial(self._told, "compare"),
        )
        copies = self._settling.copying.copies(touched.reports)
        old = store.events_of(touched.claims) if last else set()
        due = self._due(self._settling.each(self._copies_of(copies, touched)), old, frozenset(fresh))
        ballots: dict[str, Ballot | None] = {}
        weighed = Spool(_voting(pipeline.weigh_each(due, self._shelf.tellings, sources), ballots))
        ballots |= dict.fromkeys(old - self._prints.keys())
        opinions = opinions_on(self._all_ballots(ballots)) if ballots else {}
        others = {id_: thought for id_, thought in opinions.items() if id_ not in ballots}
        part = Part(frozenset((old - self._stay) | ballots.keys()), touched.reports, others) if last else None
        return _Settled(
            weighed,
            opinions,
            copies,
            part,
            frozenset(fresh),
            self._settling,
            ballots,
            {id_: self._prints.get(id_) for id_ in ballots},
            [decision.id for decision in decided],
        )

    def _replaced(self, fresh: Iterable[str]) -> list[str]:
        """The versions of reports in whose place newer ones are."""
        kept = (self._store.kept(id_) for id_ in fresh)
        series = dict.fromkeys(one.report.series for one in kept if one)
        return [version for one in series for version in self._store.versions(one)[:-1]]

    def _decided_before(self) -> list[Decision]:
        noted = self._store.recall("state", [_DECIDED]).get(_DECIDED)
        ids = unpack(noted, tuple[str, ...]) if noted else ()
        return [decision for id_ in ids if (decision := self._store.decision(id_))]

    def _copies_of(self, copies: Iterable[Copy], touched: Touched) -> Callable[[str], Sequence[Copy]]:
        """The copies that a report is, as they are now."""
        known: dict[str, list[Copy]] = {report: [] for report in touched.reports}
        for copy in copies:
            known.setdefault(copy.report, []).append(copy)

        def copies_of(report: str) -> Sequence[Copy]:
            if self._last and report not in known:
                own = (copy for copy in self._store.copies(report) if copy.report == report)
                known[report] = sorted(own, key=in_order)
            return known.get(report, ())

        return copies_of

    def _due(self, events: Iterable[Event], old: set[str], fresh: frozenset[str]) -> Iterator[Event]:
        """The happenings to weigh; those that are as they were, and whose reports are, stay as they are."""
        everything = self._last is None or Mark.read(self._last.mark).sources != self._mark.sources
        total = len(self._settling.gathering.groups)
        coming = iter(events)
        while page := list(islice(coming, _AT_ONCE)):
            own = {event.id: _print(event) for event in page}
            noted = self._store.recall("print", list(own)) if self._last else {}
            for event in page:
                self._told("weigh", len(self._prints), total)
                self._prints[event.id] = own[event.id]
                if everything or noted.get(event.id) != own[event.id] or not fresh.isdisjoint(event.reports):
                    yield event
                else:
                    self._stay.add(event.id)
        if everything and self._last:
            seen = old | self._prints.keys()
            for event in map(_unweighed, self._store.events(EventFilters())):
                if event.id not in seen:
                    self._prints[event.id] = _print(event)
                    yield event

    def _all_ballots(self, changed: Mapping[str, Ballot | None]) -> dict[str, Ballot]:
        kept = self._store.recall("ballot") if self._last else {}
        ballots = {id_: unpack(packed, Ballot) for id_, packed in kept.items() if id_ not in changed}
        return {**ballots, **{id_: ballot for id_, ballot in changed.items() if ballot}}


def _voting(events: Iterable[Event], ballots: dict[str, Ballot | None]) -> Iterator[Event]:
    """The happenings as they come, and their votes into `ballots`."""
    for event in events:
        ballots[event.id] = ballot_of(event) or None
        yield event


def _unweighed(event: Event) -> Event:
    """A happening as gathering gave it."""
    return replace(event, fields=(), independence=None, grade=None, opinions=())


def _print(event: Event) -> bytes:
    """What a happening is known again by, as gathering gave it."""
    return hashlib.blake2b(pack(event), digest_size=12).digest()


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
