"""A JSON document of any size → its items one at a time, with what stands around them, in constant memory."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, TypeAlias

from ondit.intake.formats import Source
from ondit.intake.utf8 import SoundUtf8, problems_of

_BLOCK = 1024 * 1024
_PIECES = (_BLOCK, 4_096, 16, 1)
_DEEPEST = 100  # levels inside each other; real exports have ten
_LARGEST = Decimal("1e300")
_STARTS = ("start_map", "start_array")
_ENDS = ("end_map", "end_array")

Path: TypeAlias = tuple[str, ...]
"""Where a value stands: keys, and "[]" for the elements of a list."""


class JsonBreak(Exception):
    """The JSON cannot be read on; `at` is the byte (of its UTF-8)."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.reason, self.at = reason, at


@dataclass(frozen=True, slots=True)
class Oversize:
    """Stands for an item that was larger than the limit and was passed over."""

    limit: int


def canonical(value: object) -> bytes:
    """A JSON value in a fixed form: UTF-8, no spaces, the keys in the order in which they came."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def walk(source: Source, is_item: Callable[[Path], bool], *, limit: int) -> Iterator[tuple[Path, Any]]:
    """The items (objects at a path that `is_item`) and the plain values outside of them, in order, each with its path.

    An item of more than `limit` bytes comes as `Oversize`. At the end come what there is to tell of the encoding, as `Problem`s at the path ().
    Raises `JsonBreak` where the document breaks off, after all that stands before it.
    """
    reader = _Reader(source, limit)
    events = reader.events()
    at: list[str] = []  # where the next value stands; inside an object the last entry is the key
    for event, value in events:
        if event == "map_key":
            at[-1] = value
        elif event == "start_map" and is_item(tuple(at)):
            yield tuple(at), _item(events, reader, limit, depth=len(at))
        elif event in _STARTS:
            at.append("[]" if event == "start_array" else "")
            reader.check_depth(len(at))
        elif event in _ENDS:
            at.pop()
        else:
            yield tuple(at), value
    yield from (((), problem) for problem in problems_of(reader.stream, source.name))


class _Blocks(SoundUtf8):
    """The blocks that the parser is given: large ones, and from `careful_from` on `piece` bytes at a time."""

    def __init__(self, source: Source, limit: int, *, careful_from: int = 0, piece: int = _BLOCK) -> None:
        super().__init__(source, guess=False, escapes=True)
        self._limit, self._careful_from, self._piece = limit, careful_from, piece
        self.told = 0  # bytes given when the parser last told something
        self.before = 0  # bytes given before the last block

    def read(self, size: int = -1) -> bytes:
        """The next block; raises `JsonBreak` when the parser, which holds a value back until its end, waits for too long."""
        if self.given - self.told > 2 * self._limit:
            raise JsonBreak(f"one value of more than {self._limit / 1_048_576:.0f} MB", self.told)
        left = self._careful_from - self.given
        self.before = self.given
        return super().read(min(size, left) if left > 0 else min(size, self._piece))


class _Reader:
    """What the parser tells of a source, and the stream that it is reading.

    The parser takes a block at a time and gives nothing of a block that it fails on. So that all that stands before the failing character arrives, the
    source is read again with that block in smaller and smaller pieces; a document that is sound, or that only lacks its end, is read once.
    """

    def __init__(self, source: Source, limit: int) -> None:
        self._source, self._limit = source, limit
        self.stream = _Blocks(source, limit)

    def events(self) -> Iterator[tuple[str, Any]]:
        """The events of the parser; raises `JsonBreak` behind the last that can be had."""
        import ijson

        told, careful_from, reason = 0, 0, ""
        for piece in _PIECES:
            with _Blocks(self._source, self._limit, careful_from=careful_from, piece=piece) as stream:
                self.stream = stream
                try:
                    for event in islice(ijson.basic_parse(stream, buf_size=_BLOCK), told, None):
                        told += 1
                        stream.told = stream.given
                        yield event
                except (ijson.JSONError, UnicodeDecodeError) as error:
                    if stream.ended:
                        raise JsonBreak("the end is missing", stream.given) from error
                    careful_from, reason = stream.before, " ".join(str(error).split("\n")[0].split())
                else:
                    return
        raise JsonBreak(reason, self.stream.given)

    def check_depth(self, depth: int) -> None:
        """Raises `JsonBreak` where values are inside each other without end."""
        if depth > _DEEPEST:
            raise JsonBreak(f"more than {_DEEPEST} levels inside each other", self.stream.given)


def _item(events: Iterator[tuple[str, Any]], reader: _Reader, limit: int, *, depth: int) -> dict[str, Any] | Oversize:
    """The object whose start has just been told."""
    began, key = reader.stream.given, ""
    item: dict[str, Any] = {}
    open_: list[Any] = [item]
    for event, value in events:
        if event == "map_key":
            key = value
            continue
        if event in _ENDS:
            open_.pop()
            if not open_:
                break
            continue
        new = {} if event == "start_map" else [] if event == "start_array" else _number(value)
        if reader.stream.given - began <= limit:  # beyond the limit nothing more is kept
            if type(open_[-1]) is dict:
                open_[-1][key] = new
            else:
                open_[-1].append(new)
        if event in _STARTS:
            open_.append(new)
            reader.check_depth(depth + len(open_))
    return item if reader.stream.given - began <= limit else Oversize(limit)


def _number(value: Any) -> Any:
    """Fractions as floats, which is how every other reader of JSON takes them."""
    if not isinstance(value, Decimal):
        return value
    return float(value) if value.copy_abs() < _LARGEST else str(value)
