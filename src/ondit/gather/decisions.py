"""What analysts decided about happenings: claims that belong together, claims that do not."""

from collections.abc import Iterable, Mapping, Sequence

from ondit.gather.clustering import Wishes
from ondit.model import Decision, DecisionKind, holding


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The merges and splits that no later decision took back, in the order they were taken."""
    return [d for d in holding(decisions) if d.kind in (DecisionKind.MERGE, DecisionKind.SPLIT)]


def wishes(decisions: Sequence[Decision], home: Mapping[str, str]) -> Wishes:
    """Merges and splits of claims as wishes about tellings; `home` is the telling of each claim. The later decision wins."""
    together: list[tuple[str, ...]] = []
    apart: dict[str, set[str]] = {}
    for decision in decisions:
        nodes = sorted({home[claim] for claim in decision.targets if claim in home})
        if decision.kind is DecisionKind.MERGE:
            together.append(tuple(nodes))
            for node in nodes:
                apart.setdefault(node, set()).difference_update(nodes)
        else:
            together = [kept for group in together for kept in _cut(group, nodes)]
            for node in nodes:
                apart.setdefault(node, set()).update(n for n in nodes if n != node)
    return Wishes(tuple(g for g in together if len(g) > 1), {n: frozenset(o) for n, o in apart.items() if o})


def _cut(group: tuple[str, ...], nodes: Sequence[str]) -> list[tuple[str, ...]]:
    """A group that was joined, after a split that names several of its tellings: the first keeps the rest."""
    named = [n for n in nodes if n in group]
    if len(named) < 2:
        return [group]
    return [tuple(n for n in group if n not in named[1:])]
