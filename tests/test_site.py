"""The documentation site: built strictly, complete, and without a request to anybody. The pages made from code are those in the repository."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import ondit

ROOT = Path(__file__).parents[1]
ASKED_FOR = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc=[\"']?(?:https?:)?//[^\s>]+|<link\b(?=[^>]*stylesheet|[^>]*preconnect)[^>]*href=[\"']?(?:https?:)?//[^\s>]+"
)


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("mkdocs", reason="the site needs pip install -e '.[docs]'")
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-3000:]
    return target


def test_every_page_is_on_the_site(site: Path) -> None:
    pages = {p.relative_to(ROOT / "docs").with_suffix(".html") for p in (ROOT / "docs").rglob("*.md")}
    missing = {p for p in pages if not (site / str(p).replace("README.html", "index.html")).exists()}
    assert missing == set()


def test_no_page_asks_anybody_for_anything(site: Path) -> None:
    asking = {
        page.name: found for page in site.rglob("*.html") if (found := ASKED_FOR.findall(page.read_text("utf-8")))
    }
    assert asking == {}
    styles = [
        style
        for style in site.rglob("*.css")
        if re.search(r"(?:url\(|@import )[\"']?(?:https?:)?//", style.read_text("utf-8"))
    ]
    assert styles == []


def test_every_public_name_is_on_the_page_on_python(site: Path) -> None:
    page = (site / "reference/python.html").read_text("utf-8")
    names = [name for name in ondit.__all__ if not name.startswith("_")]
    assert [name for name in names if not re.search(rf'id="ondit\.[\w.]*\b{name}"', page)] == []


def test_pages_made_from_code_are_up_to_date() -> None:
    for page, text in tool("reference_pages").pages().items():
        assert page.read_text("utf-8") == text, f"{page.name} is out of date: make reference"
