"""The sources: each is written as a stream, so that a gigabyte needs no memory here either."""

import gzip
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

_TEXT = (
    "قال الجيش إن القوات انسحبت من المدينة، وأضاف أن العملية انتهت. Police said that a bomb killed two people in Mosul. "
    * 4
)
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Torture:
    """What is hostile in a source, its file name, and how it is written for a size in megabytes."""

    what: str
    name: str
    write: Callable[[int], Iterator[bytes]]


def _posts(megabytes: int) -> Iterator[str]:
    for number in range(megabytes * _MEGABYTE // 1_100):
        yield json.dumps(
            {
                "id": number, "type": "message", "date": "2022-01-29T20:30:00", "date_unixtime": str(1643509800 + number), "from": "Radio",
                "text": [_TEXT, {"type": "bold", "text": "End."}],
            },
            ensure_ascii=False,
        )  # fmt: skip


def _telegram(megabytes: int) -> Iterator[bytes]:
    yield b'{"name": "Radio", "type": "public_channel", "id": 1, "messages": [\n'
    for number, post in enumerate(_posts(megabytes)):
        yield (",\n" if number else "").encode() + post.encode()
    yield b"]}"


def _cut_off(megabytes: int) -> Iterator[bytes]:
    *all_but_last, _ = _telegram(megabytes)
    yield from all_but_last


def _lines(megabytes: int) -> Iterator[bytes]:
    for number in range(megabytes * _MEGABYTE // 800):
        yield (
            json.dumps({"id": str(number), "text": _TEXT, "published": "2022-01-30"}, ensure_ascii=False).encode()
            + b"\n"
        )


def _rows(megabytes: int) -> Iterator[bytes]:
    yield b"text,published,id\n"
    for number in range(megabytes * _MEGABYTE // 780):
        yield f'"{_TEXT}",2022-01-30,{number}\n'.encode()


def _one_line(megabytes: int) -> Iterator[bytes]:
    for _ in range(megabytes):
        yield b"Police said. " * (_MEGABYTE // 13)


def _one_string(megabytes: int) -> Iterator[bytes]:
    yield b'{"name": "Radio", "type": "public_channel", "id": 1, "messages": [{"id": 1, "type": "message", "text": "'
    yield from _one_line(megabytes)


def _brackets(megabytes: int) -> Iterator[bytes]:
    for _ in range(megabytes):
        yield b"[{" + b'"a": [' * (_MEGABYTE // 6)


def _tags(megabytes: int) -> Iterator[bytes]:
    yield b"<html><body><article><p>" + _TEXT.encode() + b"</p>"
    for _ in range(min(megabytes, 8)):
        yield b"<i></i>" * (_MEGABYTE // 7)


def _open_tags(megabytes: int) -> Iterator[bytes]:
    yield b"<html><body>"
    for _ in range(min(megabytes, 8)):
        yield b"<b>" * (_MEGABYTE // 3)


def _web_archive(megabytes: int) -> Iterator[bytes]:
    page = f"<html><body><article><p>{_TEXT}</p></article></body></html>".encode()
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    for number in range(megabytes * _MEGABYTE // 1_100 // 10):
        head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nWARC-Target-URI: https://news.example/{number}\r\nContent-Length: {len(block)}\r\n\r\n"
        yield head.encode() + block + b"\r\n\r\n"


def _packed_page(megabytes: int) -> Iterator[bytes]:
    packed = gzip.compress(b"\0" * _MEGABYTE * megabytes)
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + packed
    yield (
        f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n".encode()
        + block
        + b"\r\n\r\n"
    )


def _laughs(_: int) -> Iterator[bytes]:
    names = "abcdefghij"
    yield b'<!DOCTYPE rss [<!ENTITY a "ha">'
    for before, name in pairwise(names):
        yield f'<!ENTITY {name} "{f"&{before};" * 10}">'.encode()
    yield b"]><rss><channel><item><title>&j;</title></item></channel></rss>"


TORTURES = (
    Torture("a Telegram export", "result.json", _telegram),
    Torture("a Telegram export that is cut off", "cut/result.json", _cut_off),
    Torture("a line a post", "posts.jsonl", _lines),
    Torture("a table of posts", "posts.csv", _rows),
    Torture("a web archive (a tenth of the size)", "pages.warc", _web_archive),
    Torture("one line of text", "line.txt", _one_line),
    Torture("one line of a table", "line.csv", _one_line),
    Torture("one line of JSON", "line.jsonl", _one_line),
    Torture("one string of an export", "string.json", _one_string),
    Torture("brackets in brackets", "brackets.json", _brackets),
    Torture("a million tags", "tags.html", _tags),
    Torture("a million tags in each other", "open.html", _open_tags),
    Torture("a page that unpacks to as much", "bomb.warc", _packed_page),
    Torture("a feed of entities", "laughs.xml", _laughs),
)


def write(torture: Torture, folder: Path, megabytes: int) -> Path:
    """The source as a file."""
    path = folder / torture.name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(torture.write(megabytes))
    return path


def write_zip_bomb(folder: Path, megabytes: int) -> Path:
    """A ZIP archive with a member that unpacks to as many megabytes, beside a good one."""
    path = folder / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", _TEXT)
        with archive.open("b.jsonl", "w", force_zip64=True) as member:
            for _ in range(megabytes):
                member.write(b" " * _MEGABYTE)
    return path
