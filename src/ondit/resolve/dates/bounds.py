"""The instants behind an anchored expression, for those who need hours: half-open, local, without zone."""

import re
from datetime import datetime, timedelta

from ondit.model import TimeExpression, TimePrecision
from ondit.resolve.dates.periods import DAY, PARTS

_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d))?$")
_PART = re.compile(r"(\d{4}-\d\d-\d\d)T([A-Z]{2})$")


def bounds(expression: TimeExpression) -> tuple[datetime | None, datetime | None]:
    """First instant and first instant after; None = open or not resolved. A day ends when the next begins."""
    interval = expression.interval
    if interval is None:
        return None, None
    low = datetime.combine(interval.earliest, datetime.min.time()) if interval.earliest else None
    high = datetime.combine(interval.latest, datetime.min.time()) + DAY if interval.latest else None
    left, _, right = expression.value.partition("/")
    timed = _timed(left, interval.precision)
    if low is not None and timed is not None and timed[0].date() == low.date():
        low = timed[0]
    timed = _timed(right or left, interval.precision)
    if high is not None and timed is not None and timed[1] <= high + DAY:
        high = timed[1]
    return low, high


def _timed(value: str, precision: TimePrecision) -> tuple[datetime, datetime] | None:
    if match := _CLOCK.match(value):
        start = datetime.fromisoformat(match[1]) + timedelta(
            hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0)
        )
        if match[4]:
            return start, start + timedelta(seconds=1)
        return start, start + (timedelta(hours=1) if precision is TimePrecision.HOUR else timedelta(minutes=1))
    if (match := _PART.match(value)) and match[2] in PARTS:
        low, high = PARTS[match[2]]
        day = datetime.fromisoformat(match[1])
        return day + timedelta(hours=low), day + timedelta(hours=high)
    return None
