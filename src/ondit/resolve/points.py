"""Coordinates that a report writes out: places by themselves, and the point of the name that they stand behind."""

import re
from collections.abc import Sequence

from ondit.gazetteer.mention import COORDINATES, Toponym
from ondit.model import Place, PlacePrecision
from ondit.model.places import km_between
from ondit.model.records import replace

_BEHIND = re.compile(
    r"[ \u00a0]?[(\[,:–—-]?[ \u00a0]?"
)  # between a name and its coordinates: "Ansongo (15.66 N, 0.50 E)"
_OF_IT_KM = 100.0  # farther off they are not the coordinates of the name, or it was taken for another place
_SURELY_KM = 1.0  # what is counted from a map is hardly nearer, however many digits are copied


def with_points(places: Sequence[Place], toponyms: Sequence[Toponym], text: str) -> list[Place]:
    """The places of a report's names, in text order, with the points written out among them at their stead."""
    out = list(places)
    for i, toponym in enumerate(toponyms):
        if toponym.point is not None:
            out[i] = _placed(toponym, places)
            if i and _is_behind(out[i - 1], out[i], text):
                out[i - 1] = _moved(out[i - 1], out[i])
    return out


def _placed(toponym: Toponym, places: Sequence[Place]) -> Place:
    """The point as a place, in the country and divisions of the town named nearest to it."""
    assert toponym.point is not None
    lat, lon = toponym.point
    near = [(off, p) for p in places if p.country and (off := _km_off(p, lat, lon)) <= _OF_IT_KM]
    beside = min(near, key=lambda found: found[0], default=(0.0, None))[1]
    return Place(
        span=toponym.span,
        text=toponym.text,
        name=f"{lat:.4f}, {lon:.4f}",
        lat=lat,
        lon=lon,
        radius_km=round(max(_SURELY_KM, toponym.reach_km), 1),
        country=beside.country if beside else "",
        admin=beside.admin if beside else (),
        precision=PlacePrecision.EXACT,
        rule=f"place:{COORDINATES}",
        reason=f"written out; in the country of {beside.name}, named near by" if beside else "written out",
    )


def _is_behind(named: Place, point: Place, text: str) -> bool:
    if named.rule == point.rule or named.precision in (PlacePrecision.COUNTRY, PlacePrecision.REGION):
        return False
    between = _BEHIND.fullmatch(text, named.span.stop, point.span.start)
    return between is not None and _km_off(named, *(point.lat or 0.0, point.lon or 0.0)) <= _OF_IT_KM


def _moved(named: Place, point: Place) -> Place:
    return replace(
        named,
        lat=point.lat,
        lon=point.lon,
        radius_km=point.radius_km,
        precision=PlacePrecision.EXACT,
        reason=f"{named.reason}; at the coordinates behind it",
    )


def _km_off(place: Place, lat: float, lon: float) -> float:
    if place.lat is None or place.lon is None:
        return float("inf")
    return km_between(place.lat, place.lon, lat, lon)
