"""Makes copies as outlets make them: whole, under another headline, cut, edited, passed on, or several of these at once.

Written before the detector and without a look at it. Every copy is made from a text by a seeded die, so that a run can be repeated.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^.!?؟\n]+[.!?؟\n]*\s*")
_WORD = re.compile(r"\w+")
_MARKS = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "’": "'", "–": "-"})


@dataclass(frozen=True, slots=True)
class Made:
    """A copy of text number `of`, and how it was made."""

    of: int
    how: str
    text: str


def make_copies(texts: Sequence[str], *, own: Sequence[str], a_text: int, seed: int = 0) -> list[Made]:
    """`a_text` copies of each text, each made in one of the ways, the ways in turn; headlines and words to put in come from the texts `own`."""
    dice = random.Random(seed)  # noqa: S311 - texts, not secrets
    words = [w for text in own for w in _WORD.findall(text)]
    ways = list(_WAYS.items())
    made = []
    for number, text in enumerate(texts):
        for turn in range(a_text):
            how, way = ways[(number + turn) % len(ways)]
            other = own[dice.randrange(len(own))]
            made.append(Made(number, how, way(text, _Desk(dice, words, other))))
    return made


@dataclass(frozen=True, slots=True)
class _Desk:
    """What an editor has at hand: a die, words to put in, and the text of another report to take a headline from."""

    dice: random.Random
    words: Sequence[str]
    other: str


def _whole(text: str, _desk: _Desk) -> str:
    return text


def _respaced(text: str, _desk: _Desk) -> str:
    """Other quotation marks, dashes, line ends and capitals in the headline: nothing a reader would call a change."""
    first, _, rest = text.translate(_MARKS).partition("\n")
    return f"{first.upper()}\r\n\r\n" + rest.replace("\n", "\r\n").replace(". ", ".  ")


def _reheadlined(text: str, desk: _Desk) -> str:
    headline = _sentences(desk.other)[0].strip()
    body = _sentences(text)[1:] or [text]
    return f"{headline}\n{''.join(body)}"


def _cut_tail(text: str, desk: _Desk) -> str:
    """The first 40 to 90 % of the sentences, three at least."""
    sentences = _sentences(text)
    keep = max(3, round(len(sentences) * desk.dice.uniform(0.4, 0.9)))
    return "".join(sentences[:keep])


def _cut_out(text: str, desk: _Desk) -> str:
    """A fifth to a half of the sentences left out, here and there."""
    sentences = _sentences(text)
    keep = max(3, round(len(sentences) * desk.dice.uniform(0.5, 0.8)))
    kept = sorted(desk.dice.sample(range(len(sentences)), min(keep, len(sentences))))
    return "".join(sentences[i] for i in kept)


def _edited(text: str, desk: _Desk) -> str:
    """Up to a tenth of the words replaced, left out or put in."""
    rate = desk.dice.uniform(0.02, 0.1)

    def change(match: re.Match[str]) -> str:
        if desk.dice.random() > rate:
            return match.group()
        word = desk.dice.choice(desk.words)
        return desk.dice.choice([word, "", f"{match.group()} {word}"])

    return _WORD.sub(change, text)


def _framed(text: str, desk: _Desk) -> str:
    """An opening and a closing sentence of the outlet's own around the text."""
    own = _sentences(desk.other)
    return f"{own[0].strip()}\n{text}\n{own[-1].strip()}"


def _reordered(text: str, desk: _Desk) -> str:
    sentences = _sentences(text)
    at = desk.dice.randrange(len(sentences))
    return " ".join(s.strip() for s in (*sentences[at:], *sentences[:at]))


def _worked_over(text: str, desk: _Desk) -> str:
    """Another headline, the tail cut and words changed: what a desk does with a wire story."""
    return _reheadlined(_cut_tail(_edited(text, desk), desk), desk)


def _sentences(text: str) -> list[str]:
    return [s for s in _SENTENCE.findall(text) if s.strip()] or [text]


_WAYS: dict[str, Callable[[str, _Desk], str]] = {
    "whole": _whole,
    "respaced": _respaced,
    "headline changed": _reheadlined,
    "tail cut": _cut_tail,
    "sentences left out": _cut_out,
    "words changed": _edited,
    "framed": _framed,
    "reordered": _reordered,
    "worked over": _worked_over,
}
