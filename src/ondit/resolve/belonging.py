"""Which of the places and times that stand where a happening is told are its own: no other happening is nearer, no aside holds them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeVar

from ondit.gazetteer.mention import DATELINE, OFFICE
from ondit.model import Aside, Place, Span, TimeExpression
from ondit.model.records import record
from ondit.resolve.moments import is_coarse

_Located = TypeVar("_Located", Place, TimeExpression)

_BREAK = re.compile(r"[,;:،؛](?!\d)|[.!?؟](?=\s)|\s[—–-]\s")
_BESIDE = 6  # characters: triggers so near tell one thing ("withdrew all troops of combat")
_LISTED = 6  # characters between the parts of a list: " and ", ", "
_ASIDES = 30  # asides looked back at, so that no text makes it slow


@record
class Surroundings:
    """The triggers of a document with their types, in text order and with where each begins, and its asides."""

    triggers: Sequence[tuple[Span, str]]
    starts: Sequence[int]
    asides: Sequence[Aside]
    aside_starts: Sequence[int]
    breaks: Sequence[int]  # where marks part clauses

    @classmethod
    def of(cls, triggers: Sequence[tuple[Span, str]], asides: Sequence[Aside], text: str) -> "Surroundings":
        """Of triggers and asides in text order."""
        breaks = [match.start() for match in _BREAK.finditer(text)]
        return cls(triggers, [t.start for t, _ in triggers], asides, [a.span.start for a in asides], breaks)

    def own(self, items: Sequence[_Located], trigger: Span, type_: str) -> list[_Located]:
        """The items that are this trigger's, nearest first; what stands in an aside only when nothing else is there."""
        near = [item for item in items if not self._goes_with_another(item.span, trigger, type_)]
        if len(near) > 1:
            near = [item for item in near if not by_the_way(item)] or near
        if not near or not self.asides:
            return nearest_first(near, trigger)
        held = [(item, list(self._holding(item, trigger))) for item in near]
        outside = [item for item, asides in held if not asides]
        return nearest_first(outside or [item for item, asides in held if _may_still_be(item, asides)], trigger)

    def _goes_with_another(self, span: Span, trigger: Span, type_: str) -> bool:
        """Is a trigger of another kind nearer ("an inquiry into the attack on Friday"), or one in its own clause ("A fell in May, while B fell | in June")?"""
        own = distance(span, trigger)
        low = bisect_left(self.starts, min(trigger.start, span.start))
        high = bisect_left(self.starts, max(trigger.stop, span.stop))
        for other, kind in self.triggers[low:high]:
            nearer = distance(trigger, other) > _BESIDE and distance(span, other) < own
            if nearer and (kind != type_ or (self._parted(trigger, other) and not self._parted(other, span))):
                return True
        return False

    def _parted(self, a: Span, b: Span) -> bool:
        """Does a mark part two spans?"""
        first, second = (a, b) if a.start < b.start else (b, a)
        return bisect_left(self.breaks, first.stop) < bisect_left(self.breaks, second.start)

    def _holding(self, item: Place | TimeExpression, trigger: Span) -> Iterator[Aside]:
        """The asides that hold a place or time, and neither hold the trigger nor tell more about it."""
        last = bisect_left(self.aside_starts, item.span.start + 1)
        for aside in self.asides[max(0, last - _ASIDES) : last]:
            if aside.bound and isinstance(item, Place):
                continue
            here = aside.span.contains(item.span) and not aside.span.contains(trigger)
            if here and (aside.of is None or not aside.of.overlaps(trigger)):
                yield aside


def _may_still_be(item: Place | TimeExpression, asides: Sequence[Aside]) -> bool:
    """May it be of the trigger though an aside holds it, since nothing else is named? The year in which a bridge was built is not."""
    return not any(aside.apart or (is_coarse(item) and not aside.bound) for aside in asides)


def by_the_way(item: Place | TimeExpression) -> bool:
    """Is it where the report was written, or the town of an office ("the prosecutor of Istanbul")? Either is where it happened only if nothing else is."""
    return written_at(item) or (isinstance(item, Place) and item.rule == f"place:{OFFICE}")


def written_at(item: Place | TimeExpression) -> bool:
    """Is it where the report was written ("BEIRUT (AP) —")?"""
    return isinstance(item, Place) and item.rule == f"place:{DATELINE}"


def distance(a: Span, b: Span) -> int:
    """Characters between two spans."""
    return max(a.start - b.stop, b.start - a.stop, 0)


def nearest_first(items: list[_Located], at: Span) -> list[_Located]:
    """The items, in text order, by how near they stand; those of one list stay in its order ("in Gao, Ansongo and Ménaka")."""
    if len(items) < 2:
        return items
    lists: list[list[_Located]] = [items[:1]]
    for item in items[1:]:
        if 0 <= item.span.start - lists[-1][-1].span.stop <= _LISTED:
            lists[-1].append(item)
        else:
            lists.append([item])
    lists.sort(key=lambda group: (min(_off(item.span, at) for item in group), group[0].span.start))
    return [item for group in lists for item in group]


def _off(span: Span, at: Span) -> int:
    return min(abs(span.start - at.stop), abs(at.start - span.stop))
