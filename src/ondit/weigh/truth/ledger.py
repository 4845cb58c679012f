"""The claims graph of a ledger: origins vote for the values of the fields of happenings."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from ondit.model import Event, FieldStatus, Opinion
from ondit.weigh.truth.accu import accu_of
from ondit.weigh.truth.investment import investment_of, pooled_investment_of
from ondit.weigh.truth.votes import Beliefs, Graph, Vote, believed, graph_of

_METHODS: Mapping[str, Callable[[Graph], Beliefs]] = {
    "Investment": investment_of,
    "PooledInvestment": pooled_investment_of,
    "Accu": accu_of,
}
_Shape = tuple[tuple[str, ...], ...]  # of a field: for each value in order who tells it
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
    stands: dict[_Shape, str] = {}  # of the fields with the same votes the first, which stands for all
    times: Counter[str] = Counter()
    asked: list[tuple[str, str, str, tuple[str, ...]]] = []
    for event in sorted(ballots):
        wanted: set[str] = set()
        told: dict[str, dict[str, list[str]]] = {}
        for field, origin, value in ballots[event]:
            if value is None:
                wanted.add(field)
            else:
                told.setdefault(field, {}).setdefault(value, []).append(origin)
        for field, values in told.items():
            first = stands.setdefault(tuple(map(tuple, values.values())), f"{event} {field}")
            times[first] += 1
            if field in wanted and len(values) > 1:
                asked.append((event, field, first, tuple(values)))
    if not asked:
        return {}
    votes = (
        Vote(origin, o, str(n)) for shape, o in stands.items() for n, origins in enumerate(shape) for origin in origins
    )
    graph = graph_of(votes, times)
    found: dict[str, list[Opinion]] = {}
    for method, run in _METHODS.items():
        beliefs = run(graph)
        values_believed = believed(beliefs)
        for event, field, first, named in asked:
            value = values_believed[first]
            believes = round(beliefs[first][value], _DIGITS)
            found.setdefault(event, []).append(Opinion(method, field, named[int(value)], believes))
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
