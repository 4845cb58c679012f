"""A report as it is read, and what was read of it as it was received.

Reading works on the plain surface of a text (`text/surfaces.py`); spans and words of the records, and the ids of claims, are those of the report's own text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from ondit.languages import Pack
from ondit.model import (
    Actor,
    Claim,
    Count,
    EquipmentMention,
    EventMention,
    Evidence,
    Place,
    Report,
    SourceMention,
    Span,
    TimeExpression,
    claim_id,
)
from ondit.model.records import replace
from ondit.normalise.pages import idle_lines
from ondit.text.surfaces import Surface, smooth

_Named = TypeVar("_Named", Actor, Count, EquipmentMention, Place, SourceMention, TimeExpression)


@dataclass(frozen=True, slots=True)
class Smoothed:
    """A report with the plain surface of its text, and the one that was received."""

    received: Report
    report: Report
    surface: Surface

    def offset(self, at: int) -> int:
        """Where in the smoothed text a character of the received one stands."""
        return self.surface.view_offset(at)

    def back(
        self, claims: Sequence[Claim], events: Sequence[EventMention]
    ) -> tuple[tuple[Claim, ...], tuple[EventMention, ...]]:
        """Claims and happenings with the spans and words that they have in the text as it was received."""
        if self.report is self.received:
            return tuple(claims), tuple(events)
        seen: dict[str, int] = {}
        return tuple([self._claim(claim, seen) for claim in claims]), tuple([self._event(event) for event in events])

    def span(self, span: Span) -> Span:
        """Where in the received text a span of the smoothed one stands."""
        return Span(*self.surface.source_span(span.start, span.stop))

    def _maybe(self, span: Span | None) -> Span | None:
        return None if span is None else self.span(span)

    def _named(self, named: Sequence[_Named]) -> tuple[_Named, ...]:
        """With the words as they are written."""
        found = []
        for one in named:
            span = self.span(one.span)
            verbatim = one.text == one.span.of(self.report.text)
            found.append(replace(one, span=span, text=span.of(self.received.text) if verbatim else one.text))
        return tuple(found)

    def _event(self, event: EventMention) -> EventMention:
        return replace(
            event,
            trigger=self._maybe(event.trigger),
            actors=self._named(event.actors),
            equipment=self._named(event.equipment),
            places=self._named(event.places),
            times=self._named(event.times),
        )

    def _claim(self, claim: Claim, seen: dict[str, int]) -> Claim:
        content = self.span(claim.content)
        chain = tuple(replace(v, refers_to=self._maybe(v.refers_to)) for v in self._named(claim.chain))
        voices = [voice.span for voice in chain]
        plain = claim_id(self.received.id, content, voices)
        ordinal = seen.get(plain, 0)
        seen[plain] = ordinal + 1
        return replace(
            claim,
            id=claim_id(self.received.id, content, voices, ordinal) if ordinal else plain,
            content=content,
            cue=self._maybe(claim.cue),
            chain=chain,
            counts=self._named(claim.counts),
            evidence=tuple([self._evidence(one) for one in claim.evidence]),
        )

    def _evidence(self, one: Evidence) -> Evidence:
        return replace(one, spans=tuple([self.span(span) for span in one.spans])) if one.spans else one


def smoothed(report: Report, pack: Pack) -> Smoothed:
    """The report with the plain surface of its text: itself where the text is plain."""
    surface = smooth(report.text, pack.settings.get("letters"), idle_lines(pack.language))
    plain = report if surface.text == report.text else replace(report, text=surface.text)
    return Smoothed(report, plain, surface)
