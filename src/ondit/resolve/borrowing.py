"""Happenings whose words do not say their kind ("killed", "the attack") keep one taken from another telling only where nothing parts the two."""

from bisect import bisect_right
from collections.abc import Sequence

from ondit.model import Borrowed, Extraction, Span
from ondit.model.records import replace
from ondit.resolve.alike import in_other_countries, parted
from ondit.resolve.items import Items
from ondit.resolve.tellings import OUTSIDE, Gathered, Telling

_WHY = {
    "item": "what other items of the list tell is not this",
    "day": "what was told before was on another day",
    "place": "what was told before was elsewhere",
}
_OF_SOMETHING = "other"  # what words for the dead and the hurt say by themselves


def by_themselves(tellings: Sequence[Telling], extraction: Extraction, items: Items) -> None:
    """Gives the tellings that took their type from one of another item, day or place their own type back."""
    given = _Given(tellings, extraction, items)
    for telling in tellings:
        borrowed = extraction.borrowed.get(telling.event.id)
        if borrowed is None:
            continue
        lender = given.borrowed.get(borrowed.donor)  # "the incidents" may have borrowed, too
        why = given.parted(telling, borrowed, lender.donor if lender else borrowed.donor)
        if why:
            near = lender is not None and not given.parted(telling, borrowed, borrowed.donor)
            type_ = lender.alone.type if lender is not None and near else borrowed.alone.type
            telling.event = replace(telling.event, type=type_, reason=f"{borrowed.alone.reason}; {_WHY[why]}")
            telling.anaphoric = near or borrowed.definite


class _Given:
    """Who may have given a type to whom."""

    def __init__(self, tellings: Sequence[Telling], extraction: Extraction, items: Items) -> None:
        self.borrowed = {e.trigger: extraction.borrowed[e.id] for e in extraction.events if e.id in extraction.borrowed}
        self._told = {t.event.trigger: t for t in tellings}
        self._sentences = [sentence.start for sentence in extraction.sentences]
        self._items = items

    def parted(self, telling: Telling, borrowed: Borrowed, donor: Span) -> str:
        """Why a telling can have nothing from a trigger; "" when it can. In one sentence they are one.

        The dead and the hurt are always of something: outside of a list that is likeliest what was told before, be it elsewhere in the country.
        """
        if bisect_right(self._sentences, telling.at) == bisect_right(self._sentences, donor.start):
            return ""
        item = self._items.at(donor.start)
        if item != telling.item and not (item == OUTSIDE and donor.start < telling.at):
            return "item"
        other = self._told.get(donor)
        if other is None:
            return ""
        heir, source = Gathered.of(telling), Gathered.of(other)
        if borrowed.alone.type == _OF_SOMETHING:
            return "place" if in_other_countries(heir, source) else ""
        return parted(heir, source)
