"""Words of a user's own over the shipped packs, and what is said about mistakes in them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ondit.cli import main
from ondit.languages import PackError, install_layers, load_pack
from ondit.languages.checking import check_folder
from ondit.languages.packs import Pack
from ondit.ledger import Ledger
from ondit.model import Report
from ondit.pack_examples import check_examples, write_examples
from tests.contracts.ledger_reports import put

ROOT = Path(__file__).parents[2]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def layered(folder: Path, language: str = "en") -> Pack:
    shipped = load_pack(language)
    return Pack(language, shipped.folder, shipped.settings, layers=(folder / language,))


def test_lists_grow_and_tables_are_merged(tmp_path: Path) -> None:
    write(tmp_path, "en/words/actors.tsv", "# ours\nzorgites\trebel_group\n")
    write(tmp_path, "en/words/voices.toml", '[kinds]\nmedia = ["sahelpost"]\n')
    pack, shipped = layered(tmp_path), load_pack("en")
    assert pack.lines("actors.tsv") == (*shipped.lines("actors.tsv"), "zorgites\trebel_group")
    kinds, before = pack.table("words/voices")["kinds"], shipped.table("words/voices")["kinds"]
    assert kinds["media"] == [*before["media"], "sahelpost"]
    assert kinds["witness"] == before["witness"]
    assert shipped.table("words/voices")["kinds"]["media"][-1] != "sahelpost"


def test_the_forms_of_a_verb_come_with_it(tmp_path: Path) -> None:
    write(tmp_path, "en/words/reporting.tsv", "vlarp\tassert\ts q\tvlarps vlarped\n")
    assert layered(tmp_path).lines("reporting.forms.tsv")[-3:] == ("vlarp\tvlarp", "vlarps\tvlarp", "vlarped\tvlarp")


def test_layers_are_laid_before_anything_is_read(tmp_path: Path) -> None:
    load_pack("en")
    with pytest.raises(PackError, match="in use already"):
        install_layers((tmp_path,))
    with pytest.raises(PackError, match="no such folder"):
        install_layers((tmp_path / "no",))


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("en/words/reporting.tsv", "vow\tasert\ts\n", "reporting.tsv:1 unknown-class: 'asert' is no class here"),
        ("en/words/reporting.tsv", "# ours\nvow\n", "reporting.tsv:2 broken-pack-file: 1 columns"),
        ("en/words/actors.tsv", "a\tb\tc\n", "actors.tsv:1 broken-pack-file: 3 columns"),
        (
            "en/words/actor.tsv",
            "a\tb\n",
            "actor.tsv unknown-pack-file: nothing reads a file of this name; here are read: actors.tsv",
        ),
        ("en/words/voices.toml", "kinds = [", "voices.toml broken-pack-file: "),
        ("en/words/voices.toml", "kinds = 3", "voices.toml broken-pack-file: 'kinds' must be a dict"),
        ("en/code.py", "x", "code.py unknown-pack-file"),
        ("xx/words/actors.tsv", "a\tb\n", "xx no-pack"),
        ("actors.tsv", "a\tb\n", "no-pack: there is no folder of a language"),
    ],
)
def test_mistakes_are_told_with_file_and_line(tmp_path: Path, name: str, text: str, says: str) -> None:
    write(tmp_path, name, text)
    (problem,) = check_folder(tmp_path)
    assert says in f"{problem.where} {problem.code}: {problem.message}"
    assert problem.remedy


def test_words_that_are_no_utf8(tmp_path: Path) -> None:
    path = write(tmp_path, "fr/words/actors.tsv", "")
    path.write_bytes("armée\tstate_forces\n".encode("latin-1"))
    assert [p.code for p in check_folder(tmp_path)] == ["broken-pack-file"]


def test_good_words_are_not_complained_about(tmp_path: Path) -> None:
    for language in ("en", "fr"):
        shipped = load_pack(language).folder
        for file in (*shipped.glob("words/*"), *shipped.glob("grammar/*.toml"), *shipped.glob("examples/*.toml")):
            write(tmp_path, str(file.relative_to(shipped.parent)), file.read_text(encoding="utf-8"))
    assert list(check_folder(tmp_path)) == []


RIGHT = '[[yes]]\ntext = "The army said that two men were killed in Mosul."\nvoices = ["The army"]\ncue = "said"\ncontent = "two men were killed in Mosul"\nstance = "asserts"\n'


@pytest.mark.parametrize(
    ("examples", "code"),
    [
        (RIGHT, None),
        (RIGHT.replace("asserts", "denies"), "example-not-read"),
        (RIGHT.replace("asserts", "shouts"), "broken-pack-file"),
        (RIGHT.replace("voices", "voice"), "broken-pack-file"),
        ('[[no]]\ntext = "The weather is nice in Mosul."\n', None),
        ('[[no]]\ntext = "The army said that two men were killed in Mosul."\n', "example-not-read"),
        ('[[no]]\ntext = "The army said that two men were killed."\nnot = "said"\n', "example-not-read"),
        ("[[yes]", "broken-pack-file"),
    ],
)
def test_examples_are_read_by_the_engine(tmp_path: Path, examples: str, code: str | None) -> None:
    write(tmp_path, "en/examples/attribution.toml", examples)
    assert [p.code for p in check_examples(tmp_path, "en")] == ([code] if code else [])


def test_a_correction_becomes_a_failing_example(tmp_path: Path) -> None:
    with Ledger.open(":memory:", by="ana") as ledger:
        put(ledger.store)
        first, second = (
            f.claim.id
            for f in ledger.claims()
            if f.report.publisher == "Le Fil" and f.report.published.day.year == 2022
        )  # type: ignore[union-attr]
        ledger.edit(first, "stance", "possible", why="hearsay")
        ledger.reject(second, why="no denial")
        assert write_examples(list(ledger.examples()), tmp_path) == {tmp_path / "fr/examples/attribution.toml": 2}
        assert write_examples(list(ledger.examples()), tmp_path) == {}
    text = (tmp_path / "fr/examples/attribution.toml").read_text(encoding="utf-8")
    assert "# hearsay\n[[yes]]" in text
    assert 'not = "a démenti"' in text
    assert [p.code for p in check_examples(tmp_path, "fr")] == ["example-not-read", "example-not-read"]


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "ONDIT_DATA": str(folder / "data"),
    }
    command = [sys.executable, "-m", "ondit", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_folder_beside_the_ledger_is_taken_up_without_code(tmp_path: Path) -> None:
    write(tmp_path, "ondit-words/en/words/reporting.tsv", "vlarp\tassert\ts q\tvlarps vlarped vlarping\n")
    example = RIGHT.replace("said", "vlarped")
    write(tmp_path, "ondit-words/en/examples/attribution.toml", example)
    write(tmp_path, "report.txt", "The ministry vlarped that three soldiers were killed in Mosul.")
    checked = run(tmp_path, "pack", "check", "ondit-words")
    assert (checked.returncode, checked.stdout) == (0, "ondit-words: 2 files, nothing wrong\n"), checked.stderr
    read = run(tmp_path, "read", "report.txt", "--lang", "en", "--json")
    (claim,) = json.loads(read.stdout)["claims"]
    assert [voice["text"] for voice in claim["chain"]] == ["The ministry"]


def test_nothing_is_taught_by_a_report_without_a_language() -> None:
    from ondit.model import Shown
    from ondit.pack_examples import examples_of

    assert list(examples_of(Report("r1", "…"), Shown("r1"), {})) == []


def test_a_shipped_pack_is_checked_by_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "check", "es"]) == 0
    assert "nothing wrong" in capsys.readouterr().out
    assert main(["pack", "check", "tlh"]) == 3
