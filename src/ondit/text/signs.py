"""Emoji, arrows, bullets, links: what channels set before and behind their lines, and what is no word and no mark of a sentence."""

import re
import unicodedata
from functools import lru_cache

LINK = r"(?:https?://|www\.|t\.me/)[^\s<>«»\"]*[\w/]"
"""A pattern for the address of a page, without the mark behind it; letters of either case."""
_LINK = re.compile(LINK + r"(?=[\s.,;:!?…)\]]|$)", re.IGNORECASE)

_BULLETS = frozenset("•‣⁃‼⁉*·")
_CATEGORIES = frozenset({"So", "Sk", "Sm", "Cf", "Mn", "Me", "Co", "Cn"})
_KEYCAP = "\u20e3"  # closes "1️⃣"
_KEYCAP_LENGTH = 3  # characters: a digit, a selector of its form or none, the cap


@lru_cache(maxsize=4_096)
def is_sign(char: str) -> bool:
    """Is it an emoji or a piece of one, an arrow, a bullet, or a mark of direction that nobody sees?"""
    return char in _BULLETS or (char > "\u2000" and unicodedata.category(char) in _CATEGORIES)


def behind_signs(text: str, start: int, stop: int) -> int:
    """The first character of `text[start:stop]` behind signs, links and white space; `stop` where there is nothing else."""
    at = start
    while at < stop:
        char = text[at]
        if char.isspace() or is_sign(char):
            at += 1
        elif char in "hHwWtT" and (link := _LINK.match(text, at, stop)) is not None:
            at = link.end()
        elif char in "0123456789" and _KEYCAP in text[at + 1 : at + _KEYCAP_LENGTH]:
            at = text.index(_KEYCAP, at) + 1
        else:
            break
    return at


def before_signs(text: str, start: int, stop: int) -> int:
    """The end of `text[start:stop]` without signs, links and white space behind it; `start` where there is nothing else."""
    at = stop
    while at > start:
        if text[at - 1].isspace() or is_sign(text[at - 1]):
            at -= 1
            continue
        word = at - 1
        while word > start and not text[word - 1].isspace():
            word -= 1
        link = _LINK.match(text, word, at)
        if link is None or link.end() < at:
            break
        at = word
    return at


def links_in(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Where the links in `text[start:stop]` begin and end, in text order."""
    return [match.span() for match in _LINK.finditer(text, start, stop)]


def opens_with_link(text: str, at: int) -> bool:
    """Does a link begin at this character?"""
    return _LINK.match(text, at) is not None
