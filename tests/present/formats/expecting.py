"""What an export of a happening should say, straight from the records and not by way of any format."""

from typing import Any

from ondit.model import Event
from ondit.present.account import field_name
from ondit.present.formats import Dossier

STATED = ("asserts", "possible", "distances")


def expected(dossier: Dossier, event: Event) -> dict[str, Any]:
    """What an export of a happening should say, straight from the records."""
    place, interval = event.place, event.interval
    reports = [dossier.readings[r] for r in event.reports]
    claims = [c for r in reports for c in r.claims if c.id in event.claims]
    killed = next((f.aggregates for f in event.fields if f.field == "killed"), ())
    rules = {a.rule: a for a in killed}
    told = [
        max((k for k in c.counts if k.what == "killed"), key=lambda k: k.low or 0, default=None)
        for c in claims
        if c.stance.value in STATED
    ]
    lows = [k.low for k in told if k is not None and k.low is not None]
    return {
        "id": event.id,
        "type": event.type,
        "place": (place.name or place.text) if place else None,
        "lat": round(place.lat, 5) if place and place.lat is not None else None,
        "lon": round(place.lon, 5) if place and place.lon is not None else None,
        "country": (place.admin[0] if place.admin else place.name if place.kind == "country" else None) if place else None,
        "first": interval.earliest if interval else None,
        "last": interval.latest if interval else None,
        "killed_low": rules["most-conservative"].low if rules else None,
        "killed_best": rules["most-representative"].best if rules else None,
        "lowest_reported": min(lows, default=None),
        "deaths": {k.best if k.best is not None else k.low for k in told if k is not None},
        "credibility": event.grade.credibility if event.grade else None,
        "reports": set(event.reports),
        "claims": set(event.claims),
        "publishers": {" ".join(r.report.publisher.split()) for r in reports if r.report.publisher},
        "stances": {c.id: c.stance.value for c in claims},
        "contents": {c.id: c.content.of(r.report.text) for r in reports for c in r.claims if c.id in event.claims},
        "voices": {c.id: [v.span for v in c.chain] for c in claims},
        "values": {field_name(f.field): [v.value for v in f.values] for f in event.fields},
        "types": {c.id: t.type for r in reports for c in r.claims if c.id in event.claims and (t := r.event_of(c))},
    }  # fmt: skip
