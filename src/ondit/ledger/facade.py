"""`Ledger`: everything that can be done with a ledger, for the command line, the web and scripts."""

import getpass
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ondit import pipeline
from ondit.decide import decide
from ondit.intake import Options, Source
from ondit.ledger import adding, bundling, deciding, exporting, previewing, rereading, settling, taking_back, verifying
from ondit.ledger.adding import Added
from ondit.ledger.bundling import Bundle
from ondit.ledger.deciding import Undecidable
from ondit.ledger.exporting import Exported
from ondit.ledger.outdated import sources_of, why_outdated
from ondit.ledger.rereading import Reread
from ondit.ledger.rows import Rows
from ondit.ledger.standing import as_it_stands
from ondit.ledger.taking_back import TakenBack
from ondit.model import (
    Copy,
    Decision,
    DecisionKind,
    Event,
    Problem,
    Reading,
    Reliability,
    Shown,
    Span,
    TrackRecord,
)
from ondit.model import (
    Source as KnownSource,
)
from ondit.pack_examples import Example, examples_of
from ondit.present.formats import Dossier
from ondit.present.formats.tables import CLAIM_COLUMNS, EVENT_COLUMNS, claim_row, event_row
from ondit.present.redact import Redaction
from ondit.settings import Settings
from ondit.stores import (
    Custody,
    EventFilters,
    EventRow,
    Failure,
    Filters,
    Found,
    Input,
    Kept,
    Store,
    StoreError,
    Tombstone,
    change,
    open_store,
)
from ondit.stores.copying import Copied, copy
from ondit.weigh import Known, track_records

LedgerError = StoreError
_DEFAULTS = Settings()
_NO_FILTERS = Filters()
_NO_OPTIONS = Options()
_EVERY_EVENT = EventFilters()


def _nobody(_stage: str, _done: int, _of: int) -> None:
    """Who wants to hear nothing."""


