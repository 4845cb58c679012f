"""Which claims of a report are about one happening, and where and when it was.

Within one report the same kind of happening is told again and again ("the attack", "the bombing on Saturday"); two tellings are one
unless their days, their places or their kinds exclude each other.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from ondit.model import (
    Actor,
    Claim,
    EquipmentMention,
    EventMention,
    Evidence,
    Extraction,
    Place,
    PlacePrecision,
    Role,
    Span,
    Stance,
    TimeExpression,
    event_mention_id,
)
from ondit.model.records import record, replace
from ondit.ontology import event_types
from ondit.resolve.moments import best_time, in_sentence, is_date, settled
from ondit.resolve.scenes import with_scenes

_GOES_ON = "resolve/happenings:goes-on"
_LONG_AGO_DAYS = 45
_DATED_BESIDE = frozenset({"violence", "harm", "control"})
_ACTORS_A_PART = 2  # a report names few who did it; more are other tellings of them
_ADJECTIVE = ":before-the-noun"  # ends the rule of an actor that is an adjective of the trigger
_BESIDE = 6  # characters: triggers so near tell one thing ("withdrew all troops of combat")
_OF_PEOPLE = frozenset({"killed", "injured", "missing", "abducted", "arrested", "displaced"})
_APART_KM = 40.0  # beyond the radii of two points: two places
_STRONG = 0.55  # from here on a trigger says by itself what happened
_WIDE = (PlacePrecision.COUNTRY, PlacePrecision.REGION)


_Located = TypeVar("_Located", Place, TimeExpression)
_Standing = TypeVar("_Standing", Place, TimeExpression, EquipmentMention)
_Any = TypeVar("_Any")


@record
class _InOrder(Generic[_Any]):
    """Things in text order, with where each begins."""

    things: Sequence[_Any]
    starts: Sequence[int]


def _in_order(things: Sequence[_Standing]) -> _InOrder[_Standing]:
    return _InOrder(things, [thing.span.start for thing in things])


@dataclass(slots=True)
class _Telling:
    """One happening as one claim tells it, with the places and times that stand there."""

    event: EventMention
    strength: float
    anaphoric: bool
    claimed: bool
    word: str
    another: bool = False
    figures: frozenset[tuple[str, int]] = frozenset()
    places: list[Place] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)


@dataclass(slots=True)
class _Gathered:
    """Tellings that are one happening."""

    tellings: list[_Telling]
    best: _Telling
    places: list[Place]
    times: list[TimeExpression]
    spot: Place | None  # the most exact place and the finest date, at hand for every later telling
    date: TimeExpression | None
    family: str  # of the kinds of happenings: those of different ones are never alike

    @classmethod
    def of(cls, telling: _Telling) -> "_Gathered":
        places, times = _unique(telling.places), list(telling.times)
        return cls([telling], telling, places, times, _exact(places), best_time(times), _family(telling))

    def add(self, telling: _Telling) -> None:
        self.tellings.append(telling)
        self.best = max(self.best, telling, key=_telling_most)
        self.family = _family(self.best)
        self.places = _unique((*self.places, *telling.places))
        self.times += telling.times
        self.spot, self.date = _exact(self.places), best_time(self.times)


def _family(telling: _Telling) -> str:
    return event_types()[telling.event.type].family


def _telling_most(telling: _Telling) -> tuple[bool, float, int]:
    return telling.claimed, telling.strength, -(telling.event.trigger.start if telling.event.trigger else 0)


def resolve_happenings(
    claims: Sequence[Claim],
    extraction: Extraction,
    *,
    text: str,
    places: Sequence[Place],
    times: Sequence[TimeExpression],
    published: date | None = None,
) -> tuple[list[Claim], list[EventMention]]:
    """Merges the events that are one happening, gives them places and times, and points the claims to them."""
    tellings = _tellings(claims, extraction, places, times, text)
    gathered: list[_Gathered] = []
    home: dict[str, _Gathered] = {}
    for telling in tellings:
        known = [g for g in gathered if g.best.another] if telling.another else gathered
        alone = _Gathered.of(telling)
        target = _home_of(alone, known, published)
        if target is None:
            target = alone
            gathered.append(target)
        else:
            target.add(telling)
        home[telling.event.id] = target
    ground = _Ground(text, published, times, extraction.sentences)
    events = with_scenes([_merged(g, ground) for g in gathered], places, text)
    merged = {id(g): event for g, event in zip(gathered, events, strict=True)}
    now = {event: merged[id(group)].id for event, group in home.items()}
    linked = [
        c if c.event is None or now.get(c.event, c.event) == c.event else replace(c, event=now[c.event]) for c in claims
    ]
    return _going_on(linked), [merged[id(g)] for g in gathered if any(t.claimed for t in g.tellings)]


def _going_on(claims: Sequence[Claim]) -> list[Claim]:
    """A voice that says something without naming a happening goes on about the one told before; a demand or a wish does not."""
    out: list[Claim] = []
    last: str | None = None
    for claim in claims:
        going_on = claim.event is None and claim.chain and claim.stance is not Stance.DEMANDS and last is not None
        if going_on:
            evidence = Evidence(
                "event", _GOES_ON, (), "names no happening of its own: goes on about the one told before"
            )
            out.append(replace(claim, event=last, evidence=(*claim.evidence, evidence)))
        else:
            out.append(claim)
        last = claim.event or last
    return out


def _tellings(
    claims: Sequence[Claim], extraction: Extraction, places: Sequence[Place], times: Sequence[TimeExpression], text: str
) -> list[_Telling]:
    out = []
    named = sorted((e.trigger, e.type) for e in extraction.events if e.trigger is not None)
    triggers = _InOrder(named, [trigger.start for trigger, _ in named])
    placed, dates, equipment = _in_order(places), _in_order(times), _in_order(extraction.equipment)
    told: dict[str, list[Span]] = {}
    figures: dict[str, set[tuple[str, int]]] = {}
    all_contents = [claim.content for claim in claims]
    for claim in claims:
        if claim.event is not None:
            told.setdefault(claim.event, []).append(claim.content)
            figures.setdefault(claim.event, set()).update(_figures(claim))
    for event in sorted(extraction.events, key=lambda e: (e.trigger.start if e.trigger else 0, e.id)):
        contents = told.get(event.id, [])
        if not contents and event.trigger is not None:
            start, stop = event.trigger.start, event.trigger.stop
            contents = [c for c in all_contents if c.start <= start and stop <= c.stop]
        if not contents:
            continue
        telling = _Telling(
            event,
            extraction.strengths.get(event.id, 0.5),
            event.id in extraction.anaphoric,
            event.id in told,
            (event.trigger and event.trigger.of(text).casefold()) or "",
        )
        telling.another = event.id in extraction.another
        telling.figures = frozenset(figures.get(event.id, ()))
        at = event.trigger or (contents[0] if contents else None)
        if at is not None and contents:
            if telling.claimed and (things := _told_in(equipment, contents)):
                telling.event = replace(event, equipment=tuple(things))
            own = [
                p for p in _told_in(placed, contents) if not p.metonym and _belongs(p.span, at, event.type, triggers)
            ]
            telling.places = _nearest_first(own, at)
            if telling.event.actors:
                telling.event = replace(telling.event, actors=_no_towns(telling.event.actors, placed))
            dated = [t for t in _told_in(dates, contents) if is_date(t)]
            telling.times = _nearest_first([t for t in dated if _belongs(t.span, at, event.type, triggers)], at)
            opening = extraction.openings.get(event.id)
            telling.times = telling.times or [t for t in times if t.span == opening and is_date(t)]
        out.append(telling)
    return out


def _no_towns(actors: Sequence[Actor], placed: _InOrder[Place]) -> tuple[Actor, ...]:
    """The actors that are no place: a town named alone did nothing, its country may have."""
    kept = []
    for actor in actors:
        at = bisect_left(placed.starts, actor.span.start)
        here = [p for p in placed.things[at : at + 2] if p.span == actor.span]
        if not any(p.lat is not None and p.precision not in _WIDE and not p.metonym for p in here):
            kept.append(actor)
    return tuple(kept)


def _figures(claim: Claim) -> Iterable[tuple[str, int]]:
    """The exact figures of people in a claim: two tellings with the same one are hardly of two happenings."""
    return ((c.what, c.low) for c in claim.counts if c.low is not None and c.low > 1 and c.what in _OF_PEOPLE)


def _belongs(span: Span, trigger: Span, type_: str, triggers: _InOrder[tuple[Span, str]]) -> bool:
    """Does a place or time go with this trigger, and not with a nearer one of another kind ("an inquiry into the attack on Friday")?"""
    own = _distance(span, trigger)
    low = bisect_left(triggers.starts, min(trigger.start, span.start))
    high = bisect_left(triggers.starts, max(trigger.stop, span.stop))
    return not any(
        kind != type_ and _distance(trigger, other) > _BESIDE and _distance(span, other) < own
        for other, kind in triggers.things[low:high]
    )


def _told_in(things: _InOrder[_Standing], contents: Sequence[Span]) -> list[_Standing]:
    """Of things in text order those inside one of the contents."""
    starts = things.starts
    if len(contents) == 1:  # as most are told
        begin, end = contents[0].start, contents[0].stop
        low, high = bisect_left(starts, begin), bisect_left(starts, end + 1)
        return [thing for thing in things.things[low:high] if thing.span.stop <= end] if low < high else []
    low = bisect_left(starts, min([c.start for c in contents]))
    high = bisect_left(starts, max([c.stop for c in contents]) + 1)
    return [thing for thing in things.things[low:high] if _said(thing.span, contents)]


def _distance(a: Span, b: Span) -> int:
    return max(a.start - b.stop, b.start - a.stop, 0)


def _said(span: Span, contents: Iterable[Span]) -> bool:
    start, stop = span.start, span.stop
    return any(content.start <= start and stop <= content.stop for content in contents)


def _nearest_first(items: list[_Located], at: Span) -> list[_Located]:
    if len(items) < 2:
        return items
    return sorted(items, key=lambda x: (min(abs(x.span.start - at.stop), abs(at.start - x.span.stop)), x.span.start))


# ------------------------------------------------------------------------------------------------------ one or two happenings


def _home_of(alone: _Gathered, gathered: Sequence[_Gathered], published: date | None) -> _Gathered | None:
    """The happening told before that this is a telling of: of several, the one told last, a strong reason before a weak one."""
    best: tuple[float, int, _Gathered] | None = None
    telling = alone.best
    for index, candidate in enumerate(gathered):
        if candidate.family != alone.family:
            continue
        score = _likeness(alone, candidate)
        if (
            score > 0
            and not telling.anaphoric
            and _background(alone.date, published) != _background(candidate.date, published)
        ):
            continue
        if score > 0 and (best is None or (score, index) > best[:2]):
            best = (score, index, candidate)
    return best[2] if best else None


def _background(best: TimeExpression | None, published: date | None) -> bool:
    """Does the date lie long before the report? Such a happening is told as background, and takes in nothing undated."""
    if published is None or best is None or best.interval is None or best.interval.latest is None:
        return False
    return (published - best.interval.latest).days > _LONG_AGO_DAYS


def _likeness(alone: _Gathered, candidate: _Gathered) -> float:
    """More than 0 when a telling, alone, can be of this happening: kinds, days and places must not exclude each other."""
    telling = alone.best
    same_figure = bool(telling.figures) and any(not telling.figures.isdisjoint(t.figures) for t in candidate.tellings)
    kinds = _kinds_alike(telling, candidate.best, same_figure=same_figure)
    if kinds == 0:
        return 0.0
    days = _days_alike(alone.date, candidate.date)
    where = _places_alike(alone, candidate)
    if days < 0 or where < 0:
        return 0.0
    score = kinds + 0.6 * days + 0.6 * where + (0.6 if same_figure else 0.0)
    if telling.anaphoric:
        score += 0.5
    own_frame = bool(telling.times) and bool(candidate.times) and days == 0
    return score if not own_frame else max(0.0, score - 0.4)


def _kinds_alike(a: _Telling, b: _Telling, *, same_figure: bool) -> float:
    """How far two tellings of one family of happenings can be of one kind."""
    if a.event.type == b.event.type:
        return 1.0 if a.event.type != "other" or a.anaphoric or _same_word(a, b) else 0.0
    weak = min(a.strength, b.strength) < _STRONG
    return 0.6 if same_figure or (weak and a.anaphoric) else 0.0


def _same_word(a: _Telling, b: _Telling) -> bool:
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


def _places_alike(a: _Gathered, b: _Gathered) -> float:
    """1 when the most exact places agree, -1 when they exclude each other, 0 when that cannot be said."""
    first, second = a.spot, b.spot
    if first is None or second is None:
        return 0.0
    if first.gazetteer_id is not None and first.gazetteer_id == second.gazetteer_id:
        return 1.0
    if any(
        p.gazetteer_id == q.gazetteer_id and p.gazetteer_id and p.precision not in _WIDE
        for p in a.places
        for q in b.places
    ):
        return 0.5
    if first.country and second.country and first.country != second.country:
        return -1.0
    distance = km(first, second)
    if distance is None:
        return 0.0
    reach = _APART_KM + (first.radius_km or 0.0) + (second.radius_km or 0.0)
    return -1.0 if distance > reach else 0.5


def _exact(places: Sequence[Place]) -> Place | None:
    pointed = [p for p in places if p.lat is not None and p.precision not in _WIDE]
    return min(pointed, key=lambda p: p.radius_km or 0.0, default=None) if pointed else None


def km(a: Place, b: Place) -> float | None:
    """Great-circle distance in km, None when one has no point (haversine, mean radius 6371 km)."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


