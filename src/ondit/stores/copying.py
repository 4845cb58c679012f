"""Copies a whole ledger from one store into another, of whatever kind: everything that is kept, as it was at one moment.

A copy that was interrupted is taken up where it was, and one that was complete is brought up to date. Nothing is ever mixed: a
store that holds anything else is refused before it is touched.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ondit.model import Decision, Shown
from ondit.stores.changing import change
from ondit.stores.contract import Entry, EventFilters, Store, StoreError

_REPORTS = 200  # reports copied in one change
_BYTES = 16 * 1024 * 1024  # bytes of originals after which a change ends
_EVERYTHING = EventFilters()


@dataclass(frozen=True, slots=True)
class Copied:
    """One step of a copy: how many reports, with how many bytes, and how many are in the other store now."""

    reports: int
    size: int
    done: int


def copy(source: Store, target: Store) -> Iterator[Copied]:
    """Copy everything; tells each step when it is done. Raises `StoreError` when the target holds something else."""
    with source.still():
        there = _common(source, target)
        for tombstone in source.tombstones():
            if tombstone not in target.tombstones():
                change(target, partial(target.remove, tombstone))
        for report in there:
            _bring_up_to_date(source, target, report)
        ids = source.report_ids()
        done = len(there)
        yield Copied(done, 0, done)
        for batch in _batches(source, ids[done:]):
            change(target, partial(target.add_all, [(entry, shown) for entry, shown in batch]))
            done += len(batch)
            yield Copied(len(batch), sum(len(entry.raw) for entry, _ in batch), done)
        change(target, partial(_copy_the_rest, source, target))
        _compare(source, target)


def back_up(source: Store, file: Path) -> None:
    """A copy in a ledger file, complete or not there; one that is there is replaced."""
    from ondit.stores.sqlite import SqliteStore
    from ondit.stores.sqlite.originals import OriginalFiles

    part = file.with_name(f".{file.name}.copying")
    _discard(part, OriginalFiles(part).folder)
    try:
        target = SqliteStore(part, create=True)
        try:
            for _ in copy(source, target):
                pass
            target.backup(file)
        finally:
            target.close()
    finally:
        _discard(part, OriginalFiles(part).folder)


def _discard(part: Path, originals: Path) -> None:
    for path in (part, part.with_name(f"{part.name}-wal"), part.with_name(f"{part.name}-shm")):
        path.unlink(missing_ok=True)
    shutil.rmtree(originals, ignore_errors=True)


def _common(source: Store, target: Store) -> Sequence[str]:
    """The reports of the source that are in the target already; raises `StoreError` when something else is there."""
    buried = {tombstone.report_id for tombstone in source.tombstones()}
    there = [id_ for id_ in target.report_ids() if id_ not in buried]
    decided = [d.id for d in target.decisions() if not _goes(d, buried)]
    names = {taken.name for taken in source.inputs()}
    known = {f.problem for f in source.failures()}
    fits = (
        there == list(source.report_ids()[: len(there)])
        and decided == [d.id for d in source.decisions()][: len(decided)]
        and all(tombstone in source.tombstones() for tombstone in target.tombstones())
        and all(taken.name in names for taken in target.inputs())
        and (bool(there) or all(f.problem in known for f in target.failures()))
    )
    if not fits:
        raise StoreError(
            "the ledger to copy to holds something else already, and ledgers are never mixed; name an empty one, or one that does not exist"
        )
    return there


def _goes(decision: Decision, buried: set[str]) -> bool:
    """Does the decision go with reports that were taken away?"""
    return bool(decision.footings) and all(footing.report_id in buried for footing in decision.footings)


def _bring_up_to_date(source: Store, target: Store, report: str) -> None:
    """A report that was copied before may have been read again or decided about since."""
    kept, reading, shown = source.kept(report), source.reading(report), source.shown(report)
    assert kept is not None
    assert reading is not None
    assert shown is not None
    copied = target.kept(report)
    same = copied == kept and target.reading(report) == reading and target.shown(report) == shown
    if not same:
        change(target, partial(target.replace, reading, kept.engine, shown))


def _batches(source: Store, ids: Sequence[str]) -> Iterator[list[tuple[Entry, Shown]]]:
    batch: list[tuple[Entry, Shown]] = []
    size = 0
    for id_ in ids:
        kept, reading, shown = source.kept(id_), source.reading(id_), source.shown(id_)
        raw = source.raw(kept.report.sha256) if kept else None
        if kept is None or reading is None or shown is None or raw is None:
            raise StoreError(f"the original of {id_} is gone; 'ondit verify' says more, go back to a backup")
        batch.append((Entry(reading, raw, kept.engine, kept.edited, kept.custody), shown))
        size += len(raw)
        if len(batch) >= _REPORTS or size >= _BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _copy_the_rest(source: Store, target: Store) -> None:
    """Decisions, failures, inputs, and what was settled."""
    for decision in source.decisions()[len(target.decisions()) :]:
        target.append(decision)
    failures = [f for f in source.failures() if not f.report_id]
    for failure in target.failures():
        if not failure.report_id and failure not in failures:
            target.forget_failures(failure.problem.where)
    target.fail(failures)
    for taken in source.inputs():
        target.note_input(taken)
    settlement = source.settlement()
    if settlement is not None:
        copies = (c for id_ in source.report_ids() for c in source.copies(id_) if c.report == id_)
        target.settle(source.events(_EVERYTHING), copies, replace(settlement, revision=target.revision()))
        for kind in source.noted():
            target.note(kind, source.recall(kind).items())
        for report in source.told(settlement.revision):  # what was out of date stays so
            shown = source.shown(report)
            assert shown is not None
            target.show(shown)


def _compare(source: Store, target: Store) -> None:
    there, here = dict(target.totals()), dict(source.totals())
    if there != here:
        told = ", ".join(f"{there[name]} {name} for {count}" for name, count in here.items() if there[name] != count)
        raise StoreError(
            f"the copy is not whole: {told}; somebody else writes to it, or the old ledger is damaged ('ondit verify')"
        )
