"""The command line end to end, through the real pipeline."""

import json
import os
import signal
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import jsonschema
import pytest

from ondit import codec, pipeline
from ondit.cli import build_parser, main
from ondit.cli.exit_codes import ExitCode

ROOT = Path(__file__).parents[2]
FRENCH = "Trois soldats ont été tués samedi à Samarra, selon l'armée. Le porte-parole a démenti toute attaque contre la base."
ENGLISH = "Police said on Monday that two people were killed in Mosul. The ministry denied the report."
GERMAN = "Die Armee sagte, dass drei Soldaten am Montag bei einem Angriff auf die Basis der Stadt getötet wurden."


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("ONDIT_DATA", str(tmp_path / "data"))
    Path("fr.txt").write_text(FRENCH, encoding="utf-8")
    Path("en.txt").write_text(ENGLISH, encoding="utf-8")
    Path("de.txt").write_text(GERMAN, encoding="utf-8")
    Path("empty.txt").touch()
    Path("page.html").write_text(
        f"<html><body><article><p>{ENGLISH}</p><script>var leak=1</script></article></body></html>"
    )
    Path("image.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    Path("folder").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("read fr.txt", 0),
        ("read fr.txt en.txt page.html", 0),
        ("read fr.txt empty.txt", 1),
        ("read empty.txt fr.txt de.txt", 1),
        ("read empty.txt", 3),
        ("read de.txt", 3),
        ("read missing.txt", 3),
        ("read folder image.png", 3),
        ("read", 2),
        ("", 2),
        ("write fr.txt", 2),
        ("read fr.txt --published 2022-02-31", 2),
        ("read fr.txt --published yesterday", 2),
        ("read fr.txt --lang xx", 2),
        ("read de.txt --lang fr", 0),
        ("explain fr.txt:10", 0),
        ("explain fr.txt:1:10", 0),
        ("explain fr.txt", 2),
        ("explain fr.txt:99999", 2),
        ("explain fr.txt:9:1", 2),
        ("explain missing.txt:1", 3),
        ("explain de.txt:1", 3),
        ("schema", 0),
        ("gazetteer show Samarra", 0),
        ("gazetteer show Qqqxzzy", 3),
        ("gazetteer import missing.zip", 3),
        ("gazetteer", 2),
        ("--version", 0),
        ("--help", 0),
        ("read --help", 0),
    ],
)
def test_exit_codes(desk: Path, arguments: str, code: int) -> None:
    assert main(arguments.split()) == code


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("read empty.txt", ["empty.txt: error:", "[empty-input]", "saved or downloaded"]),
        ("read de.txt", ["de.txt: error:", "German (de)", "[no-language-pack]", "--lang"]),
        ("read missing.txt", ["missing.txt: error:", "no such file", "[no-such-file]"]),
        ("read folder", ["folder: error:", "[empty-folder]", "name the files"]),
        ("read image.png", ["image.png: error:", "PNG", "[binary-input]"]),
        ("read fr.txt --published 2022-02-31", ["2022-02-31", "no day of the calendar", "YYYY-MM-DD"]),
        ("read fr.txt --lang de", ["no language pack for 'de'", "en, es, fr"]),
        ("explain fr.txt:9999", ["fr.txt: error:", f"{len(FRENCH)} characters"]),
        ("explain fr.txt", ["FILE:OFFSET", "FILE:LINE:COLUMN"]),
    ],
)
def test_problems_say_where_what_and_the_remedy(
    desk: Path, arguments: str, says: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(arguments.split())
    out, err = capsys.readouterr()
    assert not out
    assert all(words in err for words in says), err
    assert "Traceback" not in err


def test_the_table(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "fr.txt", "--published", "2022-01-30", "--publisher", "AFP"]) == ExitCode.ALL_READ
    out, err = capsys.readouterr()
    assert not err
    assert out.startswith("fr.txt · AFP\npublished 2022-01-30 (as given) · fr · ")
    assert "l'armée" in out
    assert "2022-01-29" in out
    assert "\x1b" not in out


def test_json_is_one_reading_a_line_after_the_schema(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["read", "fr.txt", "empty.txt", "en.txt", "--json", "--published", "2022-01-30"]) == ExitCode.SOME_FAILED
    )
    out, err = capsys.readouterr()
    documents = [json.loads(line) for line in out.splitlines()]
    assert [d["report"]["language"] for d in documents] == ["fr", "en"]
    validator = jsonschema.Draft202012Validator(codec.schema())
    for document, line in zip(documents, out.splitlines(), strict=True):
        validator.validate(document)
        assert document["claims"]
        assert codec.encode(codec.decode(line)).decode() == line
    (problem,) = [json.loads(line) for line in err.splitlines()]
    assert (problem["code"], problem["where"]) == ("empty-input", "empty.txt")


