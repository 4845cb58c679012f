"""Filters → SQL; which index comes first is the server's choice, with a hint where it guesses badly."""

from collections.abc import Callable, Sequence

from ondit.stores.contract import Filters
from ondit.stores.tables.searching import Condition, boxes, joined, plain, somewhere
from ondit.stores.tables.sql import Plan
from ondit.text.searching import Phrase, search_phrases

_ORDER = "c.published DESC NULLS LAST, c.report_id, c.position"
_DURING = (
    "daterange(CASE WHEN c.earliest > c.latest THEN c.latest ELSE c.earliest END, "
    "CASE WHEN c.earliest > c.latest THEN c.earliest ELSE c.latest END, '[]') && daterange(?, ?, '[]')"
)
FEW = 2_000
"""Claims up to which the index of places is the way to begin."""
_LONGEST = 200  # characters of a word in the index; the rest of it is compared with the text


def plan(filters: Filters, count: Callable[[Condition], int]) -> Plan:
    """How to search; `count` says how many claims `c` meet a condition.

    Conditions on the indexes of places and days only narrow down: what is asked for is said by those all stores share. How many claims lie in
    a box the server cannot guess, and takes every box for a small one; so only small ones are looked up in the index.
    """
    conditions: list[Condition] = [*plain(filters), *somewhere(filters), *_during(filters)]
    conditions += [box for box in _in_boxes(filters) if count(box) <= FEW]
    words = _words(filters)
    if words is None:
        return Plan("FROM claims AS c WHERE 1 = 0", (), _ORDER)  # words were asked for that hold no letter
    if not words:
        return joined("FROM claims AS c", conditions, _ORDER)
    return joined("FROM claims AS c JOIN words AS w ON w.n = c.n", [*conditions, *words], _ORDER)


def vector(words: str) -> str:
    """The distinct words of a folded text as a `tsvector` in text form.

    >>> vector("armee a armee")
    "'a' 'armee'"
    """
    return " ".join(_quoted(word) for word in sorted({word[:_LONGEST] for word in words.split()}))


def _in_boxes(filters: Filters) -> list[Condition]:
    found: list[Condition] = []
    for south, west, north, east in boxes(filters):
        if west <= east:  # across the date line it would be two
            # A little wider: how points on the edge are taken is said by the columns.
            corners = (east + 1e-6, north + 1e-6, west - 1e-6, south - 1e-6)
            found.append(("point(c.lon, c.lat) <@ box(point(?, ?), point(?, ?))", tuple(map(float, corners))))
    return found


def _during(filters: Filters) -> list[Condition]:
    """Within a span of days; what is open on one side holds too much for an index to help."""
    if not (filters.since and filters.until):
        return []
    return [(_DURING, tuple(day.isoformat() for day in sorted((filters.since, filters.until))))]


def _words(filters: Filters) -> list[Condition] | None:
    """Conditions on the words `w`; none when no words are asked for, `None` when they hold nothing to look for."""
    found: list[Condition] = []
    for words, columns in (
        (filters.text, ("content", "voices", "places")),
        (filters.voice, ("voices",)),
        (filters.place, ("places",)),
        (filters.source, ("sources",)),
    ):
        if words:
            groups = search_phrases(words)
            if not groups:
                return None
            found += [_group(group, columns) for group in groups]
    return found


def _group(group: Sequence[Phrase], columns: Sequence[str]) -> Condition:
    """One of the phrases stands in one of the columns."""
    choices = [_phrase(phrase, column) for phrase in group for column in columns]
    text = " OR ".join(condition for condition, _ in choices)
    return f"({text})", tuple(value for _, values in choices for value in values)


def _phrase(phrase: Phrase, column: str) -> Condition:
    """The index finds the words, the folded text says whether they stand together."""
    beginning = phrase[-1].endswith("*")
    words = [*phrase[:-1], phrase[-1].rstrip("*")]
    asked = [_quoted(word[:_LONGEST]) for word in words]
    if beginning:
        asked[-1] += ":*"
    condition = f"w.{column}_words @@ ?::tsquery"
    query = " & ".join(asked)
    if len(words) == 1 and len(words[0]) < _LONGEST:
        return condition, (query,)
    together = f" {' '.join(words)}{'' if beginning else ' '}"
    return f"({condition} AND strpos(' ' || w.{column} || ' ', ?) > 0)", (query, together)


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
