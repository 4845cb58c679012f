"""Words of a kind by the company they keep: what stands around them, in few dimensions, in clusters."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

_OFTEN, _COMPANY, _DIMENSIONS, _CLUSTERS = 3, 1500, 60, 300
_STEPS = (-2, -1, 1, 2)


def clusters_of(texts: Sequence[Sequence[str]]) -> dict[str, str]:
    """The cluster of each word that is met often enough; {} for texts too short to tell.

    Words are points of positive pointwise mutual information with their neighbours (Bullinaria & Levy 2007), after a truncated
    singular value decomposition.
    """
    counts = Counter(word for text in texts for word in text)
    words = [word for word, count in counts.items() if count >= _OFTEN and word[0].isalpha()]
    if len(words) <= _CLUSTERS:
        return {}
    rows = {word: number for number, word in enumerate(words)}
    company = {word: number for number, (word, _) in enumerate(counts.most_common(_COMPANY))}
    met: Counter[tuple[int, int]] = Counter()
    for text in texts:
        for at, word in enumerate(text):
            if word not in rows:
                continue
            for side, step in enumerate(_STEPS):
                beside = company.get(text[at + step]) if 0 <= at + step < len(text) else None
                if beside is not None:
                    met[rows[word], side * len(company) + beside] += 1
    points = normalize(TruncatedSVD(_DIMENSIONS, random_state=0).fit_transform(_telling(met, len(words))))
    found = MiniBatchKMeans(_CLUSTERS, random_state=0, n_init=3).fit(points).labels_
    return {word: str(cluster) for word, cluster in zip(words, found, strict=True)}


def _telling(met: Counter[tuple[int, int]], words: int) -> csr_matrix:
    """Positive pointwise mutual information, with rare neighbours held down (Levy, Goldberg & Dagan 2015)."""
    at = np.array(list(met))
    times = np.array(list(met.values()), dtype=float)
    width = len(_STEPS) * _COMPANY
    of_word = np.bincount(at[:, 0], times, minlength=words)
    of_neighbour = np.bincount(at[:, 1], times, minlength=width) ** 0.75
    share = of_neighbour / of_neighbour.sum()
    told = np.log(times / (of_word[at[:, 0]] * share[at[:, 1]]))
    return csr_matrix((np.maximum(told, 0), (at[:, 0], at[:, 1])), shape=(words, width))
