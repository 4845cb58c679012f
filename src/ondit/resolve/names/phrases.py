"""The parts of a phrase that may each name somebody: before and after a comma, inside brackets, without marks."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ondit.resolve.names.keys import Key, capitalised, key_of
from ondit.resolve.names.words import NameWords, leading, nations_within

_BRACKETS = re.compile(r"[(\[（]([^)\]）]*)[)\]）]?")
_APART = re.compile(r"[,،;؛:–—]\s*|\s-\s")
_QUOTES = re.compile('[\u00ab\u00bb\u201c\u201d\u201e"]')
_TOO_LONG = 200
"""Characters beyond which a phrase is no name."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a phrase: its text and key.

    `bracketed` parts stood in brackets; `beside` is set for what stands after a comma behind somebody who was named before it.
    """

    text: str
    key: Key
    bracketed: bool = False
    beside: bool = False


@lru_cache(maxsize=8192)
def parts_of(phrase: str) -> tuple[Part, ...]:
    """The parts of a phrase, the whole without brackets first, then what commas separate, then what is in brackets."""
    if len(phrase) > _TOO_LONG:
        return ()
    bare = _QUOTES.sub(" ", phrase)
    inside = [m.group(1).strip() for m in _BRACKETS.finditer(bare)]
    whole = " ".join(_BRACKETS.sub(" ", bare).split())
    pieces = [p.strip() for p in _APART.split(whole) if p.strip()]
    found = [Part(whole, key_of(whole))]
    for at, piece in enumerate(pieces if len(pieces) > 1 else ()):
        named = at > 0 and piece[:1].isupper() and any(capitalised(before) for before in pieces[:at])
        found.append(Part(piece, key_of(piece), beside=named))
    found += [Part(text, key_of(text), bracketed=True) for text in inside]
    return tuple(part for part in found if part.key)


@dataclass(frozen=True, slots=True)
class Titled:
    """A name without the titles before it, the titles, and the countries that stood among them (ISO codes)."""

    name: Key
    titles: Key
    countries: tuple[str, ...]


def without_titles(key: Key, words: NameWords, text: str) -> Titled:
    """Drops titles, offices and countries at the start of a name, and a country at its end ("President X of Y")."""
    at = 0
    countries: list[str] = []
    titles: list[str] = []
    while at < len(key):
        rest = key[at:]
        found = nations_within(rest[:3], words, text)
        nation = found[0] if found and found[0][0] == 0 else None
        taken = leading(rest, words.titles)
        if taken:
            titles += rest[:taken]
        elif nation and len(rest) > nation[1]:
            countries += nation[2]
            taken = nation[1]
        elif words.is_number(rest[0]) or (rest[0] in words.loose and not (titles and (titles[-1],) in words.bodies)):
            taken = 1  # but not into "the government of …"
        else:
            break
        at += taken
    name = key[at:]
    if len(name) > 2:
        last = nations_within(name[-2:], words, text)
        if last and last[-1][1] == 2 and len(name) - (2 - last[-1][0]) >= 2:
            countries += last[-1][2]
            name = name[: len(name) - (2 - last[-1][0])]
    while len(name) > 1 and name[-1] in words.loose:
        name = name[:-1]
    return Titled(name, tuple(titles), tuple(dict.fromkeys(countries)))
