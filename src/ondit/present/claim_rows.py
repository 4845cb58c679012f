"""Claims of a ledger as rows: JSON objects and cells of a spreadsheet. Nothing in them depends on the run."""

from collections.abc import Sequence
from typing import Any

from ondit.model import Claim, EventMention, Report
from ondit.present.fields import chain_names, counts_text, place_name, when_text, where_of

COLUMNS = (
    "claim report publisher published url voices stance content type place place_id lat lon earliest latest edtf killed injured counts standing"
).split()
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def claim_cells(report: Report, claim: Claim, event: EventMention | None, standing: str) -> list[str]:
    """The cells of `COLUMNS`; text that a spreadsheet would run as a formula is marked as text (OWASP, CSV injection)."""
    place = next((p for p in where_of(event) if p.lat is not None), next(iter(where_of(event)), None))
    interval = next((t.interval for t in event.times if t.interval and t.interval.edtf), None) if event else None
    texts = {
        "claim": claim.id,
        "report": report.id,
        "publisher": report.publisher,
        "url": report.url,
        "voices": " ‹ ".join(chain_names(report, claim)) if claim.chain else "",
        "stance": claim.stance.value,
        "content": claim.content.of(report.text),
        "type": event.type if event else "",
        "place": place_name(place) if place else "",
        "place_id": (place.gazetteer_id or "") if place else "",
        "edtf": when_text(event),
        "counts": counts_text(claim),
        "standing": standing,
    }
    figures = {
        "published": report.published.day,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "earliest": interval.earliest if interval else None,
        "latest": interval.latest if interval else None,
        **{what: next((c.low if c.best is None else c.best for c in claim.counts if c.what == what), None) for what in ("killed", "injured")},
    }  # fmt: skip
    return [harmless(texts[c]) if c in texts else _plain(figures[c]) for c in COLUMNS]


def claim_object(
    report: Report, claim: Any, event: Any, *, standing: str, decisions: Sequence[str], text: Claim
) -> dict[str, Any]:
    """One claim with its report and happening; `claim` and `event` are their JSON."""
    return {
        "claim": claim,
        "event": event,
        "content": text.content.of(report.text),
        "voices": list(chain_names(report, text)) if text.chain else [],
        "standing": standing,
        "decisions": list(decisions),
        "report": {
            "id": report.id,
            "publisher": report.publisher,
            "published": _plain(report.published.day) or None,
            "title": report.title,
            "url": report.url,
            "language": report.language,
            "sha256": report.sha256,
        },
    }


def harmless(cell: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _plain(value: object) -> str:
    return "" if value is None else str(value)
