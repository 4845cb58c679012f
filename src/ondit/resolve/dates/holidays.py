"""Days that have a name: fixed in the calendar, computed from Easter, or days of a lunar calendar (some of them approximate)."""

from calendar import monthrange
from datetime import date, timedelta

from ondit.resolve.dates.calendars import chinese_new_year, hebrew_in, islamic, islamic_in, tithi_in

# Days from Easter Sunday (Gregorian).
_EASTER = {
    "ash-wednesday": -46, "shrove-tuesday": -47, "palm-sunday": -7, "maundy-thursday": -3, "good-friday": -2, "holy-saturday": -1, "lazarus": -8,
    "easter": 0, "easter-monday": 1, "ascension": 39, "pentecost": 49, "whit-monday": 50, "trinity": 56, "corpus-christi": 60,
}  # fmt: skip

# Month, weekday (ISO), which one of the month (-1 = last).
_FLOATING = {
    "thanksgiving": (11, 4, 4), "mlk-day": (1, 1, 3), "presidents-day": (2, 1, 3), "memorial-day": (5, 1, -1), "labor-day": (9, 1, 1),
    "columbus-day": (10, 1, 2), "earth-hour": (3, 6, -1), "mothers-day": (5, 7, 2), "fathers-day": (6, 7, 3), "mothers-day-fr": (5, 7, -1),
}  # fmt: skip


# Month, day, number of days; a day begins at the sunset before.
_HEBREW = {
    "rosh-hashanah": (7, 1, 2), "yom-kippur": (7, 10, 1), "sukkot": (7, 15, 8), "shemini-atzeret": (7, 22, 1),
    "simchat-torah": (7, 23, 1), "hanukkah": (9, 25, 8), "tu-bishvat": (11, 15, 1), "purim": (12, 14, 1), "passover": (1, 15, 8),
    "yom-hashoah": (1, 27, 1), "yom-haatzmaut": (2, 5, 1), "lag-baomer": (2, 18, 1), "shavuot": (3, 6, 2), "tisha-bav": (5, 9, 1),
}  # fmt: skip

# Month, day, number of days.
_ISLAMIC = {
    "islamic-new-year": (1, 1, 1), "ashura": (1, 10, 1), "arbaeen": (2, 20, 1), "mawlid": (3, 12, 1), "isra": (7, 27, 1),
    "ramadan": (9, 1, 30), "laylat-al-qadr": (9, 27, 1), "eid-al-fitr": (10, 1, 1), "arafah": (12, 9, 1), "eid-al-adha": (12, 10, 1),
}  # fmt: skip

HIJRI = "hijri-"
_LONGEST_MONTH = 30  # days of an Islamic month: 29 or 30, whichever the crescent says

# A window of 30 days begins on (month, day); the lunar day; whether it rules at sunset; days added; number of days.
_INDIAN = {
    "diwali": (10, 17, 30, True, 0, 1), "dhanteras": (10, 10, 28, True, 0, 1), "bhai-dooj": (10, 20, 2, False, 0, 1),
    "govardhan": (10, 18, 1, False, 0, 1), "chhath": (10, 20, 6, False, 0, 1), "dussehra": (9, 25, 10, True, 0, 1),
    "navaratri": (9, 17, 1, True, 0, 10), "holi": (2, 26, 15, True, 1, 1), "holika": (2, 26, 15, True, 0, 1),
    "shivaratri": (2, 10, 29, True, 0, 1), "rama-navami": (3, 20, 9, False, 0, 1), "mahavir": (3, 24, 13, False, 0, 1),
    "vesak": (4, 26, 15, True, 0, 1), "rath-yatra": (6, 20, 2, False, 0, 1), "raksha-bandhan": (8, 1, 15, False, 0, 1),
    "janmashtami": (8, 7, 23, False, 0, 1), "ganesh": (8, 20, 4, False, 0, 1), "vasant": (1, 17, 5, False, 0, 1),
    "valmiki": (9, 28, 15, False, 0, 1), "dayananda": (2, 1, 25, False, 0, 1), "guru-purnima": (7, 3, 15, False, 0, 1),
    "guru-nanak": (11, 1, 15, False, 0, 1), "ravidass": (1, 30, 15, False, 0, 1), "karva-chauth": (10, 8, 19, True, 0, 1),
}  # fmt: skip

_SPANS = {"lent": ("ash-wednesday", "holy-saturday")}


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


def days_of_hijri(year: int, month: int | None = None, day: int | None = None) -> tuple[date, date]:
    """First and last day of an Islamic year, month or day; each may be one day off. Raises `ValueError` when there is none."""
    start = islamic(year, month or 1, day or 1)
    if day:
        return start, start
    after = islamic(year, month + 1, 1) if month and month < 12 else islamic(year + 1, 1, 1)
    return start, after - timedelta(days=1)


def days_of_holiday(code: str, year: int) -> tuple[date, date, bool]:
    """First and last day of a holiday in a year, and whether they may be a day off; raises `ValueError` when it has none."""
    if code in _HEBREW:
        month, day, length = _HEBREW[code]
        start = hebrew_in(year, month, day)
        return start - timedelta(days=1), start + timedelta(days=length - 1), False
    if code in _ISLAMIC:
        month, day, length = _ISLAMIC[code]
        start = islamic_in(year, month, day)
        return start, start + timedelta(days=length - 1), True
    if code.startswith(HIJRI):  # a day or a month of the Islamic calendar: "hijri-7-15", "hijri-7"
        of_month, _, of_day = code.removeprefix(HIJRI).partition("-")
        start = islamic_in(year, int(of_month), int(of_day or 1))
        return start, start + timedelta(days=0 if of_day else _LONGEST_MONTH - 1), True
    if code in _INDIAN:
        month, day, tithi, sunset, later, length = _INDIAN[code]
        start = tithi_in(year, month, day, tithi, sunset=sunset) + timedelta(days=later)
        return start, start + timedelta(days=length - 1), True
    if code in _SPANS:
        first, last = (day_of_holiday(name, year) for name in _SPANS[code])
        return first, last, False
    found = chinese_new_year(year) if code == "chinese-new-year" else day_of_holiday(code, year)
    return found, found, False
