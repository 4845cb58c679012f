"""One happening as one report tells it, and what it is made of."""

from dataclasses import dataclass
from enum import StrEnum

from ondit.model.places import Place
from ondit.model.records import quick
from ondit.model.spans import Span
from ondit.model.times import TimeExpression


class Role(StrEnum):
    """Part an actor plays in a happening."""

    PERPETRATOR = "perpetrator"
    TARGET = "target"
    VICTIM = "victim"
    OTHER = "other"


class ActorKind(StrEnum):
    """Kinds of actors after the ACLED codebook (Inter Codes)."""

    STATE_FORCES = "state_forces"
    REBEL_GROUP = "rebel_group"
    POLITICAL_MILITIA = "political_militia"
    IDENTITY_MILITIA = "identity_militia"
    RIOTERS = "rioters"
    PROTESTERS = "protesters"
    CIVILIANS = "civilians"
    EXTERNAL_FORCES = "external_forces"
    OTHER = "other"


@quick
@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, is acted upon or suffers in a happening.

    `registry_id` and `candidates` are as `source_id` and `candidates` of a `SourceMention`.
    """

    span: Span
    text: str
    role: Role
    kind: ActorKind = ActorKind.OTHER
    registry_id: str | None = None
    rule: str = ""
    reason: str = ""
    candidates: tuple[str, ...] = ()


class EquipmentUse(StrEnum):
    """`used` in the happening, its `target`, or only named for `comparison`."""

    USED = "used"
    TARGET = "target"
    COMPARISON = "comparison"


@quick
@dataclass(frozen=True, slots=True)
class EquipmentMention:
    """A weapon, vehicle or system as named; `ontology_id` and canonical `name` where the ontology knows it.

    `reason` says when a name was corrected ("MC-9" read as MQ-9: one letter off).
    """

    span: Span
    text: str
    ontology_id: str | None = None
    name: str = ""
    use: EquipmentUse = EquipmentUse.USED
    rule: str = ""
    reason: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Count:
    """A figure: `what` is killed · injured · missing · abducted · arrested · displaced · troops · strikes · weapons · other.

    `low` and `high` bound it (None = open), `best` only when the text states a figure; `text` is verbatim, `who` the counted
    people or things in the text's words. Vague words ("dozens") become documented ranges, never a made-up figure.
    """

    what: str
    low: int | None
    high: int | None
    span: Span
    text: str
    best: int | None = None
    who: str = ""
    rule: str = ""
    reason: str = ""


@quick
@dataclass(frozen=True, slots=True)
class EventMention:
    """One happening as one report tells it.

    `type` is an id of `ontology/event_types.toml`, `trigger` the word that shows it, `places` go from the most specific to the
    widest, `times` hold the time expressions that date it (the first with an interval counts).
    """

    id: str
    type: str
    trigger: Span | None
    actors: tuple[Actor, ...] = ()
    equipment: tuple[EquipmentMention, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    rule: str = ""
    reason: str = ""