class Ledger:
    """A ledger: reports as they were received, what was read in them, and what analysts decided.

    `by` is who adds and decides (the login name when not given), `settings` how reports are read, `now` the clock. Everything raises
    `LedgerError` when the ledger cannot be read or written, `Undecidable` for a decision that cannot be made.

    >>> with Ledger.open(":memory:", by="ana") as ledger:
    ...     ledger.totals()["reports"]
    0
    """

    def __init__(
        self, store: Store, *, by: str = "", settings: Settings = _DEFAULTS, now: Callable[[], datetime] | None = None
    ) -> None:
        self.store = store
        self.settings = settings
        self.by = by or login()
        self._now = now or (lambda: datetime.now(UTC))

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True, by: str = "", settings: Settings = _DEFAULTS) -> Self:
        """The ledger at a path or at `postgresql://…`, made when there is none and `create`; `:memory:` is an empty one that is not kept."""
        return cls(open_store(where, create=create), by=by, settings=settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()

    # Taking in

    def add(self, *sources: str | Path | Source, options: Options = _NO_OPTIONS, jobs: int = 1) -> Iterator[Added]:
        """Take in files, folders, patterns and addresses; lazy, and what is told is kept. Adding again changes nothing.

        Reports are read by `jobs` processes; how many does not change what comes of it.
        """
        custody, runner = Custody(added_at=self._moment(), added_by=self.by), pipeline.reading_runner(jobs)
        return adding.add(self.store, sources, options=options, settings=self.settings, custody=custody, runner=runner)

    def reread(self, reports: Iterable[str] = (), *, keep: bool = False, jobs: int = 1) -> Iterator[Reread]:
        """Read reports (all when none is named) again with `jobs` processes, say what is read otherwise, and keep the new readings when asked."""
        chosen = list(reports) or self.store.report_ids()
        return rereading.reread(self.store, chosen, self.settings, keep=keep, runner=pipeline.reading_runner(jobs))

    def forget(self, report: str, *, why: str) -> Tombstone:
        """Take a report away because law or safety demands it: bytes, text, claims and decisions are gone, a tombstone stays."""
        if not why.strip():
            raise Undecidable("say why the report must go: --why")
        tombstone = change(self.store, partial(self._forget, report, why))
        self.store.wipe_log()
        return tombstone

    def _forget(self, report: str, why: str) -> Tombstone:
        kept = self.store.kept(report)
        if kept is None:
            raise Undecidable(f"there is no report {report}; 'ondit claims' shows the reports' ids")
        tombstone = Tombstone(report, kept.report.series, kept.report.sha256, self.by, why, self._moment())
        self.store.remove(tombstone)
        return tombstone

    # Looking

    def claims(self, filters: Filters = _NO_FILTERS, limit: int | None = None, offset: int = 0) -> Rows[Found]:
        """Claims that fit, as they are asked for: the newest report first, in text order within one; the first `offset` left out. `to_pandas()` and the like make a frame."""
        return Rows(self.store.claims(filters, limit, offset), CLAIM_COLUMNS, self._claim_row)

    def claim(self, id_: str) -> Found | None:
        """One claim as it stands, rejected or not."""
        report = self.store.report_of(id_)
        kept, shown = (self.store.kept(report), self.store.shown(report)) if report else (None, None)
        one = next((c for c in shown.claims if c.claim.id == id_), None) if shown else None
        if kept is None or shown is None or one is None:
            return None
        return Found(kept.report, one, next((e.event for e in shown.events if e.event.id == one.claim.event), None))

    def _claim_row(self, found: Found) -> Mapping[str, Any]:
        return claim_row(found.report, found.claim, found.event, self.store.event_of(found.claim.id))

    def count(self, filters: Filters = _NO_FILTERS) -> int:
        """How many claims fit."""
        return self.store.count(filters)

    def report_ids(self) -> Sequence[str]:
        """Every report, in the order in which they were added."""
        return self.store.report_ids()

    def versions(self, series: str) -> Sequence[str]:
        """The reports of a series, the newest version last."""
        return self.store.versions(series)

    def report(self, id_: str) -> Kept | None:
        """A report with how it came in."""
        return self.store.kept(id_)

    def raw(self, id_: str) -> bytes | None:
        """The bytes of a report as they were received."""
        kept = self.store.kept(id_)
        return self.store.raw(kept.report.sha256) if kept else None

    def shown(self, report: str) -> Shown | None:
        """The claims and happenings of a report as they stand after decisions, rejected ones too."""
        return self.store.shown(report)

    def reading(self, report: str) -> Reading | None:
        """A report with its claims as they stand, without rejected ones: what `present` and exports take."""
        return as_it_stands(self.store, report)

    def readings(self) -> Iterator[Reading]:
        """Every report as it stands, in the order of adding."""
        for id_ in self.store.report_ids():
            reading = self.reading(id_)
            if reading is not None:
                yield reading

    def find(self, prefix: str) -> Sequence[str]:
        """Ids of reports, claims, happenings and decisions that begin like this."""
        return self.store.find(prefix)

    def decisions(self, report: str | None = None) -> Sequence[Decision]:
        """All decisions, or those about a report, in the order in which they were made."""
        return self.store.decisions(report)

    def unfit(self) -> dict[str, list[str]]:
        """Decisions that do not fit what is read now, with the reasons."""
        found: dict[str, list[str]] = {}
        reports = dict.fromkeys(f.report_id for d in self.decisions() for f in d.footings)
        for id_ in reports:
            reading = self.store.reading(id_)
            if reading is not None:
                for unfit in decide(reading, self.store.decisions(id_)).unfit:
                    found.setdefault(unfit.decision, []).append(unfit.reason)
        return found

    def totals(self) -> Mapping[str, int]:
        """How much there is of everything."""
        return self.store.totals()

    def failures(self) -> Sequence[Failure]:
        """What gave nothing or could not be read, and why."""
        return self.store.failures()

    def failed_sources(self) -> list[str]:
        """The files and addresses in which something failed, each once: what to take in again."""
        return adding.sources_of(f.problem.where for f in self.failures() if not f.report_id)

    def inputs(self) -> Sequence[Input]:
        """The files and addresses that were taken in whole."""
        return self.store.inputs()

    def tombstones(self) -> Sequence[Tombstone]:
        """What was taken away."""
        return self.store.tombstones()

    # What the reports say together

    def settle(self, told: settling.Told = _nobody) -> int:
        """Gather and weigh what is new, and keep the happenings; gives how many changed. `told` hears the stage, how many are done, and of how many.

        The same ledger settled again changes nothing. Only what has come since, and what shares something with it, is looked at.
        """
        return settling.settle(self.store, self.settings, at=self._moment(), told=told)

    @property
    def is_settled(self) -> bool:
        """Was the ledger settled at all?"""
        return self.store.settlement() is not None

    @property
    def settled_at(self) -> tuple[int, str]:
        """What was settled last: the revision and when; (-1, "") when nothing was."""
        last = self.store.settlement()
        return (last.revision, last.at) if last else (-1, "")

    @property
    def revision(self) -> int:
        """A number that grows with every report, reading, decision or removal; it depends on the run."""
        return self.store.revision()

    @property
    def stale(self) -> bool:
        """Has anything changed since the ledger was settled that makes a difference to happenings?"""
        return bool(self.outdated())

    def outdated(self) -> list[str]:
        """Why the happenings are out of date, a phrase each: new reports, other decisions; nothing when they are not."""
        return why_outdated(self.store, self.settings)

    def events(self, filters: EventFilters = _EVERY_EVENT, limit: int | None = None, offset: int = 0) -> Rows[Event]:
        """Happenings across reports as they were settled last, the earliest first; raises `LedgerError` when nothing was ever settled.

        They come as they are asked for; `to_pandas()` and the like make a frame of them.
        """
        self._want_settled()
        dossier = exporting.looking(self)
        return Rows(self.store.events(filters, limit, offset), EVENT_COLUMNS, lambda event: event_row(dossier, event))

    def event_rows(
        self, filters: EventFilters = _EVERY_EVENT, limit: int | None = None, offset: int = 0
    ) -> Iterator[EventRow]:
        """The same happenings, only what a list, a map or a timeline needs of each."""
        self._want_settled()
        return self.store.event_rows(filters, limit, offset)

    def count_events(self, filters: EventFilters = _EVERY_EVENT) -> int:
        """How many happenings fit."""
        self._want_settled()
        return self.store.count_events(filters)

    def event(self, id_: str) -> Event | None:
        """A happening by its id or one that it had before."""
        return self.store.event(id_)

    def event_of(self, claim: str) -> str | None:
        """The happening that a claim was settled into."""
        return self.store.event_of(claim)

    def copies(self, report: str) -> Sequence[Copy]:
        """Of whom a report is a copy, and who copies it."""
        return self.store.copies(report)

    def preview(self, wishes: Sequence[previewing.Wish]) -> list[Event]:
        """The happenings that merges and splits would make of those concerned; nothing is decided."""
        return previewing.preview(self.store, self.settings, wishes)

    def sources(self) -> Mapping[str, KnownSource]:
        """The registry by id, with letters, camps and owners that were decided here."""
        return sources_of(self.store, self.settings)

    def track_records(self) -> Mapping[str, TrackRecord]:
        """How often the claims of each outlet and each registered source were confirmed or contradicted by independent origins, by its id (its name without an entry)."""
        return {record.source: record for record in track_records(self.events(), self.sources())}

    def _want_settled(self) -> None:
        if self.store.settlement() is None:
            raise LedgerError(
                "nothing was settled yet; 'ondit settle', or Ledger.settle(), gathers what the reports say together"
            )

    # Deciding

    def accept(self, *claims: str, why: str = "") -> Decision:
        """The claims are read right."""
        return self._decide(DecisionKind.ACCEPT, claims, why=why)

    def reject(self, *claims: str, why: str = "") -> Decision:
        """The claims are not in the text; they stay, and are not shown unless asked for."""
        return self._decide(DecisionKind.REJECT, claims, why=why)

    def edit(self, claim: str, field: str, value: Any, *, why: str = "") -> Decision:
        """Set a field of a claim; `ondit.decide.FIELDS` says which and how. A field of the happening is set for all claims about it."""
        return self._decide(DecisionKind.EDIT, (claim,), field=field, value=_json(value), why=why)

    def add_claim(
        self, report: str, content: Span, voices: Sequence[Span] = (), *, why: str = "", **fields: Any
    ) -> Decision:
        """Add a claim that the engine missed; its id is the decision's target."""
        value = {
            "content": [content.start, content.stop],
            "voices": [{"span": [v.start, v.stop]} for v in voices],
            **fields,
        }
        return self._decide(DecisionKind.ADD, (report,), value=_json(value), why=why)

    def merge(self, *claims: str, why: str = "") -> Decision:
        """The claims are about one happening."""
        return self._decide(DecisionKind.MERGE, claims, why=why)

    def split(self, *claims: str, why: str = "") -> Decision:
        """No two of the claims are about the same happening."""
        return self._decide(DecisionKind.SPLIT, claims, why=why)

    def comment(self, *claims: str, words: str) -> Decision:
        """Words about claims, for whoever looks at them next; they change nothing of the claims."""
        if not words.strip():
            raise Undecidable("a comment has words")
        return self._decide(DecisionKind.COMMENT, claims, why=words)

    def rate(self, source: str, letter: Reliability, *, since: str = "", why: str = "") -> Decision:
        """A source, by its id or a name that means one only, has this letter from a day on (YYYY-MM-DD, always when not given)."""
        value = _json({"letter": letter, **({"since": since} if since else {})})
        return self._decide(DecisionKind.RATE, (self._source(source),), field="reliability", value=value, why=why)

    def affiliate(self, source: str, *, camps: Sequence[str] = (), owner: str = "", why: str = "") -> Decision:
        """A source belongs to or speaks for these camps, or to this owner."""
        value = _json({**({"camps": list(camps)} if camps else {}), **({"owner": owner} if owner else {})})
        return self._decide(DecisionKind.AFFILIATE, (self._source(source),), field="affiliation", value=value, why=why)

    def _source(self, name: str) -> str:
        """The id of a source that is named by its id or by a name that means one only; else the name itself becomes an id."""
        sources = self.sources()
        found = None if name in sources else Known.of(sources).named(name)
        return found.id if found else name

    def undo(self, *decisions: str, why: str = "") -> Decision:
        """Take decisions back; an undo can be undone."""
        return self._decide(DecisionKind.UNDO, decisions, why=why)

    def _decide(
        self, kind: DecisionKind, targets: Sequence[str], *, field: str = "", value: str = "", why: str = ""
    ) -> Decision:
        wanted = Decision("", kind, tuple(targets), field=field, value=value, by=self.by, why=why, at=self._moment())
        return deciding.make(self.store, wanted)

    def examples(self) -> Iterator[Example]:
        """What corrections teach, as examples in the form of the language packs."""
        reasons = {d.id: d.why for d in self.decisions()}
        for id_ in dict.fromkeys(f.report_id for d in self.decisions() for f in d.footings):
            kept, shown = self.store.kept(id_), self.store.shown(id_)
            if kept is not None and shown is not None:
                yield from examples_of(kept.report, shown, reasons)

    # Keeping

    def verify(self) -> Iterator[str | Problem]:
        """Check every hash, id and span; gives the problems of each report and then its id."""
        return verifying.verify(self.store)

    def backup(self, target: str | Path) -> Path:
        """A consistent copy, also while the ledger is in use."""
        self.store.backup(Path(target))
        return Path(target)

    def copy_to(self, target: str | Path) -> Iterator[Copied]:
        """Copy everything into another ledger, of whatever kind, which is made when there is none; tells each step when it is done.

        A copy that was interrupted goes on, an older one is brought up to date; raises `LedgerError` when the target holds anything else.
        """
        store = open_store(target, create=True)
        try:
            yield from copy(self.store, store)
        finally:
            store.close()

    def export_bundle(self, folder: str | Path, *, purpose: str = "") -> Bundle:
        """A chain-of-custody bundle (BagIt) in a folder that is not there yet."""
        return bundling.export_bundle(self, Path(folder), moment=self._moment(), purpose=purpose)

    # In the formats of others

    def dossier(self, filters: EventFilters = _EVERY_EVENT) -> Dossier:
        """The happenings that fit with all that stands behind them: what every export format takes."""
        return exporting.dossier_of(self, filters)

    def export(
        self,
        name: str,
        path: str | Path,
        filters: EventFilters = _EVERY_EVENT,
        *,
        redaction: Redaction | None = None,
        force: bool = False,
    ) -> Exported:
        """Write the happenings that fit in a format (`ondit export --list`) to a file, and `FILE.about.json` beside it.

        Raises `LedgerError` when nothing was settled, or when a file is there already and not `force`; `UnknownFormat`, `MissingLibrary`.
        """
        return exporting.export(self, name, Path(path), filters, redaction=redaction, force=force)

    def take_back(self, path: str | Path) -> TakenBack:
        """Add the reports, originals and decisions of a ledger that was exported as `jsonl`; what is there already stays."""
        return taking_back.take_back(self.store, Path(path))

    def _moment(self) -> str:
        return self._now().astimezone(UTC).isoformat(timespec="seconds")


def login() -> str:
    """The login name of whoever runs this."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
