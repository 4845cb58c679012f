"""All cores: reading in one process, in two, and on a Dask cluster of two workers; and what a bare loop reaches on the same machine."""

import logging
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from multiprocessing import get_context

from evaluation.benchmark.rows import Row
from evaluation.benchmark.texts import make_reports
from ondit.codec import decode, encode
from ondit.ledger.adding import left_unread
from ondit.model import Reading, Report, report_id
from ondit.pipeline import read_report
from ondit.runners import Here, Order, Runner, RunnerError
from ondit.runners.processes import Processes

_JOBS = 2
_LOOP = 3_000_000


def rows(*, size: int, rounds: int) -> Iterator[Row]:
    """Medians over so many rounds, in each of which every way has its turn."""
    reports = [
        Report(report_id(sha256=str(n)), text, language=language)
        for language in ("fr", "en")
        for n, text in enumerate(make_reports(language, size // 2))
    ]
    with ExitStack() as opened:
        ways: dict[str, Callable[[], object]] = {
            "here": partial(_read, Here(), reports),
            "processes": partial(_read, Processes(_JOBS, _nothing), reports),
        }
        if (cluster := _cluster(opened)) is not None:
            ways["dask"] = partial(_read, cluster, reports)
        pool = opened.enter_context(ProcessPoolExecutor(_JOBS, get_context("fork")))
        list(pool.map(_loop, [1] * _JOBS))  # started, and idle from here on
        ways["loop here"] = lambda: [_loop(_LOOP) for _ in range(_JOBS)]
        ways["loop twice"] = lambda: list(pool.map(_loop, [_LOOP] * _JOBS))
        read_report(reports[0])
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, work in ways.items():
                start = time.perf_counter()
                work()
                taken[name].append(time.perf_counter() - start)
    yield from _compared(taken, sum(len(r.text.encode()) for r in reports), rounds)


def _compared(taken: dict[str, list[float]], size: int, rounds: int) -> Iterator[Row]:
    def speedup(slow: str, quick: str) -> float:
        return statistics.median(a / b for a, b in zip(taken[slow], taken[quick], strict=True))

    def rate(name: str) -> float:
        return size / 1e6 / statistics.median(taken[name])

    bare = speedup("loop here", "loop twice")
    note = f"median of {rounds} paired rounds; a bare loop reaches {bare:.2f} ×"
    yield Row("reading, one process, by the clock", rate("here"), "MB/s")
    yield Row("reading, two processes", rate("processes"), "MB/s", speedup("here", "processes"), "one process", note)
    if "dask" in taken:
        yield Row("reading, Dask, two workers", rate("dask"), "MB/s", speedup("processes", "dask"), "two processes")


def _cluster(opened: ExitStack) -> Runner | None:
    """Two workers of a Dask cluster on this machine; None where Dask or its runner is not installed."""
    try:
        from distributed import LocalCluster

        from ondit.runners.dask import Cluster
    except (ImportError, RunnerError):
        return None
    local = opened.enter_context(
        LocalCluster(n_workers=_JOBS, threads_per_worker=1, dashboard_address=None, silence_logs=logging.ERROR)
    )
    return Cluster(local.scheduler_address, _nothing)


def _read(runner: Runner, reports: Sequence[Report]) -> int:
    order: Order[Report, Report, Reading] = Order(
        read_report, lambda r: r, left_unread, size=lambda r: len(r.text), pack=encode, unpack=decode
    )
    return sum(done.result is not None for done in runner.run(order, reports))


def _nothing() -> None:
    """What a worker does first."""


def _loop(times: int) -> int:
    total = 0
    for n in range(times):
        total += n & 7
    return total
