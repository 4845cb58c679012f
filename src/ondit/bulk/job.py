"""What every task of a bulk run knows: where its files are, how many partitions there are, how reports are read, and what is where."""

import json
import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from ondit.bulk.rows import Folder, name_of, received
from ondit.codec import decode, decode_record, encode
from ondit.gather.copies.finding import Wording
from ondit.gather.copies.prints import WHOLE, Print
from ondit.gather.copies.translations import Signature
from ondit.gather.traits import Traits
from ondit.intake import Options
from ondit.model import Reading
from ondit.settings import Settings

MOST_PARTITIONS = 1 << 20
MOST_REPORTS = 1 << 28  # of one partition
_READINGS, _COMPACT = 1_000, 20_000  # kept at hand: whole readings, what is compared of one


class BulkError(Exception):
    """A bulk run cannot begin or go on; the message says why and what to do."""


@dataclass(frozen=True)
class Job:
    """One run. `folder` is the work folder, `parts` how many partitions there are, `output` where tables go (None: a ledger is filled),
    `opinions` whether second opinions are worked out, the one stage that looks at everything together.
    """

    folder: Path
    settings: Settings
    options: Options = field(default_factory=Options)
    parts: int = 0
    output: Path | None = None
    opinions: bool = True

    def file(self, kind: str, number: int) -> Path:
        """A file of the work folder."""
        return self.folder / kind / name_of(number)

    def received(self, kind: str, receiver: int) -> Iterator[bytes]:
        """What the tasks of all partitions sent to one of them."""
        return received(self.folder / kind, self.parts, receiver)


# A place is a number: 20 bits partition, 28 bits the report in it, 16 bits the telling in that.


def place_of(part: int, report: int, telling: int = 0) -> int:
    """The place of a telling, or of a report."""
    return part << 44 | report << 16 | telling


def part_of(place: int) -> int:
    """The partition of a place."""
    return place >> 44


def report_in(place: int) -> int:
    """The number of a report in its partition."""
    return place >> 16 & (MOST_REPORTS - 1)


def report_place(place: int) -> int:
    """The place of the report of a telling."""
    return place >> 16 << 16


def pack_reading(reading: Reading) -> bytes:
    """A reading as it lies in a file."""
    return zlib.compress(encode(reading), 1)


def unpack_reading(data: bytes) -> Reading:
    """The reading in a row."""
    return decode(zlib.decompress(data))


def pack_wording(wording: Wording) -> bytes:
    """What is remembered of a report to find its copies, but not what it repeats within itself."""
    own, told = wording.print, wording.signature
    words = {f.name: getattr(own, f.name) for f in fields(own) if f.name not in _BYTES}
    signature = [told.language, told.told, told.published] if told else None
    head = json.dumps([len(own.shingles), signature, words])
    return head.encode() + b"\n" + own.whole + own.shingles + own.marks


def unpack_wording(data: bytes) -> Wording:
    """What `pack_wording` made."""
    head, _, rest = data.partition(b"\n")
    shingles, signature, words = json.loads(head)
    start, stop = WHOLE, WHOLE + shingles
    words["credits"] = tuple(words["credits"])
    own = Print(whole=rest[:start], shingles=rest[start:stop], marks=rest[stop:], **words)
    told = Signature(own.report, signature[0], tuple(signature[1]), signature[2]) if signature else None
    return Wording(own, told)


_BYTES = frozenset({"whole", "shingles", "marks"})


class Shelf:
    """What was read, at any place; the last ones looked at are kept."""

    def __init__(self, job: Job) -> None:
        readings, traits, wordings = (Folder(job.folder / kind) for kind in ("readings", "traits", "wordings"))

        def read(place: int) -> Reading:
            return unpack_reading(readings[part_of(place)][report_in(place)])

        def look(place: int) -> Sequence[Traits]:
            lines = traits[part_of(place)][report_in(place)].splitlines()
            return [decode_record(line, Traits) for line in lines]

        def compare(place: int) -> Wording:
            return unpack_wording(wordings[part_of(place)][report_in(place)])

        self.reading = lru_cache(_READINGS)(read)
        self.wording = lru_cache(_COMPACT)(compare)
        self._look = lru_cache(_COMPACT)(look)

    def traits(self, place: int) -> Traits:
        """A telling."""
        return self._look(report_place(place))[place & 0xFFFF]

    def tellings_in(self, report: int) -> Sequence[Traits]:
        """All tellings of a report."""
        return self._look(report)


def standing_in(job: Job, part: int) -> dict[int, bool]:
    """The reports of a partition that stand (the first of each id), in order, and whether each is the newest of its series."""
    found = sorted(n for row in job.received("standing", part) for (n,) in _pairs(row))
    return {n >> 1: bool(n & 1) for n in found}


def _pairs(row: bytes) -> Iterator[tuple[int]]:
    return ((int.from_bytes(row[at : at + 8], "little"),) for at in range(0, len(row), 8))


def write_whole(path: Path, data: bytes) -> None:
    """A small file, there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(path)


def lines_of(data: bytes) -> Iterator[list[Any]]:
    """Rows of small JSON lists, one a line."""
    return (json.loads(line) for line in data.splitlines())
