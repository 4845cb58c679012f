"""GeoJSON (RFC 7946): a feature for each happening, a point where its place was found, with what is uncertain in its properties."""

import json
from typing import Any

from ondit.model import Event
from ondit.present.account import grade_text
from ondit.present.fields import place_name
from ondit.present.formats.dossier import Dossier
from ondit.present.formats.format import File, Format, Made
from ondit.present.formats.happening import (
    REPRESENTATIVE,
    is_contested,
    only_denied,
    point,
    publishers,
    sentence,
    title,
    toll,
    value_of,
)


def make(dossier: Dossier) -> Made:
    """All happenings; those without a point have no geometry (RFC 7946, section 3.2)."""
    features = [_feature(dossier, event) for event in dossier.events]
    located = sum(feature["geometry"] is not None for feature in features)
    body = {"type": "FeatureCollection", "features": features}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n"
    return Made(
        (File.of("events.geojson", text),), counts={"features": len(features), "features_with_a_point": located}
    )


def _feature(dossier: Dossier, event: Event) -> dict[str, Any]:
    where = point(event.place)
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": None
        if where is None
        else {"type": "Point", "coordinates": [round(where[1], 5), round(where[0], 5)]},
        "properties": properties(dossier, event),
    }


def properties(dossier: Dossier, event: Event) -> dict[str, Any]:
    """What is known of a happening on one level, as maps and tables want it; None = not told or not found."""
    told = list(dossier.told(event))
    place, interval = event.place, event.interval
    found: dict[str, Any] = {
        "id": event.id,
        "title": title(event),
        "type": event.type,
        "place": place_name(place) if place else value_of(event, "place", REPRESENTATIVE) or None,
        "place_id": place.gazetteer_id if place else None,
        "country": place.country or None if place else None,
        "geo_precision": place.precision.value if place else None,
        "radius_km": place.radius_km if place else None,
        "earliest": str(interval.earliest) if interval and interval.earliest else None,
        "latest": str(interval.latest) if interval and interval.latest else None,
        "edtf": interval.edtf or None if interval else None,
        "time_precision": interval.precision.value if interval else None,
    }
    for what in ("killed", "injured"):
        figures = toll(event, what)
        found |= {f"{what}_low": figures.low, f"{what}_best": figures.best, f"{what}_high": figures.high}
    return found | {
        "perpetrator": value_of(event, "perpetrator", REPRESENTATIVE) or None,
        "contested": is_contested(event),
        "only_denied": only_denied(event),
        "credibility": event.grade.credibility if event.grade else None,
        "grade": grade_text(event) or None,
        "reports": len(event.reports),
        "claims": len(event.claims),
        "origins": len(event.independence.origins) if event.independence else None,
        "publishers": publishers(told),
        "summary": sentence(event),
    }


FORMAT = Format(
    name="geojson",
    title="GeoJSON for QGIS, kepler.gl and Leaflet",
    suffix=".geojson",
    rule=(
        "One feature for each event, at the most specific place that the reports agree on; figures low (most-conservative), best (most-representative) "
        "and high (most-informative). A happening without a place keeps its properties and has no geometry."
    ),
    losses=(
        "Who says which value; only that something is contested.",
        "The radius is a property: a map that draws points alone shows more precision than there is.",
    ),
    specification="RFC 7946",
    make=make,
)
