"""Figures of people and things: how many were killed, injured, abducted, arrested, displaced, deployed, fired …

`docs/reference/counts.md` says what is counted as what, and which ranges vague words become.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ondit.model import Count
from ondit.read.engines.rules.count_cues import Cue, Stretch, cues_of, nearest
from ondit.read.engines.rules.count_words import FATES, PEOPLE, CountWords, count_words
from ondit.read.engines.rules.numerals import Quantity, bound, find_quantities, number_words
from ondit.read.engines.rules.parse import Clause, Parse

_NO_VERB = "no verb says more"
_FEW = 10  # so many people may speak; more demonstrate, gather, flee
_PHRASE = 8  # tokens of a noun phrase after a figure
_COUNTED = FATES | PEOPLE | {"strikes", "weapons", "things"}
_DEFAULT = {"people": "other", "casualties": "other", "things": "other"}


@dataclass(frozen=True, slots=True)
class _Figure:
    """A quantity with its noun: `head` the counted noun's token (-1: none), `last` the end of the phrase, `kind` the noun's class."""

    quantity: Quantity
    head: int
    last: int
    kind: str
    what: str = ""
    why: str = ""
    single: bool = False

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.quantity.first, self.last)


def find_counts(parse: Parse) -> list[Count]:
    """The figures of a document in text order."""
    words = count_words(parse.pack)
    keys = parse.tokens.keys
    by_clause: dict[int, list[_Figure]] = {}
    owner = _owners(parse)
    refused = -1
    for quantity in find_quantities(keys, parse.pack):
        clause = owner[quantity.core]
        figure: _Figure | None = None
        listed = refused == quantity.first - 1 and keys[refused] in words.coordinators
        if clause >= 0 and _may_count(parse, quantity, words):
            figure = _with_noun(parse, quantity, parse.clauses[clause].last, words)
            if figure is not None and not (listed and figure.head < 0):  # "aged 17 and 19"
                by_clause.setdefault(clause, []).append(figure)
                continue
        refused = quantity.last
    verbs = words.verbs
    numbers = number_words(parse.pack).values
    ones = words.articles & numbers.keys()
    told = {owner[at] for at, key in enumerate(keys) if key in ones and at + 1 < len(keys) and words.nouns.get(keys[at + 1]) in FATES}
    told |= {owner[at] for at, key in enumerate(keys) if key in verbs}
    told.discard(-1)
    found: list[Count] = []
    for index in sorted(told | by_clause.keys()):
        figures = by_clause.get(index, [])
        clause_words = _Reader(parse, parse.clauses[index], words, owner, index)
        found.extend(clause_words.counts(figures))
    found.extend(_zeros(parse, owner, words))
    found.extend(_nobodies(parse, owner, words))
    found.sort(key=lambda c: (c.span, c.what))
    return found


def _owners(parse: Parse) -> list[int]:
    """For each token the innermost clause that holds it, -1 for none."""
    owner = [-1] * len(parse.tokens)
    for index, clause in enumerate(parse.clauses):
        owner[clause.first : clause.last] = [index] * (clause.last - clause.first)
    return owner


def _may_count(parse: Parse, quantity: Quantity, words: CountWords) -> bool:
    """Is this a figure at all, and no date, age, measure, label or part of a name?"""
    keys, starts, stops = parse.tokens.keys, parse.tokens.starts, parse.tokens.stops
    first, core, last = quantity.first, quantity.core, quantity.last
    if _in_time(parse, core) or (quantity.best == 1 and last - first == 1 and keys[core] in words.articles):
        return False
    if any(tuple(keys[first - len(p) : first]) == p for p in words.uncounted if len(p) <= first):
        return False
    before = keys[first - 1] if first else ""
    after = keys[last] if last < len(keys) else ""
    if before in words.labels and not quantity.vague and core == first:
        return False
    if after in words.after and (stops[last - 1] == starts[last] or after.isalpha() or len(after) == 1):
        return False
    if after in words.ages or before in words.ages:
        return False
    if keys[core][0].isdigit():
        text = parse.text
        left = text[starts[core] - 1 : starts[core]]
        right = text[stops[last - 1] : stops[last - 1] + 2]
        if left and (left in "$€£#/.,:_+=@&-" or left.isalnum()):
            return False
        if right and (right[0] in "/_%°$€£" or (right[0] in ".,:-" and right[1:].isdigit())):
            return False
    return True


def _in_time(parse: Parse, at: int) -> bool:
    offset = parse.tokens.starts[at]
    times = parse.times
    low, high = 0, len(times)
    while low < high:
        middle = (low + high) // 2
        if times[middle].span.stop <= offset:
            low = middle + 1
        else:
            high = middle
    return low < len(times) and times[low].span.start <= offset


def _with_noun(parse: Parse, quantity: Quantity, limit: int, words: CountWords) -> _Figure | None:
    """The figure with the noun it counts; None when that noun is never counted."""
    head, last, before = _noun_phrase(parse, quantity.last, limit, words)
    if head < 0 and last > quantity.last:
        return None
    if head < 0:
        return None if _is_age(parse, quantity) else _Figure(quantity, -1, quantity.last, "")
    keys = parse.tokens.keys
    kind = "never" if keys[head] in words.never else words.noun_class(keys[head])
    if kind == "never":
        return None
    figure = _Figure(quantity, head, last, kind or "unknown")
    if kind not in ("strikes", "weapons", "things"):
        figure = _qualified(parse, figure, before, words)
    return _bounded_after(parse, _lumped(parse, figure, words))


def _qualified(parse: Parse, figure: _Figure, before: Sequence[int], words: CountWords) -> _Figure:
    """A figure whose noun has a fate beside it ("12 dead soldiers", "five others wounded")."""
    keys, tags = parse.tokens.keys, parse.tags
    fates = {words.noun_class(keys[at]): at for at in reversed(before) if words.noun_class(keys[at]) in FATES}
    if fates and figure.kind in FATES and figure.kind not in fates:
        return replace(figure, what="other", why="dead and injured under one figure")
    last = figure.last
    if not fates and last < len(keys) and tags[last] in "Av" and figure.kind not in FATES:
        fates = {words.noun_class(keys[last]): last} if words.noun_class(keys[last]) in ("killed", "injured") else {}
    what, at = next(iter(fates.items()), ("", -1))
    return replace(figure, what=what, why=f"'{keys[at]}' stands beside the noun") if what else figure


def _is_age(parse: Parse, quantity: Quantity) -> bool:
    """A bare number between commas after a name ("Smith, 20, has been arrested")."""
    keys, first, last = parse.tokens.keys, quantity.first, quantity.last
    return first > 1 and last < len(keys) and keys[first - 1] == "," and keys[last] in (",", ".") and parse.tags[first - 2] in "NP"


def _noun_phrase(parse: Parse, at: int, limit: int, words: CountWords) -> tuple[int, int, list[int]]:
    """Head noun, end of the phrase, and the tokens before the head, from the token after a number; head -1 when no noun follows."""
    keys, tags = parse.tokens.keys, parse.tags
    stop = min(limit, at + _PHRASE)
    begin = at
    while at < stop and (keys[at] in words.between or keys[at] in '"«“‘'):
        at += 1
    if at < stop and keys[at] in words.of:
        at += 1
        while at < stop and (keys[at] in words.determiners or keys[at] in words.between):
            at += 1
    run = at
    while at < stop and (tags[at] in "NPAv?g" or words.noun_class(keys[at])) and not _in_time(parse, at):
        known = keys[at] in words.nouns
        if words.head_first and (known or tags[at] in "NP"):
            return at, _phrase_end(parse, at + 1, stop, words), list(range(run, at))
        if not words.head_first and at > run and tags[at] in "vg" and any(tags[i] in "NP" or keys[i] in words.nouns for i in range(run, at)):
            break
        at += 1
        if not words.head_first and at + 1 < stop and keys[at] in words.coordinators and tags[at - 1] == "A" and tags[at + 1] == "A":
            at += 1  # "21 military and civilian personnel"
    if words.head_first:
        return -1, begin, []
    head = at - 1
    while head >= run and not (tags[head] in "NP" or keys[head] in words.nouns):
        head -= 1
    while head > run and words.noun_class(keys[head]) in FATES and tags[head - 1] in "NP" and words.noun_class(keys[head - 1]) not in FATES:
        head -= 1  # "six people dead": the adjective is not the noun
    return (head, head + 1, list(range(run, head))) if head >= run else (-1, begin, [])


def _phrase_end(parse: Parse, at: int, stop: int, words: CountWords) -> int:
    """End of what belongs to a noun after it, where nouns come first: adjectives that are no fates."""
    keys, tags = parse.tokens.keys, parse.tags
    while at < stop and tags[at] in "AP" and keys[at] not in words.verbs and words.noun_class(keys[at]) not in FATES:
        at += 1
    return at


def _lumped(parse: Parse, figure: _Figure, words: CountWords) -> _Figure:
    """Dead and injured under one figure are `other`."""
    keys = parse.tokens.keys
    if figure.kind not in ("killed", "injured") or figure.last + 1 >= len(keys):
        return figure
    after = figure.last + 1
    while after < len(keys) and keys[after] in words.of:
        after += 1
    if keys[figure.last] in words.coordinators and keys[figure.last] != "," and after < len(keys):
        second = words.noun_class(keys[after])
        if second in ("killed", "injured") and second != figure.kind:
            return replace(figure, last=after + 1, what="other", why="dead and injured under one figure")
    return figure


def _bounded_after(parse: Parse, figure: _Figure) -> _Figure:
    """A bound that stands after the noun ("12 morts au moins")."""
    keys = parse.tokens.keys
    if figure.last >= len(keys):
        return figure
    for phrase, name in number_words(parse.pack).bounds_after.get(keys[figure.last], ()):
        stop = figure.last + len(phrase)
        if tuple(keys[figure.last : stop]) == phrase:
            return replace(figure, quantity=bound(figure.quantity, name), last=stop)
    return figure


@dataclass(frozen=True)
class _Reader:
    """Reads the figures of one clause."""

    parse: Parse
    clause: Clause
    words: CountWords
    owner: Sequence[int]
    index: int

    def counts(self, figures: Sequence[_Figure]) -> Iterator[Count]:
        """The figures that count something, and the single persons something happened to."""
        starts = frozenset(f.quantity.first for f in figures)
        cues = cues_of(self.parse, self.clause, self.words, starts)
        singles = self._singles(cues, figures)
        everything = sorted([*figures, *singles], key=lambda f: f.quantity.first)
        stretches = [f.stretch for f in everything]
        everything = [self._of_the_next(f, everything) for f in everything]
        decided: list[_Figure] = []
        for figure in everything:
            cue = nearest(self.parse, self.clause, cues, figure.stretch, stretches, self.words)
            decided.append(self._decide(figure, cue, decided))
        decided = [self._among(f, decided) for f in decided]
        for figure in _together(self.parse, [f for f in decided if f.what], self.words):
            yield self._count(figure)

    def _of_the_next(self, figure: _Figure, everything: Sequence[_Figure]) -> _Figure:
        """A figure "of the" next one counts the same things ("27 of the 31 drones")."""
        keys = self.parse.tokens.keys
        if figure.kind or figure.last >= self.clause.last or keys[figure.last] not in self.words.of:
            return figure
        larger = next((f for f in everything if figure.last < f.quantity.core <= figure.last + 2), None)
        return figure if larger is None else replace(figure, kind=larger.kind, head=larger.head)

    def _decide(self, figure: _Figure, cue: Cue | None, before: Sequence[_Figure]) -> _Figure:
        if figure.what:
            return figure
        keys, kind = self.parse.tokens.keys, figure.kind
        if kind in FATES and not figure.single:
            return replace(figure, what=kind, why=f"'{keys[figure.head]}' is what is counted")
        takes = kind in PEOPLE or kind in ("", "unknown") or figure.single
        if figure.quantity.vague == "weak" and self._is_part(figure):
            return figure
        if takes and cue is not None and not (cue.what == "troops" and kind != "troops"):
            if kind == "unknown" and cue.what not in FATES:
                return figure
            if figure.single and cue.what not in ("killed", "injured", "abducted"):
                return figure
            if kind == "casualties":
                return replace(figure, what="other", why="victims may be dead or injured")
            return replace(figure, what=cue.what, why=f"'{self.parse.words(cue.first, cue.last)}' tells what happened")
        if figure.single:
            return figure
        if takes:
            inherited = self._inherited(figure, before)
            if inherited:
                return replace(figure, what=inherited, why="a part of the figure before")
            if self._is_toll(figure):
                return replace(figure, what="killed", why="the figure of a toll")
        return self._by_noun(figure)

    def _by_noun(self, figure: _Figure) -> _Figure:
        kind = figure.kind
        if kind in ("", "unknown") or figure.quantity.vague == "weak" or (figure.quantity.vague and kind in PEOPLE | {"things"} and not self._counts_vaguely(figure)):
            return figure
        if kind in PEOPLE and (self._speaks(figure) or self._known_pair(figure)):
            return figure
        noun = self.parse.tokens.keys[figure.head]
        return replace(figure, what=_DEFAULT.get(kind, kind), why=f"'{noun}' is what is counted; {_NO_VERB}")

    def _counts_vaguely(self, figure: _Figure) -> bool:
        return figure.quantity.vague == "vague" and figure.kind in ("things", "abducted", "arrested", "displaced", "casualties")

    def _speaks(self, figure: _Figure) -> bool:
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

    def _known_pair(self, figure: _Figure) -> bool:
        quantity, keys = figure.quantity, self.parse.tokens.keys
        return quantity.best == 2 and any(k in self.words.definite for k in keys[max(0, quantity.core - 1) : quantity.core])

    def _is_part(self, figure: _Figure) -> bool:
        keys, at = self.parse.tokens.keys, figure.quantity.first
        return any(tuple(keys[max(0, at - len(p)) : at]) == p for p in self.words.parts)

    def _inherited(self, figure: _Figure, before: Sequence[_Figure]) -> str:
        keys = self.parse.tokens.keys
        at = figure.quantity.first
        earlier = [f for f in before if f.what and f.kind not in ("strikes", "weapons", "things")]
        for phrase in self.words.parts:
            if tuple(keys[max(0, at - len(phrase)) : at]) == phrase and earlier:
                return earlier[-1].what
        if earlier and keys[at - 1] in self.words.coordinators and at - earlier[-1].last <= 2 and earlier[-1].why.startswith("a part"):
            return earlier[-1].what
        return ""

    def _among(self, figure: _Figure, everything: Sequence[_Figure]) -> _Figure:
        """The fate of the larger number a figure is said to be among ("two medics were among the 31 killed")."""
        if figure.kind not in PEOPLE or (figure.why and not figure.why.endswith(_NO_VERB)):
            return figure
        keys = self.parse.tokens.keys
        for at in range(figure.last, min(figure.last + 4, self.clause.last - 1)):
            if keys[at] in self.words.among:
                larger = next((f for f in everything if 0 < f.quantity.first - at <= 2 and f.what), None)
                what = larger.what if larger else self._fate_within(at + 1, at + 5)
                return replace(figure, what=what, why=f"a part of the larger figure: '{keys[at]}'") if what else figure
        return figure

    def _fate_within(self, first: int, last: int) -> str:
        for key in self.parse.tokens.keys[first : min(last, self.clause.last)]:
            fate = self.words.verbs.get(key)
            what = self.words.noun_class(key) if fate is None else fate.what
            if what in FATES or what in ("abducted", "arrested"):
                return what
        return ""

    def _is_toll(self, figure: _Figure) -> bool:
        """Does the figure say how high a toll is ("the toll in the attack on the base rose to 89")?"""
        keys = self.parse.tokens.keys
        at = figure.quantity.first
        if keys[at - 1] not in self.words.toll_verbs:
            return False
        return any(keys[i] in self.words.toll_nouns for i in range(max(self.clause.first, at - 40), at))

    def _singles(self, cues: Sequence[Cue], figures: Sequence[_Figure]) -> list[_Figure]:
        keys, tags = self.parse.tokens.keys, self.parse.tags
        told = any(c.what in ("killed", "injured", "abducted") for c in cues)
        ends = {cue.last for cue in cues}
        numbers = number_words(self.parse.pack).values
        taken = [f.stretch for f in figures]
        found: list[_Figure] = []
        for at in range(self.clause.first, self.clause.last - 1):
            if keys[at] not in self.words.articles or self.owner[at] != self.index:
                continue
            if any(t.first <= at < t.last for t in taken) or (tags[at - 1] == "E" and at not in ends and at > self.clause.first):
                continue
            if not told and keys[at] not in numbers:
                continue
            head, last, _ = _noun_phrase(self.parse, at + 1, self.clause.last, self.words)
            kind = self.words.noun_class(keys[head]) if head >= 0 else ""
            if kind in ("killed", "injured") and keys[at] in numbers:
                found.append(_Figure(Quantity(at, at + 1, at, 1, 1, 1), head, last, kind, kind, f"'{keys[head]}' is what is counted", single=True))
            elif kind in PEOPLE and keys[head] not in self.words.never:
                number = 2 if self._with_one_more(last) else 1
                last = last + 3 if number == 2 else last
                quantity = Quantity(at, at + 1, at, number, number, number)
                found.append(_Figure(quantity, head, last, kind, single=True))
        return found

    def _with_one_more(self, at: int) -> bool:
        """Does "and her child" follow?"""
        keys = self.parse.tokens.keys
        if at + 2 >= self.clause.last or keys[at] not in self.words.coordinators or keys[at + 1] not in self.words.possessives:
            return False
        return self.words.noun_class(keys[at + 2]) in PEOPLE and not keys[at + 2].endswith("s")

    def _count(self, figure: _Figure) -> Count:
        parse, quantity = self.parse, figure.quantity
        span = parse.span(quantity.first, max(figure.last, quantity.last))
        who = parse.words(quantity.last, figure.last) if figure.last > quantity.last else ""
        reason = "; ".join(filter(None, (figure.why, quantity.reason)))
        name = "single" if figure.single else quantity.vague or "figure"
        rule = f"{parse.pack.language}/counts:{name}"
        return Count(figure.what, quantity.low, quantity.high, span, span.of(parse.text), quantity.best, who, rule, reason)


def _together(parse: Parse, figures: Sequence[_Figure], words: CountWords) -> Iterator[_Figure]:
    """Single persons in one list with one fate become one figure."""
    keys = parse.tokens.keys
    waiting: _Figure | None = None
    for figure in figures:
        if waiting is not None:
            between = keys[waiting.last : figure.quantity.first]
            if figure.single and figure.what == waiting.what and any(k in words.coordinators for k in between[-1:]):
                number = (waiting.quantity.best or 1) + 1
                quantity = replace(waiting.quantity, low=number, high=number, best=number)
                waiting = replace(waiting, quantity=quantity, last=figure.last, why=figure.why)
                continue
            yield waiting
            waiting = None
        if figure.single:
            waiting = figure
        else:
            yield figure
    if waiting is not None:
        yield waiting


def _zeros(parse: Parse, owner: Sequence[int], words: CountWords) -> Iterator[Count]:
    """Figures that are said to be none."""
    keys = parse.tokens.keys
    starts = {phrase[0] for phrase in words.zero}
    for at, key in enumerate(keys):
        if key not in starts or owner[at] < 0:
            continue
        phrase = next((p for p in words.zero if tuple(keys[at : at + len(p)]) == p), None)
        if phrase is None:
            continue
        head, last, _ = _noun_phrase(parse, at + len(phrase), parse.clauses[owner[at]].last, words)
        kind = words.noun_class(keys[head]) if head >= 0 else ""
        if kind in FATES or kind == "casualties":
            span = parse.span(at, last)
            what = _DEFAULT.get(kind, kind)
            yield Count(
                what, 0, 0, span, span.of(parse.text), 0, parse.words(head, last), f"{parse.pack.language}/counts:zero", f"'{key}': none"
            )


def _nobodies(parse: Parse, owner: Sequence[int], words: CountWords) -> Iterator[Count]:
    """Nobody was killed, no one was hurt."""
    keys, verbs = parse.tokens.keys, words.verbs
    for at, key in enumerate(keys):
        if key not in words.nobody or owner[at] < 0:
            continue
        phrase = next((p for p in words.nobody_phrases if tuple(keys[at + 1 - len(p) : at + 1]) == p), None)
        if phrase is None:
            continue
        first, clause = at + 1 - len(phrase), parse.clauses[owner[at]]
        after = next((k for k in keys[at + 1 : min(at + 5, clause.last)] if k in verbs), "")
        before = keys[first - 1] if first > clause.first and keys[first - 1] in verbs else ""
        fate = verbs.get(after or before)
        if fate is not None and fate.what in ("killed", "injured", "missing", "abducted", "arrested"):
            span = parse.span(first, at + 1)
            rule = f"{parse.pack.language}/counts:zero"
            yield Count(fate.what, 0, 0, span, span.of(parse.text), 0, "", rule, f"'{span.of(parse.text)}': none")
