"""What became of those whose figure is told by another: parts of a larger number, companions, ellipses, tolls, repeated blows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ondit.model.records import replace
from ondit.read.engines.rules.count_cues import Cue, cues_of
from ondit.read.engines.rules.count_nouns import Figure
from ondit.read.engines.rules.count_words import FATES, PEOPLE, CountWords
from ondit.read.engines.rules.numerals import ends_with
from ondit.read.engines.rules.quantities import Quantity, bound, find_quantities
from ondit.read.engines.rules.triggers import Entry, load_triggers
from ondit.read.engines.rules.units import Clause, Parse

_TOLL_REACH = 40  # tokens between a toll and its figure
_AMONG = 8  # tokens between "among the dead" and a figure
_OPENING = 3  # words of "from among them"
_BESIDE = 6  # tokens between what happened and "along with"
_TOLD = FATES | {"arrested", "displaced", "abducted"}
_OPENS_PARTS = frozenset(":(-–—")
_QUOTES = frozenset({'"', "«", "“", "‘", "'"})
_THINGS = frozenset({"strikes", "weapons", "things"})
_PART = "a part of the figure before"
# Classes of triggers that are done again and again ("bombed three times").
_BLOWS = frozenset(
    "attack fire shooting raid storming strike bomb bombardment shelling bombing drone_strike air_strike".split()
)


@dataclass(frozen=True)
class Shares:
    """One clause, seen from the figures that say nothing themselves."""

    parse: Parse
    clause: Clause
    words: CountWords

    def told(self, figure: Figure, before: Sequence[Figure], cues: Sequence[Cue]) -> Figure:
        """The figure with what others say of it: those it is among or together with, the words before a quotation, a toll."""
        if what := self._companion(figure, cues):
            return replace(figure, what=what, why="together with somebody")
        if figure.single:
            return figure
        for what, why in (
            (self._opened_among(figure), _PART),
            (self._quoted(figure), "told before the quotation"),
            (self._elliptic(figure, before), "its noun is that of the figure before"),
        ):
            if what:
                return replace(figure, what=what, why=why, part=why == _PART)
        return self._toll(figure, before)

    def inherited(self, figure: Figure, before: Sequence[Figure]) -> str:
        """What the larger figure before says, where this one is a part of it or goes on after it; empty where it is not."""
        earlier = [f for f in before if f.what and f.kind not in _THINGS]
        if not earlier:
            return ""
        keys, at, whole = self.parse.tokens.keys, figure.quantity.first, earlier[-1]
        if ends_with(keys, at, self.words.parts) or self._of_them(figure, whole) or self._listed(figure, whole):
            return whole.what
        if (opening := self.opening()) and opening <= at and all(self._only_lists(i) for i in range(opening, at)):
            return whole.what
        joined = keys[at - 1] in self.words.coordinators and at - whole.last <= 2
        return whole.what if joined and whole.part else ""

    def opening(self) -> int:
        """Where "among them" ends with which the clause begins, so that its figures are parts of one told before; 0 where it does not."""
        keys, first = self.parse.tokens.keys, self.clause.first
        first += self.parse.tags[first : first + 1] == "C"
        for stop in range(first + 1, min(first + _OPENING, self.clause.last) + 1):
            if len(ends_with(keys, stop, self.words.parts)) == stop - first:
                return stop
        return 0

    def _only_lists(self, at: int) -> bool:
        """Is it a word between "among them" and a figure: "were", "at least"?"""
        return self.parse.tokens.keys[at] in self.words.listing or self.parse.tags[at] in "XDR"

    def _of_them(self, figure: Figure, whole: Figure) -> bool:
        """Does "of them" follow the number?"""
        keys, at = self.parse.tokens.keys, figure.quantity.last
        told = any(tuple(keys[at : at + len(phrase)]) == phrase for phrase in self.words.parts_after)
        return told and _smaller(figure, whole)

    def _listed(self, figure: Figure, whole: Figure) -> bool:
        """Does a list of parts open right before the figure ("seven people were killed|:| four soldiers and …")?"""
        keys, at = self.parse.tokens.keys, figure.quantity.first
        opened = keys[at - 1] in _OPENS_PARTS and at - whole.last <= _BESIDE and whole.what in _TOLD
        return opened and figure.kind in PEOPLE and _smaller(figure, whole)

    def _quoted(self, figure: Figure) -> str:
        """What stands right before a quotation that begins with the figure ("the killing of | "at least twenty soldiers"")."""
        at = figure.quantity.first - 1
        keys, clauses = self.parse.tokens.keys, self.parse.clauses
        if figure.kind not in PEOPLE | {"", "unknown"} or at < 1 or keys[at] not in _QUOTES or at > self.clause.first:
            return ""
        outer = next((c for c in clauses if c.first < at < c.last and c.first < self.clause.first), None)
        if outer is None:
            return ""
        cues = cues_of(self.parse, outer, self.words, frozenset((at,)))
        return next((cue.what for cue in cues if cue.before and cue.last == at), "")

    def _elliptic(self, figure: Figure, before: Sequence[Figure]) -> str:
        """What the figure before says, where this one has no noun and stands after "and" with another place ("and 7 | in the north")."""
        keys, at = self.parse.tokens.keys, figure.quantity.first
        if figure.kind or not before or not before[-1].what or keys[at - 1] not in self.words.coordinators:
            return ""
        if figure.quantity.vague or figure.quantity.best == 1 or at - before[-1].last > _AMONG:
            return ""
        placed = self.parse.tags[figure.last : figure.last + 1] == "E" and keys[figure.last] not in self.words.of
        return before[-1].what if placed else ""

    def _opened_among(self, figure: Figure) -> str:
        """The fate in "among the dead" before a figure, with nothing but "are" or "on Friday" between them."""
        keys, tags, words = self.parse.tokens.keys, self.parse.tags, self.words
        for at in range(figure.quantity.first - 1, max(self.clause.first, figure.quantity.first - _AMONG) - 1, -1):
            if keys[at] in words.among:
                return self._fate_within(at + 1, at + 3)
            if (tags[at] in "VX" and keys[at] not in words.listing) or tags[at] == "#":
                return ""
        return ""

    def among(self, figure: Figure, after: Figure | None) -> Figure:
        """The fate of the larger number a figure is said to be among ("two medics were among the 31 killed")."""
        if figure.kind not in PEOPLE or figure.single:
            return figure
        if figure.why and not (figure.by_noun and figure.what in ("other", "troops")):
            return figure
        keys = self.parse.tokens.keys
        for at in range(figure.last, min(figure.last + 4, self.clause.last - 1)):
            if keys[at] in self.words.among:
                larger = after if after is not None and 0 < after.quantity.first - at <= 2 else None
                what = larger.what if larger and larger.what else self._fate_within(at + 1, at + 5)
                if not what:
                    return figure
                return replace(figure, what=what, why=f"a part of the larger figure: '{keys[at]}'", part=True)
        return figure

    def _fate_within(self, first: int, last: int) -> str:
        for key in self.parse.tokens.keys[first : min(last, self.clause.last)]:
            fate = self.words.verbs.get(key)
            what = self.words.noun_class(key) if fate is None else fate.what
            if what in FATES or what in ("abducted", "arrested"):
                return what
        return ""

    def _companion(self, figure: Figure, cues: Sequence[Cue]) -> str:
        """The fate of somebody that a figure shares ("was killed | along with | two guards")."""
        keys, tags = self.parse.tokens.keys, self.parse.tags
        led = ends_with(keys, figure.quantity.first, self.words.companions)
        if not led or figure.kind not in PEOPLE:
            return ""
        at = figure.quantity.first - len(led)
        for cue in reversed(cues):
            if cue.last > at or not cue.verb:
                continue
            between = range(cue.last, at)
            bare = len(led) > 1 or self.words.verb_first or not any(tags[i] in "NPIE" for i in between)
            near = len(between) <= _BESIDE and not any(tags[i] in "VX.#" for i in between)
            return cue.what if near and bare and cue.what in _TOLD else ""
        return ""

    def _toll(self, figure: Figure, before: Sequence[Figure]) -> Figure:
        """The figure as a toll's, when it says how high one is ("the toll in the attack on the base rose to 89")."""
        keys, words = self.parse.tokens.keys, self.words
        at = figure.quantity.first + (keys[figure.quantity.first] in words.toll_at_least)
        if not at or keys[at - 1] not in words.toll_verbs:
            return figure
        if what := self._told_behind(figure):
            return replace(figure, what=what, why="the figure of a toll")
        for noun in range(at - 1, max(self.clause.first, at - _TOLL_REACH) - 1, -1):
            if keys[noun] not in words.toll_nouns:
                continue
            fates = [words.noun_class(k) for k in keys[noun + 1 : noun + 4]]
            counted = keys[noun] in words.counters
            last = next((f.what for f in reversed(before) if f.what), "")
            unsaid = (last if last in _TOLD else "") if counted else "killed"
            what = next((f for f in fates if f in _TOLD), unsaid)
            quantity = bound(figure.quantity, "at_least") if keys[at - 1] in words.toll_at_least else figure.quantity
            return replace(figure, what=what, quantity=quantity, why="the figure of a toll") if what else figure
        return figure

    def _told_behind(self, figure: Figure) -> str:
        """What a toll that stands behind its figure counts ("brings | to 12 | the number of miners killed")."""
        keys, words = self.parse.tokens.keys, self.words
        at = figure.last
        while at < self.clause.last and keys[at] in words.determiners:
            at += 1
        if figure.kind or at >= self.clause.last or keys[at] not in words.toll_nouns:
            return ""
        return self._fate_within(at + 1, at + 7) or ("" if keys[at] in words.counters else "killed")


