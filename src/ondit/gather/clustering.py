"""From pairs that are alike to groups: average linkage inside each connected part, the same whatever the order of arrival."""

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

_SMALL = 2  # members of a group that its likest pair may bring to another
_NOTHING = 0.0, 0.0


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
    """Groups under way, each named by its smallest member; `between` are the summed likenesses of two groups, and that of their likest pair."""

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
        self._between = {
            node: {o: (s, s) for o, s in (pairs.get(node) or {}).items() if o in self.members} for node in part
        }
        self._apart = {node: set(apart.get(node, ())) & self.members.keys() for node in part}
        self._threshold = threshold
        self._nearest = nearest

    def tell_apart(self, against: Iterable[tuple[str, str, float]]) -> None:
        """These pairs speak against being joined."""
        for a, b, likeness in against:
            _, best = self._between[a].get(b, _NOTHING)
            self._between[a][b] = self._between[b][a] = likeness, best

    def bind(self, nodes: Collection[str]) -> None:
        """Join what an analyst joined, unless another decision keeps it apart."""
        for node in sorted(nodes)[1:]:
            a, b = self.home[min(nodes)], self.home[node]
            if a != b and b not in self._apart[a]:
                self._merge(a, b)

    def join(self) -> None:
        # With each pair how many they were: groups only grow, so that a pair is as it was when they are as many.
        heap = [pair for a in self._between for pair in self._fitting(a) if pair[1] == a]
        heapq.heapify(heap)
        members = self.members
        while heap:
            _, a, b, many = heapq.heappop(heap)
            if a in members and b in members and len(members[a]) + len(members[b]) == many:
                for pair in self._fitting(self._merge(a, b)):
                    heapq.heappush(heap, pair)

    def _fitting(self, a: str) -> Iterator[tuple[float, str, str, int]]:
        """The groups that may be joined with one: their likeness below 0, so that the likest come first, both names, and how many they are together."""
        members, apart, nearest, threshold = self.members, self._apart[a], self._nearest, self._threshold
        one = len(members[a])
        for b, (total, best) in self._between[a].items():
            other = len(members[b])
            likeness = total / (one * other)
            if nearest and (one <= _SMALL or other <= _SMALL):
                likeness = (1 - nearest) * likeness + nearest * best
            if likeness >= threshold and b not in apart:
                yield (-likeness, a, b, one + other) if a < b else (-likeness, b, a, one + other)

    def _merge(self, a: str, b: str) -> str:
        kept, gone = min(a, b), max(a, b)
        came = self.members.pop(gone)
        self.members[kept] += came
        self.home.update(dict.fromkeys(came, kept))
        between = self._between
        own = between[kept]
        for other, (total, best) in between.pop(gone).items():
            theirs = between[other]
            del theirs[gone]
            if other != kept:
                so_far, likest = own.get(other, _NOTHING)
                own[other] = theirs[kept] = so_far + total, max(likest, best)
        for other in self._apart.pop(gone):
            self._apart[other].discard(gone)
            self._apart[other].add(kept)
            self._apart[kept].add(other)
        return kept
