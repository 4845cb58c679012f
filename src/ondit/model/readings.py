"""Everything that one report alone tells, before and after it is resolved."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ondit.model.claims import Claim, Evidence
from ondit.model.events import EquipmentMention, EventMention
from ondit.model.problems import Problem
from ondit.model.reports import Report
from ondit.model.spans import Span
from ondit.model.times import TimeExpression


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch of a sentence that tells of something else than the rest: `of` is the phrase it tells more about ("the factory, | built in 1970"), if any.

    `apart`: what is named in it is never where or when the rest happened ("in retaliation for the killing of … last month", "the deadliest since 2019").
    `bound`: no comma parts it from the rest, so that its end is hard to see ("killed the men | who had fled from Beni on Monday").
    """

    span: Span
    of: Span | None = None
    apart: bool = False
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of a report that may tell for itself, as the points of a list do; `head` is the heading over it ("North Darfur"), if any."""

    span: Span
    head: Span | None = None


@dataclass(frozen=True, slots=True)
class Borrowed:
    """What a happening whose words do not say its type ("the attack", "killed") takes it from: the trigger that does, and the mention as it is by itself.

    `definite`: it points back ("the attack"), and may be one told before even when it borrows nothing.
    """

    donor: Span
    alone: EventMention
    definite: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an engine read in a document, with nothing resolved yet.

    Each word that shows a happening is an `EventMention` of its own here, whether a claim is about it or not, without places and
    interval; resolving merges those that are the same. `strengths` says how telling a happening's trigger is (0 "the incident" … 1 "air strike"), `anaphoric` the ids whose
    trigger takes up a happening told before ("the attack"), `another` those said to be another one ("a second attack"), `openings` the time expression that opens the sentence
    in which a voice tells a happening ("In May, the army announced …"), `opinions` the ids of claims in which a voice says how things are and not what happened, `names` are the noun
    phrases a voice may take up, `subjects` those of them that are the subject of a sentence, `sentences` those of the document, `asides` what in
    them tells of something else, `items` the lines that may tell for themselves (points of a list), `borrowed` the happenings, by id, that take their type from another, `trace` what fired where, for explanations.
    """

    claims: tuple[Claim, ...] = ()
    events: tuple[EventMention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    equipment: tuple[EquipmentMention, ...] = ()
    names: tuple[Span, ...] = ()
    subjects: tuple[Span, ...] = ()
    sentences: tuple[Span, ...] = ()
    asides: tuple[Aside, ...] = ()
    strengths: Mapping[str, float] = field(default_factory=dict)
    anaphoric: frozenset[str] = frozenset()
    another: frozenset[str] = frozenset()
    opinions: frozenset[str] = frozenset()
    openings: Mapping[str, Span] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    borrowed: Mapping[str, Borrowed] = field(default_factory=dict)
    trace: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One report read: its claims in text order, the happenings they are about, and what went wrong."""

    report: Report
    claims: tuple[Claim, ...] = ()
    events: tuple[EventMention, ...] = ()
    problems: tuple[Problem, ...] = ()

    def event_of(self, claim: Claim) -> EventMention | None:
        """The happening a claim of this reading is about."""
        return next((e for e in self.events if e.id == claim.event), None) if claim.event else None