# ----------------------------------------------------------------------------------------------------------------- merging


@record
class _Ground:
    """What of a report tells when a happening was, beside its own words."""

    text: str
    published: date | None
    times: Sequence[TimeExpression]
    sentences: Sequence[Span]


def _merged(group: _Gathered, ground: _Ground) -> EventMention:
    best = group.best
    first = group.tellings[0].event
    time = next((found for t in group.tellings if (found := best_time(t.times))), None)
    trigger = first.trigger
    if not group.times and trigger is not None and group.family in _DATED_BESIDE:
        time = in_sentence(trigger.start, ground.times, ground.sentences)  # "officials said on Friday that …"
    others = [t for t in group.times if t is not time]
    times = [settled(time, others, ground.text, ground.published), *others] if time else others
    return replace(
        best.event,
        id=event_mention_id(first.id, best.event.type, best.event.trigger),
        actors=_actors_of(group.tellings),
        equipment=_unique_equipment(e for t in group.tellings for e in t.event.equipment),
        places=tuple(_most_specific_first(group)),
        times=tuple(_unique_times(times)),
        reason=_reason(group),
    )


def _reason(group: _Gathered) -> str:
    told = len(group.tellings)
    again = f"; told in {told} places" if told > 1 else ""
    return group.best.event.reason + again


