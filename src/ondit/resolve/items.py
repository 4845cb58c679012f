"""The items of a report that tells several happenings in a list: which item tells what, and where it is."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import combinations

from ondit.model import Place, Span
from ondit.model.records import record
from ondit.resolve.alike import apart
from ondit.resolve.belonging import by_the_way
from ondit.resolve.tellings import OUTSIDE, exact_of, unique_places


@record
class Items:
    """The items of a list of several happenings, in text order; none in any other report."""

    spans: Sequence[Span]
    starts: Sequence[int]

    @classmethod
    def of(cls, lines: Sequence[Span], places: Sequence[Place]) -> "Items":
        """Of lines that may tell for themselves: they do when most of them name where, and not all the same place.

        Lines that tell one happening point by point ("What is known: – twelve dead – the road is closed") name it once.
        """
        at = Items(lines, [line.start for line in lines])
        named: dict[int, list[Place]] = {}
        for place in places:
            if place.lat is not None and not place.metonym and not by_the_way(place):
                named.setdefault(at.at(place.span.start), []).append(place)
        named.pop(OUTSIDE, None)
        spots = unique_places(exact_of(here) or here[0] for here in named.values())
        several = 2 * len(named) >= len(lines) and any(apart(a, b) for a, b in combinations(spots, 2))
        return at if several else Items((), ())

    def at(self, character: int) -> int:
        """Which item holds a character, `OUTSIDE` when none does."""
        index = bisect_right(self.starts, character) - 1
        return index if index >= 0 and character < self.spans[index].stop else OUTSIDE
