"""Pages of the desk under load: browsers that ask one page after the other over loopback, over a settled ledger of generated reports."""

import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from evaluation.benchmark.rows import Absent, Row
from evaluation.generated.happenings import Parameters
from evaluation.generated.newsroom import Newsroom
from evaluation.generated.reading import as_read
from ondit.decide import decide
from ondit.ledger import Ledger
from ondit.stores import Entry

_PAGES = (
    "/events",
    "/events?contested=1",
    "/events/{event}",
    "/claims",
    "/claims/{claim}",
    "/reports/{report}",
    "/review/next",
)
_PART = 500  # reports a commit


def rows(*, reports: int, browsers: int, seconds: float) -> Iterator[Row]:
    """Answers a second, and milliseconds of one: every browser asks for the next page when it has the last."""
    try:
        from evaluation.desk import served
    except ImportError as error:
        raise Absent(f"the desk is not installed ({error})") from error
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "a.ledger")
        addresses = _filled(path, reports)
        with served(path, ["reader"]) as (desk, port):
            cookie = f"ondit={desk.sessions.cookie(desk.sessions.begin('reader'))}"
            with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
                taken = elsewhere.submit(_browse, port, cookie, browsers, addresses, seconds).result()
    taken.sort()
    p95 = 1000 * taken[int(0.95 * (len(taken) - 1))]
    note = f"median {1000 * statistics.median(taken):.0f} ms, p95 {p95:.0f} ms; {browsers} browsers that never pause, {reports:,} reports"
    yield Row("pages of the desk", len(taken) / seconds, "pages/s", note=note)


def _filled(path: Path, reports: int) -> list[str]:
    """A settled ledger, and the addresses to ask for."""
    source = map(as_read, islice(Newsroom(Parameters()).reports(), reports))
    with Ledger.open(path, by="benchmark") as ledger:
        while some := list(islice(source, _PART)):
            with ledger.store.writing():
                for reading in some:
                    entry = Entry(reading, reading.report.text.encode(), "benchmark")
                    ledger.store.add(entry, decide(reading, ()).shown)
        ledger.settle()
        event = max(ledger.event_rows(), key=lambda row: row.reports).id
        claim, report = next(iter(ledger.claims())).claim.id, ledger.report_ids()[-1]
    return [page.format(event=event, claim=claim, report=report) for page in _PAGES]


def _browse(port: int, cookie: str, browsers: int, addresses: list[str], seconds: float) -> list[float]:
    """Seconds of every answer; raises `RuntimeError` when a page is no page."""
    from evaluation.desk import Visitor

    until = time.perf_counter() + seconds
    wrong: list[str] = []

    def ask(visitor: Visitor, first: int) -> None:
        turn = first
        while time.perf_counter() < until:
            status, _, _ = visitor.ask(addresses[turn % len(addresses)])
            if status not in (200, 303):
                wrong.append(f"{addresses[turn % len(addresses)]}: {status}")
            turn += 1

    people = [Visitor(port, cookie) for _ in range(browsers)]
    threads = [threading.Thread(target=ask, args=(visitor, n)) for n, visitor in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"{len(wrong)} answers were no pages, the first {wrong[0]}")
    return [seconds for visitor in people for seconds in visitor.taken]
