"""Parts of speech: one character a token, from a small conditional random field (Lafferty et al. 2001) per language.

The tags are the universal parts of speech (Universal Dependencies) with verbs told apart by form:

    N noun   P proper noun   D determiner   A adjective   R adverb   I pronoun   E adposition   C coordinating conjunction
    S subordinating conjunction   T particle   # numeral   . punctuation   ? other
    V finite verb   v past participle   i infinitive   g present participle or gerund     (content verbs)
    X finite        y past participle   z infinitive   w present participle or gerund     (auxiliaries)
"""

import operator
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pycrfsuite

from ondit.text.folding import fold_word

TAGS = "NPDARIECST#.?VvigXyzw"


@lru_cache(maxsize=200_000)
def _own(form: str) -> tuple[tuple[bytes, ...], bytes, bytes]:
    """Features of a word by itself, as the one before, as the one after. Few: each costs time at every word of every report.

    In bytes, as the model has them: encoding them anew each time would cost, too.
    """
    own, before, after = _written(form)
    return tuple(feature.encode() for feature in own), before.encode(), after.encode()


def _written(form: str) -> tuple[tuple[str, ...], str, str]:
    key = form.lower()
    if form.isdigit():
        return (f"w=0{len(form)}", "h=9"), "-0", "+0"
    if len(form) == 1 and not form.isalnum():
        return ("w=" + key,), "-" + key, "+" + key
    if key >= _SEMITIC:  # a script without capitals, whose words are inflected at both ends
        key = fold_word(form)
        ends = (
            f"b={key[:1]}{len(key)}",
            "2b=" + key[:2],
            "3b=" + key[:3],
            "1=" + key[-1:],
            "2=" + key[-2:],
            "be=" + key[:1] + key[-2:],
        )
        return ("w=" + key, "3=" + key[-3:], *ends), "-" + key, "+" + key
    shape = "X" if form.isupper() and len(form) > 1 else "Xx" if form[:1].isupper() else "x"
    if any(c.isdigit() for c in form):
        shape += "9"
    if "-" in form:
        shape += "-"
    return ("w=" + key, f"h={shape}{key[-2:]}", "3=" + key[-3:], "4=" + key[-4:]), "-" + key, "+" + key


_SEMITIC = "\u0590"


def features(forms: Sequence[str]) -> list[tuple[bytes, ...]]:
    """What the model sees of a sentence, token by token."""
    if not forms:
        return []
    own, before, after = zip(*map(_own, forms), strict=True)
    return list(map(_joined, own, zip((b"BOS", *before[:-1]), (*after[1:], b"EOS"), strict=True)))


_joined = operator.add


class Tagger:
    """A trained model; raises `FileNotFoundError` when the file is not there."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise FileNotFoundError(f"no tagger model at {path}; train one with tools/tagger/train.py")
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(str(path))

    def tag(self, forms: Sequence[str]) -> str:
        """Tags of a sentence, one character a token (see the module's table)."""
        return "".join(self.tags(forms))

    def tags(self, forms: Sequence[str]) -> list[str]:
        """The same as a list."""
        found: list[str] = self._tagger.tag(features(forms)) if forms else []
        return found


@lru_cache(maxsize=8)
def load_tagger(path: Path) -> Tagger:
    """The tagger of a model file; opened once a process."""
    return Tagger(path)
