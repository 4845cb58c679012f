"""Documents → readings, partition by partition; what cannot be read is set aside with its problem.

A report, or a file, at which a worker ends (memory, a fault of a library) is found by reading its partition again with care: what is
begun is noted beforehand, and what two workers ended at is passed over.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ondit.bulk.job import Job, pack_reading, place_of
from ondit.bulk.planning import InputFile
from ondit.bulk.rows import Post, RowFile, RowWriter, write_rows
from ondit.codec import decode_record, encode_problem, encode_record
from ondit.intake import Item, Received, Tally, take_in_all
from ondit.ledger.adding import left_unread, read_safely
from ondit.model import Problem, Reading, Severity
from ondit.model.records import replace

_TRIES = 2
_REPORT, _PROBLEM, _TALLY = b"r", b"p", b"t"
KEPT, _GONE = b"k", b"g"
"""How a problem is marked that is about a report which is kept all the same, and any other."""

Counts = Mapping[str, int]


class Notes:
    """What is being done at the moment, in a file that outlives the process. Without a file nothing is noted."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._ends: Counter[str] = Counter()
        self._last = ""
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        if lines and lines[-1][:1] == ">":
            lines.append(f"!{lines[-1][1:]}")
        path.write_text("".join(f"{line}\n" for line in lines if line[:1] == "!"), encoding="utf-8")
        self._ends.update(line[1:] for line in lines if line[:1] == "!")

    @staticmethod
    def ends(path: Path) -> int:
        """How many workers have ended at something that was noted."""
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return sum(line[:1] == "!" for line in lines) + (bool(lines) and lines[-1][:1] == ">")

    def condemned(self, what: str) -> bool:
        """Did as many workers end at this as may?"""
        return self._ends[what] >= _TRIES

    @contextmanager
    def about(self, what: str) -> Iterator[None]:
        """This is done inside of the block; what was going on before goes on afterwards."""
        before, self._last = self._last, what
        self._note(f">{what}")
        try:
            yield
        finally:
            self._last = before
            self._note(f">{before}" if before else ".")

    def close(self) -> None:
        """All is done, or the process knows why it is not."""
        if self._path is not None:
            self._note(".")

    def _note(self, line: str) -> None:
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")


def cut(job: Job, file: InputFile, folder: Path, partition: int, notes: Notes) -> Counts:
    """Cut one large file into row files of items, `partition` bytes of reports in each."""
    pieces, size = 0, 0
    writer: RowWriter | None = None
    for item in _items(job, file, notes):
        if writer is None:
            writer = RowWriter(folder / f"{pieces:06}")
            writer.__enter__()
            pieces += 1
        writer.write(_packed(item))
        size += len(item.raw) if isinstance(item, Received) else 0
        if size >= partition:
            writer.__exit__(None, None, None)
            writer, size = None, 0
    if writer is not None:
        writer.__exit__(None, None, None)
    return {"pieces": pieces}


def _packed(item: Item) -> bytes:
    kind = _REPORT if isinstance(item, Received) else _PROBLEM if isinstance(item, Problem) else _TALLY
    return kind + encode_record(item)


def _unpacked(row: bytes) -> Item:
    kinds: Mapping[bytes, type[Item]] = {_REPORT: Received, _PROBLEM: Problem, _TALLY: Tally}
    return decode_record(row[1:], kinds[row[:1]])


def items_of_files(job: Job, files: Iterable[InputFile], notes: Notes) -> Iterator[Item]:
    """What is in small files."""
    for file in files:
        yield from _items(job, file, notes)


def items_of_piece(piece: Path) -> Iterator[Item]:
    """What is in a piece of a large file."""
    rows = RowFile(piece)
    yield from (_unpacked(rows[n]) for n in range(len(rows)))


def _items(job: Job, file: InputFile, notes: Notes) -> Iterator[Item]:
    what = f"file {file.path}"
    if notes.condemned(what):
        message = f"{_TRIES} processes ended while this was taken in"
        yield Problem("internal-error", message, "please report it; split it, or save it as plain text", file.name)
        return
    items = take_in_all([file.source()], job.options)
    while True:
        with notes.about(what):
            item = next(items, None)
        if item is None:
            return
        yield item


def read(job: Job, part: int, items: Iterator[Item], notes: Notes) -> Counts:
    """Read a partition: readings, how each came in, its bytes where a ledger is filled, and what was set aside."""
    counts: Counter[str] = Counter(documents=0, claims=0, bytes=0)
    post, heads, asides = Post(job.parts), [], []
    with RowWriter(job.file("readings", part)) as readings, _originals(job, part) as keep:
        for item in items:
            if isinstance(item, Tally):
                heads.append(json.dumps(["input", item.where, item.sha256, item.size]).encode())
                continue
            if isinstance(item, Problem):
                counts["failed"] += item.severity is Severity.ERROR
                asides.append(_GONE + encode_problem(item))
                continue
            number = counts["documents"]
            reading = _read_one(job, item, number, notes)
            report = reading.report
            readings.write(pack_reading(reading))
            keep(item.raw)
            heads.append(json.dumps(["report", item.where, item.edited, item.report.retrieved]).encode())
            line = json.dumps([report.series, item.edited, report.id, place_of(part, number)])
            post.send(int(report.series[1:9], 16) % job.parts, line.encode() + b"\n")
            unread = [p for p in reading.problems if p.severity is Severity.ERROR]
            asides += [KEPT + encode_problem(replace(p, where=item.where)) for p in unread]
            counts["documents"] += 1
            counts["unread"] += bool(unread)
            counts["claims read"] += len(reading.claims)
            counts["bytes"] += len(item.raw)
    write_rows(job.file("heads", part), heads)
    write_rows(job.file("asides", part), asides)
    post.write(job.file("series", part))
    return counts


def _read_one(job: Job, item: Received, number: int, notes: Notes) -> Reading:
    what = f"report {number}"
    if notes.condemned(what):
        reading = left_unread(item.report, "while its partition was read")
    else:
        with notes.about(what):
            reading = read_safely(item.report, job.settings)
    report = replace(reading.report, retrieved="")  # of the run, as a store keeps it apart
    return replace(reading, report=report, problems=(*item.problems, *reading.problems))


@contextmanager
def _originals(job: Job, part: int) -> Iterator[Callable[[bytes], None]]:
    """Keeps bytes where they are needed."""
    if job.output is not None:
        yield lambda _: None
        return
    with RowWriter(job.file("originals", part)) as writer:
        yield writer.write
