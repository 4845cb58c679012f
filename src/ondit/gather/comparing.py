"""Are two tellings of one happening? Named findings with a weight and a sentence each (`weights.toml`)."""

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

from ondit.gather.traits import Figure, Point, Traits
from ondit.model import PlacePrecision
from ondit.model.places import km_between
from ondit.ontology import event_types

Found = tuple[str, tuple[object, ...]]  # a case of weights.toml and what was compared

_VAGUE = frozenset({"other", "statement_only"})
_WEIGHTS = "weights.toml"
EXPLOSION = "explosion"  # of a weapon or of itself: what it was is often what is contested
_SPREAD = frozenset(
    {"accord", "statement", "other"}
)  # families whose happenings concern places more than they take place there
# In 104 annotated reports 9 % of the pairs of tellings that differ in day, place or toll were of one happening, and 23 % of the others.
_TOLD_APART, _TOLD_AGAIN = -0.4, 0.2
_DIFFERENT = frozenset(
    "next_day some_days days_apart loosely_apart undated_long_ago same_area elsewhere some_way far far_away far_off".split()
)
_SHORT, _BRIEF, _LONG = 1, 4, 7  # days
_SINCE, _BEFORE, _LONG_AGO = 3, 30, 200  # days between a date and the publication of a telling that has none
_BESIDE, _NEAR, _AROUND, _AWAY, FAR_AWAY = 0.5, 8.0, 30.0, 80.0, 250.0  # km
_LARGE, _SMALL = 10, 4
_LOOSE = 3  # the upper bound of "dozens" and "hundreds" is that much higher than the lower: many happenings have such figures
_ANYTHING, _EQUAL = "other", 4  # figures of no kind count different things unless they are equal
_TWICE, _FOUR_TIMES = math.log(2), math.log(4)
_MUCH, _FAIR, _SOME, _HARDLY = 0.5, 0.3, 0.15, 0.05
_FEW_WORDS = 4
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Weighing:
    """The table of weights: sums from `link` on are links."""

    weight: Mapping[str, float]
    sentence: Mapping[str, str]
    link: float


@cache
def shipped() -> Weighing:
    """The weights of `weights.toml`."""
    table = _table()
    cases = {name: case for group in table.values() if isinstance(group, dict) for name, case in group.items()}
    return Weighing(
        {name: case["weight"] for name, case in cases.items()},
        {name: case["sentence"] for name, case in cases.items()},
        table["link"],
    )


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name(_WEIGHTS).read_text(encoding="utf-8"))


def score(a: Traits, b: Traits, weighing: Weighing | None = None) -> float:
    """How likely two tellings are of one happening, 0 to 1; from 0.5 on they are linked."""
    table = weighing or shipped()
    weight, total = table.weight, 0.0
    for case, _ in findings(a, b):
        total += weight[case]
    return 1.0 / (1.0 + math.exp(table.link - total))


def told_apart(a: Traits, b: Traits) -> float:
    """How likely two tellings of one report are of one happening: it tells them apart, and below 0 where their days, places or figures differ."""
    return _TOLD_APART if any(case in _DIFFERENT for case, _ in findings(a, b)) else _TOLD_AGAIN


def reasons(a: Traits, b: Traits, weighing: Weighing | None = None) -> tuple[str, ...]:
    """The sentences of what was found, the weightiest first."""
    table = weighing or shipped()
    found = sorted(findings(a, b), key=lambda f: (-abs(table.weight[f[0]]), f[0]))
    return tuple(
        f"{table.sentence[case].format(*map(_shown, values))} ({table.weight[case]:+.1f})" for case, values in found
    )


def findings(a: Traits, b: Traits) -> list[Found]:
    """Everything that speaks for or against it; the same whichever telling comes first, but for the order of what was compared."""
    # A million claims are compared by the hundred million: a list is filled, nothing is made twice, and what is empty is not looked at.
    found: list[Found] = []
    if (when := in_time(a, b)) is not None:
        found.append(when)
    if (where := in_place(a, b)) is not None:
        found.append(where)
    found.append(in_kind(a, b))
    if a.figures and b.figures:
        found += _figures(a.figures, b.figures)
    if a.actors or a.equipment:
        found += _who(a, b)
    found += _words(a, b)
    if a.language != b.language and a.things and b.things and (things := _things(a, b)) is not None:
        found.append(things)
    if a.story and b.story and (story := in_story(a, b)) is not None:
        found.append(story)
    return found


