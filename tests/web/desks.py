"""A small ledger on a desk, for every test of the desk: invented reports, read and settled once, copied for each test that writes."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from starlette.testclient import TestClient

from ondit.intake import Options, Origin, Source
from ondit.ledger import Ledger
from ondit.web import Access, Desk, Ledgers, make_app

REPORTS = (
    ("Le Fil", "en français", date(2024, 3, 15), "Attaque près de Tillia. Huit personnes ont été tuées jeudi à Tillia, selon le gouverneur. Le Front du 3-Mars a démenti toute attaque."),
    ("Harbour Post", "in English", date(2024, 3, 16), "Gunmen killed at least nine people on Thursday in Tillia, in Niger, a local official told Radio Talak. The army said that eleven people were wounded."),
    ("Harbour Post", "a second one", date(2024, 3, 18), "Police said on Monday that two people were killed in Mosul. The ministry denied the report."),
    ("Sada", "بالعربية", date(2024, 3, 17), "قال مسؤول محلي إن عشرة أشخاص قتلوا الخميس في تيليا في النيجر. ونفى متحدث باسم الجيش ذلك."),
    ("Pacific Desk", "no claims", date(2021, 5, 4), "The weather is nice here today. It is a very good day for a walk in the park."),
)  # fmt: skip


@cache
def _made() -> Path:
    path = Path(mkdtemp(prefix="ondit-desk-")) / "test.ledger"
    with Ledger.open(path, by="ana") as ledger:
        for publisher, title, day, text in REPORTS:
            options = Options(origin=Origin(publisher=publisher, title=title, published=day))
            list(ledger.add(Source.of_bytes(f"{title}.txt", text.encode()), options=options))
        ledger.settle()
    return path


def ledger_at(folder: Path) -> Path:
    """A copy of the ledger that a test may write to."""
    return Path(shutil.copy(_made(), folder / "test.ledger"))


def desk_on(path: Path, access: Access | None = None, settles_after: float | None = None) -> Desk:
    ledgers = Ledgers.of_file(path, lambda: Ledger.open(path, create=False))
    return Desk(ledgers, access or Access("ana"), path.name, settles_after=settles_after)


def client_on(desk: Desk, **kwargs: Any) -> TestClient:
    return TestClient(make_app(desk, **kwargs), base_url="http://localhost", follow_redirects=False)


def client_at(folder: Path, access: Access | None = None) -> TestClient:
    """A browser before a desk of its own."""
    return client_on(desk_on(ledger_at(folder), access))


def token_of(client: TestClient, page: str = "/add") -> str:
    """The token that a form of a page brings."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(page).text)
    assert found, page
    return found.group(1)


def enter(client: TestClient, name: str, secret: str) -> Any:
    return client.post("/enter", data={"name": name, "secret": secret})


def claims_at(path: Path) -> Iterator[str]:
    with Ledger.open(path, create=False) as ledger:
        yield from (found.claim.id for found in ledger.claims())
