"""Everything that one report alone tells."""

from dataclasses import dataclass

from ondit.model.claims import Claim
from ondit.model.events import EventMention
from ondit.model.problems import Problem
from ondit.model.reports import Report


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
