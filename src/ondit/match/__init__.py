"""Compares the happenings of a ledger with events that somebody has coded already: ACLED, UCDP GED, Airwars and tables like them."""

from ondit.match.coded import CodedEvent, CodedTable, NotCoded, read_coded
from ondit.match.matching import Difference, Matching, Pair, match

__all__ = ["CodedEvent", "CodedTable", "Difference", "Matching", "NotCoded", "Pair", "match", "read_coded"]
