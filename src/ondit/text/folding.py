"""Folding: the views of a text that words are looked up in, with the way back to the source's offsets."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# One character to one character: apostrophes, hyphens, the digits of Arabic and Persian texts.
_SAME_LENGTH = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "٬": ",", "٫": "."}
    | {chr(zero + n): str(n) for zero in (0x0660, 0x06F0) for n in range(10)}
)
# Arabic letters that are written for one another, and what is left out in most texts: vowel signs, the stretching stroke.
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None}
    | dict.fromkeys((*range(1552, 1563), *range(1611, 1632), 1648, 1759, 1762))
)
_PRESENTATION = range(0xFB50, 0xFEFD)  # letters in the shape they have inside a word, as old texts store them

# Letters that NFKD leaves alone but that spellings of one name differ in; Arabic: hamza carriers, alef maksura, ta marbuta.
_LETTERS = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": "",
        "ʿ": "", "ʾ": "", "ʻ": "", "ʼ": "", "’": "", "'": "", "‘": "", "`": "",
    }
)  # fmt: skip


_WITHOUT_MARKS = re.compile(r"[\x00-\x7f\u0621-\u064a]*")  # nothing there to decompose
_OTHER_MARKS = re.compile(r"[\W_]+")


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """Key of a word in the word lists: composed, lower case, straight apostrophe and hyphen; accents are kept.

    Arabic letters that are written for one another are one, vowel signs are left out, digits are those of ASCII. Folding a key again
    changes nothing.

    >>> fold_word("L’Armée"), fold_word("أَعلنـت")
    ("l'armée", 'اعلنت')
    """
    if word.isascii():
        return word.replace("`", "'").lower()
    if any(ord(c) in _PRESENTATION for c in word):
        word = unicodedata.normalize("NFKC", word)
    elif not unicodedata.is_normalized("NFC", word):
        word = unicodedata.normalize("NFC", word)
    return word.translate(_SAME_LENGTH).translate(_ARABIC).lower()


def _spellings() -> dict[int, str]:
    variants: dict[int, str] = {}
    for letter, folded in _ARABIC.items():
        if isinstance(folded, str):
            variants[ord(folded)] = variants.get(ord(folded), folded) + chr(letter)
    return {letter: f"[{group}]" for letter, group in variants.items()}


_SPELLINGS = _spellings()


def any_spelling(folded: str) -> str:
    """A pattern for words folded by `fold_word`, escaped for `re`, that meets them in a text as it is written ("بلده": بلدة)."""
    return folded if folded.isascii() else folded.translate(_SPELLINGS)


def _lower(text: str) -> str:
    # Composed first: "𝐁" of mathematical bold, as headlines of channels have it, has no lower case of its own.
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """Key of a name: letters and digits without accents, vowel marks, case or apostrophes; other marks become one space.

    >>> fold_name("Al-‘Aẓīm"), fold_name("سَامَرَّاء")
    ('al azim', 'سامراء')
    """
    name = _lower(name).translate(_LETTERS)
    if not _WITHOUT_MARKS.fullmatch(name):
        name = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in name if not unicodedata.combining(c)).translate(_LETTERS)
    return _OTHER_MARKS.sub(" ", name).strip()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters (and its end), the offset in the source."""

    text: str
    offsets: tuple[int, ...]

    def source_span(self, start: int, stop: int) -> tuple[int, int]:
        """Source offsets of the folded characters `[start, stop)`."""
        if stop <= start:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[stop - 1] + 1


def fold_text(text: str) -> Folded:
    """Fold a whole text (accents and vowel marks dropped, lower case) with an offset map back to it.

    Works character by character, so that a source character never shares a folded character with its neighbour.
    """
    out: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        folded = _fold_char(char)
        out.append(folded)
        offsets.extend([at] * len(folded))
    offsets.append(len(text))
    return Folded("".join(out), tuple(offsets))


@lru_cache(maxsize=8_192)
def _fold_char(char: str) -> str:
    if char in "'’‘ʼ`":
        return "'"
    decomposed = unicodedata.normalize("NFKD", _lower(char).translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
