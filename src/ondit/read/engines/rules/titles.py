"""Titles and the names that belong to them, where no capital shows where a name begins.

For languages whose `grammar/phrases.toml` has `titles`. "The spokesman | in-name-of | the army | the brigadier Ahmad" is one phrase; "Russia
Ukraine" after a verb are two: who does it and to whom.
"""

from collections.abc import Iterator, Sequence

from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.units import Parse, Unit
from ondit.read.engines.rules.voices import is_outlet, voice_words

_NAME = 8  # tokens of a name between marks, articles and marks counted


def with_titles(parse: Parse, units: Sequence[Unit]) -> Iterator[Unit]:
    """The units with each title and what belongs to it as one, neighbouring states as two, and verbs' own prepositions as such."""
    at = 0
    own: frozenset[str] = frozenset()
    speaks: Unit | None = None  # the reporting verb or preposition whose voice is still to come
    telling: Unit | None = None  # the reporting verb that what is told may follow without a conjunction
    while at < len(units):
        unit = units[at]
        at += 1
        if unit.kind not in "ny":
            if unit.verb is not None:
                own = _own_prepositions(parse, unit)
            elif unit.kind in "ebt" and own and parse.tokens.keys[unit.first] in own:
                unit, own, speaks = Unit("o", unit.first, unit.last), frozenset(), None
            speaks, telling = _awaits_voice(unit, speaks), _awaits_voice(unit, telling)
            yield unit
            continue
        while (taken := _belonging(parse, unit, units, at)) > 0:
            at += taken
            unit = Unit(unit.kind, unit.first, units[at - 1].last)
        governed = at > 1 and units[at - 2].last == unit.first and units[at - 2].kind in "etb"
        if speaks is None or governed:
            yield from _said_of(parse, unit, telling) if telling is not None else _states(parse, unit)
            continue
        parts = list(_said_of(parse, unit, speaks))
        if len(parts) == 1:
            at, unit = _whole_voice(parse, unit, units, at, own)
            parts = list(_said_of(parse, unit, speaks))
        speaks = None
        yield from parts


def _awaits_voice(unit: Unit, before: Unit | None) -> Unit | None:
    """The reporting word whose voice may still follow this unit."""
    if unit.kind in "RBS":
        return unit
    return before if unit.kind in "aTW,etbpxz" else None


def _said_of(parse: Parse, unit: Unit, speaks: Unit) -> Iterator[Unit]:
    """A phrase behind a reporting word, without what is no part of the voice: "the minister | Russia", "the commander of Kirkuk | the death"."""
    accuses = speaks.verb is not None and any("a" in entry.frames for entry in speaks.verb.reporting)
    tells = speaks.verb is not None and any("n" in entry.frames for entry in speaks.verb.reporting)
    asks = speaks.verb is not None and any("d" in entry.frames for entry in speaks.verb.reporting)
    keys, tags, grammar = parse.tokens.keys, parse.tags, phrases(parse.pack)
    for at in range(unit.first + 1, unit.last):
        whole = tags[at - 1] in "AP" or tags[at - 2 : at - 1] == "D"
        if tells and tags[at] == "D" and whole and keys[at + 1] in grammar.told_nouns:
            yield Unit(unit.kind, unit.first, at)
            yield Unit("n", at, unit.last)
            return
        state = (
            accuses and at == unit.last - 1 and keys[at] in grammar.states_named and not _in_construct(parse, at - 1)
        )
        if (accuses or asks) and tags[at] == "D" and at > unit.first + 1 and _is_object(parse, at):
            yield Unit(unit.kind, unit.first, at)
            yield Unit("n", at, unit.last)
            return
        told = (
            tells
            and at > unit.first + 1 - (tags[unit.first] == "N")
            and tags[at] in "NI"
            and keys[at] in grammar.told_nouns
        )
        if (state or told) and tags[at - 1] != "D":
            yield Unit(unit.kind, unit.first, at)
            yield Unit("n", at, unit.last)
            return
    yield from _states(parse, unit) if accuses or tells else (unit,)


