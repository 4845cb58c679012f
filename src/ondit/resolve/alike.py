"""Whether two tellings of a report can be of one happening: their kinds, their days and their places must not exclude each other."""

from collections.abc import Iterator

from ondit.model import Actor, ActorKind, Place, Role, TimeExpression
from ondit.model.places import km_between
from ondit.resolve.tellings import ADJECTIVE, OUTSIDE, WIDE, Gathered, Telling

_APART_KM = 40.0  # beyond the radii of two points: two places
_DIVISION = "admin1"
_SHORT = 3  # letters of an article or a preposition
_STRONG = 0.55  # from here on a trigger says by itself what happened


def parted(a: Gathered, b: Gathered) -> str:
    """Why two happenings cannot be one, or take anything from each other: "item", "day" or "place"; "" when nothing parts them."""
    if a.item not in (b.item, OUTSIDE) and b.item != OUTSIDE:
        return "item"
    if _days_alike(a.date, b.date) < 0:
        return "day"
    return "place" if _places_alike(a, b) < 0 else ""


def likeness(alone: Gathered, candidate: Gathered) -> float:
    """More than 0 when a telling, alone, can be of this happening: kinds, days and places must not exclude each other."""
    telling = alone.best
    same_figure = bool(telling.figures) and any(not telling.figures.isdisjoint(t.figures) for t in candidate.tellings)
    kinds = _kinds_alike(telling, candidate.best, same_figure=same_figure)
    if kinds == 0:
        return 0.0
    days = _days_alike(alone.date, candidate.date)
    where = _places_alike(alone, candidate)
    if days < 0 or where < 0 or _others_did_it(alone, candidate):
        return 0.0
    score = kinds + 0.6 * days + 0.6 * where + (0.6 if same_figure else 0.0)
    if telling.anaphoric:
        score += 0.5
    own_frame = bool(telling.times) and bool(candidate.times) and days == 0
    return score if not own_frame else max(0.0, score - 0.4)


def _kinds_alike(a: Telling, b: Telling, *, same_figure: bool) -> float:
    """How far two tellings of one family of happenings can be of one kind."""
    if a.event.type == b.event.type:
        return 1.0 if a.event.type != "other" or a.anaphoric or _same_word(a, b) else 0.0
    weak = min(a.strength, b.strength) < _STRONG
    return 0.6 if same_figure or (weak and a.anaphoric) else 0.0


def _others_did_it(a: Gathered, b: Gathered) -> bool:
    """Does one voice name people of another kind and another name for each? Two voices may be at odds over one happening."""
    if all(first.voices.isdisjoint(second.voices) for first in a.tellings for second in b.tellings):
        return False
    ours, theirs = list(_doers(a)), list(_doers(b))
    if not ours or not theirs or not {x.kind for x in ours}.isdisjoint({y.kind for y in theirs}):
        return False
    return {word for x in ours for word in _words(x)}.isdisjoint({word for y in theirs for word in _words(y)})


def _doers(gathered: Gathered) -> Iterator[Actor]:
    """Who did it, other than by an adjective ("a Russian strike"), if it is known who that is."""
    for telling in gathered.tellings:
        for actor in telling.event.actors if telling.claimed else ():
            named = actor.kind is not ActorKind.OTHER and not actor.rule.endswith(ADJECTIVE)
            if actor.role is Role.PERPETRATOR and named:
                yield actor


def _words(actor: Actor) -> list[str]:
    return [word for word in actor.text.casefold().split() if len(word) > _SHORT]


def _same_word(a: Telling, b: Telling) -> bool:
    return bool(a.event.trigger and b.event.trigger) and a.word == b.word


def _days_alike(first: TimeExpression | None, second: TimeExpression | None) -> float:
    """1 when the best intervals share a day, -1 when they do not, 0 when one has none."""
    if first is None or second is None or first.interval is None or second.interval is None:
        return 0.0
    x, y = first.interval, second.interval
    apart = (x.latest is not None and y.earliest is not None and x.latest < y.earliest) or (
        y.latest is not None and x.earliest is not None and y.latest < x.earliest
    )
    return -1.0 if apart else 1.0


def _places_alike(a: Gathered, b: Gathered) -> float:
    """1 when the most exact places agree, -1 when they exclude each other, 0 when that cannot be said."""
    first, second = a.spot, b.spot
    if first is None or second is None:
        return -1.0 if in_other_countries(a, b) else 0.0
    if first.gazetteer_id is not None and first.gazetteer_id == second.gazetteer_id:
        return 1.0
    if any(
        p.gazetteer_id == q.gazetteer_id and p.gazetteer_id and p.precision not in WIDE
        for p in a.places
        for q in b.places
    ):
        return 0.5
    return -1.0 if apart(first, second) else 0.5 if km(first, second) is not None else 0.0


def apart(first: Place, second: Place) -> bool:
    """Do two places exclude each other: other countries, other divisions, or farther from each other than either reaches?"""
    if first.country and second.country and first.country != second.country:
        return True
    if _in_another_division(first, second) or _in_another_division(second, first):
        return True
    distance = km(first, second)
    if distance is None or first.kind == "country" or second.kind == "country":
        return False
    return distance > _APART_KM + (first.radius_km or 0.0) + (second.radius_km or 0.0)


def in_other_countries(a: Gathered, b: Gathered) -> bool:
    """Are all places of one in other countries than those of the other?"""
    first, second = ({p.country for p in told.places if p.country} for told in (a, b))
    return bool(first and second) and first.isdisjoint(second)


def _in_another_division(town: Place, division: Place) -> bool:
    """Is one a first-level division, and does the other lie in another of them?"""
    if division.kind != _DIVISION or not town.admin or town.country != division.country:
        return False
    return division.name != town.name if town.kind == _DIVISION else division.name not in town.admin


def km(a: Place, b: Place) -> float | None:
    """Kilometres between two places, None when one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return km_between(a.lat, a.lon, b.lat, b.lon)
