"""Text on a terminal: widths, clipping, colours, and nothing from a report that could steer the terminal."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

_BLANKS = re.compile(r"\s+")
# Controls, and marks that reorder or hide text: a report must not move the cursor or forge a line.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_ISOLATE, _POP = "\u2068", "\u2069"  # first-strong isolate … pop: a cell in Arabic keeps its neighbours in place
_RESET = "\x1b[0m"
_SLACK = 8  # characters read for each column: enough for marks without width and runs of blanks


class Colour(StrEnum):
    """ANSI codes that are used, from the sixteen colours that every theme defines."""

    BOLD = "1"
    DIM = "2"
    RED = "31"
    GREEN = "32"
    YELLOW = "33"
    MAGENTA = "35"
    CYAN = "36"


@lru_cache(maxsize=4_096)
def char_width(char: str) -> int:
    """Columns a character takes: 0, 1 or 2."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def text_width(text: str) -> int:
    """Columns a text takes."""
    return len(text) if text.isascii() else sum(char_width(c) for c in text)


def clean(text: str) -> str:
    """One line, without what steers a terminal."""
    return _UNSAFE.sub("\ufffd", _BLANKS.sub(" ", text)).strip()


def clip(text: str, width: int) -> str:
    """The text cleaned, and cut to a width with an ellipsis."""
    cut = len(text) > width * _SLACK
    text = clean(text[: width * _SLACK])
    if not cut and text_width(text) <= width:
        return text
    used, at = 0, 0
    for at, char in enumerate(text):  # noqa: B007 - the index of the first character that does not fit is the result
        used += char_width(char)
        if used > width - 1:
            break
    else:
        at = len(text)
    return text[:at].rstrip() + "…" if width > 0 else ""


def pad(text: str, width: int) -> str:
    """The text and blanks up to a width; right-to-left text keeps to its cell."""
    blanks = " " * max(0, width - text_width(text))
    return (f"{_ISOLATE}{text}{_POP}" if _RIGHT_TO_LEFT.search(text) else text) + blanks


def paint(text: str, *colours: Colour, on: bool) -> str:
    """The text in colours, when colours are on."""
    return f"\x1b[{';'.join(colours)}m{text}{_RESET}" if on and colours and text else text
