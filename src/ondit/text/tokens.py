"""Words and marks with their offsets. What splits inside a word (elisions, enclitics) is a setting of the language pack."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ondit.model import Tokens
from ondit.text.clitics import CliticRules, cut_clitics
from ondit.text.folding import fold_word
from ondit.text.remembered import Remembered
from ondit.text.signs import LINK

# Combining marks that may follow a letter (Latin, Arabic), so that a decomposed word stays one token.
_MARK = r"[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]"
_LETTERS = r"[^\W_]"  # what a hashtag writes together is words all the same: "#Burkina_Faso"
_APOSTROPHE = "['’ʼ]"


@dataclass(frozen=True, slots=True)
class TokenRules:
    """What a language splits: `elisions` before an apostrophe ("l"), `enclitics` after a word ("-t-il", "'s"); `whole_words` not; `titles` keep their stop ("Mr.").

    `group_separators` are the characters between groups of three digits ("2 500"); "" means none. `clitics` is what is written together
    with a word without any mark.
    """

    elisions: tuple[str, ...] = ()
    enclitics: tuple[str, ...] = ()
    whole_words: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    group_separators: str = ""
    clitics: CliticRules | None = None


@lru_cache(maxsize=16)
def _pattern(rules: TokenRules) -> re.Pattern[str]:
    parts = [LINK]
    if rules.whole_words:
        words = "|".join(re.escape(w).replace("'", _APOSTROPHE) for w in rules.whole_words)
        parts.append(rf"(?:{words})(?!\w)")
    if rules.group_separators:
        gap = re.escape(rules.group_separators)
        parts.append(rf"\d{{1,3}}(?:[{gap}]\d{{3}})+(?!\w)")
    parts.append(r"\d+(?:[.,٫٬]\d+)+(?!\w)")
    if rules.elisions:
        words = "|".join(sorted(map(re.escape, rules.elisions), key=len, reverse=True))
        parts.append(rf"(?:{words}){_APOSTROPHE}(?=\w)")
    if rules.titles:
        parts.append(rf"(?:{'|'.join(map(re.escape, rules.titles))})(?=\s)")
    parts.append(r"(?:[^\W\d_]\.){2,}")
    tails = "|".join(re.escape(e).replace("'", _APOSTROPHE) for e in sorted(rules.enclitics, key=len, reverse=True))
    not_a_tail = rf"(?!(?:{tails})(?!\w))" if tails else ""
    parts.append(rf"{_LETTERS}+(?:{_MARK}+{_LETTERS}*)*(?:{not_a_tail}[-‐‑]{_LETTERS}+(?:{_MARK}+{_LETTERS}*)*)*")
    if tails:
        parts.append(rf"(?:{tails})(?!\w)")
    # A hashtag is the words behind its mark.
    parts.append(rf"\.{{2,}}|''|(?!#\w)[^\s_]|(?<!{_LETTERS})_|_(?!{_LETTERS})")
    return re.compile("|".join(parts), re.IGNORECASE)


def tokenise(text: str, rules: TokenRules = TokenRules(), *, start: int = 0, stop: int | None = None) -> Tokens:
    """Tokens of `text[start:stop]`, offsets counted from the start of `text`."""
    end = len(text) if stop is None else stop
    chunks, split = _splitter(rules)
    found = [(match.start(), match.group()) for match in chunks.finditer(text, start, end)]
    pieces = [
        (base, split[chunk] if len(chunk) <= _LONGEST_KNOWN else _split(chunk, rules, True)) for base, chunk in found
    ]
    if found and (last := found[-1])[0] + len(last[1]) == end:
        pieces[-1] = last[0], _split(last[1], rules, False)
    return Tokens(
        [base + first for base, tokens in pieces for first, _, _ in tokens],
        [base + stop for base, tokens in pieces for _, stop, _ in tokens],
        [key for _, tokens in pieces for _, _, key in tokens],
    )


_LONGEST_KNOWN = 40  # characters: longer chunks do not come again
_Piece = tuple[int, int, str]


@lru_cache(maxsize=16)
def _splitter(rules: TokenRules) -> tuple[re.Pattern[str], Remembered[str, tuple[_Piece, ...]]]:
    """A pattern for chunks that no token reaches out of (between white space, unless that groups digits), and their tokens, remembered."""
    gaps = "".join(re.escape(c) for c in rules.group_separators if c.isspace())
    grouped = rf"(?:(?<=\d)[{gaps}](?=\d{{3}})\S+)*" if gaps else ""
    return re.compile(r"\S+" + grouped), Remembered(lambda chunk: _split(chunk, rules, True), most=32_768)


# What folding leaves nothing of (an Arabic stretching stroke by itself) keeps itself as its key: no key is empty.
def _split(chunk: str, rules: TokenRules, space_follows: bool) -> tuple[_Piece, ...]:
    followed = chunk + " " if space_follows else chunk
    words = ((*m.span(), m.group()) for m in _pattern(rules).finditer(followed, 0, len(followed)))
    if rules.clitics is None:
        return tuple((start, stop, fold_word(word) or word) for start, stop, word in words)
    return tuple(
        (start + a, start + b, key or word) for start, _, word in words for a, b, key in _pieces_of(word, rules.clitics)
    )


def _pieces_of(word: str, clitics: CliticRules) -> tuple[_Piece, ...]:
    return ((0, len(word), fold_word(word)),) if word.isascii() or len(word) == 1 else cut_clitics(word, clitics)
