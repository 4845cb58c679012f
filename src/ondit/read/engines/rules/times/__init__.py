"""Time expressions (TIMEX3, ISO-TimeML): recognition by the pack's words and grammar; anchoring is `ondit.resolve.dates`."""

from ondit.read.engines.rules.times.finding import Form, find_times

__all__ = ["Form", "find_times"]
