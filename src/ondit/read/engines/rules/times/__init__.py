"""Time expressions (TIMEX3, ISO-TimeML): recognition by the pack's words and grammar; anchoring is `ondit.resolve.dates`."""

from ondit.read.engines.rules.times.finding import find_times

__all__ = ["find_times"]
