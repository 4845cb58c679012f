"""Names of private persons in what was read: recall goes before precision, for a name too many is a smaller harm than one too few.

A person who has an entry in the registry is a public figure and stays, unless the user says otherwise. What a name is, is data of the language packs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ondit.languages import available_languages, load_pack
from ondit.model import ActorKind, Reading, Source, SourceKind
from ondit.text.folding import fold_name
from ondit.text.scripts import script_of

_WORD = re.compile(r"[^\W\d_]\.(?!\w)|[^\W\d_](?:[\w'’ʼ-]*[^\W_])?")  # an initial keeps its full stop
_BETWEEN = re.compile(r"[ \u00a0\u202f]+\Z")
_PERSONS = (SourceKind.PERSON, SourceKind.WITNESS)
_MOST_WORDS = 5
_CASED, _CASELESS = (
    2,
    2,
)  # words of the shortest name where there is case; words of a name that need not be known where there is none
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words by which persons' names are known, folded: given names, surnames, words that are ordinary, small words inside names, titles.

    `as_written` are given names as the lists have them: without case, folding makes some of them the same as ordinary words.
    """

    given: frozenset[str]
    as_written: frozenset[str]
    surnames: frozenset[str]
    common: frozenset[str]
    links: frozenset[str]
    titles: frozenset[str]


@cache
def name_words() -> NameWords:
    """The name words of every language pack together: names cross languages."""
    given, written, surnames, common, links, titles = (set[str]() for _ in range(6))
    for language in available_languages():
        pack = load_pack(language)
        given.update(map(fold_name, pack.lines("places.given_names.txt")))
        written.update(pack.lines("places.given_names.txt"))
        surnames.update(map(fold_name, pack.lines("places.surnames.txt")))
        common.update(map(fold_name, pack.lines("places.common.txt")))
        persons = pack.table("grammar/places").get("persons", {})
        links.update(map(fold_name, persons.get("name_links", ())))
        titles.update(map(fold_name, persons.get("titles", ())))
    return NameWords(*map(frozenset, (given, written, surnames, common, links, titles)))


def private_persons(readings: Iterable[Reading], sources: Mapping[str, Source], known: Iterable[str]) -> list[str]:
    """Names of private persons, each once, in the order in which they were met; `known` are names that are none (places, outlets, bodies): a
    name all of whose words stand in one of them is a part of it.
    """
    others = [frozenset(fold_name(name).split()) for name in known]
    public = {fold_name(n) for s in sources.values() if s.kind is SourceKind.PERSON for n in (s.name, *s.names)}
    found: dict[str, None] = {}
    for reading in readings:
        for name in _names_of(reading):
            words = frozenset(fold_name(name).split())
            if words and fold_name(name) not in public and not any(words <= other for other in others):
                found.setdefault(name)
    return list(found)


def _names_of(reading: Reading) -> Iterator[str]:
    report = reading.report
    yield from names_in(report.author, voice=True)
    yield from names_in(f"{report.title}\n{report.text}")
    for claim in reading.claims:
        for voice in claim.chain:
            if voice.kind in _PERSONS:
                yield from names_in(voice.text, voice=True)
                if voice.refers_to:
                    yield from names_in(voice.refers_to.of(report.text), voice=True)
    for event in reading.events:
        for actor in event.actors:
            if actor.kind is ActorKind.CIVILIANS:
                yield from names_in(actor.text, voice=True)


def names_in(text: str, *, voice: bool = False) -> Iterator[str]:
    """Persons' names in a text; in the words of a `voice` two words with capitals are a name, too."""
    words, matches = name_words(), list(_WORD.finditer(text))
    at = 0
    while at < len(matches):
        stop = _name_from(text, matches, at, words, voice=voice)
        if stop > at:
            yield text[matches[at].start() : matches[stop - 1].end()].rstrip(".")
        at = max(at + 1, stop)


def _name_from(text: str, matches: list[re.Match[str]], at: int, words: NameWords, *, voice: bool) -> int:
    """The word after the last of a name that begins at a word, or `at`."""
    first = fold_name(matches[at].group())
    cased = script_of(matches[at].group()[0]) not in ("Arabic", "Hebrew")
    if cased and not matches[at].group()[0].isupper():
        return at
    titled = at > 0 and fold_name(matches[at - 1].group()) in words.titles and _near(text, matches, at)
    given = first in words.given if cased else matches[at].group() in words.as_written
    spoken = (
        voice
        and cased
        and first not in words.common
        and len(first) > _SHORTEST_PART
        and not matches[at].group().isupper()
    )
    begins = given or titled or spoken
    if not begins or first in words.titles or len(first) < 2:
        return at
    stop, last = at + 1, at + 1
    while stop < min(len(matches), at + _MOST_WORDS) and _near(text, matches, stop):
        word = matches[stop].group()
        folded = fold_name(word)
        if cased and not word[0].isupper():
            if folded not in words.links:
                break
        elif not cased and (
            folded in words.common or (stop - at >= _CASELESS and folded not in words.given | words.surnames)
        ):
            break
        else:
            last = stop + 1
        stop += 1
    enough = last - at >= (_CASED if cased else 2) and not _shouted(matches[at:last], words)
    if enough and not (first in words.common and not titled and _ordinary(matches, at, last, words)):
        return last
    alone = titled or (voice and given and first not in words.common)
    return last if alone else at


def _ordinary(matches: list[re.Match[str]], at: int, last: int, words: NameWords) -> bool:
    """Are all words of a stretch ordinary ones ("May Day")?"""
    return all(fold_name(m.group()) in words.common for m in matches[at:last])


def _shouted(stretch: list[re.Match[str]], words: NameWords) -> bool:
    """Is a stretch in capitals a headline rather than a name?"""
    plain = [m.group() for m in stretch]
    names = words.given | words.surnames | words.links
    return all(w.isupper() and len(w) > 2 for w in plain) and not all(fold_name(w) in names for w in plain)


def _near(text: str, matches: list[re.Match[str]], at: int) -> bool:
    """Does a word follow the one before it with nothing but blanks between?"""
    return bool(_BETWEEN.match(text[matches[at - 1].end() : matches[at].start()]))


def parts_of(name: str) -> Iterator[str]:
    """The words of a name by which a person may be called alone: not the small, the ordinary or the short ones."""
    words = name_words()
    pieces = name.split()
    if len(pieces) < 2:
        return
    for piece in pieces:
        folded = fold_name(piece)
        if len(folded) >= _SHORTEST_PART and folded not in words.common | words.links | words.titles:
            yield piece
