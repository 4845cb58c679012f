"""What happens: trigger words of the packs, refined by the words around them, with negation, plan and hypothesis.

Event types are those of the claim guideline (`ontology/event_types.toml`); what a class of triggers shows is in
`ontology/trigger_classes.toml`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ondit.model import Span, TimexType
from ondit.model.records import record, replace
from ondit.ontology import Combination, event_types
from ondit.read.engines.rules.triggers import Match, TriggerWords, context_at, load_triggers, match_at
from ondit.read.engines.rules.units import Parse, VerbGroup

HARM_DONE = frozenset({"kill", "death", "injury", "murder"})  # classes that tell the harm, not what did it
_DAMAGE = "damage"  # what was destroyed is told as the harm of what did it, if that is told
_EFFECTS = HARM_DONE | {_DAMAGE}
_WAR = "war"  # by itself what other things happen in: nobody is killed by nothing, but "the war" is no news
EXACT = 3  # from this strength on, a trigger says by itself what happened
_BEFORE = 4  # tokens before a trigger that may make it a plan or a hypothesis
_MARCH = "march"  # people who march, where a language has the same word for drones
_NO_MARCH = frozenset({"drone", "flying_object", "drone_object"})
_WITHIN = 80  # tokens on each side that a weak telling looks for an exact one in its sentence
_ON = 2  # tokens farther on that may still take a combination back ("between 5 | a.m.")
_BEHIND_VERB = 3  # tokens behind a verb in which its subject begins, with its article
_NESTED = 60  # clauses or happenings looked back at, so that no text makes it slow
_AHEAD = 2  # sentences that a lead without detail looks ahead
_BACK = 3  # sentences that "the attack" or "four people were killed" look back
_USUAL, _MAIN = 2, 2.5  # what the main verb tells comes before a stronger word beside it
_ASIDE = 2  # what only gives the reason or the time comes after what is told ("protested after police had shot a boy")
_ANSWERS = frozenset({"arrest", "trial", "execution", "policy", "dismissal", "protest", "investigation"})
_GROUND = 5  # tokens between "suspected of" and what somebody is suspected of
_HARM = frozenset({"violence", "harm", "order"})  # families whose happenings kill and injure


@record
class Happening:
    """One trigger of one happening: what it is, where it stands, how much it says.

    `type` is an id of the event types, `kind` the class of the trigger word (it names the roles around it), `strength` 0–5 how
    exactly the words say what happened: the strongest telling names an event that several tell. `inherited` is the trigger
    that a weak one ("the attack", "were killed") takes its type from. `first` … `last` are tokens, `clause` indexes
    `parse.clauses`; `inner` are the tokens of the trigger itself, without what stands between them ("opened | heavy | fire").
    `ground` says that it stands after "suspected of", "over" and the like. `another` says that it is not one told before ("a second attack", "Elsewhere, …").
    `alone` is what a telling that inherits says by itself, `item` the item of a list that tells it (-1: none, the report's own).
    """

    type: str
    subtype: str
    kind: str
    strength: int
    trigger: Span
    first: int
    last: int
    clause: int
    sentence: int
    nominal: bool
    verb: VerbGroup | None = None
    definite: bool = False
    another: bool = False
    inner: tuple[int, ...] = ()
    negated: bool = False
    hypothetical: bool = False
    planned: bool = False
    ground: bool = False
    inherited: Span | None = None
    alone: "Happening | None" = None
    item: int = -1
    rule: str = ""
    reason: str = ""


def find_happenings(parse: Parse, items: Sequence[Span] = ()) -> list[Happening]:
    """Every happening that the text mentions, by trigger; `items` are the lines that tell for themselves."""
    words = load_triggers(parse.pack)
    matches, context = _scan(parse, words)
    firsts = [clause.first for clause in parse.clauses]
    found: list[Happening] = []
    for scanned in matches:
        happening = _happening(parse, words, scanned, context, firsts)
        if happening is not None:
            found.append(happening)
    if items:
        found = [replace(h, item=item_at(items, h.trigger.start)) for h in found]
    return _settled(found, parse.text)


def item_at(items: Sequence[Span], at: int) -> int:
    """Which of the items holds a character; -1 for none."""
    index = bisect_right(items, at, key=lambda item: item.start) - 1
    return index if index >= 0 and at < items[index].stop else -1


def choose(happenings: Sequence[Happening], main: Span | None = None, *, background: bool = True) -> Happening | None:
    """The telling that names an event best: the strongest, the `main` verb before others, a real one before a planned or denied one, then the first.

    Without `background`, what only says in which war something is told is none.
    """
    told = [h for h in happenings if background or not (h.kind == _WAR and h.strength == 0)]
    first = min((h.first for h in told if not h.ground), default=0)
    return max(
        _without_grounds(told),
        key=lambda h: (
            (h.strength + _MAIN if main is not None and _is_told_by(h, main) else _weight(h))
            - (_ASIDE if h.ground and h.first > first else 0),
            not (h.negated or h.hypothetical),
            h.type != "other",
            h.inherited is None,
            -h.first,
        ),
        default=None,
    )


def _is_told_by(happening: Happening, verb: Span) -> bool:
    """Is the trigger the main verb of what is told, and names it what happened by itself?"""
    return happening.strength >= _USUAL and not happening.nominal and happening.trigger.overlaps(verb)


def _weight(happening: Happening) -> float:
    """How much a telling says of what happened: a harm that follows an attack told before says more than that people were evacuated."""
    vague = happening.type == "other" and happening.strength < EXACT
    harm = happening.kind in HARM_DONE and happening.inherited is not None
    return happening.strength - 1.5 if vague else max(happening.strength, 1) if harm else happening.strength


def _without_grounds(happenings: Sequence[Happening]) -> Sequence[Happening]:
    """Without what somebody is punished or protested against for, where that is told: "the arrest of 11 men | suspected of rape"."""
    first = next((h.first for h in happenings if h.kind in _ANSWERS and not h.ground), None)
    return happenings if first is None else [h for h in happenings if not (h.ground and h.first > first)]


def within(happenings: Sequence[Happening], span: Span) -> list[Happening]:
    """The happenings whose trigger lies inside a span."""
    low, high = (bisect_left(happenings, edge, key=lambda h: h.trigger.start) for edge in (span.start, span.stop))
    return [h for h in happenings[low:high] if h.trigger.stop <= span.stop]


_Scanned = tuple[Match, int, int, int]


def _scan(parse: Parse, words: TriggerWords) -> tuple[list[_Scanned], dict[str, list[int]]]:
    tokens, tags = parse.tokens, parse.tags
    keys, entries, context_words = tokens.keys, words.entries, words.context
    hits = parse.where(words.first_words)
    matches: list[_Scanned] = []
    text, starts = parse.text, tokens.starts
    named = [at for at, tag in enumerate(tags) if tag == "P" or (tag == "N" and text[starts[at]].isupper())]
    context: dict[str, list[int]] = {"proper_name": named}
    for number, sentence in enumerate(parse.document.sentences):
        start, stop = bisect_left(tokens.starts, sentence.start), bisect_left(tokens.starts, sentence.stop)
        taken: set[int] = set()
        for at in hits[bisect_left(hits, start) : bisect_left(hits, stop)]:
            key = keys[at]
            if key in context_words:
                kinds = set(context_at(words, keys, at))
                for kind in kinds - _NO_MARCH if _MARCH in kinds else kinds:
                    context.setdefault(kind, []).append(at)
            if key in entries and at not in taken:
                match = match_at(words, keys, tags, at, stop)
                if match is not None:
                    taken.update(match.inner)
                    part_of_name = at > start and _in_a_name(parse, match)
                    if match.entry.kind != "none" and not part_of_name and not _in_a_date(parse, match):
                        matches.append((match, number, start, stop))
    return matches, context


def _in_a_date(parse: Parse, match: Match) -> bool:
    """Is the trigger a month or a weekday ("on 4 | March", "| Sat 8 Feb")?"""
    if parse.tokens.keys[match.first] not in load_triggers(parse.pack).calendar:
        return False
    span = parse.span(match.first, match.last)
    before = bisect_right(parse.time_starts, span.start) - 1
    return before >= 0 and parse.times[before].type is TimexType.DATE and parse.times[before].span.contains(span)


def _in_a_name(parse: Parse, match: Match) -> bool:
    """Is the trigger part of a proper name ("Army of National Liberation", « Mouvement de Libération »)?"""
    if match.entry.part != "n" or parse.tags[match.last - 1] not in "PN":
        return False
    text, starts = parse.text, parse.tokens.starts
    if not all(text[starts[i]].isupper() for i in (match.first, match.last - 1)):
        return False
    before = match.first - 1
    while before > 0 and parse.tags[before] in "ED":
        before -= 1
    return parse.tags[before] in "PN" and text[starts[before]].isupper()


def _happening(
    parse: Parse, words: TriggerWords, scanned: _Scanned, context: dict[str, list[int]], firsts: Sequence[int]
) -> Happening | None:
    match, sentence, start, stop = scanned
    entry = match.entry
    keys = parse.tokens.keys
    if keys[match.first] in words.who and match.first > start and keys[match.first - 1] in words.articles:
        return None
    own = kind = words.classes[entry.kind]
    nominal = entry.part == "n"
    clause = _clause_of(parse, firsts, match.first)
    verb = _verb_at(parse, clause, match.first) if clause >= 0 and not nominal else None
    combination = _combination(
        words, match, (start, stop), context, passive=verb is not None and (verb.passive or verb.form == "participle")
    )
    strength = own.strength if entry.strength is None else entry.strength
    language, name = parse.pack.language, own.name
    reason = f"“{parse.words(match.first, match.last)}” shows {own.name}"
    if combination is not None:
        if combination.becomes == "none":
            return None
        kind, name = words.classes[combination.becomes], combination.name
        strength = max(strength, combination.strength or kind.strength)
        reason = f"{reason}; beside a word of {combination.near}: {kind.name}"
    if not kind.type:
        return None
    before = keys[max(start, match.first - _BEFORE) : match.first]
    return Happening(
        type=kind.type,
        subtype=kind.subtype,
        kind=own.name,
        strength=strength,
        trigger=parse.span(match.first, match.last),
        first=match.first,
        last=match.last,
        clause=clause,
        sentence=sentence,
        nominal=nominal,
        verb=verb,
        definite=nominal and _definite(parse, words, start, match.first),
        another=_another(parse, words, match, start),
        inner=match.inner,
        negated=_negated(words, before) if nominal else verb is not None and verb.negated,
        hypothetical=not words.hypothetical.isdisjoint(before) or (verb is not None and verb.modal),
        planned=not words.planned.isdisjoint(before) or (verb is not None and verb.future),
        ground=not words.ground.isdisjoint(keys[max(start, match.first - _GROUND) : match.first]),
        rule=f"{language}/happenings:{name}",
        reason=reason,
    )


def _definite(parse: Parse, words: TriggerWords, start: int, first: int) -> bool:
    keys, tags = parse.tokens.keys, parse.tags
    return any(keys[i] in words.definite and tags[i] in "DEA" for i in range(max(start, first - 3), first))


def _another(parse: Parse, words: TriggerWords, match: Match, start: int) -> bool:
    """Is it said to be another happening: "a second attack", "In a separate incident, …", "Elsewhere, …"?"""
    keys, tags = parse.tokens.keys, parse.tags
    if (
        match.entry.part == "n"
        and match.entry.kind not in HARM_DONE
        and any(
            keys[i] in words.another and tags[i] not in "PN" for i in range(max(start, match.first - 3), match.first)
        )
    ):
        return True
    if keys[start] in words.elsewhere:
        return True
    return tags[start] == "E" and any(keys[i] in words.another for i in range(start + 1, min(start + 4, match.first)))


def _negated(words: TriggerWords, before: Sequence[str]) -> bool:
    return any(k in words.negation for k in before[-2:]) or any(k in words.negation_nouns for k in before[-3:])


def _combination(
    words: TriggerWords, match: Match, bounds: tuple[int, int], context: dict[str, list[int]], *, passive: bool
) -> Combination | None:
    for combination in words.by_class.get(match.entry.kind, ()):
        places = context.get(combination.near)
        if not places or (combination.passive and not passive) or (combination.active and passive):
            continue
        if combination.verbal and match.entry.part != "v":
            continue
        low = max(bounds[0], match.first - combination.within) if combination.side != "after" else match.first
        high = min(bounds[1], match.last + combination.within) if combination.side != "before" else match.last
        if combination.side == "before" and words.verb_first and match.entry.part == "v":
            high = min(bounds[1], match.last + _BEHIND_VERB)  # the subject stands there
        if not _between(places, low, high, match):
            continue
        behind = match.last, min(bounds[1], match.last + combination.within)
        if combination.also and not _between(context.get(combination.also, ()), *behind, match):
            continue
        if any(_between(context.get(name, ()), low, high + _ON, match) for name in combination.unless.split()):
            continue
        return combination
    return None


def _between(places: Sequence[int], low: int, high: int, match: Match) -> bool:
    """Is there a place in [low, high) that is not the trigger itself?"""
    for at in range(bisect_left(places, low), len(places)):
        if places[at] >= high:
            return False
        if places[at] not in match.inner:
            return True
    return False


def _clause_of(parse: Parse, firsts: Sequence[int], token: int) -> int:
    last = bisect_right(firsts, token) - 1
    for index in range(last, max(-1, last - _NESTED), -1):
        clause = parse.clauses[index]
        if clause.last > token:
            return index
        if clause.within is None:
            break
    return -1


def _verb_at(parse: Parse, clause: int, token: int) -> VerbGroup | None:
    units = parse.clauses[clause].units
    index = bisect_right(units, token, key=lambda unit: unit.first) - 1
    unit = units[index] if index >= 0 else None
    return unit.verb if unit is not None and unit.last > token else None


def _settled(happenings: list[Happening], text: str) -> list[Happening]:
    """Weak tellings take the type of the happening they tell of: in their sentence, told just before, or the report's main one."""
    exact = [h for h in happenings if h.strength >= EXACT]
    attacks = _Nearest(
        [h for h in exact if h.type in ATTACKS and h.kind != _ASSAULT]
        or [h for h in happenings if h.type in ATTACKS and h.strength >= _USUAL and h.kind not in _GENERIC]
    )
    explosions = _Nearest([h for h in exact if h.type in ATTACKS or h.kind == "gas_explosion"])
    named = [
        _settle(h, explosions if h.kind == "explosion" else attacks, text)
        if h.strength < EXACT and h.kind in _ATTACK_WORDS
        else h
        for h in happenings
    ]
    families = event_types()
    harmful = _Nearest(
        [h for h in named if h.kind not in _EFFECTS and h.type not in _HARMLESS and families[h.type].family in _HARM]
    )
    return [_settle(h, harmful, text) if h.strength < EXACT and h.kind in _EFFECTS else h for h in named]


_ATTACK_WORDS = frozenset(
    {"attack", "incident", "operation", "raid", "storming", "explosion", "bomb", "bombing", "strike", "launch", "fire"}
)
_ASSAULT = "assault"  # who is beaten or tortured is so after "the attack" as often as in it
_GENERIC = frozenset({"attack", "incident", "operation", "raid", "storming", "launch", "fire"})  # anything may be one
# What "the attack" may be when another word says it better; two sides fighting is no attack, a kidnapping neither.
ATTACKS = frozenset(
    {"armed_attack", "air_strike", "drone_strike", "shelling_missile_attack", "bombing_ied", "chemical_attack"}
)
# Nobody is killed by these alone.
_HARMLESS = frozenset({"looting_destruction", "abduction", "sexual_violence", "arrest", "protest"})


def _settle(weak: Happening, donors: "_Nearest", text: str) -> Happening:
    donor = donors.of(weak)
    if donor is None or donor.type == weak.type:
        return weak
    return replace(
        weak,
        type=donor.type,
        subtype=donor.subtype,
        inherited=donor.trigger,
        alone=weak.alone or weak,
        reason=f"{weak.reason}; {donor.type} after “{donor.trigger.of(text)}”",
    )


class _Nearest:
    """Where a weak telling looks for what it tells of: in its own item, before the list, then everywhere."""

    def __init__(self, happenings: Sequence[Happening]) -> None:
        by_item: dict[int, list[Happening]] = {}
        for happening in happenings:
            by_item.setdefault(happening.item, []).append(happening)
        self._all = _Donors(happenings)
        self._items = {item: _Donors(told) for item, told in by_item.items()} if len(by_item) > 1 else {}

    def of(self, weak: Happening) -> Happening | None:
        """The happening that a weak telling tells of, None when it stands alone."""
        for donors in (self._items.get(weak.item), self._items.get(-1)):
            if donors is not None and (donor := donors.of(weak)) is not None:
                return donor
        return self._all.of(weak)


class _Donors:
    """Happenings that weak tellings may take their type from, found by where they stand."""

    def __init__(self, happenings: Sequence[Happening]) -> None:
        self._all = happenings
        self._firsts = [h.first for h in happenings]
        exact = [h for h in happenings if h.strength >= EXACT] or [h for h in happenings if h.strength >= _USUAL]
        self._exact = exact
        self._sentences = [h.sentence for h in exact]
        self._top = max(exact, key=lambda d: (d.strength, -d.first), default=None)

    def of(self, weak: Happening) -> Happening | None:
        """The happening that a weak telling tells of, None when it stands alone."""
        low, high = (bisect_left(self._firsts, weak.first + side * _WITHIN) for side in (-1, 1))
        same = [d for d in self._all[low:high] if d.sentence == weak.sentence]
        if same:
            return min(same, key=lambda d: (abs(d.first - weak.first) - 4 * d.strength, d.first))
        if weak.kind in _EFFECTS or weak.definite or not weak.nominal:
            start = bisect_left(self._sentences, weak.sentence - _BACK)
            before = self._exact[start : bisect_left(self._sentences, weak.sentence)][-_NESTED:]
            if before:
                return max(before, key=lambda d: (d.strength, d.first))
        if weak.kind in HARM_DONE or not weak.nominal:
            start = bisect_left(self._sentences, weak.sentence + 1)
            after = self._exact[start : bisect_left(self._sentences, weak.sentence + 1 + _AHEAD)][:_NESTED]
            if after:
                return max(after, key=lambda d: (d.strength, -d.first))
        if weak.kind == _DAMAGE:
            return None
        if self._top is None and weak.kind in HARM_DONE:  # "the toll": of the attack told last, named ever so loosely
            return self._all[max(bisect_left(self._firsts, weak.first) - 1, 0)] if self._all else None
        return self._top if weak.nominal or weak.strength < 2 else None
