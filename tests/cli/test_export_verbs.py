"""The verbs that give events to others and take them back, as typed."""

import json
from pathlib import Path

import pytest

from ondit.cli import main
from tests.present.formats.dossiers import folder
from tests.present.formats.reading_back import FORMATS, READERS


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the settled ledger of the example."""
    here = tmp_path_factory.mktemp("desk")
    assert (
        main(
            [
                "add",
                str(folder() / "reports"),
                "--ledger",
                str(here / "ondit.ledger"),
                "--sources",
                str(folder() / "sources.toml"),
            ]
        )
        == 0
    )
    assert main(["settle", "--ledger", str(here / "ondit.ledger")]) == 0
    return here


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing in it, to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ondit(*words: str, desk: Path) -> int:
    return main([*words, "--ledger", str(desk / "ondit.ledger")])


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written(name: str, desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out" / "x"
    assert ondit("export", name, "--out", str(target), "--json", desk=desk) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["format"], told["file"], told["about"]) == (name, str(target), f"{target}.about.json")
    about = json.loads(Path(told["about"]).read_text("utf-8"))
    assert told["events"] == about["counts"]["events_written"] > 0
    assert sorted(p.name for p in target.parent.iterdir()) == ["x", "x.about.json"]


def test_the_list_is_of_what_is_registered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == sorted(READERS)
    assert main(["export", "--list", "--json"]) == 0
    assert all(row["rule"] for row in json.loads(capsys.readouterr().out))


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["export"], 2, "name a format and a file"),
        (["export", "acled"], 2, "name a format and a file"),
        (["export", "excel", "--out", "x"], 2, "there is no format 'excel'"),
        (
            ["export", "acled", "--out", "x", "--redact", "everything"],
            2,
            "'everything' is nothing that can be redacted",
        ),
        (["export", "acled", "--out", "x", "--redact-names", "n.txt"], 2, "--redact-names goes with --redact"),
        (["export", "acled", "--out", "x", "--redact", "all", "--redact-key", "no.key"], 2, "no.key: No such file"),
        (["export", "acled", "--out", "x", "--type", "picnic"], 2, "'picnic' is no type of happening"),
        (["import-ledger", "no.jsonl"], 4, "no.jsonl: No such file"),
        (["import-annotations", "no.json"], 2, "no.json: No such file"),
    ],
)
def test_wrong_usage(
    words: list[str], code: int, says: str, desk: Path, empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ondit(*words, desk=desk) == code
    assert says in capsys.readouterr().err
    assert list(empty.iterdir()) == []


def test_the_same_key_gives_the_same_file_and_no_key_another(desk: Path, tmp_path: Path) -> None:
    key, names = tmp_path / "key", tmp_path / "names.txt"
    key.write_bytes(b"a secret that is long")
    names.write_text("Tahoua\n\n", "utf-8")
    for name in ("a", "b"):
        assert (
            ondit(
                "export",
                "html",
                "--out",
                str(tmp_path / name),
                "--redact",
                "all",
                "--redact-key",
                str(key),
                "--redact-names",
                str(names),
                desk=desk,
            )
            == 0
        )
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert b"Tahoua" not in (tmp_path / "a").read_bytes()
    for name in ("c", "d"):
        assert ondit("export", "html", "--out", str(tmp_path / name), "--redact", "persons", desk=desk) == 0
    assert (tmp_path / "c").read_bytes() != (tmp_path / "d").read_bytes()


def test_a_file_that_is_there(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "a.csv"
    assert ondit("export", "acled", "--out", str(target), desk=desk) == 0
    assert ondit("export", "acled", "--out", str(target), desk=desk) == 2
    assert "write over it with --force" in capsys.readouterr().err
    assert ondit("export", "acled", "--out", str(target), "--force", desk=desk) == 0


def test_annotations_come_in(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ondit("export", "jsonl", "--out", str(tmp_path / "l.jsonl"), desk=desk) == 0
    copy = ["--ledger", str(tmp_path / "copy.ledger")]
    assert main(["import-ledger", str(tmp_path / "l.jsonl"), *copy]) == 0
    assert "57 reports, 0 decisions, 0 removals taken back" in capsys.readouterr().out
    assert main(["export", "inception", "--out", str(tmp_path / "in.zip"), *copy]) == 0
    assert main(["import-annotations", str(tmp_path / "in.zip"), "--gold", str(tmp_path / "gold.jsonl"), *copy]) == 0
    assert len((tmp_path / "gold.jsonl").read_text("utf-8").splitlines()) == 56
    capsys.readouterr()
    assert main(["import-annotations", str(tmp_path / "in.zip"), "--dry-run", *copy]) == 0
    dry = capsys.readouterr().out.splitlines()
    assert dry[-1].endswith("accepted, 0 edited, 0 added, 0 rejected (nothing was decided)")
    assert main(["import-annotations", str(tmp_path / "in.zip"), *copy]) == 0
    assert f"{len(dry) - 1} accepted" in capsys.readouterr().out
    assert main(["import-annotations", str(tmp_path / "in.zip"), *copy]) == 0
    assert "0 accepted, 0 edited" in capsys.readouterr().out
