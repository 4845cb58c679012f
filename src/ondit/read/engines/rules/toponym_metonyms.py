"""Place names that stand for somebody: a government that acts ("Kyiv's forces", "pro-Beijing"), or the town an office is of ("the governor of Homs").

The words are in the pack's `grammar/places.toml` under `metonyms`.
"""

from bisect import bisect_left
from collections.abc import Mapping

from ondit.gazetteer import PlaceKind
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.toponym_runs import Option
from ondit.read.engines.rules.toponym_view import PROMINENT
from ondit.read.engines.rules.toponym_words import PlaceWords
from ondit.read.engines.rules.units import Parse

_BACK = 3  # tokens before "of" that may be the noun: "the armed | forces | loyal | of …"
_READINGS = 3
_LED = 4  # tokens between a preposition and the name it governs
_SIDED = 8  # characters looked back at for "pro-"
HYPHENS = frozenset("-‐‑")


def acts(parse: Parse, words: PlaceWords, before: int, stop: int, option: Option) -> bool:
    """Is the name the subject of a verb, in a relation between states, or a government's? `before` is the token before it, -1 when there is none."""
    tokens, tags = parse.tokens, parse.tags
    after = bisect_left(tokens.starts, stop)
    if before >= 0 and "\n" in parse.text[tokens.stops[before] : tokens.starts[before + 1]]:
        before = -1  # the line above says nothing of it
    if after < len(tokens) and "\n" in parse.text[stop : tokens.starts[after]]:
        after = len(tokens)  # a heading
    metonyms = words.metonyms
    if _governs(option) and _is_of(parse, before, metonyms.bodies, metonyms.links):
        return True
    if option.prominence < PROMINENT:
        return False
    key = tokens.keys[before] if before >= 0 else ""
    if key in words.strong:
        return False
    if key in metonyms.relations:
        return True
    if words.caseless and before >= 0 and tags[before] in "VX":
        return True  # the verb stands before its subject
    return _acts_itself(parse, words, before, after)


def _governs(option: Option) -> bool:
    """May it be a state or its capital?"""
    return any(hit.entry.capital or hit.entry.kind is PlaceKind.COUNTRY for hit in option.hits[:_READINGS])


def _acts_itself(parse: Parse, words: PlaceWords, before: int, after: int) -> bool:
    tokens, tags = parse.tokens, parse.tags
    reflexive = phrases(parse.pack).reflexive
    while after < len(tags) and (tags[after] == "R" or (tags[after] == "I" and tokens.keys[after] in reflexive)):
        after += 1
    if after >= len(tags):
        return False
    if tokens.keys[after] in words.metonyms.possessives:
        return after + 1 < len(tokens) and tokens.keys[after + 1] in words.metonyms.possessed
    return tags[after] in "VX" and not _governed(parse, words, before)


def _governed(parse: Parse, words: PlaceWords, before: int) -> bool:
    """Does a preposition stand before the name, or before its article, a part or a sort of place ("an attack in | central | Kharkiv killed")?"""
    keys, tags = parse.tokens.keys, parse.tags
    for at in range(before, max(-1, before - _LED), -1):
        if tags[at] == "E":
            return True
        led = tags[at] in "DA" or keys[at] in words.heads_last or keys[at] in words.relative.endings
        if not led and keys[at] not in parse.pack.articles:
            return False
    return False


def in_a_compound(parse: Parse, words: PlaceWords, start: int, stop: int) -> bool:
    """Is it part of an adjective, or an abbreviation right before a noun: "pro-Beijing", "Moscow-backed", "a U.S. missile strike"?"""
    text, tokens, tags = parse.text, parse.tokens, parse.tags
    metonyms = words.metonyms
    if text[start - 1 : start] in HYPHENS and metonyms.sides.search(text, max(0, start - _SIDED), start):
        return True
    if text[stop : stop + 1] in HYPHENS and metonyms.compounds.match(text, stop + 1):
        return True
    if text[start:stop].casefold() not in metonyms.attributive:
        return False
    after = bisect_left(tokens.starts, stop)
    return (
        after < len(tags)
        and tokens.starts[after] == stop + 1
        and tags[after] in "NA"
        and tokens.keys[after] not in metonyms.located
    )


def is_of_an_office(parse: Parse, words: PlaceWords, before: int, stop: int) -> bool:
    """Is it the town or division of an office or a body ("the prosecutor of Istanbul", "Homs police"), or where somebody comes from, lives or goes ("a flight from Geneva")?"""
    metonyms = words.metonyms
    if _is_of(parse, before, metonyms.offices, metonyms.links) or _behind(parse, before, metonyms.byways):
        return True
    after = bisect_left(parse.tokens.starts, stop)
    if after < len(parse.tokens) and parse.tokens.keys[after] in metonyms.possessives:
        after += 1
    last = min(len(parse.tokens), after + 2)
    return any(parse.tokens.keys[i] in metonyms.offices_after for i in range(after, last) if parse.tags[i] in "NPA")


def _behind(parse: Parse, before: int, listed: Mapping[str, tuple[tuple[str, ...], ...]]) -> bool:
    """Does one of the phrases, listed by last word, end right before the name?"""
    keys = parse.tokens.keys
    if before < 0 or keys[before] not in listed:
        return False
    return any(tuple(keys[max(0, before + 1 - len(p)) : before + 1]) == p for p in listed[keys[before]])


def _is_of(parse: Parse, before: int, nouns: frozenset[str], links: frozenset[str]) -> bool:
    """Does "noun of" stand before the name, or the noun itself where the language needs no word between?"""
    keys, tags = parse.tokens.keys, parse.tags
    if before < 0:
        return False
    if keys[before] in links:
        return any(keys[i] in nouns for i in range(before - 1, max(-1, before - 1 - _BACK), -1) if tags[i] != "E")
    return "" in links and keys[before] in nouns
