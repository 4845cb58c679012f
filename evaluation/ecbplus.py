"""Adapter of `ecbplus`: event mentions of ECB+, given, to events across documents."""

from collections.abc import Mapping, Sequence

from evaluation.bench import Row, load_scorer
from evaluation.coreference import conceal_clusters, predict_mentions
from evaluation.grouping import percent


def conceal(rows: Sequence[Row]) -> list[Row]:
    """The rows without the clusters of their mentions."""
    return conceal_clusters(rows)


def predict_all(rows: Sequence[Row]) -> list[Row]:
    """The event of each mention."""
    return predict_mentions(rows)


def score(gold: Sequence[Row], found: Mapping[str, Row], _texts: Sequence[Row]) -> list[tuple[str, float | None]]:
    """CoNLL F1, its three parts and LEA over the selected mentions."""
    result = load_scorer("coref").score(gold, list(found.values()))
    return percent(
        [
            ("CoNLL F1", result["CoNLL F1"]),
            *((f"{part} F1", result[part][2]) for part in ("MUC", "B3", "CEAF-e", "LEA")),
        ]
    )
