"""Place names of the world: compiled, memory-mapped, looked up by folded names; user imports lie over what is shipped."""

from ondit.gazetteer.entry import Entry, Hit, Match, PlaceKind, Source
from ondit.gazetteer.folding import FoldedText, fold_name, fold_text, variant_key
from ondit.gazetteer.layer import BrokenLayer
from ondit.gazetteer.reader import Found, Gazetteer

__all__ = [
    "BrokenLayer",
    "Entry",
    "FoldedText",
    "Found",
    "Gazetteer",
    "Hit",
    "Match",
    "PlaceKind",
    "Source",
    "fold_name",
    "fold_text",
    "variant_key",
]
