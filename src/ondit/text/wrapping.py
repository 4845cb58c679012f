"""Lines that a mail program or a PDF broke: where the next word did not fit, the line goes on in the next one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SHORTEST, _WIDEST = 40, 130  # characters of the lines that programs break at; an unbroken paragraph is longer
_FILLED = 0.86  # of the width, with the next word: letters of printed lines have different widths
_FEWEST = 2  # filled lines, to know that a text was broken
_SHARE = 0.5  # of the lines that another follows without a blank line between are filled, where a text was broken
_OPEN = 0.4  # of these end inside a sentence; of lines that end where they do by chance hardly any
_EXACT = 0.75  # of these would be too long with the next word to the letter
_SMALL = 0.4  # of these, in a script with capitals, go on in small letters
_GOES_ON = 40  # characters of a line that the next one, in small letters, goes on with, whatever the width
_ENDED = (".", "!", "?", "…", "؟", ":", "»", "”", '"', "*", "|")
_HEAD = re.compile(
    r"[-–—•*▪◾◼●○■□►▶→✅☑❗⚡⚠🔴🟢🔵🟡📌📍🚨➡>|#@]|\d{1,2}[.)/] ?|\(?\d{1,2}[:h]\d{2}"
    r"|[^\s|]{1,20}(?: [^\s|]{1,20}){0,2} ?\| |[\u0621-\u064a][^\s:]*(?: [^\s:]+){0,4}: "  # a ticker's "Urgent |", "The army: …"
)
_HYPHENATED = re.compile(r"[^\W\d_]{2}-$")
_NAME = re.compile(r"[a-z]{1,4}-[A-Z]")  # "al-Shabaab" begins a line, too
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Break:
    """The end of a line with something in it, and the line that follows at once."""

    at: int
    line: str
    following: str

    @property
    def reach(self) -> int:
        """How long the line would be with the next word."""
        word = _WORD.match(self.following)
        return len(self.line) + 1 + len(word.group() if word else "")

    @property
    def is_open(self) -> bool:
        """Does the line end inside a sentence?"""
        return not self.line.endswith(_ENDED)

    @property
    def goes_on(self) -> bool:
        """Does the next line go on in small letters?"""
        small = self.following[0].islower() and not _NAME.match(self.following)
        return small and self.is_open and _GOES_ON <= len(self.line) <= _WIDEST


def line_joins(text: str) -> Iterator[tuple[int, int, str]]:
    """The line ends to read as a space, or as nothing inside a word that was divided: (offset, offset, what instead).

    Lines have no spaces at their ends. A text was broken where line after line would have become too long with the next word, and
    most of them end inside a sentence.
    """
    if "\n" not in text:
        return
    breaks = list(_breaks(text))
    width, exact = _width(breaks)
    for one in breaks:
        full = width + 1 if exact and one.following[0].isupper() else _FILLED * width
        filled = width and one.reach >= full and not _HEAD.match(one.following)
        if not (filled or one.goes_on):
            continue
        divided = _HYPHENATED.search(one.line) is not None and one.following[0].islower()
        yield (one.at - 1, one.at + 1, "") if divided else (one.at, one.at + 1, " ")


def _breaks(text: str) -> Iterator[_Break]:
    lines = text.split("\n")
    at = 0
    for line, following in pairwise(lines):
        at += len(line)
        if line and following:
            yield _Break(at, line, following)
        at += 1


def _width(breaks: Sequence[_Break]) -> tuple[int, bool]:
    """The width that the lines of a text were broken at, 0 where they were not, and whether it was kept to the letter, as in mails."""
    width = max((len(one.line) for one in breaks), default=0)
    if not _SHORTEST <= width <= _WIDEST:
        return 0, False
    filled = [one for one in breaks if one.reach >= _FILLED * width and not _HEAD.match(one.following)]
    inside = [one for one in filled if one.is_open]
    cased = [one for one in inside if one.following[0].islower() or one.following[0].isupper()]
    broken = len(filled) >= max(_FEWEST, _SHARE * len(breaks)) and len(inside) >= _OPEN * len(filled)
    if not broken or sum(one.following[0].islower() for one in cased) < _SMALL * len(cased):
        return 0, False
    return width, sum(one.reach > width for one in filled) >= _EXACT * len(filled)
