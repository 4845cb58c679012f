"""The noun phrases of those who take part, as readings: members of a list, those who suffer together, the owner of a weapon, agents."""

from collections.abc import Iterator, Mapping, Sequence

from ondit.model import Role
from ondit.model.records import record, replace
from ondit.read.engines.rules.actor_words import NAME, THING, WEAPON, ActorWords, is_acronym, kind_of, nobody_of
from ondit.read.engines.rules.clause_syntax import Syntax
from ondit.read.engines.rules.happenings import Happening
from ondit.read.engines.rules.units import Clause, Parse, Unit

HARMED = "harmed"  # fighters are targets, others victims
OF, LOOSE, BEFORE, AGENT, INSIDE = "of-phrase", "loose-complement", "before-the-noun", "agent", "subject-inside"
SUFFERER = "target"
IN_THE_AIR = "air_defence"  # what is shot down is hit, be it a weapon
DEAD = "dead"  # "three dead": the number is of those it happened to
CRAFT = "craft"  # "Israeli jets": whose they are says who it was
ROLES = frozenset(role.value for role in Role)
# What is done to living beings alone: whoever suffers it is somebody, whether a list knows the word or not.
TO_THE_LIVING = frozenset(
    {
        "kill",
        "injury",
        "death",
        "murder",
        "massacre",
        "stabbing",
        "assault",
        "arrest",
        "abduction",
        "execution",
        "sexual",
    }
)
_TOGETHER = frozenset({"civilians", THING, "state_forces"})


@record
class Reading:
    """Tokens of a noun phrase, the role it is offered and how it was found."""

    first: int
    last: int
    role: str
    rule: str
    head_last: int = 0  # end of the first noun phrase, when "of …" follows


class Members:
    """Those who stand around one trigger of a clause."""

    def __init__(self, parse: Parse, words: ActorWords, clause: Clause, happening: Happening) -> None:
        self.parse, self.words, self.happening = parse, words, happening
        self.syntax = Syntax(parse, words, clause)
        self.units, self.symbols = clause.units, clause.symbols
        self.at = self.syntax.unit_of(happening.first)
        if not happening.nominal and self.at and self.units[self.at].kind == "x" and self.units[self.at - 1].verb:
            self.at -= 1  # "nine soldiers |are| dead": the verb has the subject

    def _agents(self, start: int, roles: Mapping[str, str]) -> Iterator[Reading]:
        """The "by Y" after a passive or a participle, and what else its class may take."""
        for at in range(start, min(len(self.units), start + 8)):
            symbol = self.symbols[at]
            if symbol in "VURBL;:" and at > start:
                return
            blamed = symbol in "te" and self.parse.tokens.keys[self.units[at - 1].last - 1] in self.words.attributing
            if (symbol == "b" or blamed) and self.symbols[at + 1 : at + 2] in ("n", "y"):
                yield from self._phrases(
                    self.syntax.coordinated_right(at + 1), roles.get("by", "") or "perpetrator", AGENT
                )
                return

    def _phrases(self, indexes: Sequence[int], role: str, rule: str) -> Iterator[Reading]:
        """The noun phrases at these units; those who suffer together ("a woman and her child") are one actor."""
        readings = [reading for index in indexes for reading in self._phrase(index, role, rule)]
        if len(readings) == 2 and role not in ("perpetrator", "other") and self._common(readings):
            first, second = readings
            yield replace(first, last=second.last)
        else:
            yield from readings

    def _common(self, readings: Sequence[Reading]) -> bool:
        kinds = [kind_of(self.parse, self.words, r.first, r.head_last or r.last) for r in readings]
        return all(kind is not None and kind.kind in _TOGETHER for kind in kinds)

    def _phrase(self, index: int, role: str, rule: str) -> Iterator[Reading]:
        if not role:
            return
        if role == "perpetrator" and self._is_weapon(index):
            yield from self._crew(index, role)
            return
        end = self.syntax.phrase_end(index)
        one = self.syntax.partitive(index)
        first = self.units[index if one is None else one].first
        yield Reading(first, self._tail(self.units[end - 1].last), role, rule, self.units[index].last)

    def _tail(self, last: int) -> int:
        """The end of a phrase with what belongs to it behind a preposition ("men | in uniform")."""
        keys = self.parse.tokens.keys
        if last < len(keys):
            for phrase in self.words.tails.get(keys[last], ()):
                if tuple(keys[last : last + len(phrase)]) == phrase:
                    return last + len(phrase)
        return last

    def _owned(self, unit: Unit) -> bool:
        """Does the phrase of a weapon say whose it is ("Israeli jets", "coalition warplanes")?"""
        keys, words = self.parse.tokens.keys, self.words
        for at in range(unit.first, unit.last):
            kind = kind_of(self.parse, words, at, at + 1)
            if keys[at] in words.demonyms or (kind is not None and kind.kind not in (NAME, THING)):
                return True
            if is_acronym(self.parse, at):  # "RSF drones", but not "Shahed drones"
                return True
        return False

    def _is_weapon(self, index: int) -> bool:
        unit = self.units[index]
        return nobody_of(self.parse, self.words, unit.first, unit.last) == WEAPON

    def _crew(self, index: int, role: str) -> Iterator[Reading]:
        """Whose weapon it is: "Israeli jets", "a drone |of the rebels|", "a mine |planted by insurgents|"."""
        unit, keys = self.units[index], self.parse.tokens.keys
        if self._owned(unit):
            yield Reading(unit.first, unit.last, role, CRAFT, unit.last)
            return
        of = self.symbols[index + 1 : index + 2] == "o" or keys[unit.last - 1] in self.words.owning
        if of and self.symbols[index + 2 : index + 3] in ("n", "y"):
            owner = self.units[index + 2]
            yield Reading(owner.first, owner.last, role, OF, owner.last)
        elif self.symbols[index + 1 : index + 2] in ("j", "J"):
            yield from self._agents(index + 2, {"by": role})
