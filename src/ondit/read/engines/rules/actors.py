"""Who does what to whom: the noun phrases around a trigger and the part they play.

What a class of triggers expects of its subject, object and complements is in `ontology/trigger_classes.toml`; the grammar is that of
the shallow parse: active and passive, participles, relative clauses, coordinated verbs, nominalisations and the light verbs that
carry them ("carried out an attack on").
"""

from collections.abc import Iterator, Mapping, Sequence

from ondit.model import Actor, Role, Span
from ondit.model.records import record, replace
from ondit.read.engines.rules.actor_words import ARMED, NAME, THING, ActorWords, PhraseKind, kind_of, load_actor_words
from ondit.read.engines.rules.clause_syntax import NOUNS, PREPOSITIONS, Syntax
from ondit.read.engines.rules.happenings import HARM_DONE, Happening
from ondit.read.engines.rules.triggers import load_triggers
from ondit.read.engines.rules.units import Clause, Parse, Unit

_HARMED = "harmed"  # fighters are targets, others victims
_ANY = "any"  # the kind decides: those who fight do it, others suffer it
_SHARED = frozenset({"kV", "kv", "kj", "kR", "kJ"})  # two verbs with one object, as units
_OF, _LOOSE = "of-phrase", "loose-complement"
# What is done to somebody whom the text names, whether it names who did it or not.
_SUFFERED_UNNAMED = frozenset(
    {"kill", "injury", "arrest", "abduction", "execution", "murder", "sexual", "displacement"}
)
_TOGETHER = frozenset({"civilians", THING, "state_forces"})
_OF_PLACES = frozenset({"territory_change", "withdrawal"})
_SUFFERS = frozenset({_HARMED, "victim"})
_ROLES = frozenset(role.value for role in Role)


def find_actors(parse: Parse, happening: Happening) -> tuple[Actor, ...]:
    """The actors of one telling of a happening, in text order, each with its part and the reason."""
    if happening.clause < 0:
        return ()
    words = load_actor_words(parse.pack)
    scene = _Scene(parse, words, parse.clauses[happening.clause], happening)
    roles = load_triggers(parse.pack).classes[happening.kind].roles
    readings = scene.nominal(roles) if happening.nominal else scene.verbal(roles)
    found: dict[Span, Actor] = {}
    for reading in readings:
        actor = scene.actor(reading)
        if actor is not None and not any(actor.span.overlaps(span) for span in found):
            found[actor.span] = actor
    return tuple(sorted(found.values(), key=lambda a: (a.span.start, a.span.stop)))


Known = dict[int, tuple[Actor, ...]]
"""Actors found, by the first token of the trigger they stand around."""


def actors_of(
    parse: Parse, main: Happening, others: Sequence[Happening], known: Known | None = None
) -> tuple[Actor, ...]:
    """The actors of a happening with those of the other words that tell the same one: its type again, or the harm it did.

    `known` remembers what was found around a trigger from one call to the next.
    """
    known = {} if known is None else known
    told = [main, *(h for h in others if h is not main and (h.type == main.type or h.kind in HARM_DONE))]
    for happening in told:
        if happening.first not in known:
            known[happening.first] = find_actors(parse, happening)
    return unite_actors([actor for happening in told for actor in known[happening.first]])


