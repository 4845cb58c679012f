"""A tagger of source, cue and content: averaged perceptrons over chains (Collins 2002), learnt from annotated articles.

They see the words, our parse and the roles that the rules give (`polnear_features`), and words by the company they keep
(`polnear_clusters`); several of them vote. Articles are learnt a paragraph at a time.
"""

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pycrfsuite

from evaluation.bench import Row
from evaluation.polnear_clusters import clusters_of
from evaluation.polnear_features import Article, answers, features, read_article
from evaluation.polnear_joining import joined

_VOTERS = 3
_PARAMETERS = {"max_iterations": 10, "feature.minfreq": 2}


class Tagger:
    """Models that vote, and the classes of words that they were learnt with."""

    def __init__(self, models: Sequence[bytes], clusters: Mapping[str, str]) -> None:
        self._models = models  # a voter reads its model where it lies: it must live as long
        self._clusters = clusters
        self._voters = [pycrfsuite.Tagger() for _ in models]
        for voter, model in zip(self._voters, models, strict=True):
            voter.open_inmemory(model)

    def attributions(self, text: str) -> list[Row]:
        """The attributions of an article, in the scorer's words."""
        return [row for article in read_article(text) for row in joined(article.tokens, self.roles(article))]

    def roles(self, article: Article) -> list[str]:
        """The role of each token."""
        roles: list[str] = []
        for paragraph in article.paragraphs():
            seen = features(article, paragraph, self._clusters)
            roles += [_most(votes) for votes in zip(*(voter.tag(seen) for voter in self._voters), strict=True)]
        return roles


def _most(votes: Sequence[str]) -> str:
    """What most vote for; the first of those that as many vote for."""
    return Counter(votes).most_common(1)[0][0]


def learn(rows: Sequence[Row]) -> Tagger:
    """The tagger that annotated articles teach."""
    articles = [
        (article, answers(article, row["attributions"])) for row in rows for article in read_article(row["text"])
    ]
    clusters = clusters_of([article.lemmas for article, _ in articles])
    trainer = pycrfsuite.Trainer(algorithm="ap", params=_PARAMETERS, verbose=False)
    for article, roles in articles:
        for paragraph in article.paragraphs():
            trainer.append(features(article, paragraph, clusters), roles[paragraph.start : paragraph.stop])
    with tempfile.TemporaryDirectory() as scratch:
        models = []
        for number in range(_VOTERS):  # each goes through the paragraphs in an order of its own
            path = Path(scratch, f"{number}.crfsuite")
            trainer.train(str(path))
            models.append(path.read_bytes())
    return Tagger(models, clusters)
