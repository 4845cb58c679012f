"""Happenings on their way into a store: the first thousands in memory, more of them in a file that nobody else sees."""

import tempfile
from collections.abc import Iterable, Iterator

from ondit.codec import pack, unpack
from ondit.model import Event

_IN_MEMORY = 64 * 1024 * 1024  # bytes


class Spool:
    """Happenings that can be gone through again and again, one at a time."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - it goes with the spool
        self._sizes: list[int] = []
        for event in events:
            packed = pack(event)
            self._file.write(packed)
            self._sizes.append(len(packed))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __len__(self) -> int:
        return len(self._sizes)

    def __iter__(self) -> Iterator[Event]:
        self._file.seek(0)
        for size in self._sizes:
            yield unpack(self._file.read(size), Event)
