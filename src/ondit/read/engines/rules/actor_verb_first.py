"""Who does what to whom where the verb stands first, the subject behind it and the object behind that.

What is of a noun stands right behind it, a subject may stand inside the words of the trigger ("opened | gunmen | fire"), and a relative
clause has the happening as a pronoun on its verb ("an attack | carried-out-it | rebels").
"""

from collections.abc import Iterator, Mapping

from ondit.read.engines.rules.actor_members import (
    BEFORE,
    DEAD,
    HARMED,
    IN_THE_AIR,
    INSIDE,
    OF,
    ROLES,
    SUFFERER,
    Reading,
)
from ondit.read.engines.rules.actor_scene import Scene
from ondit.read.engines.rules.actor_words import THING, kind_of
from ondit.read.engines.rules.noun_phrases import NOUNS, PREPOSITIONS
from ondit.read.engines.rules.units import Unit

# What is done to somebody whom the text names, whether it names who did it or not.
_SUFFERED_UNNAMED = frozenset(
    {"kill", "injury", "arrest", "abduction", "execution", "murder", "sexual", "displacement"}
)
_GOVERNING = frozenset({"capture", "taking", "seizing", "retaking", "gain", "release", "looting", "robbery"})
_HARM = frozenset({"death", "injury", "kill"})
_AGREEING = ("وا", "ت", "تا")  # of a plural, of a feminine
_QUOTED = 12  # tokens of a name between quotation marks
_NEAR = 6  # units or tokens to the verb that carries a noun


