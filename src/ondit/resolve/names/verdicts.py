"""What a name was found to mean: an entry, several that it may be, an unlisted name, or nothing."""

from dataclasses import dataclass
from enum import StrEnum

UNLISTED = "unlisted:"
"""Start of the provisional id of a name that the registry does not know; what follows is its folded key, the same in every report."""


class Verdict(StrEnum):
    """`entry`: this one · `maybe`: one of the candidates, nobody chose · `unlisted`: a name the registry does not know · `none`: no name."""

    ENTRY = "entry"
    MAYBE = "maybe"
    UNLISTED = "unlisted"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What a name means, and why.

    `source_id` is set for `entry`, and for `unlisted` (the provisional id); `candidates` are ids of entries, best first, for `maybe`;
    `score` is the likeness of the names from 0 to 1.
    """

    verdict: Verdict
    source_id: str | None = None
    candidates: tuple[str, ...] = ()
    reason: str = ""
    score: float = 0.0


NOBODY = NameMatch(Verdict.NONE, reason="the words name nobody in particular")


def entry(source_id: str, reason: str, score: float = 1.0) -> NameMatch:
    """It is this entry."""
    return NameMatch(Verdict.ENTRY, source_id, (), reason, score)


def maybe(candidates: tuple[str, ...], reason: str, score: float = 0.0) -> NameMatch:
    """It may be one of these; nobody chose."""
    return NameMatch(Verdict.MAYBE, None, candidates, reason, score)
