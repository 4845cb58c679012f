"""Sets whose rows are read together: the adapters see numbers for names, and never the figures that are to be predicted."""

import json
from pathlib import Path

import pytest

from evaluation import __main__ as command
from evaluation import bench, maverick_weigh, truth
from evaluation.bench import BadRows, Row
from evaluation.predicting import predict_rows


def report(event: str, classification: int, deaths: int, n: int = 0) -> Row:
    return {
        "id": f"{event}-{classification}-{n}", "event_id": event, "source_classification": classification, "deaths_best": deaths,
        "deaths_low": deaths, "deaths_high": deaths, "date_start": "2007-12-30", "date_end": "2007-12-30",
    }  # fmt: skip


REPORTS = [
    report("KE-1", 4, 28), report("KE-1", 2, 30), report("KE-1", 2, 30, 1), report("KE-1", 1, 17),  # reputable and lesser ones
    report("KE-2", 2, 5), report("KE-2", 1, 5),  # nobody reputable
    report("KE-3", 3, 5),  # nobody else
]  # fmt: skip


def test_the_figures_of_the_most_reputable_source_are_taken_away() -> None:
    shown = maverick_weigh.conceal([{**row, "id": row["event_id"]} for row in REPORTS])
    assert ["deaths_best" in row for row in shown] == [False, True, True, True, True, True, False]


def test_events_with_a_reputable_and_a_lesser_source_are_predicted_from_the_lesser() -> None:
    assert predict_rows("maverick-weigh", REPORTS) == [{"id": "KE-1", "deaths": 30}]


def test_whatever_the_most_reputable_source_says_changes_no_prediction() -> None:
    changed = [{**row, "deaths_best": 999} if row["source_classification"] >= 3 else row for row in REPORTS]
    assert predict_rows("maverick-weigh", changed) == predict_rows("maverick-weigh", REPORTS)


def test_the_score_names_the_mode_and_the_interval() -> None:
    figures = dict(maverick_weigh.score(REPORTS, {"KE-1": {"deaths": 28}}, REPORTS))
    assert figures["events"] == 1
    assert (figures["deaths right"], figures["mode of the lesser reports right"]) == (100, 0)
    assert figures["difference, 2.5 %"] == figures["difference, 97.5 %"] == 100


CLAIMS = [
    {"source": "1: Ann", "object": "gao|Population2006", "value": "57978", "time": "null"},
    {"source": "0 (10.0.0.1)", "object": "gao|Population2006", "value": "999999", "time": "null"},
    {"source": "2: Bot", "object": "gao|Population2006", "value": "999999", "time": "null"},
    {"source": "1: Ann", "object": "mopti|Population2006", "value": "108456", "time": "null"},
]


def test_who_repeats_an_editor_without_an_account_does_not_outvote_the_first(tmp_path: Path) -> None:
    reports, out = tmp_path / "claims.jsonl", tmp_path / "pred.jsonl"
    reports.write_text("".join(json.dumps(row) + "\n" for row in CLAIMS), encoding="utf-8")
    assert command.main(["predict", "truth", "--reports", str(reports), "--out", str(out)]) == 0
    assert bench.read_rows(out) == [
        {"id": "gao|Population2006", "value": "57978"},
        {"id": "mopti|Population2006", "value": "108456"},
    ]


def test_adapters_see_numbers_for_names(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Row] = []
    monkeypatch.setattr(truth, "predict_all", lambda rows: seen.extend(rows) or [])
    predict_rows("truth", CLAIMS)
    assert [row["id"] for row in seen] == ["0", "0", "0", "1"]
    assert all(row.keys() == {"id", "source", "value"} for row in seen)


def test_rows_of_another_kind_are_named() -> None:
    with pytest.raises(BadRows, match="has no 'object'"):
        predict_rows("truth", [{"id": "a", "text": "b"}])
