"""Dates: time expressions on the calendar (TIMEX3 values, EDTF intervals after ISO 8601-2), or unresolved with a reason."""

from ondit.resolve.dates.anchoring import DateSettings, resolve_times
from ondit.resolve.dates.bounds import bounds
from ondit.resolve.dates.partials import Lean

__all__ = ["DateSettings", "Lean", "bounds", "resolve_times"]
