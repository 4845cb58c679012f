"""What an expression says of a date without saying all of it: {month 3, day 15}, {weekday 5, part EV}; and the choice among the days it fits.

The fields are those of Duckling's and TIMEX3's partial dates; a partial date plus a reference and a leaning makes one date.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from ondit.model.records import record, replace
from ondit.resolve.dates import holidays
from ondit.resolve.dates.periods import (
    DAY,
    Stretch,
    clock_of,
    day_of,
    decade_of,
    half_of,
    month_of,
    part_of,
    quarter_of,
    season_of,
    week_of,
    weekend_of,
    year_of,
)

Value = int | str


class Lean(StrEnum):
    """Which of the fitting days is meant when the text does not say."""

    PAST = "past"  # the latest on or before the reference: narration
    FUTURE = "future"  # the earliest after it: plans, commands
    NEAREST = "nearest"  # the nearest, what lies ahead counting as twice as far
    TOLD = "told"  # what was done then: the nearest, unless it lies more than a few days ahead
    COMING = "coming"  # the nearest, what lies ahead counting as half as far
    STORY = "story"  # the next in a story that goes forward in time


# How far a day ahead and a day back count.
_WEIGHTS = {Lean.NEAREST: (2.0, 1.0), Lean.TOLD: (30.0, 1.0), Lean.COMING: (0.5, 1.0), Lean.STORY: (1.0, 1.4)}


class Unresolved(Exception):
    """There is no date for this; the message is the reason shown to the user."""


_OF_DAY = frozenset({"part", "hour", "minute", "second", "noon"})


@record
class Partial:
    """Fields of a date: year month day weekday week season quarter half weekend holiday decade part hour minute second noon approx."""

    fields: Mapping[str, Value]

    def merge(self, other: "Partial") -> "Partial":
        """Both; what `other` says wins."""
        return Partial({**self.fields, **other.fields})

    def fill(self, donor: "Partial") -> "Partial":
        """With the coarser date fields that only `donor` has: "3" of "from 3 to 7 May 2021" is 3 May 2021."""
        chain = ("year", "month", "day")
        mine = [i for i, f in enumerate(chain) if f in self.fields]
        top = mine[0] if mine else 3
        wanted = chain[:top] if mine else ()
        extra = {f: donor.fields[f] for f in wanted if f in donor.fields}
        if not mine and ("hour" in self.fields or "part" in self.fields):
            extra = {f: v for f, v in donor.fields.items() if f not in ("hour", "minute", "second", "part")}
            if "part" in donor.fields and "part" not in self.fields:
                extra["part"] = donor.fields["part"]
        if "season" in self.fields or "quarter" in self.fields or "half" in self.fields:
            extra = {f: donor.fields[f] for f in ("year",) if f in donor.fields and f not in self.fields}
        return Partial({**extra, **self.fields})

    @property
    def has_date(self) -> bool:
        """Does it say anything about the day?"""
        return not self.fields.keys() <= _OF_DAY

    @property
    def timed(self) -> bool:
        """Does it say anything finer than the day?"""
        return "part" in self.fields or "hour" in self.fields


def resolve_partial(partial: Partial, reference: datetime, lean: Lean) -> Stretch:
    """The one date meant; raises `Unresolved` when there is none."""
    fields = partial.fields
    if not partial.has_date:
        return with_time(partial, day_of(reference.date()))
    if "year" in fields and not _needs_choice(fields):
        return with_time(partial, _fixed(fields, int(fields["year"])))
    candidates = _in_order(tuple(fields.items()), reference)
    if not candidates:
        raise Unresolved(no_such_day(fields))
    return with_time(partial, choose(candidates, reference, lean, strict="weekday" in fields and "day" not in fields))


def within(partial: Partial, container: Stretch) -> Stretch:
    """The first fitting date inside `container` ("Monday" in "Monday of last week"), or the container's day with a time of day."""
    if not partial.has_date:
        return with_time(partial, container)
    if container.begin is None or container.end is None:
        raise Unresolved("the period it is counted in has no bounds")
    middle = container.begin + (container.end - container.begin) / 2
    fits = [s for s in _candidates(partial.fields, middle) if s.begin and container.begin <= s.begin < container.end]
    if not fits:
        if container.grain in ("day", "part"):  # "today, Friday": a wrong weekday does not move the day
            return with_time(partial, container)
        raise Unresolved(f"there is no such day in {container.value}")
    return with_time(partial, min(fits, key=lambda s: s.begin or datetime.max))


