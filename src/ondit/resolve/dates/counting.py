"""Operations that name dates and count from them: fields, "last Friday", "two days later", "the third Monday of May", lengths of time."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from ondit.resolve.dates.formula import Formula
from ondit.resolve.dates.holidays import days_of_hijri
from ondit.resolve.dates.partials import Lean, Partial, Unresolved, choose, resolve_partial, within
from ondit.resolve.dates.periods import DAY, Stretch, add, century_of, containing, day_of, decade_of, rank
from ondit.resolve.dates.values import Argument, Context, Duration, Operation, Vague, Value, date_of, evaluate, number

# TIMEX3 designators of the units of a duration: (before or after the T, letter, factor).
_DESIGNATORS = {
    "second": ("T", "S", 1), "minute": ("T", "M", 1), "hour": ("T", "H", 1), "day": ("", "D", 1), "night": ("", "D", 1),
    "weekend": ("", "WE", 1), "week": ("", "W", 1), "fortnight": ("", "W", 2), "month": ("", "M", 1), "quarter": ("", "Q", 1),
    "half": ("", "M", 6), "season": ("", "M", 3), "year": ("", "Y", 1), "decade": ("", "Y", 10), "century": ("", "Y", 100),
    "millennium": ("", "Y", 1000),
}  # fmt: skip


def _field(name: str) -> Operation:
    def make(_: Context, value: Argument) -> Value:
        return Partial({name: value if isinstance(value, str) else number(value)})

    return make


def _year_short(_: Context, n: Argument) -> Value:
    """Two digits: 00–39 are 2000–2039, the others 1940–1999."""
    value = number(n)
    return Partial({"year": value + (2000 if value < 40 else 1900)})


def _clock(_: Context, hour: Argument, minute: Argument | None = None, second: Argument | None = None) -> Value:
    fields: dict[str, int | str] = {"hour": number(hour)}
    if minute is not None:
        fields["minute"] = number(minute)
    if second is not None:
        fields["second"] = number(second)
    if not 0 <= int(fields["hour"]) <= 24 or not 0 <= int(fields.get("minute", 0)) <= 59:
        raise Unresolved("there is no such time of day")
    return Partial(fields)


def _clock4(context: Context, n: Argument) -> Value:
    value = number(n)
    return _clock(context, value // 100, value % 100)


def _and(context: Context, *arguments: Argument) -> Value:
    values = [evaluate(a, context) for a in arguments]
    partial = Partial({})
    stretches: list[Stretch] = []
    for value in values:
        if isinstance(value, Partial):
            partial = partial.merge(value)
        elif isinstance(value, Stretch):
            stretches.append(value)
        else:
            return value
    if not stretches:
        return partial
    base = min(stretches, key=lambda s: rank(s.grain))
    return within(partial, base) if partial.fields else base


def _shift(context: Context, n: Argument, unit: Argument, base: Argument | None = None) -> Value:
    """The unit of the calendar (week, month …) `n` after the one of the base, or of the publication date."""
    anchor = context.reference() if base is None else date_of(base, context).begin
    if anchor is None:
        raise Unresolved("the date it is counted from is open")
    name = str(unit)
    if name == "season":  # seasons are not of one length: count from the middle
        anchor = (containing(name, anchor).begin or anchor) + 45 * DAY
        return containing(name, add(anchor, number(n), name))
    begin = containing(name, anchor).begin or anchor
    if name == "weekend" and number(n) == 0 and base is None and begin > anchor and context.week_lean is Lean.PAST:
        n = -1  # on a Tuesday, "the weekend" of what has happened is the one before
    return containing(name, add(begin, number(n), name))


_COUNTED_AS = {"night": ("day", 1), "millennium": ("century", 10)}  # "two nights earlier"


def _counted(sign: int, narrated: bool) -> Operation:
    """N units before or after: the publication ("two days ago"), a date ("two days after Easter") or the narration ("two days later")."""

    def make(context: Context, n: Argument, unit: Argument, base: Argument | None = None) -> Value:
        if n == "X":
            return Vague("PAST_REF" if sign < 0 else "FUTURE_REF", "it is not said how many")
        name, factor = _COUNTED_AS.get(str(unit), (str(unit), 1))
        if base is not None:
            anchor = _anchor(context, base)
        else:
            anchor = context.narrated(name) if narrated else context.reference()
            last = context.last
            if (
                last is not None
                and last.grain == "quarter"
                and unit == "year"
                and context.strict
                and last.begin is not None
            ):
                # Results are compared with the same quarter: "net was 12 cents a share, from 10 cents a year earlier".
                return containing("quarter", add(last.begin, sign * number(n), "year"))
        return _count(context, sign * number(n) * factor, name, anchor)

    return make


def _anchor(context: Context, base: Argument | None) -> datetime:
    if base is None:
        return context.narrated()
    begin = date_of(base, context).begin
    if begin is None:
        raise Unresolved("the date it is counted from is open")
    return begin


_OF_A_DAY = {"second": 1, "minute": 60, "hour": 3600}
_HALF_A_DAY = 12 * 3600


def _count(context: Context, n: int, unit: str, anchor: datetime) -> Stretch:
    """Counted in units: "two months ago" is a month; whole weeks up to four are a day, as TimeBank has it; `exact` gives the day."""
    if unit in _OF_A_DAY and not context.exact and abs(n) * _OF_A_DAY[unit] < _HALF_A_DAY:
        return containing("day", anchor)  # a report bears no hour: "two hours ago" is of its day
    moment = add(anchor, n, unit)
    if unit in ("second", "minute", "hour"):
        return (
            containing("day", moment) if rank(unit) >= rank("hour") and not context.exact else containing(unit, moment)
        )
    if context.exact or (unit in ("week", "fortnight", "weekend") and abs(n) <= 4):
        return day_of(moment.date())
    return containing(unit, moment)


def _relative(step: int) -> Operation:
    """Last / this / next of something named: "last Friday", "next March"."""

    def make(context: Context, what: Argument, base: Argument | None = None) -> Value:
        value = evaluate(what, context)
        if not isinstance(value, Partial):
            return value
        anchor = context.reference() if base is None else _anchor(context, base)
        today = anchor.replace(hour=0, minute=0, second=0, microsecond=0)
        date_fields = Partial({k: v for k, v in value.fields.items() if k not in ("part", "hour", "minute", "second")})
        if step == 0:
            return _this(context, value, date_fields, today)
        if not date_fields.fields:
            return within(value, day_of((today + step * DAY).date()))
        near = resolve_partial(date_fields, today, Lean.PAST if step < 0 else Lean.FUTURE)
        if step < 0 and near.end and near.end > today:  # the one it is now in is not the last one
            near = resolve_partial(date_fields, near.begin - DAY if near.begin else today, Lean.PAST)
        if step > 0 and near.begin and near.begin <= today:
            near = resolve_partial(date_fields, near.end or today, Lean.FUTURE)
            if near.begin and near.begin <= today:
                near = resolve_partial(date_fields, today + timedelta(days=400), Lean.PAST)
        return within(value, near) if value.timed else near

    return make


def _this(context: Context, value: Partial, date_fields: Partial, today: datetime) -> Value:
    """This Friday", "this morning", "this summer": the one of the current week, day, year."""
    fields = date_fields.fields
    if not fields:
        return within(value, day_of(today.date()))
    if "weekday" in fields and "day" not in fields:
        # A report's "this Friday" may be the one just past: the leaning decides, its own day counts.
        lean = context.week_lean
        day = resolve_partial(date_fields, today - DAY if lean is Lean.FUTURE else today, lean)
        return within(value, day) if value.timed else day
    if "season" in fields:
        past = resolve_partial(date_fields, today, Lean.PAST)
        coming = resolve_partial(date_fields, today, Lean.FUTURE)
        same_year = [
            s for s in (past, coming) if s.begin and s.end and (s.begin <= today < s.end or s.begin.year == today.year)
        ]
        return choose(same_year or [coming], today, Lean.NEAREST)
    try:
        return within(value, containing("year", today))
    except Unresolved:
        return resolve_partial(value, today, context.lean)


