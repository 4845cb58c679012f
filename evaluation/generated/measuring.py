"""Quality and speed on generated reports: `python -m evaluation synthetic --reports N`. Every figure of it is synthetic.

Two columns of quality: as ondit reads the reports itself, kept and settled in a ledger as a user's; and as a reader without a fault would, so that
gathering and weighing alone are measured. A run over a folder of one's own goes on where it was broken off.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from evaluation.generated.happenings import Parameters
from evaluation.generated.keeping import generate
from evaluation.generated.newsroom import Newsroom
from evaluation.generated.reading import as_read, registry
from evaluation.generated.scoring import Found, Gold, Measure, Weighed, score
from evaluation.tables import aligned
from ondit.gather.traits import tellings
from ondit.ledger import Ledger
from ondit.model import Reading, Telling
from ondit.pipeline import settle, weigh_each

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: seconds by the clock and of the processors, and of how many things and bytes (0: it has none)."""

    what: str
    seconds: float
    busy: float
    things: int
    size: int = 0


class _Stopwatch:
    """Time since it was made: by the clock, and what this process and those that it started took of the processors."""

    def __init__(self) -> None:
        self._start, self._busy = time.perf_counter(), _busy()
        self._seconds_out = self._busy_out = 0.0

    def step(self, what: str, things: int, size: int = 0) -> Step:
        """What was done since."""
        seconds, busy = time.perf_counter() - self._start, _busy() - self._busy
        return Step(what, seconds - self._seconds_out, busy - self._busy_out, things, size)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """What is done in here does not count."""
        start, busy = time.perf_counter(), _busy()
        yield
        self._seconds_out += time.perf_counter() - start
        self._busy_out += _busy() - busy


def _busy() -> float:
    return sum(os.times()[:4])


def run(reports: int, parameters: Parameters, *, jobs: int, out: Path | None, alone: bool) -> None:
    """Measure and print the tables."""
    said = ", ".join(f"{name} {value}" for name, value in asdict(parameters).items())
    print(f"synthetic: {reports:,} generated reports; {said}\n")
    steps: list[Step] = []
    with tempfile.TemporaryDirectory() if out is None else nullcontext(out) as folder:
        read = score(*_read_and_settled(reports, parameters, jobs, Path(folder), steps.append))
    faultless = score(*_alone(reports, parameters, steps.append)) if alone else []
    print(quality_table(read, faultless))
    print(f"\n{speed_table(steps)}")
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"\nmost memory of one process: {peak / 1024:,.0f} MB")


def _read_and_settled(
    reports: int, parameters: Parameters, jobs: int, folder: Path, tell: Callable[[Step], None]
) -> tuple[Gold, Found]:
    gold, size, watch = Gold(), 0, _Stopwatch()
    for written in generate(reports, parameters, folder):
        gold.add(written)
        size += len(written.text.encode())
    tell(watch.step("generate", reports, size))
    with Ledger.open(folder / "synthetic.ledger", by="synthetic") as ledger:
        watch = _Stopwatch()
        added = sum(bool(a.report_id) for a in _shown("add", ledger.add(folder / "reports", jobs=jobs), reports))
        tell(watch.step(f"add to a ledger, {jobs} jobs", added, size))
        watch = _Stopwatch()
        ledger.settle()
        tell(watch.step("settle the ledger, claims", ledger.totals()["claims"]))
        return gold, found_in(ledger, gold)


def found_in(ledger: Ledger, gold: Gold) -> Found:
    """What a settled ledger of generated reports holds."""
    found = Found()
    home: dict[str, str] = {}
    for event in ledger.events():
        found.events[event.id] = Weighed.of(event)
        home.update(dict.fromkeys(event.claims, event.id))
    names: dict[str, str] = {}
    for row in ledger.claims():
        names[row.report.id] = row.report.native_id
        content = row.claim.content
        if row.claim.id in home:
            found.claim(gold, row.report.native_id, content.start, content.stop, home[row.claim.id])
    for report in names:
        for copy in ledger.copies(report):
            if copy.report in names and copy.original in names:
                found.copy(names[copy.report], names[copy.original], copy.kind)
    return found


def _alone(reports: int, parameters: Parameters, tell: Callable[[Step], None]) -> tuple[Gold, Found]:
    """Gathered and weighed from the faultless reading; what making the readings takes is not counted."""
    gold, watch = Gold(), _Stopwatch()
    told: dict[str, Telling] = {}
    names: dict[str, str] = {}

    def readings() -> Iterator[Reading]:
        source = islice(Newsroom(parameters).reports(), reports)
        while True:
            with watch.paused():
                written = next(source, None)
                if written is None:
                    return
                gold.add(written)
                reading = as_read(written)
                names[reading.report.id] = written.id
                told.update((telling.event.id, telling) for telling in tellings(reading))
            yield reading

    settled = settle(readings())
    tell(watch.step("gather faultless readings, tellings", len(told)))
    watch, found = _Stopwatch(), Found()
    for event in weigh_each(settled.events(), lambda e: _told(e.mentions, told), registry()):
        found.events[event.id] = Weighed.of(event)
        for telling in _told(event.mentions, told):
            for claim in telling.claims:
                found.claim(gold, names[telling.report.id], claim.content.start, claim.content.stop, event.id)
    for copy in settled.copies:
        found.copy(names[copy.report], names[copy.original], copy.kind)
    tell(watch.step("weigh faultless readings, happenings", len(found.events)))
    return gold, found


def _told(mentions: Iterable[str], told: dict[str, Telling]) -> list[Telling]:
    return [told[mention] for mention in mentions]


def _shown(what: str, items: Iterable[_Item], number: int) -> Iterator[_Item]:
    """The items, and on a terminal how far it is."""
    for n, item in enumerate(items, 1):
        if sys.stderr.isatty() and n % 100 == 0:
            sys.stderr.write(f"\r\x1b[K{what}: {n:,} of {number:,}")
        yield item


def quality_table(read: Sequence[Measure], faultless: Sequence[Measure]) -> str:
    """Both columns of quality, in percent, with how many were judged."""
    rows = [["synthetic, %", "read by ondit", "of", "read without fault", "of"]]
    other = {name: (value, number) for name, value, number in faultless}
    for name, value, number in read:
        beside = _cells(*other[name]) if name in other else ["", ""]
        rows.append([name, *_cells(value, number), *beside])
    return aligned(rows, numbers=range(1, 5))


def _cells(value: float | None, number: int) -> list[str]:
    return ["-" if value is None else f"{value:.1f}", f"{number:,}"]


def speed_table(steps: Sequence[Step]) -> str:
    """Seconds by the clock and of the processors, and rates a second of one processor."""
    rows = [["synthetic, speed", "seconds", "of processors", "of", "a second", "MB/s"]]
    for step in steps:
        busy = max(step.busy, 1e-9)
        size = f"{step.size / 1e6 / busy:.3f}" if step.size else ""
        rows.append(
            [
                step.what,
                f"{step.seconds:.1f}",
                f"{step.busy:.1f}",
                f"{step.things:,}",
                f"{step.things / busy:,.0f}",
                size,
            ]
        )
    return aligned(rows, numbers=range(1, 6))
