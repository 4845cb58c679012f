"""Reports that come in all the time: `python -m evaluation live --rate 50 --minutes 10`.

A writer puts generated posts into a folder, `ondit watch` keeps a ledger up to date with it, and it is measured how long each post takes from its
arrival to the happening that it tells of, how far the watcher is behind, and how much memory it takes. Figures are synthetic.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from evaluation.generated.happenings import Parameters
from evaluation.generated.keeping import as_record
from evaluation.generated.newsroom import Newsroom
from ondit.ledger import Ledger

_LOOK = 2  # seconds between two looks of the watcher
_TICK = 1.0  # seconds: a file of posts is written so often, and it is looked how things stand


@dataclass
class _Arrivals:
    """When each post came, by the generator's id."""

    at: dict[str, float] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)

    def write(self, folder: Path, rate: int, seed: int) -> None:
        """`rate` posts a second into the folder, a file each second, until told to stop; a file appears when it is whole."""
        posts = Newsroom(Parameters(seed=seed, short=True)).reports()
        start, number = time.monotonic(), 0
        while not self.stop.wait(max(0.0, start + number * _TICK - time.monotonic())):
            some = list(islice(posts, rate))
            unfinished = folder / f"{number:06}.unfinished"
            unfinished.write_text("".join(f"{json.dumps(as_record(w))}\n" for w in some), encoding="utf-8")
            now = time.monotonic()
            self.at.update(dict.fromkeys((w.id for w in some), now))
            unfinished.replace(folder / f"{number:06}.jsonl")
            number += 1


@dataclass(frozen=True, slots=True)
class _Settlement:
    """A settlement that was seen: when, and up to which change of the ledger it holds."""

    at: float
    revision: int


def run(*, rate: int, minutes: float, settle_every: int, jobs: int, seed: int = 0) -> None:
    """Measure and print how it went, minute by minute and in all."""
    print(
        f"synthetic: {rate} posts a second for {minutes:g} minutes, settled every {settle_every} s, {jobs} jobs, seed {seed}\n"
    )
    with tempfile.TemporaryDirectory() as name:
        folder, path = Path(name, "posts"), Path(name, "live.ledger")
        folder.mkdir()
        Ledger.open(path, by="live").close()
        command = [sys.executable, "-m", "ondit", "watch", str(folder), "--ledger", str(path), "--every", str(_LOOK)]
        log = Path(name, "log")
        with log.open("w", encoding="utf-8") as told:
            watcher = subprocess.Popen(
                [*command, "--settle-every", str(settle_every), "--jobs", str(jobs)], stdout=told, stderr=told
            )
        arrivals, start = _Arrivals(), time.monotonic()
        writer = threading.Thread(target=arrivals.write, args=(folder, rate, seed))
        writer.start()
        try:
            seen = list(_watched(watcher, path, arrivals, minutes, settle_every))
            busy = _processor_seconds(watcher.pid)
        finally:
            arrivals.stop.set()
            writer.join()
            watcher.terminate()
            watcher.wait()
        if not seen:
            sys.stderr.write(log.read_text(encoding="utf-8"))
        _tell(path, arrivals, seen, minutes)
        print(
            f"processor time of the watcher and its workers: {busy:.0f} s in {time.monotonic() - start:.0f} s by the clock"
        )
        print("\n".join(line for line in log.read_text(encoding="utf-8").splitlines() if "settled" in line))


def _watched(
    watcher: "subprocess.Popen[bytes]", path: Path, arrivals: _Arrivals, minutes: float, settle_every: int
) -> Iterator[_Settlement]:
    """The settlements, while a line a minute is printed; goes on after the last post until a settlement holds it."""
    start, last, minute = time.monotonic(), -1, 0
    print(
        f"{'minute':>6} {'arrived':>9} {'added':>9} {'behind':>7} {'settled':>8} {'watcher MB':>11} {'workers MB':>11}"
    )
    with Ledger.open(path, create=False) as ledger:
        while watcher.poll() is None and time.monotonic() - start < 60 * minutes + 3 * settle_every + 60:
            time.sleep(_TICK)
            now = time.monotonic()
            if now - start > 60 * minutes:
                arrivals.stop.set()
            revision, _ = ledger.settled_at
            if revision != last:
                last = revision
                yield _Settlement(now, revision)
            arrived, added = len(arrivals.at), ledger.totals()["reports"]
            if now - start >= 60 * (minute + 1):
                minute += 1
                own, workers = _memory(watcher.pid)
                print(
                    f"{minute:>6} {arrived:>9,} {added:>9,} {arrived - added:>7,} {last:>8,} {own:>11.0f} {workers:>11.0f}",
                    flush=True,
                )
            if arrivals.stop.is_set() and added >= arrived and last >= ledger.revision - 1:
                return


def _memory(pid: int) -> tuple[float, float]:
    """Megabytes of a process, and of the processes that it started, each shared page counted in parts (`Pss`, proc(5))."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return _proportional(str(pid)), sum(map(_proportional, children))


def _processor_seconds(pid: int) -> float:
    """Of a process and of those that it started and that have ended (proc(5), fields 14 to 17 of `stat`)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _proportional(pid: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # it has ended since it was listed
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def _tell(path: Path, arrivals: _Arrivals, seen: list[_Settlement], minutes: float) -> None:
    with Ledger.open(path, create=False) as ledger:
        changes = ledger.store.changes()
        in_events = {report for event in ledger.events() for report in event.reports} if seen else set()
        native = {}
        for id_ in in_events:
            kept = ledger.report(id_)
            if kept is not None:
                native[id_] = kept.report.native_id
    latencies = sorted(
        next(s.at for s in seen if s.revision >= changes[id_]) - arrivals.at[name] for id_, name in native.items()
    )
    arrived = len(arrivals.at)
    print(
        f"\narrived {arrived:,} ({arrived / 60 / minutes:.1f} a second), in a happening {len(latencies):,}, settlements {len(seen)}"
    )
    if latencies:
        p95 = latencies[int(0.95 * (len(latencies) - 1))]
        print(
            f"from arrival to happening: median {statistics.median(latencies):.0f} s, p95 {p95:.0f} s, most {latencies[-1]:.0f} s"
        )
