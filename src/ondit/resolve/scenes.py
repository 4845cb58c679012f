"""Where a happening was that the text gives no place: where the one told before it was, or in the place named beside it, or the one the report is about."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from ondit.model import EventMention, Place, PlacePrecision, Span
from ondit.model.records import replace
from ondit.ontology import event_types
from ondit.resolve.belonging import by_the_way, written_at
from ondit.resolve.items import Items
from ondit.resolve.tellings import OUTSIDE, Gathered

_SCENE = "resolve/scenes:same-scene"
_SCENIC = frozenset({"violence", "harm", "control", "other", "order"})
"""Families of happenings that take the scene; what a parliament decides is often told of elsewhere."""
_ANY = "other"
_ELSEWHERE = "arrest"  # of the family, but whom police arrest they often find elsewhere
_WIDE = (PlacePrecision.COUNTRY, PlacePrecision.REGION)


def with_scenes(
    events: Sequence[tuple[EventMention, Gathered]], places: Sequence[Place], text: str, items: Items
) -> list[EventMention]:
    """The happenings, in the order they are told and each with its tellings; one without a place has that told last, or that of its paragraph, or else the main one.

    Beside a happening only towns, divisions and the like are scenes; one told before may be a country. What an item does not name is where its heading says,
    or where what leads to the list was.
    """
    scenes: dict[int, _Scene] = {}
    for place in places:
        item = items.at(place.span.start)
        scenes.setdefault(item, _Scene()).names(
            place, heads=written_at(place) and (item != OUTSIDE or _labels(place, text))
        )
    out = []
    for told, group in events:
        event, item = told, group.item
        here = scenes.setdefault(item, _Scene())
        spot = here.spot_within(event, text) if _takes_the_scene(event.type) else None
        if spot is not None:
            why = f"the paragraph names {spot.text} there"
            event = replace(event, places=(replace(spot, rule=_SCENE, reason=why), *event.places))
        here.tells(event.places[:1])
        scene = None
        if not event.places and _takes_the_scene(event.type):
            scene = here.of(event.trigger, text)
            if scene is None and item != OUTSIDE:
                before = scenes.setdefault(OUTSIDE, _Scene()).main()
                named = here.wide or _over(items.each[item].head, places)
                scene = before or named if group.best.anaphoric else named or before  # "Egypt: condemned the attack"
        if scene is None or (_may_be_anywhere(event.type) and _parted_by_a_line(event.trigger, scene, text)):
            out.append(event)
        else:
            why = f"not named here: the report tells of {scene.text}"
            out.append(replace(event, places=(replace(scene, rule=_SCENE, reason=why),)))
    return out


class _Scene:
    """Where what an item tells, or what a report tells outside of any, goes on."""

    def __init__(self) -> None:
        self.spots: list[Place] = []
        self.wide: Place | None = None  # the country or region named first
        self._last: Place | None = None
        self._aside: Place | None = None  # of an office or a name: the scene when there is no other

    def names(self, place: Place, *, heads: bool) -> None:
        """A place that is named there, in text order; `heads`: it stands before a point of a list and says where ("Gao: …")."""
        if _is_spot(place, heads=heads):
            self.spots.append(place)
        elif self.wide is None and place.lat is not None and not place.metonym and (heads or not by_the_way(place)):
            self.wide = place

    def tells(self, places: Sequence[Place]) -> None:
        """Where the happening told next was."""
        for place in places:
            if place.lat is not None and by_the_way(place):
                self._aside = place
            elif place.lat is not None:
                self._last = place

    def spot_within(self, event: EventMention, text: str) -> Place | None:
        """Of a happening that the text puts in a country only, the spot in that country that its paragraph names nearest to it."""
        if not event.places or not all(map(_is_wide, event.places)):
            return None
        country = event.places[0].country
        return _beside(event.trigger, [spot for spot in self.spots if spot.country == country], text)

    def main(self) -> Place | None:
        """The spot named most, or first."""
        named = Counter(spot.gazetteer_id for spot in self.spots)
        return max(self.spots, key=lambda spot: (named[spot.gazetteer_id], -spot.span.start), default=None)

    def of(self, trigger: Span | None, text: str) -> Place | None:
        """The scene of a happening told here next."""
        return self._last or _beside(trigger, self.spots, text) or self.main() or self._aside


def _labels(place: Place, text: str) -> bool:
    """Does a colon follow, as in "Gao: the market was looted"?"""
    return text[place.span.stop : place.span.stop + 2].lstrip("\u00a0\u202f ")[:1] == ":"


def _over(head: Span | None, places: Sequence[Place]) -> Place | None:
    """The place that the heading over an item names ("North Darfur")."""
    if head is None:
        return None
    first = bisect_left(places, head.start, key=lambda place: place.span.start)
    here = (p for p in places[first : first + 1] if head.contains(p.span))
    return next((p for p in here if p.lat is not None and not p.metonym), None)


def _takes_the_scene(type_: str) -> bool:
    return type_ != _ELSEWHERE and event_types()[type_].family in _SCENIC


def _may_be_anywhere(type_: str) -> bool:
    """Is it of no certain kind, so that what is told in the next paragraph need not be of the same scene ("Unemployment fell")?"""
    return event_types()[type_].family == _ANY


def _parted_by_a_line(trigger: Span | None, scene: Place, text: str) -> bool:
    if trigger is None:
        return False
    first, second = sorted((trigger.start, scene.span.start))
    return text.find("\n", first, second) >= 0


def _is_spot(place: Place, *, heads: bool = False) -> bool:
    """Is it somewhere, and neither where the report was written ("BEIRUT (AP) —") nor in a name ("the agreement of Algiers")?"""
    return place.lat is not None and not _is_wide(place) and not place.metonym and (heads or not by_the_way(place))


def _is_wide(place: Place) -> bool:
    """Is it a country, a part of one or a region? "The north of Mali" is no scene, either."""
    return place.lat is not None and not place.metonym and (place.kind == "country" or place.precision in _WIDE)


def _beside(trigger: Span | None, spots: Sequence[Place], text: str) -> Place | None:
    """The spot named nearest to the happening in the paragraph that tells it."""
    if trigger is None:
        return None
    start, stop = text.rfind("\n", 0, trigger.start) + 1, text.find("\n", trigger.stop)
    near = [spot for spot in spots if start <= spot.span.start and (stop < 0 or spot.span.stop <= stop)]
    return min(near, key=lambda spot: max(spot.span.start - trigger.stop, trigger.start - spot.span.stop), default=None)
