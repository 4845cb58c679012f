"""Decisions about sources folded over the registry: letters with their dated history, camps and owners."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ondit.decide.fields import EditError
from ondit.model import Decision, DecisionKind, Rating, Reliability, Source, holding


def decide_sources(sources: Iterable[Source], decisions: Iterable[Decision]) -> tuple[Source, ...]:
    """The sources as they stand, in the order of their ids; one that nobody registered and somebody rated gets an entry."""
    known = {source.id: source for source in sources}
    for decision in holding(decisions):
        if decision.kind in (DecisionKind.RATE, DecisionKind.AFFILIATE):
            for target in decision.targets:
                known[target] = _with(known.get(target, Source(target, target)), decision)
    return tuple(known[id_] for id_ in sorted(known))


def check_value(kind: DecisionKind, value: str) -> None:
    """Raises `EditError` when a rating or affiliation cannot be read."""
    _with(Source("", ""), Decision("", kind, (), value=value))


def _with(source: Source, decision: Decision) -> Source:
    try:
        wanted = json.loads(decision.value)
        if decision.kind is DecisionKind.AFFILIATE:
            return replace(
                source, camps=tuple(wanted.get("camps", source.camps)), owner=wanted.get("owner", source.owner)
            )
        since = date.fromisoformat(wanted["since"]) if wanted.get("since") else None
        rating = Rating(Reliability(wanted["letter"]), since, decision.by, decision.why)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise EditError(f"{decision.value} is no {decision.kind}: {error}") from error
    ratings = sorted((*source.ratings, rating), key=lambda r: r.since or date.min)
    return replace(source, ratings=tuple(ratings))
