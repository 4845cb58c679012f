"""The claims graph of a ledger: origins vote for the values of the fields of happenings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from ondit.model import Event, FieldStatus, Opinion
from ondit.weigh.truth.accu import accu
from ondit.weigh.truth.investment import investment, pooled_investment
from ondit.weigh.truth.votes import Beliefs, Vote, believed

_METHODS: Mapping[str, Callable[[Sequence[Vote]], Beliefs]] = {
    "Investment": investment,
    "PooledInvestment": pooled_investment,
    "Accu": accu,
}
_DENIED = "not so"
_OPEN = (FieldStatus.CONTESTED, FieldStatus.UPDATED)
_DIGITS = 4  # of a belief: sums in another order differ in the last ones


def second_opinions(events: Iterable[Event]) -> list[Event]:
    """The happenings with what each method believes of every field that is contested or changed.

    Runs over all weighed happenings of a ledger at once, because it learns from all of them whom to believe.
    """
    events = list(events)
    votes = [vote for event in events for vote in _votes(event)]
    asked = {f"{e.id} {f.field}" for e in events for f in e.fields if f.status in _OPEN}
    found: dict[str, list[Opinion]] = {}
    for method, run in _METHODS.items():
        beliefs = run(votes)
        for object_, value in believed(beliefs).items():
            event_id, _, field = object_.partition(" ")
            if object_ in asked and len(beliefs[object_]) > 1:
                found.setdefault(event_id, []).append(
                    Opinion(method, field, value, round(beliefs[object_][value], _DIGITS))
                )
    return [replace(e, opinions=tuple(sorted(found.get(e.id, ()), key=lambda o: o.field))) for e in events]


def _votes(event: Event) -> Iterable[Vote]:
    """One vote for each origin and value of what more than one origin tells; who denies a value votes against it."""
    for account in event.fields:
        if account.status is FieldStatus.SINGLE:
            continue
        object_ = f"{event.id} {account.field}"
        for value in account.values:
            for origin in dict.fromkeys(a.origin or a.voice for a in value.supporters):
                yield Vote(origin, object_, value.value)
        deniers = {a.origin or a.voice for v in account.values for a in v.dissenters if a.stance == "denies"}
        for origin in sorted(deniers):
            yield Vote(origin, object_, _DENIED)
