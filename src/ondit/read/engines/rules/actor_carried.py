"""Who did what a noun names, by the verb that carries it: "carried out a wave of raids", "came under attack", "is suspected of the murder"."""

from collections.abc import Iterator, Mapping

from ondit.read.engines.rules.actor_members import ROLES, SUFFERER, Members, Reading
from ondit.read.engines.rules.noun_phrases import NOUNS, PREPOSITIONS
from ondit.read.engines.rules.units import VerbGroup


class Carried(Members):
    """The subjects of the verbs and phrases that a noun is the object of."""

    def _carried(self, roles: Mapping[str, str]) -> Iterator[Reading]:
        """The subject of the light verb that this noun is the object of."""
        if roles.get("subject") not in ROLES:
            return
        at = self.at - 1
        while at >= 0 and (self.symbols[at] in "aTzk" or self.syntax.approximates(at) or self.syntax.particle(at)):
            if self.symbols[at] == "k" and at and self.symbols[at - 1] in NOUNS:  # "an attack and two raids"
                at = self.syntax.head_of_chain(at - 1)
            at -= 1
        at = self._before_series(at)
        if at < 0:
            return
        governed = self.symbols[at] in PREPOSITIONS
        if governed:
            while at > 3 and self.symbols[at - 2 : at] in ("en", "eT", "tn") and self._suffering(at - 3) is not None:
                at -= 2  # "a fait l'objet | dans la nuit | d'une attaque"
        if (suffering := self._suffering(at - 1 if governed else at)) is not None:
            yield from self._phrases(self.syntax.subjects(suffering), SUFFERER, "suffers")
            return
        if governed:
            yield from self._implicated(at, roles["subject"])
            return
        verb = self.units[at].verb
        if verb is not None and not verb.passive and self._is_light(verb):
            yield from self._phrases(self.syntax.subjects(at), roles["subject"], "light-verb")

    def _is_light(self, verb: VerbGroup) -> bool:
        """Does whoever is its subject do what its object says: "carried out", but not "fait état de"?"""
        says = verb.last > verb.head + 1 and any(entry.kind != "responsibility" for entry in verb.reporting)
        return not says and self.parse.tokens.keys[verb.head] in self.words.light

    def _before_series(self, at: int) -> int:
        """The unit before "a series of", or before the « de » and the time that may stand between a light verb and its noun."""
        symbols, keys = self.symbols, self.parse.tokens.keys
        if at > 1 and symbols[at] == "o" and symbols[at - 1] in NOUNS:
            unit = self.units[at - 1]
            nouns = {keys[i] for i in range(unit.first, unit.last) if self.parse.tags[i] in "NP#"}
            if nouns and nouns <= self.words.series | self.words.quantifiers | self.words.numbers:
                at -= 2
                while at >= 0 and (symbols[at] in "aTz" or self.syntax.particle(at)):
                    at -= 1
            return at
        if (
            at > 1 and symbols[at] == "o" and symbols[at - 1] in "TVa"
        ):  # "mène depuis trois jours | de | violentes offensives"
            at -= 1
        while at > 1 and symbols[at] == "T":
            at -= 2 if symbols[at - 1] in "et" else 1
        return at

    def _suffering(self, at: int) -> int | None:
        """The verb with which somebody suffers the happening: "|came| under attack", "|was| the target of"."""
        for index in (at, at - 1):
            unit = self.units[index]
            told = index >= 0 and self.parse.tokens.keys[unit.last - 1] in self.words.suffering
            if told and unit.verb is not None:
                return index
            if told and index and self.units[index - 1].verb is not None:
                return index - 1
            if unit.kind != "a":
                return None
        return None

    def _implicated(self, preposition: int, role: str) -> Iterator[Reading]:
        """Who is "involved in", "responsible for", "accused of" it, and who "claimed responsibility for" it."""
        at = preposition - 1
        keys = self.parse.tokens.keys
        if at > 0 and self._names_responsibility(at):
            at -= 1
            verb = self.units[at].verb
            if verb is not None and keys[verb.head] in self.words.light:
                yield from self._phrases(self.syntax.subjects(at), role, "claimed")
            return
        if at < 0 or keys[self.units[at].last - 1] not in self.words.implicating:
            return
        if self.units[at].verb is None and at and self.units[at - 1].verb is not None:  # "was |responsible| for"
            at -= 1
        verb = self.units[at].verb
        subjects = self.syntax.subjects(at)
        if not subjects or verb is None or verb.form == "participle":
            noun = self.syntax.noun_before(at)
            subjects = [noun] if noun is not None else subjects
        yield from self._phrases(subjects, role, "implicated")

    def _names_responsibility(self, at: int) -> bool:
        keys, unit = self.parse.tokens.keys, self.units[at]
        return self.symbols[at] in NOUNS and any(
            keys[i] in self.words.responsibility for i in range(unit.first, unit.last)
        )
