"""Tellings → happenings, whole or as some come and others go: the same happenings either way, whatever the order."""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import combinations

from ondit.gather import blocking
from ondit.gather.clustering import Pairs, Wishes, cluster, connected
from ondit.gather.comparing import score, told_apart
from ondit.gather.decisions import standing, wishes
from ondit.gather.doubting import in_doubt
from ondit.gather.events import event_of
from ondit.gather.index import Index, Meeting
from ondit.gather.notes import Drawer, Notes, Written
from ondit.gather.traits import Traits
from ondit.model import Decision, Event

LINK = 0.5  # likeness from which two tellings are linked
_WORTH = 0.02  # less likely pairs are not remembered: in a mean they count as 0
_JOIN = 0.45  # likeness from which two groups are one happening
_NEAREST = 0.25  # share of the likest pair in the likeness of two groups
_NO_WISHES = Wishes()


class Gathering:
    """Tellings and how they are alike. `groups` are the happenings that were made or looked at again, ids of tellings by the first of them."""

    def __init__(self, notes: Notes | None = None) -> None:
        self.traits: Drawer[Traits] = Drawer("telling", Traits, notes)
        self.pairs: Drawer[dict[str, float]] = Drawer("alike", dict[str, float], notes)
        self._of_report: Drawer[tuple[str, ...]] = Drawer("tellings", tuple[str, ...], notes)
        self._index = Index("block", "e", wide=True, notes=notes)
        self.groups: dict[str, tuple[str, ...]] = {}

    def tellings_of(self, reports: Iterable[str]) -> list[str]:
        """The tellings of these reports."""
        reports = list(reports)
        self._of_report.fetch(reports)
        return [node for report in reports for node in self._of_report.get(report) or ()]

    def change(
        self,
        new: Mapping[str, Sequence[Traits]],
        gone: Collection[str] = (),
        *,
        stir: Collection[str] = (),
        decisions: Sequence[Decision] = (),
        before: Sequence[Decision] = (),
        told: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> set[str]:
        """Tellings of reports come, in the place of those that the reports had; other reports go.

        Gives a claim of each telling that was grouped again or went: the happenings in which these claims were may be otherwise. `stir` are
        reports whose happenings are wanted in any case, `decisions` all that were taken, `before` those that were known the last
        time; `told` hears how far it is.
        """
        old = self.tellings_of({*new, *gone})
        fresh = {t.id: t for tellings in new.values() for t in tellings}
        self.traits.fetch((*old, *fresh))
        left = {node: self.traits[node] for node in old if self.traits.get(node) != fresh.get(node)}
        added = {node: t for node, t in fresh.items() if self.traits.get(node) != t}
        was_keyed = {node: _keys(t) for node, t in left.items()}
        for node, traits in added.items():
            self.traits.put(node, traits)
        told_by = self.traits.at_hand()
        meeting: Meeting[float] = Meeting(
            self._index,
            self.pairs,
            blocking.LARGEST,
            counted=False,
            keys_of=self._keys_of,
            compare=lambda node, met: likenesses(told_by[node], [told_by[other] for other in met]),
            fetch=self.traits.fetch,
            binds=lambda alike: alike >= LINK,
            told=told,
        )
        stirred = meeting.change({node: _keys(t) for node, t in added.items()}, was_keyed)
        for node in left.keys() - added.keys():
            self.traits.drop(node)
        for report in gone:
            self._of_report.drop(report)
        for report, tellings in new.items():
            self._of_report.put(report, tuple(t.id for t in tellings))
        lost = {claim for traits in left.values() for claim in traits.claims}
        held, wished = self._wishes(decisions, before, lost)
        stirred |= held.union(self.tellings_of(stir))
        for node in left:
            self.groups.pop(node, None)
        regrouped = self._regroup({node for node in stirred if node in self.traits}, wished)
        grouped = (*left.values(), *(self.traits[node] for node in regrouped))
        return {claim for traits in grouped for claim in traits.claims[:1]}

    def events(self) -> Iterator[Event]:
        """The happenings of `groups`, in no order."""
        return (event_of(group, self.traits, self.pairs) for group in self.groups.values())

    def written(self) -> list[Written]:
        """What is to be noted."""
        return [drawer.written() for drawer in (self.traits, self.pairs, self._of_report, self._index)]

    def _keys_of(self, node: str) -> Collection[int]:
        return _keys(self.traits[node])

    def _wishes(
        self, decisions: Sequence[Decision], before: Sequence[Decision], lost: AbstractSet[str]
    ) -> tuple[set[str], Wishes]:
        """The tellings that decisions newly hold together or apart, or no longer do, and what is decided now; claims that are `lost` are held no longer."""
        now, then = standing(decisions), standing(before)
        every = [*now, *(d for d in then if d not in now)]
        if not every:
            return set(), Wishes()
        named = {claim for d in every for claim in d.targets}
        self.traits.fetch(self.tellings_of({f.report_id for d in every for f in d.footings}))
        home = {claim: t.id for t in self.traits.at_hand().values() for claim in named.intersection(t.claims)}
        changed = [d for d in every if (d in now) != (d in then) or not lost.isdisjoint(d.targets)]
        return {home[claim] for d in changed for claim in d.targets if claim in home}, wishes(now, home)

    def _regroup(self, stirred: Collection[str], wished: Wishes) -> set[str]:
        """Groups anew every connected part that holds a stirred telling."""
        self._reach(stirred, wished)
        regrouped: set[str] = set()
        for part in connected(sorted(stirred), self.pairs, LINK, wished):
            for node in part:
                self.groups.pop(node, None)
            for group in grouped(part, self.traits, self.pairs, wished):
                self.groups[group[0]] = group
            regrouped.update(part)
        return regrouped

    def _reach(self, stirred: Collection[str], wished: Wishes) -> None:
        """Brings to hand what hangs together with these tellings."""
        bound: dict[str, set[str]] = {}
        for group in wished.together:
            for node in group:
                bound.setdefault(node, set()).update(group)
        seen, edge = set(stirred), set(stirred)
        while edge:
            self.pairs.fetch(edge)
            linked = {o for node in edge for o, alike in (self.pairs.get(node) or {}).items() if alike >= LINK}
            edge = linked.union(*(bound.get(node, ()) for node in edge)) - seen
            seen |= edge
        self.traits.fetch(seen)


def _keys(traits: Traits) -> "array[int]":
    return array("Q", blocking.keys(traits))


def grouped(
    part: Collection[str], traits: Drawer[Traits] | Mapping[str, Traits], pairs: Pairs, wished: Wishes = _NO_WISHES
) -> list[tuple[str, ...]]:
    """The happenings of a connected part, a group of tellings each."""
    by_report: dict[str, list[str]] = {}
    for node in part:
        by_report.setdefault(traits[node].report, []).append(node)
    against = [
        (a, b, told_apart(traits[a], traits[b])) for nodes in by_report.values() for a, b in combinations(nodes, 2)
    ]
    return cluster(part, pairs, _JOIN, wished, against=against, nearest=_NEAREST)


def in_time(event: Event) -> tuple[date, str]:
    """Happenings in order: by their first day, undated ones last, then by id."""
    first = (event.interval.earliest or event.interval.latest or date.max) if event.interval else date.max
    return first, event.id


def likenesses(a: Traits, others: Iterable[Traits]) -> Iterator[tuple[str, float]]:
    """How alike a telling is to others, 0 to 1, by their ids; those are left out where that is not worth remembering, and those of its own report, which tells them apart."""
    for b in in_doubt(a, others, _WORTH):
        if (found := score(a, b)) >= _WORTH:
            yield b.id, found
