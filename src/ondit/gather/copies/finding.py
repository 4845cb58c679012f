"""Copies among reports, whole or as new ones come in: the same copies either way."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ondit.gather.clustering import connected
from ondit.gather.copies.alike import NEAR, Alike, Holders, beside, compare, enough, index
from ondit.gather.copies.originals import copies_of, passages_of
from ondit.gather.copies.passages import repeated
from ondit.gather.copies.prints import Print, print_of
from ondit.gather.copies.translations import Signature, signature_of, translated
from ondit.model import Copy, CopyKind, Reading

_TOLD = 2  # pairs of things told one after the other from which signatures are compared


@dataclass(frozen=True, slots=True)
class Wording:
    """What is remembered of a report to find its copies."""

    print: Print
    signature: Signature | None = None
    repeats: Copy | None = None


@dataclass(frozen=True, slots=True)
class Copied:
    """What is known about copies: give it back to `find` with what is new."""

    wordings: Mapping[str, Wording] = field(default_factory=dict)
    marks: Mapping[int, Holders] = field(default_factory=dict)
    told: Mapping[int, Holders] = field(default_factory=dict)
    alike: Mapping[str, Mapping[str, Alike]] = field(default_factory=dict)
    translated: Mapping[str, Mapping[str, Alike]] = field(default_factory=dict)

    def copies(self) -> Iterator[Copy]:
        """Every copy, family by family: one original each, told by date, credit, forward or length."""
        prints = {name: wording.print for name, wording in self.wordings.items()}
        likeness = {name: {other: a.part for other, a in found.items()} for name, found in self.alike.items()}
        kin: dict[str, str] = {}
        for family in connected(sorted(likeness), likeness, NEAR):
            kin.update(dict.fromkeys(family, family[0]))
            if len(family) > 1:
                near = {n: {o: a for o, a in self.alike[n].items() if a.near} for n in family}
                yield from copies_of(family, prints, near)
        pairs = (a for name, found in sorted(self.alike.items()) for _, a in sorted(found.items()) if a.left == name)
        yield from passages_of((a for a in pairs if not a.near and kin[a.left] != kin[a.right]), prints)
        yield from self._translations(prints)
        yield from (wording.repeats for _, wording in sorted(self.wordings.items()) if wording.repeats)

    def _translations(self, prints: Mapping[str, Print]) -> Iterator[Copy]:
        for name, found in sorted(self.translated.items()):
            for _, pair in sorted(found.items()):
                if pair.left == name:
                    yield from translation_of(pair, prints)


def translation_of(pair: Alike, prints: Mapping[str, Print]) -> Iterator[Copy]:
    """Which of two reports that tell the same in two languages translates the other."""
    found = {pair.left: {pair.right: pair}, pair.right: {pair.left: pair}}
    for copy in copies_of((pair.left, pair.right), prints, found):
        reason = f"{pair.shared} figures, places and dates in the same order in another language"
        yield Copy(copy.report, copy.original, CopyKind.TRANSLATION, copy.similarity, (reason, *copy.reasons[1:]))


NONE = Copied()


def wording_of(reading: Reading) -> Wording:
    """What is remembered of a reading to find its copies."""
    own, shingles = print_of(reading.report)
    return Wording(own, signature_of(reading), repeated(own.report, shingles))


def find(new: Iterable[Wording], before: Copied = NONE) -> Copied:
    """Adds reports to what is known: only what shares marks with a new one is compared."""
    added = {
        w.print.report: w for w in sorted(new, key=lambda w: w.print.report) if w.print.report not in before.wordings
    }
    wordings = {**before.wordings, **added}

    def by_wording(name: str, other: str, shared: int) -> Alike | None:
        return alike_in_words(wordings[name].print, wordings[other].print, shared)

    def by_telling(name: str, other: str, shared: int) -> Alike | None:
        return alike_in_telling(wordings[name].signature, wordings[other].signature, shared)

    marks, alike = _paired(added, wordings, (before.marks, before.alike), marks_of, by_wording)
    told, foreign = _paired(added, wordings, (before.told, before.translated), told_of, by_telling)
    return Copied(wordings, marks, told, alike, foreign)


def alike_in_words(own: Print, theirs: Print, shared: int) -> Alike | None:
    """What two reports share that have so many marks in common, when it is a copy or a passage."""
    return compare(own, theirs) if enough(own, theirs, shared) else None


def alike_in_telling(own: Signature | None, theirs: Signature | None, shared: int) -> Alike | None:
    """What two reports in two languages tell alike that have so many pairs in common, when one may translate the other."""
    part = translated(own, theirs) if own and theirs and shared >= _TOLD else None
    if not part or own is None or theirs is None:
        return None
    left, right = sorted((own.report, theirs.report))
    return Alike(left, right, part, round(part * min(len(own.told), len(theirs.told))))


def marks_of(wording: Wording) -> Sequence[int]:
    """By what a report's wording is looked up."""
    return wording.print.marks


def told_of(wording: Wording) -> Sequence[int]:
    """By what a report's telling is looked up in other languages."""
    return wording.signature.marks if wording.signature else ()


Known = tuple[Mapping[int, Holders], Mapping[str, Mapping[str, Alike]]]


def _paired(
    added: Mapping[str, Wording],
    wordings: Mapping[str, Wording],
    before: Known,
    keys_of: Callable[[Wording], Sequence[int]],
    look: Callable[[str, str, int], Alike | None],
) -> Known:
    holders = dict(before[0])
    crowded = index(holders, ((name, keys_of(wording)) for name, wording in added.items()))
    fresh: dict[str, dict[str, Alike]] = defaultdict(dict)
    for name, wording in added.items():
        for other, shared in beside(name, keys_of(wording), holders).items():
            known = other in added and other < name
            if not known and (found := look(name, other, shared)):
                fresh[name][other] = fresh[other][name] = found
    pairs = {**before[1], **{name: {**before[1].get(name, {}), **found} for name, found in fresh.items()}}
    for names in crowded if before[1] else ():
        for name in names:
            pairs[name] = _still(name, keys_of(wordings[name]), pairs.get(name, {}), holders, look)
    return holders, {name: found for name, found in pairs.items() if found}


def _still(
    name: str,
    marks: Sequence[int],
    found: Mapping[str, Alike],
    holders: Mapping[int, Holders],
    look: Callable[[str, str, int], Alike | None],
) -> dict[str, Alike]:
    """The pairs of a report that would be found without the marks that have become too common."""
    shared: Counter[str] = beside(name, marks, holders)
    return {other: alike for other, alike in found.items() if look(name, other, shared[other])}
