"""Speed of the desk: every page over a ledger, and reviewers who work on it at once, through HTTP as browsers do."""

import gzip
import re
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from ondit.ledger import Ledger
from ondit.web import Access, Desk, Ledgers, make_app
from ondit.web.safety.users import Role, Users

_ROUNDS = 3
_LOOKS = 1.5  # seconds that a reviewer looks at a claim: quicker than any does
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
_SEEN = re.compile(r'name="seen" value="([^"]*)"')
_PAGES = (
    "/events", "/events?contested=1", "/events?text=police&type=air_strike", "/events/points", "/events/{event}", "/claims", "/claims?page=40",
    "/claims?text=clashes&place=Mosul", "/reports", "/reports/{report}", "/claims/{claim}", "/review", "/review/next", "/sources", "/history",
)  # fmt: skip


@dataclass(slots=True)
class Visitor:
    """A browser: one connection, its cookies, and how long each answer took."""

    port: int
    cookie: str
    taken: list[float] = field(default_factory=list)

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, bytes]:
        """Status, where it leads and what it holds; a new connection each time, as behind a proxy."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": self.cookie, "Host": f"127.0.0.1:{self.port}"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        connection.request(
            "GET" if form is None else "POST", path, urlencode(form) if form is not None else None, headers
        )
        answer = connection.getresponse()
        body = answer.read()
        self.taken.append(time.perf_counter() - start)
        connection.close()
        return answer.status, answer.getheader("location", ""), body


def measure(path: Path, reviewers: int, decisions: int) -> None:
    """Print both tables; `path` is a settled ledger, which is written to."""
    names = [f"reviewer {n}" for n in range(reviewers)]
    with Ledger.open(path, create=False) as ledger:
        totals, before = ledger.totals(), len(ledger.decisions())
    print(f"{totals['claims']} claims, {totals['events']} events, {totals['reports']} reports")
    with served(path, names) as (desk, port):
        visitors = [Visitor(port, f"ondit={desk.sessions.cookie(desk.sessions.begin(name))}") for name in names]
        start = time.perf_counter()
        with Ledger.open(path, create=False) as ledger:
            while desk.queue.behind or desk.records(ledger) is None:
                time.sleep(0.2)
        print(f"queue and track records were worked out after {time.perf_counter() - start:.0f} s")
        _pages(path, visitors[0])
        # In a process of their own, as browsers are: threads beside the server would take its time.
        with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
            made = elsewhere.submit(_review, visitors, decisions).result()
    with Ledger.open(path, create=False) as ledger:
        kept = len(ledger.decisions()) - before
    print(f"{made} decisions were told as made, {kept} are in the ledger")
    if made != kept:
        raise SystemExit(1)


@contextmanager
def served(path: Path, names: list[str]) -> Iterator[tuple[Desk, int]]:
    """The desk over a ledger, in a thread of its own, with these reviewers."""
    users = Users(dict.fromkeys(names, Role.REVIEWER), {})
    desk = Desk(Ledgers.of_file(path, lambda: Ledger.open(path, create=False)), Access(users=users), path.name)
    server = uvicorn.Server(uvicorn.Config(make_app(desk), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield desk, server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def _pages(path: Path, visitor: Visitor) -> None:
    with Ledger.open(path, create=False) as ledger:
        event = max(ledger.event_rows(), key=lambda row: row.reports).id
        claim, report = next(ledger.claims()).claim.id, ledger.report_ids()[-1]
    print("| page | first, ms | then, ms | kB gzipped |\n|---|---|---|---|")
    for page in _PAGES:
        address = page.format(event=event, claim=claim, report=report)
        visitor.taken.clear()
        for _ in range(_ROUNDS):
            _, _, body = visitor.ask(address)
        first, *rest = visitor.taken
        print(
            f"| {page} | {1000 * first:.0f} | {1000 * statistics.median(rest):.0f} | {len(gzip.compress(body, 5)) / 1000:.1f} |"
        )


def _review(visitors: list[Visitor], decisions: int) -> int:
    """Every reviewer goes through the queue: opens a claim, asks for its state, decides. Gives how many decisions were told as made."""
    opened: list[float] = []
    decided: list[float] = []
    made = [0] * len(visitors)

    def work(number: int) -> None:
        visitor = visitors[number]
        where = "/review/next?order=doubt"
        time.sleep(_LOOKS * number / len(visitors))  # people do not start all at once
        for turn in range(decisions):
            _, claim, _ = visitor.ask(where)
            _, _, body = visitor.ask(claim)
            opened.append(visitor.taken[-1])
            page = body.decode()
            token, seen = _TOKEN.search(page), _SEEN.search(page)
            assert token is not None
            assert seen is not None
            path = claim.partition("?")[0]
            visitor.ask(f"{path}/state")
            form = {
                "csrf": token[1],
                "seen": seen[1],
                "do": ("accept", "reject", "accept")[turn % 3],
                "queue": "order=doubt",
            }
            status, _, _ = visitor.ask(f"{path}/decide", form)
            decided.append(visitor.taken[-1])
            made[number] += status == 303
            where = f"/review/next?order=doubt&after={path.rpartition('/')[2]}"
            time.sleep(_LOOKS)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(visitors))]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{len(visitors)} reviewers, {len(decided)} decisions in {time.perf_counter() - start:.0f} s")
    for what, taken in (("open a claim", opened), ("decide", decided)):
        ordered = sorted(taken)
        print(
            f"{what}: median {1000 * statistics.median(ordered):.0f} ms, p95 {1000 * ordered[int(0.95 * (len(ordered) - 1))]:.0f} ms"
        )
    return sum(made)
