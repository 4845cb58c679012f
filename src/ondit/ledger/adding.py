"""Takes sources in: every report is read and kept in one change of its own, so that a run may end at any moment and go on later."""

import hashlib
import os
import re
import traceback
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from ondit import pipeline
from ondit.decide import decide
from ondit.intake import Options, Received, Source, take_in_all
from ondit.model import Problem, Reading, Report, Severity
from ondit.settings import Settings
from ondit.stores import Custody, Entry, Failure, Input, Store
from ondit.version import __version__

ENGINE = f"ondit {__version__}"
STANDARD_INPUT = "standard input"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_WITHIN = re.compile(r"(?::\d+| (?:item|entry|attachment|record) \d+.*)$")  # a place inside of a source


class Outcome(StrEnum):
    """What became of one item."""

    NEW = "new"
    VERSION = "new version"  # of a report that is kept already: both are
    KNOWN = "known"
    FORGOTTEN = "forgotten"  # it was taken away once and does not come back
    FAILED = "failed"  # nothing was taken in
    WARNING = "warning"  # about a source, not about one report
    TAKEN = "taken"  # a whole source


@dataclass(frozen=True, slots=True)
class Added:
    """One item of a source, told after it is kept; `size` is that of its bytes."""

    outcome: Outcome
    where: str
    report_id: str = ""
    claims: int = 0
    size: int = 0
    problems: tuple[Problem, ...] = ()


def add(
    store: Store, sources: Iterable[str | Path | Source], *, options: Options, settings: Settings, custody: Custody
) -> Iterator[Added]:
    """Take everything in; what is told was kept before. Never raises for what a source holds."""
    adding = _Adding(store, settings, custody)
    for item in take_in_all(sources, options):
        if isinstance(item, Received):
            yield adding.receive(item)
        elif isinstance(item, Problem):
            yield adding.fail(item)
        else:
            yield adding.settle(item.where, item.sha256, item.size)


def read_safely(report: Report, settings: Settings) -> Reading:
    """The reading; a report that the engine stumbles over gets a problem and costs no other report anything."""
    try:
        return pipeline.read_report(report, settings)
    except Exception as error:
        if os.environ.get("ONDIT_DEBUG"):
            raise
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        message = f"ondit itself failed on this report: {type(error).__name__} in {where}: {error}"
        remedy = "please report it with the text; 'ondit reread' reads it again when ondit is updated"
        return Reading(report, problems=(Problem("internal-error", message, remedy, report.id),))


def settings_mark(settings: Settings) -> str:
    """A short hash of how reports are read."""
    return hashlib.sha256(repr(settings).encode()).hexdigest()[:16]


def sources_of(places: Iterable[str]) -> list[str]:
    """The sources that places are in, each once: `posts.csv:12` is in `posts.csv`, `mail.eml attachment 2` in `mail.eml`.

    What came through a pipe cannot be had again and is left out.
    """
    return list(dict.fromkeys(_source_of(place) for place in places if not place.startswith(STANDARD_INPUT)))


def _source_of(place: str) -> str:
    if _ADDRESS.match(place):
        return place.split(maxsplit=1)[0]
    shorter = place
    while shorter and not Path(shorter).exists():
        ends = [shorter.rfind(mark) for mark in " :/"]
        shorter = shorter[: max(ends)] if max(ends) > 0 else ""
    gone = not shorter or (Path(shorter).is_dir() and shorter != place)
    return _WITHIN.sub("", place) if gone else shorter


class _Adding:
    """One run of adding."""

    def __init__(self, store: Store, settings: Settings, custody: Custody) -> None:
        self._store, self._settings, self._custody = store, settings, custody
        buried = store.tombstones()
        self._buried = {t.report_id for t in buried} | {t.sha256 for t in buried}
        self._buried_series = {t.series for t in buried}
        self._failed_before = sorted({f.problem.where for f in store.failures() if not f.report_id})
        self._failed_now: set[str] = set()

    def receive(self, item: Received) -> Added:
        """One report."""
        report = item.report
        size = len(item.raw)
        if self._store.has(report.id):
            return Added(Outcome.KNOWN, item.where, report.id, size=size)
        if self._is_buried(report):
            return Added(Outcome.FORGOTTEN, item.where, report.id, size=size)
        reading = read_safely(report, self._settings)
        reading = replace(reading, problems=(*item.problems, *reading.problems))
        custody = replace(self._custody, came_from=item.where, retrieved=report.retrieved)
        entry = Entry(reading, item.raw, ENGINE, item.edited, custody)
        with self._store.writing():
            new = self._store.add(entry, decide(reading, ()).shown)
        if not new:  # another process was quicker
            return Added(Outcome.KNOWN, item.where, report.id, size=size)
        outcome = Outcome.VERSION if len(self._store.versions(report.series)) > 1 else Outcome.NEW
        return Added(outcome, item.where, report.id, len(reading.claims), size, reading.problems)

    def _is_buried(self, report: Report) -> bool:
        """It was taken away once, or is another version of a post of which nothing was left."""
        return (
            report.id in self._buried
            or report.sha256 in self._buried
            or (report.series in self._buried_series and not self._store.versions(report.series))
        )

    def fail(self, problem: Problem) -> Added:
        """Something that is no report."""
        if problem.severity is not Severity.ERROR:
            return Added(Outcome.WARNING, problem.where, problems=(problem,))
        self._failed_now.add(problem.where)
        with self._store.writing():
            self._store.fail([Failure(problem, seen_at=self._custody.added_at)])
        return Added(Outcome.FAILED, problem.where, problems=(problem,))

    def settle(self, where: str, sha256: str, size: int) -> Added:
        """A source is at its end: what had failed in it before and did not now is settled."""
        settled = [w for w in self._failed_within(where) if w not in self._failed_now]
        if settled or sha256:
            taken = Input(where, sha256, size, settings_mark(self._settings), self._custody.added_at)
            with self._store.writing():
                for name in settled:
                    self._store.forget_failures(name)
                if sha256 and where not in self._failed_now:
                    self._store.note_input(taken)
        return Added(Outcome.TAKEN, where, size=size)

    def _failed_within(self, where: str) -> Sequence[str]:
        """Places inside a source begin with its name and go on with a mark: `posts.csv:12`, `result.json item 3`."""
        at = bisect_left(self._failed_before, where)
        found = []
        while at < len(self._failed_before) and self._failed_before[at].startswith(where):
            rest = self._failed_before[at][len(where) :]
            if not rest or not rest[0].isalnum():
                found.append(self._failed_before[at])
            at += 1
        return found
