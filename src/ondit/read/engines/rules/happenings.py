"""What happens: trigger words of the packs, refined by the words around them, with negation, plan and hypothesis.

Event types are those of the claim guideline (`ontology/event_types.toml`); what a class of triggers shows is in
`ontology/trigger_classes.toml`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ondit.model import Span
from ondit.ontology import Combination, event_types
from ondit.read.engines.rules.parse import Parse, VerbGroup
from ondit.read.engines.rules.triggers import Match, TriggerWords, context_at, load_triggers, match_at

EXACT = 3  # from this strength on, a trigger says by itself what happened
_BEFORE = 4  # tokens before a trigger that may make it a plan or a hypothesis
_BACK = 3  # sentences that "the attack" or "four people were killed" look back
_HARM = frozenset({"violence", "harm", "order"})  # families whose happenings kill and injure


@dataclass(frozen=True, slots=True)
class Happening:
    """One trigger of one happening: what it is, where it stands, how much it says.

    `type` is an id of the event types, `kind` the class of the trigger word (it names the roles around it), `strength` 0–5 how
    exactly the words say what happened: the strongest telling names an event that several tell. `inherited` is the trigger
    that a weak one ("the attack", "were killed") takes its type from. `first` … `last` are tokens, `clause` indexes
    `parse.clauses`.
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
    negated: bool = False
    hypothetical: bool = False
    planned: bool = False
    inherited: Span | None = None
    rule: str = ""
    reason: str = ""


def find_happenings(parse: Parse) -> list[Happening]:
    """Every happening that the text mentions, by trigger."""
    words = load_triggers(parse.pack)
    matches, context = _scan(parse, words)
    found: list[Happening] = []
    for match, sentence, start, stop in matches:
        happening = _happening(parse, words, match, sentence, (start, stop), context)
        if happening is not None:
            found.append(happening)
    found = _placed(parse, found)
    return _settled(found, parse.text)


def choose(happenings: Sequence[Happening]) -> Happening | None:
    """The telling that names an event best: the strongest, a real one before a planned or denied one, then the first."""
    return max(
        happenings,
        key=lambda h: (h.strength, not (h.negated or h.hypothetical), h.inherited is None, -h.first),
        default=None,
    )


def within(happenings: Sequence[Happening], span: Span) -> list[Happening]:
    """The happenings whose trigger lies inside a span."""
    starts = [h.trigger.start for h in happenings]
    low, high = bisect_left(starts, span.start), bisect_left(starts, span.stop)
    return [h for h in happenings[low:high] if h.trigger.stop <= span.stop]


_Scanned = tuple[Match, int, int, int]


def _scan(parse: Parse, words: TriggerWords) -> tuple[list[_Scanned], dict[str, list[int]]]:
    tokens, tags = parse.tokens, parse.tags
    keys, entries, context_words = tokens.keys, words.entries, words.context
    matches: list[_Scanned] = []
    context: dict[str, list[int]] = {}
    for number, sentence in enumerate(parse.document.sentences):
        start, stop = bisect_left(tokens.starts, sentence.start), bisect_left(tokens.starts, sentence.stop)
        taken: set[int] = set()
        for at in range(start, stop):
            key = keys[at]
            if key in context_words:
                for kind in context_at(words, keys, at):
                    context.setdefault(kind, []).append(at)
            if key in entries and at not in taken:
                match = match_at(words, keys, tags, at, stop)
                if match is not None:
                    taken.update(match.inner)
                    if match.entry.kind != "none":
                        matches.append((match, number, start, stop))
    return matches, context


def _happening(
    parse: Parse,
    words: TriggerWords,
    match: Match,
    sentence: int,
    bounds: tuple[int, int],
    context: dict[str, list[int]],
) -> Happening | None:
    entry = match.entry
    own = words.classes[entry.kind]
    combination = _combination(words, match, bounds, context)
    kind = own
    strength = own.strength if entry.strength is None else entry.strength
    language = parse.pack.language
    rule, reason = f"{language}/happenings:{own.name}", f"“{parse.words(match.first, match.last)}” shows {own.name}"
    if combination is not None:
        if combination.becomes == "none":
            return None
        kind = words.classes[combination.becomes]
        strength = max(strength, combination.strength or kind.strength)
        rule = f"{language}/happenings:{combination.name}"
        reason = f"{reason}; beside a word of {combination.near}: {kind.name}"
    if not kind.type:
        return None
    keys, tags = parse.tokens.keys, parse.tags
    before = keys[max(bounds[0], match.first - _BEFORE) : match.first]
    nominal = entry.part == "n"
    return Happening(
        type=kind.type,
        subtype=kind.subtype,
        kind=own.name,
        strength=strength,
        trigger=parse.span(match.first, match.last),
        first=match.first,
        last=match.last,
        clause=-1,
        sentence=sentence,
        nominal=nominal,
        definite=nominal
        and any(
            k in words.definite
            for k, t in zip(before[-3:], tags[max(bounds[0], match.first - 3) : match.first], strict=False)
            if t in "DEA"
        ),
        negated=nominal and _negated(words, before),
        hypothetical=any(k in words.hypothetical for k in before),
        planned=any(k in words.planned for k in before),
        rule=rule,
        reason=reason,
    )


