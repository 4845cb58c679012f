"""What the adapters of grouping sets share: likeness of texts, and groups by gathering's own clustering."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from ondit.gather.clustering import cluster, connected

Likeness = NDArray[np.float64]
_NOTHING = 0.01  # likenesses below are not worth remembering
_NEIGHBOURLY = 0.1  # likeness from which a text is a neighbour


def likeness_of_texts(
    texts: Sequence[str], analyser: str | Callable[[str], list[str]], *, ngrams: tuple[int, int] = (1, 1)
) -> Likeness:
    """Cosine of TF-IDF vectors, each text against each; `analyser` is "char_wb" (with `ngrams`) or a function from text to terms."""
    vectors = TfidfVectorizer(analyzer=analyser, ngram_range=ngrams, sublinear_tf=True, lowercase=False).fit_transform(
        texts
    )
    return np.asarray((vectors @ vectors.T).toarray(), dtype=np.float64)


def with_neighbours(likeness: Likeness, most: int) -> Likeness:
    """Cosines of texts (n × n) that each say as well, half and half, what their `most` nearest neighbours say, the nearer the more."""
    shares = np.eye(len(likeness))
    for i, row in enumerate(likeness):
        nearest = [j for j in np.argsort(-row, kind="stable")[: most + 1] if j != i and row[j] > _NEIGHBOURLY][:most]
        if nearest:
            shares[i, nearest] = row[nearest] / row[nearest].sum()
    together = shares @ likeness @ shares.T
    lengths = np.maximum(np.sqrt(np.diag(together)), _NOTHING)  # of a text without a word it is 0
    return np.asarray(together / np.outer(lengths, lengths), dtype=np.float64)


def groups_of(likeness: Likeness, threshold: float) -> list[int]:
    """The number of the group of each row, by mean likeness (`ondit.gather.clustering`)."""
    names = [f"{i:06d}" for i in range(len(likeness))]
    pairs = {
        names[i]: {names[j]: float(row[j]) for j in np.flatnonzero(row > _NOTHING) if j != i}
        for i, row in enumerate(likeness)
    }
    return group_numbers(names, pairs, threshold)


def group_numbers(names: Sequence[str], pairs: Mapping[str, Mapping[str, float]], threshold: float) -> list[int]:
    """The number of the group of each name."""
    home: dict[str, int] = {}
    for part in connected(names, pairs, threshold):
        for group in cluster(part, pairs, threshold):
            home.update(dict.fromkeys(group, len(home)))
    return [home[name] for name in names]


def percent(values: Iterable[tuple[str, float]]) -> list[tuple[str, float | None]]:
    """Measures as percentages."""
    return [(measure, 100.0 * value) for measure, value in values]
