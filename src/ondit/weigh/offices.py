"""One voice in other words: who holds one office in one place or country ("the mayor of Izmir", "le maire d'Izmir"; "the Malian army",
"l'armée malienne"), the only one of an office that a happening has ("the army", "la police"), or a name that sounds the same.

Offices are words of the packs (`offices.tsv`); places are those of the happening, by their ids of the gazetteer, so that two exonyms are one place; countries are those
of the registry; what is neither is compared by its sound.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import combinations

from ondit.languages.across import rows_across, tables_across
from ondit.model import Telling
from ondit.registry.bodies import COMPOSED, bodies, composed_id
from ondit.registry.nations import nations
from ondit.text.folding import fold_name
from ondit.text.sounds import alike, consonants_of, name_parts

Words = tuple[str, ...]
Content = Callable[[str, str], Words]
"""The folded words of a name in a language, without those that say nothing."""
Named = tuple[str, str, str]
"""A voice: its key, its name and the language of its report."""
ARMED = "army"
_OFFICES = "offices.tsv"
_NOTHING = "-"  # the row of words that tell nobody apart
_NAME_WORDS = 2  # of somebody without an office: one word alone may be anybody's
_CONSONANTS = 2  # fewer are no sound to know a word by
_MOST_ALIKE = 20  # voices of one office whose names have the same consonants that are compared
_LONGEST_NATION = 4  # words


@dataclass(frozen=True, slots=True)
class _Holder:
    """An office ("" for none), the countries it may be of, and the other words of the voice's name; `speaks` when the name says that somebody speaks for it."""

    key: str
    office: str
    rest: Words = ()
    nations: frozenset[str] = frozenset()
    speaks: bool = False

    @property
    def bare(self) -> bool:
        """Is it the office alone ("the army")?"""
        return bool(self.office) and not self.rest and not self.nations


def body_of(source_id: str) -> tuple[str, str] | None:
    """The office and the country of a state's body by its id ("ml.army"); None of any other entry."""
    country, dot, office = source_id.partition(COMPOSED)
    known = bool(dot) and office in bodies() and country.upper() in nations()
    return (office, country.upper()) if known else None


def office_of(name: str, language: str, content: Content) -> str:
    """The office that a voice's name names, "" for none."""
    return _holder(name, language, content).office


def bare_office(name: str, language: str, content: Content) -> str:
    """The office of a voice that names nothing but an office ("the army"), else ""."""
    holder = _holder(name, language, content)
    return holder.office if holder.bare else ""


def state_body(name: str, language: str, content: Content) -> str:
    """The id of the body of a state that a name means, as the registry composes it, else ""."""
    holder = _holder(name, language, content)
    if holder.rest or len(holder.nations) != 1 or holder.office not in bodies():
        return ""
    (country,) = holder.nations
    return composed_id(country, holder.office)


def same_holders(
    voices: Iterable[Named], tellings: Sequence[Telling], content: Content, registered: Iterable[tuple[str, str]] = ()
) -> dict[str, str]:
    """For keys of voices the key of another voice that is the same one in other words: of one that the registry knows, else of the earliest.

    `registered` are keys and ids of voices and parties that the registry knows.
    """
    places = _places(tellings)
    holders = [_Holder(key, body[0], nations=frozenset([body[1]])) for key, id_ in registered if (body := body_of(id_))]
    holders += [_of_body(replace(_holder(name, language, content), key=key), places) for key, name, language in voices]
    same: dict[str, str] = {}
    known: dict[tuple[str, str], list[_Holder]] = {}
    for holder in holders:
        marks = list(_marks(holder, places))
        earlier = next((h for mark in marks for h in known.get(mark, ()) if _one(h, holder, mark)), None)
        if earlier is not None and earlier.key != holder.key:
            same[holder.key] = same.get(earlier.key, earlier.key)
        for mark in marks:
            if len(there := known.setdefault(mark, [])) < _MOST_ALIKE:
                there.append(holder)
    return same | _only_ones(holders, same)


def _of_body(holder: _Holder, places: Mapping[str, frozenset[str]]) -> _Holder:
    """Who speaks for a body is its voice, whatever the person is called; the words that are left say where the body is."""
    if not holder.speaks or holder.office not in bodies():
        return holder
    return replace(holder, rest=tuple(word for word in holder.rest if word in places))


