"""Who does what to whom: the actors of a happening, the part each plays and the reason.

What a class of triggers expects of its subject, object and complements is in `ontology/trigger_classes.toml`; where the noun phrases
stand is read in `actor_scene`. Here their kinds decide whether they can play the part.
"""

from collections.abc import Collection, Sequence

from ondit.model import Actor, Role, Span
from ondit.model.records import replace
from ondit.read.engines.rules.actor_members import (
    BEFORE,
    CRAFT,
    DEAD,
    HARMED,
    IN_THE_AIR,
    INSIDE,
    LOOSE,
    OF,
    ROLES,
    TO_THE_LIVING,
    Reading,
)
from ondit.read.engines.rules.actor_scene import Scene
from ondit.read.engines.rules.actor_verb_first import VerbFirstScene
from ondit.read.engines.rules.actor_words import (
    ARMED,
    NAME,
    THING,
    WEAPON,
    PhraseKind,
    kind_of,
    load_actor_words,
    nobody_of,
    unknown_of,
)
from ondit.read.engines.rules.clause_syntax import Syntax
from ondit.read.engines.rules.happenings import ATTACKS, HARM_DONE, Happening
from ondit.read.engines.rules.noun_phrases import NOUNS
from ondit.read.engines.rules.triggers import load_triggers
from ondit.read.engines.rules.units import Parse

_ANY = "any"  # the kind decides: those who fight do it, others suffer it
_OF_PLACES = frozenset({"territory_change", "withdrawal"})
_DESTROYED = frozenset({"looting", "damage", "arson"})
# What only people do: whoever does it by a verb is somebody, whether a list knows the word or not.
_HITS = frozenset(
    {"attack", "raid", "storming", "strike", "air_strike", "bomb", "bombardment", "bombing", "drone_strike"}
)
_BY_PEOPLE = frozenset({"protest", "riot"})


def accused_in(parse: Parse, content: Span, clause: int) -> tuple[Actor, ...]:
    """Who is accused, where the content of an accusation begins with them ("accused | the rebels of shelling the town")."""
    words = load_actor_words(parse.pack)
    syntax = Syntax(parse, words, parse.clauses[clause])
    at = syntax.unit_of(parse.token_at(content.start))
    if syntax.units[at].kind not in NOUNS or syntax.units[at].first < parse.token_at(content.start):
        return ()
    found = []
    for noun in syntax.coordinated_right(at):
        unit = syntax.units[noun]
        kind = kind_of(parse, words, unit.first, unit.last)
        if kind is None or kind.kind == THING or parse.tokens.keys[unit.first] in words.pronouns:
            continue
        span = parse.span(unit.first, syntax.units[syntax.chain_end(noun) - 1].last)
        reason = f"named first in an accusation; “{kind.word}” is {kind.kind}"
        rule = f"{parse.pack.language}/actors:accused"
        found.append(Actor(span, span.of(parse.text), Role.PERPETRATOR, kind=kind.actor_kind, rule=rule, reason=reason))
    return tuple(found)


Known = dict[int, tuple[Actor, ...]]
"""Actors found, by the first token of the trigger they stand around."""


def find_actors(parse: Parse, happenings: Sequence[Happening]) -> Known:
    """The actors of each telling of a happening, in text order, each with its part and the reason."""
    words, classes = load_actor_words(parse.pack), load_triggers(parse.pack).classes
    kind = VerbFirstScene if words.verb_first else Scene
    scenes = [kind(parse, words, parse.clauses[h.clause], h) for h in happenings if h.clause >= 0]
    readings = [list(scene.readings(classes[scene.happening.kind].roles)) for scene in scenes]
    known: Known = {h.first: () for h in happenings}
    for scene, offered in zip(scenes, readings, strict=True):
        found: list[Actor] = []
        for reading in offered:
            actor = _actor(scene, reading)
            if actor is not None and not any(actor.span.overlaps(other.span) for other in found):
                found.append(actor)
        known[scene.happening.first] = tuple(sorted(found, key=lambda a: (a.span.start, a.span.stop)))
    return known


