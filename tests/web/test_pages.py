"""Every page answers, says what it is about, and holds nothing that would be loaded from elsewhere or run."""

import gzip
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ondit.intake import Source
from ondit.ledger import Ledger
from ondit.web import Access
from ondit.web.pages import claims, reports
from ondit.web.words import LANGUAGES, load_words
from tests.web.desks import client_at, client_on, desk_on, ledger_at

VOID = {"meta", "link", "input", "br", "path", "circle", "rect", "line", "hr", "img"}
PAGES = (
    "/events", "/events/list", "/events?contested=1&shared=1&credibility=3", "/events?text=nothinglikeit", "/events/{event}",
    "/events/{event}/arrange", "/claims", "/claims?stance=denies&place=Niger", "/claims?text=nothinglikeit", "/claims/{claim}",
    "/claims/{claim}?order=doubt", "/reports", "/reports/{report}", "/review", "/review?type=armed_attack", "/sources",
    "/sources?words=army", "/sources/{source}", "/history", "/add", "/export", "/export?type=air_strike&contested=1&near=13,2,50", "/jobs/none",
)  # fmt: skip


class Page(HTMLParser):
    """Elements of a page; raises when they do not close in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag, f"</{tag}> closes something else"


@cache
def _ids(ledger: Path) -> dict[str, str]:
    with Ledger.open(ledger, create=False) as one:
        event = max(one.events(), key=lambda e: len(e.reports))
        report = one.report_ids()[0]
        claim = next(c for c in one.claims() if c.claim.chain and c.event)
        return {"event": event.id, "report": report, "claim": claim.claim.id, "source": "Harbour Post"}


def filled(path: str, ledger: Path) -> str:
    return path.format(**_ids(ledger))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ledger_at(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def client(ledger: Path) -> TestClient:
    """A browser that only looks."""
    return client_on(desk_on(ledger))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_in_every_language(client: TestClient, ledger: Path, path: str, language: str) -> None:
    answer = client.get(filled(path, ledger), headers={"accept-language": language})
    assert answer.status_code == (404 if path == "/jobs/none" else 200), answer.text[:400]
    page = Page(answer.text)
    if path != "/events/list":
        html = next(a for tag, a in page.tags if tag == "html")
        assert (html["lang"], html["dir"]) == (language, load_words(language).direction)
        ids = [a["id"] for _, a in page.tags if a.get("id")]
        assert len(ids) == len(set(ids)), "an id stands twice"
    for tag, attributes in page.tags:
        assert "style" not in attributes, (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        for name in ("src", "href", "action"):
            value = attributes.get(name)
            assert value is None or value.startswith(("/", "#", "?")), (tag, name, value)
    assert "<script>" not in answer.text
    assert len(gzip.compress(answer.content, 5)) < 300_000


def test_the_words_of_all_languages_have_the_same_keys_and_places() -> None:
    english = load_words("en").entries
    for language in LANGUAGES[1:]:
        words = load_words(language).entries
        assert english.keys() == words.keys()
        for key, value in english.items():
            assert set(re.findall(r"\{\w+\}", value)) == set(re.findall(r"\{\w+\}", words[key])), (language, key)
    translated = [k for k, v in english.items() if load_words("ar").entries[k] != v]
    assert len(translated) > 0.95 * len(english)


def test_ids_of_records_have_words() -> None:
    from ondit.decide.doubts import WEIGHTS
    from ondit.model import (
        ActorKind,
        CopyKind,
        DecisionKind,
        EquipmentUse,
        FieldStatus,
        PublishedBasis,
        Role,
        Severity,
        SourceKind,
        Stance,
        Standing,
    )
    from ondit.ontology import event_types
    from ondit.ontology.admiralty import CREDIBILITY, RELIABILITY
    from ondit.present.formats import formats
    from ondit.weigh.findings import weights
    from ondit.weigh.rules import RULES

    tables: dict[str, list[object]] = {
        "stance": list(Stance), "standing": list(Standing), "kind": list(SourceKind), "actor": list(ActorKind), "role": list(Role),
        "use": list(EquipmentUse), "decision": list(DecisionKind), "status": list(FieldStatus), "basis": list(PublishedBasis),
        "copy": list(CopyKind), "type": list(event_types()), "credibility": list(CREDIBILITY), "reliability": list(RELIABILITY),
        "doubt": list(WEIGHTS), "severity": list(Severity), "format": [f.name for f in formats()], "rule": list(RULES),
        "finding": [name for name, row in weights().items() if "weight" in row],
    }  # fmt: skip
    for table, ids in tables.items():
        assert [id_ for id_ in ids if f"{table}.{id_}" not in load_words("en").entries] == [], table


def test_a_page_of_a_long_list_and_the_pages_around_it(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "_PAGE", 3)
    monkeypatch.setattr(reports, "_PAGE", 3)
    first = client.get("/claims").text
    total = int(re.findall(r"1–3 of (\d+)", first)[0])
    assert total > 6
    last = client.get(f"/claims?page={-(-total // 3)}").text
    assert 'rel="next" href="/claims?page=2"' in first
    assert f"–{total} of {total}" in last
    assert 'rel="next"' not in last
    assert 'rel="prev"' in last
    assert client.get("/claims?page=9999").status_code == 200
    assert "1–3 of 5" in client.get("/reports").text


@pytest.mark.parametrize(
    "path",
    ["/claims?stance=maybe", "/claims?since=yesterday", "/claims?near=1,2", "/claims?box=9,9,9", "/claims?near=nan,1,1", "/claims?page=x",
     "/events?credibility=9", "/events?box=a,b,c,d", "/claims?type=picnic", "/review/next?order=size"],
)  # fmt: skip
def test_what_means_nothing_is_told(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert path.split("?")[1].split("=", maxsplit=1)[0] in answer.text


@pytest.mark.parametrize(
    "path", ["/reports/none", "/claims/none", "/events/none", "/sources/no-such", "/reports/none/raw", "/jobs/7"]
)
def test_what_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_text_stands_as_it_was_received_and_the_bytes_are_given_back(ledger: Path) -> None:
    client = client_on(desk_on(ledger))
    with Ledger.open(ledger, create=False) as one:
        for id_ in one.report_ids():
            kept = one.report(id_)
            assert kept is not None
            assert client.get(f"/reports/{id_}/text").text == kept.report.text
            raw = client.get(f"/reports/{id_}/raw")
            assert raw.content == one.raw(id_)
            assert raw.headers["content-disposition"].startswith("attachment")
            assert "sandbox" in raw.headers["content-security-policy"]


def test_a_huge_text_comes_in_parts(tmp_path: Path) -> None:
    path = tmp_path / "huge.ledger"
    text = (
        "Police said that two people were killed in Mosul.\n"
        + "A quiet line of text without any claim in it, again and again.\n" * 4_000
    )
    text += "The army said that three people were killed in Basra.\n"
    with Ledger.open(path, by="ana") as ledger:
        list(ledger.add(Source.of_bytes("huge.txt", text.encode())))
        id_ = ledger.report_ids()[0]
        last = max(c.claim.content.start for c in ledger.claims())
    client = client_on(desk_on(path))
    first = client.get(f"/reports/{id_}")
    assert len(first.content) < 200_000
    assert "Mosul" in first.text
    assert "Basra" not in first.text
    there = client.get(f"/reports/{id_}?at={last}")
    assert "Basra" in there.text
    assert client.get(f"/reports/{id_}/text").text == text


def test_exports_hold_what_is_chosen(ledger: Path) -> None:
    client = client_on(desk_on(ledger))
    table = client.get("/claims.csv?stance=denies").text.splitlines()
    lines = client.get("/claims.jsonl?stance=denies").text.splitlines()
    assert len(table) - 1 == len(lines) > 0
    assert all('"stance": "denies"' in line for line in lines)
    assert len(client.get("/events.jsonl").text.splitlines()) == len(client.get("/events/points").json())


def test_before_anything_is_settled(tmp_path: Path) -> None:
    path = tmp_path / "new.ledger"
    with Ledger.open(path, by="ana") as ledger:
        list(ledger.add(Source.of_bytes("a.txt", b"Police said that two people were killed in Mosul.")))
    client = client_on(desk_on(path))
    for page in ("/events", "/events/list", "/events/points", "/sources", "/review", "/events.jsonl"):
        assert client.get(page).status_code == 200, page
    assert "/settle" in client.get("/events").text


def test_an_empty_ledger(tmp_path: Path) -> None:
    path = tmp_path / "empty.ledger"
    Ledger.open(path).close()
    client = client_on(desk_on(path))
    for page in ("/events", "/claims", "/reports", "/review", "/sources", "/history", "/add", "/api/status"):
        assert client.get(page).status_code == 200, page


def test_language_and_theme_are_remembered(tmp_path: Path) -> None:
    client = client_at(tmp_path)
    assert client.get("/claims", headers={"accept-language": "fr-CA,fr;q=0.9"}).text.count('lang="fr"')
    answer = client.get("/look?language=ar&back=/claims%3Fpage=2")
    assert answer.headers["location"] == "/claims?page=2"
    client.get("/look?theme=dark")
    page = client.get("/claims").text
    assert 'dir="rtl"' in page
    assert 'data-theme="dark"' in page
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        assert client.get("/look", params={"back": elsewhere}).headers["location"] == "/"
    assert client.get("/look?language=xx&theme=pink").headers.get("set-cookie") is None


def test_a_reader_sees_no_forms_to_decide(tmp_path: Path) -> None:
    from ondit.web.safety.users import Role, Users

    users = Users({"rita": Role.READER}, {})
    desk = desk_on(ledger_at(tmp_path), Access(users=users))
    client = client_on(desk)
    client.cookies.set("ondit", desk.sessions.cookie(desk.sessions.begin("rita")))
    page = client.get(filled("/claims/{claim}", tmp_path / "test.ledger"))
    assert page.status_code == 200
    assert "/decide" not in page.text
    assert "/undo" not in client.get("/history").text
    assert client.get("/add").status_code == 403
