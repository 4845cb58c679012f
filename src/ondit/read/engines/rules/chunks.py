"""A sentence cut into units: quotations, times, prepositions of source, verb groups, noun phrases, and the words between."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ondit.model import TimexType
from ondit.read.engines.rules.actor_words import load_actor_words
from ondit.read.engines.rules.lexicon import Reporting
from ondit.read.engines.rules.numerals import number_words, phrase_end
from ondit.read.engines.rules.phrases import Phrases, phrase_at, phrases
from ondit.read.engines.rules.quoted import QuoteIndex
from ondit.read.engines.rules.titles import with_titles
from ondit.read.engines.rules.units import Parse, Unit, VerbGroup, token_range
from ondit.read.engines.rules.voices import is_outlet, voice_words
from ondit.text.folding import fold_word

_PUNCTUATION = {
    ",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "[": "(", "]": ")", "-": "-", "–": "-", "—": "-", ".": ".",
    "!": ".", "?": ".", "…": ".", "...": ".", "،": ",", "؛": ";", "؟": ".",
}  # fmt: skip
_LOOSE_MARKS = frozenset('"“”«»')  # that no other one closes
_GROUP = "rebel_group"  # whose names are no heads of longer ones
_TWO = 2  # words, at least, of a subject and its object
_SHORT_PLURAL = 4  # letters: "طاعون" is none, but few shorter words are
_BY_TAG = {"E": "e", "C": "k", "S": "s", "R": "a", "A": "x", "t": "t", "I": "z"}
_FORMS = {"X": "finite", "V": "finite", "z": "infinitive", "i": "infinitive", "w": "gerund", "g": "gerund"}


def units_of(parse: Parse, stretches: Sequence[tuple[int, int]], quotes: QuoteIndex) -> list[Sequence[Unit]]:
    """The units of each stretch of tokens `first` … `last` (exclusive), in text order.

    One step goes over all of them before the next one begins: what a step needs stays in the processor's cache.
    """
    chunkers = [_Chunker(parse, first, last) for first, last in stretches]
    for chunker in chunkers:
        chunker.take_quotations(quotes)
    for chunker in chunkers:
        chunker.take_times()
        chunker.take_accounts()
    for chunker in chunkers:
        chunker.take_sources()
    for chunker in chunkers:
        chunker.take_verbs()
    for chunker in chunkers:
        chunker.take_nouns()
    units: list[Sequence[Unit]] = [list(chunker.units()) for chunker in chunkers]
    return [list(with_titles(parse, each)) for each in units] if phrases(parse.pack).titles else units


class _Chunker:
    """The tags of a stretch as a line in which what has become a unit is blank."""

    def __init__(self, parse: Parse, first: int, last: int) -> None:
        self.parse = parse
        self.grammar = phrases(parse.pack)
        self.first, self.last = first, last
        self.line = parse.tags[first:last]
        self.starts: dict[int, Unit] = {}

    def _put(self, unit: Unit) -> None:
        self.starts[unit.first] = unit
        self._mark(unit.first, unit.last, " ")

    def _mark(self, first: int, last: int, symbol: str) -> None:
        low, high = first - self.first, last - self.first
        self.line = self.line[:low] + symbol * (high - low) + self.line[high:]

    def _is_free(self, first: int, last: int) -> bool:
        return " " not in self.line[first - self.first : last - self.first]

    def take_quotations(self, quotes: QuoteIndex) -> None:
        """Whole quotations as pieces; the marks of a few quoted words stay in the line."""
        at = self.first
        for place in quotes.between(self.first, self.last):
            if place < at:
                continue
            if place in quotes.pieces and quotes.pieces[place][0] <= self.last:
                at, _, _, quotation = quotes.pieces[place]
                self._put(Unit("Q", place, at, quotation=quotation))
            elif place in quotes.marks:
                self._mark(place, place + 1, '"')

    def take_times(self) -> None:
        """Time expressions; not "the daily", which is a paper, nor the age in "a woman of 34 years"."""
        words = self.grammar.words
        for time in self.parse.times_in(self.parse.span(self.first, self.last)):
            first, last = token_range(self.parse.tokens, time.span)
            age = time.type is TimexType.DURATION and first > 0 and words.get(self.parse.tokens.keys[first - 1]) == "o"
            if first < last <= self.last and self._is_free(first, last) and time.type is not TimexType.SET and not age:
                self._put(Unit("T", first, last))

    def take_accounts(self) -> None:
        """An account before a figure, a phrase of its own: "told | @RadioOkapi | at least 160 women …"."""
        keys, tags = self.parse.tokens.keys, self.parse.tags
        for at in [i for i, key in enumerate(keys[self.first : self.last], self.first) if key == "@"]:
            behind = tags[at + 2 : min(at + 4, self.last)]
            figure = behind[:1] in ("#", "D") or (behind[:1] in ("E", "A") and behind[1:] in ("A", "#", "E"))
            if figure and at + 2 <= self.last and self._is_free(at, at + 2):
                self._put(Unit("n", at, at + 2))

    def take_sources(self) -> None:
        """Prepositions of source, adverbs of several words, and the quantifiers that belong to a figure."""
        keys, tags, grammar = self.parse.tokens.keys, self.parse.tags, self.grammar
        introducing = grammar.introducing
        for at in [i for i, key in enumerate(keys[self.first : self.last], self.first) if key in introducing]:
            if length := self._source_at(at):
                self._put(Unit("S", at, at + length))
            elif keys[at] in grammar.adverbials and (length := phrase_at(grammar.adverbials, keys, at)):
                inside = at > self.first and tags[at - 1] in "Xyzw"  # "has for its part spoken": inside a verb group
                if not inside and at + length <= self.last and self._is_free(at, at + length):
                    self._put(Unit("a", at, at + length))
            elif keys[at] in grammar.subordinators and (length := phrase_at(grammar.subordinators, keys, at)):
                if at + length <= self.last and self._is_free(at, at + length):
                    self._put(Unit("s", at, at + length))
            elif keys[at] in grammar.quantifiers and (length := phrase_at(grammar.quantifiers, keys, at)):
                after = tags[at + length : min(at + length + 2, self.last)]
                opens = tags[at] == "E" and length == 1 and after != "D#"  # "asked about | the charges", not "a dozen"
                opens = opens or (after == "DN" and self._is_beside(at + length))
                counted = after[:1] == "#" or (after[:1] == "D" and not opens)
                if counted and self._is_free(at, at + length):
                    self._mark(at, at + length, "#")

    def _is_beside(self, article: int) -> bool:
        """Is it « près d'| un marché », a place, and no « près d'| une dizaine »?"""
        keys, numbers = self.parse.tokens.keys, number_words(self.parse.pack)
        counts = keys[article + 1] in numbers.collectives or keys[article + 1] in numbers.scales
        return self.grammar.words.get(keys[article - 1]) == "o" and not counts

    def _source_at(self, at: int) -> int:
        keys, grammar = self.parse.tokens.keys, self.grammar
        if keys[at] in grammar.before_noun and at > self.first and self.parse.tags[at - 1] in "iE":
            return 0  # "à partir | de sources officielles"
        if (
            keys[at] in grammar.before_noun
            and at > self.first
            and keys[at - 1] in voice_words(self.parse.pack).documents
        ):
            return 0  # "un bilan | de source hospitalière | fait état de"
        initial = keys[at] in grammar.initial and (at == self.first or (at == self.first + 1 and self.line[0] == "C"))
        if initial or (keys[at] in grammar.before_noun and phrase_at(grammar.before_noun, keys, at)):
            return 1
        return phrase_at(grammar.sources, keys, at) if self._is_free(at, at + 1) else 0

    def take_verbs(self) -> None:
        """Verb groups with their auxiliaries."""
        for match in self.grammar.verb_group.finditer(self.line):
            group = _verb_group(
                self.parse, self.grammar, self.first + match.start(), self.first + match.end(), self.last
            )
            self._put(Unit(_verb_kind(group), group.first, group.last, verb=group))

    def take_nouns(self) -> None:
        """Noun phrases; a closing mark without its opening one stays outside."""
        keys, tags, lexicon = self.parse.tokens.keys, self.parse.tags, self.parse.lexicon
        nouns, marked = lexicon.nouns.keys(), '"' in self.line
        for unit in list(self.starts.values()) if self.grammar.partitive else ():
            verb = unit.verb
            says = verb is not None and any("n" in e.frames for e in verb.reporting) and unit.last < self.last
            says = says and verb is not None and not verb.passive
            if says and keys[unit.last] in self.grammar.partitive and self.line[unit.last - self.first] == "E":
                self._mark(unit.last, unit.last + 1, "D")  # "met en cause | des mercenaires"
        self._take_partitives()
        for match in self.grammar.noun_phrase.finditer(self.line):
            low, high = match.span()
            while (
                marked
                and high > low
                and self.line[high - 1] == '"'
                and tags[self.first + high - 1] == "."
                and '"' not in self.line[low : high - 1]
            ):
                high -= 1
            if not marked or self.line[low:high].strip('"'):
                a, b = self.first + low, self.first + high
                if self.grammar.never_construct and (cut := self._construct_ends(a, b)) < b:
                    self.starts[a] = Unit("n", a, cut)
                    a = cut
                if a > self.first and b - a > 1 and self.grammar.words.get(keys[a - 1]) == "t" and not marked:
                    cut = self._outlet_ends(a, b)
                    if cut < b:  # "a déclaré à l'AFP | Cheick Harouna Sankaré"
                        self.starts[a] = Unit("n", a, cut)
                        a = cut
                reports = not nouns.isdisjoint(keys[a:b]) and lexicon.is_reporting_noun(keys[a:b], tags[a:b])
                self.starts[a] = Unit("y" if reports else "n", a, b)

    def _take_partitives(self) -> None:
        """As in « le M23 et | des | miliciens »: behind "and" an article, where what stands before the "and" is of nothing."""
        keys, words = self.parse.tokens.keys, self.grammar.words
        for at in range(self.first + 2, self.last - 1) if self.grammar.partitive else ():
            if self.line[at - self.first - 1 : at - self.first + 1] != "CE" or keys[at] not in self.grammar.partitive:
                continue
            before = self.line[: at - self.first - 1].rstrip("DNAP#v")
            if not before or words.get(keys[self.first + len(before) - 1]) != "o":
                self._mark(at, at + 1, "D")

    def _outlet_ends(self, first: int, last: int) -> int:
        """Where the name of an outlet that was told something ends and that of who told it begins."""
        tags = self.parse.tags
        for at in range(first + 1, last):
            named = tags[at] in "PD" and tags[at - 1] == "P"
            if named and is_outlet(self.parse, self.parse.span(first, at)):
                longer = any(is_outlet(self.parse, self.parse.span(first, end)) for end in range(at + 1, last + 1))
                return last if longer else at
        return last

    def _construct_ends(self, first: int, last: int) -> int:
        """Where a second noun phrase begins behind a plural that nothing can be of: "| settlers | dozens of trees"."""
        keys, tags, endings = self.parse.tokens.keys, self.parse.tags, self.grammar.never_construct
        for at in range(first, last - 1):
            if tags[at] == "N" and keys[at].endswith(endings) and len(keys[at]) > _SHORT_PLURAL:
                article = tags[at + 1] == "D"
                definite = at > first and tags[at - 1] == "D"
                next_noun = at + 1 + article
                agrees = keys[next_noun : next_noun + 1] and keys[next_noun].endswith(endings)
                if tags[next_noun : next_noun + 1] == "N" and not agrees and not (article and definite):
                    return at + 1
            if at > first and self._is_object(first, at):
                return at
            if (end := self._name_ends(at)) < last and end > at:
                return end
        return last if last - first < _TWO or not self._is_object(first, last - 1) else last - 1

    def _name_ends(self, at: int) -> int:
        """Where the listed name of a group of several words ends that begins at a token, with another noun behind it; else the token itself."""
        keys, tags, words = self.parse.tokens.keys, self.parse.tags, load_actor_words(self.parse.pack)
        ends = [
            phrase_end(keys, at + 1, rest, words.articles)
            for rest, kind in words.kinds.get(keys[at], ())
            if rest and kind == _GROUP
        ]
        end = max(ends, default=0)
        behind = end + (tags[end : end + 1] == "D")
        relation = behind < len(keys) and self._is_relation(keys[behind], definite=behind > end)
        return end if end > at and tags[behind : behind + 1] == "N" and not relation else at

    def _is_relation(self, key: str, *, definite: bool) -> bool:
        """Is it an adjective of belonging ("Somali"), whatever the tagger took it for? With the article it may also be known as a noun."""
        ends_so = key.endswith(self.grammar.relational_endings) and key not in self.grammar.told_nouns
        ends_so = ends_so and (definite or key not in self.parse.lexicon.known_nouns)
        return ends_so or key in self.grammar.relational

    def _is_object(self, first: int, at: int) -> bool:
        """Is a noun in the accusative the object behind its subject ("struck | a plane | a market"), nothing that is of it or counted?"""
        keys, tags, accusative = self.parse.tokens.keys, self.parse.tags, self.grammar.accusative
        own = tags[at] == "N" and keys[at].endswith(accusative) and keys[at][:-1] in self.parse.lexicon.known_nouns
        before = tags[at - 1] in "NAP" and not keys[at - 1].endswith(accusative) and "#" not in tags[first:at]
        return own and before and number_words(self.parse.pack).values.keys().isdisjoint(keys[first:at])

    def units(self) -> Iterator[Unit]:
        """What was taken, and the words between as units by themselves."""
        at = self.first
        while at < self.last:
            unit = self.starts.get(at) or _single(self.parse, self.grammar, at, self.line[at - self.first], self.last)
            if unit is None:
                at += 1
                continue
            yield unit
            at = unit.last


def _joins_names(parse: Parse, at: int) -> bool:
    """Is it the dash of "the Tahoua–Tillia road"?"""
    starts, stops, text = parse.tokens.starts, parse.tokens.stops, parse.text
    if parse.words(at, at + 1) != "–" or not 0 < at < len(starts) - 1:
        return False
    joined = stops[at - 1] == starts[at] and stops[at] == starts[at + 1]
    return joined and text[starts[at - 1]].isupper() and text[starts[at + 1]].isupper()


def _single(parse: Parse, grammar: Phrases, at: int, masked: str, last: int) -> Unit | None:
    key, tag = parse.tokens.keys[at], parse.tags[at]
    if masked == '"' or key in _LOOSE_MARKS:
        return None
    if key in _PUNCTUATION:
        return Unit("o" if _joins_names(parse, at) else _PUNCTUATION[key], at, at + 1)
    if tag in "vigVyzw":
        group = _verb_group(parse, grammar, at, at + 1, last)
        return Unit(_verb_kind(group), at, group.last, verb=group)
    if key in grammar.object_marks and at and parse.tokens.keys[at - 1] in grammar.object_verbs:
        return None
    kind = (grammar.tagged_words and grammar.tagged_words.get((key, tag))) or grammar.words.get(key)
    if key in grammar.reflexive and at + 1 < last and parse.tags[at + 1] in "XVvyzwigI":
        return None
    if (
        (kind == "p" or tag in "EI")
        and key in grammar.clitics
        and at
        and parse.tags[at - 1] in "NPI"
        and parse.tags[at + 1 : at + 2] in tuple("XV")
    ):
        return Unit("z", at, at + 1)  # "a mother | us | told that …"
    alone = tag != "D" or (at + 1 < last and parse.tags[at + 1] in "VX")  # "Both said …", not "both men"
    if kind is not None and (kind != "p" or alone):
        return Unit(kind, at, at + 1)
    return Unit(_BY_TAG.get(tag, "z"), at, at + 1)


def _denied(grammar: Phrases, keys: Sequence[str]) -> bool:
    """Does a word negate that is more than the first half of "only"?"""
    return not grammar.negation.difference(grammar.half_negation).isdisjoint(keys) or not grammar.half_negation


def _verb_kind(group: VerbGroup) -> str:
    if group.form == "finite":
        pair = "BU" if group.passive else "RV"
    else:
        pair = {"infinitive": "Ii", "gerund": "Gg", "participle": "Jj"}[group.form]
    return pair[0] if group.reporting else pair[1]


def _verb_group(parse: Parse, grammar: Phrases, first: int, last: int, limit: int) -> VerbGroup:
    keys, tags = parse.tokens.keys, parse.tags
    if last - first > 1 and first and _says_of_itself(parse, grammar, first, limit):
        last = first + 1  # "says itself | horrified"
    head = last - 1
    while head > first and tags[head] in "RTI":
        head -= 1
    aux = [keys[i] for i in range(first, head) if tags[i] in "Xyzw"] if head > first else []
    around = keys[first - 2 if first > 2 else 0 : last + 1]
    plain = grammar.around_verbs.isdisjoint(around)  # as most verbs are
    reflexive = not plain and _is_reflexive(grammar, keys, first, head)
    opening = first
    while tags[opening] == "T" and opening < head:  # "not", "already" stand before the verb
        opening += 1
    form = _FORMS.get(tags[opening], "participle")
    passive = bool(aux) and aux[-1] in grammar.passive and tags[head] in "vV" and not reflexive
    # A finite verb inside a compound group is a participle the model took for one ("a dit").
    negated = not plain and _is_negated(parse, grammar, around, last, limit)
    finite_key = keys[first]
    conditional = finite_key in grammar.conditional or (
        tags[first] in "XV" and bool(grammar.conditional_endings) and finite_key.endswith(grammar.conditional_endings)
    )
    reporting, extra = _reporting(parse, (first, head, last), limit, reflexive)
    return VerbGroup(
        first=first,
        last=max(last, extra),
        head=head,
        form=form,
        passive=passive,
        negated=negated,
        conditional=conditional,
        modal=not plain and not grammar.modal.isdisjoint(keys[first:last]),
        future=not plain and not grammar.future.isdisjoint(keys[first:last]),
        reporting=reporting,
    )


def _says_of_itself(parse: Parse, grammar: Phrases, first: int, limit: int) -> bool:
    keys = parse.tokens.keys
    reflexive = keys[first] in parse.lexicon.forms and keys[first - 1] in grammar.reflexive
    return reflexive and bool(parse.lexicon.reporting(keys, first, first + 1, limit, True)[0])


def _is_reflexive(grammar: Phrases, keys: Sequence[str], first: int, head: int) -> bool:
    before = first - 1 if first else 0
    if first > 1 and keys[before] in grammar.clitics:
        before -= 1  # "s' | en | tient à"
    return not grammar.reflexive.isdisjoint(keys[before:head])


def _is_negated(parse: Parse, grammar: Phrases, around: Sequence[str], last: int, limit: int) -> bool:
    keys, tags = parse.tokens.keys, parse.tags
    if grammar.negation.isdisjoint(around):
        return False
    if tags[last : last + 2] in ("Ti", "Tz", "Ri", "Rz") and keys[last] in grammar.negation:
        return not grammar.negation.isdisjoint(around[:-1])  # "claims not | to have": what is said is negated
    only = last < limit and grammar.words.get(keys[last]) == "C" and not _denied(grammar, around[:-1])
    return not only  # "ne reconnaît | que dix morts": only ten


def _behind_time(parse: Parse, at: int, limit: int) -> int:
    """The token behind a time expression that begins at a token or behind its preposition, `at` where none does."""
    for first in (at, at + 1):
        if first < limit and (first == at or parse.tags[at] == "E"):
            start = parse.tokens.starts[first]
            low = bisect_left(parse.time_starts, start)
            if low < len(parse.times) and parse.times[low].span.start == start:
                return min(limit, parse.token_at(parse.times[low].span.stop))
    return at


def _reporting(
    parse: Parse, group: tuple[int, int, int], limit: int, reflexive: bool
) -> tuple[tuple[Reporting, ...], int]:
    """The entries of a verb group (first, head, last) and the token after the words that belong to it."""
    first, head, last = group
    keys, lexicon = parse.tokens.keys, parse.lexicon
    found = lexicon.reporting(keys, head, last, limit, reflexive)
    if first and keys[first - 1] == "," and last < limit and keys[last] in phrases(parse.pack).partitive:
        bare = lexicon.reporting(keys, head, last, last, reflexive)  # "…, témoignent | des déplacés"
        if any(not entry.frames.isdisjoint("qs") for entry in bare[0]):
            return bare
    if not found[0] and (form := fold_word(parse.words(head, head + 1))) != keys[head] and form in lexicon.forms:
        known, end = lexicon.reporting([form], 0, 1, 1, reflexive)  # the key has a noun's ending before its pronoun
        return known, head + end
    behind = _behind_what_parts(parse, last, limit, known=bool(found[0]))
    if behind > last:
        parted = lexicon.reporting(keys, head, behind, limit, reflexive)
        if parted[1] > behind:
            return parted
    if found[0] or parse.tags[head] != "i":
        return found
    for at in range(first, head):  # "a fait savoir": the words of the entry stand inside the group
        if keys[at] in lexicon.forms and parse.tags[at] in "vyVX":
            found = lexicon.reporting(keys, at, at + 1, limit, reflexive)
            if found[0]:
                break
    return found


def _behind_what_parts(parse: Parse, last: int, limit: int, *, known: bool) -> int:
    """The token behind what stands between a verb and the words that belong to it; `last` where nothing does."""
    keys, tags = parse.tokens.keys, parse.tags
    if last >= limit:
        return last
    comma = keys[last] == ","
    words = phrase_at(phrases(parse.pack).adverbials, keys, last + comma) if last + comma < limit else 0
    if words:
        return min(limit, last + comma + words + comma)  # "parle | pour sa part | de"
    hangs = keys[last][0] == "-" and len(keys[last]) > 1  # "fait-il valoir"
    if hangs or (tags[last] == "R" and not known):  # "font | désormais | état de"
        return last + 1
    if "".join("," if keys[i] == "," else tags[i] for i in range(last, min(limit, last + 3))) == ",I,":
        return last + 3  # "parle | , lui, | de"
    return _behind_time(parse, last, limit)  # "called | on Wednesday | for"
