"""Who may come in, what they may do, and what a hostile page, report or request cannot do."""

import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from ondit.intake import Options, Origin, Source
from ondit.ledger import Ledger
from ondit.web import Access
from ondit.web.safety.hosts import is_allowed, is_loopback
from ondit.web.safety.passwords import hash_password, is_right
from ondit.web.safety.sessions import Sessions
from ondit.web.safety.users import Role, Users, UsersError, add_user, read_users
from ondit.web.safety.waits import Waits
from tests.web.desks import claims_at, client_at, client_on, desk_on, enter, ledger_at, token_of

SECRET = "a long enough secret"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'><a href=javascript:alert(1)>\u202egnirts\u202c\x1b[31m"


@pytest.fixture(scope="module")
def users() -> Users:
    names = {"rita": Role.READER, "rex": Role.REVIEWER, "olga": Role.OWNER}
    return Users(names, dict.fromkeys(names, hash_password(SECRET)))


def entered(folder: Path, users: Users, name: str) -> TestClient:
    """A browser of somebody who came in before."""
    desk = desk_on(ledger_at(folder), Access(users=users))
    client = client_on(desk)
    client.cookies.set("ondit", desk.sessions.cookie(desk.sessions.begin(name)))
    return client


@pytest.mark.parametrize(
    ("header", "allowed"),
    [
        ("localhost", True), ("localhost:8765", True), ("127.0.0.1:8765", True), ("[::1]:8765", True), ("192.168.1.7", True),
        ("desk.example.org", True), ("DESK.example.org:443", True), ("evil.example", False), ("localhost.evil.example", False),
        ("", False), ("127.0.0.1.evil.example", False), ("[", False), ("a@localhost@evil.example", False),
    ],
)  # fmt: skip
def test_hosts(header: str, allowed: bool) -> None:
    assert is_allowed(header, frozenset({"desk.example.org"})) is allowed


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.1", False),
        ("x", False),
    ],
)
def test_loopback(host: str, here: bool) -> None:
    assert is_loopback(host) is here


def test_a_name_that_was_pointed_here_is_not_served(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    assert client.get("/claims", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/static/desk.css", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    "path",
    ["/claims", "/reports", "/static/desk.css", "/enter", "/api/status", "/claims/none", "/claims.csv", "/nowhere"],
)
def test_every_answer_carries_the_headers(tmp_path: Path, path: str) -> None:
    headers = client_at(tmp_path).get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static/") else "no-store")


def test_nobody_comes_in_without_a_way_in(tmp_path: Path, users: Users) -> None:
    for access in (Access(users=users), Access(token="the token")):
        client = client_at(tmp_path, access)
        for path in (
            "/",
            "/events",
            "/claims",
            "/reports",
            "/review",
            "/sources",
            "/history",
            "/add",
            "/claims.csv",
            "/events/points",
            "/jobs/1",
            "/places?name=Paris",
        ):
            answer = client.get(path)
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith(("/enter", "/events"))
        assert client.get("/api/claims").status_code == 401
        assert client.post("/settle").status_code == 303
        assert client.get("/enter").status_code == 200


def test_user_accounts(tmp_path: Path, users: Users) -> None:
    client = client_at(tmp_path, Access(users=users))
    assert enter(client, "olga", "wrong").status_code == 401
    assert enter(client, "nobody", SECRET).status_code == 401
    answer = enter(client, "olga", SECRET)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert client.get("/claims").status_code == 200
    token = token_of(client)
    kept = client.cookies["ondit"]
    assert client.post("/leave", data={"csrf": token}).status_code == 303
    client.cookies.set("ondit", kept)  # whoever copied the cookie is out, too
    assert client.get("/claims").status_code == 303


def test_a_token_lets_in_with_any_name(tmp_path: Path) -> None:
    client = client_at(tmp_path, Access(token="the token"))
    assert enter(client, "ben", "a token").status_code == 401
    assert enter(client, "", "the token").status_code == 401
    assert enter(client, "ben", "the token").status_code == 303
    assert "ben" in client.get("/claims").text


def test_a_desk_over_tls_says_so_in_its_cookies(tmp_path: Path) -> None:
    assert "Secure" in enter(client_at(tmp_path, Access(token="t", secure=True)), "ben", "t").headers["set-cookie"]


WRITES = {
    "/claims/{claim}/decide": ({"do": "accept"}, Role.REVIEWER),
    "/decisions/none/undo": ({}, Role.REVIEWER),
    "/review/undo": ({}, Role.REVIEWER),
    "/reports/none/claims": ({"content": "1-2"}, Role.REVIEWER),
    "/events/none/arrange": ({"with": "none"}, Role.REVIEWER),
    "/settle": ({}, Role.REVIEWER),
    "/export": ({"format": "geojson"}, Role.READER),
    "/sources/x/rate": ({"letter": "A"}, Role.REVIEWER),
    "/sources/x/affiliate": ({"owner": "y"}, Role.REVIEWER),
    "/add": ({"text": "Police said that a bomb killed two people."}, Role.OWNER),
}


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("name", ["rita", "rex", "olga"])
def test_roles(tmp_path: Path, users: Users, path: str, name: str) -> None:
    form, role = WRITES[path]
    client = entered(tmp_path, users, name)
    claim = next(claims_at(tmp_path / "test.ledger"))
    token = token_of(client, "/claims")
    answer = client.post(path.format(claim=claim), data={**form, "csrf": token})
    user = Users(users.roles, {}).find(name)
    assert user is not None
    assert (answer.status_code == 403) is not user.may(role), answer.text[:300]


@pytest.mark.parametrize("path", [*WRITES, "/leave"])
def test_every_write_wants_the_token_of_a_page(tmp_path: Path, path: str) -> None:
    client = client_at(tmp_path)
    other = client_at(tmp_path)
    claim = next(claims_at(tmp_path / "test.ledger"))
    target = path.format(claim=claim)
    form = WRITES.get(path, ({}, Role.READER))[0]
    client.get("/claims")
    for token in ("", "x", "AAAA", token_of(other, "/claims/" + claim)):
        answer = client.post(target, data={**form, "csrf": token})
        assert answer.status_code == 403, (path, token)
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        assert ledger.decisions() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "http://localhost:1"},
    ],
)
def test_pages_of_others_may_not_write(tmp_path: Path, headers: dict[str, str]) -> None:
    client = client_at(tmp_path)
    assert client.post("/settle", headers=headers, data={"csrf": token_of(client)}).status_code == 403
    assert client.post("/api/decisions", headers=headers, json={}).status_code == 403


