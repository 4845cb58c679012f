"""The wording of a report as numbers: what a copy shares with its original, however it is edited.

Shingles of four words over the folded text (Broder 1997); of these a selection by winnowing (Schleimer, Wilkerson and Aiken 2003: the smallest of
every eight in a row), so that any shared run of eleven words has a selected shingle in common. A copy cut down to a small part shares few of
all shingles, so the likeness is what is shared of the shorter text (containment), not of both.
"""

import hashlib
import re
import zlib
from array import array
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from ondit.model import Report
from ondit.text.folding import fold_name

SHINGLE, _WINDOW = 4, 8  # words
WHOLE = 12  # bytes of the hash of all words
_WORD = re.compile(r"\w+")
_MASK = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Print:
    """A report's wording: `shingles` sorted, `marks` the selected ones, four bytes each, `whole` a hash of all words in order.

    `publisher` and `sender` (who a post was forwarded from) are folded names, `credits` those that date lines name ("TAHOUA (Sahel Wire) -").
    `house` is the host that it was published on, `number` the last number of its address there, `series` what versions of it share.
    """

    report: str
    whole: bytes
    words: int
    shingles: bytes
    marks: bytes
    publisher: str = ""
    sender: str = ""
    published: int | None = None
    opening: str = ""
    closing: str = ""
    credits: tuple[str, ...] = ()
    house: str = ""
    number: int | None = None
    series: str = ""

    def credited_to(self, other: "Print") -> bool:
        """Does it name another's publisher where credits stand: in a date line, at its beginning or at its end?"""
        if not other.publisher or other.publisher == self.publisher:
            return False
        words = frozenset(other.publisher.split())
        named = any(words.issuperset(credit.split()) for credit in self.credits)
        return named or f" {other.publisher} " in f" {self.opening} | {self.closing} "


def related(one: Print, other: Print) -> bool:
    """Are two reports of one house, or does one credit the other?"""
    return (bool(one.house) and one.house == other.house) or one.credited_to(other) or other.credited_to(one)


def print_of(report: Report) -> tuple[Print, list[int]]:
    """The wording of a report, and its shingles in text order."""
    words = word_hashes(report.text)
    shingles = shingles_of(words)
    own = Print(
        report=report.id,
        whole=hashlib.blake2b(words.tobytes(), digest_size=WHOLE).digest(),
        words=len(words),
        shingles=array("I", sorted(set(shingles))).tobytes(),
        marks=array("I", _winnowed(shingles)).tobytes(),
        publisher=fold_name(report.publisher),
        sender=fold_name(report.forwarded_from),
        published=report.published.day.toordinal() if report.published.day else None,
        opening=fold_name(report.text[:_EDGE]),
        closing=fold_name(report.text[-_EDGE:]),
        credits=tuple(dict.fromkeys(fold_name(m.group(1)) for m in _DATE_LINE.finditer(report.text[:_HEAD]))),
        house=(urlsplit(report.url).hostname or "") if "://" in report.url else "",
        number=_number(report.url or report.native_id),
        series=report.series if report.native_id or report.url else "",
    )
    return own, shingles


def _number(address: str) -> int | None:
    found = _DIGITS.findall(address)
    return int(found[-1]) if found else None


_HEAD = 600  # characters: where a date line stands, below a headline and what somebody wrote above it
_DATE_LINE = re.compile(r"\((\w[^()\n]{2,40})\)\s*[-–—:]")
_DIGITS = re.compile(r"\d{1,18}")
_EDGE = 160  # characters: where a credit to an agency stands, at the beginning or the end


def word_hashes(text: str) -> "array[int]":
    """A number for each word, the same for spellings that fold alike."""
    return array("I", [_hash(word) for word in _WORD.findall(text)])


@lru_cache(maxsize=131_072)
def _hash(word: str) -> int:
    return zlib.crc32(fold_name(word).encode("utf-8", "surrogatepass"))


def shingles_of(words: "array[int]") -> list[int]:
    """A number for each run of four words, in text order."""
    if len(words) < SHINGLE:
        return [zlib.crc32(words.tobytes())] if words else []
    runs = zip(words, words[1:], words[2:], words[3:], strict=False)
    return [(((a * 31 + b) * 31 + c) * 31 + d) & _MASK for a, b, c, d in runs]


def _winnowed(shingles: list[int]) -> list[int]:
    if len(shingles) <= _WINDOW:
        return sorted(set(shingles))
    # The smallest of two in a row, of four, of the eight of a window: each from those before, so that nothing is compared eight times.
    smallest = shingles
    for step in (1, 2, 4):
        smallest = list(map(min, smallest, smallest[step:]))
    return sorted(set(smallest))
