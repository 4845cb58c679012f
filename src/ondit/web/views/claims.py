"""A claim as its card shows it: who through whom, and each field with its characters, its rule and its reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ondit.ledger import Found
from ondit.model import Claim, EventMention, Place, Report, ShownClaim, SourceMention, Span
from ondit.present.fields import (
    count_range,
    place_name,
    stance_sign,
    time_name,
    voice_name,
    where_of,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One field: `name` and `term` are ids (of a field and of its value in the words), `spans` its characters "12-20 40-44"."""

    name: str
    value: str = ""
    term: tuple[str, str] = ("", "")  # table and id, when the value is an id
    quote: str = ""
    about: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    spans: str = ""
    rule: str = ""
    reason: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice of a chain: its fullest name, its own words here, its kind, the source it means."""

    name: str
    quote: str
    kind: str
    span: Span
    spans: str
    source: str
    maybe: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """Everything a card shows. `number` is that of the claim in its report, 0 when it stands alone."""

    number: int
    id: str
    report: Report
    claim: Claim
    event: EventMention | None
    standing: str
    added: bool
    changed: bool
    sign: str
    voices: tuple[Voice, ...]
    cue: str
    said: str
    said_spans: str
    rows: tuple[Row, ...]
    evidence: tuple[Row, ...]

    @property
    def chain(self) -> tuple[str, ...]:
        """The names of the voices, outermost first; () for the report's own voice."""
        return tuple(voice.name for voice in self.voices)


def cards_of(report: Report, claims: Sequence[ShownClaim], events: Sequence[EventMention]) -> list[ClaimCard]:
    """The cards of a report, numbered in text order."""
    by_id = {event.id: event for event in events}
    return [card_of(report, one, by_id.get(one.claim.event or ""), number) for number, one in enumerate(claims, 1)]


def card_of_found(found: Found) -> ClaimCard:
    """The card of a claim that stands alone."""
    return card_of(found.report, found.shown, found.event)


def card_of(report: Report, shown: ShownClaim, event: EventMention | None, number: int = 0) -> ClaimCard:
    """One card."""
    claim = shown.claim
    return ClaimCard(
        number=number,
        id=claim.id,
        report=report,
        claim=claim,
        event=event,
        standing=shown.standing.value,
        added=shown.added,
        changed=shown.as_read is not None,
        sign=stance_sign(claim.stance),
        voices=tuple(_voice(report, voice) for voice in claim.chain),
        cue=claim.cue.of(report.text) if claim.cue else "",
        said=claim.content.of(report.text),
        said_spans=_spans(claim.content),
        rows=tuple(_rows(claim, event)),
        evidence=tuple(_evidence(report, claim)),
    )


def _voice(report: Report, voice: SourceMention) -> Voice:
    name = voice_name(report, voice)
    spans = (voice.span, voice.refers_to) if voice.refers_to else (voice.span,)
    return Voice(
        name,
        voice.text if voice.text != name else "",
        voice.kind.value,
        voice.span,
        _spans(*spans),
        voice.source_id or "",
        voice.candidates,
        voice.reason,
    )


def _rows(claim: Claim, event: EventMention | None) -> Iterator[Row]:
    if event is not None:
        trigger = _spans(event.trigger) if event.trigger else ""
        yield Row("type", term=("type", event.type), spans=trigger, rule=event.rule, reason=event.reason)
        for time in event.times:
            known = time.interval is not None and bool(time.interval.edtf)
            value = time_name(time) if known else ""
            yield Row(
                "when", value, quote=time.text, spans=_spans(time.span), rule=time.rule, reason=time.reason, known=known
            )
        for place in where_of(event):
            yield _place(place)
    for count in claim.counts:
        yield Row(
            "count",
            f"{count_range(count)}",
            roles=(("count", count.what),),
            quote=count.text,
            about=count.who,
            spans=_spans(count.span),
            rule=count.rule,
            reason=count.reason,
        )
    if event is not None:
        for actor in event.actors:
            roles = (("role", actor.role.value), *([("actor", actor.kind.value)] if actor.kind != "other" else []))
            yield Row("actor", actor.text, roles=roles, spans=_spans(actor.span), rule=actor.rule, reason=actor.reason)
        for item in event.equipment:
            name = item.name or item.text
            yield Row(
                "equipment",
                name,
                quote=item.text if name != item.text else "",
                roles=(("use", item.use.value),),
                spans=_spans(item.span),
                rule=item.rule,
                reason=item.reason,
            )


def _place(place: Place) -> Row:
    known = place.lat is not None and place.lon is not None
    within = ", ".join((*reversed(place.admin), place.country)) if place.admin or place.country else ""
    point = f"{place.lat:.2f}, {place.lon:.2f}" if place.lat is not None and place.lon is not None else ""
    radius = f"± {place.radius_km:.0f} km" if place.radius_km is not None and known else ""
    other = next((c for c in place.candidates if c.gazetteer_id != place.gazetteer_id), None) if known else None
    instead = f"≠ {other.name} ({other.country})" if other else ""
    return Row(
        "where",
        place_name(place) if known else "",
        quote=place.text,
        about=" · ".join(filter(None, (within, point, radius, instead))),
        spans=_spans(place.span),
        rule=place.rule,
        reason=place.reason,
        known=known,
    )


def _evidence(report: Report, claim: Claim) -> Iterator[Row]:
    for one in claim.evidence:
        quote = " … ".join(span.of(report.text) for span in one.spans)
        yield Row(one.field, quote=quote, spans=_spans(*one.spans), rule=one.rule, reason=one.reason)


def _spans(*spans: Span) -> str:
    return " ".join(f"{span.start}-{span.stop}" for span in spans)