def _nth(context: Context, n: Argument, what: Argument, container: Argument) -> Value:
    """The nth (−1 = last) day, week, weekend, month or Monday of a period; a week belongs where its Thursday is (ISO 8601)."""
    bounds = date_of(container, context)
    if bounds.begin is None or bounds.end is None:
        raise Unresolved("the period it is counted in has no bounds")
    index = number(n)
    if isinstance(what, Formula):
        value = evaluate(what, context)
        if isinstance(value, Partial) and "weekday" in value.fields:
            wanted = value.fields["weekday"]
            days = [d for d in _days_in(bounds) if d.isoweekday() == wanted]
            return (
                within(Partial({k: v for k, v in value.fields.items() if k != "weekday"}), day_of(_pick(days, index)))
                if value.timed
                else day_of(_pick(days, index))
            )
        raise Unresolved("it cannot be counted")
    unit = str(what)
    if unit == "day":
        return day_of(_pick(_days_in(bounds), index))
    starts: list[Stretch] = []
    moment = bounds.begin
    probe = 3 * DAY if unit == "week" else timedelta()
    while moment < bounds.end and len(starts) < 400:
        stretch = containing(unit, moment)
        if stretch.begin and bounds.begin <= stretch.begin + probe < bounds.end:
            starts.append(stretch)
        moment = stretch.end or bounds.end
    if not starts or not -len(starts) <= index <= len(starts) or index == 0:
        raise Unresolved(f"there is no {unit} number {index} in {bounds.value}")
    return starts[index - 1] if index > 0 else starts[index]


