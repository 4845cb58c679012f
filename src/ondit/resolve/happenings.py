"""Which claims of a report are about one happening, and where and when it was.

Within one report the same kind of happening is told again and again ("the attack", "the bombing on Saturday"); two tellings are one
unless their days, their places or their kinds exclude each other.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
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
    Span,
    Stance,
    TimeExpression,
)
from ondit.model.records import record, replace
from ondit.resolve.alike import likeness
from ondit.resolve.belonging import Surroundings
from ondit.resolve.borrowing import by_themselves
from ondit.resolve.items import Items, dates_over
from ondit.resolve.merging import Ground, merged, unique_equipment
from ondit.resolve.moments import best_time, in_sentence, is_date, long_before
from ondit.resolve.scenes import with_scenes
from ondit.resolve.tellings import OUTSIDE, WIDE, Gathered, Telling

_GOES_ON = "resolve/happenings:goes-on"
_OF_PEOPLE = frozenset({"killed", "injured", "missing", "abducted", "arrested", "displaced"})


_Standing = TypeVar("_Standing", Place, TimeExpression, EquipmentMention)
_Any = TypeVar("_Any")


@record
class _InOrder(Generic[_Any]):
    """Things in text order, with where each begins."""

    things: Sequence[_Any]
    starts: Sequence[int]


def _in_order(things: Sequence[_Standing]) -> _InOrder[_Standing]:
    return _InOrder(things, [thing.span.start for thing in things])


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
    items = Items.of(extraction.items, places, times)
    tellings = _tellings(claims, extraction, places, times, text)
    for telling in tellings:
        telling.item = items.at(telling.at)
    by_themselves(tellings, extraction, items)
    gathered: list[Gathered] = []
    home: dict[str, Gathered] = {}
    for telling in tellings:
        known = [g for g in gathered if g.best.another] if telling.another else gathered
        alone = Gathered.of(telling)
        target = _home_of(alone, known, published, text)
        if target is None:
            target = alone
            gathered.append(target)
        else:
            target.add(telling)
        home[telling.event.id] = target
    over = dates_over(items, times, text, [t.at for t in tellings], published)
    ground = Ground(text, published, times, extraction.sentences, extraction.asides, over)
    events = with_scenes([(merged(g, ground), g) for g in gathered], places, text, items)
    one_of = {id(g): event for g, event in zip(gathered, events, strict=True)}
    now = {event: one_of[id(group)].id for event, group in home.items()}
    linked = [
        c if c.event is None or now.get(c.event, c.event) == c.event else replace(c, event=now[c.event]) for c in claims
    ]
    shown = [one_of[id(g)] for g in gathered if any(t.claimed for t in g.tellings)]
    background = {e.id for e in events if long_before(best_time(e.times), published)}
    going_on = _going_on(linked, extraction.opinions, items, background, text)
    return going_on, _with_equipment(shown, going_on, extraction.equipment)


def _with_equipment(
    events: Sequence[EventMention], claims: Sequence[Claim], equipment: Sequence[EquipmentMention]
) -> list[EventMention]:
    """The happenings with what the claims that go on about them name ("the attackers came | on motorbikes")."""
    going_on: dict[str, list[Span]] = {}
    for claim in claims:
        if claim.event is not None and any(e.rule == _GOES_ON for e in claim.evidence):
            going_on.setdefault(claim.event, []).append(claim.content)
    if not equipment or not going_on:
        return list(events)
    named = _in_order(equipment)
    more = {id_: _told_in(named, contents) for id_, contents in going_on.items()}
    return [
        replace(event, equipment=unique_equipment([*event.equipment, *more[event.id]])) if more.get(event.id) else event
        for event in events
    ]


def _going_on(
    claims: Sequence[Claim], opinions: frozenset[str], items: Items, background: AbstractSet[str], text: str
) -> list[Claim]:
    """What names no happening goes on about the one told before; a demand, a wish or an opinion does not.

    That is one of its item or of before the list; what was long ago only in its own paragraph, for a report comes back from its background.
    """
    out: list[Claim] = []
    told: dict[int, str] = {}
    aside, paragraph = "", -1  # of long ago
    for claim in claims:
        begin = text.rfind("\n", 0, claim.content.start)
        item = items.at(claim.content.start)
        last = aside if aside and paragraph == begin else told.get(item) or told.get(OUTSIDE)
        going_on = (
            claim.event is None and last is not None and claim.stance is not Stance.DEMANDS and claim.id not in opinions
        )
        if going_on:
            evidence = Evidence(
                "event", _GOES_ON, (), "names no happening of its own: goes on about the one told before"
            )
            out.append(replace(claim, event=last, evidence=(*claim.evidence, evidence)))
        else:
            out.append(claim)
        if claim.event in background and item in told:
            aside, paragraph = claim.event or "", begin
        elif claim.event is not None:
            told[item], aside = claim.event, ""
    return out


def _tellings(
    claims: Sequence[Claim], extraction: Extraction, places: Sequence[Place], times: Sequence[TimeExpression], text: str
) -> list[Telling]:
    out = []
    named = sorted((e.trigger, e.type) for e in extraction.events if e.trigger is not None)
    around = Surroundings.of(named, extraction.asides, text)
    placed, dates, equipment = _in_order(places), _in_order(times), _in_order(extraction.equipment)
    told: dict[str, list[Span]] = {}
    figures: dict[str, set[tuple[str, int]]] = {}
    voices: dict[str, set[str]] = {}
    all_contents = [claim.content for claim in claims]
    for claim in claims:
        if claim.event is not None:
            told.setdefault(claim.event, []).append(claim.content)
            figures.setdefault(claim.event, set()).update(_figures(claim))
            voices.setdefault(claim.event, set()).add(claim.chain[-1].text if claim.chain else "")
    for event in sorted(extraction.events, key=lambda e: (e.trigger.start if e.trigger else 0, e.id)):
        contents = told.get(event.id, [])
        if not contents and event.trigger is not None:
            start, stop = event.trigger.start, event.trigger.stop
            contents = [c for c in all_contents if c.start <= start and stop <= c.stop]
        if not contents:
            continue
        telling = Telling(
            event,
            extraction.strengths.get(event.id, 0.5),
            event.id in extraction.anaphoric,
            event.id in told,
            (event.trigger and event.trigger.of(text).casefold()) or "",
        )
        telling.another = event.id in extraction.another
        telling.figures = frozenset(figures.get(event.id, ()))
        telling.voices = frozenset(voices.get(event.id, ()))
        at = event.trigger or contents[0]
        telling.at = at.start
        if contents:
            if telling.claimed and (things := _told_in(equipment, contents)):
                telling.event = replace(event, equipment=tuple(things))
            telling.places = around.own([p for p in _told_in(placed, contents) if not p.metonym], at, event.type)
            if telling.event.actors:
                telling.event = replace(telling.event, actors=_no_towns(telling.event.actors, placed))
            telling.times = around.own([t for t in _told_in(dates, contents) if is_date(t)], at, event.type)
            # "In the evening, the ministry spoke of 132 dead": it did so then, they died before.
            opening = None if event.id in extraction.borrowed else extraction.openings.get(event.id)
            telling.times = telling.times or [t for t in times if t.span == opening and is_date(t)]
            if not telling.times:
                telling.beside = in_sentence(at.start, times, extraction.sentences, extraction.asides)
        out.append(telling)
    return out


def _no_towns(actors: Sequence[Actor], placed: _InOrder[Place]) -> tuple[Actor, ...]:
    """The actors that are no place: a town named alone did nothing, its country may have."""
    kept = []
    for actor in actors:
        at = bisect_left(placed.starts, actor.span.start)
        here = [p for p in placed.things[at : at + 2] if p.span == actor.span]
        if not any(p.lat is not None and p.precision not in WIDE and not p.metonym for p in here):
            kept.append(actor)
    return tuple(kept)


def _figures(claim: Claim) -> Iterable[tuple[str, int]]:
    """The exact figures of people in a claim: two tellings with the same one are hardly of two happenings."""
    return ((c.what, c.low) for c in claim.counts if c.low is not None and c.low > 1 and c.what in _OF_PEOPLE)


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


def _said(span: Span, contents: Iterable[Span]) -> bool:
    start, stop = span.start, span.stop
    return any(content.start <= start and stop <= content.stop for content in contents)


def _home_of(alone: Gathered, gathered: Sequence[Gathered], published: date | None, text: str) -> Gathered | None:
    """The happening told before that this is a telling of: of several, the one told last, a strong reason before a weak one."""
    best: tuple[float, int, Gathered] | None = None
    telling = alone.best
    for index, candidate in enumerate(gathered):
        if candidate.family != alone.family:
            continue
        if not _within_reach(alone, candidate):
            continue
        score = likeness(alone, candidate)
        long_ago = long_before(alone.date or telling.beside, published)
        # "The attack" may go back to one told as background in its paragraph; what is itself of long ago is not what was told before.
        taken_up = telling.anaphoric and not long_ago and text.find("\n", candidate.tellings[-1].at, telling.at) < 0
        if score > 0 and not taken_up and long_ago != long_before(candidate.date, published):
            continue
        if score > 0 and (best is None or (score, index) > best[:2]):
            best = (score, index, candidate)
    return best[2] if best else None


def _within_reach(alone: Gathered, candidate: Gathered) -> bool:
    """Can the text mean that one? A point of a list takes up what leads to the list when it names nothing of its own, and never another point."""
    if alone.item == candidate.item:
        return True
    named = {p.gazetteer_id for p in candidate.places}
    return candidate.item == OUTSIDE and not alone.times and all(p.gazetteer_id in named for p in alone.places)
