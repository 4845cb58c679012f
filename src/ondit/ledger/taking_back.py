"""Takes an exported ledger back: reports with their bytes, what was read in them, decisions, removals."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ondit.codec import CodecError
from ondit.decide import decide
from ondit.ledger.deciding import refresh
from ondit.present.formats.jsonl import LedgerLine, LineKind, read_lines
from ondit.stores import Custody, Entry, Store, StoreError, Tombstone


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How much came of an exported ledger, and how many of its reports were known already."""

    reports: int = 0
    known: int = 0
    decisions: int = 0
    removed: int = 0


def take_back(store: Store, path: Path) -> TakenBack:
    """Add what is in an exported ledger; what is there already stays as it is. All of it or nothing; raises `StoreError`."""
    try:
        with path.open("rb") as file, store.writing():
            return _take(store, read_lines(file))
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error
    except CodecError as error:
        raise StoreError(f"{path}: {error}; export the ledger again with 'ondit export jsonl'") from error


def _take(store: Store, lines: Iterator[LedgerLine]) -> TakenBack:
    reports = known = decisions = removed = 0
    decided: dict[str, None] = {}
    for number, line in enumerate(lines, 1):
        if line.line is LineKind.REPORT:
            added = store.add(_entry(line, number), decide(line.reading, ()).shown) if line.reading else False
            reports, known = reports + added, known + (not added)
        elif line.line is LineKind.DECISION and line.decision and store.decision(line.decision.id) is None:
            store.append(line.decision)
            decided.update(dict.fromkeys(f.report_id for f in line.decision.footings))
            decisions += 1
        elif line.line is LineKind.REMOVED and line.removed:
            tomb = line.removed
            if tomb.report_id not in {t.report_id for t in store.tombstones()}:
                store.remove(Tombstone(tomb.report_id, tomb.series, tomb.sha256, tomb.by, tomb.why, tomb.at))
                removed += 1
    for report in decided:
        refresh(store, report)
    return TakenBack(reports, known, decisions, removed)


def _entry(line: LedgerLine, number: int) -> Entry:
    if line.reading is None or line.original is None:
        raise CodecError(
            f"line {number} has no original: a redacted export, or one of somebody's choice, cannot be taken back"
        )
    original = line.original
    custody = Custody(original.added_at, original.added_by, original.came_from, original.retrieved)
    return Entry(line.reading, original.raw, original.engine, original.edited, custody)
