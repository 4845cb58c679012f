"""The smallest pieces a time expression is built of: runs of digits, runs of letters, single marks.

Tokens of the text layer keep "mid-1990s", "12h30" and "2013-03-01" whole; a grammar of dates needs their parts.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from ondit.text.folding import fold_word

# Letters with the combining marks that may follow them; digits apart, whatever the script.
_LEXEME = re.compile(r"\d+|(?:[^\W\d_][\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]*)+|[^\s]")


@dataclass(frozen=True, slots=True)
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


def lex(text: str, start: int, stop: int) -> Lexemes:
    """Split `text[start:stop]`."""
    spans = [match.span() for match in _LEXEME.finditer(text, start, stop)]
    starts = [a for a, _ in spans]
    stops = [b for _, b in spans]
    ends = [start - 1, *stops]
    return Lexemes(
        text,
        starts,
        stops,
        [fold_word(text[a:b]) for a, b in spans],
        [a == b for a, b in zip(starts, ends, strict=False)],
        [
            i
            for i, (b, a) in enumerate(zip(ends, starts, strict=False))
            if a - b > 1 and i and text.count("\n", b, a) > 1
        ],
    )


def split_words(words: str) -> tuple[str, ...]:
    """The keys that a phrase of a word table is made of.

    >>> split_words("aujourd’hui")
    ('aujourd', "'", 'hui')
    """
    return tuple(lex(words, 0, len(words)).keys)
