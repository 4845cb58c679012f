"""What makes up one noun phrase of a clause: chains of "of", participles and names that belong to it, appositions, short forms."""

from ondit.read.engines.rules.actor_words import NAME, THING, ActorWords, is_acronym, kind_of, name_end
from ondit.read.engines.rules.units import Clause, Parse

NOUNS = "ny"
PREPOSITIONS = "oetbS"
_IN_NAMES = ("k", "e", "t", "o")  # what may stand inside a name: "the Group for the Support of Islam | and | Muslims"
_ATTACHED = 5  # units of the participles of one noun
_NAME = 10  # units of a name before its short form


class NounPhrases:
    """The noun phrases of one clause; everything is told as indexes of units."""

    def __init__(self, parse: Parse, words: ActorWords, clause: Clause) -> None:
        self.parse, self.words = parse, words
        self.units, self.symbols = clause.units, clause.symbols
        self._ends: dict[int, int] = {}  # where phrases with an apposition end

    def unit_of(self, token: int) -> int:
        """Index of the unit that holds a token."""
        low, high = 0, len(self.units)
        while low < high:
            middle = (low + high) // 2
            if self.units[middle].last <= token:
                low = middle + 1
            else:
                high = middle
        return min(low, len(self.units) - 1)

    def phrase_end(self, noun: int) -> int:
        """The unit after a noun phrase with what belongs to it, a name between commas included."""
        return self._ends.get(noun) or self.chain_end(noun)

    def _whole_before(self, noun: int) -> int | None:
        """The noun phrase that this one is a part of ("|five civilians|, including two children, were")."""
        at = noun - 1
        part = at > 0 and self.parse.tokens.keys[self.units[at].first] in self.words.including
        if part and self.symbols[at - 1] == ",":
            return next((i for i in range(at - 2, max(-1, at - 5), -1) if self.symbols[i] in NOUNS), None)
        return None

    def _spelled_out(self, short: int) -> int | None:
        """The name that a short form in brackets follows ("|the Front for National Defence| (FND) attacked"): the first capital before it."""
        symbols = self.symbols
        if not self._in_brackets(short) or not is_acronym(self.parse, self.units[short].last - 1):
            return None
        head = None
        for at in range(short - 2, max(-1, short - _NAME), -1):
            if symbols[at] not in "nyoetk":
                break
            if symbols[at] in NOUNS and self._is_capital(at):
                head = at
        if head is not None:
            self._ends[head] = short + 2
        return head

    def _is_age(self, noun: int) -> bool:
        """Is it the years of whoever stands before it ("John Smith|, 34, |was", « une habitante|, 61 ans, |a »)?"""
        if self.symbols[noun - 1 : noun] != "," or self.symbols[noun + 1 : noun + 2] != "," or noun < 2:
            return False
        unit, parse = self.units[noun], self.parse
        words = [at for at in range(unit.first, unit.last) if parse.tags[at] != "#"]
        aged = len(words) < unit.last - unit.first and all(parse.tokens.keys[at] in self.words.ages for at in words)
        return aged and self.symbols[noun - 2] in NOUNS

    def _in_brackets(self, noun: int) -> bool:
        return self.symbols[noun - 1 : noun] == "(" and self.symbols[noun + 1 : noun + 2] == ")"

    def _is_capital(self, noun: int) -> bool:
        """Is the first word of the phrase behind its article written with a capital, other than one that opens a sentence?"""
        unit, parse = self.units[noun], self.parse
        word = next((i for i in range(unit.first, unit.last) if parse.tags[i] != "D"), unit.first)
        return parse.text[parse.tokens.starts[word]].isupper() and (word > unit.first or noun > 0)

    def _apposed(self, name: int) -> int | None:
        """The noun phrase that a name between commas explains ("|the mayor of the town|, Carlos Pérez, was"); the two are one."""
        unit = self.units[name]
        between = self.symbols[name - 1 : name] == "," and self.symbols[name + 1 : name + 2] == ","
        if (
            not between
            or name < 2
            or self.symbols[name - 2] not in NOUNS
            or "P" not in self.parse.tags[unit.first : unit.last]
        ):
            return None
        head = self.head_of_chain(name - 2)
        if self.governor(head) != head or not self._is_person(head) or self.symbols[head - 1 : head] in ("k", ","):
            return None
        self._ends[head] = name + 1
        return head

    def _explained(self, noun: int) -> int | None:
        """The noun phrase that one with an article between commas explains ("|the rebels|, an offshoot of al-Qaeda, attacked")."""
        end, symbols = self.chain_end(noun), self.symbols
        if symbols[max(0, noun - 3) : noun + 2] in ("n,kn,", "y,kn,") and is_acronym(
            self.parse, self.units[noun].last - 1
        ):
            return noun - 3  # "|the Sudan Armed Forces|, or SAF, attacked"
        between = symbols[noun - 1 : noun] == "," and symbols[end : end + 1] == ","
        if not between or noun < 2 or symbols[noun - 2] not in NOUNS or self.parse.tags[self.units[noun].first] != "D":
            return None
        head = self.head_of_chain(noun - 2)
        single = self.governor(head) == head and symbols[head - 1 : head] not in ("k", ",")
        return head if single and self.is_somebody(head) else None

    def governor(self, noun: int) -> int:
        """The unit itself when nothing governs it, else the unit before its preposition."""
        at = noun - 1
        if self.partitive(noun) is not None:
            return noun
        if at >= 0 and self.symbols[at] in PREPOSITIONS and not self._approximate(at):
            while at >= 0 and self.symbols[at] in PREPOSITIONS:
                at -= 1
            return at
        return noun

    def partitive(self, noun: int) -> int | None:
        """The "one" of "|one| of their soldiers", who is somebody by himself."""
        one = noun - 2
        if one < 0 or self.symbols[noun - 1] != "o" or self.symbols[one] not in "zpn#":
            return None
        unit = self.units[one]
        words = set(self.parse.tokens.keys[unit.first : unit.last]) - self.parse.pack.articles
        return one if words and words <= self.words.ones else None

    def _approximate(self, at: int) -> bool:
        """Is the preposition the first word of "at least nine soldiers"?"""
        keys = self.parse.tokens.keys
        both = keys[self.units[at].first] in self.words.approximators
        return both and keys[self.units[at + 1].first] in self.words.approximators

    def is_somebody(self, index: int) -> bool:
        """Is the unit a noun phrase of somebody or something that can act or suffer?"""
        if index >= len(self.units) or self.symbols[index] not in NOUNS:
            return False
        return kind_of(self.parse, self.words, self.units[index].first, self.units[index].last) is not None

    def _is_person(self, index: int) -> bool:
        kind = kind_of(self.parse, self.words, self.units[index].first, self.units[index].last)
        return kind is not None and kind.kind not in (THING, NAME)

    def head_of_chain(self, noun: int) -> int:
        """The first noun phrase of an "of" chain."""
        while (governor := self.governor(noun)) != noun and governor >= 0 and self.symbols[governor] in NOUNS:
            noun = governor
        return noun

    def _key(self, at: int) -> str:
        return self.parse.tokens.keys[self.units[at].last - 1]

    def _attached(self, at: int) -> int:
        """The unit after a participle that belongs to the noun before it ("hommes | armés", "individus | non | identifiés"), else `at`."""
        participle = at + (self.symbols[at : at + 1] == "a")
        if self.symbols[participle : participle + 1] not in ("j", "J"):
            return at
        return participle + 1 if self._key(participle) in self.words.attached else at

    def _before_attached(self, at: int) -> int:
        """The unit before the participles that belong to it ("hommes | armés"), else `at`."""
        for noun in range(at - 1, max(-1, at - _ATTACHED), -1):
            if self.symbols[noun] in NOUNS:
                end = noun + 1
                while (behind := self._attached(end)) > end:
                    end = behind
                return noun if end == at + 1 else at
        return at

    def _goes_on(self, noun: int, preposition: int) -> bool:
        """Does a preposition lead to what belongs to an indefinite noun: "a centre | for | the police", "men | from | one family"?"""
        unit, key = self.units[noun], self._key(preposition)
        if self.parse.tags[unit.first] == "D" or self.symbols[preposition] not in PREPOSITIONS:
            return False
        kinds = [kind_of(self.parse, self.words, u.first, u.last) for u in (unit, self.units[preposition + 1])]
        if key in self.words.adjoining:
            thing = kinds[0] is None or kinds[0].kind == THING
            return thing and kinds[1] is not None and kinds[1].kind != NAME
        return key in self.words.partitive and kinds[1] is not None and kinds[1].kind not in (THING, NAME)

    def chain_end(self, noun: int) -> int:
        """The unit after a noun phrase with its "of" phrases and a name in brackets."""
        at, symbols = noun + 1, self.symbols
        while (end := self._attached(at)) > at:
            at = end
        siding = symbols[at : at + 1] in ("x", "j", "J") and self._key(at) in self.words.siding
        if siding and symbols[at + 1 : at + 2] in ("t", "e", "o") and symbols[at + 2 : at + 3] in ("n", "y"):
            at += 3  # "a faction | loyal to | the governor"
        for _ in range(2):
            if at + 1 < len(symbols) and symbols[at] == "o" and symbols[at + 1] in NOUNS and not self.words.verb_first:
                at += 2
        if self.words.verb_first and symbols[at + 1 : at + 2] in ("n", "y") and self._goes_on(noun, at):
            at += 2
        if symbols[at : at + 1] in _IN_NAMES:
            stop = name_end(self.parse, self.words, self.units[noun].first, self.units[at - 1].last)
            at = max(at, self.unit_of(stop - 1) + 1)
        if symbols[at : at + 1] == "(" and symbols[at + 2 : at + 3] == ")" and symbols[at + 1] in NOUNS:
            at += 3
        return at
