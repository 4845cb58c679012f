"""How far apart two places and two times are."""

import math
from datetime import date

from ondit.model import Interval, Place
from ondit.model.places import km_between


def km_apart(a: Place, b: Place) -> float:
    """Kilometres between two located places; infinite when one is not located."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    return km_between(a.lat, a.lon, b.lat, b.lon)


def days_apart(a: Interval, b: Interval) -> int:
    """Days between two intervals, 0 when they overlap; an open end reaches for ever."""
    first, second = sorted((a, b), key=lambda i: i.earliest or date.min)
    end, start = first.latest or date.max, second.earliest or date.min
    return max(0, (start - end).days)


def days_wide(interval: Interval) -> int:
    """Days that an interval covers; very many when an end is open."""
    return ((interval.latest or date.max) - (interval.earliest or date.min)).days + 1