def actors_of_verb(parse: Parse, verb: Span) -> tuple[Actor, ...]:
    """Who does what a verb says that is no trigger: its subject does it to an object, else only takes part ("the airport reopened")."""
    words = load_actor_words(parse.pack)
    first, last = parse.token_at(verb.start), parse.token_at(verb.stop)
    clause = next((i for i, c in enumerate(parse.clauses) if c.first <= first < c.last and last <= c.last), -1)
    if clause < 0:
        return ()
    seen = Happening("other", "", "", 0, verb, first, last, clause, 0, nominal=False, inner=(last - 1,))
    scene = (VerbFirstScene if words.verb_first else Scene)(parse, words, parse.clauses[clause], seen)
    moved = parse.tokens.keys[last - 1] in words.unaccusative  # « sont parvenus »: no passive
    subject = "perpetrator" if not moved and scene.is_transitive() else "other"
    roles = {"subject": subject} if moved else {"subject": subject, "object": "target", "by": "perpetrator"}
    found: list[Actor] = []
    for reading in [*scene.readings(roles), *scene.of_infinitive("target")]:
        kind = _kind(scene, reading)
        nobody = kind is None or kind.kind == THING or (kind.kind == NAME and reading.rule == "object")
        actor = None if nobody else _actor(scene, reading)
        if actor is not None and not any(actor.span.overlaps(other.span) for other in found):
            found.append(actor)
    return tuple(sorted(found, key=lambda a: (a.span.start, a.span.stop)))


def actors_of(main: Happening, others: Sequence[Happening], known: Known) -> tuple[Actor, ...]:
    """The actors of a happening with those of the other words that tell the same one: its type again, or the harm it did."""
    told = [main, *(h for h in others if h is not main and _tells_of(h, main))]
    found = [actor for happening in told for actor in known[happening.first]]
    doers = {actor.span for actor in found if actor.role is Role.PERPETRATOR}
    also = [h for h in others if h not in told and _done_by(doers, known[h.first])] if doers else []
    return unite_actors([*found, *(actor for happening in also for actor in known[happening.first])])


def _done_by(doers: Collection[Span], actors: Sequence[Actor]) -> bool:
    """Did those who did one thing also do the other ("stormed the town and | abducted | five people")?"""
    return any(actor.role is Role.PERPETRATOR and actor.span in doers for actor in actors)


def _tells_of(other: Happening, main: Happening) -> bool:
    """Does another word tell of the happening itself, of the harm it did, or of what it destroyed where it is told?"""
    destroyed = other.kind in _DESTROYED and main.type in ATTACKS and other.clause == main.clause
    return other.type == main.type or other.kind in HARM_DONE or destroyed


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


def _actor(scene: Scene, reading: Reading) -> Actor | None:
    """The reading as an actor; None when the phrase is nobody, or a thing where somebody must act."""
    parse, happening = scene.parse, scene.happening
    first, last = reading.first, reading.last
    if first >= last:
        return None
    own_word = reading.rule in (INSIDE, DEAD) or (reading.rule == BEFORE and last - first == 1)  # "an | Israeli | raid"
    own_word = own_word or (reading.rule == "object" and happening.kind == IN_THE_AIR)  # « abattu | un drone »
    if not own_word and any(first <= at < last for at in happening.inner):
        first, last = _without_trigger(parse, happening, first, last)
        reading = replace(reading, first=first, last=last, head_last=min(last, max(first, reading.head_last)))
        if first >= last:
            return None
    kind = _kind(scene, reading)
    role = _role(reading, kind, happening.type) if kind is not None else None
    if kind is None or role is None:
        return None
    first = _without_preposition(scene, first, last)
    span = parse.span(first, last)
    return Actor(
        span=span,
        text=span.of(parse.text),
        role=role,
        kind=kind.actor_kind,
        rule=f"{parse.pack.language}/actors:{reading.rule}",
        reason=f"{reading.rule} of “{happening.trigger.of(parse.text)}”; “{kind.word}” is {kind.kind}",
    )


def _without_preposition(scene: Scene, first: int, last: int) -> int:
    """Where the phrase itself begins, behind "at least" and what is written together with it."""
    tags, tokens = scene.parse.tags, scene.parse.tokens
    keys = tokens.keys
    if tags[first] == "D" and tokens.stops[first] - tokens.starts[first] < len(keys[first]):
        return first + 1  # an article of which a preposition has left one letter
    approximate = scene.words.approximators
    begun = first > 0 and keys[first] in approximate and keys[first - 1] in approximate  # "at | least nine soldiers"
    if tags[first] not in "SE" and not begun:
        return first
    while first < last - 1 and (tags[first] in "SE" or keys[first] in approximate):
        first += 1
    return first