def _is_object(parse: Parse, at: int) -> bool:
    """Does at an article behind a name, or behind a body in the singular, somebody else begin ("the coalition | the civilians")?"""
    keys, kinds, grammar = parse.tokens.keys, voice_words(parse.pack).kinds, phrases(parse.pack)
    if parse.tags[at - 1] == "P":
        return keys[at + 1] in kinds
    plural, bodies = grammar.relational_endings[2:], keys[at - 1] in kinds
    definite = parse.tags[at - 2 : at - 1] == "D"
    two = bodies and definite and keys[at + 1] in kinds and not keys[at + 1].endswith(grammar.relational_endings)
    return two or (bodies and keys[at + 1].endswith(plural) and not keys[at - 1].endswith(plural))


def _in_construct(parse: Parse, at: int) -> bool:
    """May the next word be what this noun is of ("minister-of | Russia", not "the-minister | Russia")?"""
    indefinite = parse.tags[at] == "N" and parse.tags[at - 1 : at] != "D"
    return indefinite and not parse.tokens.keys[at].endswith(phrases(parse.pack).never_construct)


def _whole_voice(parse: Parse, unit: Unit, units: Sequence[Unit], at: int, own: frozenset[str]) -> tuple[int, Unit]:
    """A voice with what "in", "from", "of" add to it ("a source | in | the police"), and the index of the unit after it."""
    while at < len(units) and (_is_post(parse, unit, units[at]) or _adds(parse, unit, units, at, own)):
        at += 1 if units[at].kind in "ny" else 2
        unit = Unit(unit.kind, unit.first, units[at - 1].last)
        while (taken := _belonging(parse, unit, units, at)) > 0:
            at += taken
            unit = Unit(unit.kind, unit.first, units[at - 1].last)
    return at, unit


def _is_post(parse: Parse, unit: Unit, following: Unit) -> bool:
    """Is it what a person with a title is ("the lieutenant general | chief of staff")?"""
    people, keys = voice_words(parse.pack).people, parse.tokens.keys
    titled = parse.tags[unit.first] == "D" and not people.isdisjoint(keys[unit.first + 1 : unit.last])
    return titled and following.kind == "n" and parse.tags[following.first] == "N" and keys[following.first] in people


def _adds(parse: Parse, unit: Unit, units: Sequence[Unit], at: int, own: frozenset[str]) -> bool:
    if at + 1 >= len(units):
        return False
    link, whose = units[at], units[at + 1]
    if link.kind not in "etb" or whose.kind not in "ny" or link.last - link.first > 1:
        return False
    keys, words, grammar = parse.tokens.keys, voice_words(parse.pack), phrases(parse.pack)
    key, head = keys[link.first], keys[whose.first + (parse.tags[whose.first] == "D")]
    if head in words.channels or head in grammar.occasions or head in words.addressees or head in words.relays:
        return False
    if key in own and not any(u.kind in "ebto" and keys[u.first] == key for u in units[at + 2 :]):
        return False
    if key not in words.belonging or is_outlet(parse, parse.span(whose.first, whose.last)):
        return False
    body = parse.tags[unit.first + (parse.tags[unit.first] == "D")] == "N"
    return body and (link.kind == "e" or head in words.kinds or (link.kind == "t" and parse.tags[whose.first] != "P"))


def _own_prepositions(parse: Parse, unit: Unit) -> frozenset[str]:
    """What a reporting verb leads to its content with, beside what all do ("warned | from", "insisted | on")."""
    assert unit.verb is not None
    own = phrases(parse.pack).own_prepositions
    return frozenset().union(*(own.get(entry.lemma, frozenset()) for entry in unit.verb.reporting))


