"""Headlines in capitals or in title case, written as sentences are: what is a name there is told by the rest of the report and by the pack's words."""

import re
from collections import Counter
from functools import lru_cache

from ondit.languages import load_pack
from ondit.languages.packs import read_lines
from ondit.normalise.languages import function_words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LONGEST = 300  # characters of a headline
_FEWEST = 4  # words of it that have capitals
_SHARE = 0.85  # of its words of some length have them
_SMALL = 4  # letters from which on title case gives a word its capital; also the longest abbreviation
_LISTS = re.compile(r"(?!places\.|names\.|offices).+\.tsv$|(?:numerals|counts)\.toml$|places\.common\.txt$")
_VOWEL = re.compile("[aeiouyà-öø-ÿœ]")


def sentence_case(text: str, language: str) -> str:
    """The text, as long as before, with headlines in capitals or title case in the letters that a sentence would have.

    A word that the report writes small elsewhere is small, one that it writes with a capital inside a sentence keeps that; of other words
    those are small that the pack knows as words.
    """
    lines = text.split("\n")
    loud = {at: kind for at, line in enumerate(lines) if (kind := _kind(line))}
    if not loud:
        return text
    elsewhere = _Elsewhere("\n".join(line for at, line in enumerate(lines) if at not in loud), language)
    for at, capitals in loud.items():
        lines[at] = _recased(lines[at], elsewhere, capitals=capitals == "capitals")
    return "\n".join(lines)


def _kind(line: str) -> str:
    """How a headline is written, "capitals" or "title"; "" for a line like any other."""
    if not line or len(line) > _LONGEST or line.islower():
        return ""
    words = [w for w in _WORD.findall(line) if len(w) >= _SMALL]
    if len(words) < _FEWEST:
        return ""
    if sum(w.isupper() for w in words) >= _SHARE * len(words):
        return "capitals"
    return "title" if sum(w[0].isupper() for w in words) >= _SHARE * len(words) else ""


class _Elsewhere:
    """How the rest of a report writes a word, by its small letters."""

    def __init__(self, text: str, language: str) -> None:
        self.small: Counter[str] = Counter()
        self.named: dict[str, Counter[str]] = {}
        self.language = language
        self.function_words = function_words(language)
        for match in _WORD.finditer(text):
            word = match.group()
            if word[0].islower():
                self.small[word] += 1
            elif _inside(text, match.start()):
                self.named.setdefault(word.lower(), Counter())[word] += 1

    def written(self, word: str, *, capitals: bool) -> str:
        """A word of a headline as a sentence would have it."""
        small = word.lower()
        if len(small) != len(word):
            return word
        named = self.named.get(small)
        if named and named.total() >= self.small[small]:
            return min(named, key=lambda form: (-named[form], form))
        if small in self.small or small in self.function_words:
            return small
        known, listed = _known(self.language)
        initials = word.isupper() and (not capitals or len(word) <= 2 or word in listed or _unsayable(small))
        if initials or small not in known:
            return word if initials or not capitals else word[0] + small[1:]
        return small


def _unsayable(small: str) -> bool:
    return len(small) <= _SMALL and not _VOWEL.search(small)


def _inside(text: str, at: int) -> bool:
    """Does a word stand inside a sentence, behind a small word or a comma?"""
    before = text[max(0, at - 3) : at].rstrip(" ")
    return bool(before) and (before[-1].isalnum() or before[-1] in ",;-'’")


def _recased(line: str, elsewhere: _Elsewhere, *, capitals: bool) -> str:
    first = True

    def written(match: re.Match[str]) -> str:
        nonlocal first
        word = "".join(
            part if part in "'’" else elsewhere.written(part, capitals=capitals)
            for part in re.split("(['’])", match.group())
        )
        word, first = (word[0].upper() + word[1:], False) if first else (word, False)
        return word if len(word) == len(match.group()) else match.group()

    return _WORD.sub(written, line)


@lru_cache(maxsize=8)
def _known(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The small words of a language and its pack's lists, and the initials there ("UN"); what has a capital in a list is no small word ("Syrian")."""
    words = load_pack(language).folder / "words"
    lines = [line for path in sorted(words.iterdir()) if _LISTS.match(path.name) for line in read_lines(path)]
    lines += [line.split("\t")[0] for line in read_lines(words / "places.demonyms.tsv")]
    found = {word for line in lines for word in _WORD.findall(line)}
    named = {word.lower() for word in found if not word.islower()}
    small = {w for w in found if w.islower() and w not in named}
    return frozenset(small), frozenset(w for w in found if w.isupper() and w.lower() not in small)
