"""Filters → SQL. Every value is a parameter, every name a constant."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ondit.model import Standing
from ondit.stores.contract import Filters
from ondit.stores.sides import box_around
from ondit.text.searching import search_phrases

_Condition: TypeAlias = tuple[str, tuple[object, ...]]

_ORDER = "c.published DESC, c.report_id, c.position"
_WORDS = "SELECT rowid FROM words WHERE words MATCH ?"
_POINTS = "SELECT n FROM points WHERE north >= ? AND south <= ? AND east >= ? AND west <= ?"
_FEW = 2_000


@dataclass(frozen=True, slots=True)
class Plan:
    """How to search: the rest of a query after `SELECT …`, and its parameters."""

    body: str
    values: tuple[object, ...]

    def numbers(self) -> str:
        """The query that gives `n` of the claims in their order."""
        return f"SELECT c.n {self.body} ORDER BY {_ORDER} LIMIT ? OFFSET ?"

    def count(self) -> str:
        """The query that counts them."""
        return f"SELECT count(*) {self.body}"


def plan(connection: sqlite3.Connection, filters: Filters) -> Plan:
    """The quickest way: where words or a box are rare, from their index to the claims; else along one index that holds all that is asked for.

    The records make the rows of `claims` wide: to look at many of them only to choose takes seconds, along the index it takes a twentieth.
    """
    conditions: list[_Condition] = [("1", ())] if filters.versions else [("c.newest = 1", ())]
    conditions += [*_plain(filters), *_somewhere(filters)]
    match = _match(filters)
    if match == "":
        return Plan("FROM claims AS c WHERE 0", ())  # words were asked for that hold no letter
    starts: list[_Condition] = [] if match is None else [(_WORDS, (match,))]
    box = _smallest_box(filters)
    rare = [start for start in (*starts, *([(_POINTS, box)] if box else [])) if _is_rare(connection, start)]
    if rare or filters.report:
        conditions += [(f"c.n IN ({query})", values) for query, values in dict.fromkeys((*rare, *starts))]
        return _joined("FROM claims AS c", conditions)
    # The plus keeps SQLite from starting at the long list.
    conditions += [(f"+c.n IN ({query})", values) for query, values in starts]
    return _joined("FROM claims AS c INDEXED BY claims_search", conditions)


def _joined(source: str, conditions: Sequence[_Condition]) -> Plan:
    text = " AND ".join(condition for condition, _ in conditions)
    return Plan(f"{source} WHERE {text}", tuple(value for _, values in conditions for value in values))


def _is_rare(connection: sqlite3.Connection, start: _Condition) -> bool:
    query, values = start
    found = connection.execute(f"SELECT count(*) FROM ({query} LIMIT {_FEW + 1})", values).fetchone()  # noqa: S608 - constants
    return bool(found[0] <= _FEW)


def _smallest_box(filters: Filters) -> tuple[object, ...] | None:
    """South, north, west, east as the index wants them; none for a box across the date line, which is two."""
    boxes = [
        box for box in (filters.box, box_around(*filters.near) if filters.near else None) if box and box[1] <= box[3]
    ]
    if not boxes:
        return None
    south, west, north, east = min(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    return south, north, west, east


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
        found.append(_in_box(filters.box))
    if filters.near:
        lat, lon, km = filters.near
        found.append(_in_box(box_around(lat, lon, km)))
        found.append(("km_between(c.lat, c.lon, ?, ?) <= ?", (lat, lon, km)))
    return found


def _in_box(box: tuple[float, float, float, float]) -> _Condition:
    south, west, north, east = box
    if west > east:  # across the date line
        return "c.lat BETWEEN ? AND ? AND (c.lon >= ? OR c.lon <= ?)", (south, north, west, east)
    return "c.lat BETWEEN ? AND ? AND c.lon BETWEEN ? AND ?", (south, north, west, east)