def choose(candidates: list[Stretch], reference: datetime, lean: Lean, *, strict: bool = False) -> Stretch:
    """One of several dates (sorted). `strict`: leaning to the future, the reference's own day does not count."""
    today = reference.replace(hour=0, minute=0, second=0, microsecond=0)
    if lean is Lean.PAST:
        before = [c for c in candidates if c.begin and c.begin <= today]
        return before[-1] if before else candidates[0]
    if lean is Lean.FUTURE:
        after = [c for c in candidates if c.begin and c.end and (c.begin > today if strict else c.end > today)]
        return after[0] if after else candidates[-1]
    ahead, back = _WEIGHTS[lean]
    return min(candidates, key=lambda c: _distance(c, today, ahead=ahead, back=back))


def _distance(candidate: Stretch, today: datetime, *, ahead: float, back: float) -> float:
    """Days between, weighted by direction; none when today lies inside."""
    if candidate.begin is None or candidate.end is None or candidate.begin <= today < candidate.end:
        return 0.0
    days = (candidate.begin - today).days
    return days * ahead if days > 0 else -days * back


def with_time(partial: Partial, base: Stretch) -> Stretch:
    """Add part of day and clock time to a day; raises `Unresolved` when the base is no day."""
    fields = partial.fields
    if not partial.timed:
        return base
    if base.begin is None or base.grain not in ("day", "part", "hour", "minute", "second"):
        raise Unresolved("a time of day without its day")
    part = str(fields.get("part", base.value[-2:] if base.grain == "part" else ""))
    if "hour" not in fields:
        return part_of(base.begin.date(), part)
    hour = _hour(int(fields["hour"]), part)
    if not 0 <= hour <= 24:
        raise Unresolved(f"there is no hour {hour}")
    minute, second = fields.get("minute"), fields.get("second")
    return clock_of(
        base.begin.date(), hour, None if minute is None else int(minute), None if second is None else int(second)
    )


def _hour(hour: int, part: str) -> int:
    if part in ("AM", "MO"):
        return hour % 12 if hour == 12 and part == "AM" else hour
    if part in ("PM", "AF", "EV") and hour < 12:
        return hour + 12
    if part == "NI" and 5 < hour < 12:
        return hour + 12
    return 24 if part == "NI" and hour == 12 else hour


def no_such_day(fields: Mapping[str, Value]) -> str:
    """The reason for an impossible date."""
    if "day" in fields and "month" in fields:
        year = f" {fields['year']}" if "year" in fields else ""
        return f"there is no day {fields['day']} in month {fields['month']}{year}"
    return "there is no such date"


def _needs_choice(fields: Mapping[str, Value]) -> bool:
    """A year alone does not fix "day 15" or "Friday"."""
    return ("day" in fields or "weekday" in fields) and "month" not in fields and "week" not in fields


def _fixed(fields: Mapping[str, Value], year: int) -> Stretch:
    if not 1 <= year <= 9998:
        raise Unresolved(f"year {year} is outside the calendar")
    try:
        for name, make in _PERIODS.items():
            if name in fields:
                return make(fields, year)
        return year_of(year)
    except ValueError:
        raise Unresolved(no_such_day(fields)) from None