def unite_actors(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """The actors of several tellings of one happening, each once: the fullest words of those that name the same."""
    if len(actors) < 2:
        return tuple(actors)
    kept: list[Actor] = []
    for actor in sorted(actors, key=lambda a: (-len(a.text), a.span.start, a.span.stop)):
        words = _content_words(actor.text)
        if not any(words <= _content_words(other.text) and actor.role == other.role for other in kept):
            kept.append(actor)
    return tuple(sorted(kept, key=lambda a: (a.span.start, a.span.stop)))


def _content_words(text: str) -> frozenset[str]:
    return frozenset(word for word in text.lower().split() if len(word) > 3) or frozenset((text.lower(),))


@record
class _Reading:
    """Tokens of a noun phrase, the role it is offered and how it was found."""

    first: int
    last: int
    role: str
    rule: str
    head_last: int = 0  # end of the first noun phrase, when "of …" follows


class _Scene:
    """A clause around one trigger."""

    def __init__(self, parse: Parse, words: ActorWords, clause: Clause, happening: Happening) -> None:
        self.parse, self.words, self.happening = parse, words, happening
        self.syntax = Syntax(parse, words, clause)
        self.units, self.symbols = clause.units, clause.symbols
        self.at = self.syntax.unit_of(happening.first)

    def verbal(self, roles: Mapping[str, str]) -> Iterator[_Reading]:
        """Around a verb: subject and object, or object and agent."""
        unit = self.units[self.at]
        subject, object_ = roles.get("subject", ""), roles.get("object", "")
        if unit.kind in NOUNS:  # a participle inside a noun phrase: "the kidnapped engineers"
            yield _Reading(unit.first, unit.last, object_ or subject, "participle", unit.last)
            yield from self._agents(self.at + 1, roles)
            return
        verb = unit.verb
        direct = self.syntax.is_somebody(self.at + 1) or self.symbols[self.at + 1 : self.at + 3] in _SHARED
        if verb is not None and verb.form == "participle" and not direct:
            patient = self.syntax.noun_before(self.at)
            if patient is not None:
                yield from self._phrase(patient, object_ or subject, "participle")
            yield from self._agents(self.at + 1, roles)
            return
        if self.words.verb_first and verb is not None:
            yield from self._verb_first(roles)
            return
        subjects = self.syntax.subjects(self.at)
        objects = self._objects_of_verb() if object_ else []
        passive = verb is not None and verb.passive and bool(object_)
        if not passive and not objects and object_ in _SUFFERS and verb is not None and verb.last - verb.first == 1:
            # A participle that was taken for a finite verb: "31 people killed in", "three soldiers kidnapped".
            passive = True
            patient = self.syntax.noun_before(self.at)
            subjects = [patient] if patient is not None else subjects
        yield from self._phrases(subjects, object_ if passive else subject, "passive" if passive else "subject")
        if passive:
            yield from self._agents(self.at + 1, roles)
            return
        yield from self._phrases(objects, object_, "object")
        yield from self._complements(self._after_trigger(), roles)

    def _verb_first(self, roles: Mapping[str, str]) -> Iterator[_Reading]:
        """Around a verb that stands first. A passive is written like an active verb: who suffers is then all that is named."""
        suffered = self.happening.kind in _SUFFERED_UNNAMED
        subjects, objects = self.syntax.arguments(self.at, near=suffered)
        object_ = roles.get("object", "")
        passive = not objects and object_ and suffered
        yield from self._phrases(
            subjects, object_ if passive else roles.get("subject", ""), "passive" if passive else "subject"
        )
        if object_:
            yield from self._phrases(objects, object_, "object")
        yield from self._complements(self._after_trigger(), roles)

    def _objects_of_verb(self) -> list[int]:
        """The object after the verb, or after the whole trigger ("set fire to |the store|")."""
        if self.symbols[self.at + 1 : self.at + 3] in _SHARED:  # "shot and killed |a mayor|"
            return self.syntax.objects(self.at + 3)
        near = self.syntax.objects(self.at + 1)
        after = self._after_trigger()
        if near and after > self.at + 1:
            unit = self.units[near[0]]
            if kind_of(self.parse, self.words, unit.first, unit.last) is None:
                return self.syntax.objects(after)
        return near or self.syntax.objects(after)

    def _after_trigger(self) -> int:
        return max(self.at + 1, self.syntax.unit_of(self.happening.last - 1) + 1)

    def _agents(self, start: int, roles: Mapping[str, str]) -> Iterator[_Reading]:
        """The "by Y" after a passive or a participle, and what else its class may take."""
        for at in range(start, min(len(self.units), start + 8)):
            symbol = self.symbols[at]
            if symbol in "VURBL;:" and at > start:
                return
            if symbol == "b" and at + 1 < len(self.units) and self.symbols[at + 1] in NOUNS:
                yield from self._phrases(
                    self.syntax.coordinated_right(at + 1), roles.get("by", "") or "perpetrator", "agent"
                )
                return

    def _complements(self, start: int, roles: Mapping[str, str]) -> Iterator[_Reading]:
        """What stands after the trigger: "against X", "with Y", "between X and Y", "of Z", "by W"."""
        symbols, keys = self.symbols, self.parse.tokens.keys
        of_seen = False
        for at in range(start, min(len(self.units) - 1, start + 10)):
            symbol = symbols[at]
            if symbol in "VURBiIL;:QC" or (symbol in "gG" and at > start):
                return
            noun = self.syntax.noun_after(at) if symbol in PREPOSITIONS else None
            if noun is None:
                continue
            key = keys[self.units[at].first]
            if symbol == "o":
                role = roles.get("of", "") if not of_seen and at <= start + 1 else ""
                of_seen = True
            else:
                role = self._offered("" if symbol != "b" else "by", key, roles)
            if role:
                rule = _OF if symbol == "o" else _LOOSE if key in self.words.loose else "complement"
                nouns = self.syntax.coordinated_right(noun, pair=key in self.words.between)
                yield from self._phrases(nouns, role, rule)
            elif key in self.words.at and roles.get("at"):
                yield from self._things(noun, roles["at"])

    def _offered(self, slot: str, preposition: str, roles: Mapping[str, str]) -> str:
        """The role that the trigger offers after a preposition."""
        words = self.words
        for name, those in (
            ("by", words.by),
            ("between", words.between),
            ("with", words.with_),
            ("against", words.against),
        ):
            if (slot == name or preposition in those) and roles.get(name):
                return roles[name]
        return ""

    def _things(self, noun: int, role: str) -> Iterator[_Reading]:
        """The building or vehicle at which a bomb explodes."""
        kind = kind_of(self.parse, self.words, self.units[noun].first, self.units[noun].last)
        if kind is not None and kind.kind == THING:
            yield from self._phrase(noun, role, "place-hit")

    def nominal(self, roles: Mapping[str, str]) -> Iterator[_Reading]:
        """Around a noun: what stands before it in its phrase, its complements, the verb that carries it."""
        unit = self.units[self.at]
        first, last = self._modifier(unit)
        if first < last:
            # "Russia's attack" is Russia's doing, "Romero's murder" is not Romero's.
            suffers = roles.get("of", "") in (*_SUFFERS, "target")
            role = roles.get("of", "") if suffers else roles.get("by") or roles.get("subject", "")
            yield _Reading(first, last, role, "before-the-noun", last)
        if self.words.verb_first:
            yield from self._genitive(unit, roles)
        after = self._after_trigger()
        yield from self._complements(after, roles)
        yield from self._participle_after(after, roles)
        yield from self._carried(roles)

    def _genitive(self, unit: Unit, roles: Mapping[str, str]) -> Iterator[_Reading]:
        """What follows a noun in its own phrase: whom or what it is of ("killing-of | 18 civilians"), whose it is ("the-raid | the-Turkish")."""
        keys, tags = self.parse.tokens.keys, self.parse.tags
        first = self.happening.last
        of_whom = first
        while of_whom < unit.last and tags[of_whom] in "DA":
            of_whom += 1
        for at in range(first, of_whom):
            if keys[at] in self.words.demonyms:
                yield _Reading(at, at + 1, roles.get("by") or roles.get("subject", ""), "before-the-noun", at + 1)
        begin = of_whom - 1 if of_whom > first and tags[of_whom - 1] == "D" else of_whom
        counted = self.at + 1 < len(self.units) and self.symbols[self.at + 1] in NOUNS
        if first == unit.last and counted and tags[unit.last] == "#":  # "the killing | seven children"
            yield from self._phrase(self.at + 1, roles.get("of", ""), _OF)
        elif of_whom < unit.last:
            yield _Reading(begin, unit.last, roles.get("of", ""), _OF, unit.last)

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

    def _participle_after(self, start: int, roles: Mapping[str, str]) -> Iterator[_Reading]:
        """Who did it, in "an attack carried out, claimed, blamed … by Y"."""
        for at in range(start, min(len(self.units), start + 6)):
            symbol, verb = self.symbols[at], self.units[at].verb
            if symbol in "jJUB" and verb is not None:
                if self.symbols[start:at].strip("aT,") and self.parse.tokens.keys[verb.head] not in self.words.light:
                    return
                yield from self._agents(at + 1, {"by": roles.get("by") or roles.get("subject", "")})
                return
            if symbol in "VR;:":
                return

    def _carried(self, roles: Mapping[str, str]) -> Iterator[_Reading]:
        """The subject of the light verb that this noun is the object of."""
        if roles.get("subject") not in _ROLES:
            return
        at = self.at - 1
        while at >= 0 and (self.symbols[at] in "aTzk" or self.syntax.approximates(at) or self.syntax.particle(at)):
            if self.symbols[at] == "k" and at and self.symbols[at - 1] in NOUNS:  # "an attack and two raids"
                at = self.syntax.head_of_chain(at - 1)
            at -= 1
        if at < 0:
            return
        if self.symbols[at] in PREPOSITIONS:
            yield from self._implicated(at, roles["subject"])
            return
        verb = self.units[at].verb
        if verb is not None and not verb.passive and self.parse.tokens.keys[verb.head] in self.words.light:
            yield from self._phrases(self.syntax.subjects(at), roles["subject"], "light-verb")

    def _implicated(self, preposition: int, role: str) -> Iterator[_Reading]:
        """Who is "involved in", "responsible for", "accused of" it, and who "claimed responsibility for" it."""
        at = preposition - 1
        keys = self.parse.tokens.keys
        if (
            at > 0
            and self.symbols[at] in NOUNS
            and any(keys[i] in self.words.responsibility for i in range(self.units[at].first, self.units[at].last))
        ):
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

    def _phrases(self, indexes: Sequence[int], role: str, rule: str) -> Iterator[_Reading]:
        """The noun phrases at these units; those who suffer together ("a woman and her child") are one actor."""
        readings = [reading for index in indexes for reading in self._phrase(index, role, rule)]
        if len(readings) == 2 and role not in ("perpetrator", "other") and self._common(readings):
            first, second = readings
            yield replace(first, last=second.last)
        else:
            yield from readings

    def _common(self, readings: Sequence[_Reading]) -> bool:
        kinds = [self._kind(reading) for reading in readings]
        return all(kind is not None and kind.kind in _TOGETHER for kind in kinds)

    def _phrase(self, index: int, role: str, rule: str) -> Iterator[_Reading]:
        if role:
            end = self.syntax.chain_end(index)
            yield _Reading(self.units[index].first, self.units[end - 1].last, role, rule, self.units[index].last)

    def actor(self, reading: _Reading) -> Actor | None:
        """The reading as an actor; None when the phrase is nobody, or a thing where somebody must act."""
        first, last = reading.first, reading.last
        if first >= last:
            return None
        if first < self.happening.last and self.happening.first < last:
            first, last = self._without_trigger(first, last)
            reading = replace(reading, first=first, last=last, head_last=min(last, max(first, reading.head_last)))
            if first >= last:
                return None
        kind = self._kind(reading)
        role = _role(reading, kind, self.happening.type) if kind is not None else None
        if kind is None or role is None:
            return None
        while first < last - 1 and self.parse.tags[first] in "SE":
            first += 1
        span = self.parse.span(first, last)
        language = self.parse.pack.language
        return Actor(
            span=span,
            text=span.of(self.parse.text),
            role=role,
            kind=kind.actor_kind,
            rule=f"{language}/actors:{reading.rule}",
            reason=f"{reading.rule} of “{self.happening.trigger.of(self.parse.text)}”; “{kind.word}” is {kind.kind}",
        )

    def _without_trigger(self, first: int, last: int) -> tuple[int, int]:
        """The side with the noun of a phrase that the trigger stands in, the longer one when both have one."""
        tags = self.parse.tags
        sides = [(first, self.happening.first), (self.happening.last, last)]
        return max(sides, key=lambda side: (any(t in "NP" for t in tags[side[0] : side[1]]), side[1] - side[0]))

    def _kind(self, reading: _Reading) -> PhraseKind | None:
        keys = self.parse.tokens.keys
        if reading.last - reading.first == 1 and keys[reading.first] in self.words.pronouns:
            return None
        if reading.rule == "before-the-noun" and all(
            keys[i] in self.words.demonyms for i in range(reading.first, reading.last)
        ):
            return PhraseKind(NAME, keys[reading.first])
        head = kind_of(self.parse, self.words, reading.first, reading.head_last or reading.last)
        quantified = any(keys[i] in self.words.quantifiers for i in range(reading.first, reading.head_last))
        if (head is None or quantified) and reading.head_last < reading.last and quantified:
            return kind_of(self.parse, self.words, reading.head_last + 1, reading.last) or head
        return head


def _role(reading: _Reading, kind: PhraseKind, event_type: str) -> Role | None:
    """The role offered, settled by the kind; None when nobody of this kind plays it."""
    offered = reading.role
    taken = event_type in _OF_PLACES and offered != "perpetrator"
    if kind.kind == NAME and (taken or reading.rule == _LOOSE or offered == _ANY):
        return None  # "the attack on Kabul", "the capture of Saraqeb": most likely a place
    if offered == _HARMED:
        offered = "target" if kind.kind in ARMED or kind.kind == THING else "victim"
    elif offered == _ANY:
        offered = "perpetrator" if kind.kind in ARMED else "target"
    if kind.kind == THING and offered in ("perpetrator", "other"):
        return None
    if offered == "victim" and kind.kind == THING:
        offered = "target"
    return Role(offered) if offered in _ROLES else None
