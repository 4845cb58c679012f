"""Bad input through the whole chain: a clear problem or a correct reading, never a trace."""

import json
from pathlib import Path

import pytest

from ondit import codec
from ondit.cli import main
from tests.steps import steps

FR = "Selon l'armée, trois soldats ont été tués samedi à Samarra. "
EN = "Police said on Monday that two people were killed in Mosul. "

# name, bytes, exit codes that are right, codes of problems that must be told
CASES: list[tuple[str, bytes, set[int], set[str]]] = [
    ("empty", b"", {3}, {"empty-input"}),
    ("white space", b" \n\t\r\n", {3}, {"empty-input"}),
    ("binary", bytes(range(256)) * 4, {3}, {"binary-input"}),
    ("picture", b"\x89PNG\r\n\x1a\n" + FR.encode(), {3}, {"binary-input"}),
    ("windows-1252", FR.encode("cp1252"), {0}, {"guessed-encoding"}),
    ("utf-16", FR.encode("utf-16"), {0}, set()),
    ("cut in a character", FR.encode() + "é".encode()[:1], {0}, {"broken-characters"}),
    ("german", "Die Armee sagte, dass drei Soldaten am Montag in der Stadt getötet wurden.".encode(), {3}, {"no-language-pack"}),
    ("figures only", b"12 34 56 78", {3}, {"language-undecided"}),
    ("nested marks", ("«" * 10_000 + FR + "»" * 10_000 + "\n" + FR).encode(), {0}, set()),
    ("nested quotations", ("« il a dit " * 300 + FR + " »" * 300).encode(), {0}, set()),
    ("unbalanced", ("« " + FR + "» » « " + FR + " “ " + FR).encode(), {0}, set()),
    ("right to left and emoji", (FR + "قال الجيش 🚀👩🏽‍🚒 \u202e" + FR + "e\u0301 🇫🇷").encode(), {0}, set()),
    ("controls", (FR + "\x1b[2J\x07\x08\x7f" + FR).encode(), {0}, set()),
    ("page with scripts", f"<html><body><script>alert('leak')</script><p>{FR * 3}</p><img onerror=leak></body></html>".encode(), {0}, set()),
    ("page without text", b"<html><body><script>leak()</script></body></html>", {3}, {"no-text-in-page"}),
    ("impossible dates", ("Le 31 février 2021 et le 45/13/2020 à 29 h 99, " + FR).encode(), {0}, set()),
    ("one word", (FR + "a" * 200_000).encode(), {0}, set()),
    ("one figure", (FR + "9" * 20_000).encode(), {0}, set()),
    ("line ends", (FR + "\r\n" * 50_000 + FR).encode(), {0}, set()),
    ("marks on one letter", (FR + "e" + "\u0301" * 20_000).encode(), {0}, set()),
]  # fmt: skip


@pytest.fixture
def out_of(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Runs `ondit read` on bytes; gives the exit code, standard output and standard error."""
    monkeypatch.setenv("ONDIT_DATA", str(tmp_path / "data"))

    def run(data: bytes, *options: str) -> tuple[int, str, str]:
        file = tmp_path / "input"
        file.write_bytes(data)
        code = main(["read", str(file), *options])
        return (code, *capsys.readouterr())

    return run


@pytest.mark.parametrize(("data", "codes", "told"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_bad_input(data: bytes, codes: set[int], told: set[str], out_of, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = out_of(data, "--json", "--html", str(tmp_path / "page.html"))
    problems = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    assert code in codes
    assert {p["code"] for p in problems} >= told
    assert all(p["message"] and p["remedy"] and p["where"].startswith(str(tmp_path)) for p in problems)
    assert not [p for p in problems if p["code"] == "internal-error"]
    assert "leak" not in out
    if code == 0:
        reading = codec.decode(out)
        assert reading.claims
        assert "leak" not in (tmp_path / "page.html").read_text(encoding="utf-8")
    code, out, err = out_of(data)
    assert code in codes
    assert "\x1b" not in out + err
    assert "Traceback" not in err


@pytest.mark.parametrize("unit", [FR, EN], ids=["French", "English"])
def test_one_long_line_takes_linear_work(unit: str, out_of) -> None:  # type: ignore[no-untyped-def]
    """Four times the text may take six times the work: a quadratic stage would take sixteen."""
    short, long = ((unit * (size // len(unit))).encode() for size in (16_000, 64_000))
    assert out_of(long)[0] == 0
    assert steps(lambda: out_of(long)) < 6 * steps(lambda: out_of(short))
