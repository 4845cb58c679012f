"""Happenings, claims and reports as rows with named, typed columns: what Parquet and data frames are made of.

A kind of column is text, int, float, date, bool or texts (a list of texts). None is a cell without a value.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ondit.model import Claim, Event, EventMention, Report
from ondit.present.fields import chain_names, place_name, where_of
from ondit.present.formats.dossier import Dossier
from ondit.present.formats.geojson import properties

if TYPE_CHECKING:
    from datetime import date

_COUNTED = ("killed", "injured", "missing", "abducted", "arrested", "displaced")
EVENT_COLUMNS = {
    **dict.fromkeys(("id", "title", "type", "place", "place_id", "country", "geo_precision"), "text"),
    **dict.fromkeys(("lat", "lon", "radius_km"), "float"),
    **dict.fromkeys(("earliest", "latest"), "date"),
    **dict.fromkeys(("edtf", "time_precision"), "text"),
    **{f"{what}_{bound}": "int" for what in ("killed", "injured") for bound in ("low", "best", "high")},
    "perpetrator": "text",
    **dict.fromkeys(("contested", "only_denied"), "bool"),
    "credibility": "int",
    "grade": "text",
    **dict.fromkeys(("reports", "claims", "origins"), "int"),
    "publishers": "texts",
    "summary": "text",
}
CLAIM_COLUMNS = {
    **dict.fromkeys(("id", "report", "event", "publisher"), "text"),
    "published": "date",
    "language": "text",
    "voices": "texts",
    **dict.fromkeys(("stance", "content", "type", "place", "place_id"), "text"),
    **dict.fromkeys(("start", "stop"), "int"),
    **dict.fromkeys(("lat", "lon"), "float"),
    **dict.fromkeys(("earliest", "latest"), "date"),
    "edtf": "text",
    **{f"{what}_{bound}": "int" for what in _COUNTED for bound in ("low", "best", "high")},
}
REPORT_COLUMNS = {
    **dict.fromkeys(("id", "publisher", "author", "title", "url", "language"), "text"),
    "published": "date",
    **dict.fromkeys(("published_basis", "sha256", "copy_of", "copy_kind"), "text"),
    "copy_similarity": "float",
    "claims": "int",
}


def event_rows(dossier: Dossier) -> Iterator[dict[str, Any]]:
    """A row for each happening."""
    return (event_row(dossier, event) for event in dossier.events)


def event_row(dossier: Dossier, event: Event) -> dict[str, Any]:
    """One happening as a row of `EVENT_COLUMNS`."""
    place = event.place
    row = {
        **properties(dossier, event),
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "earliest": event.interval.earliest if event.interval else None,
        "latest": event.interval.latest if event.interval else None,
    }
    return {name: row[name] for name in EVENT_COLUMNS}


def claim_rows(dossier: Dossier) -> Iterator[dict[str, Any]]:
    """A row for each claim of the readings, about a happening or not, in text order."""
    happenings = {claim: event.id for event in dossier.events for claim in event.claims}
    for reading in dossier.readings.values():
        for claim in reading.claims:
            yield claim_row(reading.report, claim, reading.event_of(claim), happenings.get(claim.id))


def claim_row(report: Report, claim: Claim, mention: EventMention | None, event: str | None) -> dict[str, Any]:
    """One claim as a row of `CLAIM_COLUMNS`."""
    place = next((p for p in where_of(mention) if p.lat is not None), next(iter(where_of(mention)), None))
    interval = next((t.interval for t in mention.times if t.interval and t.interval.edtf), None) if mention else None
    earliest: date | None = interval.earliest if interval else None
    row: dict[str, Any] = {
        "id": claim.id,
        "report": report.id,
        "event": event,
        "publisher": report.publisher or None,
        "published": report.published.day,
        "language": report.language or None,
        "voices": list(chain_names(report, claim)) if claim.chain else [],
        "stance": claim.stance.value,
        "content": claim.content.of(report.text),
        "start": claim.content.start,
        "stop": claim.content.stop,
        "type": mention.type if mention else None,
        "place": place_name(place) if place else None,
        "place_id": place.gazetteer_id if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "earliest": earliest,
        "latest": interval.latest if interval else None,
        "edtf": interval.edtf if interval else None,
    }
    for what in _COUNTED:
        count = next((c for c in claim.counts if c.what == what), None)
        bounds = (count.low, count.best, count.high) if count else (None, None, None)
        row |= dict(zip((f"{what}_low", f"{what}_best", f"{what}_high"), bounds, strict=True))
    return {name: row[name] for name in CLAIM_COLUMNS}


def report_rows(dossier: Dossier) -> Iterator[dict[str, Any]]:
    """A row for each report."""
    for reading in dossier.readings.values():
        report = reading.report
        copy = dossier.copy_of(report.id)
        yield {
            "id": report.id,
            "publisher": report.publisher or None,
            "author": report.author or None,
            "title": report.title or None,
            "url": report.url or None,
            "language": report.language or None,
            "published": report.published.day,
            "published_basis": report.published.basis.value,
            "sha256": report.sha256,
            "copy_of": copy.original if copy else None,
            "copy_kind": copy.kind.value if copy else None,
            "copy_similarity": copy.similarity if copy else None,
            "claims": len(reading.claims),
        }
