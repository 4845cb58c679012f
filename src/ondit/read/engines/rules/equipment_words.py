"""The names and words of equipment, ready for matching: real systems from the ontology, kinds of things from the language pack."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ondit.languages import Pack, load_pack
from ondit.model.records import record
from ondit.ontology.equipment import Alias, System, aliases, compact, equipment_classes
from ondit.read.engines.rules.numerals import Phrase, by_last, number_words, phrase_of

# "MQ-9", "SU24M": letters, digits, perhaps a letter more.
DESIGNATION = re.compile(r"[a-z]{2,3}\d{1,4}[a-z]?")
_WELL_KNOWN = 8  # a name of so many letters is also read without a capital ("kalachnikov")


@dataclass(frozen=True)
class Systems:
    """Real systems by spelling, and what a spelling may begin with."""

    aliases: Mapping[str, tuple[Alias, ...]]
    prefixes: frozenset[str]
    lower: frozenset[str]
    near_misses: Mapping[str, frozenset[str]]


@cache
def systems_index() -> Systems:
    """The ontology, indexed; built once a process."""
    table = aliases()
    prefixes = {key[:n] for key in table for n in range(1, len(key) + 1)}
    lower = set()
    near: dict[str, set[str]] = {}
    for key, options in table.items():
        for alias in options:
            well_known = alias.written.isalpha() and len(alias.written) >= _WELL_KNOWN and not alias.guard
            if well_known or alias.written[0].islower():
                lower.add(compact(alias.written.split()[0]))
        if DESIGNATION.fullmatch(key):
            for pattern in wildcards(key):
                near.setdefault(pattern, set()).update(option.system.id for option in options)
    return Systems(table, frozenset(prefixes), frozenset(lower), {k: frozenset(v) for k, v in near.items()})


def wildcards(designation: str) -> list[str]:
    """A designation with each of its leading letters left open.

    >>> wildcards("mq9")
    ['?q9', 'm?9']
    """
    letters = next(i for i, c in enumerate(designation) if c.isdigit())
    return [f"{designation[:i]}?{designation[i + 1 :]}" for i in range(letters)]


@lru_cache(maxsize=65_536)
def piece(key: str) -> str | None:
    """What a token adds to a spelling: "" for a hyphen, None for a mark that no name runs over."""
    if key in "-/":
        return ""
    return compact(key) or None


def could_name(alias: Alias, words: str) -> bool:
    """Does a spelling have the capitals that the name asks for?"""
    if alias.written[0].islower() or not words[0].islower():
        acronym = alias.written.isalpha() and alias.written.isupper() and len(alias.written) <= 5
        return not acronym or words.rstrip("s").isupper()
    return alias.written.isalpha() and len(alias.written) >= _WELL_KNOWN


@record
class Kind:
    """A word for a kind of equipment; `means`: only beside something done with it; `doubtful`: only beside other words of war."""

    phrase: Phrase
    kind: str
    means: bool
    doubtful: bool = False


@record
class Found:
    """A name at tokens `first` … `last`: of a `system`, or of a `kind` of things; `doubtful` until something beside it supports it."""

    first: int
    last: int
    kind: str
    system: System | None = None
    reason: str = ""
    doubtful: bool = False


@dataclass(frozen=True)
class EquipmentWords:
    """What a language says about equipment."""

    head_first: bool
    kinds: Mapping[str, tuple[Kind, ...]]
    context: frozenset[str]
    never_after: frozenset[str]
    never_before: frozenset[str]
    comparison: Mapping[str, tuple[Phrase, ...]]  # these and `target_phrases` by their last words
    coordinators: frozenset[str]
    articles: frozenset[str]
    target_verbs: frozenset[str]
    target_phrases: Mapping[str, tuple[Phrase, ...]]
    target_after: tuple[Phrase, ...]
    between: frozenset[str]
    means_before: tuple[Phrase, ...]
    means_verbs: frozenset[str]
    means_context: frozenset[str]
    of: frozenset[str]
    sorted_by: frozenset[str]  # prepositions between a thing and its sort or its amount
    amounts: frozenset[str]
    types: tuple[Phrase, ...]  # "de type" between a thing and what it is called
    measures: frozenset[str]  # after an adjective: "long | of range"
    qualities: frozenset[str]  # adjectives that taggers take for nouns
    unsaying: frozenset[str]  # adjectives that belong to what follows
    never: Mapping[
        str, tuple[tuple[Phrase, int], ...]
    ]  # by each word, with its place: where a word of equipment names none ("gave up arms")
    numbers: frozenset[str]
    demonyms: frozenset[str]
    articles_between: frozenset[str]
    verb_first: bool


def _by_every_word(rows: Sequence[str]) -> dict[str, tuple[tuple[Phrase, int], ...]]:
    found: dict[str, list[tuple[Phrase, int]]] = {}
    for phrase in map(phrase_of, rows):
        for place, word in enumerate(phrase):
            found.setdefault(word, []).append((phrase, place))
    return {word: tuple(places) for word, places in found.items()}


def _phrases(rows: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(sorted((phrase_of(row) for row in rows), key=lambda p: (-len(p), p)))


@lru_cache(maxsize=16)
def _load(language: str) -> EquipmentWords:
    pack = load_pack(language)
    words: dict[str, Any] = pack.table("words/equipment")
    grammar: dict[str, Any] = pack.table("grammar/equipment")
    counts: dict[str, Any] = pack.table("grammar/counts")
    kinds: dict[str, list[Kind]] = {}
    for table in ("generic", "means", "doubtful"):
        for kind, rows in words.get(table, {}).items():
            for row in rows:
                phrase, id_ = phrase_of(row), equipment_classes()[kind].id
                kinds.setdefault(phrase[0], []).append(Kind(phrase, id_, table == "means", table == "doubtful"))
    target, sort = grammar["target"], grammar.get("sort", {})
    demonyms = pack.lines("places.demonyms.tsv") if pack.has("words/places.demonyms.tsv") else ()
    return EquipmentWords(
        head_first=counts["head"] == "first",
        kinds={key: tuple(sorted(rows, key=lambda k: -len(k.phrase))) for key, rows in kinds.items()},
        context=frozenset(words["context"]["words"]),
        never_after=frozenset(words["context"]["never_after"]),
        never_before=frozenset(phrase_of(w)[-1] for w in words["context"]["never_before"]),
        comparison=by_last(grammar["comparison"]["before"]),
        coordinators=frozenset(grammar["comparison"]["coordinators"]),
        articles=frozenset(grammar["comparison"]["articles"]),
        target_verbs=frozenset(target["verbs"]),
        target_phrases=by_last(target["phrases"]),
        target_after=_phrases(target["after"]),
        between=frozenset(w for row in target["between"] for w in phrase_of(row)),
        means_before=_phrases(grammar["means"]["before"]),
        means_verbs=frozenset(grammar["means"]["verbs"]),
        means_context=frozenset(grammar["means"]["context"]),
        sorted_by=frozenset(sort.get("prepositions", ())),
        amounts=frozenset(sort.get("amounts", ())),
        types=_phrases(sort.get("types", ())),
        measures=frozenset(sort.get("measures", ())),
        qualities=frozenset(sort.get("qualities", ())),
        unsaying=frozenset(sort.get("unsaying", ())),
        never=_by_every_word(words.get("never", {}).get("phrases", ())),
        numbers=frozenset(number_words(pack).values),
        demonyms=frozenset(line.split("\t")[0].lower() for line in demonyms),
        of=frozenset(counts["between"]["of"]),
        articles_between=pack.articles,
        verb_first=counts.get("verb_first", False),
    )


def equipment_words(pack: Pack) -> EquipmentWords:
    """The equipment words of a pack, compiled once a process."""
    return _load(pack.language)


def domain_of(kind: str) -> str:
    """Domain of a class of equipment ("aircraft" of `attack_helicopter`)."""
    return equipment_classes()[kind].domain


def named(system_id: str) -> System:
    """The system of an id."""
    return _by_id()[system_id]


@cache
def _by_id() -> dict[str, System]:
    return {alias.system.id: alias.system for options in aliases().values() for alias in options}
