"""Emoji, arrows and bullets: what channels set before and behind their lines, and what is no word and no mark of a sentence."""

import unicodedata
from functools import lru_cache

_BULLETS = frozenset("•‣⁃‼⁉*·")
_CATEGORIES = frozenset({"So", "Sk", "Sm", "Cf", "Mn", "Me", "Co", "Cn"})
_KEYCAP = "\u20e3"  # closes "1️⃣"
_KEYCAP_LENGTH = 3  # characters: a digit, a selector of its form or none, the cap


@lru_cache(maxsize=4_096)
def is_sign(char: str) -> bool:
    """Is it an emoji or a piece of one, an arrow, a bullet, or a mark of direction that nobody sees?"""
    return char in _BULLETS or (char > "\u2000" and unicodedata.category(char) in _CATEGORIES)


def behind_signs(text: str, start: int, stop: int) -> int:
    """The first character of `text[start:stop]` behind signs and white space; `stop` where there is nothing else."""
    at = start
    while at < stop:
        char = text[at]
        if char.isspace() or is_sign(char):
            at += 1
        elif char in "0123456789" and _KEYCAP in text[at + 1 : at + _KEYCAP_LENGTH]:
            at = text.index(_KEYCAP, at) + 1
        else:
            break
    return at


def before_signs(text: str, start: int, stop: int) -> int:
    """The end of `text[start:stop]` without signs and white space behind it; `start` where there is nothing else."""
    at = stop
    while at > start and (text[at - 1].isspace() or is_sign(text[at - 1])):
        at -= 1
    return at
