"""What is chosen is taken away in every format: the file and the page that says what is in it, in one zip."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from ondit.present.formats import formats
from ondit.web.pages import exporting
from ondit.web.safety.users import Role, Users
from tests.web.desks import Access, client_on, desk_on, ledger_at, token_of


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ledger_at(tmp_path_factory.mktemp("exporting"))


@pytest.fixture(scope="module")
def client(ledger: Path) -> Iterator[TestClient]:
    with client_on(desk_on(ledger)) as client:
        yield client


def export(client: TestClient, **form: Any) -> Any:
    return client.post("/export", data={"csrf": token_of(client, "/export"), **form})


def unpacked(answer: Any) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of the zip, and what the page beside them says."""
    assert answer.status_code == 200, answer.text[:500]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    (about,) = [json.loads(files.pop(name)) for name in list(files) if name.endswith(".about.json")]
    return files, about


@pytest.mark.parametrize("name", [f.name for f in formats()])
def test_every_format(client: TestClient, name: str) -> None:
    pytest.importorskip({"ftm": "followthemoney", "parquet": "pyarrow"}.get(name, "json"))
    answer = export(client, format=name)
    files, about = unpacked(answer)
    assert re.search(f'filename="ondit-{name}-[0-9-]+.zip"', answer.headers["content-disposition"])
    assert (about["format"], about["filters"], about["redacted"]) == (name, {}, {})
    assert files
    assert all(files.values()) or name == "inception", [n for n, data in files.items() if not data]


def test_what_is_chosen_is_in_it_and_nothing_else(client: TestClient) -> None:
    page = client.get("/export?place=Mosul&contested=1").text
    assert 'name="place" value="Mosul"' in page
    assert 'name="contested" value="1"' in page
    files, about = unpacked(export(client, format="geojson", place="Mosul"))
    (features,) = [json.loads(data)["features"] for data in files.values()]
    assert about["filters"] == {"place": "Mosul"}
    assert [f["properties"]["place"] for f in features] == ["Mosul"]


def test_names_places_and_sources_are_taken_out(client: TestClient) -> None:
    plain, _ = unpacked(export(client, format="jsonl"))
    files, about = unpacked(
        export(client, format="jsonl", redact=["persons", "places", "sources"], names="Tillia\nMosul", secret="s" * 16)
    )
    again, _ = unpacked(
        export(client, format="jsonl", redact=["persons", "places", "sources"], names="Tillia\nMosul", secret="s" * 16)
    )
    assert about["redacted"]
    for word in (b"Harbour Post", b"Mosul"):
        assert word in b"".join(plain.values())
        assert word not in b"".join(files.values()), word
    assert files == again, "one secret, one pseudonym"


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"format": "docx"}, "there is no format"),
        ({}, "there is no format"),
        ({"format": "acled", "redact": "everything"}, "redact: some of"),
        ({"format": "acled", "redact": "persons", "secret": "short"}, "16 bytes"),
        ({"format": "acled", "type": "party"}, "type: one of"),
        ({"format": "acled", "credibility": "7"}, "credibility"),
    ],
)
def test_what_cannot_be_exported_is_told(client: TestClient, form: dict[str, str], told: str) -> None:
    answer = export(client, **form)
    assert answer.status_code == 400
    assert told in answer.text


def test_a_large_one_is_fetched_from_the_page_of_its_job(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "_PATIENCE", 0.0)
    users = Users({"rex": Role.READER, "ida": Role.READER}, {})
    desk = desk_on(ledger, Access(users=users))
    with client_on(desk) as rex, client_on(desk) as ida:
        for client, name in ((rex, "rex"), (ida, "ida")):
            client.cookies.set("ondit", desk.sessions.cookie(desk.sessions.begin(name)))
        job = rex.get("/export").text and export(rex, format="acled").headers["location"]
        number = int(re.findall(r"\d+", job)[0])
        found = desk.jobs.find(number)
        assert found
        assert found.over.wait(20)
        assert found.made
        made = found.made
        assert f'href="/jobs/{number}/file"' in rex.get(job).text
        assert unpacked(rex.get(f"/jobs/{number}/file"))[1]["format"] == "acled"
        assert ida.get(f"/jobs/{number}/file").status_code == 404, "what somebody made is theirs"
        assert made.exists()
    assert not made.parent.exists(), "nothing is left when the desk is closed"
