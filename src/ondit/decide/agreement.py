"""How far reviewers agree on accepting and rejecting, beyond what chance would give.

Cohen's kappa (J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20, 1960) for two
reviewers; Krippendorff's alpha for any number of them and missing verdicts (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability",
2011), with the difference function for nominal data.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ondit.model import Decision, DecisionKind, holding

Verdicts = Mapping[str, Mapping[str, str]]
"""Claim → reviewer → verdict."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reviewers: how many claims both judged, on how many they agree, and kappa (None when chance alone explains all)."""

    left: str
    right: str
    both: int
    same: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """All reviewers: how many claims two or more judged, alpha (None when it is not defined), and each pair."""

    units: int
    alpha: float | None
    pairs: tuple[Pair, ...]


def agreement(decisions: Iterable[Decision]) -> Agreement:
    """The agreement that the decisions show; the last verdict of a reviewer on a claim counts."""
    verdicts = verdicts_of(decisions)
    units = [list(own.values()) for own in verdicts.values() if len(own) > 1]
    reviewers = sorted({name for own in verdicts.values() for name in own})
    pairs = []
    for left, right in combinations(reviewers, 2):
        both = [(own[left], own[right]) for own in verdicts.values() if left in own and right in own]
        if both:
            pairs.append(Pair(left, right, len(both), sum(a == b for a, b in both), cohens_kappa(both)))
    return Agreement(len(units), krippendorffs_alpha(units), tuple(pairs))


def verdicts_of(decisions: Iterable[Decision]) -> dict[str, dict[str, str]]:
    """Which reviewer accepted or rejected which claim, decisions that were taken back left out."""
    found: dict[str, dict[str, str]] = {}
    for decision in holding(decisions):
        if decision.kind in (DecisionKind.ACCEPT, DecisionKind.REJECT):
            for claim in decision.targets:
                found.setdefault(claim, {})[decision.by] = decision.kind.value
    return found


def cohens_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Observed agreement above that of chance, by what chance leaves; None for no pairs, or when both always say the same one thing.

    >>> round(cohens_kappa([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15), 3)
    0.4
    """
    if not pairs:
        return None
    size = len(pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[name] * right[name] for name in left) / size**2
    return None if chance == 1 else (sum(a == b for a, b in pairs) / size - chance) / (1 - chance)


def krippendorffs_alpha(units: Iterable[Sequence[str]]) -> float | None:
    """One minus observed by expected disagreement over units that two or more judged; None when everything has one value.

    >>> krippendorffs_alpha([["a", "a"], ["b", "b"], ["a", "b"]])
    0.4444444444444444
    """
    totals: Counter[str] = Counter()
    disagreement = 0.0
    for values in units:
        if len(values) < 2:
            continue
        counts = Counter(values)
        totals.update(counts)
        disagreement += 2 * sum(a * b for a, b in combinations(counts.values(), 2)) / (len(values) - 1)
    size = totals.total()
    expected = 2 * sum(a * b for a, b in combinations(totals.values(), 2))
    return None if not expected else 1 - (size - 1) * disagreement / expected
