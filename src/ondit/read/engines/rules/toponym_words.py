"""The words of a language that stand around place names, from the pack's `words/places.*` and `grammar/places.toml`."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from ondit.gazetteer import PlaceKind, fold_name
from ondit.languages import load_pack
from ondit.model.records import record
from ondit.text.folding import any_spelling, fold_word

UPPER = r"[A-ZÀ-ÖØ-ÞĀ-ŽḀ-Ỿ]"
APOSTROPHES = "'’‘ʼ`"
_APOSTROPHE = f"[{APOSTROPHES}]"
_GAP = "[ \u00a0\u202f]"
_CODED = ("country", "admin1")


@record
class Relative:
    """Phrases of nearness and part that end right before a name, as patterns anchored at the end."""

    near: re.Pattern[str]
    distance: re.Pattern[str]
    direction: re.Pattern[str]
    part: re.Pattern[str]
    longest: int  # characters of any of these phrases but the distance
    endings: frozenset[str]  # their last tokens
    beside: frozenset[str]  # those of them but the parts ("north of", "outskirts of")
    leading: frozenset[str]  # those that lead from a direction to a name
    units: Mapping[str, float]  # in kilometres
    numbers: Mapping[str, int]  # number words ("une dizaine de")
    bearings: Mapping[str, float]  # degrees clockwise from north
    bearing: re.Pattern[str]


@record
class Metonyms:
    """What makes a place name stand for a government, its people, or an office."""

    seats: frozenset[str]
    unions: frozenset[str]
    relations: frozenset[str]
    possessives: frozenset[str]
    possessed: frozenset[str]
    bodies: frozenset[str]
    links: frozenset[str]
    offices: frozenset[str]
    offices_after: frozenset[str]
    byways: Mapping[str, tuple[tuple[str, ...], ...]]  # by last word: "en route to"
    attributive: frozenset[str]
    located: frozenset[str]  # nouns that are somewhere: "the U.S. border"
    sides: re.Pattern[str]
    compounds: re.Pattern[str]


@record
class PlaceWords:
    """Everything the recogniser knows of a language."""

    run: re.Pattern[str]
    caseless: bool
    skip: frozenset[str]  # words that begin no name, in a script without capitals
    strong: frozenset[str]
    weak: frozenset[str]
    struck: frozenset[str]  # those of them that lead from a blow to what it hits ("a strike on")
    titles: frozenset[str]
    name_links: frozenset[str]
    speech: frozenset[str]
    organisations: frozenset[str]
    named: frozenset[str]  # what bears a name behind it that is no place there ("la brigade Azov")
    links: frozenset[str]
    heads_before: Mapping[str, frozenset[PlaceKind]]
    heads_last: frozenset[str]  # the last tokens of those
    heads_after: Mapping[str, frozenset[PlaceKind]]
    heads_after_pattern: re.Pattern[str]
    way: re.Pattern[str]  # a name, a hyphen, another and a way: "Ansongo-Gao road"
    own_after: frozenset[str]
    own_before: frozenset[str]
    relative: Relative
    metonyms: Metonyms
    never: frozenset[str]
    needs_head: frozenset[str]
    abbreviations: Mapping[str, str]
    abbreviation: re.Pattern[str] | None
    postal: Mapping[str, str]
    nesting: re.Pattern[str]
    common: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    demonyms: Mapping[str, str]
    lower_demonyms: frozenset[str]
    phrases: dict[str, tuple[str, ...]]
    capital_after: re.Pattern[str]
    capital_before: re.Pattern[str]
    own_inside: frozenset[str]


@lru_cache(maxsize=16)
def place_words(language: str) -> PlaceWords:
    """The place words of a pack, compiled once a process."""
    pack = load_pack(language)
    table = pack.table("grammar/places")
    demonyms = dict(line.split("\t")[:2] for line in pack.lines("places.demonyms.tsv"))
    heads = table["heads"]
    after = {word: frozenset(map(PlaceKind, kinds)) for word, kinds in heads["after"].items()}
    persons = table["persons"]
    return PlaceWords(
        run=_run(table["run"]["links"], table["run"]["stopped"]),
        caseless=table.get("caseless", False),
        skip=frozenset((*table["before"]["strong"], *table["before"]["weak"], *table["heads"]["before"])),
        strong=frozenset(table["before"]["strong"]),
        weak=frozenset(table["before"]["weak"]),
        struck=frozenset(table["before"].get("struck", ())),
        titles=frozenset(persons["titles"]),
        name_links=frozenset(persons["name_links"]),
        speech=frozenset(persons["speech"]),
        organisations=frozenset(table["organisations"]["heads"]),
        named=frozenset(table["organisations"].get("named", ())),
        links=frozenset(word.strip("'") for link in table["run"]["links"] for word in link.split()),
        heads_before={word: frozenset(map(PlaceKind, kinds)) for word, kinds in heads["before"].items()},
        heads_last=frozenset(words.replace("'", "' ").split()[-1] for words in heads["before"]),
        heads_after=after,
        heads_after_pattern=re.compile(rf"{_GAP}({_either(after)})\b", re.IGNORECASE),
        way=re.compile(
            rf"(?P<a>{UPPER}[\w']{{1,20}}) ?[-‐‑–—] ?{UPPER}[\w']{{1,20}}{_GAP}(?:{_either(heads.get('ways', ()))})\b"
        ),
        own_after=frozenset(heads["own_after"]),
        own_before=frozenset(heads["own_before"]),
        relative=_relative(table["relative"], pack.table("words/time") if pack.has("words/time.toml") else {}),
        metonyms=_metonyms(table["metonyms"]),
        never=frozenset(map(fold_name, table["never"]["words"])),
        needs_head=frozenset(map(fold_name, table["never"]["needs_head"])),
        abbreviations=table["abbreviations"],
        abbreviation=re.compile(rf"(?:{_either(table['abbreviations'])})(?!\w)") if table["abbreviations"] else None,
        postal=table["postal"],
        nesting=re.compile(rf"[,(]?{_GAP}?(?:(?:{_either(table['nesting']['between'])}){_GAP}?)*", re.IGNORECASE),
        common=frozenset(pack.lines("places.common.txt")),
        given=frozenset(pack.lines("places.given_names.txt")),
        surnames=frozenset(pack.lines("places.surnames.txt")),
        demonyms={fold_name(word): _place_id(place) for word, place in demonyms.items()},
        lower_demonyms=frozenset(word for word in demonyms if not word[0].isupper()),
        phrases=_by_first_word(pack.lines("places.phrases.txt")),
        capital_after=re.compile(rf"{_GAP}(?:{_either(heads['capital_after'])})\b"),
        capital_before=re.compile(rf"(?<!\w)(?:{_either(heads['capital_before'])}){_GAP}$"),
        own_inside=frozenset(heads["own_inside"]),
    )


def _place_id(written: str) -> str:
    """The id of a place with its code in capitals, which packs that fold their lists write small ("country:ly")."""
    kind, _, code = written.partition(":")
    return f"{kind}:{code.upper()}" if kind in _CODED else written


def _by_first_word(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Phrases by their first token as the text layer folds it ("mer", "aéroport")."""
    table: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
        table.setdefault(phrase.split(" ")[0].lower(), []).append(phrase)
    return {first: tuple(group) for first, group in table.items()}


