"""Filters → the quickest query of SQLite."""

import sqlite3
from collections.abc import Sequence

from ondit.stores.contract import Filters
from ondit.stores.tables.searching import Condition, boxes, joined, plain, somewhere
from ondit.stores.tables.sql import Plan
from ondit.text.searching import search_phrases

_ORDER = "c.published DESC, c.report_id, c.position"
_WORDS = "SELECT rowid FROM words WHERE words MATCH ?"
_POINTS = "SELECT n FROM points WHERE north >= ? AND south <= ? AND east >= ? AND west <= ?"
_FEW = 2_000


def plan(connection: sqlite3.Connection, filters: Filters) -> Plan:
    """The quickest way: where words or a box are rare, from their index to the claims; else along one index that holds all that is asked for.

    The records make the rows of `claims` wide: to look at many of them only to choose takes seconds, along the index it takes a twentieth.
    """
    conditions: list[Condition] = [*plain(filters), *somewhere(filters)]
    match = _match(filters)
    if match == "":
        return Plan("FROM claims AS c WHERE 1 = 0", (), _ORDER)  # words were asked for that hold no letter
    starts: list[Condition] = [] if match is None else [(_WORDS, (match,))]
    box = _smallest_box(filters)
    rare = [start for start in (*starts, *([(_POINTS, box)] if box else [])) if _is_rare(connection, start)]
    if rare or filters.report:
        conditions += [(f"c.n IN ({query})", values) for query, values in dict.fromkeys((*rare, *starts))]
        return joined("FROM claims AS c", conditions, _ORDER)
    # The plus keeps SQLite from starting at the long list.
    conditions += [(f"+c.n IN ({query})", values) for query, values in starts]
    return joined("FROM claims AS c INDEXED BY claims_search", conditions, _ORDER)


def _is_rare(connection: sqlite3.Connection, start: Condition) -> bool:
    query, values = start
    found = connection.execute(f"SELECT count(*) FROM ({query} LIMIT {_FEW + 1})", values).fetchone()  # noqa: S608 - constants
    return bool(found[0] <= _FEW)


def _smallest_box(filters: Filters) -> tuple[object, ...] | None:
    """South, north, west, east as the index wants them; none for a box across the date line, which is two."""
    whole = [box for box in boxes(filters) if box[1] <= box[3]]
    if not whole:
        return None
    south, west, north, east = min(whole, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    return south, north, west, east


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
