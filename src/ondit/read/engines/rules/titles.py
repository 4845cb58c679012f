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
    """The units with each title and what belongs to it as one, and neighbouring states as two."""
    at = 0
    while at < len(units):
        unit = units[at]
        at += 1
        if unit.kind not in "ny":
            yield unit
            continue
        while (taken := _belonging(parse, unit, units, at)) > 0:
            at += taken
            unit = Unit(unit.kind, unit.first, units[at - 1].last)
        yield from _states(parse, unit)


def _belonging(parse: Parse, unit: Unit, units: Sequence[Unit], at: int) -> int:
    """How many of the units from `at` on belong to the phrase before them."""
    keys, tokens, grammar = parse.tokens.keys, parse.tokens, phrases(parse.pack)
    following = units[at : at + 2]
    if len(following) == 2 and following[1].kind in "ny":
        link, whose = following
        if link.last - link.first == 1 and keys[link.first] in grammar.title_links:
            return 2
        joined = link.kind == "t" and tokens.stops[link.first] == tokens.starts[whose.first]
        if joined and keys[unit.last - 1] in grammar.titles and parse.tags[whose.first] in "DP":
            return 2
    if following and following[0].kind == "n" and _is_person(parse, unit) and _is_name(parse, following[0]):
        return 1
    return 0


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
    return unit.last - unit.first == 2 and phrases(parse.pack).states_named.issuperset(
        parse.tokens.keys[unit.first : unit.last]
    )


def _states(parse: Parse, unit: Unit) -> Iterator[Unit]:
    if _both_states(parse, unit):
        yield Unit(unit.kind, unit.first, unit.first + 1)
        yield Unit(unit.kind, unit.first + 1, unit.last)
    else:
        yield unit
