"""The documentation is run: every command and every piece of Python that a reader may type, and every link they may follow."""

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from ondit.cli import main

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")


def page_name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def blocks(page: Path, language: str) -> list[str]:
    return [body for lang, body in FENCE.findall(page.read_text(encoding="utf-8")) if lang == language]


def commands(page: Path) -> list[tuple[str, list[str]]]:
    """The lines after a `$`, each with the lines of output that are shown below it."""
    found: list[tuple[str, list[str]]] = []
    for block in blocks(page, "console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.strip() and found:
                found[-1][1].append(line)
    return found


IDS = {"EVENT": ("h", 1), "CLAIM": ("c", 1), "OTHER": ("c", 2), "REPORT": ("r", 1), "DECISION": ("d", 1)}


def with_ids(command: str, outputs: list[str]) -> str:
    """The command with the ids that a reader would copy: the first of the latest output that has one; OTHER is of the one before."""
    for word, (letter, back) in IDS.items():
        if re.search(rf"\b{word}\b", command):
            found = [ids[0] for output in outputs if (ids := re.findall(rf"\b{letter}[0-9a-f]{{16}}\b", output))]
            command = re.sub(rf"\b{word}\b", found[-back], command)
    return command


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as a reader has it after cloning: examples and documentation, nothing else."""
    for name in ("examples", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def server(request: pytest.FixtureRequest) -> dict[str, str]:
    """What leads to the database `reports` of a page on PostgreSQL; nothing for other pages."""
    if "postgresql:///reports" not in request.getfixturevalue("page").read_text(encoding="utf-8"):
        return {}
    postgres = request.getfixturevalue("postgres")
    postgres.sql("DROP DATABASE IF EXISTS reports")
    postgres.sql("CREATE DATABASE reports TEMPLATE template0")
    return {"PGHOST": str(postgres.folder), "PGUSER": "owner"}


def in_shell(command: str, folder: Path, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """A command as a reader types it."""
    return subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def in_process(words: list[str], folder: Path, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """`ondit` with these words, in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    before = Path.cwd()
    with patch.dict(os.environ, environment), redirect_stdout(out), redirect_stderr(err):
        os.chdir(folder)
        try:
            code = main(words)
        finally:
            os.chdir(before)
    said = []
    for stream in (out, err):
        stream.flush()
        said.append(stream.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(words, code, *said)


SCHEDULER = "tcp://scheduler:8786"


@pytest.fixture
def scheduler(request: pytest.FixtureRequest) -> str:
    """The address that stands for the scheduler of a page on clusters."""
    if SCHEDULER not in request.getfixturevalue("page").read_text(encoding="utf-8"):
        return SCHEDULER
    return str(request.getfixturevalue("cluster").address)


@pytest.mark.parametrize("page", [p for p in PAGES if commands(p)], ids=page_name)
def test_commands_run_and_print_what_is_shown(page: Path, desk: Path, server: dict[str, str], scheduler: str) -> None:
    here = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{here}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "120", **server}
    outputs: list[str] = []
    here_now = desk
    for written, shown in commands(page):
        command = with_ids(written, outputs).replace(SCHEDULER, scheduler)
        words = shlex.split(command, comments=True)
        if words[0] == "cd":
            here_now = here_now / words[1]
            assert here_now.is_dir(), f"{page.name}: {command}"
            continue
        if words[0] == "make":
            # Dry: the targets must exist. CI runs them itself.
            run = subprocess.run(["make", "-n", *words[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
        else:
            assert words[0] in {"ondit", "python"}, f"{page.name}: nobody checks '{command}'"
            # A process of its own costs a second and shows nothing more, so only the first page that a newcomer sees pays for it.
            alone = page.name == "README.md" or words[0] != "ondit" or any(sign in command for sign in "|<>&;*")
            run = in_shell(command, here_now, environment) if alone else in_process(words[1:], here_now, environment)
        assert run.returncode == 0, f"{page.name}: {command}\n{run.stdout[-500:]}\n{run.stderr[-1500:]}"
        output = run.stdout + run.stderr
        outputs.append(run.stdout)
        for line in shown:
            pattern = ".*".join(re.escape(piece.strip()) for piece in line.split("…"))
            assert re.search(pattern, output), f"{page.name}: {command}\nshows {line!r}, but printed\n{output[-2000:]}"


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")], ids=page_name)
def test_python_runs(page: Path, desk: Path) -> None:
    program = "\n\n".join(blocks(page, "python"))
    run = subprocess.run(
        [sys.executable, "-W", "ignore::ResourceWarning", "-c", program],
        cwd=desk,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page_name(page)} links to {target}"


def test_every_page_is_reached_from_the_index() -> None:
    """Pages are found by following links from the index of the documentation."""
    seen: set[Path] = set()
    todo = [ROOT / "docs" / "README.md"]
    while todo:
        page = todo.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        links = LINK.findall(page.read_text(encoding="utf-8"))
        todo += [(page.parent / link).resolve() for link in links if not link.startswith("http")]
    unreached = {p for p in PAGES if (ROOT / "docs") in p.parents} - seen
    assert not unreached, f"docs/README.md leads to none of {sorted(map(page_name, unreached))}"


def test_every_dependency_has_its_sentence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    page = (ROOT / "docs/explanation/dependencies.md").read_text(encoding="utf-8")
    for requirement in declared:
        name = re.match(r"[\w.-]+", requirement)
        assert name
        assert f"**{name.group()}**" in page, (
            f"docs/explanation/dependencies.md does not say why {name.group()} is there"
        )


def test_the_architecture_page_names_every_package() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    packages = [p.parent.name for p in (ROOT / "src/ondit").glob("*/__init__.py")]
    modules = [p.name for p in (ROOT / "src/ondit").glob("*.py") if p.name != "__main__.py"]
    missing = [
        name
        for name in (*(f"{p}/" for p in packages), *modules)
        if f"├─ {name}" not in page and f"└─ {name}" not in page
    ]
    assert missing == []


def test_every_command_of_the_evaluation_is_documented() -> None:
    from evaluation.__main__ import _parser

    page = (ROOT / "docs/explanation/evaluation.md").read_text(encoding="utf-8")
    choices = next(a.choices for a in _parser()._actions if a.choices and "predict" in a.choices)
    assert [c for c in choices if f"python -m evaluation {c}" not in page] == []


def test_every_verb_is_documented() -> None:
    from ondit.cli import build_parser

    text = "".join(p.read_text(encoding="utf-8") for p in PAGES)
    verbs = next(a.choices for a in build_parser()._actions if a.choices and "read" in a.choices)
    assert [v for v in verbs if f"ondit {v}" not in text] == []


def test_examples_say_that_they_are_invented() -> None:
    examples = [p for p in (ROOT / "examples").glob("20*") if p.suffix in {".txt", ".html"}]
    assert len(examples) >= 8
    for example in examples:
        text = example.read_text(encoding="utf-8")
        first = text.partition("\n")[0] if example.suffix == ".txt" else text
        assert re.search(r"INVENTED EXAMPLE|EXEMPLE FICTIF", first), example.name
