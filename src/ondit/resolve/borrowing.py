"""Happenings whose words do not say their kind ("killed", "the attack") keep one taken from another telling only where nothing parts the two."""

from bisect import bisect_right
from collections.abc import Sequence

from ondit.model import Extraction
from ondit.model.records import replace
from ondit.resolve.alike import parted
from ondit.resolve.items import Items
from ondit.resolve.tellings import OUTSIDE, Gathered, Telling


def by_themselves(tellings: Sequence[Telling], extraction: Extraction, items: Items) -> None:
    """Gives the tellings that took their type from one of another item, day, place or time their own type back."""
    told = {t.event.trigger: t for t in tellings}
    lent = {e.trigger: extraction.borrowed[e.id].donor for e in extraction.events if e.id in extraction.borrowed}
    begins = [sentence.start for sentence in extraction.sentences]
    for telling in tellings:
        borrowed = extraction.borrowed.get(telling.event.id)
        if borrowed is None:
            continue
        first = lent.get(borrowed.donor, borrowed.donor)  # "the incidents" may have borrowed, too
        if bisect_right(begins, telling.at) == bisect_right(begins, first.start):
            continue  # in one sentence they are one
        donor = told.get(first)
        why = "item" if _elsewhere(telling, first.start, items) else ""
        if not why and donor is not None and borrowed.alone.type != _OF_SOMETHING:
            why = parted(Gathered.of(telling), Gathered.of(donor))
        if why:
            event, alone = telling.event, borrowed.alone
            telling.event = replace(event, type=alone.type, reason=f"{alone.reason}; {_WHY[why]}")
            telling.anaphoric = borrowed.definite


_OF_SOMETHING = "other"  # the dead and the hurt are of something, be it elsewhere; outside of a list it is likeliest what was told before
_WHY = {
    "item": "what other items of the list tell is not this",
    "day": "what was told before was on another day",
    "place": "what was told before was elsewhere",
}


def _elsewhere(telling: Telling, donor: int, items: Items) -> bool:
    """Does the donor stand in another item, or behind the list?"""
    item = items.at(donor)
    return item != telling.item and not (item == OUTSIDE and donor < telling.at)
