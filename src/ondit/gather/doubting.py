"""Can two tellings be alike at all? A bound on what `comparing` can find, from what costs little to look at.

Nine in ten of the tellings that share a key are of another week or of another part of the country: nothing is worked out for them. What is left
is weighed in full, so that no likeness comes from here.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from ondit.gather.comparing import (
    EXPLOSION,
    FAR_AWAY,
    in_place,
    in_story,
    in_time,
    in_words,
    shipped,
    spread_types,
    types_say,
)
from ondit.gather.traits import Traits
from ondit.model.places import box_around
from ondit.ontology import event_types

_HOPELESS = 4  # days between two dates from which no comparison is needed
_NEXT = 1
_ROUNDING = 1e-6  # sums of weights in another order differ by less
_WIDE = 20.0  # km: what stands for more around its point is measured
_CASES: Final = {
    "actors": ("same_actors", "same_actor"),
    "equipment": ("same_equipment",),
    "figures": ("same_large", "same_figure", "same_small", "within", "differ", "far_off"),
    "names": ("same_names", "same_name"),
    "placed": ("named_place",),
    "story": ("same_story", "like_story", "other_story"),
    "things": ("same_things", "same_thing", "other_things"),
    "wording": ("same_wording", "like_wording", "some_wording", "other_wording"),
}
"""The cases of `weights.toml` of which one at most holds (of figures: for each kind that both count)."""


def in_doubt(a: Traits, others: Iterable[Traits], least: float) -> Iterator[Traits]:
    """Those of the tellings whose likeness to one may come up to `least` (above 0, below 1): all whose does, and some more.

    What was not looked at yet counts as the best that could be found there; what costs more is looked at later, for few.
    """
    weight, best = shipped().weight, _best()
    floor = shipped().link + math.log(least / (1 - least)) - _ROUNDING
    without_words = floor - best["wording"]
    without_both = without_words - best["story"]
    place, rest = _place(a), _rest(a)
    for b, when in _near_in_time(a, others):
        most = when + place(b) + rest(b)
        if most < without_both:
            continue
        if a.story and b.story and (story := in_story(a, b)) is not None:
            most += weight[story[0]]
        if most < without_words:
            continue
        if (wording := in_words(a, b)) is not None:
            most += weight[wording[0]]
        if most >= floor and b.report != a.report:
            yield b


def _near_in_time(a: Traits, others: Iterable[Traits]) -> Iterator[tuple[Traits, float]]:
    """Those whose dates are not hopelessly apart, with what the dates weigh."""
    weight, first, last = shipped().weight, a.first, a.last
    next_day, some_days = weight["next_day"], weight["some_days"]
    sure = first is not None and last is not None and a.dated and not a.others
    start, stop = first or 0, last or 0
    earliest, day_before, day_after, latest = start - _HOPELESS, start - _NEXT, stop + _NEXT, stop + _HOPELESS
    for b in others:
        if sure and b.first is not None and b.last is not None and b.dated and not b.others:
            if b.last < earliest or b.first > latest:
                continue
            if b.last < start or b.first > stop:
                yield b, next_day if b.last >= day_before and b.first <= day_after else some_days
                continue
        when = in_time(a, b)
        yield b, weight[when[0]] if when else 0.0


def _place(a: Traits) -> Callable[[Traits], float]:
    """What the places of another telling weigh with this one's.

    Who is outside of a box around the one point of a telling is far away without being measured, unless something says that either is misplaced.
    """
    weight, spread = shipped().weight, spread_types()
    point = a.points[0] if len(a.points) == 1 else None
    around = max(point.radius, _WIDE) if point else 0.0
    box = box_around(point.lat, point.lon, FAR_AWAY + around) if point else None

    def found(b: Traits) -> float:
        where = in_place(a, b)
        return weight[where[0]] if where else 0.0

    if point is None or box is None or not point.told or a.maybe or a.type in spread:
        return found
    south, west, north, east = box
    key, name, far_away = point.key, point.name, weight["far_away"]
    areas, placed, words, names = a.areas, a.placed, a.words, a.names

    def bound(b: Traits) -> float:
        if len(b.points) != 1:
            return found(b)
        (other,) = b.points
        far = (
            not (south <= other.lat <= north and west <= other.lon <= east)
            and other.radius <= around
            and other.told
            and other.key != key
            and other.name != name
            and other.name not in areas
            and name not in b.areas
            and not b.maybe
            and b.type not in spread
            and placed.isdisjoint(b.words)
            and placed.isdisjoint(b.names)
            and b.placed.isdisjoint(words)
            and b.placed.isdisjoint(names)
        )
        return far_away if far else found(b)

    return bound


def _rest(a: Traits) -> Callable[[Traits], float]:
    """The most that types, figures, parties, names and things of another telling can weigh with this one's."""
    best, kinds = _best(), _kinds(a.type, explosion=EXPLOSION in a.things)
    parties = best["actors"] + best["equipment"] if a.actors or a.equipment else 0.0
    figure, named, elsewhere, alike = best["figures"], best["names"], best["placed"], best["things"]
    figures, placed, names, things, language = len(a.figures), bool(a.points), a.names, a.things, a.language

    def bound(b: Traits) -> float:
        most = kinds[b.type] + parties
        if figures and b.figures:
            most += figure * min(figures, len(b.figures))
        if not names.isdisjoint(b.names):
            most += named
        if not (placed and b.points):
            most += elsewhere
        if things and b.things and b.language != language:
            most += alike
        return most

    return bound


@cache
def _kinds(type_: str, *, explosion: bool) -> Mapping[str, float]:
    """The most that each type can weigh with one."""
    weight = shipped().weight
    least = weight["explosion"] if explosion else -math.inf
    return {other: max(weight[types_say(type_, other)], least) for other in event_types()}


@cache
def _best() -> Mapping[str, float]:
    """The most that one of the cases can weigh."""
    return {kind: max(0.0, *(shipped().weight[case] for case in cases)) for kind, cases in _CASES.items()}
