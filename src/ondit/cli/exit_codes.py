"""What the command line's exit codes mean; they are stable and documented in docs/reference/exit-codes.md."""

from enum import IntEnum
from typing import Self


class ExitCode(IntEnum):
    """An exit code and its meaning."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> Self:
        """A code with its meaning."""
        code = int.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        return code

    ALL_READ = 0, "everything was read"
    SOME_FAILED = 1, "some input had an error, the rest was read"
    USAGE = 2, "wrong usage"
    NOTHING_READ = 3, "nothing could be read"
    NO_LEDGER = 4, "the ledger could not be used"
    INTERRUPTED = 130, "interrupted"
