"""The noun phrases around one trigger, each with the role that it is offered there.

The grammar is that of the shallow parse: active and passive, participles, relative clauses, coordinated verbs, nominalisations and the
light verbs that carry them ("carried out an attack on"). What languages with the verb first do otherwise is in `actor_verb_first`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ondit.read.engines.rules.actor_carried import Carried
from ondit.read.engines.rules.actor_members import AGENT, BEFORE, HARMED, LOOSE, OF, TO_THE_LIVING, Reading
from ondit.read.engines.rules.actor_words import THING, kind_of
from ondit.read.engines.rules.noun_phrases import NOUNS, PREPOSITIONS
from ondit.read.engines.rules.units import Unit

_SUFFERS = frozenset({HARMED, "victim"})
_SHARED = frozenset({"kV", "kv", "kj", "kR", "kJ"})  # two verbs with one object, as units
_OF_ITS_OWN = re.compile("^[aT,]*(?:o[ny])+")  # "the killings | of Bucha |, attributed to"
_NEAR = 6  # units between a protest and its verb
_LED = 20  # tokens between a trigger and "at the hands of"


class Scene(Carried):
    """A clause around one trigger."""

    def readings(self, roles: Mapping[str, str]) -> Iterator[Reading]:
        """Who may have which part in it, the surest first."""
        yield from self._nominal(roles) if self.happening.nominal else self._verbal(roles)
        yield from self._led(roles)

    def _verbal(self, roles: Mapping[str, str]) -> Iterator[Reading]:
        """Around a verb: subject and object, or object and agent."""
        unit = self.units[self.at]
        subject, object_ = roles.get("subject", ""), roles.get("object", "")
        if unit.kind in NOUNS:  # a participle inside a noun phrase: "the kidnapped engineers"
            yield Reading(unit.first, unit.last, object_ or subject, "participle", unit.last)
            yield from self._agents(self.at + 1, roles)
            return
        verb = unit.verb
        direct = self.syntax.is_somebody(self.at + 1) or self._shared() > self.at + 1
        if verb is not None and verb.form == "participle" and not direct and not self._with_others(roles):
            patient = self.syntax.noun_before(self.at)
            if patient is not None:
                yield from self._phrase(patient, object_ or subject, "participle")
            yield from self._agents(self.at + 1, roles)
            return
        yield from self._finite(roles)

    def _with_others(self, roles: Mapping[str, str]) -> bool:
        """Does "with" follow a verb that needs two sides, so that it is finite whatever the tagger says ("clashed | with police")?"""
        after = self.units[min(self._after_trigger(), len(self.units) - 1)]
        return "with" in roles and self.parse.tokens.keys[after.first] in self.words.with_

    def _finite(self, roles: Mapping[str, str]) -> Iterator[Reading]:
        """Around a verb with its subject before it."""
        verb = self.units[self.at].verb
        subject, object_ = roles.get("subject", ""), roles.get("object", "")
        subjects = self.syntax.subjects(self.at)
        objects = self._objects_of_verb() if object_ else []
        passive = verb is not None and verb.passive and bool(object_)
        alone = not any(self.parse.tags[i] in "NP" for i in self.happening.inner[1:])
        if (
            not passive
            and not objects
            and object_ in _SUFFERS
            and alone
            and verb is not None
            and verb.form == "finite"
            and verb.last - verb.first == 1
        ):
            # A participle that was taken for a finite verb: "31 people killed in", "three soldiers kidnapped".
            passive = True
            patient = self.syntax.noun_before(self.at)
            subjects = [patient] if patient is not None else subjects
        if objects and roles.get("doer"):  # "eight soldiers are sentenced", but "a court sentences eight soldiers"
            subject = roles["doer"]
        yield from self._phrases(subjects, object_ if passive else subject, "passive" if passive else "subject")
        if not subjects:
            yield from self._of_itself(object_ if passive else subject, suffers=passive)
        if passive:
            several = len(self.happening.inner) > 1  # "tués par balle | par des inconnus"
            yield from self._agents(self._after_trigger() if several else self.at + 1, roles)
            return
        yield from self._phrases(objects, object_, "object")
        yield from self._complements(self._after_trigger(), roles)

    def _of_itself(self, role: str, *, suffers: bool = False) -> Iterator[Reading]:
        """Who tells of what he did or suffered himself: "|the army| said it had killed", « |l'armée| dit qu'elle a … »."""
        at = self.at - 1
        while at > 0 and self.symbols[at] in "aTz":
            at -= 1
        if (
            at < 1
            or self.symbols[at] != "p"
            or self.parse.tokens.keys[self.units[at].first] not in self.words.themselves
        ):
            return
        at -= 1
        while at > 0 and self.symbols[at] in "CaT,":
            at -= 1
        speakers = self._speaker(at)
        if len(speakers) == 1 and (suffers or not self._is_office(speakers[0])):
            yield from self._phrases(speakers, role, "of-itself")

    def _speaker(self, at: int) -> list[int]:
        """The subject of the verb of saying at a unit."""
        group = self.units[at].verb
        return self.syntax.subjects(at) if group is not None and group.reporting and not group.passive else []

    def _is_office(self, index: int) -> bool:
        """Is it somebody who speaks for others ("the minister said it had …")?"""
        unit, keys = self.units[index], self.parse.tokens.keys
        return any(keys[i] in self.words.titles and self.parse.tags[i] != "P" for i in range(unit.first, unit.last))

    def of_infinitive(self, role: str) -> Iterator[Reading]:
        """The object of the infinitive that a verb leads to ("|tried| to stop | the workers")."""
        yield from self._phrases(self._objects_of_infinitive(), role, "object")

    def _objects_of_infinitive(self) -> list[int]:
        """The object of an infinitive right behind the verb, past a preposition and adverbs."""
        at = self.at + 1
        while self.symbols[at : at + 1] in ("a", "t", "o", "e", "T"):
            at += 1
        return self.syntax.objects(at + 1) if self.symbols[at : at + 1] in ("i", "I") else []

    def is_transitive(self) -> bool:
        """Has the verb an object, or the infinitive it leads to?"""
        if self._objects_of_infinitive():
            return True
        if self.words.verb_first and self.units[self.at].verb is not None:
            return bool(self.syntax.arguments(self.at)[1])
        return bool(self._objects_of_verb())

    def _shared(self) -> int:
        """The last unit of the verbs that have one object ("|arrested| and later |released| an activist")."""
        at = self.at + 1
        if self.symbols[at : at + 1] != "k":
            return self.at
        at += 1
        while self.symbols[at : at + 1] == "a":
            at += 1
        return at if "k" + self.symbols[at : at + 1] in _SHARED else self.at

    def _objects_of_verb(self) -> list[int]:
        """The object after the verb, or after the whole trigger ("set fire to |the store|")."""
        if (last := self._shared()) > self.at:  # "shot and killed |a mayor|"
            return self.syntax.objects(last + 1)
        near = self.syntax.objects(self.at + 1)
        after = self._after_trigger()
        behind = self.units[after - 1]
        if len(self.happening.inner) > 1 and behind.kind in NOUNS and behind.last > self.happening.last:
            after -= 1  # "condamné à | mort huit soldats |"
        if near and after > self.at + 1:
            unit = self.units[near[0]]
            if kind_of(self.parse, self.words, unit.first, unit.last) is None:
                return self.syntax.objects(after)
        return near or self.syntax.objects(after)

    def _after_trigger(self) -> int:
        return max(self.at + 1, self.syntax.unit_of(self.happening.last - 1) + 1)

    def _led(self, roles: Mapping[str, str]) -> Iterator[Reading]:
        """Who did it, after words that lead to nobody else ("at the hands of")."""
        role = roles.get("by") or ("perpetrator" if roles.get("of") == HARMED else "")
        yield from self._behind(self.words.agents, role, AGENT)
        yield from self._behind(self.words.sufferers, roles.get("against", ""), "complement")
        if self.happening.kind in TO_THE_LIVING:
            yield from self._behind(self.words.companions, roles.get("object") or roles.get("of", ""), "companion")

    def _behind(self, leading: Mapping[str, Sequence[tuple[str, ...]]], role: str, rule: str) -> Iterator[Reading]:
        """The noun phrase behind one of the leading phrases that follows the trigger."""
        keys, tags = self.parse.tokens.keys, self.parse.tags
        first, last = self.happening.last, min(self.units[-1].last, self.happening.last + _LED)
        if not role or leading.keys().isdisjoint(keys[first:last]):
            return
        for at in range(first, last):
            within = self.units[self.syntax.unit_of(at)].kind in NOUNS  # "no less than nine", where less is a verb
            carries = within or (self.happening.nominal and (tags[at] == "X" or keys[at] in self.words.light))
            if (tags[at] in "VX" and not carries) or keys[at] in (".", ";", "؛"):
                return
            for phrase in leading.get(keys[at], ()):
                stop = at + len(phrase)
                if tuple(keys[at:stop]) == phrase:
                    index = self.syntax.unit_of(stop)
                    unit = self.units[index]
                    if unit.kind in NOUNS and unit.first <= stop < unit.last:
                        yield Reading(stop, self.units[self.syntax.phrase_end(index) - 1].last, role, rule, unit.last)
                    return

    def _complements(self, start: int, roles: Mapping[str, str]) -> Iterator[Reading]:
        """What stands after the trigger: "against X", "with Y", "between X and Y", "of Z", "by W"."""
        symbols, keys = self.symbols, self.parse.tokens.keys
        of_seen = inserted = False
        for at in range(start, min(len(self.units) - 1, start + 10)):
            symbol = symbols[at]
            if self._ends_complements(at, start):
                return
            inserted = inserted or self._is_anothers(at, start)
            if inserted and symbol == "b":  # "a hotel |frequented by tourists|"
                inserted = False
                continue
            key = keys[self.units[at].first]
            beside = symbol == "a" and symbols[at + 1] == "o" and key in self.words.at  # « près | d'| un marché »
            noun = self.syntax.noun_after(at + beside) if beside or symbol in PREPOSITIONS else None
            if noun is None:
                continue
            if symbol == "o":
                role = roles.get("of", "") if not of_seen and at <= start + (3 if symbols[start] == "b" else 1) else ""
                of_seen = True
            else:
                role = self._offered(key, roles) if self._reaches(key, at == start) else ""
            if role:
                rule = OF if symbol == "o" else LOOSE if key in self.words.loose else "complement"
                if symbol == "b" and not of_seen and roles.get("of") and self._somebody_of(noun):
                    unit = self.units[noun]  # "the killing by police of a boy"
                    yield Reading(unit.first, unit.last, role, rule, unit.last)
                    continue
                nouns = self.syntax.coordinated_right(noun, pair=key in self.words.between)
                yield from self._phrases(nouns, role, rule)
            elif key in self.words.at and roles.get("at"):
                yield from self._things(noun, roles["at"])

    def _is_anothers(self, at: int, start: int) -> bool:
        """Is the unit a participle of a noun on the way, so that a "by" behind it is its own?"""
        return (
            at > start
            and self.symbols[at] in "jJ"
            and self.symbols[at - 1] in "nya,"
            and self.parse.tokens.keys[self.units[at].last - 1] not in self.words.light
        )

    def _ends_complements(self, at: int, start: int) -> bool:
        symbol, unit = self.symbols[at], self.units[at]
        key = self.parse.tokens.keys[unit.last - 1]
        if symbol in "VURB":  # "clashes | erupted | between the army and the rebels"
            return at > start or key not in self.words.occurring
        return (
            symbol in "iIL;:QC"
            or (symbol in "gG" and at > start)
            or (symbol in "jJn" and key in self.words.attributing)
        )

    def _somebody_of(self, noun: int) -> bool:
        """Is a noun that acts by itself followed by "of" and somebody who is no fighter, so that the "of" is not its own?"""
        if self.symbols[noun + 1 : noun + 2] != "o" or self.symbols[noun + 2 : noun + 3] not in ("n", "y"):
            return False
        kinds = [kind_of(self.parse, self.words, self.units[i].first, self.units[i].last) for i in (noun, noun + 2)]
        return kinds[0] is not None and kinds[1] is not None and kinds[1].kind in ("civilians", "protesters", "rioters")

    def _reaches(self, preposition: str, adjoins: bool) -> bool:
        """May a complement stand where it does? Some prepositions belong to what stands right before them."""
        return preposition not in self.words.adjoining or (adjoins and self.happening.nominal)

    def _offered(self, preposition: str, roles: Mapping[str, str]) -> str:
        """The role that the trigger offers after a preposition."""
        words = self.words
        for name, those in (
            ("by", words.by),
            ("between", words.between),
            ("with", words.with_),
            ("against", words.against),
            ("to", words.to if len(self.happening.inner) > 1 else ()),  # "a coûté la vie | à sept gendarmes"
        ):
            if preposition in those and roles.get(name):
                return roles[name]
        return ""

    def _things(self, noun: int, role: str) -> Iterator[Reading]:
        """The building or vehicle at which a bomb explodes, be it "at the passage of a convoy"."""
        for index in (noun, noun + 2):
            if index > noun and self.symbols[noun + 1 : noun + 3] not in ("on", "oy"):
                return
            kind = kind_of(self.parse, self.words, self.units[index].first, self.units[index].last)
            if kind is not None:
                if kind.kind == THING:
                    yield from self._phrase(index, role, "place-hit")
                return

    def _nominal(self, roles: Mapping[str, str]) -> Iterator[Reading]:
        """Around a noun: what stands before it in its phrase, its complements, the verb that carries it."""
        unit = self.units[self.at]
        first, last = self._modifier(unit)
        if first < last and not self.words.head_first:
            # "Russia's attack" is Russia's doing, "Romero's murder" is not Romero's.
            suffers = roles.get("of", "") in (*_SUFFERS, "target")
            role = roles.get("of", "") if suffers else roles.get("by") or roles.get("subject", "")
            yield Reading(first, last, role, BEFORE, last)
        yield from self._adjectives(roles, unit.last if self.words.head_first else self.happening.first)
        after = self._after_trigger()
        yield from self._governed(after, roles)
        if (verb := self._opposing(after)) is not None and roles.get("between"):
            yield from self._opposed(verb, roles["between"])
            return
        yield from self._complements(after, roles)
        yield from self._participle_after(after, roles)
        yield from self._relative(after, roles)
        yield from self._carried(roles)
        yield from self._gathered(after, roles)

    def _gathered(self, after: int, roles: Mapping[str, str]) -> Iterator[Reading]:
        """Who came, in "the protest | drew | 4,000 people"."""
        verb = after
        while self.symbols[verb : verb + 1] and self.symbols[verb] in "aTzeton" and verb < after + _NEAR:
            verb += 1
        group = self.units[verb].verb if verb < len(self.units) else None
        drew = group is not None and not group.passive and self.parse.tokens.keys[group.head] in self.words.gathering
        if drew and roles.get("of") == "perpetrator":
            yield from self._phrases(self.syntax.objects(verb + 1), "perpetrator", "gathered")

    def _adjectives(self, roles: Mapping[str, str], last: int) -> Iterator[Reading]:
        """Whose it is by an adjective: "une frappe | américaine |", be it a word of the trigger itself ("| Israeli | raid")."""
        behind = range(self.happening.last, last)
        for at in (*self.happening.inner[1:], *behind) if self.words.head_first else self.happening.inner[:-1]:
            if self.parse.tokens.keys[at] in self.words.demonyms:
                yield Reading(at, at + 1, roles.get("by") or roles.get("subject", ""), BEFORE, at + 1)

    def _governed(self, after: int, roles: Mapping[str, str]) -> Iterator[Reading]:
        """The noun behind a trigger whose last word is its preposition (« attaque contre | un marché »)."""
        inner, keys = self.happening.inner, self.parse.tokens.keys
        key = keys[inner[-1]]
        if len(inner) > 1 and self.parse.tags[inner[-1]] == "E" and self.symbols[after : after + 1] in ("n", "y"):
            role = self._offered(key, roles)
            yield from self._phrases(
                self.syntax.coordinated_right(after), role, LOOSE if key in self.words.loose else "complement"
            )

    def _opposing(self, after: int) -> int | None:
        """The verb of "fighting |pitted| the army against the rebels", right after its noun."""
        for at in range(after, min(len(self.units), after + 5)):
            if self.symbols[at] in "VRgG":
                return at if self.parse.tokens.keys[self.units[at].last - 1] in self.words.opposing else None
        return None

    def _opposed(self, verb: int, role: str) -> Iterator[Reading]:
        """The two sides after such a verb: its object and who stands after "to" or "against"."""
        sides = self.syntax.objects(verb + 1)
        yield from self._phrases(sides, role, "opposed")
        opposite = (*self.words.against, *self.words.to)
        for at in range(verb + 1, min(len(self.units) - 1, verb + 6)):
            if self.symbols[at] in "te" and self.parse.tokens.keys[self.units[at].first] in opposite:
                noun = self.syntax.noun_after(at)
                if noun is not None:
                    yield from self._phrases([noun], role, "opposed")
                return

    def _modifier(self, unit: Unit) -> tuple[int, int]:
        """A name, a demonym or an owner inside the phrase before the trigger: "Israeli missile strike", "Russia's attack"."""
        keys, tags = self.parse.tokens.keys, self.parse.tags
        first = stop = unit.first
        end = min(self.happening.first, unit.last)
        owner = next(
            (i for i in range(unit.first + 1, end) if tags[i] == "G" or keys[i] in self.words.possessive), None
        )
        if owner is not None:
            return unit.first, owner
        while first < end and tags[first] in "DR#":
            first += 1
        stop = first
        while stop < end and (keys[stop] in self.words.demonyms or tags[stop] == "P" or keys[stop] in self.words.kinds):
            stop += 1
        return first, stop

    def _participle_after(self, start: int, roles: Mapping[str, str]) -> Iterator[Reading]:
        """Who did it, in "an attack carried out, claimed, blamed … by Y"."""
        for at in range(start, min(len(self.units), start + 10)):
            symbol, verb = self.symbols[at], self.units[at].verb
            if at > start + 5 and not self._attributes(at):  # only "blamed on" may stand as far off
                continue
            if (
                symbol in "VR" and verb is not None and self._by_follows(at)
            ):  # "raids |carried| out by", taken for a finite verb
                symbol = "j"
            if self._attributes(at):
                yield from self._agents(at + 1, {"by": roles.get("by") or roles.get("subject", "")})
                return
            if symbol in "jJUB" and verb is not None:
                between = _OF_ITS_OWN.sub("", self.symbols[start:at]).strip("aT,")
                if between and self.parse.tokens.keys[verb.head] not in self.words.light:
                    return
                yield from self._agents(at + 1, {"by": roles.get("by") or roles.get("subject", "")})
                return
            if symbol in "VR;:":
                return

    def _attributes(self, at: int) -> bool:
        """Is the unit "blamed" or "attributed" before its "on" or "to", whatever the tagger took it for?"""
        told = self.parse.tokens.keys[self.units[at].last - 1] in self.words.attributing
        return told and self.symbols[at + 1 : at + 2] in ("t", "e")

    def _relative(self, after: int, roles: Mapping[str, str]) -> Iterator[Reading]:
        """Who did it, in a relative clause: "the attack that the rebels carried out", « l'attaque qu'ont menée les rebelles »."""
        if self.symbols[after : after + 1] not in ("C", "L", "W"):
            return
        order = self.symbols[after + 1 : after + 3]
        nouns, verb = (after + 1, after + 2) if order in ("nV", "yV") else (after + 2, after + 1)
        if order not in ("nV", "yV", "Vn", "Vy"):
            return
        group = self.units[verb].verb
        if group is not None and not group.passive and self.parse.tokens.keys[group.head] in self.words.light:
            yield from self._phrases([nouns], roles.get("by") or roles.get("subject", ""), "relative")
            yield from self._complements(after + 3, roles)

    def _by_follows(self, verb: int) -> bool:
        at = verb + 1
        while self.symbols[at : at + 1] == "a":
            at += 1
        keys = self.parse.tokens.keys
        return self.symbols[at : at + 1] == "b" and keys[self.units[verb].first] in self.words.light
