"""Rows of the one table: what was measured, its rate, and how it stands beside something else measured in the same run."""

from dataclasses import dataclass


class Absent(Exception):
    """A tool or its data are not installed; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `value` in `unit`; `ratio` beside `than` (0: nothing to compare with); `note` says what else is to know."""

    what: str
    value: float
    unit: str
    ratio: float = 0.0
    than: str = ""
    note: str = ""

    def __str__(self) -> str:
        beside = f"{self.ratio:>8.2f} × {self.than}" if self.ratio else ""
        return (
            f"{self.what:<46}{self.value:>12,.{_digits(self.value)}f} {self.unit:<12}{beside:<40}{self.note}".rstrip()
        )


def _digits(value: float) -> int:
    return 0 if value >= 100 else 1 if value >= 10 else 3
