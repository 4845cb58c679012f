"""The items of a report that tells several happenings in a list: which item tells what, and where it is."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from ondit.model import Item, Place, TimeExpression
from ondit.model.records import record, replace
from ondit.resolve.alike import apart
from ondit.resolve.belonging import by_the_way, written_at
from ondit.resolve.moments import is_date
from ondit.resolve.tellings import OUTSIDE, exact_of, unique_places

_OVER = "the date over the list"
_BESIDE, _MONTH = 32, 31  # letters beside a date that heads a list ("Situation report of"), days of the longest
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
            if place.lat is not None and not place.metonym and (written_at(place) or not by_the_way(place)):
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


def dates_over(
    items: Items, times: Sequence[TimeExpression], text: str, told: Sequence[int], published: date | None
) -> dict[int, TimeExpression]:
    """The date that heads the list which an item stands in ("Situation report, 9 November 2026"), by item; a day, or the days of up to a month.

    `told` are the characters at which happenings are told: their lines head nothing. Nor does the date of publication, which pages show above all they hold.
    """
    heads = (
        [t for t in times if is_date(t) and _heads(t, text, told) and not _is_day(t, published)] if items.each else []
    )
    over: dict[int, TimeExpression] = {}
    for number, item in enumerate(items.each):
        before = [head for head in heads if head.span.start < item.span.start]
        if before:
            over[number] = replace(before[-1], reason=_OVER)
    return over


def _is_day(time: TimeExpression, day: date | None) -> bool:
    return time.interval is not None and time.interval.earliest == time.interval.latest == day


def _heads(time: TimeExpression, text: str, told: Sequence[int]) -> bool:
    """Does it stand in a line with hardly anything else, and no sentence?"""
    start = text.rfind("\n", 0, time.span.start) + 1
    stop = text.find("\n", time.span.stop)
    line = text[start : stop if stop >= 0 else len(text)]
    i = time.interval
    if stop < 0 or i is None or i.earliest is None or i.latest is None or (i.latest - i.earliest).days > _MONTH:
        return False
    beside = sum(map(str.isalnum, line)) - sum(map(str.isalnum, time.text))
    return beside <= _BESIDE and line.rstrip()[-1] not in ".!?؟" and not any(start <= at < stop for at in told)


def _places_apart(named: Iterable[Sequence[Place]]) -> bool:
    spots = unique_places(exact_of(here) or here[0] for here in named)
    return any(apart(a, b) for a, b in combinations(spots, 2))


def _days_apart(days: Iterable[TimeExpression]) -> bool:
    ends = [time.interval for time in days if time.interval is not None]
    latest = max((i.earliest for i in ends if i.earliest is not None), default=None)
    first = min((i.latest for i in ends if i.latest is not None), default=None)
    return latest is not None and first is not None and first < latest
