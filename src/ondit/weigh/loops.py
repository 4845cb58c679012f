"""Strongly connected components: groups of voices in which everybody reaches everybody (Tarjan 1972), without recursion."""

from collections.abc import Iterator, Mapping


def components(edges: Mapping[str, Mapping[str, None]]) -> list[list[str]]:
    """The components of a graph in the order of their first node; one that is larger than one node is a loop."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: dict[str, None] = {}
    found: list[list[str]] = []
    for start in edges:
        if start in index:
            continue
        stack: list[tuple[str, Iterator[str]]] = [_enter(start, edges, index, low, open_)]
        while stack:
            node, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == index[node]:
                    found.append(_close(node, open_))
            elif step not in index:
                stack.append(_enter(step, edges, index, low, open_))
            elif step in open_:
                low[node] = min(low[node], index[step])
    position = {node: n for n, node in enumerate(edges)}
    ordered = [sorted(group, key=position.__getitem__) for group in found]
    return sorted(ordered, key=lambda group: position[group[0]])


def _enter(
    node: str,
    edges: Mapping[str, Mapping[str, None]],
    index: dict[str, int],
    low: dict[str, int],
    open_: dict[str, None],
) -> tuple[str, Iterator[str]]:
    index[node] = low[node] = len(index)
    open_[node] = None
    return node, iter(edges[node])


def _close(node: str, open_: dict[str, None]) -> list[str]:
    group = []
    while True:
        last, _ = open_.popitem()
        group.append(last)
        if last == node:
            return group
