"""What is shown: claims and happenings as they stand after the decisions of analysts."""

from dataclasses import dataclass
from enum import StrEnum

from ondit.model.claims import Claim
from ondit.model.events import EventMention


class Standing(StrEnum):
    """What became of a claim."""

    READ = "read"  # as the engine read it, nobody has looked at it
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim as it stands after decisions, made by an analyst when `added`; `as_read` is what the engine read where a decision changed it."""

    claim: Claim
    standing: Standing = Standing.READ
    added: bool = False
    as_read: Claim | None = None
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """A happening as it stands after decisions; `as_read` as above."""

    event: EventMention
    added: bool = False
    as_read: EventMention | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of one report: its claims in text order and its happenings."""

    report_id: str
    claims: tuple[ShownClaim, ...] = ()
    events: tuple[ShownEvent, ...] = ()