def _most_specific_first(group: _Gathered) -> list[Place]:
    """Exact points before divisions before countries; then as told, nearest to the trigger first."""
    order = {PlacePrecision.EXACT: 0, PlacePrecision.NEAR: 0, PlacePrecision.PART: 1, PlacePrecision.DIVISION: 1,
             PlacePrecision.UNRESOLVED: 1, PlacePrecision.REGION: 2, PlacePrecision.COUNTRY: 3}  # fmt: skip
    return sorted(group.places, key=lambda p: order[p.precision])


def _unique(places: Iterable[Place]) -> list[Place]:
    seen: set[str] = set()
    out = []
    for place in places:
        key = place.gazetteer_id or place.text
        if key not in seen:
            seen.add(key)
            out.append(place)
    return out


def _unique_times(times: Iterable[TimeExpression]) -> list[TimeExpression]:
    seen: dict[Span, TimeExpression] = {}
    for time in times:
        seen.setdefault(time.span, time)
    return list(seen.values())


def _actors_of(tellings: Sequence[_Telling]) -> tuple[Actor, ...]:
    """Who plays each part, as the first telling that names anybody for it does; later ones tell on of others, too."""
    out: list[Actor] = []
    for role in Role:
        named = _without_adjectives([[a for a in t.event.actors if a.role is role] for t in tellings])
        first = next(filter(None, named), [])
        out += first
        out += [a for others in named for a in others if a not in first and any(_same_phrase(a, b) for b in first)]
    return _unique_actors(out)


