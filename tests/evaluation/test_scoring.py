"""The scorers of the bench, called as they are: the answers themselves get full marks. Skipped where the data are not."""

from pathlib import Path

import pytest

from evaluation.bench import NoBench, bench_folder, read_rows
from evaluation.scoring import DEVTEST, SEED, development_rows, gold_rows, score_rows
from evaluation.sets import SETS

try:
    BENCH: Path | None = bench_folder()
except NoBench:
    BENCH = None

pytestmark = pytest.mark.skipif(BENCH is None, reason="no evaluation data; set ONDIT_BENCH")

PARTS = [(s.name, part) for s in SETS.values() if not s.together for part in s.files if not part.endswith("_ar")]


@pytest.mark.parametrize(("name", "part"), PARTS, ids=lambda x: x)
def test_the_answers_get_full_marks(name: str, part: str) -> None:
    known = SETS[name]
    texts = development_rows(known, part)[:40]
    gold = gold_rows(known, part, texts)
    assert len(gold) == len(texts)
    for figure in score_rows(known, part, gold, gold, texts):
        perfect = 0.0 if figure.measure == "AUC of error" else 100.0
        assert figure.value is None or figure.value == pytest.approx(perfect), figure


def test_devtest_and_the_seed_are_among_the_reports() -> None:
    assert BENCH is not None
    ids = {row["id"] for row in read_rows(BENCH / SETS["claims"].files[""])}
    assert len(DEVTEST) == 15
    assert {*DEVTEST, SEED} <= ids
