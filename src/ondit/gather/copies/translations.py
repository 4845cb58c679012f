"""Reports that tell the same in another language: the same figures, places, dates and things in the same order.

A translation shares no words with its original, but what was read in both does not depend on the language: it is compared as a sequence.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ondit.model import Count, EventMention, Reading

_LEAST, _FIGURES = 6, 2  # things told, and figures among them, below which a report is too poor to tell a translation
_LEAST_OF_KIN = 5  # the same for reports of one house, or when one credits the other
_TELLING = 3  # fewer things of no kind are said with a dual, or without a figure, in other languages
SAME = 0.75  # of the shorter sequence, in the same order
_DAYS = 4  # a translation comes out soon
_COMMON = frozenset({"killed 1", "injured 1"})


@dataclass(frozen=True, slots=True)
class Signature:
    """What a report tells, in text order, in words of no language: "killed 9-9", "geonames:94787", "2022-01-29"."""

    report: str
    language: str
    told: tuple[str, ...]
    published: int | None = None

    @property
    def marks(self) -> tuple[int, ...]:
        """A number for each two things told one after the other."""
        return tuple(sorted({zlib.crc32("\x1f".join(two).encode()) for two in pairwise(self.told)}))


def signature_of(reading: Reading) -> Signature | None:
    """The signature of a reading, None when it tells too little."""
    standing = {(at, thing) for claim in reading.claims for at, thing in _counted(claim.counts)}
    standing.update(found for event in reading.events for found in _located(event))
    told = [thing for _, thing in sorted(standing)]
    told = [thing for i, thing in enumerate(told) if i == 0 or thing != told[i - 1]]
    figures = sum(" " in thing and thing not in _COMMON for thing in told)
    if len(told) < _LEAST_OF_KIN or figures < _FIGURES:
        return None
    published = reading.report.published.day
    return Signature(
        reading.report.id, reading.report.language, tuple(told), published.toordinal() if published else None
    )


def _counted(counts: tuple[Count, ...]) -> Iterator[tuple[int, str]]:
    for count in counts:
        if count.what != "other" or (count.high or count.low or 0) >= _TELLING:
            yield count.span.start, f"{count.what} {_about(count)}"


def _about(count: Count) -> str:
    """A figure in words of no language: "about 40" is a range whose ends differ from language to language, its middle does not."""
    if count.low is not None and count.high is not None:
        return f"{(count.low + count.high) // 2}"
    return f"{count.low}-{count.high}"


def _located(event: EventMention) -> Iterator[tuple[int, str]]:
    for place in event.places:
        if place.gazetteer_id:
            yield place.span.start, place.gazetteer_id
    for time in event.times:
        if time.interval and time.interval.edtf:
            yield time.span.start, time.interval.edtf
    for thing in event.equipment:
        if thing.ontology_id:
            yield thing.span.start, thing.ontology_id


def translated(a: Signature, b: Signature, *, kin: bool = False) -> float | None:
    """The share of the shorter sequence that both tell in the same order, when one can be a translation of the other.

    `kin`: they are of one house, or one credits the other, so that less is enough.
    """
    if a.language == b.language:
        return None
    if a.published is not None and b.published is not None and abs(a.published - b.published) > _DAYS:
        return None
    shorter, longer = sorted((a.told, b.told), key=len)
    if len(longer) > 2 * len(shorter):
        return None
    same = in_order(shorter, longer)
    figures = sum(" " in thing for thing in set(shorter) & set(longer))
    part = same / len(shorter)
    least = _LEAST_OF_KIN if kin else _LEAST
    return part if part >= SAME and same >= least and figures >= _FIGURES else None


def in_order(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        before = 0
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], before + 1 if x == y else max(row[j], row[j - 1])
    return row[-1]
