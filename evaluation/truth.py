"""Truth discovery: from claims {source, object, value} to the value of each object that is believed.

The order of the claims about an object is taken for the order in which they were made (the bench breaks ties by it, too). Editors without an
account, written "0 (address)", are voices without a name.
"""

import hashlib
from collections.abc import Mapping, Sequence
from itertools import product

from evaluation.bench import Row, load_scorer
from ondit.weigh.truth import Vote, accu, believed, investment, majority, pooled_investment, weigh_repeats

Scores = list[tuple[str, float | None]]

_NO_ACCOUNT = "0 ("
# What is fixed on one half of the objects and scored on the other: how much a repeated value adds, and the exponent of Investment.
_REPEATED, _GROWTH = (0.05, 0.1, 0.2), (1.1, 1.2, 1.4)


def conceal(rows: Sequence[Row]) -> Sequence[Row]:
    """Nothing to hide: the answers are in another file."""
    return rows


def predict_all(rows: Sequence[Row]) -> list[Row]:
    """The value of every object that Investment believes, on votes in which repeating adds little."""
    return _rows(believed(investment(_weighed(rows, "id"))))


def _rows(values: Mapping[str, str]) -> list[Row]:
    return [{"id": object_, "value": value} for object_, value in values.items()]


def _votes(rows: Sequence[Row], about: str) -> list[Vote]:
    return [Vote(row["source"], row[about], row["value"]) for row in rows]


def _weighed(rows: Sequence[Row], about: str, **shares: float) -> list[Vote]:
    return weigh_repeats(_votes(rows, about), is_unnamed=lambda source: source.startswith(_NO_ACCOUNT), **shares)


def score(gold: Sequence[Row], found: Mapping[str, Row], rows: Sequence[Row]) -> Scores:
    """Accuracy of what was predicted, of the other methods, and of parameters fixed on half of the objects, on the other half."""
    votes = _weighed(rows, "object")
    others = {
        "majority": majority(_votes(rows, "object")),
        "Investment, every claim a voice": investment(_votes(rows, "object")),
        "majority, repeats folded": majority(votes),
        "PooledInvestment": pooled_investment(votes),
        "Accu": accu(votes),
    }
    figures = [("accuracy", _accuracy(gold, {o: row["value"] for o, row in found.items()}))]
    figures += [(f"accuracy, {name}", _accuracy(gold, believed(beliefs))) for name, beliefs in others.items()]
    return [*figures, *_halves(gold, rows)]


def _accuracy(gold: Sequence[Row], values: Mapping[str, str]) -> float | None:
    scorer = load_scorer("truth")
    return 100.0 * float(scorer.score(gold, values)["accuracy"]) if gold else None


def _halves(gold: Sequence[Row], rows: Sequence[Row]) -> Scores:
    parts: tuple[list[Row], list[Row]] = ([], [])
    for row in gold:
        parts[hashlib.sha256(row["id"].encode()).digest()[0] % 2].append(row)
    tried = {
        (repeated, growth): believed(investment(_weighed(rows, "object", repeated=repeated), growth=growth))
        for repeated, growth in product(_REPEATED, _GROWTH)
    }
    figures: Scores = []
    right = 0.0
    for fixing, scoring, name in ((parts[0], parts[1], "second"), (parts[1], parts[0], "first")):
        best = max(tried.values(), key=lambda values: _accuracy(fixing, values) or 0.0)
        value = _accuracy(scoring, best)
        figures.append((f"accuracy on the {name} half, fixed on the other", value))
        right += (value or 0.0) * len(scoring)
    return [("accuracy, parameters fixed on the other half", right / len(gold) if gold else None), *figures]
