"""What reviewers do reaches the ledger, stands in the history, and can be undone; two reviewers lose nothing of each other's."""

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from ondit.decide import doubts
from ondit.ledger import Filters, Ledger
from ondit.model import Standing
from ondit.web import Access, Desk
from ondit.web.review_queue import Order
from ondit.web.safety.users import Role, Users
from tests.web.desks import client_at, client_on, desk_on, ledger_at, token_of


def a_claim(path: Path) -> str:
    with Ledger.open(path, create=False) as ledger:
        return next(c.claim.id for c in ledger.claims() if c.claim.chain and c.event)


def decide(client: TestClient, claim: str, **form: Any) -> Any:
    return client.post(f"/claims/{claim}/decide", data={"csrf": token_of(client, f"/claims/{claim}"), **form})


@pytest.mark.parametrize(
    ("field", "value", "now"),
    [
        ("stance", "denies", '"denies"'),
        ("type", "protest", '"protest"'),
        ("type", "", "null"),
        ("content", "3-9", "[3, 9]"),
        ("when", "2024-03-01..2024-03-05", '"2024-03-01/2024-03-05"'),
        ("when", "", "null"),
        ("killed", "3-5", '"high": 5'),
        ("injured", "4-", '"low": 4'),
        ("place", "Tillia", '"Tillia"'),
        ("place", "geonames:2460596", '"Bamako"'),
        ("place", "", "null"),
    ],
)
def test_a_correction_is_in_the_ledger_and_in_the_history_and_undone(
    tmp_path: Path, field: str, value: str, now: str
) -> None:
    client = client_at(tmp_path)
    path = tmp_path / "test.ledger"
    claim = a_claim(path)
    answer = decide(client, claim, do="edit", field=field, value=value, why="read again")
    assert answer.status_code == 303, answer.text[:500]
    with Ledger.open(path) as ledger:
        (decision,) = ledger.decisions()
        assert (decision.field, decision.by, decision.why) == (field, "ana", "read again")
        assert now in decision.value
        assert decision.id in client.get("/history").text
    page = client.get(answer.headers["location"]).text
    assert "read again" in page
    assert (
        client.post(
            f"/decisions/{decision.id}/undo", data={"csrf": token_of(client), "back": f"/claims/{claim}"}
        ).headers["location"]
        == f"/claims/{claim}"
    )
    with Ledger.open(path) as ledger:
        found = ledger.claim(claim)
        assert found is not None
        assert found.shown.as_read is None


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"do": "dance"}, "dance"), ({"do": "edit", "field": "weather", "value": "x"}, "weather"), ({"do": "edit", "field": "stance", "value": "maybe"}, "maybe"),
        ({"do": "edit", "field": "killed", "value": "many"}, "many"), ({"do": "edit", "field": "content", "value": "9-900000"}, "900000"),
        ({"do": "edit", "field": "when", "value": "someday"}, "someday"), ({"do": "edit", "field": "place", "value": "Nowhereatall"}, "gazetteer"),
        ({"do": "edit", "field": "place", "lat": "91", "lon": "0"}, "90"), ({"do": "edit", "field": "place", "lat": "x", "lon": "0"}, "latitude"),
        ({"do": "edit", "field": "voices", "voice": ["x"]}, "span"), ({"do": "comment", "why": "  "}, "words"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_told_and_changes_nothing(tmp_path: Path, form: dict[str, Any], words: str) -> None:
    client = client_at(tmp_path)
    answer = decide(client, a_claim(tmp_path / "test.ledger"), **form)
    assert answer.status_code == 400
    assert words in answer.text
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        assert ledger.decisions() == []


def test_the_chain_is_set_in_its_order(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    claim = a_claim(tmp_path / "test.ledger")
    answer = decide(
        client, claim, do="edit", field="voices", voice=["10-14", "0-5", ""], kind=["media", "witness", "other"]
    )
    assert answer.status_code == 303
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        found = ledger.claim(claim)
        assert found is not None
        assert [(v.span.start, v.span.stop, v.kind.value) for v in found.claim.chain] == [
            (10, 14, "media"),
            (0, 5, "witness"),
        ]


def test_a_pin_is_moved(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    claim = a_claim(tmp_path / "test.ledger")
    assert (
        decide(client, claim, do="edit", field="place", lat="16.5", lon="4.25", radius="3", name="the well").status_code
        == 303
    )
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        found = ledger.claim(claim)
        assert found is not None
        assert found.event is not None
        place = found.event.places[0]
        assert (place.name, place.lat, place.lon, place.radius_km, place.precision.value) == (
            "the well",
            16.5,
            4.25,
            3.0,
            "near",
        )


def test_a_claim_is_added_from_selected_words(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        report = ledger.report_ids()[-1]
    token = token_of(client)
    answer = client.post(f"/reports/{report}/claims", data={"csrf": token, "content": "4-30"})
    assert answer.status_code == 303
    claim = answer.headers["location"].split("/")[2].split("?")[0]
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        found = ledger.claim(claim)
        assert found is not None
        assert found.shown.added
    for wrong in ("", "x", "9-3", "5-5", "1-99999"):
        assert client.post(f"/reports/{report}/claims", data={"csrf": token, "content": wrong}).status_code == 400


def test_comments_change_nothing_but_are_seen(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    claim = a_claim(tmp_path / "test.ledger")
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        before = ledger.claim(claim)
    assert decide(client, claim, do="comment", why="Compare with the other wire.").status_code == 303
    assert "Compare with the other wire." in client.get(f"/claims/{claim}").text
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        after = ledger.claim(claim)
        assert before is not None
        assert after is not None
        assert (before.claim, before.shown.standing) == (after.claim, after.shown.standing)


@pytest.mark.parametrize("order", list(Order))
def test_the_queue_leads_through_every_claim_once(tmp_path: Path, order: Order) -> None:
    client = client_at(tmp_path)
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        waiting = {found.claim.id for found in ledger.claims()}
    seen = []
    answer = client.get(f"/review/next?order={order}")
    while answer.headers["location"].startswith("/claims/"):
        claim = answer.headers["location"].split("/")[2].split("?")[0]
        seen.append(claim)
        answer = decide(client, claim, do="accept" if len(seen) % 2 else "reject", queue=f"order={order}")
    assert sorted(seen) == sorted(waiting)
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        assert ledger.count(Filters(standing=Standing.READ)) == 0


def test_the_least_certain_come_first(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        weights = {f.claim.id: sum(d.weight for d in doubts(f.claim, f.event)) for f in ledger.claims()}
    first = client.get("/review/next").headers["location"].split("/")[2].split("?")[0]
    assert weights[first] == max(weights.values())


def test_skipping_and_going_back(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    one = client.get("/review/next").headers["location"]
    claim = one.split("/")[2].split("?")[0]
    two = client.get(f"/review/next?after={claim}").headers["location"]
    assert two != one
    back = client.get(f"/review/next?after={two.split('/')[2].split('?')[0]}&way=back").headers["location"]
    assert back == one


def test_a_chosen_queue_keeps_to_what_was_chosen(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        denied = {f.claim.id for f in ledger.claims(filters=Filters(text="Mosul"))}
        event = max(ledger.events(), key=lambda e: len(e.claims))
    assert client.get("/review/next?text=Mosul").headers["location"].split("/")[2].split("?")[0] in denied
    assert client.get(f"/review/next?event={event.id}").headers["location"].split("/")[2].split("?")[0] in event.claims


def test_undoing_the_last_decision_of_a_browser(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    claim = a_claim(tmp_path / "test.ledger")
    decide(client, claim, do="reject")
    answer = client.post("/review/undo", data={"csrf": token_of(client), "queue": "order=doubt"})
    assert answer.headers["location"].startswith(f"/claims/{claim}")
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        found = ledger.claim(claim)
        assert found is not None
        assert found.shown.standing is Standing.READ
        assert [d.kind for d in ledger.decisions()] == ["reject", "undo"]


def two_reviewers(folder: Path) -> tuple[Desk, TestClient, TestClient]:
    users = Users({"rex": Role.REVIEWER, "mia": Role.REVIEWER}, {})
    desk = desk_on(ledger_at(folder), Access(users=users))
    clients = []
    for name in ("rex", "mia"):
        client = client_on(desk)
        client.cookies.set("ondit", desk.sessions.cookie(desk.sessions.begin(name)))
        clients.append(client)
    return desk, clients[0], clients[1]


def test_two_reviewers_see_each_other(tmp_path: Path) -> None:
    _, rex, mia = two_reviewers(tmp_path)
    claim = a_claim(tmp_path / "test.ledger")
    rex.get(f"/claims/{claim}")
    assert mia.get(f"/claims/{claim}/state").json()["others"] == ["rex"]
    assert "rex" in mia.get(f"/claims/{claim}").text
    decide(rex, claim, do="accept")
    state = mia.get(f"/claims/{claim}/state").json()
    assert (state["by"], bool(state["last"])) == ("rex", True)


def test_the_queue_leads_two_reviewers_to_different_claims(tmp_path: Path) -> None:
    _, rex, mia = two_reviewers(tmp_path)
    one = rex.get("/review/next").headers["location"]
    rex.get(one)
    assert mia.get("/review/next").headers["location"] != one


def test_a_decision_on_a_stale_page_is_told_and_not_made(tmp_path: Path) -> None:
    _, rex, mia = two_reviewers(tmp_path)
    claim = a_claim(tmp_path / "test.ledger")
    token = token_of(mia, f"/claims/{claim}")
    decide(rex, claim, do="reject", why="not said")
    answer = mia.post(f"/claims/{claim}/decide", data={"csrf": token, "seen": "", "do": "accept"})
    assert answer.status_code == 409
    assert "not said" in answer.text
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        (decision,) = ledger.decisions()
    again = mia.post(f"/claims/{claim}/decide", data={"csrf": token, "seen": decision.id, "do": "accept"})
    assert again.status_code == 303
    assert "1.00" not in mia.get("/review").text
    assert "Krippendorff" in mia.get("/review").text


def test_many_reviewers_at_once_lose_nothing(tmp_path: Path) -> None:
    desk, _, _ = two_reviewers(tmp_path)
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        claims = [f.claim.id for f in ledger.claims()]
    done: list[str] = []

    def work(number: int) -> None:
        client = client_on(desk)
        client.cookies.set("ondit", desk.sessions.cookie(desk.sessions.begin("rex" if number % 2 else "mia")))
        for turn in range(5):
            claim = claims[(number * 5 + turn) % len(claims)]
            answer = decide(client, claim, do="comment", why=f"reviewer {number}, turn {turn}")
            assert answer.status_code == 303
            done.append(f"reviewer {number}, turn {turn}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        assert sorted(d.why for d in ledger.decisions()) == sorted(done)
        assert len(done) == 40


def wait_for(client: TestClient, answer: Any) -> dict[str, Any]:
    job = answer.headers["location"].split("?")[0]
    until = time.monotonic() + 60
    while time.monotonic() < until:
        state = client.get(f"{job}/state").json()
        if state["state"] in ("done", "failed"):
            assert state["state"] == "done", client.get(job).text
            return dict(state)
        time.sleep(0.05)
    raise AssertionError("the job does not end")


def test_merging_is_previewed_decided_and_settled(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        one, two = [e for e in ledger.events() if e.reports != ()][:2]
    page = client.get(f"/events/{one.id}/arrange?with={two.id}").text
    assert 'class="preview"' in page
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        assert ledger.decisions() == []
    answer = client.post(
        f"/events/{one.id}/arrange", data={"csrf": token_of(client), "with": two.id, "why": "the same day"}
    )
    assert answer.status_code == 303
    wait_for(client, client.post("/settle", data={"csrf": token_of(client), "back": "/events"}))
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        first, second = ledger.event_of(one.claims[0]), ledger.event_of(two.claims[0])
        assert first == second
        assert [d.kind for d in ledger.decisions()] == ["merge"]
        assert not ledger.stale


def test_splitting_is_previewed_decided_and_settled(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        event = max(ledger.events(), key=lambda e: len(e.mentions))
        assert len(event.mentions) > 1
    page = client.get(f"/events/{event.id}/arrange").text
    apart = [part.split('"')[0] for part in page.split('name="apart" value="')[1:]]
    assert len(apart) == len(event.mentions)
    assert 'class="preview"' in client.get(f"/events/{event.id}/arrange?apart={apart[-1]}").text
    client.post(f"/events/{event.id}/arrange", data={"csrf": token_of(client), "apart": apart[-1]})
    wait_for(client, client.post("/settle", data={"csrf": token_of(client)}))
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        assert ledger.event_of(apart[-1]) != ledger.event_of(apart[0])
    assert client.get(f"/events/{event.id}/arrange?apart=none").status_code == 400
    assert client.get(f"/events/{event.id}/arrange?with={event.id}").status_code == 400


def test_added_text_is_read_settled_and_found(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    form = {
        "csrf": token_of(client),
        "text": "Police said on Sunday that seven people were killed in Gao.",
        "published": "2024-04-08",
        "publisher": "Evening Wire",
    }
    state = wait_for(client, client.post("/add", data=form))
    assert ["new", "1"] in state["counts"]
    assert "Gao" in client.get("/claims?text=seven").text
    assert "Evening Wire" in client.get("/events?place=Gao").text or "Gao" in client.get("/events?place=Gao").text
    assert client.post("/add", data={"csrf": token_of(client)}).status_code == 400
    assert client.post("/add", data={**form, "published": "soon"}).status_code == 400


def test_rating_and_affiliating_sources(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    token = token_of(client)
    assert (
        client.post(
            "/sources/Le%20Fil/rate", data={"csrf": token, "letter": "B", "since": "2024-01-01", "why": "checked"}
        ).status_code
        == 303
    )
    assert client.post("/sources/Le%20Fil/affiliate", data={"csrf": token, "camps": "north, south"}).status_code == 303
    page = client.get("/sources/Le%20Fil").text
    assert "checked" in page
    assert "north, south" in page
    for form in ({"letter": "Z"}, {"letter": "A", "since": "never"}):
        assert client.post("/sources/Le%20Fil/rate", data={"csrf": token, **form}).status_code == 400
    assert client.post("/sources/Le%20Fil/affiliate", data={"csrf": token}).status_code == 400


def test_the_gazetteer_offers_places(tmp_path: Path) -> None:
    found = json.loads(client_at(tmp_path).get("/places?name=Mosul").text)
    assert found
    assert "Mosul" in found[0]["label"]
