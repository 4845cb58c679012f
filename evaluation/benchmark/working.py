"""All cores: reading in one process, in two, and on a Dask cluster of two workers; and what a bare loop reaches on the same machine.

Each way has a process of its own, so that none finds the words of a text known because another read it before.
"""

import logging
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context

from evaluation.benchmark.rows import Row
from evaluation.benchmark.texts import make_reports
from ondit.codec import decode, encode
from ondit.ledger.adding import left_unread
from ondit.model import Reading, Report, report_id
from ondit.pipeline import read_report
from ondit.runners import Here, Order, Runner
from ondit.runners.processes import Processes

_JOBS = 2
_LOOP = 15_000_000


def rows(*, size: int, rounds: int) -> Iterator[Row]:
    """Medians over so many rounds, in each of which every way has its turn; `size` is in bytes of text."""
    ways = [way for way in _WAYS if way != "dask" or find_spec("distributed") is not None]
    taken: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way in ways:
            taken[way].append(_alone(way, size))
    yield from _compared(taken, size, rounds)


def _alone(way: str, size: int) -> float:
    """Seconds that a way takes in a process of its own."""
    command = [sys.executable, "-m", "evaluation.benchmark.working", way, str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def _compared(taken: dict[str, list[float]], size: int, rounds: int) -> Iterator[Row]:
    def speedup(slow: str, quick: str) -> float:
        return statistics.median(a / b for a, b in zip(taken[slow], taken[quick], strict=True))

    def rate(way: str) -> float:
        return size / 1e6 / statistics.median(taken[way])

    twice = speedup("here", "processes")
    note = (
        f"{100 * twice / _JOBS:.0f} % of twice as quick, median of {rounds} paired rounds; a bare loop reaches "
        f"{speedup('loop here', 'loop twice'):.2f} ×"
    )
    yield Row("reading, one process, by the clock", rate("here"), "MB/s")
    yield Row("reading, two processes", rate("processes"), "MB/s", twice, "one process", note)
    if "dask" in taken:
        yield Row("reading, Dask, two workers", rate("dask"), "MB/s", speedup("processes", "dask"), "two processes")


def _here(size: int) -> float:
    return _read(Here(), size)


def _processes(size: int) -> float:
    return _read(Processes(_JOBS, _nothing), size)


def _dask(size: int) -> float:
    """On a cluster of two workers that is there already."""
    from distributed import LocalCluster

    from ondit.runners.dask import Cluster

    with LocalCluster(
        n_workers=_JOBS, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
    ) as local:
        return _read(Cluster(local.scheduler_address, _nothing), size)


def _loop_here(_: int) -> float:
    start = time.perf_counter()
    for _ in range(_JOBS):
        _loop(_LOOP)
    return time.perf_counter() - start


def _loop_twice(_: int) -> float:
    with ProcessPoolExecutor(_JOBS, get_context("fork")) as pool:
        list(pool.map(_loop, [1] * _JOBS))  # started, and idle from here on
        start = time.perf_counter()
        list(pool.map(_loop, [_LOOP] * _JOBS))
        return time.perf_counter() - start


_WAYS: dict[str, Callable[[int], float]] = {
    "here": _here,
    "processes": _processes,
    "dask": _dask,
    "loop here": _loop_here,
    "loop twice": _loop_twice,
}


def _reports(size: int) -> list[Report]:
    return [
        Report(report_id(sha256=str(n)), text, language=language)
        for language in ("fr", "en")
        for n, text in enumerate(make_reports(language, size // 2))
    ]


def _read(runner: Runner, size: int) -> float:
    reports: Sequence[Report] = _reports(size)
    order: Order[Report, Report, Reading] = Order(
        read_report, lambda r: r, left_unread, size=lambda r: len(r.text), pack=encode, unpack=decode
    )
    start = time.perf_counter()
    done = sum(item.result is not None for item in runner.run(order, reports))
    taken = time.perf_counter() - start
    assert done == len(reports)
    return taken


def _nothing() -> None:
    """What a worker does first."""


def _loop(times: int) -> int:
    total = 0
    for n in range(times):
        total += n & 7
    return total


if __name__ == "__main__":
    print(_WAYS[sys.argv[1]](int(sys.argv[2])))
