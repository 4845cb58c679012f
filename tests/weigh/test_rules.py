"""The three named rules on tables computed by hand."""

import pytest

from ondit.weigh.rules import RULES, Reported, aggregate_figures, aggregate_words

FIGURES = [
    # reports' figures            conservative representative informative
    ([], (None, None, None)),
    ([None, None], (None, None, None)),
    ([4], (4, 4, 4)),
    ([0, 2, 4, 4, 5], (0, 4, 5)),
    ([1, 2, 2, 3, 4, 4], (1, 2, 4)),  # two modes: the smaller
    ([7, None, 7, 30], (7, 7, 30)),
    ([3, 9], (3, 3, 9)),
]


@pytest.mark.parametrize("values, expected", FIGURES)
def test_figures(values: list[int | None], expected: tuple[int | None, ...]) -> None:
    assert tuple(aggregate_figures(rule, values) for rule in RULES) == expected


WORDS = [
    # value, precision (3 town, 2 district, 1 country), trust, certainty        conservative representative informative
    ([("Mopti", 3, 0, 0)], ("Mopti", "Mopti", "Mopti")),
    ([("Mopti", 3, 0, 0), ("Mali", 1, 0, 0), ("Mopti", 3, 0, 0)], ("Mali", "Mopti", "Mopti")),
    ([("Mopti", 3, 0, 0), ("Gao", 3, 0, 0)], (None, None, None)),  # a tie that nothing breaks stays open
    ([("Mopti", 3, 2, 0), ("Gao", 3, 1, 0)], ("Mopti", "Mopti", "Mopti")),  # the more trusted source
    ([("Mopti", 3, 1, 0), ("Gao", 3, 1, 1)], ("Gao", "Gao", "Gao")),  # equally trusted: the more certain one
    ([("Mopti", 3, 0, 0), ("Mali", 1, 0, 0), ("Mali", 1, 0, 0), ("Gao", 3, 1, 0)], ("Mali", "Mali", "Gao")),
    ([], (None, None, None)),
]  # fmt: skip


@pytest.mark.parametrize("rows, expected", WORDS)
def test_words(rows: list[tuple[str, int, float, float]], expected: tuple[str | None, ...]) -> None:
    reported = [Reported(*row) for row in rows]
    assert tuple(aggregate_words(rule, reported) for rule in RULES) == expected
