"""Where a happening was that the text gives no place: where the one told before it was, or in the place named beside it, or the one the report is about."""

from collections import Counter
from collections.abc import Sequence

from ondit.model import EventMention, Place, PlacePrecision, Span
from ondit.model.records import replace
from ondit.ontology import event_types
from ondit.resolve.belonging import by_the_way

_SCENE = "resolve/scenes:same-scene"
_SCENIC = frozenset({"violence", "harm", "control", "other", "order"})
"""Families of happenings that take the scene; what a parliament decides is often told of elsewhere."""
_ELSEWHERE = "arrest"  # of the family, but whom police arrest they often find elsewhere
_WIDE = (PlacePrecision.COUNTRY, PlacePrecision.REGION)


def with_scenes(events: Sequence[EventMention], places: Sequence[Place], text: str) -> list[EventMention]:
    """The happenings, in the order they are told; one without a place has that told last, or that of its paragraph, or else the report's main one.

    Beside a happening only towns, divisions and the like are scenes; one told before may be a country.
    """
    spots = [p for p in places if _is_spot(p)]
    named = Counter(spot.gazetteer_id for spot in spots)
    main = max(spots, key=lambda spot: (named[spot.gazetteer_id], -spot.span.start), default=None)
    last: Place | None = None
    aside: Place | None = None  # of an office or a name: the scene when the report has no other
    out = []
    for event in events:
        for place in event.places[:1]:
            if place.lat is not None and by_the_way(place):
                aside = place
            elif place.lat is not None:
                last = place
        scene = None
        if not event.places and _takes_the_scene(event.type):
            scene = last or _beside(event.trigger, spots, text) or main or aside
        if scene is None:
            out.append(event)
        else:
            why = f"not named here: the report tells of {scene.text}"
            out.append(replace(event, places=(replace(scene, rule=_SCENE, reason=why),)))
    return out


def _takes_the_scene(type_: str) -> bool:
    return type_ != _ELSEWHERE and event_types()[type_].family in _SCENIC


def _is_spot(place: Place) -> bool:
    """Is it somewhere, and neither where the report was written ("BEIRUT (AP) —") nor in a name ("the agreement of Algiers")?"""
    country = place.kind == "country" or place.precision in _WIDE  # "the north of Mali" is no scene, either
    return place.lat is not None and not country and not place.metonym and not by_the_way(place)


def _beside(trigger: Span | None, spots: Sequence[Place], text: str) -> Place | None:
    """The spot named nearest to the happening in the paragraph that tells it."""
    if trigger is None:
        return None
    start, stop = text.rfind("\n", 0, trigger.start) + 1, text.find("\n", trigger.stop)
    near = [spot for spot in spots if start <= spot.span.start and (stop < 0 or spot.span.stop <= stop)]
    return min(near, key=lambda spot: max(spot.span.start - trigger.stop, trigger.start - spot.span.stop), default=None)
