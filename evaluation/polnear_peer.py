"""A published method beside ours on PolNeAR, scored by the same scorer: a CRF over words and parts of speech, trained on its train split.

The figures published for a CRF (van Timmeren) count cues of a single token; the scorer here counts every token of a cue ("has not
yet ruled out"). Only a CRF scored in the same way can be set beside ours. The model is trained on the spot and thrown away: PolNeAR may
be measured on, not shipped.
"""

import tempfile
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pycrfsuite

from evaluation.bench import Row, bench_folder, load_scorer, read_rows
from evaluation.figures import Figure
from ondit.languages import load_pack
from ondit.model import Report
from ondit.normalise import normalise
from ondit.normalise.windows import windows
from ondit.read.engines.rules.engine import parse_document
from ondit.read.engines.rules.units import Parse, token_range

ROLES = ("source", "cue", "content")
_OUTSIDE = "outside"
_LANGUAGE = "en"
_PARAMETERS = {"c1": 0.3, "c2": 0.05, "max_iterations": 80, "feature.possible_transitions": True, "feature.minfreq": 2}

Sentence = tuple[Parse, range]


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
        for sentence in _sentences(row["text"]):
            trainer.append(_features(sentence), _labels(sentence, row["attributions"]))
    trainer.train(str(model))


def _predict(row: Row, tagger: pycrfsuite.Tagger) -> Row:
    """One attribution a run of tokens: token figures do not ask which runs belong together."""
    attributions = []
    for parse, tokens in _sentences(row["text"]):
        for at, role in zip(tokens, tagger.tag(_features((parse, tokens))), strict=True):
            if role != _OUTSIDE:
                span = [parse.tokens.starts[at], parse.tokens.stops[at]]
                attributions.append({name: [span] if name == role else [] for name in ROLES})
    return {"id": row["id"], "attributions": attributions}


def _sentences(text: str) -> Iterator[Sentence]:
    pack = load_pack(_LANGUAGE)
    for window in windows(normalise(Report(id="", text=text, language=_LANGUAGE), pack)):
        parse = parse_document(window, pack)
        for span in window.sentences:
            first, last = token_range(parse.tokens, span)
            if first < last:
                yield parse, range(first, last)


def _features(sentence: Sentence) -> list[list[str]]:
    parse, tokens = sentence
    keys = [parse.tokens.keys[i] for i in tokens]
    tags = [parse.tags[i] for i in tokens]
    capital = [parse.text[parse.tokens.starts[i]].isupper() for i in tokens]
    out = []
    for at, (key, tag) in enumerate(zip(keys, tags, strict=True)):
        found = ["b", f"w={key}", f"t={tag}", f"s={key[-3:]}", f"c={capital[at]:d}", f"p={min(at, 5)}"]
        for step in (-3, -2, -1, 1, 2, 3):
            inside = 0 <= at + step < len(keys)
            found += [f"w{step}={keys[at + step]}", f"t{step}={tags[at + step]}"] if inside else [f"w{step}=#"]
        found += [f"tt{i}={tags[at + i]}{tags[at + i + 1]}" for i in (-2, -1, 0, 1) if 0 <= at + i < len(keys) - 1]
        out.append(found)
    return out


def _labels(sentence: Sentence, attributions: Sequence[Row]) -> list[str]:
    """The role of each token; a cue inside a content or source stays a cue."""
    parse, tokens = sentence
    labels = [_OUTSIDE] * len(tokens)
    for role in ("content", "source", "cue"):
        for start, stop in (span for a in attributions for span in a[role]):
            low = bisect_left(parse.tokens.stops, start + 1)
            for at in range(max(low, tokens.start), tokens.stop):
                if parse.tokens.starts[at] >= stop:
                    break
                labels[at - tokens.start] = role
    return labels


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
