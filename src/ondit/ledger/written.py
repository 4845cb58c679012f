"""What a person types for a field of a claim → the value that a decision holds."""

import calendar
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ondit.decide import COUNTED
from ondit.gazetteer import Entry, Gazetteer
from ondit.ledger.deciding import Undecidable

_FIGURES = re.compile(r"(\d+)?(-|\.\.)?(\d+)?")
_SPAN = re.compile(r"(\d+)[-–](\d+)")
_PRECISION = {
    "country": "country",
    "admin1": "division",
    "admin2": "division",
    "region": "region",
    "continent": "region",
    "water": "region",
}
_MOMENT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def value_for(field: str, text: str, layers: Sequence[Path] = ()) -> Any:
    """The value of a field; `layers` are the user's place names over the shipped ones. Raises `Undecidable` with what may be written."""
    try:
        if field in COUNTED:
            return figures(text) if text else None
        if field == "when":
            return interval(text) if text else None
        if field == "place":
            return place(text, layers) if text else None
        if field == "content":
            return span(text)
        if field == "voices":
            return [{"span": span(part)} for part in text.split(",") if part.strip()]
    except ValueError as error:
        raise Undecidable(str(error)) from error
    return text or None


def figures(text: str) -> dict[str, int | None]:
    """`3`, `3-5`, `3-` (at least), `-5` (at most)."""
    match = _FIGURES.fullmatch(text)
    if match is None or not (match[1] or match[3]):
        raise ValueError(f"'{text}' is no figure; write 3, 3-5, 3- (at least) or -5 (at most)")
    low = int(match[1]) if match[1] else None
    high = int(match[3]) if match[3] else (None if match[2] else low)
    return {"low": low, "best": low if low == high else None, "high": high}


def interval(text: str) -> dict[str, str | None]:
    """`2022`, `2022-01`, `2022-01-29`, or two of them with `..` between."""
    first, dots, last = text.partition("..")
    start, grain = _days(first)[0], _days(first)[2]
    end = _days(last)[1] if dots else _days(first)[1]
    if start > end:
        raise ValueError(f"'{text}' runs backwards")
    edtf = f"{first}/{last}" if dots else first
    return {"earliest": start.isoformat(), "latest": end.isoformat(), "edtf": edtf, "precision": grain}


def _days(text: str) -> tuple[date, date, str]:
    """First and last day, and the grain."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is no date; write 2022, 2022-01, 2022-01-29 or 2022-01-29..2022-02-02")
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if day:
        return date(year, month, day), date(year, month, day), "day"
    if month:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"
    return date(year, 1, 1), date(year, 12, 31), "year"


def span(text: str) -> list[int]:
    """`10-42`: the first character and the one after the last, counted from 0."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is no span; write START-STOP, for example 10-42")
    return [int(match[1]), int(match[2])]


def place(text: str, layers: Sequence[Path] = ()) -> dict[str, Any]:
    """A place of the gazetteer by id or by a name that means one place."""
    gazetteer = gazetteer_over(tuple(layers))
    name, _, wanted = text.partition(":")
    by_id = gazetteer.entry(text) if wanted else None
    found = [by_id] if by_id else list(gazetteer.candidates(text))
    if not found:
        raise ValueError(f"'{text}' is in no gazetteer; 'ondit gazetteer show {name}' lists names and ids")
    if len(found) > 1:
        listed = ", ".join(f"{e.id} ({', '.join((*reversed(e.chain), e.country))})" for e in found[:8])
        raise ValueError(f"'{text}' may be several places; write place=ID with one of {listed}")
    return place_value(found[0])


@cache
def gazetteer_over(layers: tuple[Path, ...]) -> Gazetteer:
    """The place names, opened once a process."""
    return Gazetteer.open(over=layers)


def place_value(entry: Entry) -> dict[str, Any]:
    """A place of the gazetteer as the value of a decision."""
    return {
        "gazetteer_id": entry.id, "name": entry.name, "lat": entry.lat, "lon": entry.lon, "radius_km": entry.radius_km,
        "country": entry.country, "admin": list(entry.chain), "kind": str(entry.kind),
        "precision": _PRECISION.get(entry.kind, "exact"),
    }  # fmt: skip
