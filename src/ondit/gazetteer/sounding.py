"""Names in Arabic script that no list has, found by how the Latin names of a country sound: "ناروال" and Narowal.

After the consonant skeletons of name matching across scripts (Freeman, Condon and Ackerman 2006, "Cross linguistic name matching in
English and Arabic"); the letters are in `sounds.toml`.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from ondit.model.records import record

_ANY = "[aeiu]*"
_SHORTEST = 3  # consonants and written vowels of a name; what is shorter sounds like too much
_DOUBLED = re.compile(r"([A-Z])\1+")


@record
class _Sounds:
    pairs: tuple[tuple[str, str], ...]
    consonants: dict[str, str]
    vowels: dict[str, str]
    article: str
    rewrites: tuple[tuple[str, str], ...]
    letters: dict[int, str]
    either: tuple[str, str]


@cache
def _sounds() -> _Sounds:
    raw = tomllib.loads(files("ondit.gazetteer").joinpath("sounds.toml").read_text("utf-8"))
    arabic, latin = raw["arabic"], raw["latin"]
    return _Sounds(
        pairs=tuple((a, b) for a, b in arabic["pairs"]),
        consonants=arabic["consonants"],
        vowels=arabic["vowels"],
        article=arabic["article"],
        rewrites=tuple((a, b) for a, b in latin["rewrites"] if len(a) > 1),
        letters={ord(a): b for a, b in latin["rewrites"] if len(a) == 1},
        either=(latin["either"][0], latin["either"][1]),
    )


@lru_cache(maxsize=4096)
def sound_pattern(key: str) -> re.Pattern[str] | None:
    """What the Latin names (as `sounds_of` gives them) look like that a name in Arabic script may be; None for another script or too short a name."""
    tables = _sounds()
    parts: list[str] = []
    for word in key.split(" "):
        bare = word.removeprefix(tables.article) if len(word) > len(tables.article) + 2 else word
        for pair, sound in tables.pairs:
            bare = bare.replace(pair, sound)
        for letter in bare:
            if letter in tables.vowels:
                parts.append(f"[{tables.vowels[letter]}]" if parts else "[aeiu]")
            elif letter in tables.consonants or letter.isupper():
                sound = tables.consonants.get(letter, letter)
                if not parts or parts[-1] != sound:
                    parts.append(sound)
            elif letter.isascii():
                return None
    if sum(len(part) == 1 for part in parts) < 2 or len(parts) < _SHORTEST:
        return None
    return re.compile(_ANY + _ANY.join(parts) + _ANY)


def sounds_of(key: str) -> Iterator[str]:
    """How an exact key in Latin script sounds; two readings where its letters are read in two ways."""
    tables = _sounds()
    plain = key.replace(" ", "")
    other, instead = tables.either
    for spelt in (plain, plain.replace(other, instead)) if other in plain else (plain,):
        sound = spelt
        for old, new in tables.rewrites:
            if old in sound:
                sound = sound.replace(old, new)
        yield _DOUBLED.sub(r"\1", sound.translate(tables.letters))
