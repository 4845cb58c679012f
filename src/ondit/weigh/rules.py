"""Three named rules that make one value of several reports' values: most-conservative, most-representative, most-informative.

After the aggregation models of van Baalen & Höglund, "Trials and Triangulations" (2026), as their published documentation defines them, written
anew: figures take the lowest, the modal (smallest when several) or the highest; words take the value that is least precise, modal or most precise;
ties go to the value of the more trusted source, then to the more certain one, and stay open otherwise.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

CONSERVATIVE: Final = "most-conservative"
REPRESENTATIVE: Final = "most-representative"
INFORMATIVE: Final = "most-informative"
RULES: Final = (CONSERVATIVE, REPRESENTATIVE, INFORMATIVE)


@dataclass(frozen=True, slots=True)
class Reported:
    """One report's value in words: how precise it is and two tie-breakers; higher is more precise, more trusted, more certain."""

    value: str
    precision: int = 0
    trust: float = 0
    certainty: float = 0


def numeric_mode(values: Sequence[int]) -> int | None:
    """The value reported most often, the smallest of several; None of none.

    >>> numeric_mode([1, 2, 2, 3, 4, 4])
    2
    """
    counts = Counter(values)
    return min((v for v in counts if counts[v] == max(counts.values())), default=None)


def aggregate_figures(rule: str, values: Sequence[int | None]) -> int | None:
    """One figure of several by a rule; unknown figures (None) are left out."""
    known = [v for v in values if v is not None]
    choose: dict[str, Callable[[Sequence[int]], int | None]] = {
        CONSERVATIVE: lambda v: min(v, default=None),
        REPRESENTATIVE: numeric_mode,
        INFORMATIVE: lambda v: max(v, default=None),
    }
    return choose[rule](known)


def aggregate_words(rule: str, reported: Sequence[Reported]) -> str | None:
    """One value in words by a rule; None when there is none or a tie that nothing breaks."""
    if not reported:
        return None
    if rule == REPRESENTATIVE:
        return _mode(reported)
    extreme = (min if rule == CONSERVATIVE else max)(r.precision for r in reported)
    return _mode([r for r in reported if r.precision == extreme])


def _mode(reported: Sequence[Reported]) -> str | None:
    counts = Counter(r.value for r in reported)
    most = max(counts.values())
    tied = [r for r in reported if counts[r.value] == most]
    trusted = max(r.trust for r in tied)
    tied = [r for r in tied if r.trust == trusted]
    certain = max(r.certainty for r in tied)
    values = (
        {r.value for r in tied}
        if len({r.value for r in tied}) == 1
        else {r.value for r in tied if r.certainty == certain}
    )
    return values.pop() if len(values) == 1 else None
