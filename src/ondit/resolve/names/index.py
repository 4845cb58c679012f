"""The names of a registry by key, and by the sound of their words."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ondit.model import Source, SourceKind
from ondit.registry import Registry
from ondit.registry.book import is_abbreviation
from ondit.resolve.names.keys import Key, capitalised, key_of
from ondit.resolve.names.words import NameWords, name_words
from ondit.text.sounds import consonants_of

_CROWDED = 200
"""Names that share a word's sound from which the word tells too little to look through them."""

_Block = tuple[str, str, int]
"""Sounds of the first and the last word, and how many words there are (0: any)."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One name of an entry: as it is listed, and its key."""

    source: Source
    name: str
    key: Key

    @property
    def person(self) -> bool:
        """Is it the name of a person, of which parts may be left out?"""
        return self.source.kind is SourceKind.PERSON

    def is_written(self, text: str, word: str = "") -> bool:
        """Does a text write a name of one word as a name: with its capital, where the list has one? "A monitor" is no Al-Monitor.

        `word` is what stands for it in the text when that is spelled otherwise.
        """
        word = word or self.key[0]
        if len(self.key) > 1 or not word.isascii() or (self.name[:1].islower() and self.name.isascii()):
            return True
        return word in capitalised(text)


class NameIndex:
    """Looks names up in a registry; built once a registry."""

    def __init__(self, registry: Registry, words: NameWords | None = None) -> None:
        self.words = words or name_words()
        self._written: defaultdict[str, list[Listed]] = defaultdict(list)
        self._keys: defaultdict[Key, list[Listed]] = defaultdict(list)
        self._sounds: defaultdict[_Block, list[Listed]] | None = None
        self._surnames: defaultdict[str, list[Listed]] = defaultdict(list)
        self._fuzzy: list[Listed] = []
        for source in registry.values():
            for name in source.names:
                self._add(source, name)

    def _add(self, source: Source, name: str) -> None:
        if is_abbreviation(name):
            self._written[name.replace(".", "")].append(Listed(source, name, (name.lower(),)))
            return
        key = self.words.plain(key_of(name))
        if not key:
            return
        entry = Listed(source, name, key)
        self._keys[key].append(entry)
        self._fuzzy.append(entry)
        if entry.person and len(key) > 1:
            self._surnames[key[-1]].append(entry)

    def written(self, name: str) -> list[Listed]:
        """Entries with this abbreviation, letter by letter."""
        return self._written.get(name, [])

    def named(self, key: Key) -> list[Listed]:
        """Entries with a name of this key."""
        return self._keys.get(key, [])

    def surnamed(self, word: str) -> list[Listed]:
        """Persons whose full name ends in this word."""
        return self._surnames.get(word, [])

    def sounding(self, key: Key, *, person: bool) -> Iterator[Listed]:
        """Names that may be the key's by the sound of their ends, each once: of a person first and last word, else one of them."""
        if self._sounds is None:
            self._sounds = defaultdict(list)
            for entry in self._fuzzy:
                for block in _blocks(entry.key, person=entry.person):
                    self._sounds[block].append(entry)
        seen: set[int] = set()
        for block in _blocks(key, person=person):
            found = self._sounds.get(block, ())
            for entry in found if len(found) <= _CROWDED else ():
                if id(entry) not in seen:
                    seen.add(id(entry))
                    yield entry


def _blocks(key: Key, *, person: bool) -> tuple[_Block, ...]:
    """Names that may be one share one of these: the consonants of their ends, whatever the plural."""
    first, last = _heard(key[0]), _heard(key[-1])
    if person:
        return ((first, last, 0),)
    return ((first, "", len(key)), ("", last, len(key)))


def _heard(word: str) -> str:
    consonants = consonants_of(word)
    return consonants.removesuffix("s") or consonants
