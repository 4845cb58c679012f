"""How far apart two places and two times are."""

import math
from datetime import date

from ondit.model import Interval, Place

_EARTH_KM = 6371.0


def km_apart(a: Place, b: Place) -> float:
    """Great-circle distance of two located places; infinite when one is not located.

    The haversine formula on a sphere of 6,371 km.
    """
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    lat1, lon1, lat2, lon2 = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    chord = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def days_apart(a: Interval, b: Interval) -> int:
    """Days between two intervals, 0 when they overlap; an open end reaches for ever."""
    first, second = sorted((a, b), key=lambda i: i.earliest or date.min)
    end, start = first.latest or date.max, second.earliest or date.min
    return max(0, (start - end).days)


def days_wide(interval: Interval) -> int:
    """Days that an interval covers; very many when an end is open."""
    return ((interval.latest or date.max) - (interval.earliest or date.min)).days + 1
