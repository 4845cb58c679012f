"""Adapter of `fr_headlines`: which headlines of a day tell one story. Words and runs of letters, weighted by rarity, names twice, grouped by mean likeness.

A headline has few words, so each also takes over, half, what its nearest neighbours say: pseudo-relevance feedback, as in Rocchio 1971.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from evaluation.bench import Row, load_scorer
from evaluation.grouping import groups_of, likeness_of_texts, percent, with_neighbours
from ondit.text.folding import fold_name

_STEM = 6  # letters: where most inflected forms are still alike
_ALIKE = 0.46
_NEIGHBOURS = 3
_WORD = re.compile(r"\w+")


def conceal(rows: Sequence[Row]) -> list[Row]:
    """Nothing more to take away."""
    return list(rows)


def predict_all(rows: Sequence[Row]) -> list[Row]:
    """The story of each headline. The order of the rows is not looked at: it tells the stories."""
    texts = [row["text"] for row in rows]
    runs = likeness_of_texts([fold_name(text) for text in texts], "char_wb", ngrams=(3, 5))
    likeness = with_neighbours(0.5 * likeness_of_texts(texts, _stems) + 0.5 * runs, _NEIGHBOURS)
    return [{"id": row["id"], "cluster": str(n)} for row, n in zip(rows, groups_of(likeness, _ALIKE), strict=True)]


def score(gold: Sequence[Row], found: Mapping[str, Row], _texts: Sequence[Row]) -> list[tuple[str, float | None]]:
    """B-cubed and ARI of the scorer."""
    result = load_scorer("coref").score(gold, list(found.values()))
    return percent([("B-cubed F1", result["B3"][2]), ("ARI", result["ARI"])])


def _stems(text: str) -> list[str]:
    """The beginnings of the telling words; of a name (a capital after the first word) once more, and once as a name."""
    stems = []
    for match in _WORD.finditer(text):
        word = fold_name(match.group())
        if len(word) > 1 and word not in _function_words():
            stem = word[:_STEM]
            stems += [stem, stem, stem.capitalize()] if match.start() and match.group()[0].isupper() else [stem]
    return stems


@cache
def _function_words() -> frozenset[str]:
    text = (files("ondit.languages") / "stopwords.toml").read_text(encoding="utf-8")
    return frozenset(map(fold_name, tomllib.loads(text)["fr"]["words"].split()))