def _only_ones(holders: Sequence[_Holder], same: Mapping[str, str]) -> dict[str, str]:
    """Who names an office alone is the only one of that office in the happening; where there are several, nobody knows which."""
    named: dict[str, dict[str, None]] = {}
    bare: dict[str, list[str]] = {}
    for holder in holders:
        if holder.bare:
            bare.setdefault(holder.office, []).append(holder.key)
        elif holder.office and (holder.nations or holder.office != ARMED):  # "rebel forces" are not the army
            named.setdefault(holder.office, {})[same.get(holder.key, holder.key)] = None
    found: dict[str, str] = {}
    for office, keys in bare.items():
        there = list(named.get(office, {}))
        if len(there) <= 1:
            target = there[0] if there else keys[0]
            found |= {key: target for key in keys if key != target}
    return found


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


@lru_cache(maxsize=65_536)
def _holder(name: str, language: str, content: Content) -> _Holder:
    bare = tuple(map(_bare, content(name, language)))
    left, codes = _without_nation(bare)  # which may stand amid the office: "le ministère arménien de la Défense"
    for phrase, office in _offices(language, content):
        for at in range(len(left) - len(phrase) + 1):
            if left[at : at + len(phrase)] == phrase:
                rest = left[:at] + left[at + len(phrase) :]
                idle = _idle(language, content)
                told = tuple(w for w in rest if w not in idle)
                return _Holder("", office, told, codes, speaks=any(w in _speaking(language, content) for w in rest))
    return _Holder("", "", bare)


@cache
def _offices(language: str, content: Content) -> tuple[tuple[Words, str], ...]:
    """Phrases with their offices, the longest first."""
    found = {
        words: office
        for office, phrases in rows_across(_OFFICES).get(language, ())
        for phrase in phrases.split(", ")
        if office != _NOTHING and (words := tuple(map(_bare, content(phrase, language))))
    }
    return tuple(sorted(found.items(), key=lambda row: (-len(row[0]), row)))


@cache
def _idle(language: str, content: Content) -> frozenset[str]:
    """Words beside an office that tell nobody apart: who speaks for it, "regional"."""
    rows = [phrases for office, phrases in rows_across(_OFFICES).get(language, ()) if office == _NOTHING]
    return _speaking(language, content).union(*(_words_of(row.split(", "), language, content) for row in rows))


@cache
def _speaking(language: str, content: Content) -> frozenset[str]:
    """Words of those who speak for a body: "spokesman", "official", "commander"."""
    names = tables_across("names").get(language, {})
    return _words_of((*names.get("speaks_for", ()), *names.get("members", ())), language, content)


def _words_of(phrases: Iterable[str], language: str, content: Content) -> frozenset[str]:
    return frozenset(_bare(word) for phrase in phrases for word in content(phrase, language))


def _without_nation(words: Words) -> tuple[Words, frozenset[str]]:
    """The words without the name or adjective of a country, and the codes of the countries that it may mean."""
    for start, stop in sorted(combinations(range(len(words) + 1), 2), key=lambda span: span[0] - span[1]):
        if stop - start <= _LONGEST_NATION and (codes := _nations().get(words[start:stop])):
            return words[:start] + words[stop:], codes
    return words, frozenset()


@cache
def _nations() -> Mapping[Words, frozenset[str]]:
    found: dict[Words, set[str]] = {}
    for code, nation in nations().items():
        for name in (*nation.names, *nation.adjectives):
            found.setdefault(tuple(map(_bare, fold_name(name).split())), set()).add(code)
    return {words: frozenset(codes) for words, codes in found.items()}


@cache
def _article() -> str:
    return str(name_parts()["arabic_article"])


def _bare(word: str) -> str:
    return word.removeprefix(_article()) or word


def _marks(holder: _Holder, places: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """What a voice is looked up by: its office with a country, a place, or the sound of a word; a name by all its words."""
    if holder.office:
        if not holder.rest:
            yield from ((holder.office, f"={code}") for code in sorted(holder.nations))
        for word in holder.rest:
            yield from ((holder.office, f"#{id_}") for id_ in sorted(places.get(word, ())))
        yield from ((holder.office, sound) for word in holder.rest if len(sound := consonants_of(word)) >= _CONSONANTS)
    elif len(holder.rest) >= _NAME_WORDS:
        yield "", " ".join(map(consonants_of, holder.rest))


def _one(a: _Holder, b: _Holder, mark: tuple[str, str]) -> bool:
    if mark[1][:1] in "#=":
        return True
    if a.office:
        return any(alike(x, y) for x in a.rest for y in b.rest)
    return len(a.rest) == len(b.rest) and all(map(alike, a.rest, b.rest))
