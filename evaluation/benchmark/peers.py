"""The tools that ondit is compared with: dateparser's search and a spaCy CNN pipeline trained here on a treebank."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from evaluation.bench import NoBench, bench_folder
from evaluation.benchmark.measuring import Speed, speed_of
from evaluation.benchmark.rows import Absent

_TREEBANKS = {"fr": "fr_sequoia-train.conllu", "en": "en_ewt-train.conllu"}
_STEPS = 300
_BATCH = 24  # sentences

_CONFIG = """
[nlp]
lang = "{language}"
pipeline = ["tok2vec", "tagger", "parser"]

[components]

[components.tok2vec]
factory = "tok2vec"

[components.tok2vec.model]
@architectures = "spacy.HashEmbedCNN.v2"
pretrained_vectors = null
width = 96
depth = 4
embed_size = 2000
window_size = 1
maxout_pieces = 3
subword_features = true

[components.tagger]
factory = "tagger"

[components.tagger.model]
@architectures = "spacy.Tagger.v2"
nO = null

[components.tagger.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 96

[components.parser]
factory = "parser"

[components.parser.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "parser"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true
nO = null

[components.parser.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 96
"""


def dateparser_speed(reports: Sequence[str], language: str) -> Speed:
    """`dateparser.search.search_dates` with the language and the reference day given: its fastest way."""
    try:
        from dateparser.search import search_dates
    except ImportError as error:
        raise Absent("dateparser is not installed (pip install 'ondit[benchmark]')") from error

    settings = {"RELATIVE_BASE": datetime(2024, 3, 16)}

    def search(text: str) -> object:
        return search_dates(text, languages=[language], settings=settings)

    search(reports[0])
    return speed_of(search, reports)


def spacy_speed(reports: Sequence[str], language: str, *, quick: bool = False) -> Speed:
    """Tagging and parsing with a small CNN pipeline, trained for a few hundred steps (speed does not depend on how well)."""
    try:
        import spacy  # noqa: F401
    except ImportError as error:
        raise Absent("spaCy is not installed (pip install 'ondit[benchmark]')") from error
    try:
        treebank = bench_folder() / "ud" / _TREEBANKS[language]
    except NoBench as error:
        raise Absent("no treebank to train on; set ONDIT_BENCH") from error
    if not treebank.is_file():
        raise Absent(f"no treebank at {treebank}")
    nlp = _trained(language, treebank, _STEPS // 10 if quick else _STEPS)
    nlp(reports[0])
    return speed_of(nlp, reports)


def _trained(language: str, treebank: Path, steps: int) -> Any:
    import spacy
    from spacy.training import Example
    from thinc.api import Config

    nlp = spacy.util.load_model_from_config(Config().from_str(_CONFIG.format(language=language)), auto_fill=True)
    gold = [d for words in islice(_sentences(treebank), 3000) if (d := _doc(nlp.vocab, words)) is not None]
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in gold]
    optimizer = nlp.initialize(lambda: examples[:500])
    rng = random.Random(0)  # noqa: S311 - a shuffle, not a secret
    for _ in range(steps):
        nlp.update(rng.sample(examples, min(_BATCH, len(examples))), sgd=optimizer, drop=0.1)
    return nlp


def _sentences(path: Path) -> Iterator[list[list[str]]]:
    """The syntactic words of each sentence of a CoNLL-U file, as columns."""
    words: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line:
            if words:
                yield words
            words = []
        elif line[0] != "#" and (columns := line.split("\t"))[0].isdigit():
            words.append(columns)
    if words:
        yield words


def _doc(vocab: Any, words: list[list[str]]) -> Any:
    from spacy.tokens import Doc

    forms = [w[1] for w in words]
    if any(not form.strip() or " " in form for form in forms):
        return None
    return Doc(
        vocab,
        words=forms,
        spaces=["SpaceAfter=No" not in w[9] for w in words],
        tags=[w[3] for w in words],
        heads=[int(w[6]) - 1 if w[6] != "0" else i for i, w in enumerate(words)],
        deps=[w[7] for w in words],
    )
