"""Passages that a report repeats within itself."""

from collections.abc import Sequence

from ondit.gather.copies.prints import SHINGLE
from ondit.model import Copy, CopyKind

_LEAST = 12  # words in a row: shorter repetitions are names and formulas


def repeated(report: str, shingles: Sequence[int]) -> Copy | None:
    """What share of a report repeats what it said before, when a passage of twelve words or more comes again.

    `shingles` are those of the report `report` (an id) in text order.
    """
    if len(set(shingles)) > len(shingles) - (_LEAST - SHINGLE):
        return None  # too few come again
    first: dict[int, int] = {}
    again, run, longest = 0, 0, 0
    for at, shingle in enumerate(shingles):
        seen = first.setdefault(shingle, at)
        run = run + 1 if at - seen >= SHINGLE else 0
        longest = max(longest, run)
        again += run > 0
    if longest + SHINGLE - 1 < _LEAST:
        return None
    reason = f"a passage of {longest + SHINGLE - 1} words or more comes again in the same report"
    return Copy(report, report, CopyKind.PASSAGE, round(again / len(shingles), 3), (reason,))
