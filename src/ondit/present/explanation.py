"""What was read at one place of a text, by which rules and why; or why nothing was."""

from collections.abc import Iterator, Sequence

from ondit.model import Claim, EventMention, Evidence, Reading, Span
from ondit.present.fields import chain_text, count_text, event_name, place_name, time_name
from ondit.present.terminal import Colour, clean, clip, pad, paint, text_width

_BEFORE = 0.4  # share of the line shown before the place
_QUOTE = 70


def firings_at(reading: Reading, offset: int) -> list[Evidence]:
    """Every rule that read something from the characters at an offset, the narrowest reading first."""
    found = [e for e in _all_evidence(reading) if any(_covers(span, offset) for span in e.spans)]
    return sorted(dict.fromkeys(found), key=lambda e: min(len(span) for span in e.spans))


def render_explanation(
    reading: Reading, offset: int, *, width: int, trace: Sequence[Evidence] = (), colour: bool = False
) -> str:
    """The line of the text with the place marked, the claims that cover it, and the rules that fired there.

    `trace` is what the engine says about the place itself: rules that looked at it and did not fire.
    """
    text = reading.report.text
    lines = _line(text, offset, width, colour=colour)
    claims = [(n, c) for n, c in enumerate(reading.claims, 1) if _touches(c, offset)]
    for number, claim in claims:
        lines.append("")
        lines.append(f"claim {number}: {clip(chain_text(reading.report, claim), _QUOTE)} · {claim.stance}")
        lines.append(f"  {_quoted(text, claim.content)}")
    firings = firings_at(reading, offset)
    rest = [e for e in trace if e not in firings]
    if not firings:
        lines += [
            "",
            "no rule fired here: no claim, voice, happening, place, time or figure was read at these characters",
        ]
    if firings:
        lines += ["", paint("rules that fired here", Colour.BOLD, on=colour)]
        lines += [line for evidence in firings for line in _evidence(text, evidence)]
    if rest:
        lines += ["", paint("what the engine saw here", Colour.BOLD, on=colour)]
        lines += [line for evidence in rest for line in _evidence(text, evidence)]
    return "\n".join(lines).rstrip() + "\n"


def _all_evidence(reading: Reading) -> Iterator[Evidence]:
    for claim in reading.claims:
        yield from claim.evidence
        for voice in claim.chain:
            refers = (voice.refers_to,) if voice.refers_to else ()
            yield Evidence(
                "voice",
                voice.rule,
                (voice.span, *refers),
                _because(f"{event_name(voice.kind)}: {voice.text}", voice.reason),
            )
        for count in claim.counts:
            yield Evidence("count", count.rule, (count.span,), _because(count_text(count), count.reason))
    for event in reading.events:
        yield from _event_evidence(event)


def _event_evidence(event: EventMention) -> Iterator[Evidence]:
    if event.trigger:
        yield Evidence("event", event.rule, (event.trigger,), _because(event_name(event.type), event.reason))
    for actor in event.actors:
        yield Evidence("actor", actor.rule, (actor.span,), _because(f"{actor.role}, {actor.kind}", actor.reason))
    for item in event.equipment:
        yield Evidence(
            "equipment", item.rule, (item.span,), _because(f"{item.name or item.text}, {item.use}", item.reason)
        )
    for place in event.places:
        yield Evidence("place", place.rule, (place.span,), _because(place_name(place), place.reason))
    for time in event.times:
        yield Evidence("time", time.rule, (time.span,), _because(time_name(time), time.reason))


def _because(value: str, reason: str) -> str:
    return f"{value} – {reason}" if reason else value


def _covers(span: Span, offset: int) -> bool:
    return span.start <= offset < max(span.stop, span.start + 1)


def _touches(claim: Claim, offset: int) -> bool:
    spans = [claim.content, *(voice.span for voice in claim.chain), *([claim.cue] if claim.cue else [])]
    return any(_covers(span, offset) for span in spans)


def _evidence(text: str, evidence: Evidence) -> Iterator[str]:
    yield f"  {evidence.field.ljust(10)} {evidence.rule}"
    if evidence.reason:
        yield f"{' ' * 13}{clean(evidence.reason)}"
    for span in evidence.spans:
        yield f"{' ' * 13}{_quoted(text, span)}"


def _quoted(text: str, span: Span) -> str:
    words = clip(text[span.start : min(span.stop, span.start + 8 * _QUOTE)], _QUOTE)
    return f"[{span.start}, {span.stop}) “{pad(words, 0)}”"


def _line(text: str, offset: int, width: int, *, colour: bool) -> list[str]:
    """The stretch of the line around the offset, and a mark under it."""
    start = max(text.rfind("\n", 0, offset) + 1, offset - int(width * _BEFORE))
    end = text.find("\n", offset, offset + width)
    before = clean(text[start:offset] + "|")[:-1]
    after = clip("|" + text[offset : end if end >= 0 else offset + width], max(8, width - text_width(before)) + 1)[1:]
    return [before + after, " " * text_width(before) + paint("^", Colour.RED, on=colour)]
