"""Files, folders, patterns and pipes → sources in an order that does not change, and what a stream of items looks like."""

import hashlib
import os
from io import BytesIO
from pathlib import Path

import pytest

from ondit.intake import Item, Options, Origin, Received, Source, Tally, take_in_all
from ondit.intake.formats import MAX_BYTES
from ondit.model import Problem

FILES = {
    "b/2.txt": "Police said two.",
    "b/1.txt": "Police said one.",
    "a.html": "<html><body><article><p>The army said that it had left the town on Friday.</p></article></body></html>",
    "c.jpg": "no picture",
    ".hidden.txt": "hidden",
    "empty.txt": "",
    "LOUD.TXT": "Police said three.",
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "posts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "posts" / "link.txt").symlink_to(tmp_path / "posts" / "LOUD.TXT")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(items: list[Item]) -> list[str]:
    """One word for each item: what it is and where."""
    names = {Received: "report", Problem: "problem", Tally: "tally"}
    return [f"{names[type(item)]} {item.where}" for item in items]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (["posts/b/1.txt"], ["report posts/b/1.txt", "tally posts/b/1.txt"]),
        (["posts/b/1.txt", "posts/b/1.txt"], ["report posts/b/1.txt", "tally posts/b/1.txt"]),
        (["posts/b/2.txt", "posts/b"], ["report posts/b/2.txt", "tally posts/b/2.txt", "report posts/b/1.txt", "tally posts/b/1.txt", "tally posts/b"]),
        (["posts/**/*.txt"], ["problem posts/empty.txt", "tally posts/empty.txt", "report posts/b/1.txt", "tally posts/b/1.txt", "report posts/b/2.txt", "tally posts/b/2.txt", "report posts/link.txt", "tally posts/link.txt"]),
        (["nothing.txt"], ["problem nothing.txt"]),
        (["nothing/*.txt", "posts/b/1.txt"], ["problem nothing/*.txt", "report posts/b/1.txt", "tally posts/b/1.txt"]),
        (["a\0b"], ["problem a\0b"]),
    ],
)  # fmt: skip
def test_what_is_named_is_taken_in_order(desk: Path, named: list[str], expected: list[str]) -> None:
    assert sorted(shown(list(take_in_all(named)))) == sorted(expected)
    assert shown(list(take_in_all(named))) == shown(list(take_in_all(named)))


def test_a_folder_is_walked_in_order_and_tells_what_it_skipped(desk: Path) -> None:
    items = list(take_in_all(["posts"]))
    assert shown(items) == [
        "report posts/LOUD.TXT", "tally posts/LOUD.TXT",
        "report posts/a.html", "tally posts/a.html",
        "report posts/b/1.txt", "tally posts/b/1.txt",
        "report posts/b/2.txt", "tally posts/b/2.txt",
        "problem posts/empty.txt", "tally posts/empty.txt",
        "tally posts",
    ]  # fmt: skip
    assert items[-1] == Tally("posts", skipped={"files ending in .jpg": 1, "hidden files": 1, "symbolic links": 1})
    assert items[-2] == Tally("posts/empty.txt", failed=1, sha256=hashlib.sha256(b"").hexdigest())


def test_raw_bytes_hash_and_origin(desk: Path) -> None:
    received, tally = take_in_all(["posts/b/1.txt"], Options(origin=Origin(publisher="Radio")))
    assert isinstance(received, Received)
    assert isinstance(tally, Tally)
    assert received.raw == b"Police said one."
    assert received.report.publisher == "Radio"
    assert received.report.sha256 == tally.sha256 == hashlib.sha256(received.raw).hexdigest()
    assert (tally.reports, tally.failed, tally.size) == (1, 0, len(received.raw))


@pytest.mark.parametrize("size", [10, MAX_BYTES + 10])
def test_a_pipe_can_be_read_again(size: int) -> None:
    source = Source.of_stream("pipe", BytesIO(b"a" * size))
    for _ in range(2):
        with source.open() as stream:
            assert len(stream.read()) == size


def test_a_named_pipe_is_read(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.write(write, b"Police said one.")
    os.close(write)
    items = list(take_in_all([f"/dev/fd/{read}"]))
    os.close(read)
    assert [type(item) for item in items] == [Received, Tally]


def test_one_report_has_a_size_limit(desk: Path) -> None:
    problem, _ = take_in_all(["posts/b/1.txt"], Options(max_bytes=5))
    assert isinstance(problem, Problem)
    assert (problem.code, problem.where) == ("too-large", "posts/b/1.txt")


def test_a_source_is_not_read_before_it_is_asked_for(desk: Path) -> None:
    items = take_in_all(["posts/b/1.txt", "posts/b/2.txt"])
    next(items)
    Path("posts/b/2.txt").unlink()
    assert "problem posts/b/2.txt" in shown(list(items))
