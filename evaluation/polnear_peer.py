"""A published method beside ours on PolNeAR, scored by the same scorer: a CRF over words and parts of speech, trained on its train split.

The figures published for a CRF (van Timmeren) count cues of a single token; the scorer here counts every token of a cue ("has not
yet ruled out"). Only a CRF scored in the same way can be set beside ours. The model is trained on the spot and thrown away: PolNeAR may
be measured on, not shipped.
"""

import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from types import ModuleType

import pycrfsuite

from evaluation.bench import Row, bench_folder, load_scorer, read_rows
from evaluation.figures import Figure
from evaluation.polnear_features import Article, answers, read_article
from evaluation.polnear_joining import OUTSIDE, ROLES

_PARAMETERS = {"c1": 0.3, "c2": 0.05, "max_iterations": 80, "feature.possible_transitions": True, "feature.minfreq": 2}

Sentence = tuple[Article, range]


def figures(every: int = 1) -> list[Figure]:
    """Token F1 of source, cue and content on the development split; `every` n-th article is trained on."""
    folder = bench_folder() / "polnear"
    training, gold = (read_rows(folder / f"{name}.jsonl") for name in ("train", "dev"))
    with tempfile.TemporaryDirectory() as scratch:
        model = Path(scratch, "polnear.crfsuite")
        _train(training[::every], model)
        tagger = pycrfsuite.Tagger()
        tagger.open(str(model))
        predicted = {row["id"]: _predict(row, tagger) for row in gold}
        tagger.close()
    scorer = load_scorer("polnear")
    return [Figure("polnear", f"{role} token F1", _token_f1(scorer, role, gold, predicted)) for role in ROLES]


def _train(rows: Sequence[Row], model: Path) -> None:
    trainer = pycrfsuite.Trainer(verbose=False, params=_PARAMETERS)
    for row in rows:
        for article in read_article(row["text"]):
            roles = answers(article, row["attributions"])
            for sentence in _sentences(article):
                trainer.append(_features((article, sentence)), roles[sentence.start : sentence.stop])
    trainer.train(str(model))


def _predict(row: Row, tagger: pycrfsuite.Tagger) -> Row:
    """One attribution a run of tokens: token figures do not ask which runs belong together."""
    attributions = []
    for article in read_article(row["text"]):
        for sentence in _sentences(article):
            for at, role in zip(sentence, tagger.tag(_features((article, sentence))), strict=True):
                if role != OUTSIDE:
                    span = [article.tokens[at].start, article.tokens[at].stop]
                    attributions.append({name: [span] if name == role else [] for name in ROLES})
    return {"id": row["id"], "attributions": attributions}


def _sentences(article: Article) -> Iterator[range]:
    for _, places in groupby(range(len(article.tokens)), key=lambda at: article.tokens[at].sentence):
        at = list(places)
        yield range(at[0], at[-1] + 1)


def _features(sentence: Sentence) -> list[list[str]]:
    article, tokens = sentence
    keys = [article.keys[i] for i in tokens]
    tags = [article.tags[i] for i in tokens]
    capital = [article.words[i][0].isupper() for i in tokens]
    out = []
    for at, (key, tag) in enumerate(zip(keys, tags, strict=True)):
        found = ["b", f"w={key}", f"t={tag}", f"s={key[-3:]}", f"c={capital[at]:d}", f"p={min(at, 5)}"]
        for step in (-3, -2, -1, 1, 2, 3):
            inside = 0 <= at + step < len(keys)
            found += [f"w{step}={keys[at + step]}", f"t{step}={tags[at + step]}"] if inside else [f"w{step}=#"]
        found += [f"tt{i}={tags[at + i]}{tags[at + i + 1]}" for i in (-2, -1, 0, 1) if 0 <= at + i < len(keys) - 1]
        out.append(found)
    return out


def _token_f1(scorer: ModuleType, role: str, gold: Sequence[Row], predicted: dict[str, Row]) -> float:
    right = found = true = 0
    for row in gold:
        tokens = scorer.tokens_of(row["text"])
        sides = [
            frozenset[int]().union(*(scorer.covered(a[role], tokens) for a in side["attributions"]))
            for side in (row, predicted[row["id"]])
        ]
        right, true, found = right + len(sides[0] & sides[1]), true + len(sides[0]), found + len(sides[1])
    return 200 * right / (true + found)
