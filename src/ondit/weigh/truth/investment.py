"""Investment and PooledInvestment (Pasternack & Roth, COLING 2010): sources invest their trust in their claims and earn by their success."""

from collections.abc import Iterable, Sequence

from ondit.weigh.truth.votes import Beliefs, Graph, Vote, beliefs_of, graph_of

GROWTH = 1.2  # the exponent of the paper
POOLED_GROWTH = 1.4
ROUNDS = 10


def investment(votes: Iterable[Vote], *, growth: float = GROWTH, rounds: int = ROUNDS) -> Beliefs:
    """Beliefs after some rounds of Investment; a source spreads its trust over its claims in proportion to the weights of its votes."""
    return investment_of(graph_of(votes), growth=growth, rounds=rounds)


def investment_of(graph: Graph, *, growth: float = GROWTH, rounds: int = ROUNDS) -> Beliefs:
    """The same for a graph of votes."""
    return _run(graph, growth, rounds, pooled=False)


def pooled_investment(votes: Iterable[Vote], *, growth: float = POOLED_GROWTH, rounds: int = ROUNDS) -> Beliefs:
    """Beliefs after some rounds of PooledInvestment, in which the values of one object share what was invested in all of them."""
    return pooled_investment_of(graph_of(votes), growth=growth, rounds=rounds)


def pooled_investment_of(graph: Graph, *, growth: float = POOLED_GROWTH, rounds: int = ROUNDS) -> Beliefs:
    """The same for a graph of votes."""
    return _run(graph, growth, rounds, pooled=True)


def _run(graph: Graph, growth: float, rounds: int, *, pooled: bool) -> Beliefs:
    belief = _first_beliefs(graph)
    trust = [1.0] * graph.sources
    invested = [_invested(graph, made, trust) for made in graph.makers]
    for _ in range(rounds):
        trust = _earned(graph, belief, trust, invested)
        invested = [_invested(graph, made, trust) for made in graph.makers]
        belief = _pool(graph, invested, growth) if pooled else [h**growth for h in invested]
    return beliefs_of(graph, belief)


def _first_beliefs(graph: Graph) -> list[float]:
    """The share of the votes (the prior of voting)."""
    sums = [sum(weight for _, weight in made) for made in graph.makers]
    belief = [0.0] * len(sums)
    for claims in graph.by_object.values():
        total = sum(sums[c] for c in claims)
        for c in claims:
            belief[c] = sums[c] / total if total > 0 else 0.0
    return belief


def _invested(graph: Graph, made: Sequence[tuple[int, float]], trust: Sequence[float]) -> float:
    return sum(trust[s] * weight / graph.totals[s] for s, weight in made if graph.totals[s] > 0)


def _earned(graph: Graph, belief: Sequence[float], trust: Sequence[float], invested: Sequence[float]) -> list[float]:
    """What each source gets back: of each claim's belief the share that it invested in it."""
    earned = [0.0] * graph.sources
    for (object_, _), made, believed, all_ in zip(graph.claims, graph.makers, belief, invested, strict=True):
        if all_ > 0:
            won = graph.times[object_] * believed
            for source, weight in made:
                if graph.totals[source] > 0:
                    earned[source] += won * trust[source] * weight / graph.totals[source] / all_
    return earned


def _pool(graph: Graph, invested: Sequence[float], growth: float) -> list[float]:
    belief = [0.0] * len(invested)
    for claims in graph.by_object.values():
        total = sum(invested[c] ** growth for c in claims)
        for c in claims:
            belief[c] = invested[c] * invested[c] ** growth / total if total > 0 else 0.0
    return belief
