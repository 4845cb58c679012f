"""One happening of a report out of its tellings: its best words, who took part, where and when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ondit.model import (
    Actor,
    Aside,
    EquipmentMention,
    EventMention,
    Place,
    PlacePrecision,
    Role,
    Span,
    TimeExpression,
    event_mention_id,
)
from ondit.model.records import record, replace
from ondit.resolve.moments import best_time, first_time, in_sentence, settled
from ondit.resolve.tellings import ADJECTIVE, Gathered, Telling

_ACTORS_A_PART = 3  # a report names few who did it; more are other tellings of them
_DATED_BESIDE = frozenset({"violence", "harm", "control"})


@record
class Ground:
    """What of a report tells when a happening was, beside its own words."""

    text: str
    published: date | None
    times: Sequence[TimeExpression]
    sentences: Sequence[Span]
    asides: Sequence[Aside]
    over: Mapping[int, TimeExpression]  # the date that heads its list, by item


def merged(group: Gathered, ground: Ground) -> EventMention:
    """The one mention that all tellings of a happening make: named by the best of them, with what any of them says."""
    best = group.best
    first = group.tellings[0].event
    time = first_time([found for t in group.tellings if (found := best_time(t.times))])
    trigger = first.trigger
    if not group.times and trigger is not None and group.family in _DATED_BESIDE:
        time = in_sentence(
            trigger.start, ground.times, ground.sentences, ground.asides
        )  # "officials said on Friday that …"
        time = time or ground.over.get(group.item)
    others = [t for t in group.times if t is not time]
    times = [settled(time, others, ground.text, ground.published), *others] if time else others
    return replace(
        best.event,
        id=event_mention_id(first.id, best.event.type, best.event.trigger),
        actors=_actors_of(group.tellings),
        equipment=unique_equipment(e for t in group.tellings for e in t.event.equipment),
        places=tuple(_most_specific_first(group)),
        times=tuple(_unique_times(times)),
        reason=_reason(group),
    )


def _reason(group: Gathered) -> str:
    told = len(group.tellings)
    again = f"; told in {told} places" if told > 1 else ""
    return group.best.event.reason + again


def _most_specific_first(group: Gathered) -> list[Place]:
    """Exact points before divisions before countries, then as told, nearest to the trigger first; where the first telling with a place was before what leads away from it."""
    first = next((min(t.places, key=_width) for t in group.tellings if t.places), None)
    if first is None:
        return []
    return sorted(group.places, key=lambda p: (not _may_be(p, first), _width(p)))


_WIDTH = {PlacePrecision.EXACT: 0, PlacePrecision.NEAR: 0, PlacePrecision.PART: 1, PlacePrecision.DIVISION: 1,
          PlacePrecision.UNRESOLVED: 1, PlacePrecision.REGION: 2, PlacePrecision.COUNTRY: 3}  # fmt: skip


def _width(place: Place) -> int:
    return _WIDTH[place.precision]


def _may_be(place: Place, first: Place) -> bool:
    """May it say more exactly where the first place is?"""
    if place.span == first.span or place.lat is None or first.lat is None or _width(first) == _width(place) == 0:
        return place.span == first.span
    if _width(place) > _width(first) or first.precision is PlacePrecision.REGION:
        return True
    return place.country == first.country and (first.kind == "country" or first.name in (*place.admin, place.name))


def _unique_times(times: Iterable[TimeExpression]) -> list[TimeExpression]:
    seen: dict[Span, TimeExpression] = {}
    for time in times:
        seen.setdefault(time.span, time)
    return list(seen.values())


def _actors_of(tellings: Sequence[Telling]) -> tuple[Actor, ...]:
    """Who plays each part, as the first telling that names anybody for it does; later ones tell on of others, too.

    What a claim only mentions beside what it is about ("the attack came days after …") names nobody: that is often another happening.
    """
    out: list[Actor] = []
    told = [t for t in tellings if t.claimed]
    for role in Role:
        named = _without_adjectives([[a for a in t.event.actors if a.role is role] for t in told])
        first = next(filter(None, named), [])
        out += first
        out += [a for others in named for a in others if a not in first and any(_same_phrase(a, b) for b in first)]
    return _unique_actors(out)


def _without_adjectives(named: list[list[Actor]]) -> list[list[Actor]]:
    """Without those named by an adjective alone ("a Russian strike") where a telling names somebody as well."""
    if all(a.rule.endswith(ADJECTIVE) for actors in named for a in actors):
        return named
    return [[a for a in actors if not a.rule.endswith(ADJECTIVE)] for actors in named]


def _unique_actors(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """One entry an actor and part: the fullest phrase of those that say the same; at most three a part, the most named first."""
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


def unique_equipment(things: Iterable[EquipmentMention]) -> tuple[EquipmentMention, ...]:
    """Mentions of equipment, each once."""
    seen: dict[Span, EquipmentMention] = {}
    for thing in things:
        seen.setdefault(thing.span, thing)
    return tuple(seen.values())
