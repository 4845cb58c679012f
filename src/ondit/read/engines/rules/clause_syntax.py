"""Noun phrases and verbs of a clause: which is whose subject, object, agent.

Reads the units of the shallow parse (`parse.py`): coordination, relative clauses, participles, "of" chains, what a preposition governs.
"""

import re

from ondit.read.engines.rules.noun_phrases import NOUNS, PREPOSITIONS, NounPhrases

_MEMBERS = 12  # of a coordination
_RELATIVE = re.compile(r"(?:^|[CWs:,.#k])([ny])L[^VURBCWL]*[VURB][^VURBCWL]*$")
_REACH = 24  # units to look at on one side


class Syntax(NounPhrases):
    """The units of one clause with what joins them; everything is told as indexes of units."""

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
            return self._before_relative(verb)
        opened = self.symbols[head - 1] if head else ""
        if opened in ("", "C", "k", ",", "s", ":", ".", "W", "#", "z"):
            return self._coordinated_left(head)
        return self._before_relative(verb)

    def _before_relative(self, verb: int) -> list[int]:
        """The noun phrase that opens the clause, with a relative clause between it and its verb ("| gunmen | who attacked Gao killed")."""
        if "L" not in self.symbols[max(0, verb - _REACH) : verb]:
            return []
        match = _RELATIVE.search(self.symbols[max(0, verb - _REACH) : verb])
        return [] if match is None else [max(0, verb - _REACH) + match.start(1)]

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
        if self._in_brackets(noun) or self._is_age(noun):
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
            if self.is_somebody(index) and not self._is_person(governor):
                break
            index = governor
        return index

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
