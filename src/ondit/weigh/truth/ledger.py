"""The claims graph of a ledger: origins vote for the values of the fields of happenings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


Ballot = tuple[tuple[str, str, str | None], ...]
"""The votes of a happening: a field, an origin and the value that it tells; no value marks a field on which an opinion is wanted."""


def ballot_of(event: Event) -> Ballot:
    """One vote for each origin and value of what more than one origin tells; who denies a value votes against it."""
    wanted = ((account.field, "", None) for account in event.fields if account.status in _OPEN)
    return (*_votes(event), *wanted)


def second_opinions(events: Iterable[Event]) -> list[Event]:
    """The happenings with what each method believes of every field that is contested or changed.

    Runs over all weighed happenings of a ledger at once, because it learns from all of them whom to believe.
    """
    events = list(events)
    found = opinions_on({event.id: ballot for event in events if (ballot := ballot_of(event))})
    return [replace(event, opinions=found.get(event.id, ())) for event in events]


def opinions_on(ballots: Mapping[str, Ballot]) -> dict[str, tuple[Opinion, ...]]:
    """What each method believes, by happening; the same whatever the order of the ballots."""
    votes: list[Vote] = []
    asked: set[str] = set()
    for event in sorted(ballots):
        for field, origin, value in ballots[event]:
            if value is not None:
                votes.append(Vote(origin, f"{event} {field}", value))
            else:
                asked.add(f"{event} {field}")
    found: dict[str, list[Opinion]] = {}
    for method, run in _METHODS.items() if asked else ():
        beliefs = run(votes)
        for object_, value in believed(beliefs).items():
            event, _, field = object_.partition(" ")
            if object_ in asked and len(beliefs[object_]) > 1:
                believes = round(beliefs[object_][value], _DIGITS)
                found.setdefault(event, []).append(Opinion(method, field, value, believes))
    return {event: tuple(sorted(opinions, key=lambda o: o.field)) for event, opinions in found.items()}


def _votes(event: Event) -> Iterator[tuple[str, str, str]]:
    for account in event.fields:
        if account.status is FieldStatus.SINGLE:
            continue
        for value in account.values:
            for origin in dict.fromkeys(a.origin or a.voice for a in value.supporters):
                yield account.field, origin, value.value
        deniers = {a.origin or a.voice for v in account.values for a in v.dissenters if a.stance == "denies"}
        for origin in sorted(deniers):
            yield account.field, origin, _DENIED
