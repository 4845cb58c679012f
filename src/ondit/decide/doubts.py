"""Why a claim may be read wrong: named, weighted doubts, so that reviewers see the least certain claims first.

The weights were set by hand and only order a queue: they say nothing about a happening and enter no grade.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ondit.model import AnchorBasis, Claim, EventMention, PlacePrecision, SourceKind, Stance

_LONG = 300  # characters of a content
_NEAR = 0.15  # between the scores of two readings of a place
_WIDE = (PlacePrecision.COUNTRY, PlacePrecision.REGION)
WEIGHTS = {
    "place_unresolved": 3.0,
    "place_rivals": 2.5,
    "when_unresolved": 2.0,
    "voice_rivals": 2.0,
    "no_event": 1.5,
    "name_corrected": 1.5,
    "stance_marked": 1.0,
    "through_others": 1.0,
    "voice_pronoun": 1.0,
    "vague_figure": 1.0,
    "long_passage": 1.0,
    "place_wide": 0.5,
    "when_relative": 0.5,
    "voice_anonymous": 0.5,
}
"""What each doubt weighs in the order of the queue."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt: an id of `WEIGHTS`, and the words that it is about ("" for the whole claim)."""

    name: str
    about: str = ""

    @property
    def weight(self) -> float:
        """What it weighs."""
        return WEIGHTS[self.name]


def doubts(claim: Claim, event: EventMention | None) -> tuple[Doubt, ...]:
    """The doubts about a claim, the heaviest first."""
    found = [*_about_claim(claim), *(_about_event(event) if event else [Doubt("no_event")])]
    return tuple(sorted(dict.fromkeys(found), key=lambda d: -d.weight))


def doubt_of(claim: Claim, event: EventMention | None) -> float:
    """The sum of their weights."""
    return sum(doubt.weight for doubt in doubts(claim, event))


def _about_claim(claim: Claim) -> Iterator[Doubt]:
    if claim.stance in (Stance.DISTANCES, Stance.POSSIBLE):
        yield Doubt("stance_marked")
    if len(claim.chain) > 1:
        yield Doubt("through_others")
    if len(claim.content) > _LONG:
        yield Doubt("long_passage")
    for voice in claim.chain:
        if voice.candidates and not voice.source_id:
            yield Doubt("voice_rivals", voice.text)
        if voice.refers_to:
            yield Doubt("voice_pronoun", voice.text)
        if voice.kind is SourceKind.ANONYMOUS:
            yield Doubt("voice_anonymous", voice.text)
    for count in claim.counts:
        if count.low is None or count.high is None or count.low != count.high:
            yield Doubt("vague_figure", count.text)


def _about_event(event: EventMention) -> Iterator[Doubt]:
    places = [place for place in event.places if not place.metonym]
    if places and all(place.lat is None for place in places):
        yield Doubt("place_unresolved", places[0].text)
    for place in places[:1]:
        rivals = sorted((candidate.score for candidate in place.candidates), reverse=True)
        if place.lat is not None and len(rivals) > 1 and rivals[0] - rivals[1] < _NEAR:
            yield Doubt("place_rivals", place.text)
        if place.precision in _WIDE:
            yield Doubt("place_wide", place.text)
    intervals = [time.interval for time in event.times if time.interval and time.interval.edtf]
    if event.times and not intervals:
        yield Doubt("when_unresolved", event.times[0].text)
    if intervals and intervals[0].anchor_basis is not AnchorBasis.ABSOLUTE:
        yield Doubt("when_relative", event.times[0].text)
    for item in event.equipment:
        if item.reason and item.name and item.name != item.text:
            yield Doubt("name_corrected", item.text)
