"""Any stream of text as sound UTF-8, block by block: other encodings are turned into it, broken bytes become U+FFFD and are counted."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from ondit.intake.encodings import decode
from ondit.intake.formats import HEAD, Origin, Source, warning
from ondit.model import Problem

_BLOCK = 1024 * 1024
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_LONGEST_ESCAPE = 12  # \ud83d\ude00


class SoundUtf8(io.RawIOBase):
    """A stream of UTF-8 over a source. `guess=False`: no code page is guessed (JSON is Unicode). `escapes=True`: the escapes of JSON that stand for half a character are mended, too.

    `broken` counts what was replaced so far, `given` the bytes given so far; `ended` says that the source has been read to its end.
    """

    def __init__(self, source: Source, *, guess: bool = True, escapes: bool = False) -> None:
        self._stream: BinaryIO = source.open()
        head = self._stream.read(HEAD)
        read = decode(head[: len(head) - len(head) % 4]) if len(head) == HEAD else decode(head)
        guessed = not read.encoding.startswith("utf")
        self.encoding = "utf-8" if guessed and not guess else read.encoding
        self.sure = read.sure or not guess
        self._decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        self._ahead = _without_mark(head)
        self._escapes = escapes
        self._waiting = b""  # the start of an escape that the next block ends
        self._ready = b""
        self.ended = False
        self.broken = 0
        self.given = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Close the source, too."""
        self._stream.close()
        super().close()

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; everything for -1."""
        if size < 0:
            return self.readall()
        while not self._ready and not self.ended:
            self._ready = self._next()
        given, self._ready = self._ready[:size], self._ready[size:]
        self.given += len(given)
        return given

    def readinto(self, buffer: object) -> int:
        """Fill a buffer: what `io.BufferedReader` needs."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        given = self.read(len(view))
        view[: len(given)] = given
        return len(given)

    def _next(self) -> bytes:
        block = self._ahead or self._stream.read(_BLOCK)
        self._ahead = b""
        self.ended = not block
        text = self._decoder.decode(block, final=self.ended)
        self.broken += text.count("\ufffd")
        sound = text.encode("utf-8", "replace")
        return self._mended(sound) if self._escapes else sound

    def _mended(self, block: bytes) -> bytes:
        block = self._waiting + block
        cut = len(block) if self.ended else _before_open_escape(block)
        block, self._waiting = block[:cut], block[cut:]
        return _ESCAPE.sub(self._mend, block) if b"\\u" in block else block

    def _mend(self, match: re.Match[bytes]) -> bytes:
        if match.group(1) is None:
            return match.group()
        self.broken += 1
        return rb"\ufffd"


def problems_of(stream: SoundUtf8, name: str) -> Iterator[Problem]:
    """What to tell about how a stream that was read to its end was written."""
    origin = Origin(name=name)
    if not stream.sure:
        message = f"the bytes are no UTF-8; they were read as {stream.encoding}"
        remedy = "look whether accents and letters are right, and save the file as UTF-8"
        yield warning("guessed-encoding", message, remedy, origin)
    if stream.broken:
        message = f"{stream.broken} broken characters ({stream.encoding})"
        yield warning("broken-characters", message, "get the file again; each stands as U+FFFD", origin)


def lines_of(stream: SoundUtf8, limit: int, *, blank: bool = False) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers from 1, the empty ones only when asked for.

    None stands for a line of more than `limit` bytes, which is passed over.
    """
    reader = io.BufferedReader(stream, _BLOCK)
    number = 0
    while line := reader.readline(limit):
        number += 1
        if len(line) < limit or line.endswith(b"\n"):
            if blank or not line.isspace():
                yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = reader.readline(_BLOCK)
        yield number, None


def _before_open_escape(block: bytes) -> int:
    """Where the last escape begins that the next block may end, or the end of the block."""
    start = block.find(b"\\", max(0, len(block) - _LONGEST_ESCAPE))
    if start < 0:
        return len(block)
    while start > 0 and block[start - 1 : start] == b"\\":
        start -= 1
    return start


def _without_mark(head: bytes) -> bytes:
    # UTF-8 and the little and big endian codecs would give the mark as a character.
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if head.startswith(mark):
            return head[len(mark) :]
    return head
