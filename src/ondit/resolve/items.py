"""The items of a report that tells several happenings in a list: which item tells what, and where it is."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import combinations

from ondit.model import Item, Place, TimeExpression
from ondit.model.records import record
from ondit.resolve.alike import apart
from ondit.resolve.belonging import by_the_way
from ondit.resolve.moments import is_date
from ondit.resolve.tellings import OUTSIDE, exact_of, unique_places

_HEAD = 14  # characters: "• On", "1) Dans la nuit de"


@record
class Items:
    """The items of a list of several happenings, in text order; none in any other report."""

    each: Sequence[Item]
    starts: Sequence[int]

    @classmethod
    def of(cls, lines: Sequence[Item], places: Sequence[Place], times: Sequence[TimeExpression]) -> "Items":
        """Of lines that may tell for themselves: they do when most of them name where, or begin with when, and not all the same place or day.

        Lines that tell one happening point by point ("What is known: – twelve dead – the road is closed") name it once.
        """
        items = cls(lines, [line.span.start for line in lines])
        named: dict[int, list[Place]] = {}
        for place in places:
            if place.lat is not None and not place.metonym and not by_the_way(place):
                named.setdefault(items.at(place.span.start), []).append(place)
        days: dict[int, TimeExpression] = {}
        for time in times:
            item = items.at(time.span.start)
            if is_date(time) and item != OUTSIDE and time.span.start - lines[item].span.start <= _HEAD:
                days.setdefault(item, time)
        named.pop(OUTSIDE, None)
        several = 2 * len({*named, *days}) >= len(lines) and (
            _places_apart(named.values()) or _days_apart(days.values())
        )
        return items if several else cls((), ())

    def at(self, character: int) -> int:
        """Which item holds a character, `OUTSIDE` when none does."""
        index = bisect_right(self.starts, character) - 1
        return index if index >= 0 and character < self.each[index].span.stop else OUTSIDE


def _places_apart(named: Iterable[Sequence[Place]]) -> bool:
    spots = unique_places(exact_of(here) or here[0] for here in named)
    return any(apart(a, b) for a, b in combinations(spots, 2))


def _days_apart(days: Iterable[TimeExpression]) -> bool:
    ends = [time.interval for time in days if time.interval is not None]
    latest = max((i.earliest for i in ends if i.earliest is not None), default=None)
    first = min((i.latest for i in ends if i.latest is not None), default=None)
    return latest is not None and first is not None and first < latest
