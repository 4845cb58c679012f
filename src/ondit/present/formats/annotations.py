"""Claims as annotators see them: spans with a role, to annotate elsewhere and to take back.

A claim has one content, a chain of voices from the outermost in, perhaps a cue, a stance and a type of happening.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ondit.model import Claim, Reading, Span, Stance
from ondit.ontology import event_types

CONTENT, VOICE, CUE = "content", "voice", "cue"
MOST_VOICES = 6
STANCES = tuple(stance.value for stance in Stance)


class NotAnnotations(ValueError):
    """A file that holds no annotations of reports; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class AnnotatedClaim:
    """A claim as an annotator left it; `claim` is the id it was exported with, "" for a new one; "" for a stance or type that was not chosen."""

    claim: str
    content: Span
    voices: tuple[Span, ...] = ()
    cue: Span | None = None
    stance: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Annotated:
    """The claims of one report as one annotator left them."""

    report: str
    claims: tuple[AnnotatedClaim, ...]
    annotator: str = ""


def annotated(reading: Reading) -> Annotated:
    """What was read in a report, as an annotator would have marked it."""
    return Annotated(reading.report.id, tuple(_claim(reading, claim) for claim in reading.claims))


def _claim(reading: Reading, claim: Claim) -> AnnotatedClaim:
    event = reading.event_of(claim)
    voices = tuple(voice.span for voice in claim.chain[:MOST_VOICES])
    return AnnotatedClaim(claim.id, claim.content, voices, claim.cue, claim.stance.value, event.type if event else "")


def parts(claim: AnnotatedClaim) -> Iterator[tuple[str, Span]]:
    """The spans of a claim with their roles: content, voice1 (the outermost), voice2 …, cue."""
    yield CONTENT, claim.content
    for number, span in enumerate(claim.voices, 1):
        yield f"{VOICE}{number}", span
    if claim.cue is not None:
        yield CUE, claim.cue


def known_type(name: str) -> str:
    """A type of happening, "" for a word that is none."""
    return name if name in event_types() else ""


def known_stance(name: str) -> str:
    """A stance, "" for a word that is none."""
    return name if name in STANCES else ""
