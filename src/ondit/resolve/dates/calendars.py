"""Days of lunar and lunisolar calendars as Gregorian dates.

Hebrew: exact (arithmetic calendar). Islamic: a month begins after the first sunset at Mecca that follows the new moon by some hours;
what is celebrated follows a sighting and may be a day off. Chinese New Year: astronomical new moon at Beijing. Indian feasts: the lunar day (tithi) at sunrise or sunset in India, with the
longitudes of sun and moon to about a third of a degree; may be a day off, too.
Sources: Reingold & Dershowitz, *Calendrical Calculations*; Meeus, *Astronomical Algorithms*, chapters 25, 47 and 49.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from math import radians, sin

_HEBREW_EPOCH = -1_373_427  # ordinal of 1 Tishri 1
_ISLAMIC_EPOCH = 227_015  # ordinal of 16 July 622, Julian

# Degrees the moon has to be ahead of the sun at sunset, about two hours; what the Umm al-Qura calendar mostly amounts to.
_CRESCENT = 1.0
_MECCA_SUNSET = 15.5  # hours UTC, mean


def hebrew(year: int, month: int, day: int) -> date:
    """A day of the Hebrew calendar; months are counted from Tishri = 7 as in the Bible (Nisan = 1, Adar = 12, Adar II = 13)."""
    start = _hebrew_new_year(year)
    last = 13 if _hebrew_leap(year) else 12
    months = [*range(7, last + 1), *range(1, 7)]
    before = months[: months.index(month)]
    return date.fromordinal(start + sum(_hebrew_month_length(year, m) for m in before) + day - 1)


def hebrew_in(gregorian: int, month: int, day: int) -> date:
    """The day of a Hebrew date that falls into a Gregorian year; raises `ValueError` when there is none."""
    for year in range(gregorian + 3759, gregorian + 3763):
        # Purim and the like are kept in the second Adar of a leap year.
        in_year = 13 if month == 12 and _hebrew_leap(year) else month
        found = hebrew(year, in_year, day)
        if found.year == gregorian:
            return found
    raise ValueError(f"no such Hebrew day in {gregorian}")


def islamic(year: int, month: int, day: int) -> date:
    """A day of the Islamic calendar, as the crescent over Mecca is computed; raises `ValueError` for what is no day of it."""
    if not (1 <= month <= 12 and 1 <= day <= 30 and 1 <= year <= 2000):
        raise ValueError(f"no Islamic day {year}-{month}-{day}")
    tabular = _ISLAMIC_EPOCH + (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return date.fromordinal(_crescent_after(tabular - 4) + day - 1)


def islamic_in(gregorian: int, month: int, day: int) -> date:
    """The first day in a Gregorian year with this Islamic date; raises `ValueError` when there is none."""
    first = int((gregorian - 622) * 33 / 32) - 1
    for year in range(max(1, first), first + 4):
        found = islamic(year, month, day)
        if found.year == gregorian:
            return found
    raise ValueError(f"no such Islamic day in {gregorian}")


def _crescent_after(ordinal: int) -> int:
    """First day from `ordinal` on that follows a sunset with a young moon."""
    for day in range(ordinal, ordinal + 31):
        before, at = (_elongation(d + _MECCA_SUNSET / 24) - _CRESCENT for d in (day - 2, day - 1))
        if before % 360 > 180 > at % 360:
            return day
    return ordinal


def chinese_new_year(gregorian: int) -> date:
    """First day of the Chinese year: the new moon between 21 January and 20 February (UTC+8)."""
    return next(_moon_days(date(gregorian, 1, 21), 31, 0.0, hours=8.0))


def tithi_in(gregorian: int, month: int, day: int, tithi: int, *, sunset: bool = False) -> date:
    """The day within 30 days from a Gregorian date on which a lunar day (1–30; 15 = full, 30 = new moon) rules at sunrise or sunset in India."""
    hour = (18.0 if sunset else 6.3) - 5.5
    start = date(gregorian, month, day)
    best = start
    nearest = 360.0
    for offset in range(30):
        candidate = start + timedelta(days=offset)
        elongation = _elongation(candidate.toordinal() + hour / 24)
        into = (elongation - 12 * (tithi - 1)) % 360
        if into < 12:
            return candidate
        if 360 - into < nearest:  # a lunar day that begins and ends between two sunrises
            nearest, best = 360 - into, candidate
    return best


def _moon_days(start: date, days: int, phase: float, *, hours: float) -> Iterator[date]:
    """Days (UTC + hours) from `start` in which the moon's elongation passes `phase` degrees."""
    for offset in range(days):
        day = start + timedelta(days=offset)
        at = day.toordinal() - hours / 24
        before, after = (_elongation(at) - phase) % 360, (_elongation(at + 1) - phase) % 360
        if before > 180 > after:
            yield day


def _elongation(moment: float) -> float:
    """Moon's longitude less the sun's in degrees; `moment` in days (UTC) as of `date.toordinal`."""
    t = (moment - date(2000, 1, 1).toordinal() - 0.5) / 36_525
    d = radians(297.8502 + 445_267.1115 * t)
    m = radians(357.5291 + 35_999.0503 * t)
    n = radians(134.9634 + 477_198.8676 * t)
    f = radians(93.2721 + 483_202.0175 * t)
    moon = 6.2888 * sin(n) + 1.2740 * sin(2 * d - n) + 0.6583 * sin(2 * d) + 0.2136 * sin(2 * n) - 0.1856 * sin(m)
    moon += -0.1143 * sin(2 * f) + 0.0588 * sin(2 * d - 2 * n) + 0.0572 * sin(2 * d - m - n) + 0.0533 * sin(2 * d + n)
    moon += 0.0458 * sin(2 * d - m) + 0.0409 * sin(n - m) - 0.0347 * sin(d) - 0.0304 * sin(m + n)
    sun = 1.9146 * sin(m) + 0.0200 * sin(2 * m)
    # The mean longitudes differ by D itself; about a minute of time between dynamical and universal time is left out.
    return (297.8502 + 445_267.1115 * t + moon - sun) % 360


def _hebrew_leap(year: int) -> bool:
    return (7 * year + 1) % 19 < 7


@lru_cache(maxsize=512)
def _hebrew_elapsed(year: int) -> int:
    months = (235 * year - 234) // 19
    parts = 12_084 + 13_753 * months
    day = 29 * months + parts // 25_920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


def _hebrew_new_year(year: int) -> int:
    before, this, after = (_hebrew_elapsed(y) for y in (year - 1, year, year + 1))
    delay = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return _HEBREW_EPOCH + this + delay


def _hebrew_month_length(year: int, month: int) -> int:
    length = _hebrew_new_year(year + 1) - _hebrew_new_year(year)
    short = month in (2, 4, 6, 10, 13) or (month == 12 and not _hebrew_leap(year))
    if month == 8:
        return 30 if length % 10 == 5 else 29
    if month == 9:
        return 29 if length % 10 == 3 else 30
    return 29 if short else 30
