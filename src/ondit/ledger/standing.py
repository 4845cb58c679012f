"""Reports as they stand after decisions."""

from dataclasses import replace

from ondit.model import Claim, EventMention, Reading, Shown
from ondit.stores import Store


def as_it_stands(store: Store, report: str) -> Reading | None:
    """A report with its claims as they stand, without rejected ones; None when it is not kept."""
    read, shown = store.reading(report), store.shown(report)
    if read is None or shown is None:
        return None
    claims, events = told(shown)
    return replace(read, claims=claims, events=events)


def as_told(store: Store, report: str) -> Reading | None:
    """The same without what went wrong in reading it, which settling does not look at: it is not fetched, nor what was read before decisions."""
    kept, shown = store.kept(report), store.shown(report)
    return Reading(kept.report, *told(shown)) if kept and shown else None


def told(shown: Shown) -> tuple[tuple[Claim, ...], tuple[EventMention, ...]]:
    """The claims that stand, and the happenings: all that settling sees of what was decided about a report."""
    claims = tuple(c.claim for c in shown.claims if c.standing != "rejected")
    return claims, tuple(e.event for e in shown.events)
