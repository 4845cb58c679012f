"""The fields of a claim that an analyst may set, as JSON: what a value looks like, and what the claim looks like with it."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from ondit.model import (
    AnchorBasis,
    Claim,
    Count,
    Decision,
    EventMention,
    Evidence,
    Interval,
    Place,
    PlacePrecision,
    SourceKind,
    SourceMention,
    Span,
    Stance,
    TimeExpression,
    TimePrecision,
    TimexType,
    event_mention_id,
)

COUNTED = ("killed", "injured", "missing", "abducted", "arrested", "displaced", "troops", "strikes", "weapons", "other")
"""What is counted; each is a field of its own: `{"low": 3, "best": 3, "high": 3}`, null for no figure."""
FIELDS = ("stance", "type", "place", "when", "content", "voices", *COUNTED)
"""All fields.

`stance` and `type` are strings (`type` null: about nothing that happened), `place` is a place of a gazetteer or null, `when` an interval (`earliest`, `latest`,
`edtf`, `precision`) or null, `content` is `[start, stop]`, `voices` a list of `{"span": [start, stop], "kind": …}` from the outermost in.
"""


class EditError(ValueError):
    """A value that its field cannot have; the message says what it may be."""


def value_of(field: str, claim: Claim, event: EventMention | None) -> str:
    """What a field has now, as the JSON that would set it."""
    if field in COUNTED:
        count = next((c for c in claim.counts if c.what == field), None)
        return _json({"low": count.low, "best": count.best, "high": count.high} if count else None)
    values: dict[str, Any] = {
        "stance": claim.stance.value,
        "content": [claim.content.start, claim.content.stop],
        "voices": [{"span": [v.span.start, v.span.stop], "kind": v.kind.value} for v in claim.chain],
        "type": event.type if event else None,
        "place": _place_value(event),
        "when": _when_value(event),
    }
    if field not in values:
        raise EditError(f"'{field}' is no field; fields: {', '.join(FIELDS)}")
    return _json(values[field])


def with_value(
    claim: Claim, event: EventMention | None, text: str, decision: Decision, *, field: str, value: str
) -> tuple[Claim, EventMention | None]:
    """The claim and its happening with a field set; `EditError` when the value cannot be had."""
    rule, why = f"analyst:{decision.by}", decision.why
    try:
        wanted = json.loads(value)
        if field in COUNTED:
            claim = replace(claim, counts=_counts(claim, field, wanted, rule, text))
        elif field == "stance":
            claim = replace(claim, stance=Stance(wanted))
        elif field == "content":
            claim = replace(claim, content=_span(wanted, text))
        elif field == "voices":
            claim = replace(claim, chain=tuple(_voice(v, text, rule) for v in wanted))
        else:
            claim, event = _about(claim, event, field, wanted, rule, why)
    except EditError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise EditError(f"{value} is no value of '{field}': {error}") from error
    note = Evidence(field, rule, (claim.content,), why)
    return replace(claim, evidence=(*(e for e in claim.evidence if e.field != field), note)), event


def _about(
    claim: Claim, event: EventMention | None, field: str, wanted: Any, rule: str, why: str
) -> tuple[Claim, EventMention | None]:
    """Fields of the happening; a claim about nothing gets one."""
    if field == "type" and wanted is None:
        return replace(claim, event=None), event
    if event is None or claim.event is None:
        name = wanted if field == "type" else "other"
        # Told apart from what an engine may read there by its ordinal.
        event = EventMention(
            event_mention_id(claim.report_id, name, claim.content, -1), name, None, rule=rule, reason=why
        )
        claim = replace(claim, event=event.id)
    if field == "type":
        return claim, replace(event, type=str(wanted), rule=rule, reason=why)
    if field == "place":
        return claim, replace(event, places=_places(event, claim, wanted, rule, why))
    if field == "when":
        return claim, replace(event, times=_times(event, claim, wanted, rule, why))
    raise EditError(f"'{field}' is no field; fields: {', '.join(FIELDS)}")


def _places(event: EventMention, claim: Claim, wanted: Any, rule: str, why: str) -> tuple[Place, ...]:
    """The place takes the room of the most specific one; wider ones and those that stand for a government stay."""
    standing = [p for p in event.places if p.metonym]
    located = [p for p in event.places if not p.metonym]
    if wanted is None:
        return tuple(standing)
    old = located[0] if located else None
    place = Place(
        span=old.span if old else claim.content,
        text=old.text if old else str(wanted["name"]),
        gazetteer_id=wanted.get("gazetteer_id"),
        name=str(wanted["name"]),
        lat=None if wanted.get("lat") is None else float(wanted["lat"]),
        lon=None if wanted.get("lon") is None else float(wanted["lon"]),
        radius_km=None if wanted.get("radius_km") is None else float(wanted["radius_km"]),
        country=wanted.get("country", ""),
        admin=tuple(wanted.get("admin", ())),
        kind=wanted.get("kind", ""),
        precision=PlacePrecision(wanted.get("precision", "exact")),
        rule=rule,
        reason=why or "set by an analyst",
    )
    return (place, *located[1:], *standing)


def _times(event: EventMention, claim: Claim, wanted: Any, rule: str, why: str) -> tuple[TimeExpression, ...]:
    if wanted is None:
        return ()
    interval = Interval(
        earliest=_day(wanted.get("earliest")),
        latest=_day(wanted.get("latest")),
        edtf=str(wanted["edtf"]),
        precision=TimePrecision(wanted.get("precision", "day")),
        anchor_basis=AnchorBasis.ABSOLUTE,
    )
    old = event.times[0] if event.times else None
    time = TimeExpression(
        span=old.span if old else claim.content,
        text=old.text if old else interval.edtf,
        type=TimexType.DATE,
        value=interval.edtf,
        interval=interval,
        rule=rule,
        reason=why or "set by an analyst",
    )
    return (time, *event.times[1:])


def _counts(claim: Claim, what: str, wanted: Any, rule: str, text: str) -> tuple[Count, ...]:
    kept = tuple(c for c in claim.counts if c.what != what)
    if wanted is None:
        return kept
    old = next((c for c in claim.counts if c.what == what), None)
    low, best, high = (_figure(wanted.get(key)) for key in ("low", "best", "high"))
    if low is not None and high is not None and low > high:
        raise EditError(f"{low} to {high} runs backwards")
    span = old.span if old else claim.content
    count = Count(what, low, high, span, span.of(text), best, old.who if old else "", rule, "set by an analyst")
    return (*kept, count)


def _figure(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise EditError(f"{value!r} is no figure; a figure is a whole number from 0")
    return value


def _voice(wanted: Any, text: str, rule: str) -> SourceMention:
    span = _span(wanted["span"], text)
    return SourceMention(span, span.of(text), SourceKind(wanted.get("kind", "other")), rule=rule)


def _span(wanted: Any, text: str) -> Span:
    start, stop = wanted
    span = Span(int(start), int(stop))
    if not span.start < span.stop <= len(text):
        raise EditError(f"[{start}, {stop}] is not in the text, which has {len(text)} characters")
    return span


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _place_value(event: EventMention | None) -> Any:
    place = next((p for p in event.places if not p.metonym), None) if event else None
    if place is None:
        return None
    return {
        "gazetteer_id": place.gazetteer_id, "name": place.name or place.text, "lat": place.lat, "lon": place.lon,
        "radius_km": place.radius_km, "country": place.country, "admin": list(place.admin), "kind": place.kind,
        "precision": place.precision.value,
    }  # fmt: skip


def _when_value(event: EventMention | None) -> Any:
    time = event.times[0] if event and event.times else None
    if time is None or time.interval is None:
        return None
    days = (d.isoformat() if d else None for d in (time.interval.earliest, time.interval.latest))
    return {**dict(zip(("earliest", "latest"), days, strict=True)), "edtf": time.interval.edtf,
            "precision": time.interval.precision.value}  # fmt: skip


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
