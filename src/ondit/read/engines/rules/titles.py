"""Titles and the names that belong to them, where no capital shows where a name begins.

For languages whose `grammar/phrases.toml` has `titles`. "The spokesman | in-name-of | the army | the brigadier Ahmad" is one phrase; "Russia
Ukraine" after a verb are two: who does it and to whom.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from ondit.languages import load_pack
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.units import Parse, Unit


@lru_cache(maxsize=16)
def _people(language: str) -> frozenset[str]:
    return frozenset(load_pack(language).table("words/voices")["people"])


def with_titles(parse: Parse, units: Sequence[Unit]) -> Iterator[Unit]:
    """The units with each title and what belongs to it as one, neighbouring states as two, and verbs' own prepositions as such."""
    at = 0
    own: frozenset[str] = frozenset()
    while at < len(units):
        unit = units[at]
        at += 1
        if unit.kind not in "ny":
            if unit.verb is not None:
                own = _own_prepositions(parse, unit)
            elif unit.kind == "e" and own and parse.tokens.keys[unit.first] in own:
                unit, own = Unit("o", unit.first, unit.last), frozenset()
            yield unit
            continue
        while (taken := _belonging(parse, unit, units, at)) > 0:
            at += taken
            unit = Unit(unit.kind, unit.first, units[at - 1].last)
        yield from _states(parse, unit)


def _own_prepositions(parse: Parse, unit: Unit) -> frozenset[str]:
    """What a reporting verb leads to its content with, beside what all do ("warned | from", "insisted | on")."""
    assert unit.verb is not None
    own = phrases(parse.pack).own_prepositions
    return frozenset().union(*(own.get(entry.lemma, frozenset()) for entry in unit.verb.reporting))


def _belonging(parse: Parse, unit: Unit, units: Sequence[Unit], at: int) -> int:
    """How many of the units from `at` on belong to the phrase before them."""
    keys, tokens, grammar = parse.tokens.keys, parse.tokens, phrases(parse.pack)
    following = units[at : at + 2]
    if len(following) == 2:
        link, whose = following
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


def _is_rank(parse: Parse, following: Sequence[Unit]) -> bool:
    """Is it "the brigadier" before another phrase, or "(of) staff Ahmad …", which only goes on a rank?"""
    unit = following[0]
    head = unit.first + (parse.tags[unit.first] == "D")
    if parse.tokens.keys[head] in phrases(parse.pack).rank_parts:
        return True
    alone = head + 1 == unit.last and head > unit.first and parse.tokens.keys[head] in _people(parse.pack.language)
    return alone and len(following) == 2 and following[1].kind == "n"


def _is_person(parse: Parse, unit: Unit) -> bool:
    """Does the phrase begin with what a person is, and has it no name yet?"""
    people = _people(parse.pack.language)
    head = unit.first + (parse.tags[unit.first] == "D")
    return parse.tokens.keys[head] in people and "P" not in parse.tags[unit.first : unit.last]


def _is_name(parse: Parse, unit: Unit) -> bool:
    """Is it a name of two words or more, with a rank before it or not?"""
    tags, keys = parse.tags, parse.tokens.keys
    head = unit.first + (tags[unit.first] == "D")
    ranked = keys[head] in _people(parse.pack.language) and "P" in tags[head + 1 : unit.last]
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
