"""What a store keeps and answers, whatever it is made of: the one contract of memory, the embedded file and servers.

Everything that changes a store happens inside `with store.writing():`, which is all or nothing. A store keeps what it is given and
decides nothing: what a claim looks like after decisions is worked out above it and handed in as `Shown`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from ondit.model import (
    Claim,
    Copy,
    Decision,
    Event,
    EventMention,
    Opinion,
    Problem,
    Reading,
    Report,
    Shown,
    ShownClaim,
    Stance,
    Standing,
)


class StoreError(Exception):
    """A store cannot be opened, read or written; the message says why and what to do."""


class LostConnection(StoreError):
    """A store that is reached over a connection lost it in the middle of a change, and nothing of the change was kept: it can be done again."""


@dataclass(frozen=True, slots=True)
class Custody:
    """How bytes came in: all of it depends on the run. Times are UTC, ISO 8601; `came_from` is the path or address as it was named."""

    added_at: str = ""
    added_by: str = ""
    came_from: str = ""
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One report to keep: the bytes it was made from, what was read, by which engine, and how it came in.

    `edited` is when its source says that it was edited (ISO 8601, "" = never): of a series, the version edited last is the newest, and
    the one added last where that is the same.
    """

    reading: Reading
    raw: bytes
    engine: str
    edited: str = ""
    custody: Custody = field(default_factory=Custody)


