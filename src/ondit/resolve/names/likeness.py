"""How like two names are, word by word: the same, alike by sound, or a few letters apart. Never across countries or unlike numbers."""

from dataclasses import dataclass

from ondit.resolve.names.keys import Key
from ondit.resolve.names.words import NameWords
from ondit.text.sounds import consonants_of, likeness_of_sounds

SURE = 0.92
"""Likeness from which a name is taken for the listed one; measured on the table of pairs (tests/resolve/name_pairs.tsv)."""
POSSIBLE = 0.80
"""Likeness from which it may be the listed one."""
_SAME_SOUND, _LOOSELY = 0.95, 0.9
_WORD = 0.80
"""Likeness below which two words are two words."""
_PLURAL = "s"
_CONSONANTS = 3
"""Consonants that a name needs in all to be told by its sound."""
_TYPO_LETTERS = 5
"""Letters from which one letter more, less or other may be a slip."""
_LEFT_OUT = 0.03
"""Taken off for each middle name that only one of the two has."""
_MIDDLE_NAMES = 2


@dataclass(frozen=True, slots=True)
class Likeness:
    """From 0 to 1, and the words that differ, as (word of the text, word of the list)."""

    score: float
    differing: tuple[tuple[str, str], ...] = ()


NONE = Likeness(0.0)


def likeness(text: Key, listed: Key, words: NameWords, *, person: bool) -> Likeness:
    """How like the key of a name in a text is to that of a listed name.

    The words must correspond one to one; of a person, middle names may be left out.
    """
    if person and len(text) > 1 and len(listed) > 1:
        return _of_persons(text, listed, words)
    if len(text) != len(listed) or (len(text) == 1 and _is_short(text[0])):
        return NONE
    return _of_words(text, listed, words)


def _of_words(text: Key, listed: Key, words: NameWords, allowed: int = 1) -> Likeness:
    scores: list[float] = []
    for a, b in zip(text, listed, strict=True):
        scores.append(word_likeness(a, b, words))
        if scores[-1] < _WORD:  # as most are, which share the sound of one word alone
            return NONE
    if sum(len(consonants_of(word)) for word in listed) < _CONSONANTS:
        return NONE
    differing = tuple((a, b) for a, b in zip(text, listed, strict=True) if a != b)
    # A slip is a slip; several make another name, and in a person's name one does (Bahram, Barham). Letters count, so that a short word weighs little.
    letters = [max(len(a), len(b)) for a, b in zip(text, listed, strict=True)]
    score = sum(s * n for s, n in zip(scores, letters, strict=True)) / sum(letters)
    slips = sum(s < _LOOSELY for s in scores)
    return Likeness(score if slips <= allowed else min(score, POSSIBLE), differing)


def _of_persons(text: Key, listed: Key, words: NameWords) -> Likeness:
    shorter, longer = (text, listed) if len(text) <= len(listed) else (listed, text)
    missing = len(longer) - len(shorter)
    if missing > _MIDDLE_NAMES:
        return NONE
    picked = _aligned(shorter, longer, words)
    if picked is None:
        return NONE
    pairs = (shorter, picked) if shorter is text else (picked, shorter)
    found = _of_words(*pairs, words, allowed=0)
    return Likeness(max(0.0, found.score - _LEFT_OUT * missing), found.differing) if found.score else NONE


def _aligned(shorter: Key, longer: Key, words: NameWords) -> Key | None:
    """The words of the longer name that those of the shorter stand for: first and last, and the middle ones in order."""
    middle, at = [], 1
    for word in shorter[1:-1]:
        while at < len(longer) - 1 and word_likeness(word, longer[at], words) < _WORD:
            at += 1
        if at >= len(longer) - 1:
            return None
        middle.append(longer[at])
        at += 1
    return (longer[0], *middle, longer[-1])


def word_likeness(one: str, other: str, words: NameWords) -> float:
    """1 for the same word, less for one that sounds alike, less still for a slip of one letter; 0 for different countries."""
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit() or words.nation(one) != words.nation(other):
        return 0.0
    if one.removesuffix(_PLURAL) == other.removesuffix(_PLURAL):
        return _SAME_SOUND
    if sounds := likeness_of_sounds(one, other):
        return sounds
    if consonants_of(one) == consonants_of(other):
        return 0.0  # the vowels tell them apart: Salam, Salim
    if min(len(one), len(other)) < _TYPO_LETTERS or one.isascii() != other.isascii():
        return 0.0
    from rapidfuzz.distance import OSA  # a few milliseconds that most runs of the command line need not spend

    return float(OSA.normalized_similarity(one, other)) if OSA.distance(one, other) <= 1 else 0.0


def _is_short(word: str) -> bool:
    """Is one word too short to be told otherwise than letter by letter? Arabic writes fewer letters."""
    return len(word) < (_TYPO_LETTERS if word.isascii() else _TYPO_LETTERS - 1)
