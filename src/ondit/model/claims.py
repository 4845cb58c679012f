"""Who says what: the claim, its chain of voices and its stance."""

from dataclasses import dataclass
from enum import StrEnum

from ondit.model.events import Count
from ondit.model.records import quick
from ondit.model.spans import Span


class Stance(StrEnum):
    """How the content is put forward.

    `asserts`: that it is so · `denies`: that it is not so (content is what is denied) · `distances`: relayed with a verb or
    mark of doubt · `possible`: modal or hearsay conditional · `demands`: asked, ordered, wished.
    """

    ASSERTS = "asserts"
    DENIES = "denies"
    DISTANCES = "distances"
    POSSIBLE = "possible"
    DEMANDS = "demands"


class SourceKind(StrEnum):
    """What a voice is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    MEDIA = "media"
    SOCIAL_CHANNEL = "social_channel"
    GOVERNMENT = "government"
    ARMED_FORCES = "armed_forces"
    ARMED_GROUP = "armed_group"
    WITNESS = "witness"
    ANONYMOUS = "anonymous"
    OTHER = "other"


@quick
@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field has its value: the rule that read it, the characters that show it, a sentence for a person.

    `rule` is `language/grammar:name` (`fr/attribution:selon`), `analyst:NAME` or `engine:NAME`.
    """

    field: str
    rule: str
    spans: tuple[Span, ...] = ()
    reason: str = ""


@quick
@dataclass(frozen=True, slots=True)
class SourceMention:
    """One voice in a chain. `refers_to` is the fullest earlier mention when the words are a pronoun or a short form.

    `source_id` is the registry entry it means, or the provisional id of a name that no entry has ("unlisted:…"); `candidates` are ids of
    entries that it may mean when nothing decides; `reason` says why.
    """

    span: Span
    text: str
    kind: SourceKind = SourceKind.OTHER
    refers_to: Span | None = None
    source_id: str | None = None
    rule: str = ""
    candidates: tuple[str, ...] = ()
    reason: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Claim:
    """One voice, one stance, one happening or statement.

    `chain` goes from the outermost voice (nearest to the author) to the innermost (nearest to the fact); `()` is the report's
    own voice. `event` is the id of an `EventMention` of the same reading, None for a statement about nothing that happened.
    """

    id: str
    report_id: str
    content: Span
    cue: Span | None
    chain: tuple[SourceMention, ...]
    stance: Stance
    event: str | None
    counts: tuple[Count, ...] = ()
    evidence: tuple[Evidence, ...] = ()
