"""Figures of people and things: how many were killed, injured, abducted, arrested, displaced, deployed, fired …

`docs/reference/counts.md` says what is counted as what, and which ranges vague words become.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ondit.model import Count
from ondit.model.records import replace
from ondit.read.engines.rules.count_cues import Cue, cues_of, nearest
from ondit.read.engines.rules.count_nouns import Figure, behind_noun, may_count, noun_phrase, with_noun
from ondit.read.engines.rules.count_shares import Shares, part_of, repeated
from ondit.read.engines.rules.count_words import DEFAULTS, FATES, PEOPLE, CountWords, count_words
from ondit.read.engines.rules.count_zero import nobodies, zeros
from ondit.read.engines.rules.numerals import ends_with, number_words
from ondit.read.engines.rules.quantities import Quantity, find_quantities
from ondit.read.engines.rules.units import Clause, Parse

_GOVERNS = tuple("VXEviNI")  # tags before a figure that is no subject
_BESIDE = 5  # tokens between two who are one figure ("three officers of the police and a child")
_PARTITIVE = 2  # tokens of "of the"
_COMMAS = (",", "،")
_NO_VERB = "no verb says more"
_FEW = 10  # so many people may speak; more demonstrate, gather, flee
_OF_ONE = frozenset({"killed", "injured", "abducted"})  # what a single person is counted for
_REACH = 60  # tokens around a figure that are looked at
_LISTED = 20  # figures of a list that are looked at


def find_counts(parse: Parse) -> list[Count]:
    """The figures of a document in text order."""
    words = count_words(parse.pack)
    keys = parse.tokens.keys
    by_clause: dict[int, list[Figure]] = {}
    owner = _owners(parse)
    refused = -1
    for quantity in find_quantities(keys, parse.pack):
        clause = owner[quantity.core]
        figure: Figure | None = None
        listed = refused == quantity.first - 1 and keys[refused] in words.coordinators
        if clause >= 0 and may_count(parse, quantity, words):
            figure = behind_noun(parse, quantity, words) or with_noun(
                parse, quantity, parse.clauses[clause].last, words
            )
            listed = listed and figure is not None and figure.head < 0  # "aged 17 and 19"
            if figure is not None and not listed and not _names_a_year(parse, figure):
                by_clause.setdefault(clause, []).append(figure)
                continue
        refused = quantity.last
    _with_duals(parse, words, owner, by_clause)
    verbs = words.verbs
    numbers = number_words(parse.pack).values
    ones = [at for at in parse.where(words.articles) if keys[at] in numbers]
    told = {owner[at] for at in ones if at + 1 < len(keys) and words.nouns.get(keys[at + 1]) in FATES}
    told |= {owner[at] for at in parse.where(verbs)}
    told |= {owner[at] for at in parse.where(words.cues)} if words.single_after_cue else set()
    told.discard(-1)
    found: list[Count] = []
    clauses = [(index, by_clause.get(index, [])) for index in sorted(told | by_clause.keys())]
    starts = [frozenset(f.quantity.first for f in figures) for _, figures in clauses]
    cues = [cues_of(parse, parse.clauses[i], words, begin) for (i, _), begin in zip(clauses, starts, strict=True)]
    told_before: list[Figure] = []
    at_clause = -1
    for (index, figures), near in zip(clauses, cues, strict=True):
        reader = _Reader(parse, parse.clauses[index], words, owner, index)
        told_before = reader.decided(figures, near, told_before if at_clause == index - 1 else ())
        at_clause = index
        found.extend(reader.told(f) for f in _together(parse, [f for f in told_before if f.what], words))
    found.extend(_Reader(parse, parse.clauses[i], words, owner, i).told(f) for i, f in repeated(parse, owner, words))
    found.extend(zeros(parse, owner, words))
    found.extend(nobodies(parse, owner, words))
    found.sort(key=lambda c: (c.span, c.what))
    return found


def _names_a_year(parse: Parse, figure: Figure) -> bool:
    """As in "the | 2019 | attacks": four bare digits before what happened, not before people."""
    quantity = figure.quantity
    digits = parse.words(quantity.core, quantity.core + 1)
    return figure.kind not in PEOPLE | FATES and len(digits) == _YEAR and digits.isascii() and digits[:2] in _CENTURIES


_YEAR, _CENTURIES = 4, ("19", "20")


def _with_duals(parse: Parse, words: CountWords, owner: Sequence[int], by_clause: dict[int, list[Figure]]) -> None:
    """Adds nouns that carry the number two in their ending, where no number stands before them."""
    if not words.duals:
        return
    keys = parse.tokens.keys
    for at in [i for i in parse.where(words.duals) if owner[i] >= 0]:
        figures = by_clause.setdefault(owner[at], [])
        if any(f.quantity.first <= at < f.last for f in figures) or words.noun_class(keys[at]) == "things":
            continue
        if (
            at > 1
            and keys[at - 1] in words.definite
            and not (keys[at - 2] in words.cues or keys[at - 2] in words.verbs)
        ):
            continue  # "the two": told before, unless it is they whom something happened to
        found = with_noun(
            parse, Quantity(at, at, at, 2, 2, 2, reason="the ending means two"), parse.clauses[owner[at]].last, words
        )
        if found is not None and found.head == at:
            figures.append(found)
            figures.sort(key=lambda f: f.quantity.first)


def _owners(parse: Parse) -> list[int]:
    """For each token the innermost clause that holds it, -1 for none."""
    owner = [-1] * len(parse.tokens)
    for index, clause in enumerate(parse.clauses):
        owner[clause.first : clause.last] = [index] * (clause.last - clause.first)
    return owner


@dataclass(frozen=True)
class _Reader:
    """Reads the figures of one clause."""

    parse: Parse
    clause: Clause
    words: CountWords
    owner: Sequence[int]
    index: int

    def decided(self, figures: Sequence[Figure], cues: Sequence[Cue], earlier: Sequence[Figure]) -> list[Figure]:
        """What each figure counts, single persons something happened to among them; `earlier`: those of the clause before."""
        singles = self._singles(cues, figures)
        everything = sorted([*figures, *singles], key=lambda f: f.quantity.first)
        stretches = [f.stretch for f in everything]
        everything = [
            self._of_the_next(f, after) for f, after in zip(everything, [*everything[1:], None], strict=False)
        ]
        before = list(earlier) if self._shares.opening() else []  # "Among them were eight children."
        decided: list[Figure] = []
        for at, figure in enumerate(everything):
            near = stretches[max(0, at - _LISTED) : at + _LISTED]
            clause, reach = self._around(cues, figure)
            whole = at > 0 and self._is_whole(everything[at - 1], figure)
            cue = None if whole else nearest(self.parse, clause, reach, figure.stretch, near, self.words)
            found = self._decide(figure, cue, [*before, *decided][-_LISTED:], reach)
            decided.append(replace(found, what="") if whole and found.what == "other" else found)
        shares = self._shares
        return [shares.among(f, after) for f, after in zip(decided, [*decided[1:], None], strict=False)]

    @property
    def _shares(self) -> Shares:
        return Shares(self.parse, self.clause, self.words)

    def _around(self, cues: Sequence[Cue], figure: Figure) -> tuple[Clause, Sequence[Cue]]:
        """The clause and its cues, cut to what can reach a figure: sentences without end must not take time without end."""
        if len(self.clause.units) <= _REACH:
            return self.clause, cues
        low, high = figure.quantity.first - _REACH, figure.last + _REACH
        units = self.clause.units
        a, b = (bisect_left(units, edge, key=lambda u: u.first) for edge in (low, high))
        c, d = (bisect_left(cues, edge, key=lambda u: u.first) for edge in (low, high))
        return replace(self.clause, units=units[a:b]), cues[c:d]

    def _is_whole(self, part: Figure, figure: Figure) -> bool:
        """Is it what the figure before is a part of ("two of | the nine hostages"), so that the verb does not tell of it?"""
        if figure.kind == "" and tuple(self.parse.tokens.keys[part.last : figure.quantity.first]) in self.words.out_of:
            return True  # "34 drones | out of | 41"
        between = self.parse.tokens.keys[part.quantity.last : figure.quantity.core]
        fits = self.words.of | self.words.determiners | self.words.definite
        return 0 < len(between) <= _PARTITIVE and between[0] in self.words.of and set(between) <= fits

    def _of_the_next(self, figure: Figure, larger: Figure | None) -> Figure:
        """A figure "of the" next one counts the same things ("27 of the 31 drones")."""
        keys = self.parse.tokens.keys
        if figure.kind or figure.last >= self.clause.last or keys[figure.last] not in self.words.of:
            return figure
        if larger is None or not figure.last < larger.quantity.core <= figure.last + 2:
            return figure
        return replace(figure, kind=larger.kind, head=larger.head)

    def _decide(self, figure: Figure, cue: Cue | None, before: Sequence[Figure], cues: Sequence[Cue]) -> Figure:
        """What the figure counts: by its noun, by the verb that reaches it, as a part of another, or nothing."""
        if figure.what or (figure.quantity.vague == "weak" and self._is_part(figure)):
            return figure
        if figure.kind in FATES and not figure.single:
            return replace(
                figure,
                what=figure.kind,
                why=f"'{self.parse.tokens.keys[figure.head]}' is what is counted",
                by_noun=True,
            )
        takes = figure.kind in PEOPLE or figure.kind in ("", "unknown")
        inherited = self._shares.inherited(figure, before) if takes else ""
        bare = figure.kind == "" and self.parse.tags[figure.last : figure.last + 1] == "A"  # "dont quatre graves"
        rest = (bare or figure.kind == "unknown") and inherited in FATES and not (cue and cue.what in FATES)
        if inherited and (rest or (figure.single and (cue is None or cue.what not in _OF_ONE))):
            return part_of(figure, inherited)
        if takes and cue is not None and not (cue.what == "troops" and figure.kind != "troops"):
            return self._by_cue(figure, cue)
        if takes and inherited:
            return part_of(figure, inherited)
        shared = self._shares.told(figure, before, cues) if takes else figure
        return shared if shared.what or figure.single else self._by_noun(figure)

    def _by_cue(self, figure: Figure, cue: Cue) -> Figure:
        unsaid = cue.what not in FATES and not (cue.what == "arrested" and cue.verb and not self.words.verb_first)
        if (figure.kind == "unknown" and unsaid) or (figure.single and cue.what not in _OF_ONE):
            return figure
        if figure.kind == "casualties":
            return replace(figure, what="other", why="victims may be dead or injured")
        what = cue.what
        if what == "missing" and not cue.verb and self.parse.tokens.keys[figure.head] in self.words.sought:
            what = "other"  # "the search for three gunmen"
        if what == "arrested" and figure.kind == "abducted":
            what = "abducted"  # "hostages held by"
        if self.parse.tokens.keys[cue.first] in self.words.among:
            return part_of(figure, what)  # "among the dead"
        return replace(figure, what=what, why=f"'{self.parse.words(cue.first, cue.last)}' tells what happened")

    def _by_noun(self, figure: Figure) -> Figure:
        kind = figure.kind
        if (
            kind in ("", "unknown")
            or figure.quantity.vague == "weak"
            or (figure.quantity.vague and kind in PEOPLE | {"things"} and not self._counts_vaguely(figure))
        ):
            return figure
        if kind in PEOPLE and (self._speaks(figure) or self._known_pair(figure)):
            return figure
        noun = self.parse.tokens.keys[figure.head]
        if (
            noun in self.words.populace
            and self.parse.tags[figure.quantity.first - 1 : figure.quantity.first] in _GOVERNS
        ):
            return figure  # "a town of 3,000 inhabitants"
        return replace(
            figure,
            what=DEFAULTS.get(kind, kind),
            why=f"'{noun}' is what is counted; {_NO_VERB}",
            by_noun=True,
        )

    def _counts_vaguely(self, figure: Figure) -> bool:
        return figure.quantity.vague == "vague" and figure.kind in (
            "things",
            "abducted",
            "arrested",
            "displaced",
            "casualties",
        )

    def _speaks(self, figure: Figure) -> bool:
        """Is it a number of people who say something?"""
        for unit in self.clause.units:
            if unit.kind == "S" and unit.last == figure.quantity.first:
                return True
            if unit.first >= figure.last:
                if unit.verb is not None:
                    few = figure.quantity.low is None or figure.quantity.low <= _FEW
                    return unit.kind == "R" and few
                if unit.kind in ".;:,L":
                    return False
        return False

    def _known_pair(self, figure: Figure) -> bool:
        quantity, keys = figure.quantity, self.parse.tokens.keys
        return quantity.best == 2 and any(
            k in self.words.definite for k in keys[max(0, quantity.core - 1) : quantity.core]
        )

    def _is_part(self, figure: Figure) -> bool:
        keys, at = self.parse.tokens.keys, figure.quantity.first
        return bool(ends_with(keys, at, self.words.parts))

    def _singles(self, cues: Sequence[Cue], figures: Sequence[Figure]) -> list[Figure]:
        keys, tags = self.parse.tokens.keys, self.parse.tags
        told = any(c.what in _OF_ONE for c in cues)
        ends = {cue.last for cue in cues}
        numbers = number_words(self.parse.pack).values
        taken = {at for f in figures for at in range(f.quantity.first, f.last)}
        found: list[Figure] = []
        if self.words.single_after_cue:
            behind = {cue.last for cue in cues if cue.before}
            parts = (i for i in range(self.clause.first + 1, self.clause.last) if self._lists_one(i))
            places = sorted(behind.union(parts) - taken)
            singles = (self._single_at(at) for at in places if at < self.clause.last)
            return [figure for figure in singles if figure is not None]
        for at in range(self.clause.first, self.clause.last - 1):
            if told and (stop := self._another(at)):
                found.append(Figure(Quantity(at, stop, at, 1, 1, 1), stop - 1, stop, "people", single=True))
                continue
            if keys[at] not in self.words.articles or self.owner[at] != self.index:
                continue
            if at in taken or (tags[at - 1] == "E" and at not in ends and at > self.clause.first):
                continue
            if not told and keys[at] not in numbers:
                continue
            head, last, _ = noun_phrase(self.parse, at + 1, self.clause.last, self.words)
            kind = self.words.noun_class(keys[head]) if head >= 0 else ""
            if kind in ("killed", "injured") and keys[at] in numbers:
                found.append(
                    Figure(
                        Quantity(at, at + 1, at, 1, 1, 1),
                        head,
                        last,
                        kind,
                        kind,
                        f"'{keys[head]}' is what is counted",
                        single=True,
                    )
                )
            elif kind in PEOPLE and keys[head] not in self.words.never:
                number = 2 if self._with_one_more(last) else 1
                last = last + 3 if number == 2 else last
                quantity = Quantity(at, at + 1, at, number, number, number)
                found.append(Figure(quantity, head, last, kind, single=True))
        return found

    def _lists_one(self, at: int) -> bool:
        """Is it "a woman" in "among them | a woman", "two children and | a woman"?"""
        keys = self.parse.tokens.keys
        return keys[at] in self.words.singular and (
            keys[at - 1] in self.words.coordinators or bool(ends_with(keys, at, self.words.parts))
        )

    def _another(self, at: int) -> int:
        """Where "a fifth" ends that begins at a token and stands for somebody, 0 for none."""
        keys, tags = self.parse.tokens.keys, self.parse.tags
        for phrase in self.words.another.get(keys[at], ()):
            stop = at + len(phrase)
            if tuple(keys[at:stop]) == phrase and tags[stop : stop + 1] not in tuple("NAP#"):
                return stop if self.owner[at] == self.index else 0
        return 0

    def _single_at(self, at: int) -> Figure | None:
        """A person in the singular right after what happened to them, in a language without an indefinite article."""
        keys = self.parse.tokens.keys
        if self.owner[at] != self.index:
            return None
        if keys[at] in self.words.articles and at + 1 < self.clause.last:  # "one of | the soldiers"
            head, last, _ = noun_phrase(self.parse, at + 1, self.clause.last, self.words)
            kind = self.words.noun_class(keys[head]) if head >= 0 else ""
            return Figure(Quantity(at, at + 1, at, 1, 1, 1), head, last, kind, single=True) if kind in PEOPLE else None
        if keys[at] not in self.words.singular:
            return None
        kind = self.words.noun_class(keys[at])
        return Figure(Quantity(at, at, at, 1, 1, 1), at, at + 1, kind, single=True)

    def _with_one_more(self, at: int) -> bool:
        """Does "and her child" follow?"""
        keys = self.parse.tokens.keys
        if (
            at + 2 >= self.clause.last
            or keys[at] not in self.words.coordinators
            or keys[at + 1] not in self.words.possessives
        ):
            return False
        return self.words.noun_class(keys[at + 2]) in PEOPLE and not keys[at + 2].endswith("s")

    def told(self, figure: Figure) -> Count:
        """The count that a figure is, with its reason."""
        parse, quantity = self.parse, figure.quantity
        span = parse.span(quantity.first, max(figure.last, quantity.last))
        who = parse.words(quantity.last, figure.last) if figure.last > quantity.last else ""
        reason = "; ".join(filter(None, (figure.why, quantity.reason)))
        name = "single" if figure.single else quantity.vague or "figure"
        rule = f"{parse.pack.language}/counts:{name}"
        return Count(
            figure.what, quantity.low, quantity.high, span, span.of(parse.text), quantity.best, who, rule, reason
        )


def _together(parse: Parse, figures: Sequence[Figure], words: CountWords) -> Iterator[Figure]:
    """Those in one list with one fate become one figure: single persons, and a single person with a number of others."""
    keys = parse.tokens.keys
    waiting: Figure | None = None
    for at, figure in enumerate(figures):
        if waiting is not None and figure.what == waiting.what:
            between = keys[waiting.last : figure.quantity.first]
            joined = any(k in words.coordinators for k in between[-1:])
            inside = parse.tags[waiting.last : figure.quantity.first - 1]
            beside = len(between) <= _BESIDE and all(tag in "DNPAE" for tag in inside)
            pair = joined and beside and between[-1] not in _COMMAS and _is_pair(parse, figures, at, words)
            if joined and ((waiting.single and figure.single) or (pair and waiting.single != figure.single)):
                waiting = replace(
                    waiting,
                    quantity=_sum(waiting.quantity, figure.quantity),
                    last=figure.last,
                    why=figure.why,
                    single=waiting.single and figure.single,
                )
                continue
        if waiting is not None:
            yield waiting
        waiting = figure
    if waiting is not None:
        yield waiting


def _is_pair(parse: Parse, figures: Sequence[Figure], at: int, words: CountWords) -> bool:
    """Are a figure and the one before all of their list, counted exactly, and no parts of a larger number?"""
    keys, pair = parse.tokens.keys, figures[at - 1 : at + 1]
    if any(f.part or f.quantity.vague or f.quantity.low is None for f in pair):
        return False
    if any(f.kind not in PEOPLE | {"", "unknown"} for f in pair):
        return False
    first, last = pair[0].quantity.first, pair[1].last
    more = at + 1 < len(figures) and figures[at + 1].quantity.first - last <= 1
    return not more and not (at > 1 and keys[first - 1] in words.coordinators)


def _sum(first: Quantity, second: Quantity) -> Quantity:
    low = (first.low or 0) + (second.low or 0)
    high = None if first.high is None or second.high is None else first.high + second.high
    best = None if first.best is None or second.best is None else first.best + second.best
    return replace(first, low=low, high=high, best=best)