def part_of(figure: Figure, what: str) -> Figure:
    """The figure as a part of a larger one, of which `what` is said."""
    return replace(figure, what=what, why=_PART, part=True)


def _smaller(part: Figure, whole: Figure) -> bool:
    few, many = part.quantity.low, whole.quantity.high
    return few is None or many is None or few < many


def repeated(parse: Parse, owner: Sequence[int], words: CountWords) -> Iterator[tuple[int, Figure]]:
    """How often something struck, where a verb of striking stands in the clause ("bombed | three times"), by clause."""
    keys = parse.tokens.keys
    spots = parse.where({*words.repeated, *words.repeating})
    if not spots:
        return
    entries = load_triggers(parse.pack).entries
    for at in spots:
        if owner[at] < 0:
            continue
        clause = parse.clauses[owner[at]]
        struck = next((i for i in _outward(at, clause) if _is_blow(entries.get(keys[i], ()), parse, i)), -1)
        quantity = _times(keys, at, clause, parse, words)
        compared = not words.compared.isdisjoint(keys[at + 1 : at + 2])
        if struck >= 0 and quantity is not None and not compared:
            why = f"how often: '{keys[struck]}'"
            yield owner[at], Figure(quantity, at, at + 1, "strikes", "strikes", why)


def _times(keys: Sequence[str], at: int, clause: Clause, parse: Parse, words: CountWords) -> Quantity | None:
    if keys[at] in words.repeating:
        number = words.repeating[keys[at]]
        return Quantity(at, at + 1, at, number, number, number)
    near = find_quantities(keys, parse.pack, max(clause.first, at - 5), at)
    found = near[-1] if near and near[-1].last == at else None
    return found if found is not None and found.best != 1 else None


def _outward(at: int, clause: Clause) -> Iterator[int]:
    for step in range(1, 12):
        if at - step >= clause.first:
            yield at - step
        if at + step < clause.last:
            yield at + step


def _is_blow(entries: Sequence[Entry], parse: Parse, at: int) -> bool:
    """Is it a verb of striking, with the words that belong to it?"""
    behind = set(parse.tokens.keys[at + 1 : at + 6])
    blows = (e for e in entries if e.kind in _BLOWS)
    return parse.tags[at] in "Vvgi" and any(
        all("~" in options or options & behind for options in e.rest) for e in blows
    )
