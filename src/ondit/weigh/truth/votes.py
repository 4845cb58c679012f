"""The claims graph: votes of sources for values of objects, with how much of a voice of its own each has."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

Beliefs = Mapping[
    str, Mapping[str, float]
]  # object → value → belief; values in the order in which they were first claimed


@dataclass(frozen=True, slots=True)
class Vote:
    """One source's claim that an object has a value; `weight` is 1 for a voice of its own, less for one that repeats or has no name."""

    source: str
    object: str
    value: str
    weight: float = 1.0


def weigh_repeats(
    votes: Iterable[Vote],
    *,
    repeated: float = 0.1,
    unnamed: float = 0.5,
    is_unnamed: Callable[[str], bool] = lambda _: False,
) -> list[Vote]:
    """The votes with what each adds: who repeats the value that stood last, and who has no name, adds less.

    The order of votes about one object is the order in which they were made. The default shares were fixed on half of a public set
    (docs/explanation/weighing.md) and scored on the other half.
    """
    standing: dict[str, str] = {}
    found = []
    for vote in votes:
        weight = vote.weight * (unnamed if is_unnamed(vote.source) else 1.0)
        if standing.get(vote.object) == vote.value:
            weight *= repeated
        standing[vote.object] = vote.value
        found.append(replace(vote, weight=weight))
    return found


@dataclass(frozen=True, slots=True)
class Graph:
    """Votes by number: for each claim (an object with a value) who makes it with which weight, and the claims of each object.

    `times` says for how many objects of the same votes an object stands: what is told in one way a thousand times is worked out once.
    """

    claims: Sequence[tuple[str, str]]
    makers: Sequence[Sequence[tuple[int, float]]]
    by_object: Mapping[str, Sequence[int]]
    sources: int
    totals: Sequence[float]  # sum of the weights of each source
    times: Mapping[str, int]


def graph_of(votes: Iterable[Vote], times: Mapping[str, int] | None = None) -> Graph:
    """The graph of some votes; of a source's several votes for one claim the weightiest counts. An object stands for one unless `times` says more."""
    sources: dict[str, int] = {}
    weights: dict[tuple[str, str], dict[int, float]] = {}
    for vote in votes:
        number = sources.setdefault(vote.source, len(sources))
        made = weights.setdefault((vote.object, vote.value), {})
        made[number] = max(made.get(number, 0.0), vote.weight)
    by_object: dict[str, list[int]] = {}
    totals = [0.0] * len(sources)
    for number, ((object_, _), made) in enumerate(weights.items()):
        by_object.setdefault(object_, []).append(number)
        for source, weight in made.items():
            totals[source] += weight * (times or {}).get(object_, 1)
    makers = [list(made.items()) for made in weights.values()]
    return Graph(list(weights), makers, by_object, len(sources), totals, times or dict.fromkeys(by_object, 1))


def majority(votes: Iterable[Vote]) -> Beliefs:
    """How much each value is claimed, for comparison: the share of the weights."""
    graph = graph_of(votes)
    return beliefs_of(graph, [sum(weight for _, weight in made) for made in graph.makers])


def beliefs_of(graph: Graph, belief: Sequence[float]) -> dict[str, dict[str, float]]:
    """Beliefs in claims as shares among the values of each object."""
    found: dict[str, dict[str, float]] = {}
    for object_, claims in graph.by_object.items():
        total = sum(belief[c] for c in claims)
        found[object_] = {graph.claims[c][1]: belief[c] / total if total > 0 else 1 / len(claims) for c in claims}
    return found


def believed(beliefs: Beliefs) -> dict[str, str]:
    """The value of each object that is believed most; of several the one claimed first."""
    return {object_: max(values, key=values.__getitem__) for object_, values in beliefs.items()}
