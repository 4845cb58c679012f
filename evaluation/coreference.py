"""Mentions of events across documents, given the mentions: which are of one event (sets `ecbplus` and `meantime`).

Documents of a topic are first grouped into stories by TF-IDF. Then pairs of mentions are judged by how they are worded and by the words, people, times and
places around them; what that comes to is learnt by gradient-boosted trees from the training part of ECB+. Groups are gathering's own clustering.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from math import fsum

import numpy as np
import simplemma
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from evaluation.bench import Row, bench_folder, read_rows
from evaluation.grouping import group_numbers, groups_of, likeness_of_texts
from ondit.gather.traits import telling_word

TRAINING = "ecbplus/train.jsonl"
SPANS = frozenset("id kind tag start end phrase sentence selected".split())  # of a mention; all but its cluster
_KINDS = ("human", "non_human", "time", "location")
_ONE_STORY, _ONE_EVENT, _WORTH = 0.15, 0.4, 0.02
_WORD = re.compile(r"[A-Za-z]+|\d+")
_RARE = 3.0  # weight of a word that no document has
_UNSEEN = (0.15, 1.5)  # how often two words name one event, before any evidence: so many of so many
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Mention:
    id: str
    document: int
    topic: object
    story: int
    at: int
    head: str
    own: frozenset[str]
    beside: frozenset[str]
    around: Mapping[str, frozenset[str]]
    before: frozenset[str]
    after: frozenset[str]
    tag: str = ""
    event: object = None


@dataclass(frozen=True, slots=True)
class _Corpus:
    mentions: Sequence[_Mention]
    likeness: NDArray[np.float64]
    weight: Mapping[str, float]


def conceal_clusters(rows: Sequence[Row]) -> list[Row]:
    """The rows without the answers that stand in their mentions."""
    return [{**r, "mentions": [{k: v for k, v in m.items() if k in SPANS} for m in r["mentions"]]} for r in rows]


def predict_mentions(rows: Sequence[Row]) -> list[Row]:
    """The event of each event mention, row by row."""
    corpus = _corpus(rows)
    model, together = _learnt()
    pairs = list(_pairs(corpus))
    likely = model.predict_proba(np.array([_features(corpus, pair, together) for pair in pairs]))[:, 1] if pairs else []
    names = [f"{n:06d}" for n in range(len(corpus.mentions))]
    alike: dict[str, dict[str, float]] = defaultdict(dict)
    for (i, j), value in zip(pairs, likely, strict=True):
        if value > _WORTH:
            alike[names[i]][names[j]] = alike[names[j]][names[i]] = float(value)
    found: dict[int, list[Row]] = defaultdict(list)
    for mention, number in zip(corpus.mentions, group_numbers(names, alike, _ONE_EVENT), strict=True):
        found[mention.document].append({"id": mention.id, "cluster": str(number)})
    return [{"id": row["id"], "mentions": found[n]} for n, row in enumerate(rows)]


def _corpus(rows: Sequence[Row]) -> _Corpus:
    words = [_words(row["text"]) for row in rows]
    common = Counter(word for text in words for word in text)
    weight = {word: float(np.log((1 + len(rows)) / (1 + n))) for word, n in common.items()}
    likeness = likeness_of_texts([row["text"].lower() for row in rows], _plain)
    stories = _stories([row.get("topic") for row in rows], likeness)
    return _Corpus([m for n, row in enumerate(rows) for m in _mentions(row, n, stories[n])], likeness, weight)


def _stories(topics: Sequence[object], likeness: NDArray[np.float64]) -> list[int]:
    """Documents of one topic, grouped by how like they are."""
    apart = np.array([[one == other for other in topics] for one in topics])
    return groups_of(np.where(apart, likeness, 0.0), _ONE_STORY)


def _mentions(row: Row, document: int, story: int) -> Iterator[_Mention]:
    sentences = [_words(row["text"][start:stop]) for start, stop in row["sentences"]]
    things = [m for m in row["mentions"] if m.get("kind", "") in _KINDS]
    for m in row["mentions"]:
        if m.get("kind", "event" if m["tag"] == "EVENT_MENTION" else "") == "event" and m.get("selected", True):
            beside = [t for t in things if t["sentence"] == m["sentence"]]
            lemmas = _lemmas(m["phrase"]) or [_lemma(w) for w in _WORD.findall(m["phrase"])] or [m["phrase"]]
            persons = [t for t in beside if t["kind"] in _KINDS[:2]]
            before = max((t for t in persons if t["end"] <= m["start"]), key=lambda t: t["end"], default=None)
            after = min((t for t in persons if t["start"] >= m["end"]), key=lambda t: t["start"], default=None)
            yield _Mention(
                id=m["id"],
                document=document,
                topic=row.get("topic"),
                story=story,
                at=m["sentence"],
                head=lemmas[0],
                own=frozenset(lemmas),
                beside=sentences[m["sentence"]] - frozenset(lemmas),
                around={k: frozenset().union(*(_words(t["phrase"]) for t in beside if t["kind"] == k)) for k in _KINDS},
                before=_words(before["phrase"]) if before else frozenset(),
                after=_words(after["phrase"]) if after else frozenset(),
                tag=m["tag"],
                event=m.get("cluster"),
            )


def _pairs(corpus: _Corpus) -> Iterator[Pair]:
    topics: dict[object, list[int]] = defaultdict(list)
    for n, mention in enumerate(corpus.mentions):
        topics[mention.topic].append(n)
    return (pair for members in topics.values() for pair in combinations(members, 2))


@cache
def _learnt() -> tuple[HistGradientBoostingClassifier, "_Together"]:
    """What was learnt, and which words named one event how often, from the training part of ECB+."""
    corpus = _corpus(read_rows(bench_folder() / TRAINING))
    together = _Together(corpus)
    same = {pair: corpus.mentions[pair[0]].event == corpus.mentions[pair[1]].event for pair in _pairs(corpus)}
    # All pairs that can mislead, and a quarter of those that share nothing: the rest says nothing new.
    kept = [
        (i, j)
        for n, (i, j) in enumerate(same)
        if same[i, j] or corpus.mentions[i].own & corpus.mentions[j].own or n % 4 == 0
    ]
    seen = np.array([_features(corpus, pair, together, known=same[pair]) for pair in kept])
    model = HistGradientBoostingClassifier(
        max_depth=4,
        max_iter=150,
        learning_rate=0.08,
        l2_regularization=1.0,
        min_samples_leaf=40,
        early_stopping=False,
        random_state=0,
    )
    return model.fit(seen, [same[pair] for pair in kept]), together


class _Together:
    """How often two words named one event in one story."""

    def __init__(self, corpus: _Corpus) -> None:
        self._met: Counter[tuple[str, str]] = Counter()
        self._one: Counter[tuple[str, str]] = Counter()
        for i, j in _pairs(corpus):
            a, b = corpus.mentions[i], corpus.mentions[j]
            if a.story == b.story:
                self._met[_key(a, b)] += 1
                self._one[_key(a, b)] += a.event == b.event

    def share(self, a: _Mention, b: _Mention, *, known: bool | None) -> tuple[float, float]:
        """The share, and of how many; without the pair itself when its answer is `known`."""
        met, one = self._met[_key(a, b)], self._one[_key(a, b)]
        if known is not None and a.story == b.story:
            met, one = met - 1, one - known
        return (one + _UNSEEN[0]) / (met + _UNSEEN[1]), float(min(met, 20))


def _key(a: _Mention, b: _Mention) -> tuple[str, str]:
    return min(a.head, b.head), max(a.head, b.head)


def _features(corpus: _Corpus, pair: Pair, together: _Together, *, known: bool | None = None) -> list[float]:
    a, b = (corpus.mentions[n] for n in pair)
    alike = a.head == b.head
    weight = corpus.weight

    def shared(x: frozenset[str], y: frozenset[str]) -> float:
        least = min(fsum(weight.get(w, _RARE) for w in x), fsum(weight.get(w, _RARE) for w in y))
        return fsum(weight.get(w, _RARE) for w in x & y) / least if least else -1.0

    return [
        float(alike),
        float(bool(a.own & b.own)),
        shared(a.own, b.own),
        _common_start(a.head, b.head),
        *((-1.0, -1.0) if alike else together.share(a, b, known=known)),
        float(corpus.likeness[a.document, b.document]),
        float(a.story == b.story),
        float(a.tag == b.tag),
        float(a.document == b.document),
        shared(a.beside, b.beside),
        shared(a.before, b.before),
        shared(a.after, b.after),
        shared(a.before, b.after) + shared(a.after, b.before),
        *(shared(a.around[kind], b.around[kind]) for kind in _KINDS),
        float(a.head in b.beside) + float(b.head in a.beside),
        float(min(a.at, b.at)),
        float(abs(a.at - b.at)),
        weight.get(a.head, _RARE) + weight.get(b.head, _RARE),
    ]


def _common_start(a: str, b: str) -> float:
    length = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return length / max(1, min(len(a), len(b)))


def _words(text: str) -> frozenset[str]:
    return frozenset(_lemmas(text))


def _plain(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word not in ENGLISH_STOP_WORDS]


def _lemmas(text: str) -> list[str]:
    return [_lemma(word) for word in _WORD.findall(text) if telling_word(word, "en")]


@lru_cache(maxsize=65_536)
def _lemma(word: str) -> str:
    return str(simplemma.lemmatize(word.lower(), lang="en"))
