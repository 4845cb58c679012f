"""What comes of a run: tables in Parquet, a file of each kind for every partition, or a ledger."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ondit.bulk.intaking import KEPT, Counts
from ondit.bulk.job import Job, Shelf, lines_of, place_of, report_in, standing_in
from ondit.bulk.rows import Folder, RowFile
from ondit.bulk.settling import events_of, registry_of
from ondit.codec import decode_record
from ondit.decide import decide
from ondit.ledger.adding import ENGINE, settings_mark
from ondit.ledger.outdated import Mark
from ondit.model import Copy, Problem, Reading, Severity
from ondit.present.formats.dossier import Dossier
from ondit.present.formats.format import need
from ondit.present.formats.parquet import arrow_table
from ondit.present.formats.tables import (
    CLAIM_COLUMNS,
    EVENT_COLUMNS,
    REPORT_COLUMNS,
    claim_row,
    event_row,
    report_rows,
)
from ondit.stores import Custody, Entry, Failure, Input, Settlement, Store, change

TABLES = ("events", "claims", "reports")
_REPORTS, _BYTES = 200, 16 * 1024 * 1024  # that go to a ledger in one change


def write_tables(job: Job, part: int) -> Counts:
    """The happenings of a partition, and its reports with their claims, in the columns of `ondit export --format parquet`."""
    assert job.output is not None
    shelf = Shelf(job)
    counts = {
        "event rows": _write(job.output, "events", part, EVENT_COLUMNS, _event_rows(job, part, shelf)),
        "claim rows": _write(job.output, "claims", part, CLAIM_COLUMNS, _claim_rows(job, part, shelf)),
    }
    newest = [place_of(part, number) for number, newest in standing_in(job, part).items() if newest]
    copies = RowFile(job.file("copies", part))
    dossiers = (_alone(shelf.reading(place), copies[report_in(place)]) for place in newest)
    rows = (row for dossier in dossiers for row in report_rows(dossier))
    return counts | {"report rows": _write(job.output, "reports", part, REPORT_COLUMNS, rows)}


def _alone(reading: Reading, copies: bytes) -> Dossier:
    """A report with what it copies."""
    found = sorted((decode_record(line, Copy) for line in copies.splitlines()), key=lambda copy: copy.original)
    return Dossier.of((), (reading,), copies=found)


def _event_rows(job: Job, part: int, shelf: Shelf) -> Iterator[dict[str, Any]]:
    for event, places in events_of(job, part):
        yield event_row(Dossier.of((), [shelf.reading(place) for place in places.values()]), event)


def _claim_rows(job: Job, part: int, shelf: Shelf) -> Iterator[dict[str, Any]]:
    happenings: dict[str, str] = {}
    for row in job.received("told", part):
        for _, event, claims in lines_of(row):
            happenings |= dict.fromkeys(claims, event)
    for number, newest in standing_in(job, part).items():
        if newest:
            reading = shelf.reading(place_of(part, number))
            for claim in reading.claims:
                yield claim_row(reading.report, claim, reading.event_of(claim), happenings.get(claim.id))


def _write(output: Path, table: str, part: int, columns: dict[str, str], rows: Iterator[dict[str, Any]]) -> int:
    parquet = need("pyarrow", "pyarrow.parquet")
    folder = output / table
    folder.mkdir(parents=True, exist_ok=True)
    made, hidden = arrow_table(columns, rows), folder / f".part-{part:06}.parquet"
    parquet.write_table(made, hidden, compression="zstd")
    hidden.replace(folder / f"part-{part:06}.parquet")
    return int(made.num_rows)


def fill(job: Job, store: Store, part: int, custody: Custody) -> int:
    """Keep the reports of a partition in a ledger, in the order of the inputs; those that are there already stay. Tells how many are new."""
    heads, readings, raws = (RowFile(job.file(kind, part)) for kind in ("heads", "readings", "originals"))
    standing = standing_in(job, part)
    shelf = Shelf(job)
    entries: list[Entry] = []
    inputs: list[Input] = []
    number, size, added = 0, 0, 0
    for kind, *rest in lines_of(b"\n".join(heads[n] for n in range(len(heads)))):
        if kind == "input":
            name, sha256, bytes_ = rest
            if sha256:
                inputs.append(Input(name, sha256, bytes_, settings_mark(job.settings), custody.added_at))
            continue
        if number in standing:
            where, edited, retrieved = rest
            came = Custody(custody.added_at, custody.added_by, where, retrieved)
            entries.append(Entry(shelf.reading(place_of(part, number)), raws[number], ENGINE, edited, came))
            size += len(raws[number])
        number += 1
        if len(entries) >= _REPORTS or size >= _BYTES:
            added += _keep(store, entries)
            entries, size = [], 0
    assert number == len(readings)
    added += _keep(store, entries)
    failures = [
        Failure(problem, seen_at=custody.added_at)
        for problem, is_kept in asides_of(job, part)
        if not is_kept and problem.severity is Severity.ERROR
    ]

    def note() -> None:
        store.fail(failures)
        failed = {failure.problem.where for failure in failures}
        for taken in inputs:
            if taken.name not in failed:
                store.note_input(taken)

    change(store, note)
    return added


def _keep(store: Store, entries: list[Entry]) -> int:
    shown = [(entry, decide(entry.reading, ()).shown) for entry in entries]
    return change(store, lambda: store.add_all(shown)) if shown else 0


def keep_settled(job: Job, store: Store, at: str) -> int:
    """Keep the happenings of all partitions in a ledger; tells how many."""
    mark = str(Mark.of(registry_of(job.settings.sources), ()))

    def settle() -> int:
        events = (event for part in range(job.parts) for event, _ in events_of(job, part))
        return store.settle(events, copies_of(job), Settlement(store.revision(), mark, at))

    return change(store, settle)


def copies_of(job: Job) -> Iterator[Copy]:
    """Every copy that was found."""
    folder = Folder(job.folder / "copies")
    for part in range(job.parts):
        rows = folder[part]
        for n in range(len(rows)):
            yield from (decode_record(line, Copy) for line in rows[n].splitlines())


def asides_of(job: Job, part: int) -> Iterator[tuple[Problem, bool]]:
    """What was set aside of a partition, and whether it is a report that is kept all the same, with its problem."""
    rows = RowFile(job.file("asides", part))
    for n in range(len(rows)):
        yield decode_record(rows[n][1:], Problem), rows[n][:1] == KEPT
