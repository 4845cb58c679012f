"""Web archives (WARC, ISO 28500; WACZ, https://specs.webrecorder.net/wacz/) → a report a page that was archived."""

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from ondit.intake.archives import member_source, open_archive, unsafe
from ondit.intake.formats import Format, Options, Origin, Source, missing_library, too_large
from ondit.intake.items import Piece, Received, Skipped
from ondit.intake.moments import moment_of
from ondit.intake.sniffing import pieces
from ondit.model import Problem

_PAGES = frozenset(
    (
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
)
_WORDLESS = frozenset(("no-text-in-page", "empty-input"))  # frames, menus and advertisements are pages, too
_KINDS = {
    2: "warcinfo",
    4: "response",
    8: "resource",
    16: "request",
    32: "metadata",
    64: "revisit",
    128: "conversion",
}  # of fastwarc
_GOOD = range(200, 300)
_RETRIES = 100
_BLOCK = 65_536
_OVERLAP = 16
_FIRST_LINE = re.compile(rb"(?<=\n)WARC/1\.[01]\r?\n")
_PACKED = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]|\x28\xb5\x2f\xfd")
_CHUNK = re.compile(rb"[0-9a-fA-F]{1,8}(?:;[^\r\n]{0,100})?\r\n")


def likely_warc(head: bytes, name: str) -> float:
    """Sure of the first line; a compressed archive is told by its name."""
    if head.startswith(b"WARC/"):
        return 1.0
    compressed = head.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18"))
    return 0.95 if compressed and ".warc" in PurePosixPath(name).name.lower() else 0.0


def likely_wacz(head: bytes, name: str) -> float:
    """Sure of a ZIP archive of that name, or with what a WACZ begins with."""
    if not head.startswith(b"PK\x03\x04"):
        return 0.0
    return 0.95 if name.lower().endswith(".wacz") or (b"datapackage.json" in head and b"archive/" in head) else 0.0


def items_of_wacz(source: Source, options: Options) -> Iterator[Piece]:
    """The pages of the WARC files in it."""
    found = False
    with source.open() as stream, open_archive(stream, source.name) as archive:
        for member in archive.infolist():
            if member.is_dir() or not member.filename.startswith("archive/"):
                continue
            found = True
            name = f"{source.name}/{member.filename}"
            if trick := unsafe(member):
                yield Problem("unsafe-path", f"this member was left out: {trick}", "ask who made the archive", name)
            else:
                yield from pieces(member_source(archive, member, name), options)
    if not found:
        yield Problem("broken-archive", "there is no folder archive/ in it", "make the WACZ again", source.name)


def items_of_warc(source: Source, options: Options) -> Iterator[Piece]:
    """The pages, in the order of the archive; behind a broken record the next that can be read is looked for."""
    mark = _PACKED if source.head().startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd")) else _FIRST_LINE
    number, start = 0, 0
    for _ in range(_RETRIES):
        last, damage = start, "it breaks off in the head of a record"
        with source.open() as stream:
            number += 1
            try:
                for record in _archive_iterator(_Bytes(stream, start), source.name):
                    last = start + record.stream_pos
                    yield from _record(record, f"{source.name} record {number}", options)
                    number += 1
            except BaseException as error:
                if not _is_damage(error):
                    raise
                damage = str(error)
                ended = False
            else:
                ended = True
        found = _next_record(source, last + 1, mark)
        if not ended or found is not None:
            remedy = "get the archive again; the records that could be read were read"
            message = f"the archive is damaged here: {damage}"[:300]
            yield Problem("broken-archive", message, remedy, f"{source.name} record {number}")
        if found is None:
            return
        start = found
    message = f"more than {_RETRIES} damaged places: what is behind record {number} was not read"
    yield Problem("broken-archive", message, "get the archive again", source.name)


def _is_damage(error: BaseException) -> bool:
    # A failed assertion in fastwarc is no `Exception` of Python's, and says no more than that the bytes are damaged.
    return isinstance(error, OSError) or type(error).__name__ == "PanicException"


class _Bytes:
    """What fastwarc needs of a stream, from an offset on."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream, self._at = stream, 0
        while start > 0 and (passed := len(stream.read(min(start, _BLOCK)))):
            start -= passed

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes."""
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at

    def seek(self, _offset: int, _whence: int = 0) -> int:
        """Not at all: archives in archives are streams."""
        raise io.UnsupportedOperation("seek")

    def close(self) -> None:
        """Nothing to do: whoever opened the stream closes it."""


