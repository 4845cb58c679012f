"""Operations that give a date another outline: its beginning or end, open intervals, ranges, nights, sets, vague references."""

from datetime import datetime, timedelta

from ondit.model.records import replace
from ondit.resolve.dates.counting import length
from ondit.resolve.dates.partials import Lean, Partial, Unresolved, within
from ondit.resolve.dates.periods import DAY, Stretch, add, containing, day_of, edtf_of, rank
from ondit.resolve.dates.values import (
    Argument,
    Context,
    Duration,
    Operation,
    Vague,
    Value,
    date_of,
    evaluate,
    number,
    settle,
)

_THIRDS = {"START": 0, "MID": 1, "END": 2}


def outline(stretch: Stretch, mod: str) -> Stretch:
    """The early, middle or late third of a period (days 1–10, 11–20, 21– of a month); a day stays a day. The TIMEX3 value stays."""
    begin, end = stretch.begin, stretch.end
    if begin is None or end is None or rank(stretch.grain) <= rank("day"):
        return replace(stretch, mod=mod)
    third = _THIRDS[mod]
    days = (end - begin).days
    if stretch.grain == "year":
        cuts = [begin, begin.replace(month=5), begin.replace(month=9), end]
    elif stretch.grain == "month":
        cuts = [begin, begin + 10 * DAY, begin + 20 * DAY, end]
    elif stretch.grain == "week":
        cuts = [begin, begin + 2 * DAY, begin + 4 * DAY, end]
        if mod == "END":
            cuts[2] = begin + 3 * DAY
    else:
        cuts = [begin, begin + days // 3 * DAY, begin + 2 * days // 3 * DAY, end]
    return replace(stretch, begin=cuts[third], end=cuts[third + 1], mod=mod)


def _outline(mod: str) -> Operation:
    def make(context: Context, what: Argument) -> Value:
        value = evaluate(what, context)
        if isinstance(value, Duration | Vague):
            return value
        return outline(settle(value, context), mod)

    return make


def _since(context: Context, what: Argument) -> Stretch:
    """From a date up to the report (open when its date is not known)."""
    start = date_of(what, _so_far(context))
    end = containing("day", context.now).end if context.now is not None else None
    if end is not None and start.begin is not None and start.begin >= end:
        end = None
    return _interval(start, start.begin, end)


def _so_far(context: Context) -> Context:
    """The context of what has begun: no date of it lies ahead."""
    return context if context.lean is Lean.STORY else replace(context, lean=Lean.PAST, week_lean=Lean.PAST)


def _from(context: Context, what: Argument) -> Stretch:
    start = date_of(what, context)
    return _interval(start, start.begin, None)


def _until(context: Context, what: Argument) -> Stretch:
    # A deadline lies ahead of the report unless the sentence tells what went on until then.
    lean = context.week_lean if context.week_lean is Lean.STORY else Lean.PAST if context.told else Lean.FUTURE
    stop = date_of(what, replace(context, week_lean=lean))
    return _interval(stop, None, stop.end)


def _due(context: Context, what: Argument) -> Stretch:
    """A deadline whatever the sentence tells ("d'ici vendredi")."""
    return _until(replace(context, told=False), what)


def _by(context: Context, what: Argument) -> Stretch:
    """A deadline, unless the sentence tells what had been done by then."""
    if not context.behind:
        return _until(context, what)
    stop = date_of(what, replace(context, week_lean=Lean.PAST))
    return _interval(stop, None, stop.end)


def _before(context: Context, what: Argument) -> Stretch:
    stop = date_of(what, context)
    return _interval(stop, None, stop.end if stop.mod == "END" else stop.begin)


def _after(context: Context, what: Argument) -> Stretch:
    start = date_of(what, context)
    return _interval(start, start.end, None)


def _interval(source: Stretch, begin: datetime | None, end: datetime | None) -> Stretch:
    left = _edge(source, begin is not None) if begin is not None else ".."
    if end is None:
        right = ".."
    elif begin is None:
        right = (end - timedelta(microseconds=1)).date().isoformat()
    else:
        right = (end - timedelta(microseconds=1)).date().isoformat()
    if begin is not None and begin == source.end:
        left = begin.date().isoformat()
    edtf = f"{left}/{right}"
    return Stretch(begin, end, source.grain if end is None or begin is None else "day", source.value, source.mod, edtf)


def _edge(source: Stretch, known: bool) -> str:
    text = edtf_of(replace(source, edtf="")) if known else ".."
    return text.split("/")[0]


def _whole_year(value: Value, donor: Value) -> Value:
    """The second year of "1995-96" with the century of the first."""
    if not isinstance(value, Partial) or "yy" not in value.fields:
        return value
    short = int(value.fields["yy"])
    first = int(donor.fields.get("year", 1900)) if isinstance(donor, Partial) else 1900
    return Partial({"year": first - first % 100 + short + (100 if short < first % 100 else 0)})


def _range(context: Context, left: Argument, right: Argument) -> Value:
    """From one date to another; what one leaves out the other supplies ("from 3 to 7 May")."""
    a, b = evaluate(left, context), evaluate(right, context)
    b = _whole_year(b, a)
    if isinstance(a, Partial) and isinstance(b, Partial):
        if {"day", "month", "weekday"} <= set(b.fields):  # the date counts, and the first end has chosen the year
            b = Partial({k: v for k, v in b.fields.items() if k != "weekday"})
        b_explicit = b
        a, b = a.fill(b), b.fill(a)
        if "month" in a.fields and "day" in b_explicit.fields and "month" not in b_explicit.fields:
            b = Partial({"month": a.fields["month"], **b.fields})
        if "year" in a.fields and "year" not in b.fields and b.has_date:
            b = Partial({**b.fields, "year": a.fields["year"]})
    if (
        isinstance(a, Partial)
        and isinstance(b, Partial)
        and "hour" in a.fields
        and "part" not in a.fields
        and "part" in b.fields
    ):
        a = Partial({**a.fields, "part": b.fields["part"]})  # "3 to 5 p.m."
    start, stop = _both(a, b, context)
    if start.begin is None or stop.end is None:
        raise Unresolved("one end of the range is open")
    if start.begin > stop.end:
        raise Unresolved("the range runs backwards")
    grain = start.grain if rank(start.grain) <= rank(stop.grain) else stop.grain
    first, last = edtf_of(start).split("/")[0], edtf_of(stop).split("/")[-1]
    edtf = first if first == last else f"{first}/{last}"
    return Stretch(start.begin, stop.end, grain, f"{start.value}/{stop.value}", "", edtf)


def _both(a: Value, b: Value, context: Context) -> tuple[Stretch, Stretch]:
    if isinstance(a, Partial) and "year" not in a.fields and isinstance(b, Partial) and "year" in b.fields:
        stop = settle(b, context)
        start = settle(a, replace(context, now=stop.begin, lean=Lean.PAST, week_lean=Lean.PAST))
        return start, stop
    start = settle(a, context)
    if isinstance(b, Partial) and "year" not in b.fields and b.has_date:
        stop = settle(b, replace(context, now=start.begin, lean=Lean.FUTURE, week_lean=Lean.FUTURE))
    elif isinstance(b, Partial) and not b.has_date and start.begin is not None:
        stop = settle(b, replace(context, now=start.begin))
    else:
        stop = settle(b, context)
    return start, stop


def _like(context: Context, what: Argument, *donors: Argument) -> Value:
    """A date that borrows what it leaves out from its neighbours: "3" in "3 and 4 May"."""
    value = evaluate(what, context)
    for donor in donors:
        other = evaluate(donor, context)
        value, other = _whole_year(value, other), _whole_year(other, value)
        if isinstance(value, Partial) and isinstance(other, Partial):
            mine, theirs = value.fields, other.fields
            if "day" in mine and "month" not in mine and "month" in theirs:
                value = Partial({"month": theirs["month"], **mine})
            if (
                ("month" in value.fields or "season" in value.fields or "quarter" in value.fields)
                and "year" not in value.fields
                and "year" in theirs
            ):
                value = Partial({"year": theirs["year"], **value.fields})
            if not value.has_date and other.has_date:
                value = value.fill(other)
        elif isinstance(value, Partial) and isinstance(other, Stretch) and not value.has_date:
            return within(value, other)
    return value


def _second_fortnight(context: Context, month: Argument, year: Argument | None = None) -> Value:
    """From the 15th or 16th to the end of a month (French "deuxième quinzaine")."""
    parts = [evaluate(a, context) for a in (month, year) if a is not None]
    fields = Partial({})
    for part in parts:
        if isinstance(part, Partial):
            fields = fields.merge(part)
    whole = settle(fields, context)
    return replace(whole, begin=(whole.begin or datetime.min) + 14 * DAY, grain="day", mod="END")


def _night(context: Context, left: Argument, right: Argument) -> Stretch:
    """The night from one day to the next: "dans la nuit de jeudi à vendredi"."""
    a, b = evaluate(left, context), evaluate(right, context)
    if isinstance(a, Partial) and isinstance(b, Partial):
        filled = a.fill(b)
        if "month" in filled.fields and "day" in filled.fields:
            stop = settle(b, context)
            start = settle(filled, context)
        else:
            stop = settle(b, context)
            start = day_of(((stop.begin or datetime.min) - DAY).date())
    else:
        start, stop = settle(a, context), settle(b, context)
    if start.begin is None or stop.end is None or start.begin >= stop.end:
        raise Unresolved("the night has no days")
    edtf = f"{start.begin.date().isoformat()}/{stop.begin.date().isoformat() if stop.begin else '..'}"
    return Stretch(
        start.begin + timedelta(hours=18),
        (stop.begin or stop.end) + timedelta(hours=8),
        "part",
        f"{start.begin.date().isoformat()}TNI",
        "",
        edtf,
    )


def _last_night(context: Context) -> Stretch:
    """A report's "overnight": the night that ended on its day."""
    today = day_of(context.reference().date())
    assert today.begin is not None
    before = today.begin - DAY
    return Stretch(
        before + timedelta(hours=18), today.begin + timedelta(hours=8), "part", f"{before.date().isoformat()}TNI", "",
        f"{before.date().isoformat()}/{today.begin.date().isoformat()}",
    )  # fmt: skip


def _same(context: Context, unit: Argument) -> Stretch:
    """The unit with the day named last: "that day", "the same month"."""
    return containing(str(unit), context.narrated(str(unit)))


def _rel(context: Context, n: Argument, unit: Argument) -> Stretch:
    """Units of the calendar from the day named last: "the following month", "the previous day"."""
    start = containing(str(unit), context.narrated(str(unit))).begin
    assert start is not None
    return containing(str(unit), add(start, number(n), str(unit)))


def _every(_: Context, n: Argument, unit: Argument) -> Value:
    return Vague(length(number(n), str(unit)), "it comes back again and again")


def _each(context: Context, what: Argument) -> Value:
    value = evaluate(what, context)
    return Vague(symbol(value), "it comes back again and again")


def _value(_: Context, value: Argument) -> Value:
    return Vague(str(value), "the words name no date")


def _ancient(_: Context, n: Argument) -> Value:
    return Vague(f"BC{number(n):04}", "years before 1 have no calendar date here")


def symbol(value: Value) -> str:
    """TIMEX3 value of what is not anchored: "XXXX-WXX-5", "XXXX-10-05"; "" when there is none."""
    if not isinstance(value, Partial):
        return str(value.value)
    f = value.fields
    year = f"{int(f['year']):04}" if "year" in f else "XXXX"
    if "weekday" in f and "day" not in f:
        head = f"XXXX-WXX-{f['weekday']}"
    elif "weekend" in f:
        head = "XXXX-WXX-WE"
    elif "season" in f:
        head = f"{year}-{f['season']}"
    elif "quarter" in f:
        head = f"{year}-Q{f['quarter']}"
    elif "half" in f:
        head = f"{year}-H{f['half']}"
    elif "month" in f or "day" in f:
        month = f"{int(f['month']):02}" if "month" in f else "XX"
        head = f"{year}-{month}" + (f"-{int(f['day']):02}" if "day" in f else "")
    elif "year" in f:
        head = year
    else:
        head = "XXXX-XX-XX"
    if "hour" in f:
        hour = int(f["hour"]) + (12 if f.get("part") in ("PM", "AF", "EV") and int(f["hour"]) < 12 else 0)
        return f"{head}T{hour:02}:{int(f.get('minute', 0)):02}"
    return f"{head}T{f['part']}" if "part" in f else head


OPERATIONS: dict[str, Operation] = {
    "early": _outline("START"),
    "mid": _outline("MID"),
    "late": _outline("END"),
    "since": _since,
    "from": _from,
    "until": _until,
    "by": _by,
    "due": _due,
    "before": _before,
    "after": _after,
    "range": _range,
    "like": _like,
    "night": _night,
    "half-month": _second_fortnight,
    "last-night": _last_night,
    "same": _same,
    "rel": _rel,
    "every": _every,
    "each": _each,
    "value": _value,
    "bc": _ancient,
}
