"""Ids are content hashes: the same input gives the same ledger, and decisions stay attached when a report is read again."""

import hashlib
from collections.abc import Iterable

from ondit.model.spans import Span

_LENGTH = 16  # hex digits: 64 bits, no collision to be expected below billions of claims


def _digest(kind: str, parts: Iterable[str]) -> str:
    # Length-prefixed, so that ("ab", "c") and ("a", "bc") differ.
    body = "".join([f"{len(p)}:{p}" for p in (kind, *parts)])
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def report_id(*, sha256: str, publisher: str = "", native_id: str = "", url: str = "") -> str:
    """Id of a report: its publisher, its native id or URL, and the hash of its bytes; never a file path."""
    return "r" + _digest("report", (publisher, native_id or url, sha256))


def series_id(*, sha256: str, publisher: str = "", native_id: str = "", url: str = "") -> str:
    """Id shared by the versions of a report; without native id and URL a report is its own series."""
    name = native_id or url
    return "s" + _digest("series", (publisher, name) if name else (publisher, "", sha256))


def claim_id(report: str, content: Span, chain: Iterable[Span], ordinal: int = 0) -> str:
    """Id of a claim: report, content span, chain spans; `ordinal` separates ties. Never stance, type or engine."""
    parts = [report, f"{content.start}-{content.stop}", *(f"{s.start}-{s.stop}" for s in chain)]
    return "c" + _digest("claim", [*parts, f"#{ordinal}"] if ordinal else parts)


def event_mention_id(report: str, type_: str, trigger: Span | None, ordinal: int = 0) -> str:
    """Id of a happening within one report: report, type, trigger span; `ordinal` separates ties."""
    where = f"{trigger.start}-{trigger.stop}" if trigger else "-"
    return "e" + _digest("event", (report, type_, where, str(ordinal)))


def event_id(first_claim: str) -> str:
    """Id of a happening across reports, from the smallest id of the claims about it."""
    return "h" + _digest("happening", (first_claim,))


def decision_id(kind: str, targets: Iterable[str], words: Iterable[str], ordinal: int = 0) -> str:
    """Id of a decision: its kind, what it is about, its words (field, value, who, why); `ordinal` separates what is decided again."""
    return "d" + _digest("decision", (kind, *targets, "", *words, str(ordinal)))
