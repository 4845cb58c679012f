"""A desk keeps its ledger settled: what was decided is worked out beside the pages, and pages say so meanwhile."""

import time
from collections.abc import Callable
from pathlib import Path

from ondit.ledger import Ledger
from ondit.web.jobs import Jobs
from ondit.web.settler import Settler
from tests.web.desks import client_on, desk_on, ledger_at, token_of


def wait_until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_stale(path: Path) -> bool:
    with Ledger.open(path, create=False) as ledger:
        return ledger.stale


def test_a_decision_is_settled_beside_the_pages(tmp_path: Path) -> None:
    path = ledger_at(tmp_path)
    with Ledger.open(path, create=False) as ledger:
        claim = next(c.claim.id for c in ledger.claims() if c.claim.chain and c.event)
    with client_on(desk_on(path, settles_after=0.0)) as client:
        page = client.get(f"/claims/{claim}?order=doubt").text
        assert 'id="stale"' not in page
        form = {"csrf": token_of(client, f"/claims/{claim}"), "do": "reject"}
        assert client.post(f"/claims/{claim}/decide", data=form).status_code == 303
        wait_until(lambda: not client.get("/settling").json()["stale"])
        assert not is_stale(path)
        assert "is being brought together" not in client.get("/events").text


def test_a_page_of_a_ledger_that_is_stale_says_so(tmp_path: Path) -> None:
    path = ledger_at(tmp_path)
    desk = desk_on(path, settles_after=60.0)
    with client_on(desk) as client:
        with Ledger.open(path, by="rex") as ledger:  # somebody else, on the command line
            ledger.reject(next(ledger.claims()).claim.id)
        assert "is being brought together" in client.get("/events").text
        assert client.get("/settling").json()["stale"]


class _Counting:
    """A ledger that counts how often it is settled."""

    revision, by, settled = 7, "", 0

    def settle(self, _told: object) -> int:
        self.settled += 1
        return 0


def test_many_decisions_are_settled_once() -> None:
    ledger = _Counting()
    settler = Settler(lambda: ledger, Jobs(), 0.05)  # type: ignore[arg-type, return-value]
    for revision in (5, 6, 7):
        settler.soon("ana", revision)
    wait_until(lambda: ledger.settled == 1 and settler.running() is None)
    settler.soon("ana", ledger.revision)
    time.sleep(0.2)
    assert ledger.settled == 1, "a state that was settled is left alone, whatever else makes it stale"
