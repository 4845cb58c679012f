"""The smallest pieces a time expression is built of: runs of digits, runs of letters, single marks.

Tokens of the text layer keep "mid-1990s", "12h30" and "2013-03-01" whole; a grammar of dates needs their parts.
"""

import re
from dataclasses import dataclass

from ondit.text.folding import fold_word

# Letters with the combining marks that may follow them; digits apart, whatever the script.
_LEXEME = re.compile(r"\d+|(?:[^\W\d_][\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]*)+|[^\s]")


@dataclass(frozen=True, slots=True)
class Lexemes:
    """Lexemes of one stretch of text as parallel lists; offsets are code points of the whole text.

    `tight[i]`: nothing stands between lexeme `i` and the one before it; `paragraph[i]`: an empty line does.
    """

    text: str
    starts: list[int]
    stops: list[int]
    keys: list[str]
    tight: list[bool]
    paragraph: list[bool]

    def __len__(self) -> int:
        return len(self.keys)


def lex(text: str, start: int, stop: int) -> Lexemes:
    """Split `text[start:stop]`."""
    starts: list[int] = []
    stops: list[int] = []
    keys: list[str] = []
    tight: list[bool] = []
    paragraph: list[bool] = []
    last = start
    for match in _LEXEME.finditer(text, start, stop):
        a, b = match.span()
        starts.append(a)
        stops.append(b)
        keys.append(fold_word(match.group()))
        tight.append(a == last and a > start)
        paragraph.append(a > last and text.count("\n", last, a) > 1)
        last = b
    return Lexemes(text, starts, stops, keys, tight, paragraph)


def split_words(words: str) -> tuple[str, ...]:
    """The keys that a phrase of a word table is made of.

    >>> split_words("aujourd’hui")
    ('aujourd', "'", 'hui')
    """
    return tuple(lex(words, 0, len(words)).keys)