def _negated(words: TriggerWords, before: Sequence[str]) -> bool:
    return any(k in words.negation for k in before[-2:]) or any(k in words.negation_nouns for k in before[-3:])


def _combination(
    words: TriggerWords, match: Match, bounds: tuple[int, int], context: dict[str, list[int]]
) -> Combination | None:
    for combination in words.by_class.get(match.entry.kind, ()):
        places = context.get(combination.near)
        if not places:
            continue
        low = max(bounds[0], match.first - combination.within) if combination.side != "after" else match.first
        high = min(bounds[1], match.last + combination.within) if combination.side != "before" else match.last
        if not _between(places, low, high, match):
            continue
        if combination.unless and _between(context.get(combination.unless, ()), low, high, match):
            continue
        return combination
    return None


def _between(places: Sequence[int], low: int, high: int, match: Match) -> bool:
    """Is there a place in [low, high) that is not the trigger itself?"""
    return any(place not in match.inner for place in places[bisect_left(places, low) : bisect_left(places, high)])


def _placed(parse: Parse, happenings: list[Happening]) -> list[Happening]:
    """The happenings with the innermost clause they stand in and what its verb group says."""
    firsts = [clause.first for clause in parse.clauses]
    placed: list[Happening] = []
    for happening in happenings:
        clause = _clause_of(parse, firsts, happening.first)
        verb = None
        if not happening.nominal and clause >= 0:
            verb = _verb_at(parse, clause, happening.first)
        placed.append(
            replace(
                happening,
                clause=clause,
                verb=verb,
                negated=happening.negated or bool(verb and verb.negated),
                hypothetical=happening.hypothetical or bool(verb and verb.modal),
                planned=happening.planned or bool(verb and verb.future),
            )
        )
    return placed


def _clause_of(parse: Parse, firsts: Sequence[int], token: int) -> int:
    for index in range(bisect_right(firsts, token) - 1, -1, -1):
        clause = parse.clauses[index]
        if clause.last > token:
            return index
        if clause.within is None:
            break
    return -1


def _verb_at(parse: Parse, clause: int, token: int) -> VerbGroup | None:
    units = parse.clauses[clause].units
    index = bisect_right([unit.first for unit in units], token) - 1
    unit = units[index] if index >= 0 else None
    return unit.verb if unit is not None and unit.last > token else None


def _settled(happenings: list[Happening], text: str) -> list[Happening]:
    """Weak tellings take the type of the happening they tell of: in their sentence, told just before, or the report's main one."""
    attacks = [h for h in happenings if h.strength >= EXACT and h.type in _ATTACKS]
    named = [_settle(h, attacks, text) if h.strength < EXACT and h.kind in _ATTACK_WORDS else h for h in happenings]
    families = event_types()
    harmful = [
        h for h in named if h.kind not in _HARM_DONE and h.type not in _HARMLESS and families[h.type].family in _HARM
    ]
    return [_settle(h, harmful, text) if h.strength < EXACT and h.kind in _HARM_DONE else h for h in named]


_HARM_DONE = frozenset({"kill", "death", "injury", "murder"})
_ATTACK_WORDS = frozenset({"attack", "raid", "explosion", "bomb", "strike", "launch", "fire"})
# What "the attack" may be when another word says it better; two sides fighting is no attack, a kidnapping neither.
_ATTACKS = frozenset(
    {"armed_attack", "air_strike", "drone_strike", "shelling_missile_attack", "bombing_ied", "chemical_attack"}
)
# Nobody is killed by these alone.
_HARMLESS = frozenset({"looting_destruction", "abduction", "sexual_violence", "arrest", "protest"})


def _settle(weak: Happening, donors: Sequence[Happening], text: str) -> Happening:
    donor = _donor(weak, donors)
    if donor is None or donor.type == weak.type:
        return weak
    return replace(
        weak,
        type=donor.type,
        subtype=donor.subtype,
        inherited=donor.trigger,
        reason=f"{weak.reason}; {donor.type} after “{donor.trigger.of(text)}”",
    )


def _donor(weak: Happening, donors: Sequence[Happening]) -> Happening | None:
    same = [d for d in donors if d.sentence == weak.sentence]
    if same:
        return min(same, key=lambda d: (abs(d.first - weak.first) - 4 * d.strength, d.first))
    exact = [d for d in donors if d.strength >= EXACT]
    if weak.kind in _HARM_DONE or weak.definite or not weak.nominal:
        before = [d for d in exact if 0 < weak.sentence - d.sentence <= _BACK]
        if before:
            return max(before, key=lambda d: (d.strength, d.first))
    if weak.nominal or weak.strength < 2:
        return max(exact, key=lambda d: (d.strength, -d.first), default=None)
    return None
