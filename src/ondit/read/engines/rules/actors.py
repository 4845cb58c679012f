"""Who does what to whom: the noun phrases around a trigger and the part they play.

What a class of triggers expects of its subject, object and complements is in `ontology/trigger_classes.toml`; the grammar is that of
the shallow parse: active and passive, participles, relative clauses, coordinated verbs, nominalisations and the light verbs that
carry them ("carried out an attack on").
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ondit.model import Actor, Role, Span
from ondit.read.engines.rules.actor_words import ARMED, NAME, THING, ActorWords, PhraseKind, kind_of, load_actor_words
from ondit.read.engines.rules.happenings import Happening
from ondit.read.engines.rules.parse import Clause, Parse, Unit
from ondit.read.engines.rules.triggers import load_triggers

_NOUNS = "ny"
_PREPOSITIONS = "oetbS"
_REACH = 24  # units to look at on one side
_HARMED = "harmed"  # fighters are targets, others victims
_ANY = "any"  # the kind decides: those who fight do it, others suffer it
_OF, _LOOSE = "of-phrase", "loose-complement"
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
    return tuple(sorted(found.values(), key=lambda a: a.span))


def unite_actors(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """The actors of several tellings of one happening, each once: the fullest words of those that name the same."""
    kept: list[Actor] = []
    for actor in sorted(actors, key=lambda a: (-len(a.text), a.span)):
        words = _content_words(actor.text)
        if not any(words <= _content_words(other.text) and actor.role == other.role for other in kept):
            kept.append(actor)
    return tuple(sorted(kept, key=lambda a: a.span))


def _content_words(text: str) -> frozenset[str]:
    return frozenset(word for word in text.lower().split() if len(word) > 3) or frozenset((text.lower(),))


@dataclass(frozen=True, slots=True)
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
        self.parse, self.words, self.clause, self.happening = parse, words, clause, happening
        self.units, self.symbols = clause.units, clause.symbols
        self.at = self._unit_of(happening.first)

    def _unit_of(self, token: int) -> int:
        low, high = 0, len(self.units)
        while low < high:
            middle = (low + high) // 2
            if self.units[middle].last <= token:
                low = middle + 1
            else:
                high = middle
        return min(low, len(self.units) - 1)

    # ------------------------------------------------------------------------------------------------- verbs

    def verbal(self, roles: Mapping[str, str]) -> Iterator[_Reading]:
        """Around a verb: subject and object, or object and agent."""
        unit = self.units[self.at]
        subject, object_ = roles.get("subject", ""), roles.get("object", "")
        if unit.kind in _NOUNS:  # a participle inside a noun phrase: "the kidnapped engineers"
            yield _Reading(unit.first, unit.last, object_ or subject, "participle", unit.last)
            yield from self._agents(self.at + 1, roles)
            return
        verb = unit.verb
        if verb is not None and verb.form == "participle":
            patient = self._noun_before(self.at)
            if patient is not None:
                yield from self._phrase(patient, object_ or subject, "participle")
            yield from self._agents(self.at + 1, roles)
            return
        subjects = self._subjects(self.at)
        objects = (self._objects(self.at + 1) or self._objects(self._after_trigger())) if object_ else []
        passive = verb is not None and verb.passive and bool(object_)
        if not passive and not objects and object_ in _SUFFERS and verb is not None and verb.last - verb.first == 1:
            # A participle that was taken for a finite verb: "31 people killed in", "three soldiers kidnapped".
            passive = True
            patient = self._noun_before(self.at)
            subjects = [patient] if patient is not None else subjects
        yield from self._phrases(subjects, object_ if passive else subject, "passive" if passive else "subject")
        if passive:
            yield from self._agents(self.at + 1, roles)
            return
        yield from self._phrases(objects, object_, "object")
        yield from self._complements(self._after_trigger(), roles)

    def _after_trigger(self) -> int:
        return max(self.at + 1, self._unit_of(self.happening.last - 1) + 1)

    def _subjects(self, verb: int) -> list[int]:
        """Unit indexes of the subject of the verb at unit `verb`, several when they are coordinated."""
        at, steps = verb - 1, 0
        symbols = self.symbols
        unit = self.units[verb]
        bare = unit.verb is not None and unit.verb.form in ("infinitive", "gerund")
        while at >= 0 and steps < _REACH:
            steps += 1
            symbol = symbols[at]
            if symbol in _NOUNS and not bare:
                governor = self._governor(at)
                if governor == at and (owner := self._modified(at)) is not None:
                    at = owner
                    continue
                if governor == at:
                    before = self._verb_of(at) if "k" in symbols[at + 1 : verb] else None
                    return self._coordinated_left(at) if before is None else self._inherited(before)
                at = governor
                continue
            if symbol == "L":  # "the attack that killed", "men who": the noun before
                noun = self._noun_before(at)
                return [] if noun is None or self._attacked(noun) else [noun]
            if symbol in "VURB":
                if unit.kind in "iIgGzw" or bare or self._linked(at, verb):
                    return self._inherited(at)
                return []
            if symbol in "CWs:;Qp" and not bare:
                return []
            at -= 1
        return []

    def _modified(self, noun: int) -> int | None:
        """The noun phrase whose participle has this one as its object ("|men| wearing masks robbed")."""
        at = noun - 1
        if at > 0 and self.symbols[at] in "gG" and self.symbols[at - 1] in _NOUNS:
            return at - 1
        return None

    def _verb_of(self, noun: int) -> int | None:
        """The verb that has this noun phrase as its object ("attacked |the base| and killed")."""
        at = noun - 1
        while at >= 0 and (self.symbols[at] in "aTz" or self._approximates(at)):
            at -= 1
        return at if at >= 0 and self.units[at].verb is not None else None

    def _attacked(self, noun: int) -> bool:
        """Does the noun stand after "against", so that a relative clause tells of the attack ("… that killed three")?"""
        before = self._governor(noun)
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
            return self._objects(verb + 1)
        return self._subjects(verb)

    def _governor(self, noun: int) -> int:
        """The unit itself when nothing governs it, else the unit before its preposition."""
        at = noun - 1
        if at >= 0 and self.symbols[at] in _PREPOSITIONS:
            while at >= 0 and self.symbols[at] in _PREPOSITIONS:
                at -= 1
            return at
        return noun

    def _noun_before(self, at: int) -> int | None:
        """The noun phrase that ends before unit `at`: the head of an "of" chain when what stands next is nobody."""
        index = at - 1
        while index >= 0 and self.symbols[index] in ",aTx":
            index -= 1
        if index < 0 or self.symbols[index] not in _NOUNS:
            return None
        while True:
            governor = self._governor(index)
            prepositions = self.symbols[governor + 1 : index]
            if governor == index or governor < 0 or self.symbols[governor] not in _NOUNS or set(prepositions) != {"o"}:
                break
            if kind_of(self.parse, self.words, self.units[index].first, self.units[index].last) and not self._is_person(
                governor
            ):
                break
            index = governor
        return index

    def _is_person(self, index: int) -> bool:
        kind = kind_of(self.parse, self.words, self.units[index].first, self.units[index].last)
        return kind is not None and kind.kind not in (THING, NAME)

    def _coordinated_left(self, noun: int) -> list[int]:
        """The noun and those joined to it before: "A, B and C"."""
        nouns = [noun]
        at = noun - 1
        while at > 0 and self.symbols[at] in "k," and self.symbols[at - 1] in _NOUNS:
            if self.symbols[at] == "," and "k" not in self.symbols[at : noun + 1]:
                break
            head = self._head_of_chain(at - 1)
            if self._governor(head) != head:
                break
            nouns.insert(0, head)
            at = head - 1
        return nouns

    def _objects(self, start: int) -> list[int]:
        """Unit indexes of the object that begins at or after unit `start`."""
        at = start
        while at < len(self.units) and (self.symbols[at] in "aTz" or self._approximates(at)):
            at += 1
        if at >= len(self.units) or self.symbols[at] not in _NOUNS:
            return []
        return self._coordinated_right(at)

    def _approximates(self, at: int) -> bool:
        """Is the unit a word of "more than", "at least", with a number to come?"""
        unit = self.units[at]
        return (
            self.parse.tokens.keys[unit.first] in self.words.approximators
            and "#" in self.parse.tags[unit.first : unit.last + 4]
            and self.symbols[at] not in _NOUNS
        )

    def _coordinated_right(self, noun: int, *, pair: bool = False) -> list[int]:
        """The noun and those joined to it after; a `pair` ("between X and Y") always has two."""
        nouns, symbols = [noun], self.symbols
        at = self._chain_end(noun)
        while at + 1 < len(symbols) and symbols[at] in "k," and symbols[at + 1] in _NOUNS:
            joined = symbols[at] == "k" or "k" in symbols[at : at + 6]
            after = self._chain_end(at + 1)
            follows = symbols[after] if after < len(symbols) else ""
            if not joined or (follows in tuple("VURB") and not pair):  # "and Y did …" opens another clause
                break
            nouns.append(at + 1)
            at = after
        return nouns

    def _agents(self, start: int, roles: Mapping[str, str]) -> Iterator[_Reading]:
        """The "by Y" after a passive or a participle, and what else its class may take."""
        for at in range(start, min(len(self.units), start + 8)):
            symbol = self.symbols[at]
            if symbol in "VURBL;:" and at > start:
                return
            if symbol == "b" and at + 1 < len(self.units) and self.symbols[at + 1] in _NOUNS:
                yield from self._phrases(self._coordinated_right(at + 1), roles.get("by", "") or "perpetrator", "agent")
                return

    def _complements(self, start: int, roles: Mapping[str, str]) -> Iterator[_Reading]:
        """What stands after the trigger: "against X", "with Y", "between X and Y", "of Z", "by W"."""
        symbols, keys = self.symbols, self.parse.tokens.keys
        of_seen = False
        for at in range(start, min(len(self.units) - 1, start + 10)):
            symbol = symbols[at]
            if symbol in "VURBiIL;:QC" or (symbol in "gG" and at > start):
                return
            noun = self._noun_after(at) if symbol in _PREPOSITIONS else None
            if noun is None:
                continue
            key = keys[self.units[at].first]
            role = ""
            if symbol == "o" and not of_seen and at <= start + 1:
                role, of_seen = roles.get("of", ""), True
            elif symbol == "b" or key in self.words.by:
                role = roles.get("by", "")
            elif key in self.words.between:
                role = roles.get("between", "")
            elif key in self.words.with_ and roles.get("with"):
                role = roles["with"]
            elif key in self.words.against and roles.get("against"):
                role = roles["against"]
            elif key in self.words.at and roles.get("at"):
                yield from self._things(noun, roles["at"])
                continue
            if role:
                rule = _OF if symbol == "o" else _LOOSE if key in self.words.loose else "complement"
                yield from self._phrases(self._coordinated_right(noun, pair=key in self.words.between), role, rule)

    def _things(self, noun: int, role: str) -> Iterator[_Reading]:
        """The building or vehicle at which a bomb explodes."""
        kind = kind_of(self.parse, self.words, self.units[noun].first, self.units[noun].last)
        if kind is not None and kind.kind == THING:
            yield from self._phrase(noun, role, "place-hit")

    def _noun_after(self, preposition: int) -> int | None:
        """The noun phrase after a preposition, past "at least"."""
        at = preposition + 1
        while at < len(self.units) and (self.symbols[at] == "a" or self._approximates(at)):
            at += 1
        return at if at < len(self.units) and self.symbols[at] in _NOUNS else None

    # ------------------------------------------------------------------------------------------------- nouns

    def nominal(self, roles: Mapping[str, str]) -> Iterator[_Reading]:
        """Around a noun: what stands before it in its phrase, its complements, the verb that carries it."""
        unit = self.units[self.at]
        first, last = self._modifier(unit)
        if first < last:
            # "Russia's attack" is Russia's doing, "Romero's murder" is not Romero's.
            suffers = roles.get("of", "") in (*_SUFFERS, "target")
            role = roles.get("of", "") if suffers else roles.get("by") or roles.get("subject", "")
            yield _Reading(first, last, role, "before-the-noun", last)
        after = self._after_trigger()
        yield from self._complements(after, roles)
        yield from self._participle_after(after, roles)
        yield from self._carried(roles)

    def _modifier(self, unit: Unit) -> tuple[int, int]:
        """A name, a demonym or an owner inside the phrase before the trigger: "Israeli missile strike", "Russia's attack"."""
        keys, tags = self.parse.tokens.keys, self.parse.tags
        first = stop = unit.first
        end = min(self.happening.first, unit.last)
        owner = next((i for i in range(unit.first, end) if tags[i] == "G"), None)
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
        while at >= 0 and (self.symbols[at] in "aTzk" or self._approximates(at) or self._particle(at)):
            if self.symbols[at] == "k" and at and self.symbols[at - 1] in _NOUNS:  # "an attack and two raids"
                at = self._head_of_chain(at - 1)
            at -= 1
        if at < 0:
            return
        if self.symbols[at] in _PREPOSITIONS:
            yield from self._implicated(at, roles["subject"])
            return
        verb = self.units[at].verb
        if verb is not None and not verb.passive and self.parse.tokens.keys[verb.head] in self.words.light:
            yield from self._phrases(self._subjects(at), roles["subject"], "light-verb")

    def _implicated(self, preposition: int, role: str) -> Iterator[_Reading]:
        """Who is "involved in", "responsible for", "accused of" it, and who "claimed responsibility for" it."""
        at = preposition - 1
        keys = self.parse.tokens.keys
        if (
            at > 0
            and self.symbols[at] in _NOUNS
            and any(keys[i] in self.words.responsibility for i in range(self.units[at].first, self.units[at].last))
        ):
            at -= 1
            verb = self.units[at].verb
            if verb is not None and keys[verb.head] in self.words.light:
                yield from self._phrases(self._subjects(at), role, "claimed")
            return
        if at < 0 or keys[self.units[at].last - 1] not in self.words.implicating:
            return
        verb = self.units[at].verb
        subjects = self._subjects(at)
        if not subjects or verb is None or verb.form == "participle":
            noun = self._noun_before(at)
            subjects = [noun] if noun is not None else subjects
        yield from self._phrases(subjects, role, "implicated")

    def _particle(self, at: int) -> bool:
        """Is the unit the second word of a light verb ("carried out")?"""
        return (
            self.parse.tokens.keys[self.units[at].first] in self.words.particles and self.units[at - 1].verb is not None
        )

    def _head_of_chain(self, noun: int) -> int:
        """The first noun phrase of an "of" chain."""
        while (governor := self._governor(noun)) != noun and governor >= 0 and self.symbols[governor] in _NOUNS:
            noun = governor
        return noun

    # ------------------------------------------------------------------------------------------------- phrases

    def _chain_end(self, noun: int) -> int:
        """The unit after a noun phrase with its "of" phrases and a name in brackets."""
        at, symbols = noun + 1, self.symbols
        if symbols[at : at + 1] == "j" and self.parse.tokens.keys[self.units[at].first] in self.words.attached:
            at += 1
        for _ in range(2):
            if at + 1 < len(symbols) and symbols[at] == "o" and symbols[at + 1] in _NOUNS:
                at += 2
        if symbols[at : at + 1] == "(" and symbols[at + 2 : at + 3] == ")" and symbols[at + 1] in _NOUNS:
            at += 3
        return at

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
            end = self._chain_end(index)
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
