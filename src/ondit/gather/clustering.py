"""From pairs that are alike to groups: average linkage inside each connected part, the same whatever the order of arrival."""

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

_SMALL = 2  # members of a group that its likest pair may bring to another


class Pairs(Protocol):
    """The likeness of a and b, 0 to 1, under a and under b."""

    def get(self, node: str, /) -> Mapping[str, float] | None:
        """Who is how much like a node, if anybody is."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What analysts decided: sets that belong together, and pairs that never do (both ways round)."""

    together: tuple[tuple[str, ...], ...] = ()
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)


def connected(nodes: Iterable[str], pairs: Pairs, link: float, wishes: Wishes = Wishes()) -> Iterator[list[str]]:
    """The parts that hang together by pairs of a likeness from `link` on, each sorted: what is in different parts never meets."""
    bound: dict[str, list[str]] = {}
    for group in wishes.together:
        for node in group:
            bound.setdefault(node, []).extend(group)
    seen: set[str] = set()
    for start in nodes:
        if start in seen:
            continue
        part, todo = [], [start]
        seen.add(start)
        while todo:
            node = todo.pop()
            part.append(node)
            linked = (other for other, likeness in (pairs.get(node) or {}).items() if likeness >= link)
            for other in (*linked, *bound.get(node, ())):
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
        yield sorted(part)


def cluster(
    part: Collection[str],
    pairs: Pairs,
    threshold: float,
    wishes: Wishes = Wishes(),
    *,
    against: Iterable[tuple[str, str, float]] = (),
    nearest: float = 0.0,
) -> list[tuple[str, ...]]:
    """Groups of a connected part: the two with the highest mean likeness are joined until none reaches `threshold`.

    A pair that was never compared counts as 0. `against` are pairs that speak against being joined, with a likeness below 0. `nearest` is the
    share that the likest pair has in the likeness of two groups beside the mean, when one of them is small: with one, a telling that says little joins
    by the one telling that it resembles. Between large groups some pair is always alike by chance, and only the mean counts. Ties go to the group with the smaller first id, so that order never matters.
    """
    groups = _Groups(part, pairs, threshold, wishes.apart, nearest)
    groups.tell_apart(against)
    groups.join()
    # Last, so that whole happenings are joined, not two tellings that then no longer resemble the others.
    for group in wishes.together:
        groups.bind([node for node in group if node in groups.home])
    return sorted(tuple(sorted(members)) for members in groups.members.values())


class _Groups:
    """Groups under way, each named by its smallest member; `sums` are the summed likenesses between two groups."""

    def __init__(
        self,
        part: Collection[str],
        pairs: Pairs,
        threshold: float,
        apart: Mapping[str, Collection[str]],
        nearest: float,
    ) -> None:
        self.members = {node: [node] for node in part}
        self.home = {node: node for node in part}
        self.sums = {node: {o: s for o, s in (pairs.get(node) or {}).items() if o in self.members} for node in part}
        self._apart = {node: set(apart.get(node, ())) & self.members.keys() for node in part}
        self._threshold = threshold
        self._nearest = nearest
        self._best = {node: dict(own) for node, own in self.sums.items()} if nearest else {}

    def tell_apart(self, against: Iterable[tuple[str, str, float]]) -> None:
        """These pairs speak against being joined."""
        for a, b, likeness in against:
            self.sums[a][b] = self.sums[b][a] = likeness

    def bind(self, nodes: Collection[str]) -> None:
        """Join what an analyst joined, unless another decision keeps it apart."""
        for node in sorted(nodes)[1:]:
            a, b = self.home[min(nodes)], self.home[node]
            if a != b and b not in self._apart[a]:
                self._merge(a, b)

    def join(self) -> None:
        heap = [(-self._mean(a, b), a, b) for a in self.sums for b in self.sums[a] if a < b and self._fits(a, b)]
        heapq.heapify(heap)
        while heap:
            mean, a, b = heapq.heappop(heap)
            if a not in self.members or b not in self.members or b not in self.sums[a] or -mean != self._mean(a, b):
                continue  # one of them has been joined since
            kept = self._merge(a, b)
            for other in self.sums[kept]:
                if self._fits(kept, other):
                    heapq.heappush(heap, (-self._mean(kept, other), min(kept, other), max(kept, other)))

    def _fits(self, a: str, b: str) -> bool:
        return b not in self._apart[a] and self._mean(a, b) >= self._threshold

    def _mean(self, a: str, b: str) -> float:
        one, other = len(self.members[a]), len(self.members[b])
        mean = self.sums[a][b] / (one * other)
        if not self._nearest or (one > _SMALL and other > _SMALL):
            return mean
        return (1 - self._nearest) * mean + self._nearest * self._best[a].get(b, 0.0)

    def _merge(self, a: str, b: str) -> str:
        kept, gone = min(a, b), max(a, b)
        self.members[kept] += self.members.pop(gone)
        for node in self.members[kept]:
            self.home[node] = kept
        sums = self.sums[kept]
        for other, value in self.sums.pop(gone).items():
            del self.sums[other][gone]
            if other != kept:
                sums[other] = self.sums[other][kept] = sums.get(other, 0.0) + value
        if self._nearest:
            best = self._best[kept]
            for other, value in self._best.pop(gone).items():
                del self._best[other][gone]
                if other != kept:
                    best[other] = self._best[other][kept] = max(best.get(other, 0.0), value)
        for other in self._apart.pop(gone):
            self._apart[other].discard(gone)
            self._apart[other].add(kept)
            self._apart[kept].add(other)
        return kept
