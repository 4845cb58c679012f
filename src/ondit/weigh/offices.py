"""One voice in two languages: who holds one office in one place ("the mayor of Izmir", "le maire d'Izmir"), or has a name that sounds the same.

Offices are words of the packs (`offices.tsv`); places are those of the happening, by their ids of the gazetteer, so that two exonyms are one place; what is no
known place is compared by its sound.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ondit.languages.across import rows_across
from ondit.model import Telling
from ondit.text.folding import fold_name
from ondit.text.sounds import alike, consonants_of, name_parts

Words = tuple[str, ...]
Named = tuple[str, str, str]
"""A voice: its key, its name and the language of its report."""
_NAME_WORDS = 2  # of somebody without an office: one word alone may be anybody's
_CONSONANTS = 2  # fewer are no sound to know a word by
_MOST_ALIKE = 20  # voices of one office whose names have the same consonants that are compared


@dataclass(frozen=True, slots=True)
class _Holder:
    """An office ("" for none), and the other words of the voice's name."""

    key: str
    office: str
    rest: Words


def same_holders(
    voices: Iterable[Named], tellings: Sequence[Telling], content: Callable[[str, str], Words]
) -> dict[str, str]:
    """For keys of voices the key of an earlier voice that is the same one in other words.

    `content` gives the folded words of a name in a language, without those that say nothing.
    """
    places = _places(tellings)
    known: dict[tuple[str, str], list[_Holder]] = {}
    same: dict[str, str] = {}
    for key, name, language in voices:
        holder = _holder(key, content(name, language), language, content)
        marks = list(_marks(holder, places))
        earlier = next((h for mark in marks for h in known.get(mark, ()) if _one(h, holder, mark)), None)
        if earlier is not None:
            same[key] = same.get(earlier.key, earlier.key)
        for mark in marks:
            if len(there := known.setdefault(mark, [])) < _MOST_ALIKE:
                there.append(holder)
    return same


def _places(tellings: Sequence[Telling]) -> Mapping[str, frozenset[str]]:
    """The places of the happening by the words of their names, as the tellings have them."""
    found: dict[str, set[str]] = {}
    for telling in tellings:
        for place in telling.event.places:
            if place.gazetteer_id:
                for name in (place.text, place.name or ""):
                    for word in map(_bare, fold_name(name).split()):
                        found.setdefault(word, set()).add(place.gazetteer_id)
    return {word: frozenset(ids) for word, ids in found.items()}


def _holder(key: str, words: Words, language: str, content: Callable[[str, str], Words]) -> _Holder:
    bare = tuple(map(_bare, words))
    for phrase, office in _offices(language, content):
        for at in range(len(bare) - len(phrase) + 1):
            if bare[at : at + len(phrase)] == phrase:
                return _Holder(key, office, bare[:at] + bare[at + len(phrase) :])
    return _Holder(key, "", bare)


@cache
def _offices(language: str, content: Callable[[str, str], Words]) -> tuple[tuple[Words, str], ...]:
    """Phrases with their offices, the longest first."""
    found = {
        tuple(map(_bare, content(phrase, language))): office
        for office, phrases in rows_across("offices.tsv").get(language, ())
        for phrase in phrases.split(", ")
    }
    return tuple(sorted(found.items(), key=lambda row: (-len(row[0]), row)))


@cache
def _article() -> str:
    return str(name_parts()["arabic_article"])


def _bare(word: str) -> str:
    return word.removeprefix(_article()) or word


def _marks(holder: _Holder, places: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """What a voice is looked up by: its office with a place, or with the sound of a word; a name by all its words."""
    if holder.office:
        for word in holder.rest:
            yield from ((holder.office, f"#{id_}") for id_ in sorted(places.get(word, ())))
        yield from ((holder.office, sound) for word in holder.rest if len(sound := consonants_of(word)) >= _CONSONANTS)
    elif len(holder.rest) >= _NAME_WORDS:
        yield "", " ".join(map(consonants_of, holder.rest))


def _one(a: _Holder, b: _Holder, mark: tuple[str, str]) -> bool:
    if mark[1].startswith("#"):
        return True
    if a.office:
        return any(alike(x, y) for x in a.rest for y in b.rest)
    return len(a.rest) == len(b.rest) and all(map(alike, a.rest, b.rest))