def _next_record(source: Source, after: int, mark: re.Pattern[bytes]) -> int | None:
    """Where the next record may begin: the first line of one, or of what is compressed."""
    with source.open() as stream:
        _Bytes(stream, after)
        at, window = after, b""
        while block := stream.read(_BLOCK):
            window += block
            if match := mark.search(window):
                return at + match.start()
            at += len(window) - _OVERLAP if len(window) > _OVERLAP else 0
            window = window[-_OVERLAP:]
    return None


def _archive_iterator(stream: _Bytes, name: str) -> Iterator[Any]:
    try:
        from fastwarc import ArchiveIterator
    except ImportError:
        raise missing_library("fastwarc", "web archives", name) from None
    return iter(ArchiveIterator(stream, parse_http=False))


def _record(record: Any, where: str, options: Options) -> Iterator[Piece]:
    """What one record holds: a page, or something that is counted."""
    if not record.headers.get("Content-Length", "").strip().isdecimal():
        raise OSError("the length of the record is no number")
    kind = _KINDS.get(int(record.record_type), "unknown")
    if kind not in ("response", "resource", "conversion"):
        yield _skipped(record, f"records of type {kind}")
        return
    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    media, headers = record.headers.get("Content-Type", ""), {}
    if kind == "response":
        record.parse_http(auto_decode="none")
        status = record.http_headers.status_code if record.http_headers is not None else None
        if status is not None and status not in _GOOD:
            yield _skipped(record, f"responses with status {status}")
            return
        media = record.http_content_type or ""
        headers = {name.lower(): value for name, value in record.http_headers.items()} if record.http_headers else {}
    media = media.partition(";")[0].strip().lower()
    if media not in _PAGES or _path(url) == "/robots.txt":
        yield _skipped(record, f"records of media type {media or 'unknown'}")
    elif record.content_length > options.max_bytes:
        yield too_large(Origin(name=where), options.max_bytes)
    else:
        yield from _body(record, headers, url, where, options)


def _skipped(record: Any, what: str) -> Skipped:
    expected = record.content_length
    if (there := record.reader.consume()) < expected:
        raise _broken_off(there, expected)
    return Skipped(what)


def _broken_off(there: int, expected: int) -> OSError:
    return OSError(f"the record breaks off after {there} of {expected} bytes")


def _body(record: Any, headers: Mapping[str, str], url: str, where: str, options: Options) -> Iterator[Piece]:
    expected = record.content_length
    body = record.reader.read(expected)
    if len(body) < expected:
        raise _broken_off(len(body), expected)
    try:
        body = _decoded(body, headers, options.max_bytes)
    except (OSError, zlib.error) as error:
        yield Problem("broken-record", f"the page cannot be unpacked: {error}"[:300], "archive the page again", where)
        return
    if len(body) > options.max_bytes:
        yield too_large(Origin(name=where), options.max_bytes)
    else:
        yield from _page(Source.of_bytes(where, body), url, record, options)


def _decoded(body: bytes, headers: Mapping[str, str], limit: int) -> bytes:
    """The page without the encodings of its transfer, at most `limit` + 1 bytes; many archives keep the header and not the encoding."""
    from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader

    if "chunked" in headers.get("transfer-encoding", "").lower() and _CHUNK.match(body):
        body = ChunkedReader(io.BytesIO(body)).read(limit + 1)
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return bytes(GzipReader(io.BytesIO(body)).read(limit + 1))
    if encoding == "zstd" and body.startswith(b"\x28\xb5\x2f\xfd"):
        return bytes(ZstdReader(io.BytesIO(body)).read(limit + 1))
    if encoding == "deflate":
        return zlib.decompressobj(wbits=zlib.MAX_WBITS if body[:1] == b"\x78" else -zlib.MAX_WBITS).decompress(
            body, limit + 1
        )
    if encoding == "br" and not body.lstrip().startswith(b"<"):
        return bytes(BrotliReader(io.BytesIO(body)).read(limit + 1))
    return bytes(body)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _page(source: Source, url: str, record: Any, options: Options) -> Iterator[Piece]:
    inner = replace(options, origin=replace(options.origin, url=options.origin.url or url))
    retrieved = moment_of(record.record_date.isoformat()) if record.record_date else ""
    for piece in pieces(source, inner):
        if isinstance(piece, Received):
            yield replace(piece, report=replace(piece.report, retrieved=retrieved))
        elif isinstance(piece, Problem) and piece.code in _WORDLESS:
            yield Skipped("pages without text")
        else:
            yield piece


WARC = Format("warc", likely_warc, items_of_warc, suffixes=(".warc", ".gz"), binary=True, many=True)
WACZ = Format("wacz", likely_wacz, items_of_wacz, suffixes=(".wacz",), binary=True, many=True)
