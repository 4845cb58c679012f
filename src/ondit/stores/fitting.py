"""Which claims and events fit a query's filters, as plain predicates: what every store's own query language is compared with."""

from collections.abc import Callable, Sequence

from ondit.model import ShownClaim, Standing
from ondit.model.places import km_between
from ondit.stores.contract import EventFilters, EventRow, Filters
from ondit.stores.sides import Sides
from ondit.text.searching import search_phrases

_TEXT = ("content", "voices", "places")


def is_wanted(row: EventRow, filters: EventFilters) -> bool:
    """Does an event fit what can be asked of its row?"""
    return (
        (not filters.contested or row.contested)
        and (not filters.shared or row.reports > 1)
        and (not filters.single or row.origins == 1)
        and (filters.credibility is None or row.credibility <= filters.credibility)
    )


def fits(one: ShownClaim, sides: Sides, type_: str, filters: Filters) -> bool:
    """Does a claim of a happening of this type, shown as it is, fit all filters?"""
    standing = one.standing is filters.standing if filters.standing else one.standing is not Standing.REJECTED
    return (
        standing
        and (filters.stance is None or one.claim.stance is filters.stance)
        and (not filters.type or type_ == filters.type)
        and _then(sides, filters)
        and _there(sides, filters)
        and all(
            _said(query, [sides.words[column] for column in columns])
            for query, columns in (
                (filters.text, _TEXT), (filters.voice, ("voices",)), (filters.place, ("places",)), (filters.source, ("sources",))
            )
        )
    )  # fmt: skip


def _then(sides: Sides, filters: Filters) -> bool:
    if not (filters.since or filters.until):
        return True
    interval = sides.interval
    return (
        interval is not None
        and (filters.since is None or interval.latest is None or interval.latest >= filters.since)
        and (filters.until is None or interval.earliest is None or interval.earliest <= filters.until)
    )


def _there(sides: Sides, filters: Filters) -> bool:
    if filters.near is None and filters.box is None:
        return True
    place = sides.place
    if place is None or place.lat is None or place.lon is None:
        return False
    if filters.box:
        south, west, north, east = filters.box
        across = place.lon >= west or place.lon <= east if west > east else west <= place.lon <= east
        if not (south <= place.lat <= north and across):
            return False
    return filters.near is None or km_between(place.lat, place.lon, *filters.near[:2]) <= filters.near[2]


def _said(query: str, texts: Sequence[str]) -> bool:
    """Of every group of the query a phrase stands in one of the texts."""
    if not query:
        return True
    groups = search_phrases(query)
    lists = [text.split() for text in texts]
    return bool(groups) and all(any(_stands(phrase, words) for phrase in group for words in lists) for group in groups)


def _stands(phrase: Sequence[str], words: Sequence[str]) -> bool:
    last = phrase[-1]
    ends: Callable[[str], bool] = (lambda w: w.startswith(last[:-1])) if last.endswith("*") else (lambda w: w == last)
    size = len(phrase)
    return any(
        tuple(words[i : i + size - 1]) == tuple(phrase[:-1]) and ends(words[i + size - 1])
        for i in range(len(words) - size + 1)
    )
