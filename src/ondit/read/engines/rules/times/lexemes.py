"""The smallest pieces a time expression is built of: runs of digits, runs of letters, single marks.

Tokens of the text layer keep "mid-1990s", "12h30" and "2013-03-01" whole; a grammar of dates needs their parts.
"""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import eq

from ondit.model.records import record
from ondit.text.folding import fold_word
from ondit.text.remembered import Remembered

# Letters with the combining marks that may follow them; digits apart, whatever the script.
_LEXEME = re.compile(r"\d+|[^\W\d_]+(?:[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]+[^\W\d_]*)*|[^\s]")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")


@record
class Lexemes:
    """Lexemes of one stretch of text as parallel lists; offsets are code points of the whole text.

    `tight[i]`: nothing stands between lexeme `i` and the one before it; `paragraphs` are the lexemes that an empty line stands before.
    """

    text: str
    starts: list[int]
    stops: list[int]
    keys: list[str]
    tight: list[bool]
    paragraphs: list[int]

    def __len__(self) -> int:
        return len(self.keys)

    def next_paragraph(self, at: int) -> int:
        """First lexeme after `at` that begins a paragraph, or the number of lexemes."""
        index = bisect_right(self.paragraphs, at)
        return self.paragraphs[index] if index < len(self.paragraphs) else len(self.keys)


def lex(
    text: str, start: int, stop: int, *, known: frozenset[str] = frozenset(), prefixes: tuple[str, ...] = ()
) -> Lexemes:
    """Split `text[start:stop]`; `prefixes` come off words that are not `known` when what is left is, as if a space stood there."""
    spans = [match.span() for match in _LEXEME.finditer(text, start, stop)]
    if prefixes:
        spans = [(a + first, a + last) for a, b in spans for first, last in _pieces(text[a:b], known, prefixes)]
    starts = [a for a, _ in spans]
    stops = [b for _, b in spans]
    ends = [start - 1, *stops]
    tight = list(map(eq, ends, starts))
    if prefixes:
        tight = [
            touches and not (a > start and text[a - 1].isalpha() and text[a].isalpha())
            for touches, a in zip(tight, starts, strict=True)
        ]
    paragraphs = [bisect_left(starts, gap.end()) for gap in _EMPTY_LINE.finditer(text, start, stop)]
    keys = list(map(_key_of.__getitem__, [text[a:b] for a, b in spans]))
    return Lexemes(text, starts, stops, keys, tight, [i for i in paragraphs if 0 < i < len(starts)])


@Remembered
def _key_of(word: str) -> str:
    return fold_word(word) or word


@lru_cache(maxsize=32_768)
def _pieces(word: str, known: frozenset[str], prefixes: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    pieces = []
    start, stop = 0, len(word)
    while (key := fold_word(word[start:])) not in known and len(key) == stop - start:
        prefix = next((p for p in prefixes if key.startswith(p) and len(key) > len(p)), "")
        if not prefix or not _leads_to(key[len(prefix) :], known, prefixes):
            break
        pieces.append((start, start + len(prefix)))
        start += len(prefix)
    return (*pieces, (start, stop))


def _leads_to(key: str, known: frozenset[str], prefixes: tuple[str, ...]) -> bool:
    """Is this a known word, or one behind further prefixes?"""
    return key in known or any(
        key.startswith(p) and len(key) > len(p) and _leads_to(key[len(p) :], known, prefixes) for p in prefixes
    )


def split_words(words: str) -> tuple[str, ...]:
    """The keys that a phrase of a word table is made of.

    >>> split_words("aujourd’hui")
    ('aujourd', "'", 'hui')
    """
    return tuple(lex(words, 0, len(words)).keys)
