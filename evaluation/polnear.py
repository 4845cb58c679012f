"""Adapter of `polnear`: attributions by a tagger that sees what the rules read. `polnear-rules` are those of the rules alone.

What PolNeAR annotates is wider than a claim, and where its cues end is a habit of its annotators. Both are learnt from its training
split each time the adapter runs; its texts may be learnt from, not redistributed, so nothing learnt is shipped. Without the training split, and for texts that are part of it, the rules are all there is.
"""

import sys
from collections.abc import Mapping, Sequence

from evaluation.bench import BadRows, NoBench, Row, bench_folder, load_scorer, read_rows
from evaluation.polnear_joining import ROLES
from evaluation.polnear_spans import attributions
from evaluation.polnear_tagger import learn

TRAINING = "polnear/train.jsonl"


def conceal(rows: Sequence[Row]) -> list[Row]:
    """The rows as they are: the answers are fields that no adapter sees."""
    return list(rows)


def predict_all(rows: Sequence[Row]) -> list[Row]:
    """The attributions of each article."""
    training = _training()
    known = {row["text"] for row in training}
    tagger = learn(training) if training and any(row["text"] not in known for row in rows) else None
    return [
        predict_by_rules(row)
        if tagger is None or row["text"] in known
        else {"id": row["id"], "attributions": tagger.attributions(row["text"])}
        for row in rows
    ]


def predict_by_rules(row: Row) -> Row:
    """The attributions of an article as the rules read them."""
    return {"id": row["id"], "attributions": [a.as_row() for a in attributions(row["text"])]}


def _training() -> list[Row]:
    try:
        return read_rows(bench_folder() / TRAINING)
    except (BadRows, NoBench) as error:
        print(f"polnear: read by the rules alone, there is nothing to learn from ({error})", file=sys.stderr)
        return []


def score(gold: Sequence[Row], found: Mapping[str, Row], _texts: Sequence[Row]) -> list[tuple[str, float | None]]:
    """Token F1 of the three roles and F1 of whole attributions."""
    result = load_scorer("polnear").score(gold, found)
    tokens = [(f"{role} token F1", 100.0 * result[role, "token"][2]) for role in ROLES]
    return [*tokens, ("attribution F1", 100.0 * result["attribution"][2])]
