"""Geoparsing: place names and their coordinates in English news (sets `geo/*`)."""

from functools import cache
from typing import Any

from ondit.gazetteer import Gazetteer
from ondit.languages import load_pack
from ondit.model import Report
from ondit.normalise.documents import normalise
from ondit.read.engines.rules.parse import parse
from ondit.read.engines.rules.toponyms import find_toponyms
from ondit.resolve.places import resolve_places


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()


def predict(row: dict[str, Any]) -> dict[str, Any]:
    """Place names of a row's `text` in the format of the scorer; `lat` and `lon` are null where a name stays unresolved."""
    pack = load_pack(row.get("lang") or "en")
    report = Report(id="", text=row["text"])
    toponyms = find_toponyms(parse(normalise(report, pack), pack), _gazetteer())
    places = resolve_places(toponyms, _gazetteer())
    named = [
        p for p in places if not (p.metonym and p.kind == "site")
    ]  # "the White House": not a place name in these sets
    found = [{"start": p.span.start, "end": p.span.stop, "lat": p.lat, "lon": p.lon} for p in named]
    return {"id": row.get("id"), "toponyms": found}
