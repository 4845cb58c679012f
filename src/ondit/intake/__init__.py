"""Bytes → reports: one file a format, chosen by looking at the bytes. Bad input becomes a `Problem`, never an exception.

`take_in_all(sources, options)` streams what is in files, folders, globs and addresses as items: `Received` (a report, its raw bytes, its
place), `Problem`, and a `Tally` at the end of each source. `take_in(data)` is for bytes that hold one report.
"""

from ondit.intake.formats import Fetch, Fetched, Format, Options, Origin, Source, Taken
from ondit.intake.items import Item, Piece, Received, Skipped, Tally
from ondit.intake.sniffing import pieces, take_in, take_in_all, take_in_text

__all__ = [
    "Fetch",
    "Fetched",
    "Format",
    "Item",
    "Options",
    "Origin",
    "Piece",
    "Received",
    "Skipped",
    "Source",
    "Taken",
    "Tally",
    "pieces",
    "take_in",
    "take_in_all",
    "take_in_text",
]
