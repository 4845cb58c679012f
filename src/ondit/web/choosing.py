"""Parameters of an address → what is asked for. What cannot be asked for is told, never left out in silence."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from ondit.ledger import Filters
from ondit.model import Stance, Standing
from ondit.ontology import event_types

_Kind = TypeVar("_Kind", bound=StrEnum)
_WORDS = ("source", "voice", "place", "text", "report")
NAMES = (*_WORDS, "stance", "type", "near", "box", "since", "until", "standing", "versions")
"""The parameters that choose claims."""


class BadQuery(ValueError):
    """A parameter that means nothing; the message says what it may be."""


def filters_of(query: Mapping[str, str]) -> Filters:
    """The filters that parameters ask for; raises `BadQuery`."""
    near, box = _numbers(query, "near", 3), _numbers(query, "box", 4)
    if near and not (_is_point(near[0], near[1]) and 0 <= near[2] <= 21_000):
        raise BadQuery("near: latitude, longitude and kilometres")
    if box and not (_is_point(box[0], box[1]) and _is_point(box[2], box[3]) and box[0] <= box[2]):
        raise BadQuery("box: south, west, north, east in degrees")
    type_ = query.get("type", "").strip()
    if type_ and type_ not in event_types():
        raise BadQuery(f"type: one of {', '.join(sorted(event_types()))}")
    words = {name: query.get(name, "").strip() for name in _WORDS}
    return Filters(
        **words,
        stance=_one_of(query, "stance", Stance),
        type=type_,
        near=(near[0], near[1], near[2]) if near else None,
        box=(box[0], box[1], box[2], box[3]) if box else None,
        since=day(query, "since"),
        until=day(query, "until"),
        standing=_one_of(query, "standing", Standing),
        versions=is_on(query, "versions"),
    )


class Chosen(dict[str, str]):
    """Parameters as they were written, without empty ones; one that is not there is ""."""

    def __missing__(self, name: str) -> str:
        return ""


def chosen(query: Mapping[str, str], *more: str) -> Chosen:
    """The parameters that choose."""
    return Chosen({name: query[name].strip() for name in (*NAMES, *more) if query.get(name, "").strip()})


def whole(query: Mapping[str, str], name: str, default: int, most: int) -> int:
    """A whole number from 0."""
    text = query.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 12:
        raise BadQuery(f"{name}: a whole number")
    return min(int(text), most)


def is_on(query: Mapping[str, str], name: str) -> bool:
    """Is a parameter there, and neither empty nor 0?"""
    return query.get(name, "") not in ("", "0", "false")


def day(query: Mapping[str, str], name: str) -> date | None:
    """A day, written YYYY-MM-DD."""
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadQuery(f"{name}: a day, written YYYY-MM-DD") from error


def _one_of(query: Mapping[str, str], name: str, kind: type[_Kind]) -> _Kind | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        return kind(text)
    except ValueError as error:
        raise BadQuery(f"{name}: one of {', '.join(kind)}") from error


def _numbers(query: Mapping[str, str], name: str, count: int) -> list[float] | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError as error:
        raise BadQuery(f"{name}: {count} numbers with commas between") from error
    if len(numbers) != count:
        raise BadQuery(f"{name}: {count} numbers with commas between")
    return numbers


def _is_point(lat: float, lon: float) -> bool:
    return -90 <= lat <= 90 and -180 <= lon <= 180
