"""Decisions of analysts folded over what was read: claims and decisions in, what is shown out, and which decisions no longer fit."""

from ondit.decide.fields import COUNTED, FIELDS, EditError, value_of
from ondit.decide.folding import Decided, Unfit, decide
from ondit.decide.sources import check_value, decide_sources

__all__ = [
    "COUNTED",
    "FIELDS",
    "Decided",
    "EditError",
    "Unfit",
    "check_value",
    "decide",
    "decide_sources",
    "value_of",
]
