"""How much wording two reports share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ondit.gather.copies.prints import SHINGLE, Print

LARGEST = 200  # reports with one mark: more of them share a formula of their trade, not a story
_MARKS = 2  # shared marks from which two reports are compared
NEAR = 0.3  # of the shorter text's wording: a copy
_LEAST = 8  # shared shingles: two short posts with one common phrase are no copies
_PASSAGE = 24  # words in a row, as many shingles less three, that make a passage taken over


@dataclass(frozen=True, slots=True)
class Alike:
    """Two reports that share wording: `part` of the shorter one's, 0 to 1, and how many shingles that is."""

    left: str
    right: str
    part: float
    shared: int

    @property
    def near(self) -> bool:
        """Is it a copy, not only a passage?"""
        return self.part >= NEAR


def alike_in_words(own: Print, met: Iterable[tuple[Print, int]]) -> Iterator[Alike]:
    """What a report shares with others, each with the number of marks in common, where it is a copy or a passage."""
    always = min(_MARKS, len(own.marks) // 4)
    for theirs, shared in met:
        # What is short has few marks, and one of them in common is enough.
        if (shared >= always or shared >= len(theirs.marks) // 4) and (same := _compare(own, theirs)):
            yield same


@lru_cache(maxsize=8)  # a newcomer is compared with many, one after the other
def _numbers(shingles: bytes) -> frozenset[int]:
    return frozenset(memoryview(shingles).cast("I"))


def _compare(a: Print, b: Print) -> Alike | None:
    """What two reports share, when it is a copy or a passage."""
    fewest = min(len(a.shingles), len(b.shingles)) // 4
    if not fewest:
        return None
    shared = len(_numbers(a.shingles).intersection(memoryview(b.shingles).cast("I")))
    part = 1.0 if a.whole == b.whole else shared / fewest
    long = shared >= _LEAST or a.whole == b.whole or shared == fewest
    if (part >= NEAR and long) or shared > _PASSAGE - SHINGLE:
        left, right = sorted((a.report, b.report))
        return Alike(left, right, part, shared)
    return None