def _without_adjectives(named: list[list[Actor]]) -> list[list[Actor]]:
    """Without those named by an adjective alone ("a Russian strike") where a telling names somebody as well."""
    if all(a.rule.endswith(_ADJECTIVE) for actors in named for a in actors):
        return named
    return [[a for a in actors if not a.rule.endswith(_ADJECTIVE)] for actors in named]


def _unique_actors(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """One entry an actor and part: the fullest phrase of those that say the same; at most two a part, the most named first."""
    groups: list[list[Actor]] = []
    for actor in actors:
        home = next(
            (g for g in groups if g[0].role is actor.role and any(_same_phrase(actor, other) for other in g)), None
        )
        if home is None:
            groups.append([actor])
        else:
            home.append(actor)
    named: dict[Role, int] = {}
    kept = []
    for group in sorted(groups, key=lambda g: -len(g)):
        role = group[0].role
        named[role] = named.get(role, 0) + 1
        if named[role] <= _ACTORS_A_PART:
            kept.append(max(group, key=lambda a: (len(a.text), -a.span.start)))
    return tuple(sorted(kept, key=lambda a: a.span))


def _same_phrase(a: Actor, b: Actor) -> bool:
    first, second = a.text.casefold(), b.text.casefold()
    return first in second or second in first


def _unique_equipment(things: Iterable[EquipmentMention]) -> tuple[EquipmentMention, ...]:
    seen: dict[Span, EquipmentMention] = {}
    for thing in things:
        seen.setdefault(thing.span, thing)
    return tuple(seen.values())
