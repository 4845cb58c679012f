"""Files of rows of bytes, written once, whole or not at all, and read at any row; and files that are sorted by who is to read them.

Layout: the rows one after the other, then where each begins and the last ends (64 bits each, little-endian), then how many rows there are.
"""

import mmap
import os
import struct
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

_NUMBER = struct.Struct("<Q")
_OPEN = 128  # files that a reader of many keeps open


class RowWriter:
    """Writes rows one by one; the file is there when the block ends without an error."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._at, self._starts = 0, [0]

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._part.open("wb")
        return self

    def write(self, row: bytes | bytearray) -> None:
        """Add a row."""
        self._file.write(row)
        self._at += len(row)
        self._starts.append(self._at)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._file.write(struct.pack(f"<{len(self._starts)}QQ", *self._starts, len(self._starts) - 1))
        self._file.close()
        if kind is None:
            self._part.replace(self._path)
        else:
            self._part.unlink(missing_ok=True)


def write_rows(path: Path, rows: Iterable[bytes | bytearray]) -> None:
    """A file of these rows."""
    with RowWriter(path) as writer:
        for row in rows:
            writer.write(row)


class RowFile:
    """The rows of a file, by number; mapped into memory, so that only what is looked at is read."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._rows: int = _NUMBER.unpack_from(self._map, len(self._map) - 8)[0]
        self._starts = len(self._map) - 8 * (self._rows + 2)

    def __len__(self) -> int:
        return self._rows

    def __getitem__(self, row: int) -> bytes:
        if not 0 <= row < self._rows:
            raise IndexError(row)
        start, stop = struct.unpack_from("<2Q", self._map, self._starts + 8 * row)
        return self._map[start:stop]

    def close(self) -> None:
        """Let go of the file."""
        self._map.close()


class Folder:
    """The row files `000000`, `000001` … of a folder; the last ones used stay open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept: OrderedDict[int, RowFile] = OrderedDict()

    def __getitem__(self, number: int) -> RowFile:
        if number in self._kept:
            self._kept.move_to_end(number)
        else:
            self._kept[number] = RowFile(self.path / name_of(number))
            if len(self._kept) > _OPEN:
                self._kept.popitem(last=False)[1].close()
        return self._kept[number]


def name_of(number: int) -> str:
    """How the file of a partition is called."""
    return f"{number:06}"


class Post:
    """What one task sends to others: bytes by their number, gathered in memory and written as one file, a row for each of them."""

    def __init__(self, receivers: int) -> None:
        self._receivers = receivers
        self._rows: dict[int, bytearray] = defaultdict(bytearray)

    def send(self, to: int, data: bytes) -> None:
        """Add to what one receiver gets."""
        self._rows[to] += data

    def write(self, path: Path) -> None:
        """Post it."""
        write_rows(path, (self._rows.get(n, b"") for n in range(self._receivers)))


def received(folder: Path, senders: int, receiver: int) -> Iterator[bytes]:
    """What everybody sent to one receiver, in the order of the senders."""
    for sender in range(senders):
        file = RowFile(folder / name_of(sender))
        try:
            if row := file[receiver]:
                yield row
        finally:
            file.close()