def _either(words: Iterable[str]) -> str:
    """A pattern for any of the words; for none when there are none."""
    written = (any_spelling(re.escape(w)) for w in sorted(words, key=lambda w: (-len(w), w)))
    return "|".join(w.replace("'", _APOSTROPHE) for w in written) or "(?!)"


def _run(links: Iterable[str], stopped: Iterable[str]) -> re.Pattern[str]:
    """Capitalised words that may be one name, with the small words between them."""
    more = rf"(?:{_APOSTROPHE}(?!s\b)\w+)*"
    word = rf"(?:(?:{_either(stopped)})\.|(?:[A-Z]\.)+|{UPPER}\w*{more})"
    # The first word begins with its capital and looks back at it, so that the search goes from capital to capital.
    after_capital = "".join(rf"(?<={s[0]}){re.escape(s[1:])}\.|" for s in sorted(stopped, key=lambda w: (-len(w), w)))
    first = rf"{UPPER}(?<!\w{UPPER})(?:{after_capital}(?<=[A-Z])\.(?:[A-Z]\.)*|\w*{more})"
    spaced = _either(link for link in links if not link.endswith("'"))
    elided = _either(link for link in links if link.endswith("'")) or "(?!)"
    join = rf"(?:{_GAP}|[-‐‑])"
    hyphened = r"(?<=[-‐‑])[a-zà-ÿ]{1,4}[-‐‑]"  # "Port-au-Prince", whatever the language of the text
    return re.compile(rf"{first}(?:{join}(?:(?:{spaced}){join}|(?:{elided})|{hyphened})?{word})*")


