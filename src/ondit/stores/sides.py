"""What is looked at when claims are searched: the sides of a claim as plain values, the same for every store."""

from collections.abc import Sequence
from dataclasses import dataclass

from ondit.model import Claim, Event, EventMention, FieldStatus, Interval, Place, Report, Span
from ondit.stores.contract import EventRow
from ondit.text.searching import search_text

_KILLED = "killed"
_RULE = "most-representative"
_UNJUDGED = 6


@dataclass(frozen=True, slots=True)
class Sides:
    """A claim's voices by their fullest mention, its most specific place that was resolved, its interval, its words to search."""

    voices: tuple[str, ...]
    content: str
    place: Place | None
    interval: Interval | None
    words: dict[str, str]


def sides_of(report: Report, claim: Claim, event: EventMention | None) -> Sides:
    """The sides of a claim of a report."""
    voices = tuple((v.refers_to or v.span).of(report.text) for v in claim.chain)
    content = claim.content.of(report.text)
    located = [p for p in event.places if not p.metonym] if event else []
    words = {
        "content": search_text(content),
        "voices": search_text(" · ".join(dict.fromkeys((*voices, *(v.text for v in claim.chain))))),
        "places": search_text(" · ".join(dict.fromkeys(name for place in located for name in _names(place)))),
        "sources": search_text(" · ".join((report.publisher, *(v.source_id or "" for v in claim.chain)))),
    }
    return Sides(voices, content, main_place(located), _interval(event), words)


def row_of(event: Event) -> EventRow:
    """What a list needs of a happening."""
    place, interval = event.place, event.interval
    killed = next((f for f in event.fields if f.field == _KILLED), None)
    toll = next((a for a in killed.aggregates if a.rule == _RULE), None) if killed else None
    return EventRow(
        id=event.id,
        type=event.type,
        place=(place.name or place.text) if place else "",
        country=place.country if place else "",
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        radius_km=place.radius_km if place else None,
        earliest=interval.earliest if interval else None,
        latest=interval.latest if interval else None,
        edtf=interval.edtf if interval else "",
        reports=len(event.reports),
        claims=len(event.claims),
        origins=len(event.independence.origins) if event.independence else 0,
        credibility=event.grade.credibility if event.grade else _UNJUDGED,
        contested=any(f.status is FieldStatus.CONTESTED for f in event.fields),
        low=toll.low if toll else None,
        best=toll.best if toll else None,
        high=toll.high if toll else None,
    )


def in_time(row: EventRow) -> tuple[str, str]:
    """How happenings are ordered: by their first day (the last one where the first is open), undated ones last, then by id."""
    first = row.earliest or row.latest
    return (first.isoformat() if first else "~", row.id)


def main_place(places: Sequence[Place]) -> Place | None:
    """The first place that has a point, else the first: they go from the most specific to the widest."""
    return next((p for p in places if p.lat is not None and p.lon is not None), places[0] if places else None)


def box_around(lat: float, lon: float, km: float) -> tuple[float, float, float, float]:
    """South, west, north, east of a box that holds the circle; the whole width of the world near a pole."""
    from math import cos, radians

    high = km / 110.5
    south, north = max(-90.0, lat - high), min(90.0, lat + high)
    narrowest = cos(radians(max(abs(south), abs(north))))
    wide = km / (111.0 * narrowest) if narrowest > 0.01 else 360.0
    return (south, -180.0, north, 180.0) if wide >= 180 else (south, _turn(lon - wide), north, _turn(lon + wide))


def spans_of(claim: Claim) -> list[Span]:
    """Every span of a claim, each of which must lie in the report's text."""
    spans = [claim.content, *(v.span for v in claim.chain), *(c.span for c in claim.counts)]
    spans += [v.refers_to for v in claim.chain if v.refers_to]
    return [*spans, *([claim.cue] if claim.cue else []), *(s for e in claim.evidence for s in e.spans)]


def _turn(lon: float) -> float:
    return (lon + 180.0) % 360.0 - 180.0


def _names(place: Place) -> tuple[str, ...]:
    return tuple(filter(None, (place.text, place.name, *place.admin, place.country)))


def _interval(event: EventMention | None) -> Interval | None:
    times = event.times if event else ()
    return next((t.interval for t in times if t.interval and t.interval.edtf), None)