@dataclass(frozen=True, slots=True)
class Kept:
    """One report as it is kept; `newest` is False when a later version of the same series is there, `edited` is as in `Entry`."""

    report: Report
    engine: str
    custody: Custody
    newest: bool = True
    edited: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One claim that a search found, with all that is needed to show it."""

    report: Report
    shown: ShownClaim
    event: EventMention | None

    @property
    def claim(self) -> Claim:
        """The claim as it stands."""
        return self.shown.claim


@dataclass(frozen=True, slots=True)
class Filters:
    """Which claims: each field that is set narrows the choice.

    `source` are words of the publisher's name or the id of a registered source, `voice` words of a voice in the chain, `place` words of a place, of
    a division it lies in, or an ISO country code; `near` is (lat, lon, km), `box` (south, west, north, east) in WGS84 degrees (a
    west greater than east crosses the date line); both look at the most specific place that was resolved. `since` and `until` are
    days, inclusive: the happening may have been between them. `text` are words of the claim, phrases in double quotes. Without `standing` rejected claims are left
    out, without `versions` those of reports that a newer version replaces.
    """

    source: str = ""
    voice: str = ""
    stance: Stance | None = None
    type: str = ""
    place: str = ""
    near: tuple[float, float, float] | None = None
    box: tuple[float, float, float, float] | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""
    report: str = ""
    standing: Standing | None = None
    versions: bool = False


_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class EventFilters:
    """Which happenings across reports: those with a claim that fits `claims`, and each further field narrows the choice.

    `contested` wants a field on which reports contradict one another, `shared` several reports, `single` one independent origin only,
    `credibility` this number or a better one (1 confirmed … 6 cannot be judged).
    """

    claims: Filters = _NO_FILTERS
    contested: bool = False
    shared: bool = False
    single: bool = False
    credibility: int | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """What a list, a map or a timeline needs of a happening across reports.

    `place` is the name that is shown, with WGS84 degrees and `radius_km`; `earliest` and `latest` are days (None = open or unknown);
    `reports`, `claims` and `origins` are numbers; `low`, `best`, `high` are the killed by the most representative figure.
    """

    id: str
    type: str
    place: str
    country: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    earliest: date | None
    latest: date | None
    edtf: str
    reports: int
    claims: int
    origins: int
    credibility: int
    contested: bool
    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was settled last: the state of the store it was made from (`revision`), what it was made with (`mark`), and how much it gave.

    `at` is when (UTC, ISO 8601); all but `mark` depends on the run.
    """

    revision: int
    mark: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What of a ledger was settled again: happenings that may be otherwise or gone now, reports whose copies may be.

    `opinions` are second opinions on happenings that stay as they are otherwise.
    """

    events: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    opinions: Mapping[str, tuple[Opinion, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave nothing, or a report that could not be read (`report_id` is set then), and since when it is known."""

    problem: Problem
    report_id: str = ""
    seen_at: str = ""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a report that had to go: its hash, who took it away, why and when (`at` depends on the run)."""

    report_id: str
    series: str
    sha256: str
    by: str
    why: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """A file or address that was read to its end (what failed in it is a failure of its own): its name, the hash and size of its bytes, and the settings it was read with."""

    name: str
    sha256: str
    size: int
    settings: str = ""
    taken_at: str = ""


class Store(Protocol):
    """The contract; `tests/contracts/test_stores.py` is its suite. Every method may raise `StoreError`."""

    def writing(self) -> AbstractContextManager[None]:
        """One change: kept whole when the block ends, undone when it raises. Changes of several processes wait for each other.

        Raises `LostConnection` when nothing of it was kept for a reason that may be over by now.
        """

    def still(self) -> AbstractContextManager[None]:
        """What is read inside the block is the store as it was at one moment, whatever others write meanwhile; nothing is changed in it."""

    def add(self, entry: Entry, shown: Shown) -> bool:
        """Keep a report, its bytes and what was read; False, and nothing changes, when it is known already."""

    def add_all(self, entries: Sequence[tuple[Entry, Shown]]) -> int:
        """`add` for each of them in their order, quicker for many; tells how many were not known."""

    def replace(self, reading: Reading, engine: str, shown: Shown) -> None:
        """Put a new reading of a known report in the place of the old one."""

    def show(self, shown: Shown, *, same: bool = False) -> None:
        """What is shown of a report is now this; the reading stays. `same` says that the claims that stand are as before."""

    def remove(self, tombstone: Tombstone) -> None:
        """Take a report away with its bytes, claims, problems and decisions, and leave the tombstone."""

    def append(self, decision: Decision) -> None:
        """Add a decision to the end."""

    def fail(self, failures: Sequence[Failure]) -> None:
        """Remember what gave nothing; the same failure twice is one."""

    def forget_failures(self, where: str) -> None:
        """An input was taken in after all: what had been wrong with it is settled."""

    def note_input(self, taken: Input) -> None:
        """An input was taken in whole."""

    def inputs(self) -> Sequence[Input]:
        """The inputs that were taken in whole, by name."""

    def wipe_log(self) -> None:
        """Nothing that was removed may be left in what the store itself keeps: log, journal, free pages."""

    def has(self, report_id: str) -> bool:
        """Is the report kept?"""

    def report_ids(self) -> Sequence[str]:
        """Every report, in the order in which they were added."""

    def kept(self, report_id: str) -> Kept | None:
        """A report with its custody."""

    def versions(self, series: str) -> Sequence[str]:
        """The reports of a series, the newest version last."""

    def raw(self, sha256: str) -> bytes | None:
        """The bytes of this hash, as they were received."""

    def reading(self, report_id: str) -> Reading | None:
        """What the engine read, without any decision."""

    def shown(self, report_id: str) -> Shown | None:
        """What is shown of a report."""

    def claims(self, filters: Filters, limit: int | None = None, offset: int = 0) -> Iterator[Found]:
        """Claims, the newest report first, in text order within a report; the first `offset` are left out."""

    def count(self, filters: Filters) -> int:
        """How many claims `claims` would give."""

    def find(self, prefix: str) -> Sequence[str]:
        """Ids of reports, claims, happenings and decisions that begin like this; a few are enough."""

    def report_of(self, id_: str) -> str | None:
        """The report that a claim or a happening belongs to."""

    def decision(self, id_: str) -> Decision | None:
        """A decision by its id."""

    def decisions(self, report_id: str | None = None) -> Sequence[Decision]:
        """All decisions, or those that stand on a report, in the order in which they were made."""

    def revision(self) -> int:
        """A number that grows with every report, reading, decision or removal; it depends on the run."""

    def changes(self) -> Mapping[str, int]:
        """The newest version of each report, in the order of adding, with the revision at which what it shows last changed."""

    def told(self, since: int = -1) -> Mapping[str, int]:
        """The same with the revision at which the claims that stand last changed, which marks and comments do not; only those after `since`."""

    def settle(
        self, events: Iterable[Event], copies: Iterable[Copy], settlement: Settlement, part: Part | None = None
    ) -> int:
        """What reports say together is now this; tells how many happenings are new or otherwise than before.

        With `part` only that is replaced, and the rest stays. Without, notes of an earlier settling go.
        """

    def settlement(self) -> Settlement | None:
        """What was settled last."""

    def events(self, filters: EventFilters, limit: int | None = None, offset: int = 0) -> Iterator[Event]:
        """Happenings across reports, the earliest first, undated ones last."""

    def event_rows(self, filters: EventFilters, limit: int | None = None, offset: int = 0) -> Iterator[EventRow]:
        """The same happenings in the same order, only what a list needs of each."""

    def count_events(self, filters: EventFilters) -> int:
        """How many happenings `events` would give."""

    def event(self, id_: str) -> Event | None:
        """A happening by its id or by one that it had before."""

    def event_of(self, claim_id: str) -> str | None:
        """The happening that a claim was settled into."""

    def events_of(self, claims: Collection[str]) -> set[str]:
        """The happenings that claims were settled into."""

    def noted(self) -> Sequence[str]:
        """The kinds of notes that there are."""

    def recall(self, kind: str, names: Sequence[str] | None = None) -> Mapping[str, bytes]:
        """Notes of a kind that settling made for the next time, those of these names or all."""

    def note(self, kind: str, notes: Iterable[tuple[str, bytes | None]]) -> None:
        """Write notes in the place of those of the same names; None takes one away."""

    def forget_notes(self) -> None:
        """Take all notes away: then everything is settled anew."""

    def copies(self, report_id: str) -> Sequence[Copy]:
        """Of whom a report is a copy, and who copies it."""

    def failures(self) -> Sequence[Failure]:
        """What gave nothing, in the order of the inputs' names."""

    def tombstones(self) -> Sequence[Tombstone]:
        """What was taken away."""

    def totals(self) -> Mapping[str, int]:
        """How much there is: `reports`, `versions` (reports replaced by a newer one), `claims`, `happenings`, `decisions`, `failures`, `tombstones`, `events`, `bytes`."""

    def backup(self, target: Path) -> None:
        """A consistent copy, also while somebody writes."""

    def check(self) -> Iterator[Problem]:
        """What is damaged in how things are kept."""

    def close(self) -> None:
        """Let go of files and connections."""
