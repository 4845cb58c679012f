"""What is published: everything that is read at run time is in the wheel, and every file and every shipped work has its licence."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REUSE = tomllib.loads((ROOT / "REUSE.toml").read_text("utf-8"))
USED = {id_ for table in REUSE["annotations"] for id_ in table["SPDX-License-Identifier"].split(" AND ")}


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """The files of the wheel and their sizes."""
    pytest.importorskip("build", reason="needs pip install -e '.[dev]'")
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), "."]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    with zipfile.ZipFile(next(target.glob("*.whl"))) as wheel:
        return {item.filename: item.file_size for item in wheel.infolist()}


def test_everything_of_the_package_is_in_the_wheel(members: dict[str, int]) -> None:
    files = {str(p.relative_to(ROOT / "src")) for p in (ROOT / "src/ondit").rglob("*") if p.is_file()}
    missing = {name for name in files if "__pycache__" not in name} - set(members)
    assert missing == set()
    assert "ondit/py.typed" in members
    assert not [name for name in members if name.endswith(".pyc") or name.startswith(("tests/", "evaluation/"))]


def test_the_wheel_brings_its_licences(members: dict[str, int]) -> None:
    told = {name.rpartition("/licenses/")[2] for name in members if "/licenses/" in name}
    assert told == {"LICENSE", "NOTICE", "REUSE.toml", *(f"LICENSES/{id_}.txt" for id_ in USED)}


def test_it_stays_small(members: dict[str, int]) -> None:
    """The aim is 60 MB installed, without what it depends on."""
    assert sum(members.values()) < 60_000_000


def test_every_licence_has_its_text_and_its_place_in_the_notice() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    notice = (ROOT / "NOTICE").read_text("utf-8")
    assert {p.stem for p in (ROOT / "LICENSES").glob("*.txt")} == USED
    assert set(project["license"].split(" AND ")) == USED
    assert [id_ for id_ in USED - {"Apache-2.0", "MIT"} if id_ not in notice] == []


def test_every_file_has_a_licence() -> None:
    pytest.importorskip("reuse", reason="needs pip install -e '.[dev]'")
    run = subprocess.run(["reuse", "lint"], cwd=ROOT, capture_output=True, text=True, check=False, env=_path())
    assert run.returncode == 0, run.stdout[-2000:]


def test_fragments_of_the_changelog_are_of_a_known_kind() -> None:
    kinds = {
        t["directory"] for t in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["towncrier"]["type"]
    }
    fragments = [p for p in (ROOT / "changes").glob("*") if p.name != "README.md"]
    assert [p.name for p in fragments if p.suffix != ".md" or p.stem.rpartition(".")[2] not in kinds] == []
    assert [p.name for p in fragments if not p.read_text("utf-8").strip()] == []


def _path() -> dict[str, str]:
    import os

    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
