"""The command line of the evaluation, on made-up rows: no data from elsewhere needed."""

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation import __main__ as command
from evaluation import bench, figures, predicting, scoring, sets
from evaluation.figures import Figure, FloorError
from evaluation.tables import figure_table

ROWS = [
    {"id": f"KILLED-{n}", "lang": "en", "text": f"Text number {n}.", "claims": ["secret"], "events": {"E1": "secret"}}
    for n in range(23)
]


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch) -> None:
    """An adapter that predicts what it was shown."""
    monkeypatch.setattr(sets.Set, "adapter", lambda _: lambda row: {"seen": row})
    predicting._adapter.cache_clear()


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.usefixtures("echo")
def test_predict_shows_an_adapter_neither_labels_nor_ids(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "pred.jsonl"
    reports = write(tmp_path / "reports.jsonl", ROWS)
    assert command.main(["--processes", "1", "predict", "claims", "--reports", str(reports), "--out", str(out)]) == 0
    predictions = bench.read_rows(out)
    assert [p["id"] for p in predictions] == [row["id"] for row in ROWS]
    assert [p["seen"] for p in predictions] == [{"id": "", "lang": "en", "text": row["text"]} for row in ROWS]


@pytest.mark.usefixtures("echo")
def test_two_processes_predict_the_same_in_the_same_order() -> None:
    assert predicting.predict_rows("claims", ROWS, processes=2) == predicting.predict_rows("claims", ROWS)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b'{"id": "a"}\n{"id": \n', ":2: not JSON"),
        (b'{"id": "a"}\n\n["b"]\n', ":3: not an object with an 'id'"),
        (b'{"id": "a"}\n{"id": "a"}\n', ":2: the id 'a' occurs twice"),
        (b'{"id": "\xe9"}\n', "not UTF-8"),
        (None, "No such file"),
    ],
)
def test_rows_that_cannot_be_read_are_named_with_their_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, complaint: str
) -> None:
    path = tmp_path / "rows.jsonl"
    if content is not None:
        path.write_bytes(content)
    arguments = ["predict", "claims", "--reports", str(path), "--out", str(tmp_path / "out")]
    assert command.main(arguments) == command.WRONG_CALL
    assert complaint in capsys.readouterr().err


def test_without_the_data_a_command_says_so_and_has_a_code_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONDIT_BENCH", str(tmp_path / "nowhere"))
    for arguments in (["score", "polnear"], ["evaluate"], ["check"]):
        assert command.main(arguments) == command.NO_DATA
        assert "set ONDIT_BENCH" in capsys.readouterr().err


def test_an_unknown_set_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["score", "clams"]) == command.WRONG_CALL
    assert "there is no set 'clams'" in capsys.readouterr().err


FOUND = [
    Figure("claims", "claim F1", 70.0),
    Figure("claims", "claim F1", 60.0, "devtest"),
    Figure("geo/a", "AUC", None),
]


def test_a_figure_under_its_floor_is_named() -> None:
    short = figures.shortfalls(FOUND, {"claims": {"claim F1": 69.9}, "claims devtest": {"claim F1": 61.0}})
    assert [str(s) for s in short] == ["claims devtest: claim F1 is 60.0, its floor is 61.0"]


def test_a_figure_that_could_not_be_measured_is_under_any_floor() -> None:
    assert len(figures.shortfalls(FOUND, {"geo/a": {"AUC": 0.0}})) == 1


@pytest.mark.parametrize("floors", [{"claims": {"claim F2": 1.0}}, {"claim": {"claim F1": 1.0}}])
def test_a_floor_without_a_figure_is_a_mistake(floors: dict[str, dict[str, float]]) -> None:
    with pytest.raises(FloorError, match="nothing measures"):
        figures.shortfalls(FOUND, floors)


def test_the_shipped_floors_name_sets_that_exist() -> None:
    for where in figures.read_floors():
        sets.find_set(where.split(" ")[0])


def test_one_table_with_a_column_for_what_is_kept_apart() -> None:
    lines = figure_table([*FOUND, Figure("polnear", "cue token F1", 70.26)]).splitlines()
    assert lines[0].split() == ["set", "measure", "dev", "devtest", "number", "to", "beat"]
    assert lines[2].split() == ["claims", "claim", "F1", "70.0", "60.0"]
    assert lines[3].split() == ["geo/a", "AUC", "-"]
    assert lines[4].split()[:9] == ["polnear", "cue", "token", "F1", "70.3", "69", "CRF", "|", "82"]


def test_right_day_counts_a_missing_prediction_as_wrong() -> None:
    gold = [
        {"id": "1", "grain": "day", "begin": "2013-02-11T00:00:00"},
        {"id": "2", "grain": "day", "begin": "2013-02-12T00:00:00"},
        {"id": "3", "grain": "day", "begin": "2013-02-13T00:00:00"},
        {"id": "4", "grain": "hour", "begin": "2013-02-13T04:00:00"},
    ]
    found = {
        "1": {"timex": [{"start": 3, "end": 5, "begin": "2013-02-19"}, {"start": 0, "end": 9, "begin": "2013-02-11"}]},
        "2": {"timex": [{"start": 0, "end": 9, "begin": None}]},
    }
    assert scoring.right_day(gold, found) == pytest.approx(1 / 3)
    assert scoring.right_day([], found) is None
