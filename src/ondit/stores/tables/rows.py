"""Records → rows of the tables, and back."""

import json
from dataclasses import replace
from typing import Any, TypeVar

from ondit.codec import CodecError, decode_record, encode_record
from ondit.model import (
    Claim,
    Decision,
    DecisionKind,
    EventMention,
    Footing,
    Reading,
    Report,
    ShownClaim,
    Span,
    Standing,
)
from ondit.stores.contract import Custody, Entry, Kept, StoreError
from ondit.stores.sides import Sides
from ondit.stores.tables.sql import Row

_Record = TypeVar("_Record")
_NUL = "\0"
REPORT_COLUMNS = (
    "id series edited newest publisher published published_basis title author url native_id language forwarded_from reply_to sha256 text "
    "record engine retrieved came_from added_at added_by changed told"
).split()
CLAIM_COLUMNS = (
    "n id report_id position newest published standing added stance voices content happening_id type place place_id lat lon radius_km "
    "earliest latest edtf record as_read decisions"
).split()


def decoded(text: str, kind: type[_Record]) -> _Record:
    """The record in a column; raises `StoreError` when somebody else has written there."""
    try:
        return decode_record(text, kind)
    except CodecError as error:
        raise StoreError(
            f"a record of the ledger cannot be read: {error}; 'ondit verify' says where, go back to a backup"
        ) from error


def report_row(entry: Entry, changed: int, told: int) -> tuple[object, ...]:
    """A report's row, as the newest version of its series.

    The text has a column of its own, and what depends on the run is not in its JSON. A text with U+0000, which not every database
    keeps in a column, is in the JSON as well.
    """
    report = entry.reading.report
    custody = entry.custody
    return (
        report.id, report.series, entry.edited, 1, report.publisher, _day(report.published.day), report.published.basis.value,
        report.title, report.author, report.url, report.native_id, report.language, report.forwarded_from, report.reply_to,
        report.sha256, report.text, report_record(report), entry.engine,
        custody.retrieved or report.retrieved, custody.came_from, custody.added_at, custody.added_by, changed, told,
    )  # fmt: skip


def report_record(report: Report) -> str:
    """A report as JSON."""
    text = report.text if _NUL in report.text else ""
    return encode_record(replace(report, text=text, retrieved="")).decode()


def report_from(row: Row) -> Report:
    """The report of a row; when it was retrieved is custody, not part of the record."""
    report = decoded(row["record"], Report)
    return report if report.text else replace(report, text=row["text"])


def kept_from(row: Row) -> Kept:
    """A report with its custody."""
    custody = Custody(row["added_at"], row["added_by"], row["came_from"], row["retrieved"])
    return Kept(report_from(row), row["engine"], custody, newest=bool(row["newest"]), edited=row["edited"])


def claim_row(
    n: int, position: int, shown: ShownClaim, sides: Sides, event: EventMention | None, kept: Row
) -> tuple[object, ...]:
    """A claim's row; `kept` has the report's `newest` and `published`."""
    claim, place, interval = shown.claim, sides.place, sides.interval
    located = place is not None and place.lat is not None and place.lon is not None
    return (
        n, claim.id, claim.report_id, position, kept["newest"], kept["published"], shown.standing.value, int(shown.added),
        claim.stance.value, " ‹ ".join(sides.voices), sides.content, claim.event, event.type if event else None,
        (place.name or place.text) if place else None, place.gazetteer_id if place else None,
        place.lat if place and located else None, place.lon if place and located else None, place.radius_km if place else None,
        _day(interval.earliest) if interval else None, _day(interval.latest) if interval else None, interval.edtf if interval else None,
        encode_record(claim).decode(), encode_record(shown.as_read).decode() if shown.as_read else None, json.dumps(shown.decisions),
    )  # fmt: skip


def shown_claim_from(row: Row) -> ShownClaim:
    """A claim as it stands."""
    return ShownClaim(
        claim=decoded(row["record"], Claim),
        standing=Standing(row["standing"]),
        added=bool(row["added"]),
        as_read=decoded(row["as_read"], Claim) if row["as_read"] else None,
        decisions=tuple(json.loads(row["decisions"])),
    )


def decision_row(decision: Decision) -> tuple[object, ...]:
    """A decision's row."""
    footings = [
        {"claim": f.claim_id, "report": f.report_id, "content": _pair(f.content), "chain": [_pair(s) for s in f.chain]}
        for f in decision.footings
    ]
    return (
        decision.id, decision.kind.value, json.dumps(decision.targets), decision.field, decision.value, decision.was,
        decision.by, decision.why, json.dumps(footings), decision.at,
    )  # fmt: skip


def decision_from(row: Row) -> Decision:
    """The decision of a row."""
    footings = tuple(
        Footing(f["claim"], f["report"], Span(*f["content"]), tuple(Span(*s) for s in f["chain"]))
        for f in json.loads(row["footings"])
    )
    return Decision(
        id=row["id"], kind=DecisionKind(row["kind"]), targets=tuple(json.loads(row["targets"])), footings=footings,
        field=row["field"], value=row["value"], was=row["was"], by=row["by"], why=row["why"], at=row["at"],
    )  # fmt: skip


def event_from(record: str) -> EventMention:
    """A happening from its JSON."""
    return decoded(record, EventMention)


def without_run(reading: Reading) -> Reading:
    """A reading whose report says nothing of the run that retrieved it."""
    return replace(reading, report=replace(reading.report, retrieved=""))


def _pair(span: Span) -> list[int]:
    return [span.start, span.stop]


def _day(day: Any) -> str | None:
    return day.isoformat() if day is not None else None
