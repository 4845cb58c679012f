"""Copies among reports, whole or as some come and others go: the same copies either way."""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ondit.gather.clustering import connected
from ondit.gather.copies import alike
from ondit.gather.copies.alike import NEAR, Alike, alike_in_words
from ondit.gather.copies.originals import copies_of, passages_of
from ondit.gather.copies.passages import repeated
from ondit.gather.copies.prints import Print, print_of, related
from ondit.gather.copies.translations import Signature, signature_of, translated
from ondit.gather.index import Index, Keys, Meeting
from ondit.gather.notes import Drawer, Notes, Written
from ondit.model import Copy, CopyKind, Reading

_TOLD = 2  # pairs of things told one after the other from which signatures are compared


@dataclass(frozen=True, slots=True)
class Wording:
    """What is remembered of a report to find its copies."""

    print: Print
    signature: Signature | None = None
    repeats: Copy | None = None


def wording_of(reading: Reading) -> Wording:
    """What is remembered of a reading to find its copies."""
    own, shingles = print_of(reading.report)
    return Wording(own, signature_of(reading), repeated(own.report, shingles))


class Copying:
    """Reports with what they share: only what shares marks with a new one is compared. `alike` is the wording that reports share."""

    def __init__(self, notes: Notes | None = None) -> None:
        self._wordings: Drawer[Wording] = Drawer("wording", Wording, notes)
        self.alike: Drawer[dict[str, Alike]] = Drawer("same_wording", dict[str, Alike], notes)
        self._translated: Drawer[dict[str, Alike]] = Drawer("same_telling", dict[str, Alike], notes)
        self._marks = Index("mark", "r", wide=False, notes=notes)
        self._told = Index("told", "r", wide=False, notes=notes)

    def change(self, new: Iterable[Wording], gone: Collection[str] = ()) -> set[str]:
        """Reports come, in the place of those with the same id; others go. Gives the reports whose copies may be otherwise (those that went among them)."""
        fresh = {wording.print.report: wording for wording in new}
        self._wordings.fetch({*fresh, *gone})
        known = {name: wording for name in (*fresh, *gone) if (wording := self._wordings.get(name))}
        added = {name: wording for name, wording in fresh.items() if known.get(name) != wording}
        left = {name: wording for name, wording in known.items() if name in added or name not in fresh}
        for name, wording in added.items():
            self._wordings.put(name, wording)
        stirred = self._meet(marks_of, self._marks, self.alike, self._by_wording, added, left)
        stirred |= self._meet(told_of, self._told, self._translated, self._by_telling, added, left)
        for name in left.keys() - added.keys():
            self._wordings.drop(name)
        return self._family(stirred) | left.keys()

    def copies(self, among: Collection[str] | None = None) -> list[Copy]:
        """Every copy of these reports (all at hand when none are named, or what `change` gave) on either side, by report.

        Family by family: one original each, told by date, credit, forward or length.
        """
        names = sorted(n for n in (self._wordings.at_hand() if among is None else among) if n in self._wordings)
        return sorted(telling(self._found(names)), key=in_order)

    def written(self) -> list[Written]:
        """What is to be noted."""
        parts = (self._wordings, self.alike, self._translated, self._marks, self._told)
        return [part.written() for part in parts]

    def _found(self, names: Collection[str]) -> Iterator[Copy]:
        found = {name: self.alike.get(name) or {} for name in names}
        others = {other for pairs in found.values() for other in pairs}
        self._wordings.fetch(others)
        prints = {name: self._wordings[name].print for name in others.union(names)}
        likeness = {name: {other: a.part for other, a in pairs.items()} for name, pairs in found.items() if pairs}
        kin: dict[str, str] = {}
        for family in connected(sorted(likeness), likeness, NEAR):
            kin.update(dict.fromkeys(family, family[0]))
            if len(family) > 1:
                near = {n: {o: a for o, a in found[n].items() if a.near} for n in family}
                yield from copies_of(family, prints, near)
        pairs = {(a.left, a.right): a for own in found.values() for a in own.values() if not a.near}
        yield from passages_of(
            (a for _, a in sorted(pairs.items()) if kin.get(a.left, a.left) != kin.get(a.right, a.right)), prints
        )
        foreign = {(a.left, a.right): a for name in names for a in (self._translated.get(name) or {}).values()}
        for _, pair in sorted(foreign.items()):
            yield from translation_of(pair, prints)
        yield from (repeats for name in names if (repeats := self._wordings[name].repeats))

    def _meet(
        self,
        keys_of: Callable[[Wording], Keys],
        index: Index,
        pairs: Drawer[dict[str, Alike]],
        compare_: Callable[[str, Mapping[str, int]], Iterator[tuple[str, Alike]]],
        added: Mapping[str, Wording],
        left: Mapping[str, Wording],
    ) -> set[str]:
        meeting = Meeting(
            index,
            pairs,
            alike.LARGEST,
            counted=True,
            keys_of=lambda name: keys_of(self._wordings[name]),
            compare=compare_,
            fetch=self._wordings.fetch,
            binds=lambda found: pairs is self._translated or found.near,
        )
        coming, going = ({name: keys_of(w) for name, w in some.items()} for some in (added, left))
        return meeting.change(coming, going)

    def _by_wording(self, name: str, met: Mapping[str, int]) -> Iterator[tuple[str, Alike]]:
        known = self._wordings.at_hand()
        for same in alike_in_words(known[name].print, ((known[other].print, n) for other, n in met.items())):
            yield same.right if same.left == name else same.left, same

    def _by_telling(self, name: str, met: Mapping[str, int]) -> Iterator[tuple[str, Alike]]:
        known = self._wordings.at_hand()
        own = known[name]
        for other, shared in met.items():
            if same := alike_in_telling(own, known[other], shared):
                yield other, same

    def _family(self, stirred: Iterable[str]) -> set[str]:
        """These reports and all that hang together with them as copies or translations."""
        edge = {name for name in stirred if name in self._wordings}
        seen = set(edge)
        while edge:
            for drawer in (self.alike, self._translated):
                drawer.fetch(edge)
            near = {o for name in edge for o, a in (self.alike.get(name) or {}).items() if a.near}
            edge = near.union(*(self._translated.get(name) or () for name in edge)) - seen
            seen |= edge
        self._wordings.fetch(seen)
        return seen


