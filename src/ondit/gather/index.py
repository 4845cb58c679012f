"""Who stands under which keys, and who meets whom there: all that is compared shares a key.

A key that too many share says nothing and is *crowded*: nobody meets there. Who comes or goes may make a key crowded, or useful again; what that changes for
others is worked out with it, so that the pairs are those of indexing everything at once.
"""

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Generic, TypeVar

from ondit.codec import pack
from ondit.gather.notes import Drawer, Notes, Written

_BUCKETS = 0xFFF  # keys are noted by buckets of some thousand: as many rows at most, and few of them for a new report
_AT_ONCE = 300  # newcomers compared before the next ones are fetched
_Found = TypeVar("_Found")
Keys = Collection[int]


class Index:
    """Nodes by key. `wide` keys have 64 bits, others 32; a node that is noted is a letter and 16 hex digits, as the ids of records are."""

    def __init__(self, kind: str, letter: str, *, wide: bool, notes: Notes | None = None) -> None:
        self._members: dict[int, str | list[str]] = {}
        self._kind, self._letter, self._shift = kind, letter, 32 if wide else 0
        self._kept = notes is not None
        self._buckets = Drawer(kind, bytes, notes)
        self._known: set[int] = set()  # keys that were looked up
        self._changed: set[int] = set()

    def __len__(self) -> int:
        return len(self._members)

    def fetch(self, keys: Iterable[int]) -> None:
        """Bring keys to hand, many at once."""
        if not self._kept:
            return
        wanted = set(keys) - self._known
        self._known |= wanted
        by_bucket = self._by_bucket(wanted)
        self._buckets.fetch(map(_name, by_bucket))
        for bucket, inside in by_bucket.items():
            noted = self._buckets.get(_name(bucket))
            if noted is not None:
                numbers, nodes = _unfolded(noted)
                for key in inside:
                    self._look_up(key, numbers, nodes)

    def _look_up(self, key: int, numbers: "array[int]", nodes: "array[int]") -> None:
        at, found = bisect_left(numbers, key), []
        while at < len(numbers) and numbers[at] == key:
            found.append(f"{self._letter}{nodes[at]:016x}")
            at += 1
        if found:
            self._members[key] = found if len(found) > 1 else found[0]

    def members(self, key: int) -> Collection[str]:
        """Who stands under a key that was fetched."""
        there = self._members.get(key, ())
        return (there,) if isinstance(there, str) else there

    def companies(self, keys: Keys, largest: int) -> list[list[str]]:
        """Who stands under each of these keys that were fetched, where they are several and not more than `largest`."""
        members = self._members
        return [there for key in keys if isinstance(there := members.get(key), list) and len(there) <= largest]

    def put(self, key: int, node: str) -> None:
        """Put a node under a key."""
        there = self._members.setdefault(key, node)
        if isinstance(there, list):
            there.append(node)
        elif there is not node:
            self._members[key] = [there, node]
        if self._kept:
            self._changed.add(key)

    def drop(self, key: int, node: str) -> None:
        """Take a node away from a key."""
        left = [other for other in self.members(key) if other != node]
        if left:
            self._members[key] = left if len(left) > 1 else left[0]
        else:
            self._members.pop(key, None)
        if self._kept:
            self._changed.add(key)

    def _by_bucket(self, keys: Iterable[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for key in keys:
            found[key >> self._shift & _BUCKETS].append(key)
        return found

    def written(self) -> Written:
        """The buckets that are otherwise than they were kept; all of them where nothing was kept."""
        return self._kind, self._folded()

    def _folded(self) -> Iterator[tuple[str, bytes | None]]:
        changed = self._by_bucket(self._changed if self._kept else self._members)
        for bucket in sorted(changed):
            keys, nodes, done = array("Q"), array("Q"), 0
            noted = self._buckets.get(_name(bucket)) if self._kept else None
            old_keys, old_nodes = _unfolded(noted or b"")
            for key in sorted(changed[bucket]):
                start, stop = bisect_left(old_keys, key, done), bisect_right(old_keys, key, done)
                now = sorted(int(node[1:], 16) for node in self.members(key))
                keys += old_keys[done:start] + array("Q", [key]) * len(now)
                nodes += old_nodes[done:start] + array("Q", now)
                done = stop
            keys += old_keys[done:]
            nodes += old_nodes[done:]
            yield _name(bucket), pack(_little(keys) + _little(nodes)) if keys else None


def _name(bucket: int) -> str:
    return f"{bucket:03x}"


def _unfolded(noted: bytes) -> tuple["array[int]", "array[int]"]:
    half = len(noted) // 2
    numbers, nodes = array("Q", noted[:half]), array("Q", noted[half:])
    if sys.byteorder == "big":
        numbers.byteswap()
        nodes.byteswap()
    return numbers, nodes


def _little(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


@dataclass(frozen=True)
class Meeting(Generic[_Found]):
    """How nodes of one kind meet.

    `keys_of` are those of a node, `compare` says what a node has in common with others that share so many keys with it (those with nothing in common are
    left out), `fetch` brings nodes to hand. Where the number of shared keys does not matter it is not `counted`, and always 1. `binds` says whether it concerns one of two when the
    other goes, `told` hears how many newcomers of how many were compared.
    """

    index: Index
    pairs: Drawer[dict[str, _Found]]
    largest: int
    counted: bool
    keys_of: Callable[[str], Keys]
    compare: Callable[[str, Mapping[str, int]], Iterable[tuple[str, _Found]]]
    fetch: Callable[[Collection[str]], None]
    binds: Callable[[_Found], bool]
    told: Callable[[int, int], None] = lambda _done, _of: None

    def change(self, added: Mapping[str, Keys], gone: Mapping[str, Keys]) -> set[str]:
        """Some come, others go; gives whom it concerns besides those that went."""
        self.index.fetch(key for keys in (*added.values(), *gone.values()) for key in keys)
        before = self._enter(added, gone)
        stirred = self._part(gone)
        stirred |= self._again(before, added)
        self._greet(added)
        return stirred.union(added)

    def _enter(self, added: Mapping[str, Keys], gone: Mapping[str, Keys]) -> dict[int, int]:
        """Change the index; gives how many stood before under each key that had somebody."""
        index = self.index
        before: dict[int, int] = {}
        for node, keys in gone.items():
            for key in keys:
                before.setdefault(key, len(index.members(key)))
                index.drop(key, node)
        if index:
            for keys in added.values():
                for key in keys:
                    if size := len(index.members(key)):
                        before.setdefault(key, size)
        for node, keys in added.items():
            for key in keys:
                index.put(key, node)
        return before

    def _part(self, gone: Iterable[str]) -> set[str]:
        left: set[str] = set()
        for node in gone:
            for other, found in (self.pairs.get(node) or {}).items():
                self._put(other, node, None)
                if self.binds(found):
                    left.add(other)
            self.pairs.drop(node)
        return left.difference(gone)

    def _again(self, before: Mapping[int, int], added: Mapping[str, Keys]) -> set[str]:
        """Looks again at those who stood where it is crowded now, or is not any more."""
        doubtful: set[tuple[str, str]] = set()
        for key, size in before.items():
            members = self.index.members(key)
            was, now = size <= self.largest, len(members) <= self.largest
            if was == now:
                continue
            old = sorted(m for m in members if m not in added)
            if now:
                doubtful.update(combinations(old, 2))
            else:
                there = set(old)
                self.pairs.fetch(old)
                doubtful.update((a, b) for a in old for b in self.pairs.get(a) or () if a < b and b in there)
        nodes = {node for pair in doubtful for node in pair}
        self.fetch(nodes)
        keys = {node: self.keys_of(node) for node in nodes}
        self.index.fetch(key for own in keys.values() for key in own)
        live = {
            node: {key for key in own if len(self.index.members(key)) <= self.largest} for node, own in keys.items()
        }
        self.pairs.fetch(nodes)
        stirred: set[str] = set()
        for a, b in doubtful:
            shared = len(live[a] & live[b])
            known = (self.pairs.get(a) or {}).get(b)
            found = self._compare_again(a, b, shared, known)
            if found != known:
                self._put(a, b, found)
                self._put(b, a, found)
                stirred |= {a, b}
        return stirred

    def _compare_again(self, a: str, b: str, shared: int, known: _Found | None) -> _Found | None:
        if not shared:
            return None
        if known is not None and not self.counted:
            return known
        return next((found for _, found in self.compare(a, {b: shared if self.counted else 1})), None)

    def _put(self, node: str, other: str, found: _Found | None) -> None:
        pairs = {n: f for n, f in (self.pairs.get(node) or {}).items() if n != other}
        self.pairs.put(node, pairs if found is None else {**pairs, other: found})

    def _greet(self, added: Mapping[str, Keys]) -> None:
        """Compares newcomers with everybody they meet."""
        found: dict[str, dict[str, _Found]] = defaultdict(dict)
        nodes = sorted(added)
        greeted: set[str] = set()
        for start in range(0, len(nodes), _AT_ONCE):
            self.told(start, len(nodes))
            met: dict[str, Mapping[str, int]] = {}
            for node in nodes[start : start + _AT_ONCE]:
                greeted.add(node)
                met[node] = self._met(added[node], greeted)
            self.fetch({other for beside in met.values() for other in beside})
            for node, beside in met.items():
                for other, same in self.compare(node, beside):
                    found[node][other] = found[other][node] = same
        self.pairs.fetch(found)
        for node, fresh in found.items():
            self.pairs.put(node, {**(self.pairs.get(node) or {}), **fresh})

    def _met(self, keys: Keys, greeted: AbstractSet[str]) -> Mapping[str, int]:
        """Whom a newcomer with these keys meets, and under how many of them; those who have `greeted` it, and itself, are left out."""
        there = self.index.companies(keys, self.largest)
        if not self.counted:
            return dict.fromkeys(set().union(*there) - greeted, 1)
        beside = Counter(chain.from_iterable(there))
        return {other: shared for other, shared in beside.items() if other not in greeted}
