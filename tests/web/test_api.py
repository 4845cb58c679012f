"""The JSON API: the same ledger, described by its document, and no request makes it fall over."""

import base64
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from ondit.ledger import Ledger
from ondit.web import Access
from ondit.web.safety.passwords import hash_password
from ondit.web.safety.users import Role, Users
from tests.web.desks import client_at, client_on, desk_on, ledger_at, token_of

SECRET = "a long enough secret"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return client_at(tmp_path)


def ids(client: TestClient) -> dict[str, str]:
    first = client.get("/api/claims").json()["items"][0]
    return {
        "claim": first["claim"]["id"],
        "report": first["report"]["id"],
        "event": client.get("/api/events").json()["items"][0]["id"],
        "source": client.get("/api/sources").json()["items"][0]["id"],
    }


def test_everything_that_is_listed_can_be_asked_for(client: TestClient) -> None:
    for kind, id_ in ids(client).items():
        answer = client.get(f"/api/{kind}s/{id_}")
        assert answer.status_code == 200
        assert id_ in answer.text
    assert client.get("/api/status").json()["totals"]["reports"] == 5
    assert client.get("/api/events/none").status_code == 404
    assert client.get("/api/claims?limit=2&offset=1").json()["items"] == client.get("/api/claims").json()["items"][1:3]
    for wrong in ("limit=0", "limit=x", "since=x", "near=1", "stance=maybe"):
        answer = client.get(f"/api/claims?{wrong}")
        assert answer.status_code == 400
        assert wrong.partition("=")[0] in answer.json()["error"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "accept", "targets": ["{claim}"]}, 201),
        ({"kind": "edit", "targets": ["{claim}"], "field": "stance", "value": "denies"}, 201),
        ({"kind": "comment", "targets": ["{claim}"], "why": "look"}, 201),
        ({"kind": "dance", "targets": ["{claim}"]}, 400),
        ({"kind": "accept", "targets": []}, 400),
        ({"kind": "accept", "targets": "c"}, 400),
        ({"kind": "accept", "targets": ["none"]}, 400),
        ({"kind": "edit", "targets": ["{claim}", "{claim}"], "field": "stance", "value": "denies"}, 400),
        ({"kind": "edit", "targets": ["{claim}"], "field": "stance", "value": {"a": [1]}}, 400),
        ({"kind": "edit", "targets": ["{claim}"], "field": "type", "value": ["protest"]}, 400),
        ({"kind": "edit", "targets": ["{claim}"], "field": "place", "value": 7}, 400),
        ({"kind": "edit", "targets": ["{claim}"], "field": "when", "value": {"edtf": None, "earliest": 7}}, 400),
        ({"kind": "edit", "targets": ["{claim}"], "field": "content", "value": [5]}, 400),
        ({"kind": "edit", "targets": ["{claim}"], "field": "voices", "value": {"x": 1}}, 400),
        ({"kind": "edit", "targets": ["{claim}"], "field": "killed", "value": {"low": "x"}}, 400),
        ({"kind": 1, "targets": ["{claim}"]}, 400),
        ([], 400),
    ],
)
def test_deciding(client: TestClient, body: Any, status: int) -> None:
    claim = ids(client)["claim"]
    if isinstance(body, dict) and isinstance(body["targets"], list):
        body = {**body, "targets": [t.format(claim=claim) for t in body["targets"]]}
    client.cookies.clear()
    answer = client.post("/api/decisions", json=body)
    assert answer.status_code == status, answer.text
    client.cookies.clear()
    decisions = client.get("/api/decisions").json()
    assert decisions["total"] == (1 if status == 201 else 0)


def test_a_browser_with_a_session_needs_the_token_of_a_page(client: TestClient) -> None:
    claim = ids(client)["claim"]
    body = {"kind": "accept", "targets": [claim]}
    client.get("/claims")
    assert client.post("/api/decisions", json=body).status_code == 403
    assert client.post("/api/decisions", json=body, headers={"x-csrf-token": token_of(client)}).status_code == 201
    # What a form of another site can send without being asked is not taken.
    client.cookies.clear()
    assert client.post("/api/decisions", content=b"{}", headers={"content-type": "text/plain"}).status_code == 415


def test_programs_come_in_with_a_token_or_a_password(tmp_path: Path) -> None:
    path = ledger_at(tmp_path)
    users = Users({"rex": Role.REVIEWER, "rita": Role.READER}, dict.fromkeys(("rex", "rita"), hash_password(SECRET)))
    by_password, by_token = client_on(desk_on(path, Access(users=users))), client_on(desk_on(path, Access(token="abc")))

    def basic(name: str, word: str) -> dict[str, str]:
        return {"authorization": "Basic " + base64.b64encode(f"{name}:{word}".encode()).decode()}

    assert by_token.get("/api/claims", headers={"authorization": "Bearer abc"}).status_code == 200
    assert by_token.get("/api/claims", headers={"authorization": "Bearer abd"}).status_code == 401
    assert by_password.get("/api/claims", headers=basic("rex", SECRET)).status_code == 200
    assert by_password.get("/api/claims", headers=basic("rex", "wrong")).status_code == 401
    assert by_password.get("/api/claims", headers={"authorization": "Basic ###"}).status_code == 401
    claim = by_password.get("/api/claims", headers=basic("rita", SECRET)).json()["items"][0]["claim"]["id"]
    body = {"kind": "accept", "targets": [claim]}
    assert by_password.post("/api/decisions", json=body, headers=basic("rita", SECRET)).status_code == 403
    made = by_password.post("/api/decisions", json=body, headers=basic("rex", SECRET))
    assert made.json()["by"] == "rex"


def test_a_text_is_added_and_its_job_told(client: TestClient) -> None:
    client.cookies.clear()
    answer = client.post(
        "/api/reports", json={"text": "Police said that seven people were killed in Gao.", "published": "2024-04-08"}
    )
    assert answer.status_code == 202
    job = answer.json()["job"]
    while (state := client.get(f"/api/jobs/{job}").json())["state"] in ("waiting", "running"):
        pass
    assert state["state"] == "done"
    assert state["counts"]["new"] == 1


def test_the_document_describes_every_operation(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    known = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert ("/api/decisions", "post") in known
    assert len(known) == 13
    text = client.get("/api/openapi.json").text
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= document["components"]["schemas"].keys()


def test_no_request_makes_it_fall_over(tmp_path: Path) -> None:
    """Schemathesis makes requests from the document, right and wrong ones; none may end in a server error."""
    schemathesis = pytest.importorskip("schemathesis")
    app = client_on(desk_on(ledger_at(tmp_path))).app
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers={"host": "localhost"})

    asked = 0
    for operation in schema.get_all_operations():
        for case in _cases(operation.ok()):
            answer = case.call(headers={"host": "localhost"})
            assert answer.status_code < 500, (case.method, case.path, case.query, case.body, answer.text)
            asked += 1
    assert asked > 60
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        assert list(ledger.verify())


def _cases(operation: Any) -> list[Any]:
    from hypothesis import HealthCheck, Phase, given, settings

    found: list[Any] = []

    @settings(
        max_examples=8, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def gather(case: Any) -> None:
        found.append(case)

    gather()
    return found
