"""When a happening was, of the times that its tellings name."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ondit.model import AnchorBasis, Aside, Interval, Span, TimeExpression, TimePrecision
from ondit.model.records import replace

_GRAIN = {
    TimePrecision.MINUTE: 0, TimePrecision.HOUR: 0, TimePrecision.PART_OF_DAY: 0, TimePrecision.DAY: 0, TimePrecision.WEEK: 1,
    TimePrecision.MONTH: 2, TimePrecision.SEASON: 3, TimePrecision.YEAR: 3, TimePrecision.DECADE: 4, TimePrecision.UNKNOWN: 5,
}  # fmt: skip
_LONGEST = (3, 10, 45)  # days of what is as fine as a day, a week, a month
_RUNNING = ":unit-this"  # the rule of "this week", in every pack
_JOINED = 6  # characters between two days that are one time: " and ", ", "
_DAY = timedelta(days=1)
_LONG_AGO_DAYS = 45


def _grain(interval: Interval) -> int:
    """How coarse a time is; what has gone on for longer than a few days ("since 2022") is as coarse as it is long."""
    grain = _GRAIN[interval.precision]
    if interval.earliest is None or interval.latest is None:
        return grain
    days = (interval.latest - interval.earliest).days
    return max(grain, sum(days > longest for longest in _LONGEST))


def is_date(time: TimeExpression) -> bool:
    """Does it date a happening? "Now" and "recently" do not."""
    return time.interval is not None and not time.value.endswith("_REF")


def is_coarse(thing: object) -> bool:
    """Is it a time of a month or longer?"""
    interval = thing.interval if isinstance(thing, TimeExpression) else None
    return interval is not None and _grain(interval) > 1


def best_time(times: Sequence[TimeExpression]) -> TimeExpression | None:
    """The finest interval; of equally fine ones what is counted from no date named before, else the first."""
    dated = [(t.interval, t) for t in times if t.interval is not None and t.interval.edtf]
    if not dated:
        return None
    return min(dated, key=lambda it: (_grain(it[0]), it[0].anchor_basis is AnchorBasis.TEXT))[1]


def first_time(times: Sequence[TimeExpression]) -> TimeExpression | None:
    """Of the best times of tellings the first, or a later one that says more exactly when in it ("besieged since 2022, … on Monday")."""
    first = next(iter(times), None)
    if first is None or not is_coarse(first):
        return first
    return next((time for time in times if not is_coarse(time) and _inside(time, first)), first)


def _inside(time: TimeExpression, whole: TimeExpression) -> bool:
    a, b = time.interval, whole.interval
    if a is None or b is None or a.earliest is None or a.latest is None or b.earliest is None or b.latest is None:
        return False
    return b.earliest <= a.earliest and a.latest <= b.latest


def settled(time: TimeExpression, times: Iterable[TimeExpression], text: str, published: date | None) -> TimeExpression:
    """The time as the happening has it: "Tuesday and Wednesday" are two days, and what is told of "this week" has been so far."""
    interval = time.interval
    if interval is None or interval.earliest is None or interval.latest is None:
        return time
    if time.rule.endswith(_RUNNING) and published is not None and interval.earliest < published < interval.latest:
        return replace(time, interval=_from_to(interval, interval.earliest, published), reason="up to the report")
    if interval.earliest != interval.latest:
        return time
    for other in times:
        if other.interval is None or other.interval.earliest != other.interval.latest or other.interval.latest is None:
            continue
        first, second = sorted((time, other), key=lambda t: t.span.start)
        joined = 0 < second.span.start - first.span.stop <= _JOINED
        between = text[first.span.stop : second.span.start]
        if joined and not {".", "\n"} & set(between) and abs(interval.latest - other.interval.latest) == _DAY:
            days = sorted((interval.latest, other.interval.latest))
            return replace(time, interval=_from_to(interval, *days), reason=f"with “{other.text}”")
    return time


def long_before(time: TimeExpression | None, published: date | None) -> bool:
    """Does a date lie long before the report? Such a happening is told as background, and takes in nothing undated."""
    if published is None or time is None or time.interval is None or time.interval.latest is None:
        return False
    return (published - time.interval.latest).days > _LONG_AGO_DAYS


def _from_to(interval: Interval, first: date, last: date) -> Interval:
    return replace(interval, earliest=first, latest=last, edtf=f"{first.isoformat()}/{last.isoformat()}")


def in_sentence(
    at: int, times: Sequence[TimeExpression], sentences: Sequence[Span], asides: Sequence[Aside] = ()
) -> TimeExpression | None:
    """The date nearest to a character in its sentence that no aside keeps to itself; all in text order."""
    index = bisect_right(sentences, at, key=lambda sentence: sentence.start) - 1
    if index < 0:
        return None
    sentence = sentences[index]
    low, high = (
        bisect_left(asides, edge, key=lambda aside: aside.span.start) for edge in (sentence.start, sentence.stop)
    )
    apart = [a.span for a in asides[low:high] if not a.bound and not a.span.start <= at < a.span.stop]
    here = [
        t
        for t in times
        if sentence.start <= t.span.start
        and t.span.stop <= sentence.stop
        and is_date(t)
        and not any(a.contains(t.span) for a in apart)
    ]
    return min(here, key=lambda t: abs(t.span.start - at), default=None)
