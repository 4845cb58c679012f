"""Decisions of analysts folded over what was read: claims and decisions in, what is shown out, and which decisions no longer fit."""

from ondit.decide.agreement import Agreement, agreement
from ondit.decide.doubts import Doubt, doubt_of, doubts
from ondit.decide.fields import COUNTED, FIELDS, EditError, value_of
from ondit.decide.folding import Decided, Unfit, decide
from ondit.decide.sources import check_value, decide_sources

__all__ = [
    "COUNTED",
    "FIELDS",
    "Agreement",
    "Decided",
    "Doubt",
    "EditError",
    "Unfit",
    "agreement",
    "check_value",
    "decide",
    "decide_sources",
    "doubt_of",
    "doubts",
    "value_of",
]