class VerbFirstScene(Scene):
    """A clause whose verbs stand first."""

    def readings(self, roles: Mapping[str, str]) -> Iterator[Reading]:
        """Words that are listed as a noun are a verb's where the first of them is one ("bombed | the air force")."""
        several = len(self.happening.inner) > 1 and self.units[self.at].verb is not None
        if self.happening.nominal and several:
            yield from self._finite(roles)
            yield from self._led(roles)
        else:
            yield from super().readings(roles)

    def _verbal(self, roles: Mapping[str, str]) -> Iterator[Reading]:
        """Words that are one trigger together are a verb's, whatever the tagger says of the first."""
        yield from self._finite(roles) if len(self.happening.inner) > 1 else super()._verbal(roles)

    def _finite(self, roles: Mapping[str, str]) -> Iterator[Reading]:
        """A passive is written like an active verb: who suffers is then all that is named."""
        subject, object_ = roles.get("subject", ""), roles.get("object", "")
        yield from self._dead_in_trigger()
        first, last = self._within_trigger()
        for start, stop in self._joined(first, last):
            yield Reading(start, stop, subject, INSIDE, stop)
        if self.happening.last > self.units[self.at].last:  # "led | to the death-of | six people", "opened | fire | on"
            yield from self._of_its_words(roles)
            if first < last:
                return
            if (named := self._named_in_trigger()) is not None:
                yield from self._phrases([named], roles.get("doer") or subject, INSIDE)
        suffered = self.happening.kind in _SUFFERED_UNNAMED
        subjects, objects = self.syntax.arguments(self.at, near=suffered)
        passive = bool(not objects and object_ and suffered)
        if passive and subjects and self._is_weapon(subjects[0]):  # "hit | rockets …": who was hit stands elsewhere
            passive = False
        yield from self._phrases(subjects, object_ if passive else subject, "passive" if passive else "subject")
        if not subjects:
            yield from self._of_itself(subject)
        if passive or not subjects:
            yield from self._going_on(subject)
        if object_:
            objects = objects or self._governed_by_verb(subjects)
            yield from self._phrases(objects, object_, "object")
        yield from self._complements(self._after_trigger(), roles)

    def _of_its_words(self, roles: Mapping[str, str]) -> Iterator[Reading]:
        """What stands behind the last of several words of a trigger, or is that word itself ("shot down | a plane")."""
        index = self.syntax.unit_of(self.happening.last - 1)
        behind, object_ = self.units[index], roles.get("object", "")
        if behind.kind in NOUNS and self.happening.kind == IN_THE_AIR:
            yield from self._phrase(index, object_, "object")
        elif behind.kind in NOUNS and self._named_in_trigger() is None:
            yield from self._inside(behind, {"of": object_ or roles.get("of", "")})
        yield from self._complements(self._after_trigger(), roles)
        yield from self._relative_of(roles.get("by") or roles.get("subject", ""), roles)

    def _governed_by_verb(self, subjects: list[int]) -> list[int]:
        """The object behind the preposition that its verb needs ("seized | the army | upon | the base")."""
        at = self.syntax.chain_end(subjects[-1]) if subjects and subjects[-1] > self.at else self.at + 1
        governs = self.happening.kind in _GOVERNING and self.symbols[at : at + 1] in ("e", "o")
        if not governs or self.parse.tokens.keys[self.units[at].first] not in self.words.governing:
            return []
        noun = self.syntax.noun_after(at)
        return self.syntax.coordinated_right(noun) if noun is not None else []

    def _going_on(self, role: str) -> Iterator[Reading]:
        """The subject of the verb before, by the ending of a verb that goes on about it ("stormed | the forces | … and | arrested")."""
        at = self.at - 1
        if (
            at < 2
            or self.symbols[at] != "k"
            or not self.parse.tokens.keys[self.units[self.at].first].endswith(_AGREEING)
        ):
            return
        for verb in range(at - 1, max(-1, at - 2 * _NEAR), -1):
            if self.units[verb].verb is not None:
                yield from self._phrases(self.syntax.arguments(verb)[0], role, "subject")
                return
            if self.symbols[verb] not in "nyaTzoetb":
                return

    def _offered(self, preposition: str, roles: Mapping[str, str]) -> str:
        """An ambush is laid "for" those whom it hits."""
        hit = self.happening.kind == "ambush" and preposition in self.words.adjoining
        return roles.get("against", "") if hit else super()._offered(preposition, roles)

    def _dead_in_trigger(self) -> Iterator[Reading]:
        """Those who are a word of the trigger themselves, with their number ("the fall of | three dead |")."""
        last = self.happening.inner[-1]
        if self.happening.kind not in _HARM or len(self.happening.inner) < 2 or self.parse.tags[last] not in "NA":
            return
        first = last
        while first - 1 > self.happening.first and self.parse.tags[first - 1] in "#DR":
            first -= 1
        if "#" in self.parse.tags[first:last]:
            yield Reading(first, last + 1, HARMED, DEAD, last + 1)

    def _named_in_trigger(self) -> int | None:
        """The unit of somebody who is a word of the trigger himself ("ruled | a court | in Juba")."""
        for token in self.happening.inner[1:]:
            index = self.syntax.unit_of(token)
            unit = self.units[index]
            kind = kind_of(self.parse, self.words, unit.first, unit.last) if unit.kind in NOUNS else None
            if kind is not None and kind.kind != THING:
                return index
        return None

    def _speaker(self, at: int) -> list[int]:
        """The subject of the verb of saying whose clause begins after the unit, "said | the army | that it"."""
        for verb in range(at, max(-1, at - _NEAR), -1):
            group = self.units[verb].verb
            if group is not None:
                told = group.reporting and not group.passive
                return [i for i in self.syntax.arguments(verb)[0] if verb < i <= at] if told else []
            if self.symbols[verb] not in "nyaTzoetb,":
                return []
        return []

    def _joined(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The members of a coordination without its conjunctions."""
        start = first
        for at in range(first, last + 1):
            if at == last or self.parse.tags[at] == "C":
                if start < at:
                    yield start, at
                start = at + 1

    def _within_trigger(self) -> tuple[int, int]:
        """The noun phrase between the verb of a trigger and its other words."""
        inner, tags = self.happening.inner, self.parse.tags
        if len(inner) < 2:
            return 0, 0
        first, last = inner[0] + 1, inner[1]
        while first < last and tags[first] in "EI":
            first += 1
        while first < last and (tags[last - 1] not in "NPA#" or self.parse.tokens.keys[last - 1] in self.words.series):
            last -= 1  # "launched | the air force | a series of raids"
        keys, kinds = self.parse.tokens.keys, self.words.kinds
        named = any(tags[i] in "NP" or keys[i] in kinds for i in range(first, last))
        return (first, last) if named else (0, 0)

    def _nominal(self, roles: Mapping[str, str]) -> Iterator[Reading]:
        """Around a noun: what it is of stands in its own phrase."""
        yield from self._dead_in_trigger()
        yield from self._inside(self.units[self.at], roles)
        yield from super()._nominal(roles)

    def _inside(self, unit: Unit, roles: Mapping[str, str]) -> Iterator[Reading]:
        """Whom or what a noun is of ("killing-of | 18 civilians"), whose it is ("the-raid | the-Turkish")."""
        keys, tags = self.parse.tokens.keys, self.parse.tags
        first = self.happening.last
        of_whom = first
        while of_whom < unit.last and tags[of_whom] in "DA":
            of_whom += 1
        for at in range(first, of_whom):
            if keys[at] in self.words.demonyms:
                yield Reading(at, at + 1, roles.get("by") or roles.get("subject", ""), BEFORE, at + 1)
        begin = of_whom - 1 if of_whom > first and tags[of_whom - 1] == "D" else of_whom
        if of_whom < unit.last:
            yield Reading(begin, unit.last, roles.get("of", ""), OF, unit.last)
        elif first == unit.last and (counted := self._counted_after(self.syntax.unit_of(first - 1) + 1)) is not None:
            yield from self._phrase(counted, roles.get("of", ""), OF)

    def _counted_after(self, at: int) -> int | None:
        """The phrase with a figure that follows, past "no less than": "the killing | seven children"."""
        tags = self.parse.tags
        for index in range(at, min(at + _NEAR, len(self.units))):
            unit = self.units[index]
            if self.symbols[index] in NOUNS and "#" in tags[unit.first : unit.last]:
                return index
            approximate = self.parse.tokens.keys[unit.first] in self.words.approximators
            if not approximate:
                return None
        return None

    def _carried(self, roles: Mapping[str, str]) -> Iterator[Reading]:
        """The subject of the verb that carries this noun: "carried-out | the army | raids", "raids | carried-them-out | the army"."""
        role = roles.get("subject", "")
        if role not in ROLES:
            return
        yield from self._relative_of(role, roles)
        at = self.at - 1
        if at >= 0 and self.symbols[at] in PREPOSITIONS:
            if (sufferers := self._sufferers(at)) is not None:
                yield from self._phrases(sufferers, SUFFERER, "suffers")
            else:
                yield from self._implicated(at, role)
            return
        for verb in range(at, max(-1, at - _NEAR), -1):
            group = self.units[verb].verb
            if group is not None:
                key = self.parse.tokens.keys[group.head]
                if key in self.words.light or key in self.words.implicating:  # "tried | gunmen | the storming of"
                    subjects, _ = self.syntax.arguments(verb)
                    yield from self._phrases(
                        [i for i in subjects if i < self.at or i > verb + _NEAR], role, "light-verb"
                    )
                return
            if self.symbols[verb] not in "nykaTzpo,":
                return

    def _sufferers(self, preposition: int) -> list[int] | None:
        """Who was exposed to it: "exposed-was | the convoy | to an attack"; None where nobody was."""
        for verb in range(preposition - 1, max(-1, preposition - _NEAR), -1):
            group = self.units[verb].verb
            if group is not None:
                told = self.parse.tokens.keys[group.head] in self.words.suffering
                return [i for i in self.syntax.arguments(verb)[0] if i < preposition] if told else None
            if self.symbols[verb] not in "nyaTzpoetb,":
                return None
        return None

    def _relative_of(self, role: str, roles: Mapping[str, str]) -> Iterator[Reading]:
        """Who did it, in a relative clause whose verb has the happening as its pronoun."""
        keys, tags, words = self.parse.tokens.keys, self.parse.tags, self.words
        stop = min(self.happening.last + _NEAR, self.units[-1].last - 2)
        for at in range(self.happening.last, stop):
            if keys[at] in words.light and keys[at + 1] in words.pronouns and tags[at + 1] == "I":
                index = self.syntax.unit_of(at + 2)
                unit = self.units[index]
                if unit.kind == "Q" and unit.last - unit.first < _QUOTED:
                    yield Reading(unit.first + 1, unit.last - 1, role, "relative", unit.last - 1)
                    return
                if self.units[index].kind in NOUNS and self.units[index].first == at + 2:
                    nouns = self.syntax.coordinated_right(index)
                    yield from self._phrases(nouns, role, "relative")
                    yield from self._complements(self.syntax.chain_end(nouns[-1]), roles)
                return
            if tags[at] not in "DANPI#":
                return

    def _implicated(self, preposition: int, role: str) -> Iterator[Reading]:
        """Who "announced its responsibility for" it, past the pronoun on "responsibility"."""
        at = preposition - 1
        for verb in range(at, max(-1, at - _NEAR), -1):  # "proceeded | gunmen | to | the kidnapping of"
            if self.parse.tokens.keys[self.units[verb].first] in self.words.implicating:
                named = self.syntax.arguments(verb)[0] if self.units[verb].verb is not None else []
                subjects = named or [i for i in range(verb + 1, preposition) if self.symbols[i] in NOUNS][:1]
                yield from self._phrases(subjects, role, "implicated")
                if subjects:
                    return
        while at >= 0 and self.symbols[at] == "p":
            at -= 1
        if at < 1 or not self._names_responsibility(at):
            yield from super()._implicated(preposition, role)
            return
        for verb in range(at - 1, max(-1, at - _NEAR), -1):
            if self.units[verb].verb is not None:
                subjects, _ = self.syntax.arguments(verb)
                yield from self._phrases([i for i in subjects if i != at], role, "claimed")
                return

    def _phrase(self, index: int, role: str, rule: str) -> Iterator[Reading]:
        """Those a figure is of, rather than the figure: "eight | from | the inhabitants of the town"."""
        for reading in super()._phrase(index, role, rule):
            unit, keys, tags = self.units[index], self.parse.tokens.keys, self.parse.tags
            partitive = (
                self.symbols[index + 1 : index + 2] in PREPOSITIONS
                and self.symbols[index + 2 : index + 3] in ("n", "y")
                and keys[self.units[index + 1].first] in self.words.partitive
            )
            if not partitive or reading.last != unit.last:
                yield reading
                continue
            part = self.units[index + 2]
            heads = [keys[i] for i in range(unit.first, unit.last) if tags[i] in "NP"]
            if heads and self.words.quantifiers.issuperset(heads):
                yield Reading(part.first, part.last, role, rule, part.last)
            elif "#" in tags[part.first : part.last]:  # "a family | of five"
                yield Reading(reading.first, part.last, role, rule, reading.head_last)
            else:
                yield reading
