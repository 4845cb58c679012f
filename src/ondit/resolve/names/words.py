"""The words around names, of all languages together, as keys: titles, heads, who speaks for whom, bodies, nations."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ondit.languages.across import tables_across
from ondit.registry import nations
from ondit.registry.book import is_abbreviation
from ondit.resolve.names.keys import Key, key_of, written_as

_PHRASE = 5
"""Words of the longest phrase that is looked for."""


@dataclass(frozen=True)
class NameWords:
    """What may stand around a name; every phrase is a key (`key_of`), without determiners and prepositions."""

    loose: frozenset[str]
    joining: frozenset[str]
    titles: frozenset[Key]
    heads: frozenset[Key]
    speaks_for: frozenset[Key]
    members: frozenset[Key]
    fighters: frozenset[Key]
    bodies: Mapping[Key, str]
    acting: Mapping[Key, str]
    machines: Mapping[Key, str]
    nations: Mapping[Key, tuple[str, ...]]
    adjectives: Mapping[Key, tuple[str, ...]]
    seats: Mapping[Key, str]
    short: frozenset[Key]
    numbers: frozenset[str]
    starts: frozenset[str]

    def is_number(self, word: str) -> bool:
        """Is the word a figure or a number word?"""
        return word.isdigit() or word in self.numbers

    def nation(self, word: str) -> tuple[str, ...]:
        """The countries that one word names, none for any other word."""
        if word not in self.starts:
            return ()
        return self.nations.get((word,)) or self.adjectives.get((word,)) or ()

    def plain(self, words: Key) -> Key:
        """The words without determiners and prepositions, unless nothing else is there."""
        kept = tuple(w for w in words if w not in self.loose)
        return kept or words


@cache
def name_words() -> NameWords:
    """The words of every pack (`words/names.toml`) and of the countries, read once a process."""
    tables = tables_across("names").values()
    loose = frozenset(w for t in tables for part in ("determiners", "of") for w in _words(t.get(part, ())))
    joining = frozenset(w for t in tables for w in _words(t.get("and", ())))

    def keys(phrases: Iterable[str]) -> frozenset[Key]:
        return frozenset(k for k in (_plain(p, loose) for p in phrases) if k)

    def phrases(part: str) -> frozenset[Key]:
        return keys(phrase for table in tables for phrase in table.get(part, ()))

    def by_phrase(part: str) -> dict[Key, str]:
        return {
            key: body for table in tables for body, names in table.get(part, {}).items() for key in sorted(keys(names))
        }

    names: dict[Key, list[str]] = {}
    adjectives: dict[Key, list[str]] = {}
    seats: dict[Key, str] = {}
    written = {name for nation in nations().values() for name in nation.names if is_abbreviation(name)}
    for nation in nations().values():
        for target, spelled in ((names, nation.names), (adjectives, nation.adjectives)):
            for key in keys(spelled):
                target.setdefault(key, []).append(nation.code)
        seats |= dict.fromkeys(keys(nation.seats), nation.code)
    return NameWords(
        loose, joining, phrases("titles") | _as_written(tables, "titles"), phrases("heads"), phrases("speaks_for"), phrases("members"), phrases("fighters"),
        by_phrase("bodies"), by_phrase("acting"), by_phrase("machines"), _settled(names), _settled(adjectives), seats, keys(written), _numbers(),
        frozenset(key[0] for table in (names, adjectives) for key in table),
    )  # fmt: skip


def _numbers() -> frozenset[str]:
    """The number words of all packs."""
    return frozenset(w for t in tables_across("numerals").values() for word in t["values"] for w in key_of(word))


def _as_written(tables: Iterable[Mapping[str, Any]], part: str) -> frozenset[Key]:
    """The phrases with their prepositions ("secretary of state")."""
    return frozenset(key_of(phrase) for table in tables for phrase in table.get(part, ()))


def _words(phrases: Iterable[str]) -> Iterable[str]:
    return (word for phrase in phrases for word in key_of(phrase))


def _plain(phrase: str, loose: frozenset[str]) -> Key:
    words = key_of(phrase)
    return tuple(w for w in words if w not in loose) or words


def _settled(codes: Mapping[Key, list[str]]) -> dict[Key, tuple[str, ...]]:
    return {key: tuple(dict.fromkeys(found)) for key, found in codes.items()}


def nations_within(key: Key, words: NameWords, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where countries stand in a key, as names or adjectives: (start, stop, codes), the longest first, none inside another.

    An abbreviation ("US", "CAR") counts only as the text writes it.
    """
    found: list[tuple[int, int, tuple[str, ...]]] = []
    at = 0
    while at < len(key):
        if key[at] not in words.starts:
            at += 1
            continue
        for stop in range(min(len(key), at + _PHRASE), at, -1):
            phrase = key[at:stop]
            codes = words.nations.get(phrase) or words.adjectives.get(phrase)
            if codes and is_written(phrase, words, text):
                found.append((at, stop, codes))
                at = stop
                break
        else:
            at += 1
    return found


def is_written(phrase: Key, words: NameWords, text: str) -> bool:
    """Does the text write an abbreviation in capitals? True for what is none."""
    return phrase not in words.short or bool(written_as(phrase[0], text))


def leading(key: Key, phrases: Container[Key]) -> int:
    """How many words at the start of a key are one of the phrases, the longest; 0 when none is."""
    return next((n for n in range(min(_PHRASE, len(key)), 0, -1) if key[:n] in phrases), 0)


def trailing(key: Key, phrases: Container[Key]) -> int:
    """How many words at the end of a key are one of the phrases."""
    return next((n for n in range(min(_PHRASE, len(key)), 0, -1) if key[-n:] in phrases), 0)
