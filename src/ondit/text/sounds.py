"""How a word sounds, as far as transliterations agree on it: Saleh, Salih and صالح sound alike, Salam and Salim do not.

The letters and what they stand for are data (`sounds.toml`). Arabic writes long vowels only, so that between two Arabic consonants any
short vowel may be heard; Latin spellings of it differ in their vowels in known ways (e for a or i, o for u).
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_SHORT = frozenset("aiu")
_EVERY = frozenset("aiuAIU")
_SILENT = "h"  # at the end of a word: "Samarra" and "Samarrah"
_CARRIER = "\u0627"  # begins an Arabic word whatever its first vowel is
_LAST_Y = "\u064a"  # ends it for an i or, without its dots, for an a
_DOUBLED = re.compile(r"([a-z])\1+")
_VOWEL = "-"
_SAME, _ALIKE, _LOOSELY = 1.0, 0.95, 0.9


@dataclass(frozen=True, slots=True)
class Sound:
    """Consonant classes of a word, and the vowels before the first, between them and after the last.

    An empty set means that no vowel is written there; in Arabic script (`arabic`) any short vowel may be heard there.
    """

    consonants: str
    vowels: tuple[frozenset[str], ...]
    arabic: bool = False


@dataclass(frozen=True, slots=True)
class _Letters:
    units: re.Pattern[str]
    consonants: dict[str, str]
    vowels: dict[str, str]
    heard: dict[str, str]  # unit → its consonants, or a mark for vowels


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("ondit.text").joinpath("sounds.toml").read_text(encoding="utf-8"))


def name_parts() -> dict[str, Any]:
    """Articles and other parts of names that are written in several ways: words and patterns by what they are."""
    parts: dict[str, Any] = _tables()["name_parts"]
    return parts


@cache
def _letters(script: str) -> _Letters:
    table = _tables()[script]
    consonants, vowels = table["consonants"], table["vowels"]
    units = sorted({*consonants, *vowels}, key=lambda unit: (-len(unit), unit))
    heard = {
        unit: classes.partition("+")[0] + (_VOWEL if "+" in classes else "") for unit, classes in consonants.items()
    }
    heard |= dict.fromkeys(vowels, _VOWEL) | {digit: digit for digit in "0123456789"}
    return _Letters(re.compile("|".join([*map(re.escape, units), "[0-9]"])), consonants, vowels, heard)


@lru_cache(maxsize=65_536)
def consonants_of(word: str) -> str:
    """The consonants of a word's sound, as `sound_of` has them, much quicker: words that sound alike share them."""
    arabic = not word.isascii()
    letters = _letters("arabic" if arabic else "latin")
    heard = "".join([letters.heard[unit] for unit in letters.units.findall(word)])
    heard = heard if arabic else _DOUBLED.sub(r"\1", heard)
    silent = heard.endswith(_SILENT)
    heard = heard.replace(_VOWEL, "")
    return heard[:-1] if silent and len(heard) > 1 else heard


@lru_cache(maxsize=65_536)
def sound_of(word: str) -> Sound:
    """The sound of one folded word (`fold_name`: lower case, no accents); without consonants when its script is another."""
    arabic = not word.isascii()
    letters = _letters("arabic" if arabic else "latin")
    heard: list[str] = []
    vowels: list[set[str]] = [set()]
    for unit in letters.units.findall(word):
        if (vowel := letters.vowels.get(unit)) is not None:
            vowels[-1] |= set(vowel)
            continue
        classes, _, after = letters.consonants.get(unit, unit).partition("+")  # a digit stands for itself
        for letter in classes:
            if heard and heard[-1] == letter and not vowels[-1] and not arabic and letter.isalpha():
                continue  # a doubled consonant
            heard.append(letter)
            vowels.append(set())
        vowels[-1] |= set(after)
    if len(heard) > 1 and heard[-1] == _SILENT and not vowels[-1]:
        heard.pop()
        vowels.pop()
        if arabic and not vowels[-1]:
            vowels[-1] = {"a", "i"}
    _settle_ends(word, vowels, arabic=arabic)
    return Sound("".join(heard), tuple(map(frozenset, vowels)), arabic)


def _settle_ends(word: str, vowels: list[set[str]], *, arabic: bool) -> None:
    """What the first and the last letters of a word may stand for, and long vowels before its last consonant."""
    if arabic:
        if word.startswith(_CARRIER):
            vowels[0] |= _EVERY
        if word.endswith(_LAST_Y) and len(vowels) > 1:
            vowels[-1] |= {"a"}
        return
    last = len(vowels) - 2
    for at, heard in enumerate(vowels):
        if at != last:
            heard |= {letter.lower() for letter in heard if letter in "IU"}


def likeness_of_sounds(one: str, other: str) -> float:
    """How alike two folded words sound: 1 the same letters, 0.95 alike, 0.9 alike where an e stands for an a, 0 otherwise."""
    if one == other:
        return _SAME
    if consonants_of(one) != consonants_of(other):
        return 0.0
    first, second = sound_of(one), sound_of(other)
    if not first.consonants or first.consonants != second.consonants:
        return 0.0
    last = len(first.vowels) - 1
    degree = _ALIKE
    for at, (a, b) in enumerate(zip(first.vowels, second.vowels, strict=True)):
        if not _may_be_one(a, b, first, second, inside=at < last):
            return 0.0
        if a != b and not (first.arabic or second.arabic) and "A" in (a | b) and "A" not in (a & b) and at < last:
            degree = _LOOSELY
    return degree


def alike(one: str, other: str) -> bool:
    """May two folded words be spellings of one name?

    >>> alike("saleh", "salih"), alike("صالح", "saleh"), alike("salam", "salim"), alike("محمد", "mahmoud")
    (True, True, False, False)
    """
    return likeness_of_sounds(one, other) > 0


def _may_be_one(a: frozenset[str], b: frozenset[str], first: Sound, second: Sound, *, inside: bool) -> bool:
    if a & b or (not a and not b):
        return True
    # Nothing written between Arabic consonants: any short vowel; a word's last vowel is written.
    return (first.arabic and not a and inside and bool(b & _SHORT)) or (
        second.arabic and not b and inside and bool(a & _SHORT)
    )
