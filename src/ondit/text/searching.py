"""Keys for full-text search: what a person types finds what a report writes, in Latin and in Arabic script."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from ondit.text.folding import fold_name

Phrase: TypeAlias = tuple[str, ...]
"""Words that stand one after the other."""

_APOSTROPHES = re.compile("['’‘ʼ`´ʿʾʻ]")
_JOINED = re.compile(r"\w+(?:['’‘ʼ`´ʿʾʻ]\w+)+")
_LETTER = re.compile("[\u0621-\u064a]")
_QUERY = re.compile(r'"([^"]*)"?|(\S+)')


def search_text(text: str) -> str:
    """The words of a text as they are searched for, with blanks between.

    An apostrophe parts words ("l'armée" is found by "armée") and joins them as well ("Sana'a" by "Sanaa").

    >>> search_text("L'armée à Sana'a"), search_text("والجيش")
    ('l armee a sana a larmee sanaa', 'جيش')
    """
    joined = [fold_name(word) for word in _JOINED.findall(text)]
    return " ".join([*_words(text), *joined])


def search_phrases(query: str) -> tuple[tuple[Phrase, ...], ...]:
    """What a query asks for: of each group one phrase must be there. Words in double quotes are one phrase, a word with `*` is a beginning.

    >>> search_phrases('armée "trois soldats" mot*')
    ((('armee',),), (('trois', 'soldats'),), (('mot*',),))
    >>> search_phrases("Sana'a")
    ((('sana', 'a'), ('sanaa',)),)
    """
    found: list[tuple[Phrase, ...]] = []
    for quoted, word in _QUERY.findall(query):
        words = _words(quoted or word)
        if not words:
            continue
        choices = [words]
        if not quoted and _JOINED.search(word):
            choices.append(fold_name(word).split())
        star = "*" if word.endswith("*") else ""
        found.append(tuple((*choice[:-1], choice[-1] + star) for choice in choices))
    return tuple(found)


def _words(text: str) -> list[str]:
    return [_bare(word) for word in fold_name(_APOSTROPHES.sub(" ", text)).split()]


def _bare(word: str) -> str:
    return _written_on().sub("", word) if _LETTER.match(word) else word


@cache
def _written_on() -> re.Pattern[str]:
    """What Arabic writes onto its words, as data (`searching.toml`)."""
    table = tomllib.loads(files("ondit.text").joinpath("searching.toml").read_text(encoding="utf-8"))
    return re.compile(table["arabic"]["written_on"])
