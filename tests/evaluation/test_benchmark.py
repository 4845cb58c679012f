"""Sections of the benchmark run and tell what they found; how quick anything is, is never tested."""

import pytest

from evaluation.benchmark import copying, rows, storing
from evaluation.benchmark.rows import Row


def test_copies_and_keeping_are_measured_beside_others(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, bare = storing.rows(reports=3)
    assert kept.than == "bare SQLite"
    assert kept.value > 0 < bare.value

    def absent(_: object) -> object:
        raise rows.Absent("not installed")

    monkeypatch.setattr(copying, "_theirs", absent)
    (alone,) = copying.rows(number=200)
    assert "of the copies found 100.0 %" in alone.note
    assert "without datasketch: not installed" in alone.note


def test_a_row_has_digits_by_its_size() -> None:
    assert (
        str(Row("what", 0.1234, "MB/s", 2.5, "another", "note")).split()
        == "what 0.123 MB/s 2.50 × another note".split()
    )
    assert str(Row("what", 12_345.6, "a second")).split() == "what 12,346 a second".split()
