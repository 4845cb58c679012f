"""The desk over a ledger on a server: the same pages, decisions, exports and settling; several reviewers, several desks."""

import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ondit.ledger import Ledger
from ondit.web import Access, Desk, Ledgers
from tests.postgres import PostgresServer
from tests.web.desks import client_on, ledger_at, token_of
from tests.web.test_settling import wait_until


@pytest.fixture
def address(postgres: PostgresServer, tmp_path: Path) -> str:
    address = postgres.address()
    with Ledger.open(ledger_at(tmp_path)) as ledger:
        list(ledger.copy_to(address))
    return address


def desk_over(address: str, name: str, settles_after: float | None = None) -> TestClient:
    ledgers = Ledgers.of_file(address, lambda: Ledger.open(address, create=False))
    return client_on(Desk(ledgers, Access(name), "shared", settles_after=settles_after))


def decide(client: TestClient, claim: str, **form: str) -> int:
    return client.post(
        f"/claims/{claim}/decide", data={"csrf": token_of(client, f"/claims/{claim}"), **form}
    ).status_code


def test_two_desks_over_one_server(address: str) -> None:
    with Ledger.open(address, create=False) as ledger:
        claims = [c.claim.id for c in ledger.claims() if c.claim.chain and c.event]
        event = max(ledger.events(), key=lambda e: len(e.reports)).id
        report = ledger.report_ids()[0]
    with desk_over(address, "ana", 0.0) as ana, desk_over(address, "rex") as rex:
        for page in ("/events", "/events/points", f"/events/{event}", f"/events/{event}/arrange", "/claims?text=killed", f"/reports/{report}",
                     "/review", "/review/next?order=event", "/sources", "/sources/Harbour%20Post", "/history", "/add", "/export"):  # fmt: skip
            assert ana.get(page).status_code in (200, 303), page
        assert decide(ana, claims[0], do="edit", field="killed", value="3-5", why="read again") == 303
        assert "read again" in rex.get(f"/claims/{claims[0]}").text
        assert decide(rex, claims[1], do="reject") == 303
        wait_until(lambda: not ana.get("/settling").json()["stale"])
        assert not rex.get("/settling").json()["stale"]
        export = rex.post("/export", data={"csrf": token_of(rex, "/export"), "format": "acled"})
        assert export.headers["content-type"] == "application/zip"


def test_many_reviewers_lose_nothing(address: str) -> None:
    with Ledger.open(address, create=False) as ledger:
        claims = [c.claim.id for c in ledger.claims()]
    with desk_over(address, "ana") as ana, desk_over(address, "rex") as rex:

        def work(client: TestClient, number: int) -> None:
            for claim in claims[:4]:
                assert decide(client, claim, do="comment", why=f"seen by {number}") == 303

        for client in (ana, rex):
            client.get("/events")  # the session begins
        threads = [threading.Thread(target=work, args=((ana, rex)[n % 2], n)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with Ledger.open(address, create=False) as ledger:
        assert len(ledger.decisions()) == 4 * 4
