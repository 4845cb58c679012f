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
from ondit.ledger.standing import as_told
from ondit.model import Copy, Decision, Event, Opinion, Reading, Source, Telling
from ondit.model.records import uncollected
from ondit.settings import Settings
from ondit.stores import Part, Settlement, Store, change
from ondit.weigh import Ballot, Known, ballot_of, names_of, opinions_on

Told = Callable[[str, int, int], None]
"""Who is told how far it is: the stage (`gather`, `compare`, `weigh`), how many are done, how many there are."""

_AT_ONCE = 500  # happenings looked up at once
_AT_HAND = 2_000  # readings kept while weighing: happenings come by their dates, and so do their reports
_TURN, _DECIDED, _REGISTRY = "turn", "decided", "registry"
_Registry = dict[str, tuple[str, ...]]
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
    asked: Mapping[str, tuple[str, ...] | None]
    registry: bytes | None
    decided: Sequence[str]


def settle(store: Store, settings: Settings, *, at: str, told: Told) -> int:
    """Settle what has changed in the store and keep the happenings there; gives how many of them changed.

    The result is that of settling everything anew. Reports may be added and decisions be made meanwhile: then it is out of date at once.
    """
    with uncollected():
        return _settle(store, settings, at, told)


def _settle(store: Store, settings: Settings, at: str, told: Told) -> int:
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
    store.note("asked", ((id_, None if names is None else pack(names)) for id_, names in settled.asked.items()))
    if settled.registry is not None:
        store.note("state", ((_REGISTRY, settled.registry),))
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
        self._registry_changed = last is None or Mark.read(last.mark).sources != mark.sources

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
        concerned = self._concerned(sources) if last and self._registry_changed else set()
        gathered = self._settling.each(self._copies_of(copies, touched))
        due = self._due(gathered, old, frozenset(fresh), concerned)
        ballots: dict[str, Ballot | None] = {}
        asked: dict[str, tuple[str, ...] | None] = {}
        log: set[str] = set()
        anew = pipeline.weigh_each(due, self._shelf.tellings, Known.of(sources).asked(log))
        weighed = Spool(_noting(anew, log, ballots, asked))
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
            {id_: asked.get(id_) for id_ in ballots},
            pack(_registry(sources)) if self._registry_changed else None,
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

    def _concerned(self, sources: Mapping[str, Source]) -> set[str]:
        """The happenings in whose weighing somebody was looked up of whom the registry now says something else."""
        noted = self._store.recall("state", [_REGISTRY]).get(_REGISTRY)
        then = unpack(noted, _Registry) if noted else {}
        now = _registry(sources)
        names = {
            n
            for id_ in then.keys() | now.keys()
            if then.get(id_) != now.get(id_)
            for r in (then, now)
            for n in r.get(id_, ("",))[1:]
        }
        asked = self._store.recall("asked")
        return {id_ for id_, packed in asked.items() if not names.isdisjoint(unpack(packed, tuple[str, ...]))}

    def _due(
        self, events: Iterable[Event], old: set[str], fresh: frozenset[str], concerned: set[str]
    ) -> Iterator[Event]:
        """The happenings to weigh; those stay as they are that are as they were, and whose reports and sources are."""
        total = len(self._settling.gathering.groups)
        coming = iter(events)
        while page := list(islice(coming, _AT_ONCE)):
            own = {event.id: _print(event) for event in page}
            noted = self._store.recall("print", list(own)) if self._last else {}
            for event in page:
                self._told("weigh", len(self._prints), total)
                self._prints[event.id] = own[event.id]
                same = noted.get(event.id) == own[event.id] and event.id not in concerned
                if not same or not fresh.isdisjoint(event.reports):
                    yield event
                else:
                    self._stay.add(event.id)
        for id_ in sorted(concerned - old - self._prints.keys()):
            gone = self._store.event(id_)
            if gone is not None and gone.id == id_:
                unweighed = replace(gone, fields=(), independence=None, grade=None, opinions=())
                self._prints[id_] = _print(unweighed)
                yield unweighed

    def _all_ballots(self, changed: Mapping[str, Ballot | None]) -> dict[str, Ballot]:
        kept = self._store.recall("ballot") if self._last else {}
        ballots = {id_: unpack(packed, Ballot) for id_, packed in kept.items() if id_ not in changed}
        return {**ballots, **{id_: ballot for id_, ballot in changed.items() if ballot}}


def _noting(
    events: Iterable[Event], log: set[str], ballots: dict[str, Ballot | None], asked: dict[str, tuple[str, ...] | None]
) -> Iterator[Event]:
    """The happenings as they are weighed; their votes into `ballots`, whom they looked up (`log`) into `asked`."""
    for event in events:
        ballots[event.id] = ballot_of(event) or None
        asked[event.id] = tuple(sorted(log))
        log.clear()
        yield event


def _registry(sources: Mapping[str, Source]) -> _Registry:
    """What each entry is known again by, and under which names it is looked up."""
    return {
        id_: (hashlib.blake2b(repr(source).encode(), digest_size=8).hexdigest(), *sorted(names_of(source)))
        for id_, source in sources.items()
    }


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
            self._kept[report] = as_told(self._store, report)
            if len(self._kept) > _AT_HAND:
                self._kept.popitem(last=False)
        return self._kept[report]

    def tellings(self, event: Event) -> list[Telling]:
        """How each report tells a happening, in the order of its mentions."""
        readings: Iterable[Reading | None] = (self.get(report) for report in event.reports)
        told = {t.event.id: t for reading in readings if reading for t in tellings(reading)}
        return [told[mention] for mention in event.mentions if mention in told]