def _days_in(bounds: Stretch) -> list[date]:
    assert bounds.begin is not None
    assert bounds.end is not None
    n = min((bounds.end - bounds.begin).days, 4000)
    return [(bounds.begin + i * DAY).date() for i in range(max(n, 1))]


def _pick(days: list[date], index: int) -> date:
    if not days or not -len(days) <= index <= len(days) or index == 0:
        raise Unresolved(f"there is no day number {index} there")
    return days[index - 1] if index > 0 else days[index]


def _span(sign: int) -> Operation:
    """The last (−1) or next (+1) n units up to or from the publication date: a length with a place."""

    def make(context: Context, n: Argument, unit: Argument) -> Value:
        if n == "X":
            return _duration(context, n, unit)
        anchor = context.reference()
        name, factor = _COUNTED_AS.get(str(unit), (str(unit), 1))
        today = containing("day", anchor) if rank(name) >= rank("day") else containing("minute", anchor)
        moved = add(today.begin or anchor, sign * number(n) * factor, name)
        value = length(number(n), str(unit))
        if sign < 0:
            return Stretch(moved, (today.end if not context.exact else today.begin), "day", value)
        return Stretch(today.end if context.exact else today.begin, moved + DAY, "day", value)

    return make


def length(n: int | None, unit: str) -> str:
    """TIMEX3 value of a length of time; None = some: "P3D", "PXW"."""
    t, letter, factor = _DESIGNATORS[unit]
    return f"P{t}{'X' if n is None else n * factor}{letter}"


def _duration(_: Context, n: Argument, unit: Argument) -> Value:
    count = None if n == "X" else number(n)
    return Duration(length(count, str(unit)), count, str(unit))


def _half_more(_: Context, n: Argument, unit: Argument) -> Value:
    """N and a half units, written in the next smaller one: P2Y6M, PT1H30M."""
    smaller = {
        "year": "6M",
        "hour": "30M",
        "minute": "30S",
        "day": "T12H",
    }.get(str(unit), "")
    count = number(n)
    if not smaller:
        t, letter, factor = _DESIGNATORS[str(unit)]
        return Duration(f"P{t}{count * factor + factor // 2 if factor > 1 else f'{count}.5'}{letter}")
    return Duration(
        (length(count, str(unit)) if count else ("PT" if str(unit) in ("hour", "minute") else "P")) + smaller,
        count,
        str(unit),
    )