def _without_trigger(parse: Parse, happening: Happening, first: int, last: int) -> tuple[int, int]:
    """The side with the noun of a phrase that the trigger stands in, the longer one when both have one."""
    tags = parse.tags
    sides = [(first, happening.first), (happening.last, last)]
    return max(sides, key=lambda side: (any(t in "NP" for t in tags[side[0] : side[1]]), side[1] - side[0]))


def _kind(scene: Scene, reading: Reading) -> PhraseKind | None:
    parse, words = scene.parse, scene.words
    keys = parse.tokens.keys
    if reading.last - reading.first == 1 and keys[reading.first] in words.pronouns:
        return None
    if keys[reading.first] in words.negative:  # "No group has claimed it"
        return None
    if reading.rule == DEAD:
        return PhraseKind("civilians", keys[reading.last - 1])
    demonyms = [keys[i] in words.demonyms for i in range(reading.first, reading.last)]
    if (reading.rule == BEFORE and all(demonyms)) or reading.rule == CRAFT:
        return PhraseKind(NAME, keys[reading.first + (demonyms.index(True) if True in demonyms else 0)])
    head_last = reading.head_last or reading.last
    head = kind_of(parse, words, reading.first, head_last)
    if head is None and scene.happening.kind == IN_THE_AIR and reading.role == "target":
        hit = nobody_of(parse, words, reading.first, head_last) == WEAPON
        return PhraseKind(THING, keys[head_last - 1]) if hit else _unlisted(scene, reading, head_last)
    nouns = [keys[i] for i in range(reading.first, head_last) if parse.tags[i] in "NP"]
    figure = not nouns and "#" in parse.tags[reading.first : head_last]
    quantified = figure or words.quantifiers.issuperset(nouns or keys[reading.first : head_last])
    if (head is None or quantified) and head_last < reading.last and quantified:
        return kind_of(parse, words, head_last + 1, reading.last) or head
    return head if head is not None else _unlisted(scene, reading, head_last)


def _unlisted(scene: Scene, reading: Reading, head_last: int) -> PhraseKind | None:
    """A noun that no list knows, where only somebody or something that can be hit stands: the killed, a crowd, what is bombed."""
    kind, rule = scene.happening.kind, reading.rule
    living = kind in TO_THE_LIVING and _suffers(reading)
    people = (kind in _BY_PEOPLE and rule == "subject") or (kind == "clash" and rule == "complement")
    unknown = unknown_of(scene.parse, scene.words, reading.first, head_last)
    triggers = load_triggers(scene.parse.pack).entries
    keys, tags = scene.parse.tokens.keys, scene.parse.tags
    nouns = [keys[i] for i in range(reading.first, head_last) if tags[i] == "N"]
    if unknown is not None and any(not e.rest for noun in nouns for e in triggers.get(noun, ())):
        return None  # "suspected of rape and |looting|", "the protest vary"
    if living or people:
        return unknown
    hit = kind in _HITS and rule in ("object", "passive") and reading.role == "target"
    return replace(unknown, kind=THING) if hit and unknown is not None else None


def _suffers(reading: Reading) -> bool:
    return reading.role in (HARMED, "victim", "target") and reading.rule in _SURE


_SURE = frozenset({"object", "passive", "subject", "of-phrase", "participle"})


def _role(reading: Reading, kind: PhraseKind, event_type: str) -> Role | None:
    """The role offered, settled by the kind; None when nobody of this kind plays it."""
    offered = reading.role
    taken = event_type in _OF_PLACES and offered != "perpetrator"
    left = event_type in _OF_PLACES and reading.rule == OF  # "the retreat of Kherson"
    if kind.kind == NAME and (taken or left or offered == _ANY or reading.rule == LOOSE):
        return None  # "the attack on Kabul", "the capture of Saraqeb": most likely a place
    if offered == HARMED:
        offered = "target" if kind.kind in ARMED or kind.kind == THING else "victim"
    elif offered == _ANY:
        offered = "perpetrator" if kind.kind in ARMED else "target"
    if kind.kind == THING and offered in ("perpetrator", "other"):
        return None
    if offered == "victim" and kind.kind == THING:
        offered = "target"
    return Role(offered) if offered in ROLES else None