def test_tokens_differ_on_every_page_and_cookies_cannot_be_made_up() -> None:
    sessions = Sessions()
    session = sessions.begin("ana")
    tokens = {sessions.token(session) for _ in range(20)}
    assert len(tokens) == 20
    assert all(sessions.is_token(token, session) for token in tokens)
    assert not sessions.is_token(next(iter(tokens)), sessions.begin("ana"))
    cookie = sessions.cookie(session)
    assert sessions.read(cookie) == session
    for forged in ("", ".", cookie[:-1], cookie + "0", "e30." + cookie.partition(".")[2], "é.é"):
        assert sessions.read(forged) is None
    assert Sessions().read(cookie) is None


def test_sessions_end() -> None:
    clock = [1_000.0]
    sessions = Sessions(now=lambda: clock[0])
    cookie = sessions.cookie(sessions.begin("ana"))
    assert sessions.read(cookie)
    clock[0] += 13 * 3600
    assert sessions.read(cookie) is None


def test_wrong_tries_wait_longer_and_longer() -> None:
    clock = [0.0]
    waits = Waits(now=lambda: clock[0])
    for _ in range(4):
        waits.wrong("from a", "as ben")
    assert waits.left("from a", "as ben") == 0
    waits.wrong("from a", "as ben")
    first = waits.left("from b", "as ben")
    assert first > 0
    assert waits.left("from b", "as eve") == 0
    for _ in range(20):
        waits.wrong("from a", "as ben")
    assert waits.left("as ben") == 900
    clock[0] += 901
    assert waits.left("as ben") == 0
    waits.right("as ben", "from a")
    assert waits.left("as ben", "from a") == 0


def test_guessing_is_slowed_down(tmp_path: Path) -> None:
    client = client_at(tmp_path, Access(token="the token"))
    codes = [enter(client, "ben", "guess").status_code for _ in range(7)]
    assert codes[:5] == [401] * 5
    answer = enter(client, "ben", "the token")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_passwords() -> None:
    kept = hash_password("correct horse")
    assert is_right("correct horse", kept)
    assert not is_right("correct horsf", kept)
    assert kept != hash_password("correct horse")
    for nothing in ("", "scrypt$1$2$3", "plain", kept.replace("scrypt", "md5"), kept[:-4] + "!!!!"):
        assert not is_right("correct horse", nothing)


