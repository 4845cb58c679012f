"""Days that have a name: fixed in the calendar or computed from Easter; lunar ones that depend on a sighting are not computed."""

from calendar import monthrange
from datetime import date, timedelta

# Days from Easter Sunday (Gregorian).
_EASTER = {
    "ash-wednesday": -46, "shrove-tuesday": -47, "palm-sunday": -7, "maundy-thursday": -3, "good-friday": -2, "holy-saturday": -1,
    "easter": 0, "easter-monday": 1, "ascension": 39, "pentecost": 49, "whit-monday": 50, "trinity": 56, "corpus-christi": 60,
}  # fmt: skip

# Month, weekday (ISO), which one of the month (-1 = last).
_FLOATING = {
    "thanksgiving": (11, 4, 4), "mlk-day": (1, 1, 3), "presidents-day": (2, 1, 3), "memorial-day": (5, 1, -1), "labor-day": (9, 1, 1),
    "columbus-day": (10, 1, 2), "mothers-day": (5, 7, 2), "fathers-day": (6, 7, 3), "mothers-day-fr": (5, 7, -1),
}  # fmt: skip


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm; Meeus, *Astronomical Algorithms*, chapter 8).

    >>> easter(2024)
    datetime.date(2024, 3, 31)
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    m = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the Julian calendar as a Gregorian date (Meeus)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The nth (−1 = last) Monday … Sunday (ISO 1–7) of a month; raises `ValueError` when there is none."""
    length = monthrange(year, month)[1]
    days = [date(year, month, d) for d in range(1, length + 1) if date(year, month, d).isoweekday() == weekday]
    if not -len(days) <= n <= len(days) or n == 0:
        raise ValueError(f"no weekday {weekday} number {n} in {year}-{month:02}")
    return days[n - 1] if n > 0 else days[n]


def day_of_holiday(code: str, year: int) -> date:
    """The day of a holiday in a year; codes are "easter", "thanksgiving" … or a fixed day "12-25"; raises `ValueError`."""
    if code in _EASTER:
        return easter(year) + timedelta(days=_EASTER[code])
    if code.startswith("orthodox-"):
        return orthodox_easter(year) + timedelta(days=_EASTER[code.removeprefix("orthodox-")])
    if code in _FLOATING:
        month, weekday, n = _FLOATING[code]
        return nth_weekday(year, month, weekday, n)
    if code == "black-friday":
        return nth_weekday(year, 11, 4, 4) + timedelta(days=1)
    if code == "election-day":  # United States: the Tuesday after the first Monday of November
        return nth_weekday(year, 11, 1, 1) + timedelta(days=1)
    fixed, _, day = code.partition("-")
    return date(year, int(fixed), int(day))
