"""Adapter of `meantime`: event mentions of Wikinews articles, given, to events across documents. Nothing is learnt from this set."""

from collections.abc import Mapping, Sequence

from evaluation.bench import Row, load_scorer
from evaluation.coreference import conceal_clusters, predict_mentions
from evaluation.grouping import percent

_EVENT = "EVENT_MENTION"


def conceal(rows: Sequence[Row]) -> list[Row]:
    """The rows without the clusters of their mentions."""
    return conceal_clusters(rows)


def predict_all(rows: Sequence[Row]) -> list[Row]:
    """The event of each mention; ids of mentions are unique within a document only."""
    return predict_mentions(rows)


def score(gold: Sequence[Row], found: Mapping[str, Row], _texts: Sequence[Row]) -> list[tuple[str, float | None]]:
    """CoNLL F1 over the event mentions that have a cluster."""
    told = [
        {"id": f"{name}#{m['id']}", "cluster": m["cluster"]} for name, row in found.items() for m in row["mentions"]
    ]
    rows = [
        {
            "id": row["id"],
            "mentions": [
                {**m, "id": f"{row['id']}#{m['id']}", "kind": "event"}
                for m in row["mentions"]
                if m["tag"] == _EVENT and m.get("cluster")
            ],
        }
        for row in gold
    ]
    result = load_scorer("coref").score(rows, told)
    return percent([("CoNLL F1", result["CoNLL F1"]), ("B-cubed F1", result["B3"][2])])
