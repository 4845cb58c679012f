"""Exact places made coarse: the middle of a square of half a degree, the name of the first-level division, a pseudonym for every finer name."""

from collections.abc import Iterable, Iterator

from ondit.model import Event, Place, PlacePrecision, Reading
from ondit.model.records import replace

_SQUARE = 0.5  # degrees
_RADIUS_KM = 40.0  # half the diagonal of such a square at the equator
_FINE = (PlacePrecision.EXACT, PlacePrecision.NEAR, PlacePrecision.PART)
_WIDE_KINDS = ("country", "admin1", "continent", "region", "water")


def is_fine(place: Place) -> bool:
    """Is a place narrower than a first-level division? A name that was not found may be."""
    if place.metonym:
        return False
    if place.gazetteer_id is None and place.lat is None:
        return True
    return place.kind not in _WIDE_KINDS and (place.precision in _FINE or place.precision is PlacePrecision.DIVISION)


def fine_names(readings: Iterable[Reading], events: Iterable[Event]) -> list[str]:
    """Names and spellings of exact places, each once; not those that are also the name of a division or country they lie in."""
    found: dict[str, None] = {}
    wide: set[str] = set()
    for place in _places(readings, events):
        wide.update(name.casefold() for name in place.admin[:2])
        if is_fine(place):
            found.update(dict.fromkeys(filter(None, (place.name, place.text, *place.admin[2:]))))
        else:
            wide.add(place.name.casefold())
    return [name for name in found if name.casefold() not in wide]


def _places(readings: Iterable[Reading], events: Iterable[Event]) -> Iterator[Place]:
    for reading in readings:
        for mention in reading.events:
            yield from mention.places
    for event in events:
        if event.place is not None:
            yield event.place


def coarsened(place: Place) -> Place:
    """A place without what says where exactly: point, radius, gazetteer id, candidates and reasons."""
    if not is_fine(place):
        return replace(place, candidates=())
    lat, lon = (None if place.lat is None or place.lon is None else _middle(v) for v in (place.lat, place.lon))
    return replace(
        place,
        gazetteer_id=None,
        lat=lat,
        lon=lon,
        radius_km=max(_RADIUS_KM, place.radius_km or 0.0),
        admin=place.admin[:2],
        kind="redacted",
        precision=PlacePrecision.DIVISION if lat is not None else PlacePrecision.UNRESOLVED,
        candidates=(),
        rule="redacted",
        reason=f"coarsened to a square of {_SQUARE} degrees",
    )


def _middle(degrees: float | None) -> float:
    assert degrees is not None
    return (degrees // _SQUARE) * _SQUARE + _SQUARE / 2
