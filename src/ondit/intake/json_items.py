"""A JSON document of any size → its items one at a time, with what stands around them, in constant memory."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, TypeAlias

from ondit.intake.formats import Source
from ondit.intake.utf8 import SoundUtf8, problems_of

_BLOCK = 65_536
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
    with _Blocks(source, limit) as stream:
        events = _events(stream, source)
        at: list[str] = []  # where the next value stands; inside an object the last entry is the key
        for event, value in events:
            if event == "map_key":
                at[-1] = value
            elif event == "start_map" and is_item(tuple(at)):
                yield tuple(at), _item(events, stream, limit, depth=len(at))
            elif event in _STARTS:
                at.append("[]" if event == "start_array" else "")
                _check_depth(len(at), stream)
            elif event in _ENDS:
                at.pop()
            else:
                yield tuple(at), value
        yield from (((), problem) for problem in problems_of(stream, source.name))


class _Blocks(SoundUtf8):
    """The blocks that the parser is given. It may hold one value back while it waits for its end, so there is a limit to that."""

    def __init__(self, source: Source, limit: int, *, careful_from: int | None = None) -> None:
        super().__init__(source, guess=False, escapes=True)
        self.limit = limit
        self.told = 0  # bytes given when the parser last told something
        self.before = 0  # bytes given before the last block
        self._careful_from = careful_from

    def read(self, size: int = -1) -> bytes:
        if self.given - self.told > 2 * self.limit:
            raise JsonBreak(f"one value of more than {self.limit / 1_048_576:.0f} MB", self.told)
        if self._careful_from is not None:
            size = min(size, max(1, self._careful_from - self.given))
        self.before = self.given
        return super().read(size)


def _events(stream: _Blocks, source: Source) -> Iterator[tuple[str, Any]]:
    """The events of the parser; where it fails, those before the failing character come all the same.

    The parser takes a block at a time and gives nothing of a block that it fails on. So that block is given to it once more, byte by byte.
    """
    told = 0
    try:
        for event in _parse(stream):
            told += 1
            stream.told = stream.given
            yield event
    except _parser_errors() as error:
        if stream.ended:
            raise JsonBreak("the end is missing", stream.given) from error
    else:
        return
    with _Blocks(source, stream.limit, careful_from=stream.before) as again:
        try:
            yield from islice(_parse(again), told, None)
        except _parser_errors() as error:
            reason = " ".join(str(error).split("\n")[0].split())
            raise JsonBreak(reason, again.given) from error


def _parse(stream: _Blocks) -> Iterator[tuple[str, Any]]:
    import ijson

    events: Iterator[tuple[str, Any]] = ijson.basic_parse(stream, buf_size=_BLOCK)
    return events


def _parser_errors() -> tuple[type[Exception], ...]:
    import ijson

    return (ijson.JSONError, UnicodeDecodeError)


def _item(events: Iterator[tuple[str, Any]], stream: _Blocks, limit: int, *, depth: int) -> dict[str, Any] | Oversize:
    """The object whose start has just been told."""
    began, key = stream.given, ""
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
        if stream.given - began <= limit:  # beyond the limit nothing more is kept
            if type(open_[-1]) is dict:
                open_[-1][key] = new
            else:
                open_[-1].append(new)
        if event in _STARTS:
            open_.append(new)
            _check_depth(depth + len(open_), stream)
    return item if stream.given - began <= limit else Oversize(limit)


def _number(value: Any) -> Any:
    """Fractions as floats, which is how every other reader of JSON takes them."""
    if not isinstance(value, Decimal):
        return value
    return float(value) if value.copy_abs() < _LARGEST else str(value)


def _check_depth(depth: int, stream: _Blocks) -> None:
    if depth > _DEEPEST:
        raise JsonBreak(f"more than {_DEEPEST} levels inside each other", stream.given)
