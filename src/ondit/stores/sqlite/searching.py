"""Filters → SQL. Every value is a parameter, every name a constant."""

from collections.abc import Sequence
from typing import TypeAlias

from ondit.model import Standing
from ondit.stores.contract import Filters
from ondit.stores.sides import box_around
from ondit.text.searching import search_phrases

_Condition: TypeAlias = tuple[str, tuple[object, ...]]

ORDER = "c.published DESC, c.report_id, c.position"
_IN_WORDS = "c.n IN (SELECT rowid FROM words WHERE words MATCH ?)"
_IN_POINTS = "c.n IN (SELECT n FROM points WHERE north >= ? AND south <= ? AND east >= ? AND west <= ?)"
_FAR_EAST = 180.0


def where(filters: Filters) -> tuple[str, list[object]]:
    """The condition on `claims AS c`, and its parameters; the condition is never empty."""
    conditions: list[_Condition] = [("1", ())] if filters.versions else [("c.newest = 1", ())]
    conditions += _plain(filters)
    match = _match(filters)
    if match == "":
        conditions.append(("0", ()))  # words were asked for that hold no letter
    elif match is not None:
        conditions.append((_IN_WORDS, (match,)))
    conditions += _somewhere(filters)
    text = " AND ".join(condition for condition, _ in conditions)
    return text, [value for _, values in conditions for value in values]


def _plain(filters: Filters) -> list[_Condition]:
    found: list[_Condition] = []
    if filters.standing is None:
        found.append(("c.standing <> ?", (Standing.REJECTED.value,)))
    else:
        found.append(("c.standing = ?", (str(filters.standing),)))
    for column, value in (("stance", filters.stance), ("type", filters.type), ("report_id", filters.report)):
        if value:
            found.append((f"c.{column} = ?", (str(value),)))
    if filters.since or filters.until:
        found.append(("c.edtf IS NOT NULL", ()))
    if filters.since:
        found.append(("(c.latest IS NULL OR c.latest >= ?)", (filters.since.isoformat(),)))
    if filters.until:
        found.append(("(c.earliest IS NULL OR c.earliest <= ?)", (filters.until.isoformat(),)))
    return found


def _match(filters: Filters) -> str | None:
    """The full-text query, None when no words are asked for, "" when they hold nothing to look for."""
    parts = []
    for words, columns in (
        (filters.text, "content voices places"),
        (filters.voice, "voices"),
        (filters.place, "places"),
        (filters.source, "sources"),
    ):
        if words:
            groups = search_phrases(words)
            if not groups:
                return ""
            parts += [f"{{{columns}}} : ({' OR '.join(map(_phrase, group))})" for group in groups]
    return " AND ".join(parts) if parts else None


def _phrase(words: Sequence[str]) -> str:
    """Folded words hold letters, digits and blanks only: they cannot end the quotation."""
    beginning = words[-1].endswith("*")
    quoted = '"' + " ".join(word.rstrip("*") for word in words) + '"'
    return f"{quoted} *" if beginning else quoted


def _somewhere(filters: Filters) -> list[_Condition]:
    found: list[_Condition] = []
    if filters.box:
        found += _in_box(filters.box)
    if filters.near:
        lat, lon, km = filters.near
        found += _in_box(box_around(lat, lon, km))
        found.append(("km_between(c.lat, c.lon, ?, ?) <= ?", (lat, lon, km)))
    return found


def _in_box(box: tuple[float, float, float, float]) -> list[_Condition]:
    """The index keeps points in 32 bits and rounds outwards; the columns have the last word."""
    south, west, north, east = box
    if west > east:  # across the date line: two boxes
        halves = [_in_box((south, west, north, _FAR_EAST)), _in_box((south, -_FAR_EAST, north, east))]
        text = " OR ".join("(" + " AND ".join(condition for condition, _ in half) + ")" for half in halves)
        return [(f"({text})", tuple(value for half in halves for _, values in half for value in values))]
    return [
        (_IN_POINTS, (south, north, west, east)),
        ("c.lat BETWEEN ? AND ? AND c.lon BETWEEN ? AND ?", (south, north, west, east)),
    ]
