"""Measures ondit: throughput in a process of its own, and fresh starts of the command."""

import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evaluation.benchmark.texts import one_report

_PUBLISHED = date(2024, 3, 16)
_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Speed:
    """How fast a tool went through the reports; `peak_mb` is 0 when it was not measured."""

    bytes_per_second: float
    reports_per_second: float
    peak_mb: float = 0.0


@dataclass(frozen=True)
class ColdStart:
    """Seconds of one command in fresh processes, and the most memory any of them took."""

    what: str
    least: float
    median: float
    most: float
    peak_mb: float


def speed_of(work: Callable[[str], object], reports: Sequence[str], *, peak_mb: float = 0.0) -> Speed:
    """The rate of `work` over the reports, in seconds of the processor: neighbours on the machine do not count."""
    start = time.process_time()
    for report in reports:
        work(report)
    seconds = time.process_time() - start
    return Speed(sum(len(r.encode()) for r in reports) / seconds, len(reports) / seconds, peak_mb)


def measure_reading(reports: Sequence[str], language: str) -> Speed:
    """Full readings one after the other, in a process of its own so that its peak memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_read_all, reports, language).result()


def _read_all(reports: Sequence[str], language: str) -> Speed:
    from ondit.pipeline import read

    def full_reading(text: str) -> object:
        return read(text, published=_PUBLISHED, lang=language)

    full_reading(reports[0])  # the packs are read once, whatever the number of reports
    speed = speed_of(full_reading, reports)
    return Speed(speed.bytes_per_second, speed.reports_per_second, _peak_mb())


def _peak_mb() -> float:
    """The most memory this process took. `ru_maxrss` would count what the parent held before it started us."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text(encoding="ascii").splitlines() if x.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / _MEGABYTE


def measure_cold_start(runs: int) -> Iterator[ColdStart]:
    """The command's help and the reading of one article, each in `runs` fresh processes."""
    ondit = str(Path(sys.executable).with_name("ondit"))
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder, "article.txt")
        article.write_text(one_report("fr"), encoding="utf-8")
        yield _cold("ondit --help", [ondit, "--help"], runs)
        read = [ondit, "read", str(article), "--published", _PUBLISHED.isoformat()]
        yield _cold("ondit read, one article of 4 kB", read, runs)


def _cold(what: str, command: Sequence[str], runs: int) -> ColdStart:
    seconds, peaks = [], []
    for _ in range(runs):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - start)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        peaks.append(usage.ru_maxrss / 1024)
    return ColdStart(what, min(seconds), statistics.median(seconds), max(seconds), max(peaks))