def _decimal(_: Context, whole: Argument, tenth: Argument, unit: Argument) -> Value:
    t, letter = _DESIGNATORS[str(unit)][:2]
    return Duration(f"P{t}{number(whole)}.{number(tenth)}{letter}")


def _plus(context: Context, *arguments: Argument) -> Value:
    values = [evaluate(a, context) for a in arguments]
    text = "".join(v.value.removeprefix("P") for v in values if isinstance(v, Duration))
    head, _, tail = text.partition("T")
    return Duration("P" + head + (f"T{tail.replace('T', '')}" if tail else ""))


_MONTHS = 12
_SLIP = timedelta(days=3)  # a report may bear a date shortly before the day it tells of


def _numeric(context: Context, first: Argument, second: Argument, year: Argument) -> Value:
    """A date in digits whose day and month may stand either way round ("9/11/2026").

    Where both are possible: as the report's other dates have them, else as lies nearer before the report, else the month first.
    """
    a, b = number(first), number(second)
    value = evaluate(year, context)
    if not isinstance(value, Partial):
        raise Unresolved("it has no year")
    readings = [Partial({**value.fields, "month": m, "day": d}) for m, d in ((a, b), (b, a)) if m <= _MONTHS]
    if not readings:
        raise Unresolved("there is no such month")
    if len(readings) == 1 or a == b:
        return readings[0]
    if context.day_first is not None:
        return readings[context.day_first]
    if context.now is None:
        return readings[0]
    days = [resolve_partial(r, context.now, context.lean).begin or context.now for r in readings]
    told = [context.now - day for day in days]
    nearer = told[1] >= -_SLIP and (told[0] < -_SLIP or told[1] < told[0])
    if not nearer:
        return readings[0]
    return replace(day_of(days[1].date()), note="the day is written first: so it lies nearer before the report")


def _hijri(_: Context, year: Argument, month: Argument | None = None, day: Argument | None = None) -> Value:
    """A date of the Islamic calendar. What is written stays in the words; its days are computed and may be one off."""
    fields = [number(n) for n in (year, month, day) if n is not None]
    try:
        first, last = days_of_hijri(*fields)
    except ValueError as error:
        raise Unresolved(str(error)) from None
    written = "-".join(f"{n:02}" for n in fields)
    note = f"{written} of the Islamic calendar, computed; the day that is kept may be one off"
    if first == last:
        return replace(day_of(first), edtf=f"{first.isoformat()}~", note=note)
    whole = replace(day_of(first), end=day_of(last).end, value=f"{first.isoformat()}/{last.isoformat()}", note=note)
    return replace(whole, edtf=f"{first.isoformat()}~/{last.isoformat()}~")


OPERATIONS: dict[str, Operation] = {
    **{
        name: _field(name)
        for name in (
            "year",
            "month",
            "day",
            "weekday",
            "week",
            "season",
            "quarter",
            "half",
            "weekend",
            "holiday",
            "part",
        )
    },
    "decade-of": _field("decade"),
    "year2": _year_short,
    "year-end": _field("yy"),
    "clock": _clock,
    "clock4": _clock4,
    "hijri": _hijri,
    "numeric": _numeric,
    "and": _and,
    "shift": _shift,
    "ago": _counted(-1, False),
    "hence": _counted(1, False),
    "before-by": _counted(-1, True),
    "after-by": _counted(1, True),
    "last": _relative(-1),
    "this": _relative(0),
    "next": _relative(1),
    "nth": _nth,
    "past": _span(-1),
    "coming": _span(1),
    "for": _duration,
    "half-more": _half_more,
    "decimal": _decimal,
    "plus": _plus,
    "decade": lambda _, n: decade_of(number(n)),
    "century": lambda _, n: century_of(number(n)),
}