def _holiday(fields: Mapping[str, Value], year: int) -> Stretch:
    first, last, roughly = holidays.days_of_holiday(str(fields["holiday"]), year)
    stretch = day_of(first)
    if roughly:
        stretch = replace(stretch, edtf=f"{first.isoformat()}~", note="computed; the day that is kept may be one off")
    if last > first:
        mark = "~" if roughly else ""
        edtf = f"{first.isoformat()}{mark}/{last.isoformat()}{mark}"
        stretch = replace(stretch, end=day_of(last).end, edtf=edtf, value=f"{first.isoformat()}/{last.isoformat()}")
    return stretch


def _month_or_day(fields: Mapping[str, Value], year: int) -> Stretch:
    month = int(fields["month"])
    if "day" in fields:
        return day_of(date(year, month, int(fields["day"])))
    if not 1 <= month <= 12:
        raise ValueError(month)
    return month_of(year, month)


def _week(fields: Mapping[str, Value], year: int) -> Stretch:
    monday = date.fromisocalendar(year, int(fields["week"]), 1)
    if "weekday" in fields:
        return day_of(monday + timedelta(days=int(fields["weekday"]) - 1))
    return weekend_of(monday) if "weekend" in fields else week_of(monday)


_PERIODS: dict[str, Callable[[Mapping[str, Value], int], Stretch]] = {
    "holiday": _holiday,
    "month": _month_or_day,
    "week": _week,
    "season": lambda f, y: season_of(y, str(f["season"])),
    "quarter": lambda f, y: quarter_of(y, int(f["quarter"])),
    "half": lambda f, y: half_of(y, int(f["half"])),
}


@lru_cache(maxsize=1024)  # the reports of a day name the same few days
def _in_order(fields: tuple[tuple[str, Value], ...], reference: datetime) -> list[Stretch]:
    return sorted(_candidates(dict(fields), reference), key=lambda s: s.begin or datetime.min)


def _candidates(fields: Mapping[str, Value], reference: datetime) -> Iterator[Stretch]:
    """Dates around the reference that fit; several years, months or weeks of them."""
    if any(name in fields for name in _PERIODS):
        yield from _in_years(fields, reference)
    elif "day" in fields:
        yield from _days_of_months(fields, reference)
    elif "weekday" in fields:
        monday = reference - timedelta(days=reference.weekday())
        for week in range(-5, 6):
            yield day_of((monday + timedelta(days=7 * week + int(fields["weekday"]) - 1)).date())
    elif "weekend" in fields:
        for week in range(-3, 4):
            yield weekend_of((reference + 7 * week * DAY).date())
    elif "decade" in fields:
        for century in range(-2, 2):
            start = reference.year - reference.year % 100 + 100 * century + int(fields["decade"])
            if 10 <= start < 9980:
                yield decade_of(start)


def _in_years(fields: Mapping[str, Value], reference: datetime) -> Iterator[Stretch]:
    wanted = fields.get("weekday") if "day" in fields else None
    years = (
        [int(fields["year"])] if "year" in fields else range(max(1, reference.year - 7), min(9998, reference.year + 8))
    )
    fits = []
    for year in years:
        try:
            fits.append(_fixed(fields, year))
        except Unresolved:
            continue
    matching = [s for s in fits if s.begin and (wanted is None or s.begin.isoweekday() == wanted)]
    # A weekday that fits no near year is the writer's slip: the date counts.
    near = (
        [s for s in matching if s.begin and abs(s.begin.year - reference.year) <= 1] if wanted is not None else matching
    )
    yield from near or fits


def _days_of_months(fields: Mapping[str, Value], reference: datetime) -> Iterator[Stretch]:
    for offset in range(-14, 15):
        year, month = divmod(reference.year * 12 + reference.month - 1 + offset, 12)
        if not 1 <= year <= 9998 or fields.get("year", year) != year:
            continue
        try:
            day = date(year, month + 1, int(fields["day"]))
        except ValueError:
            continue
        if fields.get("weekday", day.isoweekday()) == day.isoweekday():
            yield day_of(day)
