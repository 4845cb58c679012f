"""The shape of the code: imports go one way, the model knows only the standard library, nothing of one machine is in a file."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "ondit"
MODULES = sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    if not linter.exists():
        pytest.skip("import-linter is not installed")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-3000:]


@pytest.mark.parametrize("path", sorted((SOURCE / "model").glob("*.py")), ids=name_of)
def test_the_model_is_standard_library_only(path: Path) -> None:
    for module in imports_of(path):
        top = module.split(".")[0]
        assert top in sys.stdlib_module_names or module.startswith("ondit.model"), f"{path.name} imports {module}"


def test_only_the_codec_knows_msgspec() -> None:
    users = [name_of(p) for p in MODULES if any(m.split(".")[0] == "msgspec" for m in imports_of(p))]
    assert users == ["src/ondit/codec.py"]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_prints_or_exits_outside_the_command_line(path: Path) -> None:
    if "cli" in path.relative_to(SOURCE).parts or path.name == "__main__.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"print", "sys.exit", "exit", "quit"}, f"{name_of(path)}:{node.lineno} calls {called}"
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{name_of(path)}:{node.lineno}: bare except"


def test_every_module_and_package_says_what_it_is_for() -> None:
    silent = [name_of(p) for p in MODULES if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))]
    assert silent == []


def test_no_folder_is_named_for_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "core", "misc", "manager"}
    assert [name_of(p) for p in SOURCE.rglob("*") if p.stem in vague] == []


def test_nothing_of_one_machine_is_in_a_tracked_file() -> None:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    machine = re.compile(rb"/home/[a-z]\w+/|/root/\.\w|/Users/[a-z]\w+/|" + re.escape(str(ROOT).encode()))
    for name in filter(None, listing.stdout.decode().split("\0")):
        path = ROOT / name
        if path.suffix in {".py", ".toml", ".md", ".txt", ".html", ".css", ".js", ".tsv", ""} and path.is_file():
            found = machine.search(path.read_bytes())
            assert found is None, f"{name} holds {found.group()!r}" if found else ""
