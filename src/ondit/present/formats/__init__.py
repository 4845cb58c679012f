"""What a ledger knows in the formats of others: one file a format, each a plug-in of the group `ondit.export`.

A format is a pure function from a `Dossier` to the bytes of files, and says by which rule it makes them, what it cannot hold, and what it leaves out.
"""

from ondit.present.formats.dossier import Dossier, Original
from ondit.present.formats.format import File, Format, LeftOut, Made, MissingLibrary, formats, get_format
from ondit.present.formats.packing import about, pack

__all__ = [
    "Dossier",
    "File",
    "Format",
    "LeftOut",
    "Made",
    "MissingLibrary",
    "Original",
    "about",
    "formats",
    "get_format",
    "pack",
]
