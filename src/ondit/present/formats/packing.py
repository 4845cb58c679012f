"""Files of an export as one file, and the page that says what is in it. The same input gives the same bytes."""

import json
import zipfile
from collections import Counter
from typing import IO, Any

from ondit.present.formats.dossier import Dossier
from ondit.present.formats.format import Format, Made
from ondit.version import __version__

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a zip can name
_MODE = 0o644 << 16
LICENCE = (
    "The texts belong to those who published them; quote them as the law where you are allows. Coordinates and names of places: GeoNames, CC BY 4.0 "
    "(www.geonames.org). What was read and weighed out of them is yours."
)
PROVENANCE = (
    "Each value was read by a rule from characters of a report or set by an analyst; it says what reports claim, not what happened. Figures "
    "of different reports are kept apart in the ledger; the rule above says which of them stands here."
)


def pack(made: Made, out: IO[bytes]) -> None:
    """One file as it is, several as a zip whose bytes depend on nothing but what is in it."""
    if len(made.files) == 1:
        out.writelines(made.files[0].chunks)
        return
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in made.files:
            info = zipfile.ZipInfo(file.name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr, info.create_system = _MODE, 3
            with archive.open(info, "w") as member:
                member.writelines(file.chunks)


def about(kind: Format, made: Made, dossier: Dossier, file: str) -> dict[str, Any]:
    """What is said beside an export: the rule, what was lost and left out, how much there is, licences and provenance."""
    return {
        "file": file,
        "format": kind.name,
        "title": kind.title,
        "specification": kind.specification,
        "written_by": f"ondit {__version__}",
        "rule": kind.rule,
        "losses": [*kind.losses, *made.losses],
        "filters": dict(dossier.filters),
        "redacted": dict(dossier.redacted),
        "counts": {
            "events": len(dossier.events),
            "events_written": len(dossier.events) - len({one.event for one in made.left_out}),
            "events_left_out": len({one.event for one in made.left_out}),
            "records": dict(made.counts),
        },
        "left_out": [{"event": one.event, "reason": one.reason} for one in made.left_out],
        "left_out_reasons": dict(sorted(Counter(one.reason for one in made.left_out).items())),
        "files": [f.name for f in made.files],
        "licence": LICENCE,
        "provenance": PROVENANCE,
    }


def about_text(kind: Format, made: Made, dossier: Dossier, file: str) -> str:
    """The same as JSON."""
    return json.dumps(about(kind, made, dossier, file), ensure_ascii=False, indent=2) + "\n"
