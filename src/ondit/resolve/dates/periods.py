"""Stretches of the calendar: days, weeks, months, seasons, decades … with their TIMEX3 values and EDTF strings.

Weeks run from Monday (ISO 8601). Seasons are the astronomical ones of the northern hemisphere, to the day. EDTF codes for seasons
(21–24), quarters (33–36) and halves (40, 41) are those of ISO 8601-2:2019, level 2.
"""

from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from functools import lru_cache

from ondit.model.records import record, replace

DAY = timedelta(days=1)

# From fine to coarse.
GRAINS = (
    "second",
    "minute",
    "hour",
    "part",
    "day",
    "weekend",
    "week",
    "fortnight",
    "month",
    "quarter",
    "season",
    "half",
    "year",
    "decade",
    "century",
)

# First day of each season, by TIMEX3 code: (month, day).
SEASONS = {"SP": (3, 20), "SU": (6, 21), "FA": (9, 23), "WI": (12, 21)}
_SEASON_ORDER = ("SP", "SU", "FA", "WI")

# Hours of the day, [from, to), by TIMEX3 code (MI: midday).
PARTS = {"DW": (4, 8), "MO": (4, 12), "MI": (11, 14), "AF": (12, 19), "EV": (18, 24), "NI": (18, 24), "DT": (6, 18)}


@record
class Stretch:
    """A stretch of time, `[begin, end)`, local and without zone; None = open. `value` is TIMEX3, `edtf` overrides the computed string.

    `note` is what the user should know about how it was found.
    """

    begin: datetime | None
    end: datetime | None
    grain: str
    value: str
    mod: str = ""
    edtf: str = ""
    note: str = ""

    @property
    def first(self) -> date | None:
        """First day."""
        return self.begin.date() if self.begin else None

    @property
    def last(self) -> date | None:
        """Last day (inclusive)."""
        return (self.end - timedelta(microseconds=1)).date() if self.end else None


def rank(grain: str) -> int:
    """Position among the grains, finer first."""
    return GRAINS.index(grain)


@lru_cache(maxsize=4096)
def day_of(day: date) -> Stretch:
    """One day."""
    start = datetime(day.year, day.month, day.day)
    return Stretch(start, start + DAY, "day", day.isoformat())


def part_of(day: date, code: str) -> Stretch:
    """A part of a day by its TIMEX3 code."""
    low, high = PARTS[code]
    start = datetime(day.year, day.month, day.day)
    return Stretch(start + timedelta(hours=low), start + timedelta(hours=high), "part", f"{day.isoformat()}T{code}")


def clock_of(day: date, hour: int, minute: int | None, second: int | None) -> Stretch:
    """A time of a day; hour 24 is the next midnight."""
    start = datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute or 0, seconds=second or 0)
    grain, length = ("hour", 3600) if minute is None else ("minute", 60) if second is None else ("second", 1)
    value = f"{start.date().isoformat()}T{start.hour:02}:{start.minute:02}"
    return Stretch(
        start, start + timedelta(seconds=length), grain, value if second is None else f"{value}:{start.second:02}"
    )


def week_of(day: date) -> Stretch:
    """The ISO week with this day."""
    monday = day - timedelta(days=day.weekday())
    year, number, _ = monday.isocalendar()
    return replace(_days(monday, 7), grain="week", value=f"{year:04}-W{number:02}")


def weekend_of(day: date) -> Stretch:
    """Saturday and Sunday of the ISO week with this day."""
    saturday = day + timedelta(days=5 - day.weekday())
    return replace(_days(saturday, 2), grain="weekend", value=f"{week_of(day).value}-WE")


def month_of(year: int, month: int) -> Stretch:
    """One month."""
    return _months(year, month, 1, "month", f"{year:04}-{month:02}")


def quarter_of(year: int, quarter: int) -> Stretch:
    """One quarter of a calendar year (1–4)."""
    return _months(year, 3 * quarter - 2, 3, "quarter", f"{year:04}-Q{quarter}")


def half_of(year: int, half: int) -> Stretch:
    """One half of a calendar year (1 or 2)."""
    return _months(year, 6 * half - 5, 6, "half", f"{year:04}-H{half}")


def season_of(year: int, code: str) -> Stretch:
    """The season that begins in this year (winter runs into the next)."""
    start = datetime(year, *SEASONS[code])
    after = _SEASON_ORDER[(_SEASON_ORDER.index(code) + 1) % 4]
    return Stretch(start, datetime(year + (code == "WI"), *SEASONS[after]), "season", f"{year:04}-{code}")


