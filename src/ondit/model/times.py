"""When: time expressions after TIMEX3 and the intervals (EDTF, ISO 8601-2) they stand for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ondit.model.records import quick
from ondit.model.spans import Span


class TimexType(StrEnum):
    """The four types of TIMEX3 (ISO-TimeML)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class AnchorBasis(StrEnum):
    """What a relative expression was counted from."""

    ABSOLUTE = "absolute"  # needs no anchor
    PUBLISHED = "published"  # the report's publication date
    TEXT = "text"  # a date named earlier in the text
    HAPPENING = "happening"  # the date of another happening: "the day after the assault"
    NONE = "none"  # there is no anchor: unresolved


class TimePrecision(StrEnum):
    """Grain of an interval."""

    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    UNKNOWN = "unknown"


@quick
@dataclass(frozen=True, slots=True)
class Interval:
    """First and last possible day (both inclusive; None = open) and the EDTF string for them.

    `edtf` is "" when unresolved; `anchor` is the day it was computed from and `anchor_basis` where that came from.
    """

    earliest: date | None
    latest: date | None
    edtf: str
    precision: TimePrecision = TimePrecision.DAY
    anchor: date | None = None
    anchor_basis: AnchorBasis = AnchorBasis.ABSOLUTE


@quick
@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression as written. `value` and `mod` follow TIMEX3 ("2022-01-29TEV", "P3D", "XXXX-WXX-5"; START, END, APPROX, BEFORE …).

    `interval` is None for durations and sets that date nothing and for what cannot be resolved; `reason` says why.
    """

    span: Span
    text: str
    type: TimexType
    value: str
    mod: str = ""
    interval: Interval | None = None
    rule: str = ""
    reason: str = ""
