"""Names → keys. An *exact* key forgives case, accents, hyphens and apostrophes; a *variant* key also forgives transliteration.

"Al-Nāşirīyah" has the exact key "al nasiriyah" and the variant key "nasiri"; whoever uses a variant key has to say so.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from ondit.model.records import record

_MARKS = r"[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]"  # combining marks and Arabic vowel signs stay in their word
_PIECE = re.compile(rf"[^\W_]+(?:{_MARKS}+[^\W_]*)*")
_ENCLITIC = (
    "s"  # a letter that stands alone after an apostrophe is an ending ("Syria's"), unless it is a vowel ("Sana'a")
)
_APOSTROPHES = frozenset("'’‘`´ʼʻʾʿ′")
_DOUBLED = re.compile(r"(.)\1+")
_LATIN = re.compile(r"[a-z]")
VARIANT_MINIMUM = 4
"""Tolerant keys shorter than this meet too much and are not used."""


@record
class _Romanisation:
    articles: frozenset[str]
    arabic_article: str
    rewrites: tuple[tuple[str, str], ...]
    silent: tuple[str, ...]
    letters: dict[int, str]


@cache
def _tables() -> _Romanisation:
    raw = tomllib.loads(files("ondit.gazetteer").joinpath("romanisation.toml").read_text("utf-8"))
    return _Romanisation(
        articles=frozenset(raw["articles"]),
        arabic_article=raw["arabic_article"],
        rewrites=tuple((a, b) for a, b in raw["rewrites"]),
        silent=tuple(raw["silent_endings"]),
        letters={ord(k): v for k, v in {**raw["letters"], **raw["arabic"]}.items()},
    )


@lru_cache(maxsize=65536)
def fold_piece(piece: str) -> str:
    """One run of letters or digits, without case, accents and orthographic doubles."""
    if piece.isascii():
        return piece.lower()
    # Composed first: "𝐁" of mathematical bold, as headlines of channels have it, has no lower case of its own.
    bare = unicodedata.normalize("NFKC", piece).casefold().translate(_tables().letters)
    if bare.isascii() and bare.isalnum():
        return bare
    decomposed = unicodedata.normalize("NFKD", bare)
    kept = "".join(c for c in decomposed if not unicodedata.combining(c) and c.isalnum())
    return kept.translate(_tables().letters)


def is_article(piece: str) -> bool:
    """Is it the Arabic article in Latin letters, as it may open a name?"""
    return piece in _tables().articles


@cache
def article_before() -> re.Pattern[str]:
    """Matches a romanised article in lower case and its hyphen at the end of a text: the "al-" of "région d'al-" before "Azim"."""
    articles = "|".join(sorted(_tables().articles, key=lambda a: (-len(a), a)))
    return re.compile(rf"(?<!\w)(?:{articles})[-‐‑]$")


@record
class FoldedText:
    """A text as one long key, with the way back: piece `i` is `text[starts[i]:stops[i]]` and `key[key_starts[i]:key_stops[i]]`."""

    key: str
    starts: tuple[int, ...]
    stops: tuple[int, ...]
    key_starts: tuple[int, ...]
    key_stops: tuple[int, ...]


def fold_text(text: str) -> FoldedText:
    """Fold a whole text so that every name in it stands in `key` as `fold_name` would give it."""
    parts: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    key_starts: list[int] = []
    key_stops: list[int] = []
    at = 0
    last = -1
    for match in _PIECE.finditer(text):
        start, stop = match.span()
        folded = fold_piece(match.group())
        if last >= 0 and not _fuses(text, last, start, stop, starts[-1]):
            parts.append(" ")
            at += 1
        starts.append(start)
        stops.append(stop)
        key_starts.append(at)
        parts.append(folded)
        at += len(folded)
        key_stops.append(at)
        last = stop
    return FoldedText("".join(parts), tuple(starts), tuple(stops), tuple(key_starts), tuple(key_stops))


def _fuses(text: str, last: int, start: int, stop: int, previous: int) -> bool:
    """Do two pieces run together? Across an apostrophe inside a word, or in an abbreviation of single letters ("U.S.")."""
    if start - last != 1:
        return start == last
    mark = text[last]
    if mark in _APOSTROPHES:
        return stop - start > 1 or text[start] not in _ENCLITIC
    return mark == "." and stop - start == 1 and last - previous == 1


def fold_name(name: str) -> str:
    """The exact key of a name: "Aïn al-Asad" → "ain al asad", "Sana'a" → "sanaa", "U.S." → "us"."""
    return fold_text(name).key.strip()


@lru_cache(maxsize=65536)
def variant_key(key: str) -> str:
    """The tolerant key of an exact key; empty when too little is left to be worth anything."""
    tables = _tables()
    words = key.split(" ")
    kept = [w for i, w in enumerate(words) if w and not (w in tables.articles and i + 1 < len(words))]
    skeleton = " ".join(_skeleton(w, tables) for w in kept)
    return skeleton if len(skeleton.replace(" ", "")) >= VARIANT_MINIMUM else ""


def _skeleton(word: str, tables: _Romanisation) -> str:
    if not _LATIN.search(word):
        bare = word.removeprefix(tables.arabic_article) if len(word) > 4 else word
        return bare.removesuffix("ه") if len(bare) > 3 else bare
    for ending in tables.silent:
        if len(word) > 3 and word.endswith(ending) and word[-2] in "aeiou":
            word = word[: -len(ending)]
    for old, new in tables.rewrites:
        if old in word:
            word = word.replace(old, new)
    return _DOUBLED.sub(r"\1", word)


def pieces(name: str) -> Iterator[str]:
    """The runs of letters or digits of a name, as written."""
    yield from _PIECE.findall(name)