def season_with(day: date) -> Stretch:
    """The season with this day."""
    candidates = (season_of(year, code) for year in (day.year - 1, day.year) for code in _SEASON_ORDER)
    return next(s for s in candidates if s.begin and s.end and s.begin.date() <= day < s.end.date())


def year_of(year: int) -> Stretch:
    """One calendar year."""
    return Stretch(datetime(year, 1, 1), _january(year + 1), "year", f"{year:04}")


def decade_of(year: int) -> Stretch:
    """The decade with this year: 1990–1999."""
    start = year - year % 10
    return Stretch(_january(max(start, 1)), _january(start + 10), "decade", f"{start // 10:03}")


def century_of(number: int) -> Stretch:
    """The nth century, 1901–2000 for the 20th; TIMEX3 and EDTF count it by its first two digits ("19")."""
    start = 100 * (number - 1)
    return Stretch(_january(start + 1), _january(start + 101), "century", f"{number - 1:02}", edtf=f"{number - 1:02}XX")


def _january(year: int) -> datetime:
    if year < MINYEAR:
        raise OverflowError(f"the year {year} is on no calendar here")
    return datetime(year, 1, 1) if year <= MAXYEAR else datetime.max


def _days(start: date, n: int) -> Stretch:
    begin = datetime(start.year, start.month, start.day)
    return Stretch(begin, begin + n * DAY, "day", "")


def _months(year: int, month: int, n: int, grain: str, value: str) -> Stretch:
    after = month + n
    return Stretch(
        datetime(year, month, 1), datetime(year + (after > 12), after - 12 if after > 12 else after, 1), grain, value
    )


_CONTAINING: dict[str, Callable[[datetime], Stretch]] = {
    "hour": lambda t: clock_of(t.date(), t.hour, None, None),
    "minute": lambda t: clock_of(t.date(), t.hour, t.minute, None),
    "second": lambda t: clock_of(t.date(), t.hour, t.minute, t.second),
    "day": lambda t: day_of(t.date()),
    "week": lambda t: week_of(t.date()),
    "fortnight": lambda t: week_of(t.date()),
    "weekend": lambda t: weekend_of(t.date()),
    "month": lambda t: month_of(t.year, t.month),
    "quarter": lambda t: quarter_of(t.year, (t.month + 2) // 3),
    "half": lambda t: half_of(t.year, (t.month + 5) // 6),
    "season": lambda t: season_with(t.date()),
    "year": lambda t: year_of(t.year),
    "decade": lambda t: decade_of(t.year),
    "century": lambda t: century_of((t.year + 99) // 100),
}


def containing(unit: str, moment: datetime) -> Stretch:
    """The day, week, month … that `moment` lies in."""
    return _CONTAINING[unit](moment)


def add(moment: datetime, n: int, unit: str) -> datetime:
    """`moment` moved by `n` units; the day of the month is cut to the month's length (31 January + 1 month = 28 February).

    Raises `OverflowError` outside the years 1 to 9999 ("5000 years ago").
    """
    if unit in ("second", "minute", "hour"):
        return moment + timedelta(**{f"{unit}s": n})
    days = {"day": 1, "weekend": 7, "week": 7, "fortnight": 14}
    if unit in days:
        return moment + timedelta(days=n * days[unit])
    months = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}[unit]
    total = moment.year * 12 + moment.month - 1 + n * months
    year, month = divmod(total, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(f"the year {year} is on no calendar here")
    length = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - DAY).day if year < 9999 or month < 11 else 31
    return moment.replace(year=year, month=month + 1, day=min(moment.day, length))


def edtf_of(stretch: Stretch) -> str:
    """EDTF (ISO 8601-2) of a stretch, never finer than a day."""
    if stretch.edtf:
        return stretch.edtf
    first, last = stretch.first, stretch.last
    if first is None or last is None:
        return f"{first or '..'}/{last or '..'}"
    if stretch.grain == "decade":
        return f"{first.year // 10:03}X"
    if not stretch.mod.startswith(("START", "MID", "END")) and (coded := _coded(stretch, first)):
        return coded
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _coded(stretch: Stretch, first: date) -> str:
    """EDTF of a year or of a part of one that has a code of its own; "" for others."""
    year = f"{first.year:04}"
    match stretch.grain:
        case "year":
            return year
        case "month":
            return f"{year}-{first.month:02}" if first.year > 999 else stretch.value
        case "season" if stretch.value[-2:] in _SEASON_ORDER:
            return f"{year}-{21 + _SEASON_ORDER.index(stretch.value[-2:])}"
        case "quarter":
            return f"{year}-{32 + (first.month + 2) // 3}"
        case "half":
            return f"{year}-{39 + (first.month + 5) // 6}"
    return ""