def test_the_file_of_users(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    add_user(path, "Olga B.", Role.OWNER, SECRET)
    add_user(path, "rex", Role.REVIEWER, SECRET)
    assert path.stat().st_mode & 0o077 == 0
    users = read_users(path)
    assert dict(users.roles) == {"Olga B.": Role.OWNER, "rex": Role.REVIEWER}
    user = users.enter("Olga B.", SECRET)
    assert user is not None
    assert user.role is Role.OWNER
    assert users.enter("rex", "wrong") is None
    for name, password, words in (
        ("rex", SECRET, "there already"),
        ("new", "short", "characters"),
        ('a"b', SECRET, "quotes"),
        ("", SECRET, "name"),
    ):
        with pytest.raises(UsersError, match=words):
            add_user(path, name, Role.READER, password)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nobody"),
        ("x", "no TOML"),
        ('[a]\nrole = "king"\npassword = "x"', "role"),
        ('[a]\nrole = "owner"', "password"),
        ('a = "b"', "role"),
    ],
)
def test_files_of_users_that_cannot_be_used(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "users.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsersError, match=words):
        read_users(path)


def test_requests_that_are_too_large(tmp_path: Path) -> None:
    client = client_on(desk_on(ledger_at(tmp_path)), largest_upload=10_000)
    token = token_of(client)
    assert client.post("/settle", data={"csrf": token, "why": "x" * 3_000_000}).status_code == 413
    assert client.post("/add", data={"csrf": token}, files={"files": ("a.txt", b"x" * 20_000)}).status_code == 413
    assert client.post("/settle", headers={"content-length": "many"}, content=b"").status_code in (400, 413)

    def endless() -> object:
        for _ in range(40):
            yield b"x" * 100_000

    client.cookies.clear()
    assert (
        client.post("/api/decisions", content=endless(), headers={"content-type": "application/json"}).status_code
        == 413
    )


def test_a_hostile_report_stays_text_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "hostile.ledger"
    text = (
        f"{HOSTILE} said on Monday that a bomb killed two people in Mosul.\nPolice said {HOSTILE} was killed in Mosul."
    )
    origin = Origin(
        publisher=HOSTILE, title=HOSTILE, author=HOSTILE, url=f"javascript:{HOSTILE}", published=date(2024, 1, 1)
    )
    with Ledger.open(path, by=HOSTILE) as ledger:
        list(ledger.add(Source.of_bytes(f"{HOSTILE}.txt", text.encode()), options=Options(origin=origin)))
        ledger.settle()
        report, claim = ledger.report_ids()[0], next(ledger.claims()).claim.id
        ledger.reject(claim, why=HOSTILE)
        ledger.comment(claim, words=HOSTILE)
        event = next(ledger.events()).id
    client = client_on(desk_on(path, Access(HOSTILE)))
    pages = ["/events", f"/events/{event}", f"/events/{event}/arrange", "/claims?standing=rejected", f"/claims/{claim}", "/reports", f"/reports/{report}",
             "/review", "/sources", f"/sources/{quote(HOSTILE, safe='')}", "/history", "/add", f"/export?place={quote(HOSTILE)}"]  # fmt: skip
    for page in pages:
        html = client.get(page).text
        assert "<script>" not in html, page
        assert "<img" not in html, page
        assert "<a href=javascript" not in html, page
        assert 'href="javascript' not in html, page
        assert "\u202e" not in html, page
        assert "\x1b" not in html, page
    assert re.search(r"&lt;script&gt;", client.get(f"/reports/{report}").text)


def test_links_of_reports_tell_nobody_where_they_were_followed_from(tmp_path: Path) -> None:
    path = tmp_path / "links.ledger"
    with Ledger.open(path, by="ana") as ledger:
        options = Options(origin=Origin(url="https://news.example/a?b=c"))
        list(
            ledger.add(Source.of_bytes("a.txt", b"Police said that two people were killed in Mosul."), options=options)
        )
        report = ledger.report_ids()[0]
    html = client_on(desk_on(path)).get(f"/reports/{report}").text
    link = re.search(r'<a href="https://news.example/a\?b=c"[^>]*>', html)
    assert link
    assert "noreferrer" in link.group()
    assert "nofollow" in link.group()
    assert len(re.findall(r'(?:src|href)="https?://', html)) == 1


def test_files_of_those_who_may_not_add_are_not_even_kept(
    tmp_path: Path, users: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = entered(tmp_path, users, "rex")
    token = token_of(client, "/claims")

    async def refused(*_: object, **__: object) -> None:
        pytest.fail("the form was read")

    monkeypatch.setattr(Request, "form", refused)
    answer = client.post("/add", data={"csrf": token}, files={"files": ("a.txt", b"x" * 20_000)})
    assert answer.status_code == 403


def test_a_long_text_is_pasted(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    text = "Police said that two people were killed in Basra.\n" + "The weather is nice.\n" * 80_000
    answer = client.post("/add", data={"csrf": token_of(client), "text": text}, files={"files": ("", b"")})
    assert answer.status_code == 303, answer.text[:300]


def test_the_way_back_from_a_job_keeps_what_was_chosen(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    back = "/events?type=riot&place=a%26b"
    job = client.post("/settle", data={"csrf": token_of(client), "back": back}).headers["location"]
    assert dict(parse_qsl(urlsplit(job).query)) == {"back": back}


def test_names_of_uploads_are_labels_and_never_paths(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    files = [
        ("files", ("../../../etc/passwd", b"Police said that two people were killed in Basra.")),
        ("files", ("..\\..\\x.txt", b"The army said that one man died in Kirkuk.")),
    ]
    answer = client.post("/add", data={"csrf": token_of(client)}, files=files)
    assert answer.status_code == 303
    while client.get(answer.headers["location"] + "/state").json()["state"] in ("waiting", "running"):
        pass
    with Ledger.open(tmp_path / "test.ledger") as ledger:
        came = {kept.custody.came_from for id_ in ledger.report_ids() if (kept := ledger.report(id_))}
    assert {"passwd", "x.txt"} <= came
    assert not any("/" in name or "\\" in name for name in came)
