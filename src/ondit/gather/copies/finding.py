"""Copies among reports, whole or as new ones come in: the same copies either way."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ondit.gather.clustering import connected
from ondit.gather.copies.alike import NEAR, Alike, Holders, beside, compare, enough, index
from ondit.gather.copies.originals import copies_of, passages_of
from ondit.gather.copies.passages import repeated
from ondit.gather.copies.prints import Print, print_of, related
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
        original: dict[str, str] = {}
        for family in connected(sorted(likeness), likeness, NEAR):
            kin.update(dict.fromkeys(family, family[0]))
            if len(family) > 1:
                near = {n: {o: a for o, a in self.alike[n].items() if a.near} for n in family}
                for copy in copies_of(family, prints, near):
                    original[copy.report] = copy.original
                    yield copy
        pairs = (a for name, found in sorted(self.alike.items()) for a in found.values() if a.left == name)
        yield from passages_of((a for a in pairs if not a.near and kin[a.left] != kin[a.right]), prints)
        yield from self._translations(prints, original)
        yield from (wording.repeats for _, wording in sorted(self.wordings.items()) if wording.repeats)

    def _translations(self, prints: Mapping[str, Print], original: Mapping[str, str]) -> Iterator[Copy]:
        """The translations, but for those of a copy whose original was translated as well."""
        for name, found in sorted(self.translated.items()):
            for pair in found.values():
                if pair.left != name or self._secondhand(pair, original):
                    continue
                both = {pair.left: {pair.right: pair}, pair.right: {pair.left: pair}}
                reason = f"{pair.shared} figures, places and dates in the same order in another language"
                for copy in copies_of(sorted(both), prints, both):
                    yield replace(copy, kind=CopyKind.TRANSLATION, reasons=(reason, *copy.reasons[1:]))

    def _secondhand(self, pair: Alike, original: Mapping[str, str]) -> bool:
        for name, other in ((pair.left, pair.right), (pair.right, pair.left)):
            first = self.translated.get(original.get(name, ""), {}).get(other)
            if first is not None and first.part >= pair.part:
                return True
        return False


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
        own, theirs = wordings[name].print, wordings[other].print
        return compare(own, theirs) if enough(own, theirs, shared) else None

    def by_telling(name: str, other: str, shared: int) -> Alike | None:
        own, theirs = wordings[name].signature, wordings[other].signature
        part = (
            translated(own, theirs, kin=related(wordings[name].print, wordings[other].print))
            if own and theirs and shared >= _TOLD
            else None
        )
        left, right = sorted((name, other))
        return (
            Alike(left, right, part, round(part * min(len(own.told), len(theirs.told))))
            if part and own and theirs
            else None
        )

    marks, alike = _paired(added, wordings, (before.marks, before.alike), _marks, by_wording)
    told, foreign = _paired(added, wordings, (before.told, before.translated), _told, by_telling)
    return Copied(wordings, marks, told, alike, foreign)


def _marks(wording: Wording) -> Sequence[int]:
    return wording.print.marks


def _told(wording: Wording) -> Sequence[int]:
    return wording.signature.marks if wording.signature else ()


Known = tuple[Mapping[int, Holders], Mapping[str, Mapping[str, Alike]]]


def _paired(
    added: Mapping[str, Wording],
    wordings: Mapping[str, Wording],
    before: Known,
    marks_of: Callable[[Wording], Sequence[int]],
    look: Callable[[str, str, int], Alike | None],
) -> Known:
    holders = dict(before[0])
    crowded = index(holders, ((name, marks_of(wording)) for name, wording in added.items()))
    fresh: dict[str, dict[str, Alike]] = defaultdict(dict)
    for name, wording in added.items():
        for other, shared in beside(name, marks_of(wording), holders).items():
            known = other in added and other < name
            if not known and (found := look(name, other, shared)):
                fresh[name][other] = fresh[other][name] = found
    pairs = {**before[1], **{name: {**before[1].get(name, {}), **found} for name, found in fresh.items()}}
    for names in crowded if before[1] else ():
        for name in names:
            pairs[name] = _still(name, marks_of(wordings[name]), pairs.get(name, {}), holders, look)
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