def test_python_gives_the_same_records(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["read", "fr.txt", "--json"])
    assert codec.decode(capsys.readouterr().out) == pipeline.read(FRENCH)


def test_standard_input(desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(FRENCH.encode("utf-16"))))
    assert main(["read", "-", "--json"]) == ExitCode.ALL_READ
    assert codec.decode(capsys.readouterr().out).report.text == FRENCH


def test_a_page(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "page.html", "--html", "out/deep/page.html"]) == ExitCode.ALL_READ
    page = Path("out/deep/page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "leak" not in page
    assert "wrote out/deep/page.html" in capsys.readouterr().err
    assert [p.name for p in Path("out/deep").iterdir()] == ["page.html"]


def test_several_pages_and_their_index(desk: Path) -> None:
    Path("other").mkdir()
    Path("other/fr.txt").write_text(FRENCH + " Fin.", encoding="utf-8")
    assert main(["read", "fr.txt", "other/fr.txt", "en.txt", "empty.txt", "--html", "pages"]) == ExitCode.SOME_FAILED
    names = sorted(p.name for p in Path("pages").iterdir())
    assert len(names) == 4
    index = Path("pages/index.html").read_text(encoding="utf-8")
    assert all(name in index for name in names if name != "index.html")


@pytest.mark.parametrize("out", ["folder", "fr.txt/page.html"])
def test_a_page_that_cannot_be_written(desk: Path, out: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "fr.txt", "--html", out]) == ExitCode.SOME_FAILED
    assert "[page-not-written]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("fr.txt:52", ["claim 1", "l'armée", "rules that fired here", "fr/", "what the engine saw here"]),
        ("en.txt:8", ["claim 1", "Police", "en/attribution"]),
    ],
)
def test_explain(desk: Path, place: str, says: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", place]) == ExitCode.ALL_READ
    out = capsys.readouterr().out
    assert all(words in out for words in says), out


def test_explain_says_why_nothing_fired(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("none.txt").write_text(
        "The weather is nice here today. It is a very good day for a walk in the park.", encoding="utf-8"
    )
    assert main(["explain", "none.txt:40"]) == ExitCode.ALL_READ
    out = capsys.readouterr().out
    assert "no reporting word" in out
    assert "no rule fired here" in out


def test_explain_as_json(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "fr.txt:50", "--json"]) == ExitCode.ALL_READ
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines
    assert all(set(line) == {"field", "rule", "spans", "reason"} for line in lines)


def test_imported_place_names_are_read(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = [
        "9999999",
        "Qarya Jadida",
        "Qarya Jadida",
        "",
        "33.9",
        "44.1",
        "P",
        "PPL",
        "IQ",
        "",
        "07",
        "",
        "",
        "",
        "1200",
        "",
        "41",
        "",
        "",
    ]
    Path("IQ.txt").write_text("\t".join(row) + "\nbroken line\n", encoding="utf-8")
    assert main(["gazetteer", "import", "IQ.txt"]) == ExitCode.SOME_FAILED
    out, err = capsys.readouterr()
    assert "1 place" in out
    assert err.startswith("IQ.txt:2: error:")
    assert main(["gazetteer", "show", "Qarya Jadida"]) == ExitCode.ALL_READ
    assert "33.900" in capsys.readouterr().out
    Path("new.txt").write_text(
        "The army said three soldiers were killed in Qarya Jadida in Iraq on Monday.", encoding="utf-8"
    )
    assert main(["read", "new.txt", "--json"]) == ExitCode.ALL_READ
    (event,) = codec.decode(capsys.readouterr().out).events
    assert "geonames:9999999" in [place.gazetteer_id for place in event.places]


POSTS = '{"text": "Police said that a bomb killed two people in Mosul."}\n{"text": \n{"text": "The army denied it."}\n'


def test_a_file_of_many_reports(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("posts.jsonl").write_text(POSTS, encoding="utf-8")
    assert main(["read", "posts.jsonl"]) == ExitCode.SOME_FAILED
    out, err = capsys.readouterr()
    assert out.index("posts.jsonl:1") < out.index("posts.jsonl:3")
    assert "posts.jsonl:2: error:" in err


def test_what_is_left_out_is_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("posts").mkdir()
    Path("posts/a.txt").write_text("Police said that a bomb killed two people in Mosul.", encoding="utf-8")
    Path("posts/b.jpg").write_bytes(b"")
    assert main(["read", "posts"]) == ExitCode.ALL_READ
    assert "posts: left out on purpose: files ending in .jpg (1)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("read http://127.0.0.1/report", "[fetch-needs-consent]"),
        ("read http://127.0.0.1/report --fetch", "[private-address]"),
        ("read http://[::1]:8080/ --fetch --contact desk@news.example", "[private-address]"),
    ],
)
def test_addresses_need_consent_and_must_be_public(
    arguments: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments.split()) == ExitCode.NOTHING_READ
    assert says in capsys.readouterr().err


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == ExitCode.ALL_READ
    assert capsys.readouterr().out == codec.schema_text()


def test_verbs_options_and_exit_codes_are_documented() -> None:
    page = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    parsers = [("ondit", build_parser())]
    while parsers:
        name, parser = parsers.pop()
        for action in parser._actions:
            if isinstance(action.choices, dict):
                parsers += [(f"{name} {verb}", sub) for verb, sub in action.choices.items()]
            for option in action.option_strings:
                assert option in page or option == "-h", f"docs/reference/cli.md does not name {option} of {name}"
        assert name in page
    codes = (ROOT / "docs/reference/exit-codes.md").read_text(encoding="utf-8")
    for code in ExitCode:
        assert f"| {code.value} | {code.meaning} |" in codes


def test_problem_codes_are_documented() -> None:
    page = (ROOT / "docs/reference/exit-codes.md").read_text(encoding="utf-8")
    sources = [
        *(ROOT / "src/ondit/intake").glob("*.py"),
        *(ROOT / "src/ondit/cli").glob("*.py"),
        ROOT / "src/ondit/normalise/languages.py",
    ]
    for source in sources:
        for call in ("Problem(", "error(", "warning(", "_refused("):
            for piece in source.read_text(encoding="utf-8").split(call)[1:]:
                code = piece.strip()[1:].split('"')[0]
                if piece.strip().startswith('"') and "-" in code and " " not in code:
                    assert f"`{code}`" in page, f"docs/reference/exit-codes.md does not name {code}"


def run(*arguments: str, **kwargs: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ondit", *arguments], capture_output=True, text=True, check=False, **kwargs
    )  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("module", ["msgspec", "trafilatura", "marisa_trie", "pycrfsuite", "ondit.pipeline"])
def test_help_loads_no_engine(module: str) -> None:
    program = f"import sys, ondit.cli; ondit.cli.main(['--help']); sys.exit('{module}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], stdout=subprocess.DEVNULL, check=False).returncode == 0


def test_a_closed_pipe_is_no_error(desk: Path) -> None:
    many = " ".join(["fr.txt"] * 300)
    command = f"{sys.executable} -m ondit read {many} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=desk)
    assert done.stdout.startswith("fr.txt")
    assert done.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_interrupting_is_clean(desk: Path) -> None:
    reader, writer = os.pipe()
    # A job in the background ignores interrupts, and so do its children: this one does not.
    program = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from ondit.cli import main; sys.exit(main(['read', 'fr.txt', '-']))"
    )
    process = subprocess.Popen([sys.executable, "-u", "-c", program], stdin=reader, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, cwd=desk)  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "fr.txt\n"  # it is read, and standard input is next
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    os.close(writer)
    os.close(reader)
    assert process.returncode == ExitCode.INTERRUPTED
    assert "interrupted" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("arguments", [["read", "fr.txt"], ["read", "fr.txt", "--no-color"]])
def test_colour_only_on_a_terminal(desk: Path, arguments: list[str]) -> None:
    pty = pytest.importorskip("pty")
    for environment, coloured in (
        (({}), "--no-color" not in arguments),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ):
        chunks: list[bytes] = []
        pid, terminal = pty.fork()
        if pid == 0:
            os.execve(
                sys.executable,
                [sys.executable, "-m", "ondit", *arguments],
                {**os.environ, "TERM": "xterm", **environment},
            )
        while True:
            try:
                chunk = os.read(terminal, 65_536)
            except OSError:
                break
            if not chunk:
                break
            chunks.append(chunk)
        os.waitpid(pid, 0)
        os.close(terminal)
        assert (b"\x1b[" in b"".join(chunks)) == coloured