def _belonging(parse: Parse, unit: Unit, units: Sequence[Unit], at: int) -> int:
    """How many of the units from `at` on belong to the phrase before them."""
    keys, tokens, grammar = parse.tokens.keys, parse.tokens, phrases(parse.pack)
    following = units[at : at + 2]
    if following and following[0].kind == "Q" and _is_called(parse, unit, following[0]):
        return 1
    named = following and following[0].kind in "nx" and parse.tags[unit.last - 1] == "." and unit.last - unit.first > 2
    if named and parse.tags[following[0].first : following[0].first + 2] == "DA":
        return 1  # "the organisation “Site” | the-intelligence | the-American"
    if len(following) == 2:
        link, whose = following
        if link.kind == "o" and whose.kind in "ny" and keys[unit.last - 1] in grammar.issued:
            return 2
        if whose.kind in "ny" and link.last - link.first == 1 and keys[link.first] in grammar.title_links:
            return 2
        joined = link.kind == "t" and tokens.stops[link.first] == tokens.starts[whose.first]
        if joined and keys[unit.last - 1] in grammar.titles and whose.kind in "ny" and parse.tags[whose.first] in "DP":
            return 2
        self_same = link.kind == "n" and link.last - link.first == 1 and keys[link.first] in grammar.self_words
        if self_same and whose.kind == "p":
            return 2
    person = following and following[0].kind == "n" and _is_person(parse, unit)
    if person and (_is_name(parse, following[0]) or _is_rank(parse, following)):
        return 1
    return 0


def _is_called(parse: Parse, unit: Unit, quoted: Unit) -> bool:
    """Is it a name between marks behind what bears it ("the site | “Voice of America”")?"""
    alone = unit.last - unit.first == 1 and parse.tags[unit.first] == "N"
    known = parse.tokens.keys[unit.first] in voice_words(parse.pack).kinds
    words = parse.tags[quoted.first : quoted.last]
    return alone and known and len(words) <= _NAME and not set(words) & set("VXS#")


def _is_rank(parse: Parse, following: Sequence[Unit]) -> bool:
    """Is it "the brigadier" before another phrase, or "(of) staff Ahmad …", which only goes on a rank?"""
    unit = following[0]
    head = unit.first + (parse.tags[unit.first] == "D")
    if parse.tokens.keys[head] in phrases(parse.pack).rank_parts:
        return True
    alone = head + 1 == unit.last and head > unit.first and parse.tokens.keys[head] in voice_words(parse.pack).people
    return alone and len(following) == 2 and following[1].kind == "n"


def _is_person(parse: Parse, unit: Unit) -> bool:
    """Does the phrase begin with what a person is, and has it no name yet?"""
    people = voice_words(parse.pack).people
    head = unit.first + (parse.tags[unit.first] == "D")
    return parse.tokens.keys[head] in people and "P" not in parse.tags[unit.first : unit.last]


def _is_name(parse: Parse, unit: Unit) -> bool:
    """Is it a name of two words or more, with a rank before it or not?"""
    tags, keys = parse.tags, parse.tokens.keys
    head = unit.first + (tags[unit.first] == "D")
    ranked = keys[head] in voice_words(parse.pack).people and "P" in tags[head + 1 : unit.last]
    return ranked or (
        tags[unit.first] == "P" and tags[unit.first : unit.last].count("P") > 1 and not _both_states(parse, unit)
    )


def _both_states(parse: Parse, unit: Unit) -> bool:
    return unit.last - unit.first == 2 and _names_state(parse, unit.first) and _names_state(parse, unit.last - 1)


def _names_state(parse: Parse, at: int) -> bool:
    return parse.tokens.keys[at] in phrases(parse.pack).states_named


def _states(parse: Parse, unit: Unit) -> Iterator[Unit]:
    """As in "Russia | Ukraine", "Rouhani | Israel": a name that ends in a state is the one and the other."""
    names = set(parse.tags[unit.first : unit.last]) == {"P"}
    if unit.last - unit.first > 1 and names and _names_state(parse, unit.last - 1):
        yield Unit(unit.kind, unit.first, unit.last - 1)
        yield Unit(unit.kind, unit.last - 1, unit.last)
    else:
        yield unit
