"""Noun phrases and verbs of a clause: which is whose subject, object, agent.

Reads the units of the shallow parse (`parse.py`): coordination, relative clauses, participles, "of" chains, what a preposition governs.
"""

from ondit.read.engines.rules.actor_words import NAME, THING, ActorWords, is_acronym, kind_of
from ondit.read.engines.rules.units import Clause, Parse

NOUNS = "ny"
PREPOSITIONS = "oetbS"
_MEMBERS = 12  # of a coordination
_REACH = 24  # units to look at on one side
_ATTACHED = 5  # units of the participles of one noun
_NAME = 10  # units of a name before its short form


class Syntax:
    """The units of one clause with what joins them; everything is told as indexes of units."""

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

    def arguments(self, verb: int, *, near: bool = False) -> tuple[list[int], list[int]]:
        """Subject and object where the verb stands first: what follows it, or a subject before it and the object behind.

        `near`: the object stands right behind the subject.
        """
        if self.symbols[verb + 1 : verb + 2] == "p":  # "fired-them | the rebels": the object is the pronoun
            return self.objects(verb + 2), []
        after = self.objects(verb + 1)
        if verb > 1 and self.symbols[verb - 2 : verb] == "Cp":  # "that-it | hit | the base": the pronoun is the subject
            return [], after
        before = self._subject_before(verb) or self._bare_relative(verb)
        if before:
            return before, after
        if not after:
            return [], []
        end = self.chain_end(after[-1])
        while (
            not near and end < len(self.symbols) and self.symbols[end] in "etba,Tz"
        ):  # "attacked | gunmen | on Friday | the base"
            if self.symbols[end] in "etb" and self.symbols[end + 1 : end + 2] in ("n", "y", "T"):
                end += 2
            elif self.symbols[end] in "aTz" or (
                self.symbols[end] == "," and self.symbols[end + 1 : end + 2] in ("T", "a")
            ):
                end += 1
            else:
                break
        second = self.coordinated_right(end) if end < len(self.symbols) and self.symbols[end] in NOUNS else []
        return after, second

    def _subject_before(self, verb: int) -> list[int]:
        """A noun phrase that opens the clause before its verb ("that | the rebels | killed"), or whose relative clause it is."""
        at = verb - 1
        while at >= 0 and verb - at < _REACH and self.symbols[at] in "aTzp":
            at -= 1
        if at >= 0 and self.symbols[at] == "L":
            noun = self.noun_before(at)
            return [] if noun is None or self._attacked(noun) else [noun]
        if (
            at < 0
            or self.symbols[at] not in NOUNS
            or self.parse.tokens.keys[self.units[verb].first] in self.words.pronouns
        ):
            return []
        head = self.head_of_chain(at)
        governor = self.governor(head)
        if governor != head:  # a relative clause without a pronoun: "in an ambush | that they laid"
            return []
        opened = self.symbols[head - 1] if head else ""
        return self._coordinated_left(head) if opened in ("", "C", "k", ",", "s", ":", ".", "W", "#") else []

    def _bare_relative(self, verb: int) -> list[int]:
        """The indefinite noun phrase whose relative clause has no pronoun ("in a raid | struck | the hospital")."""
        noun = verb - 1
        if noun < 0 or self.symbols[noun] not in NOUNS:
            return []
        unit = self.units[noun]
        tags = self.parse.tags[unit.first : unit.last]
        return [] if tags[0] == "D" or "P" in tags else [noun]

    def subjects(self, verb: int) -> list[int]:
        """Unit indexes of the subject of the verb at unit `verb`, several when they are coordinated."""
        if self.words.verb_first and self.units[verb].verb is not None:
            return self.arguments(verb)[0]
        at, steps = verb - 1, 0
        symbols = self.symbols
        unit = self.units[verb]
        bare = unit.verb is not None and unit.verb.form in ("infinitive", "gerund")
        while at >= 0 and steps < _REACH:
            steps += 1
            symbol = symbols[at]
            if symbol in NOUNS and not bare:
                found = self._as_subject(at, verb)
                if isinstance(found, list):
                    return found
                at = found
                continue
            if symbol == "L":  # "the attack that killed", "men who": the noun before
                noun = self.noun_before(at)
                return [] if noun is None or self._attacked(noun) else [noun]
            if (opening := self._inserted(at, verb)) is not None and not bare:
                at = opening - 1
                continue
            if symbol in "VURB":
                if unit.kind in "iIgGzw" or bare or self._linked(at, verb):
                    return self._inherited(at)
                return []
            if symbol in "CWs:;Qp" and not bare:
                return []
            at -= 1
        return []

    def _governor_before(self, noun: int, verb: int) -> int:
        """The governor of a noun phrase before a verb; "after" opens a clause there ("after |gangs| stormed the prison")."""
        at = noun - 1
        opened = at >= 0 and self.symbols[at] in PREPOSITIONS
        joining = opened and self.parse.tokens.keys[self.units[at].first] in self.words.subordinating
        return noun if joining and not self.symbols[noun + 1 : verb].strip("aTz") else self.governor(noun)

    def _inserted(self, at: int, verb: int) -> int | None:
        """The opening of what stands between a noun and its verb and ends with the unit `at`: a clause of its own, a parenthesis."""
        if self.symbols[at] == "," and not self.symbols[at + 1 : verb].strip("aTz"):
            return self._parenthesis(at)
        if self.symbols[at] in "VURB" and "k" not in self.symbols[at:verb]:
            return self._opening_of_relative(at)  # "fighters | who roam the region | attack"
        return None

    def _parenthesis(self, comma: int) -> int | None:
        """The comma that opens what the comma before a verb closes ("six girls|, of whom the youngest is 12,| were"), None for none."""
        for at in range(comma - 1, max(0, comma - _REACH), -1):
            if self.symbols[at] == "," and self.symbols[at - 1] in "ny)T":
                first, inside = self.symbols[at + 1 : at + 2], self.symbols[at + 1 : comma]
                if first == "L" or (first and first in "petojJx" and not any(s in "VURB" for s in inside)):
                    return at
            elif self.symbols[at] in ";:":
                return None
        return None

    def _opening_of_relative(self, verb: int) -> int | None:
        """The relative pronoun of which a verb is the predicate, with a noun before it; None in a main clause."""
        at = verb - 1
        while at >= 0 and self.symbols[at] in "aTzp":
            at -= 1
        return at if at > 0 and self.symbols[at] == "L" and self.symbols[at - 1] in "ny,)" else None

    def _as_subject(self, noun: int, verb: int) -> list[int] | int:
        """The subject that the noun phrase before a verb is or belongs to, or the unit from which to look on."""
        governor = self._governor_before(noun, verb)
        if (named := self._spelled_out(noun)) is not None:
            return self._coordinated_left(named) if self._governor_before(named, verb) == named else named - 1
        if self._in_brackets(noun):
            return noun - 2
        if governor == noun and (owner := self._modified(noun)) is not None:
            return owner
        if (whole := self._whole_before(noun)) is not None:
            return whole
        if governor != noun:
            return governor
        if (head := self._apposed(noun)) is not None or (head := self._explained(noun)) is not None:
            return [head]
        before = self._verb_of(noun) if "k" in self.symbols[noun + 1 : verb] else None
        return self._coordinated_left(noun) if before is None else self._inherited(before)

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

    def _in_brackets(self, noun: int) -> bool:
        return self.symbols[noun - 1 : noun] == "(" and self.symbols[noun + 1 : noun + 2] == ")"

    def _is_capital(self, noun: int) -> bool:
        """Is the first word of the phrase behind its article written with a capital, other than one that opens a sentence?"""
        unit, parse = self.units[noun], self.parse
        word = next((i for i in range(unit.first, unit.last) if parse.tags[i] != "D"), unit.first)
        return parse.text[parse.tokens.starts[word]].isupper() and (word > unit.first or noun > 0)

    def _whole_before(self, noun: int) -> int | None:
        """The noun phrase that this one is a part of ("|five civilians|, including two children, were")."""
        at = noun - 1
        part = at > 0 and self.parse.tokens.keys[self.units[at].first] in self.words.including
        if part and self.symbols[at - 1] == ",":
            return next((i for i in range(at - 2, max(-1, at - 5), -1) if self.symbols[i] in NOUNS), None)
        return None

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
        between = symbols[noun - 1 : noun] == "," and symbols[end : end + 1] == ","
        if not between or noun < 2 or symbols[noun - 2] not in NOUNS or self.parse.tags[self.units[noun].first] != "D":
            return None
        head = self.head_of_chain(noun - 2)
        single = self.governor(head) == head and symbols[head - 1 : head] not in ("k", ",")
        return head if single and self.is_somebody(head) else None

    def phrase_end(self, noun: int) -> int:
        """The unit after a noun phrase with what belongs to it, a name between commas included."""
        return self._ends.get(noun) or self.chain_end(noun)

    def _modified(self, noun: int) -> int | None:
        """The noun phrase whose participle has this one as its object ("|men| wearing masks robbed")."""
        at = noun - 1
        if at > 0 and self.symbols[at] in "gG" and self.symbols[at - 1] in NOUNS:
            return at - 1
        return None

    def _verb_of(self, noun: int) -> int | None:
        """The verb that has this noun phrase as its object ("attacked |the base| and killed")."""
        at = noun - 1
        while at >= 0 and (self.symbols[at] in "aTz" or self.approximates(at)):
            at -= 1
        return at if at >= 0 and self.units[at].verb is not None else None

    def _attacked(self, noun: int) -> bool:
        """Does the noun stand after "against", so that a relative clause tells of the attack ("… that killed three")?"""
        before = self.governor(noun)
        return before != noun and self.parse.tokens.keys[self.units[before + 1].first] in self.words.against

    def _linked(self, left: int, right: int) -> bool:
        """Are two verbs coordinated with one subject ("attacked the base and killed")?"""
        between = self.symbols[left + 1 : right]
        return ("k" in between or "," in between) and not any(s in "CWLs:;p" for s in between)

    def _inherited(self, verb: int) -> list[int]:
        """The subject that an infinitive, gerund or second verb shares with the verb at unit `verb`."""
        group = self.units[verb].verb
        accuses = group is not None and any(r.kind == "accuse" for r in group.reporting)
        if accuses and group is not None and not group.passive:
            return self.objects(verb + 1)
        return self.subjects(verb)

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

    def noun_before(self, at: int) -> int | None:
        """The noun phrase that ends before unit `at`: the head of an "of" chain when what stands next is nobody."""
        index = at - 1
        while index >= 0 and self.symbols[index] in ",aTx":
            index -= 1
        if index < 0 or self.symbols[index] not in NOUNS:
            return None
        while True:
            governor = self.governor(index)
            prepositions = self.symbols[governor + 1 : index]
            if governor == index or governor < 0 or self.symbols[governor] not in NOUNS or set(prepositions) != {"o"}:
                break
            if kind_of(self.parse, self.words, self.units[index].first, self.units[index].last) and not self._is_person(
                governor
            ):
                break
            index = governor
        return index

    def is_somebody(self, index: int) -> bool:
        """Is the unit a noun phrase of somebody or something that can act or suffer?"""
        if index >= len(self.units) or self.symbols[index] not in NOUNS:
            return False
        return kind_of(self.parse, self.words, self.units[index].first, self.units[index].last) is not None

    def _is_person(self, index: int) -> bool:
        kind = kind_of(self.parse, self.words, self.units[index].first, self.units[index].last)
        return kind is not None and kind.kind not in (THING, NAME)

    def _coordinated_left(self, noun: int) -> list[int]:
        """The noun and those joined to it before: "A, B and C"."""
        nouns = [noun]
        at = noun - 1
        while len(nouns) < _MEMBERS and at > 0 and self.symbols[at] in "k,":
            if self.symbols[at] == "," and "k" not in self.symbols[at : min(noun + 1, at + _REACH)]:
                break
            last = self._before_attached(at - 1)
            if self.symbols[last] not in NOUNS:
                break
            head = self.head_of_chain(last)
            if self.governor(head) != head:
                break
            nouns.insert(0, head)
            at = head - 1
        return nouns

    def objects(self, start: int) -> list[int]:
        """Unit indexes of the object that begins at or after unit `start`."""
        at = start
        while at < len(self.units) and (self.symbols[at] in "aTz" or self.approximates(at)):
            at += 1
        if at >= len(self.units) or self.symbols[at] not in NOUNS:
            return []
        return self.coordinated_right(at)

    def approximates(self, at: int) -> bool:
        """Is the unit a word of "more than", "at least", with a number to come?"""
        unit = self.units[at]
        return (
            self.parse.tokens.keys[unit.first] in self.words.approximators
            and "#" in self.parse.tags[unit.first : unit.last + 4]
            and self.symbols[at] not in NOUNS
        )

    def coordinated_right(self, noun: int, *, pair: bool = False) -> list[int]:
        """The noun and those joined to it after; a `pair` ("between X and Y") always has two."""
        nouns, symbols = [noun], self.symbols
        at = self.chain_end(noun)
        while len(nouns) < _MEMBERS and at + 1 < len(symbols) and symbols[at] in "k," and symbols[at + 1] in NOUNS:
            joined = symbols[at] == "k" or "k" in symbols[at : at + 6]
            after = self.chain_end(at + 1)
            follows = symbols[after] if after < len(symbols) else ""
            if not joined or (follows in tuple("VURB") and not pair):  # "and Y did …" opens another clause
                break
            nouns.append(at + 1)
            at = after
        return nouns

    def noun_after(self, preposition: int) -> int | None:
        """The noun phrase after a preposition, past "at least"."""
        at = preposition + 1
        while at < len(self.units) and (self.symbols[at] == "a" or self.approximates(at)):
            at += 1
        return at if at < len(self.units) and self.symbols[at] in NOUNS else None

    def particle(self, at: int) -> bool:
        """Is the unit the second word of a light verb ("carried out")?"""
        return (
            self.parse.tokens.keys[self.units[at].first] in self.words.particles and self.units[at - 1].verb is not None
        )

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

    def chain_end(self, noun: int) -> int:
        """The unit after a noun phrase with its "of" phrases and a name in brackets."""
        at, symbols = noun + 1, self.symbols
        while (end := self._attached(at)) > at:
            at = end
        siding = symbols[at : at + 1] in ("x", "j", "J") and self._key(at) in self.words.siding
        if siding and symbols[at + 1 : at + 2] in ("t", "e", "o") and symbols[at + 2 : at + 3] in ("n", "y"):
            at += 3  # "a faction | loyal to | the governor"
        for _ in range(2):
            if at + 1 < len(symbols) and symbols[at] == "o" and symbols[at + 1] in NOUNS:
                at += 2
        if symbols[at : at + 1] == "(" and symbols[at + 2 : at + 3] == ")" and symbols[at + 1] in NOUNS:
            at += 3
        return at
