"""ZIP archives, never trusted: nothing is written to the disk, sizes are counted and not believed; and ZIP as a format: what is inside is taken in."""

import io
import lzma
import shutil
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from ondit.intake.formats import Format, Options, Refused, Source
from ondit.intake.items import Piece, Skipped
from ondit.intake.sniffing import known_suffixes, pieces
from ondit.model import Problem

_MOST_MEMBERS = 100_000
_BLOCK = 65_536
_RATIO = 200  # text packs ten to thirty to one, a log that repeats itself a hundred to one
_SMALL = 10 * 1024 * 1024  # below this size of the content a ratio tells nothing
_MUCH = 2 * 1024 * 1024 * 1024  # of all members: each has its own limit, so that one bomb does not cost the others
_SYMLINK = 0o120000
_KIND_OF_FILE = 0o170000
_OFFICE = ("[Content_Types].xml", "mimetype", "content.xml")
_BREAKS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError)


def open_archive(stream: BinaryIO, name: str) -> zipfile.ZipFile:
    """The archive in a stream; raises `Refused` when there is none, or when it is a bomb."""
    if not stream.seekable():  # an archive in an archive
        inner = SpooledTemporaryFile(max_size=_SMALL)  # noqa: SIM115 - lives as long as the archive
        shutil.copyfileobj(stream, inner)
        stream = cast("BinaryIO", inner)
    try:
        archive = zipfile.ZipFile(stream)
    except _BREAKS as error:
        remedy = "get the archive again; one that was cut off cannot be opened"
        raise Refused(Problem("broken-archive", f"the archive cannot be opened: {error}", remedy, name)) from error
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        message = f"the archive has {len(members)} members"
        raise Refused(Problem("archive-bomb", message, "unpack it and name the files that you want", name))
    packed = sum(member.compress_size for member in members)
    _check(sum(member.file_size for member in members) - _MUCH, packed, name)
    return archive


def member_source(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Source:
    """A member as a source; reading it raises `Refused` when it is broken, locked, or unpacks to far more than it says."""
    return Source(name, lambda: _Member(archive, member, name))  # type: ignore[arg-type,return-value]


def unsafe(member: zipfile.ZipInfo) -> str:
    """Why the name of a member is a trick, "" when it is none. Nothing is unpacked to where it says, but who packed that is not to be trusted."""
    name = member.orig_filename
    if "\x00" in name:
        return "its name holds a NUL character"
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if name.startswith(("/", "\\")) or name[1:2] == ":":
        return "its name is an absolute path"
    if ".." in parts:
        return "its name leads out of the archive"
    if (member.external_attr >> 16) & _KIND_OF_FILE == _SYMLINK:
        return "it is a symbolic link"
    return ""


class _Member(io.RawIOBase):
    """The bytes of a member, counted as they are unpacked."""

    def __init__(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
        self._member, self._name, self._given = member, name, 0
        if member.flag_bits & 1:
            remedy = "unpack it with its password and give the files inside"
            raise Refused(Problem("locked-archive", "this member is encrypted", remedy, name))
        try:
            self._stream = archive.open(member)
        except _BREAKS as error:
            raise self._broken(error) from error

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; everything for -1."""
        if size < 0:
            return b"".join(iter(lambda: self.read(_BLOCK), b""))
        try:
            data = self._stream.read(size)
        except _BREAKS as error:
            raise self._broken(error) from error
        self._given += len(data)
        _check(self._given, self._member.compress_size, self._name)
        return data

    def readinto(self, buffer: object) -> int:
        """Fill a buffer: what `io.BufferedReader` needs."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def _broken(self, error: Exception) -> Refused:
        message = f"this member cannot be unpacked: {error}"
        return Refused(Problem("broken-archive", message, "get the archive again", self._name))


def _check(unpacked: int, packed: int, name: str) -> None:
    if unpacked > _SMALL and unpacked > _RATIO * max(1, packed):
        message = f"it unpacks to more than {_RATIO} times its size: a bomb"
        remedy = "if you trust who made it, unpack it and name the files that you want"
        raise Refused(Problem("archive-bomb", message, remedy, name))


def likely(head: bytes, _name: str) -> float:
    """Fairly sure of every ZIP archive; formats that are ZIP inside are surer of theirs."""
    return 0.6 if head.startswith((b"PK\x03\x04", b"PK\x05\x06")) else 0.0


def items(source: Source, options: Options) -> Iterator[Piece]:
    """What is in the files of known endings in the archive, in the order of the archive."""
    with source.open() as stream, open_archive(stream, source.name) as archive:
        if any(name in archive.NameToInfo for name in _OFFICE):
            remedy = "open it in its program and save it as plain text, .docx or CSV"
            yield Problem("binary-input", "this is an office document, not text", remedy, source.name)
            return
        suffixes = known_suffixes()
        seen: Counter[str] = Counter()
        for member in archive.infolist():
            yield from _member(archive, member, f"{source.name}/{member.filename}", options, suffixes, seen)


def _member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    name: str,
    options: Options,
    suffixes: frozenset[str],
    seen: Counter[str],
) -> Iterator[Piece]:
    if member.is_dir():
        return
    seen[member.filename] += 1
    if trick := unsafe(member):
        yield Problem("unsafe-path", f"this member was left out: {trick}", "ask who made the archive", _shown(name))
    elif seen[member.filename] > 1:
        yield Problem("unsafe-path", "a second member of the same name was left out", "ask who made the archive", name)
    elif PurePosixPath(member.filename).suffix.lower() in suffixes:
        yield from pieces(member_source(archive, member, name), options)
    else:
        ending = PurePosixPath(member.filename).suffix.lower()
        yield Skipped(f"files ending in {ending}" if ending else "files without an ending")


def _shown(name: str) -> str:
    return name.replace("\x00", "\ufffd")


FORMAT = Format("zip", likely, items, suffixes=(".zip",), binary=True, many=True)
