"""Adapter of `claims`: the full reading of a report in the shape of the scorer `claims.py`."""

from typing import Any

from evaluation.bench import Row, as_day
from ondit.languages import available_languages
from ondit.model import (
    Actor,
    Claim,
    Count,
    EquipmentMention,
    EquipmentUse,
    EventMention,
    Place,
    PlacePrecision,
    Reading,
    SourceMention,
    Span,
)
from ondit.pipeline import read


def predict(row: Row) -> Row:
    """Claims and happenings of one report."""
    language = row.get("lang")
    known = language if language in available_languages() else None
    return as_ledger(
        read(row["text"], published=as_day(row.get("published")), lang=known, publisher=row.get("outlet") or "")
    )


def as_ledger(reading: Reading) -> Row:
    """A reading in the scorer's words."""
    keys = {event.id: f"E{number}" for number, event in enumerate(reading.events, 1)}
    return {
        "claims": [_claim(claim, keys) for claim in reading.claims],
        "events": {keys[event.id]: _event(event) for event in reading.events},
    }


def _claim(claim: Claim, keys: dict[str, str]) -> dict[str, Any]:
    return {
        "content": _pair(claim.content),
        "cue": _pair(claim.cue),
        "chain": [_voice(voice) for voice in claim.chain],
        "stance": claim.stance.value,
        "event": keys.get(claim.event) if claim.event else None,
        "counts": [_count(count) for count in claim.counts],
    }


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.stop] if span else None


def _voice(voice: SourceMention) -> dict[str, Any]:
    return {"text": voice.text, "span": _pair(voice.span), "refers_to": _pair(voice.refers_to)}


def _count(count: Count) -> dict[str, Any]:
    return {"what": count.what, "min": count.low, "max": count.high}


def _event(event: EventMention) -> dict[str, Any]:
    edtf = next((t.interval.edtf for t in event.times if t.interval and t.interval.edtf), None)
    return {
        "type": event.type,
        "when": {"edtf": edtf} if edtf else None,
        "where": [_place(place) for place in event.places if not place.metonym],
        "actors": [_actor(actor) for actor in event.actors],
        "equipment": [_equipment(thing) for thing in event.equipment],
    }


def _place(place: Place) -> dict[str, Any]:
    # The guideline gives countries no coordinates: a country has no point worth 25 km.
    pointless = place.precision is PlacePrecision.COUNTRY
    return {
        "text": place.text,
        "name": place.name or place.text,
        "lat": None if pointless else place.lat,
        "lon": None if pointless else place.lon,
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {"text": actor.text, "span": _pair(actor.span), "role": actor.role.value}


def _equipment(thing: EquipmentMention) -> dict[str, Any]:
    role = {} if thing.use is EquipmentUse.USED else {"role": thing.use.value}
    return {"text": thing.text, "name": thing.name or thing.text, **role}
