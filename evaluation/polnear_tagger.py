"""A tagger of source, cue and content: an averaged perceptron over chains (Collins 2002), learnt from annotated articles.

It sees the words, our parse and the roles that the rules give (`polnear_features`), and words by the company they keep
(`polnear_clusters`). Articles are learnt a paragraph at a time.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pycrfsuite

from evaluation.bench import Row
from evaluation.polnear_clusters import clusters_of
from evaluation.polnear_features import Article, answers, features, read_article
from evaluation.polnear_joining import joined

_PARAMETERS = {"max_iterations": 12, "feature.minfreq": 2}


class Tagger:
    """A model in the bytes of CRFsuite, and the classes of words that it was learnt with."""

    def __init__(self, model: bytes, clusters: Mapping[str, str]) -> None:
        self._model = model  # read where it lies: it must live as long as what reads it
        self._clusters = clusters
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(model)

    def attributions(self, text: str) -> list[Row]:
        """The attributions of an article, in the scorer's words."""
        return [row for article in read_article(text) for row in joined(article.tokens, self.roles(article))]

    def roles(self, article: Article) -> list[str]:
        """The role of each token."""
        return [
            role
            for paragraph in article.paragraphs()
            for role in self._tagger.tag(features(article, paragraph, self._clusters))
        ]


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
        path = Path(scratch, "polnear.crfsuite")
        trainer.train(str(path))
        return Tagger(path.read_bytes(), clusters)