def find(wordings: Iterable[Wording]) -> Copying:
    """The copies among some reports."""
    copying = Copying()
    copying.change(wordings)
    return copying


def translation_of(pair: Alike, prints: Mapping[str, Print]) -> Iterator[Copy]:
    """Which of two reports that tell the same in two languages translates the other."""
    found = {pair.left: {pair.right: pair}, pair.right: {pair.left: pair}}
    for copy in copies_of((pair.left, pair.right), prints, found):
        reason = f"{pair.shared} figures, places and dates in the same order in another language"
        yield Copy(copy.report, copy.original, CopyKind.TRANSLATION, copy.similarity, (reason, *copy.reasons[1:]))


def telling(copies: Iterable[Copy]) -> Iterator[Copy]:
    """Copies without what others tell already: a copy of a text in its own words is no translation besides, and a report translates one other."""
    found = list(copies)
    copied = {copy.report for copy in found if copy.kind in _WHOLE}
    best: dict[str, Copy] = {}
    for copy in found:
        if copy.kind is CopyKind.TRANSLATION:
            best[copy.report] = max(copy, best.get(copy.report, copy), key=_closeness)
    for copy in found:
        if copy.kind is not CopyKind.TRANSLATION or (copy.report not in copied and copy is best[copy.report]):
            yield copy


def _closeness(copy: Copy) -> tuple[bool, float, str]:
    return any(reason.startswith("credited to") for reason in copy.reasons), copy.similarity, copy.original


_WHOLE = frozenset({CopyKind.EXACT, CopyKind.NEAR, CopyKind.FORWARD})


def in_order(copy: Copy) -> tuple[str, int, str, str]:
    """The order of copies: by report, of one report its original first, then passages, translations, and what it repeats itself."""
    rank = 3 if copy.report == copy.original else _RANKS.get(copy.kind, 0)
    return copy.report, rank, min(copy.report, copy.original), max(copy.report, copy.original)


_RANKS = {CopyKind.PASSAGE: 1, CopyKind.TRANSLATION: 2}


def alike_in_telling(one: Wording, other: Wording, shared: int) -> Alike | None:
    """What two reports in two languages tell alike that have so many pairs in common, when one may translate the other."""
    own, theirs = one.signature, other.signature
    if own is None or theirs is None or shared < _TOLD:
        return None
    part = translated(own, theirs, kin=related(one.print, other.print))
    if not part:
        return None
    left, right = sorted((own.report, theirs.report))
    return Alike(left, right, part, round(part * min(len(own.told), len(theirs.told))))


def marks_of(wording: Wording) -> Keys:
    """By what a report's wording is looked up."""
    return array("I", wording.print.marks)


def told_of(wording: Wording) -> Keys:
    """By what a report's telling is looked up in other languages."""
    return wording.signature.marks if wording.signature else ()
