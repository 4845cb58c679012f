"""Tellings → happenings, whole or as new ones come in: the same happenings either way, whatever the order."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from ondit.gather import blocking
from ondit.gather.clustering import Wishes, cluster, connected
from ondit.gather.comparing import score, told_apart
from ondit.gather.decisions import standing, wishes
from ondit.gather.events import event_of
from ondit.gather.traits import Traits
from ondit.model import Decision, Event

_LINK = 0.5  # likeness from which two tellings are linked
_WORTH = 0.02  # less likely pairs are not remembered: in a mean they count as 0
_JOIN = 0.4  # mean likeness from which two groups are one happening
_NEAREST = 0.3  # share of the likest pair in the likeness of two groups
_HOPELESS = 4  # days between two dates from which no comparison is needed
Block = str | tuple[str, ...] | None  # one telling, several, or too many to be worth remembering


@dataclass(frozen=True, slots=True)
class Gathered:
    """What has been gathered: give it back to `gather` with what is new. `groups` are ids of tellings, a happening each."""

    traits: Mapping[str, Traits] = field(default_factory=dict)
    blocks: Mapping[int, Block] = field(default_factory=dict)
    pairs: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    decided: tuple[Decision, ...] = ()
    touched: frozenset[str] = frozenset()

    def events(self, *, only: Collection[str] | None = None) -> list[Event]:
        """The happenings, earliest first (undated ones last); `only` those of the named groups."""
        named = self.groups if only is None else only
        found = [event_of(self.groups[name], self.traits, self.pairs) for name in named]
        return sorted(found, key=lambda e: (_first_day(e), e.id))

    def home(self, claims: Iterable[str]) -> dict[str, str]:
        """The telling of each of these claims."""
        wanted = set(claims)
        return {claim: t.id for t in self.traits.values() for claim in wanted.intersection(t.claims)} if wanted else {}


def _first_day(event: Event) -> date:
    return (event.interval.earliest or event.interval.latest or date.max) if event.interval else date.max


NOTHING = Gathered()


def gather(new: Iterable[Traits], before: Gathered = NOTHING, *, decisions: Sequence[Decision] = ()) -> Gathered:
    """Adds tellings to what was gathered: only what shares a block with a new telling is compared and grouped again.

    `decisions` are all that were taken, old and new. `touched` of the result names the groups that are new or changed.
    """
    added = {t.id: t for t in sorted(new, key=lambda t: t.id) if t.id not in before.traits}
    traits = {**before.traits, **added}
    blocks = dict(before.blocks)
    crowded = _fill(blocks, added)
    pairs = dict(before.pairs)
    _compare(added, traits, blocks, pairs)
    loosened = _forget(crowded, traits, blocks, pairs) if before.traits else set()
    decided = tuple(standing(decisions))
    changed = set(decided) ^ set(before.decided)
    current = Gathered(traits, blocks, pairs)
    home = current.home(claim for d in {*decided, *before.decided} for claim in d.targets)
    wished = wishes(decided, home)
    stirred = {home[claim] for d in changed for claim in d.targets if claim in home}
    groups, touched = _regroup({*added, *loosened, *stirred}, before.groups, current, wished)
    return Gathered(traits, blocks, pairs, groups, decided, touched)


def _fill(blocks: dict[int, Block], added: Mapping[str, Traits]) -> list[tuple[str, ...]]:
    """Puts tellings under their keys; returns the members of the blocks that have become too large."""
    crowded = []
    for node, traits in added.items():
        for key in blocking.keys(traits):
            there = blocks.get(key, ())
            if there == ():
                blocks[key] = node
            elif there is not None:
                members = (there, node) if isinstance(there, str) else (*there, node)
                full = len(members) > blocking.LARGEST
                blocks[key] = None if full else members
                if full:
                    crowded.append(members)
    return crowded


def _compare(
    added: Mapping[str, Traits],
    traits: Mapping[str, Traits],
    blocks: Mapping[int, Block],
    pairs: dict[str, Mapping[str, float]],
) -> None:
    fresh: dict[str, dict[str, float]] = defaultdict(dict)
    for node, own in added.items():
        beside: set[str] = set()
        for key in blocking.keys(own):
            there = blocks[key]
            if isinstance(there, tuple):
                beside.update(there)
        for other in beside:
            theirs = traits[other]
            if theirs.report == own.report or (other in added and other < node):
                continue  # told apart, or compared from the other side
            if not _hopeless(own, theirs) and (likeness := score(own, theirs)) >= _WORTH:
                fresh[node][other] = fresh[other][node] = likeness
    for node, found in fresh.items():
        pairs[node] = {**pairs.get(node, {}), **found}


def _hopeless(a: Traits, b: Traits) -> bool:
    if a.first is None or a.last is None or b.first is None or b.last is None or not (a.dated and b.dated):
        return False
    return not (a.others or b.others) and max(a.first - b.last, b.first - a.last) > _HOPELESS


def _forget(
    crowded: Iterable[tuple[str, ...]],
    traits: Mapping[str, Traits],
    blocks: Mapping[int, Block],
    pairs: dict[str, Mapping[str, float]],
) -> set[str]:
    """Drops the pairs that only met in a block that is too large now, as if it always had been; returns whom that concerns."""
    loosened: set[str] = set()
    for members in crowded:
        live = {m: {k for k in blocking.keys(traits[m]) if blocks[k] is not None} for m in members}
        for node in members:
            gone = {o for o in pairs.get(node, ()) if o in live and not live[node] & live[o]}
            if gone:
                pairs[node] = {o: s for o, s in pairs[node].items() if o not in gone}
                loosened.add(node)
    return loosened


def _regroup(
    stirred: Collection[str],
    groups: Mapping[str, tuple[str, ...]],
    current: Gathered,
    wished: Wishes,
) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Groups anew every connected part that holds a stirred telling; `groups` are by their first telling."""
    regrouped = dict(groups)
    touched: set[str] = set()
    for part in connected(sorted(stirred), current.pairs, _LINK, wished):
        for node in part:
            regrouped.pop(node, None)
        against = _told_apart(part, current.traits)
        for group in cluster(part, current.pairs, _JOIN, wished, against=against, nearest=_NEAREST):
            regrouped[group[0]] = group
            if groups.get(group[0]) != group:
                touched.add(group[0])
    return regrouped, frozenset(touched)


def _told_apart(part: Iterable[str], traits: Mapping[str, Traits]) -> Iterator[tuple[str, str, float]]:
    by_report: dict[str, list[str]] = defaultdict(list)
    for node in part:
        by_report[traits[node].report].append(node)
    for nodes in by_report.values():
        for a, b in combinations(nodes, 2):
            yield a, b, told_apart(traits[a], traits[b])