def _by_last_word(phrases: Iterable[str]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        words = tuple(phrase.replace("'", "' ").split())
        table[words[-1]] = (*table.get(words[-1], ()), words)
    return table


def _metonyms(table: Mapping[str, list[str]]) -> Metonyms:
    def words(key: str) -> frozenset[str]:
        return frozenset(table.get(key, ()))

    return Metonyms(
        seats=frozenset(map(fold_name, table["seats"])),
        unions=frozenset(map(fold_name, table.get("unions", ()))),
        relations=words("relations"),
        possessives=words("possessives"),
        possessed=words("possessed"),
        bodies=words("bodies"),
        links=words("links"),
        offices=words("offices"),
        offices_after=words("offices_after"),
        byways=_by_last_word(table.get("byways", ())),
        attributive=words("attributive"),
        located=words("located"),
        sides=re.compile(rf"(?<!\w)(?:{_either(table.get('sides', ()))})[-‐‑]$", re.IGNORECASE),
        compounds=re.compile(rf"(?:{_either(table.get('compounds', ()))})\b", re.IGNORECASE),
    )


def _last_tokens(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(fold_word(phrase.replace("'", "' ").split()[-1]) for phrase in phrases)


_NUMBER_TABLES = ("ones", "teens", "tens", "about")


def _relative(table: Mapping[str, Any], numerals: Mapping[str, Any]) -> Relative:
    units: Mapping[str, float] = table["units"]
    bearings: Mapping[str, float] = table["directions"]
    numbers = {word: n for name in _NUMBER_TABLES for word, n in numerals.get(name, {}).items()}
    directions, links = _either(bearings), _either(table["direction_links"])
    near = _either([*table["near"], *table["near_phrases"]])
    end = rf"(?:{_GAP}|(?<={_APOSTROPHE}))$"
    number = rf"(?<!\w)(\d+(?:[.,]\d+)?|{_either(numbers)})"
    beside = [*table["near"], *table["near_phrases"], *table["direction_links"]]
    phrases = [*beside, *table["parts"]]
    return Relative(
        near=re.compile(rf"(?<!\w)(?:{near}){end}", re.IGNORECASE),
        distance=re.compile(
            rf"{number}{_GAP}*({_either(units)})\b(?: ?\([^()]{{1,20}}\))?[^.,;:()]{{0,40}}$", re.IGNORECASE
        ),
        direction=re.compile(rf"(?<!\w)(?:{directions}){_GAP}(?:{links}){end}", re.IGNORECASE),
        part=re.compile(rf"(?<!\w)(?:{_either(table['parts'])}){_GAP}$", re.IGNORECASE),
        longest=max(map(len, [*table["near"], *table["near_phrases"], *table["parts"]]))
        + max(map(len, bearings))
        + max(map(len, table["direction_links"])),
        endings=_last_tokens(phrases),
        beside=_last_tokens(beside),
        leading=_last_tokens([*table["direction_links"], *bearings]),
        units=units,
        numbers={fold_word(word): n for word, n in numbers.items()},
        bearings={fold_word(word): degrees for word, degrees in bearings.items()},
        bearing=re.compile(rf"(?<![\w-])({directions})(?![\w-])", re.IGNORECASE),
    )
