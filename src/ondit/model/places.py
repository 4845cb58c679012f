"""Where: a place name of a report and the place of the world it was resolved to."""

from dataclasses import dataclass
from enum import StrEnum
from math import asin, atan2, cos, degrees, radians, sin, sqrt

from ondit.model.records import quick
from ondit.model.spans import Span

_EARTH_KM = 6371.0  # mean radius


class PlacePrecision(StrEnum):
    """How exactly the point stands for what the text says."""

    EXACT = "exact"  # the named site or town
    NEAR = "near"  # near, around, on the outskirts of, N km from
    PART = "part"  # a side or part of the named place: "the north of Mali"
    DIVISION = "division"  # an administrative division, by its centre
    COUNTRY = "country"
    REGION = "region"  # a region without administrative standing, a sea, a continent
    UNRESOLVED = "unresolved"


@quick
@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """One reading of a place name that was considered: WGS84 degrees, `score` 0 to 1, `country` ISO 3166-1 alpha-2."""

    gazetteer_id: str
    name: str
    lat: float | None
    lon: float | None
    country: str
    kind: str
    score: float = 0.0


@quick
@dataclass(frozen=True, slots=True)
class Place:
    """A place name as written (`text` at `span`) and what it was resolved to; may stay unresolved, never guesses silently.

    `lat`, `lon` in WGS84 degrees, `radius_km` the radius in which the happening lies, `admin` the chain of divisions from the
    widest down, `candidates` the readings considered (best first) and `reason` why the first was chosen or none was.
    `metonym` marks a place name that stands for its government or people ("Washington said") and locates nothing.
    """

    span: Span
    text: str
    gazetteer_id: str | None = None
    name: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: str = ""
    admin: tuple[str, ...] = ()
    kind: str = ""
    precision: PlacePrecision = PlacePrecision.UNRESOLVED
    candidates: tuple[PlaceCandidate, ...] = ()
    metonym: bool = False
    rule: str = ""
    reason: str = ""


def km_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points in WGS84 degrees on the mean sphere (haversine; R. W. Sinnott, Sky and Telescope 68, 1984)."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    half = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


def point_off(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """The point so many kilometres from another, WGS84 degrees, in a direction in degrees clockwise from north; on the mean sphere (the direct problem of a great circle)."""
    north, angle, turn = radians(lat), km / _EARTH_KM, radians(bearing)
    other = asin(min(1.0, max(-1.0, sin(north) * cos(angle) + cos(north) * sin(angle) * cos(turn))))
    east = atan2(sin(turn) * sin(angle) * cos(north), cos(angle) - sin(north) * sin(other))
    return degrees(other), (lon + degrees(east) + 180) % 360 - 180


def box_around(lat: float, lon: float, km: float) -> tuple[float, float, float, float] | None:
    """South, west, north and east of a box in which everything lies that is at most so many kilometres away; None where it would hold a pole or cross the date line."""
    angle = km / _EARTH_KM * (1 + 1e-9)  # rounding leaves nobody outside
    widest = sin(angle) / cos(radians(lat)) if abs(lat) < 90 else 1.0
    if abs(lat) + degrees(angle) >= 90 or widest >= 1:
        return None
    north, east = degrees(angle), degrees(asin(widest))
    return (lat - north, lon - east, lat + north, lon + east) if abs(lon) + east < 180 else None