def _shown(value: object) -> str:
    if isinstance(value, Figure):
        return _figure(value)
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(str, value))[:6])
    if isinstance(value, Point):
        return value.name
    if isinstance(value, tuple):  # first and last day
        return _days(*value)
    return f"{value:.1f}" if isinstance(value, float) else str(value).replace("_", " ")


def _days(first: int, last: int) -> str:
    start = date.fromordinal(first).isoformat() if first > 0 else ".."
    stop = date.fromordinal(last).isoformat() if last < date.max.toordinal() else ".."
    return start if start == stop else f"{start}/{stop}"


def _figure(f: Figure) -> str:
    if f.low == f.high:
        return str(f.low)
    if f.high is None:
        return f"at least {f.low}"
    return f"at most {f.high}" if f.low is None else f"{f.low} to {f.high}"


def in_time(a: Traits, b: Traits) -> Found | None:
    """What their dates say."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return _half_dated(a, b)
    x, y = (a.first, a.last), (b.first, b.last)
    gap = max(a.first - b.last, b.first - a.last)
    if gap > 0 and (a.others or b.others) and (shared := _shared_day(a, b)) is not None:
        return "another_day", (shared,)
    if gap > 0 and not (a.dated and b.dated):
        return "loosely_apart", (x, y, gap)
    if gap > 0:
        return ("next_day" if gap <= _SHORT else "some_days" if gap <= _BRIEF else "days_apart"), (x, y, gap)
    if x == y and a.first == a.last:
        return "same_day", (x,)
    longest = max(a.last - a.first, b.last - b.first)
    return ("days_overlap" if longest <= _LONG else "wide_overlap"), (x, y)


def _shared_day(a: Traits, b: Traits) -> tuple[int, int] | None:
    """A day that one dates the happening by and the other names as well."""
    for one, other in ((a, b), (b, a)):
        assert one.first is not None
        assert one.last is not None
        for first, last in other.others:
            if first <= one.last and one.first <= last and one.last - one.first <= _LONG:
                return max(first, one.first), min(last, one.last)
    return None


def _half_dated(a: Traits, b: Traits) -> Found | None:
    if a.published is None or b.published is None:
        return None
    if a.first is None and b.first is None:
        days = abs(a.published - b.published)
        if _SINCE < days <= _BEFORE:
            return None
        return ("reported_together" if days <= _SINCE else "reported_apart"), (days,)
    dated, undated = (b, a) if a.first is None else (a, b)
    assert undated.published is not None
    days = max(undated.published - (dated.last or 0), (dated.first or 0) - undated.published, 0)
    if _SINCE < days <= _BEFORE:
        return None
    return ("undated_near" if days <= _SINCE else "undated_far" if days <= _LONG_AGO else "undated_long_ago"), (days,)


def in_place(a: Traits, b: Traits) -> Found | None:
    """What their places say."""
    if a.points and b.points:
        return _between(a, b)
    if (a.points or b.points) and (point := _can_mean(a, b) or _can_mean(b, a)) is not None:
        return "can_mean", (point,)
    shared = a.areas & b.areas
    if shared:
        return "same_division", (shared,)
    if not a.countries or not b.countries:
        return "unplaced", ()
    if same := a.countries & b.countries:
        return "same_country", (same,)
    if a.type in spread_types() or b.type in spread_types():
        return "countries_concerned", (a.countries, b.countries)
    if (beside := _beside_country(a, b) or _beside_country(b, a)) is not None:
        return "across_border", beside
    return "other_country", (a.countries, b.countries)


def _beside_country(a: Traits, b: Traits) -> tuple[Point, str] | None:
    """A point of one telling that lies as near to the middle of the country that the other names as much of that country does."""
    place = b.place
    if not a.points or place is None or place.precision is not PlacePrecision.COUNTRY:
        return None
    if place.lat is None or place.lon is None or not place.radius_km:
        return None
    point = a.points[0]
    near = km_between(point.lat, point.lon, place.lat, place.lon) <= place.radius_km
    return (point, place.name or place.text) if near else None


def _between(a: Traits, b: Traits) -> Found:
    p, q = a.points[0], b.points[0]
    sure = p.told and q.told
    if p.key == q.key:
        return ("same_place" if sure else "same_scene"), (p,)
    if len(a.points) > 1 or len(b.points) > 1:
        keys = {p.key for p in b.points}
        common = next((p for p in a.points if p.key in keys), None)
        if common is not None:
            return "one_of_places", (common,)
        apart, p, q = min(((km(p, q), p, q) for p in a.points for q in b.points), key=lambda t: t[0])
    else:
        apart = km(p, q)
    reach = apart - max(p.radius, q.radius)
    if reach <= _BESIDE:
        return ("same_place" if sure else "same_scene"), (p,)
    if reach <= _AROUND:
        return ("near" if reach <= _NEAR else "same_area"), (p, q, apart)
    if (named := _town_or_division(a, b) or _town_or_division(b, a)) is not None:
        return "town_or_division", named
    if not sure or a.type in spread_types() or b.type in spread_types():
        return "elsewhere", (p, q, apart)
    return _apart(a, b, p, q, apart)


def _apart(a: Traits, b: Traits, p: Point, q: Point, apart: float) -> Found:
    if (a.maybe or b.maybe) and (point := _can_mean(a, b) or _can_mean(b, a)) is not None:
        return "can_mean", (point,)
    reach = apart - max(p.radius, q.radius)
    if reach <= _AWAY:
        return "some_way", (p, q, apart)
    if p.name == q.name or _names_place_of(a, b) or _names_place_of(b, a):
        return "named_both", (p, q, apart)
    return ("far" if reach <= FAR_AWAY else "far_away"), (p, q, apart)


@cache
def spread_types() -> frozenset[str]:
    """Types whose happenings concern places more than they take place there."""
    return frozenset(name for name, kind in event_types().items() if kind.family in _SPREAD)


def _can_mean(a: Traits, b: Traits) -> Point | None:
    """A place of one telling that a place name of the other can mean as well."""
    if a.maybe:
        for point in b.points:
            if point.key in a.maybe:
                return point
    return None


def _names_place_of(a: Traits, b: Traits) -> bool:
    """Does a telling name the place of another, whatever it was placed at itself?"""
    return not (b.placed.isdisjoint(a.words) and b.placed.isdisjoint(a.names))


def _town_or_division(a: Traits, b: Traits) -> tuple[Point, Point] | None:
    """A town that shares its name with the division which the other lies in: either may be meant."""
    for town in a.points:
        if town.name in b.areas:
            return town, b.points[0]
    return None


def km(a: Point, b: Point) -> float:
    """Kilometres between two points."""
    return km_between(a.lat, a.lon, b.lat, b.lon)


def in_kind(a: Traits, b: Traits) -> Found:
    """What their types say."""
    case = types_say(a.type, b.type)
    if a.type == b.type:
        return case, (a.type,)
    if case != "mistaken" and EXPLOSION in a.things and EXPLOSION in b.things:
        return "explosion", (a.type, b.type)
    return case, (a.type, b.type)


def types_say(a: str, b: str) -> str:
    """The case of `weights.toml` that two types are."""
    return _types()[a, b]


@cache
def _types() -> Mapping[tuple[str, str], str]:
    """What two types say to each other, for all pairs of them."""
    types = event_types()
    mistaken = {frozenset(pair) for group in _table()["mistaken"] for pair in combinations(group, 2)}

    def case(a: str, b: str) -> str:
        vague = a in _VAGUE or b in _VAGUE
        if a == b:
            return "same_vague" if vague else "same_type"
        if {a, b} in mistaken:
            return "mistaken"
        if types[a].family == types[b].family:
            return "same_family"
        if "statement_only" in {a, b}:
            return "only_said"
        return "one_vague" if vague else "other_family"

    return {(a, b): case(a, b) for a, b in product(types, types)}


def _figures(a: tuple[Figure, ...], b: tuple[Figure, ...]) -> Iterator[Found]:
    """For each kind of figure one that both give, else their largest: a smaller one beside it is a part of it."""
    if len(a) == len(b) == 1:
        if a[0].what == b[0].what:
            likeness, case = _agreement(a[0], b[0])
            if a[0].what != _ANYTHING or likeness >= _EQUAL:
                yield case, (a[0].what, a[0], b[0])
        return
    for what in sorted({f.what for f in a} & {f.what for f in b}):
        mine, theirs = [f for f in a if f.what == what], [f for f in b if f.what == what]
        pairs = ((_agreement(x, y), x, y) for x, y in product(mine, theirs))
        (likeness, case), x, y = max(pairs, key=lambda pair: pair[0])
        if likeness < _EQUAL:
            x, y = max(mine, key=_size), max(theirs, key=_size)
            likeness, case = _agreement(x, y)
        if what != _ANYTHING or likeness >= _EQUAL:
            yield case, (what, x, y)


def _size(figure: Figure) -> tuple[int, int]:
    return figure.high or 0 if figure.low is None else figure.low, figure.high or 0


def _agreement(a: Figure, b: Figure) -> tuple[int, str]:
    low, high = a.low or 0, a.high
    loose = high is not None and high > low and high >= _LOOSE * low
    if a.low == b.low and a.high == b.high and not loose:
        if low >= _LARGE and low == high:
            return 6, "same_large"
        return (5, "same_figure") if low >= _SMALL else (4, "same_small")
    reaches = (high is None or high >= (b.low or 0)) and (b.high is None or b.high >= low)
    apart = abs(math.log(max(low, high or 0, 1) / max(b.low or 0, b.high or 0, 1)))
    if reaches and apart <= _FOUR_TIMES:
        return 3, "within"
    # "Up to 60" says little against five, and "at least 24" against 112.
    open_ = reaches and None in (a.low, a.high, b.low, b.high)
    return (2, "differ") if open_ or apart <= _FOUR_TIMES else (1, "far_off")


def _who(a: Traits, b: Traits) -> Iterator[Found]:
    shared = a.actors & b.actors
    if shared:
        yield ("same_actors" if len(shared) > 1 else "same_actor"), (shared,)
    if a.equipment & b.equipment:
        yield "same_equipment", (a.equipment & b.equipment,)


def _words(a: Traits, b: Traits) -> Iterator[Found]:
    if not (a.points and b.points) and (named := (a.names & b.placed) | (b.names & a.placed)):
        yield "named_place", (named,)
    if a.names and b.names and (names := a.names & b.names):
        yield ("same_names" if len(names) > 1 else "same_name"), (names,)
    if (wording := in_words(a, b)) is not None:
        yield wording


def in_words(a: Traits, b: Traits) -> Found | None:
    """What the wording of two tellings says."""
    fewest = min(len(a.words), len(b.words))
    if fewest < _FEW_WORDS:
        return None
    shared = a.words & b.words
    part = len(shared) / fewest
    if part >= _SOME:
        return ("same_wording" if part >= _MUCH else "like_wording" if part >= _FAIR else "some_wording"), (shared,)
    return ("other_wording", ()) if part < _HARDLY and a.language == b.language else None


def _things(a: Traits, b: Traits) -> Found | None:
    """What tellings in two languages are about: their words cannot be compared."""
    shared = a.things & b.things
    if shared:
        return ("same_things" if len(shared) >= _SEVERAL else "same_thing"), (shared,)
    return ("other_things", (a.things, b.things)) if min(len(a.things), len(b.things)) >= _SEVERAL else None


def in_story(a: Traits, b: Traits) -> Found | None:
    """What the names in their whole reports say."""
    fewest = min(len(a.story), len(b.story))
    if fewest < _FEW_WORDS or a.report == b.report:
        return None
    shared = a.story & b.story
    part = len(shared) / fewest
    if part >= _FAIR:
        return ("same_story" if part >= _MUCH else "like_story"), (shared,)
    return ("other_story", ()) if part < _SOME else None
