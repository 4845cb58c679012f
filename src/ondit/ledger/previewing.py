"""What merges and splits would change, before anybody decides: the reports of the happenings concerned are settled among themselves."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from ondit import pipeline
from ondit.ledger.deciding import Undecidable
from ondit.ledger.outdated import sources_of
from ondit.ledger.standing import as_told
from ondit.model import Decision, DecisionKind, Event
from ondit.settings import Settings
from ondit.stores import Store

Wish: TypeAlias = tuple[DecisionKind, tuple[str, ...]]
"""A merge or a split, and the claims it names."""


def preview(store: Store, settings: Settings, wishes: Sequence[Wish]) -> list[Event]:
    """The happenings that the claims named, and all claims about the same happenings, would then be about."""
    named = dict.fromkeys(claim for _, claims in wishes for claim in claims)
    concerned = [_event(store, claim) for claim in named]
    reports = dict.fromkeys(report for event in concerned for report in event.reports)
    readings = [reading for report in reports if (reading := as_told(store, report)) is not None]
    wished = [Decision(f"wish {n}", kind, claims) for n, (kind, claims) in enumerate(wishes)]
    events = pipeline.settle(readings, decisions=[*store.decisions(), *wished]).events()
    claims = {claim for event in concerned for claim in event.claims}
    return pipeline.weigh_all(_about(events, claims), readings, sources_of(store, settings))


def _event(store: Store, claim: str) -> Event:
    event = store.event(store.event_of(claim) or "")
    if event is None:
        raise Undecidable(f"the claim {claim} is about no happening; settle the ledger first, or name another claim")
    return event


def _about(events: Iterable[Event], claims: set[str]) -> list[Event]:
    return [event for event in events if not claims.isdisjoint(event.claims)]
