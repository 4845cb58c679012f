"""Accu (Dong, Berti-Équille & Srivastava, VLDB 2009): a Bayesian estimate of how accurate each source is and of what is true.

Votes are discounted for dependence as AccuCopy does it; who depends on whom is not guessed from shared mistakes, it is known (the votes' weights).
"""

import math
from collections.abc import Iterable, Sequence

from ondit.weigh.truth.votes import Beliefs, Graph, Vote, beliefs_of, graph_of

FALSE_VALUES = 10  # wrong values there are of each object, all equally likely
ROUNDS = 15
_PRIOR_RIGHT, _PRIOR_WRONG = 2.0, 2.0  # what is thought of a source before its first claim (a beta distribution)
_SUREST = 0.99


def accu(votes: Iterable[Vote], *, false_values: int = FALSE_VALUES, rounds: int = ROUNDS) -> Beliefs:
    """The probability of each value after some rounds."""
    return accu_of(graph_of(votes), false_values=false_values, rounds=rounds)


def accu_of(graph: Graph, *, false_values: int = FALSE_VALUES, rounds: int = ROUNDS) -> Beliefs:
    """The same for a graph of votes."""
    accuracy = [0.8] * graph.sources
    belief = [0.0] * len(graph.claims)
    for _ in range(rounds):
        belief = _probabilities(graph, accuracy, false_values)
        accuracy = _accuracies(graph, belief)
    return beliefs_of(graph, belief)


def _probabilities(graph: Graph, accuracy: Sequence[float], false_values: int) -> list[float]:
    score = [math.log(false_values * a / (1 - a)) for a in accuracy]
    belief = [0.0] * len(graph.claims)
    for claims in graph.by_object.values():
        if len(claims) == 1:
            belief[claims[0]] = 1.0
            continue
        sums = [sum(weight * score[s] for s, weight in graph.makers[c]) for c in claims]
        top = max(sums)
        odds = [math.exp(x - top) for x in sums]
        for c, odd in zip(claims, odds, strict=True):
            belief[c] = odd / sum(odds)
    return belief


def _accuracies(graph: Graph, belief: Sequence[float]) -> list[float]:
    """The share of right claims of each source; objects with one value only say nothing about it."""
    right = [_PRIOR_RIGHT] * graph.sources
    all_ = [_PRIOR_RIGHT + _PRIOR_WRONG] * graph.sources
    for object_, claims in graph.by_object.items():
        if len(claims) > 1:
            times = graph.times[object_]
            for c in claims:
                for source, weight in graph.makers[c]:
                    right[source] += times * weight * belief[c]
                    all_[source] += times * weight
    return [min(_SUREST, r / n) for r, n in zip(right, all_, strict=True)]
