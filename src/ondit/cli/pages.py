"""Writes HTML pages: whole or not at all."""

import re
from collections.abc import Sequence
from pathlib import Path

import ondit
from ondit.model import Reading
from ondit.present.html import render_index, render_page

_ENGINE = f"ondit {ondit.__version__}"
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


class PageError(Exception):
    """A page could not be written; the message says where and what to do."""


def write_pages(pages: Sequence[tuple[str, Reading]], out: Path, *, several: bool) -> Path:
    """Write one page to `out`, or the pages of several inputs and an index into the folder `out`; what to open is returned."""
    if not several:
        return _write(out, render_page(pages[0][1], engine=_ENGINE))
    named = [(page_name(name, reading), reading) for name, reading in pages]
    for file_name, reading in named:
        _write(out / file_name, render_page(reading, engine=_ENGINE))
    return _write(out / "index.html", render_index(named))


def page_name(name: str, reading: Reading) -> str:
    """A file name that says what is in the page and is its own for each report."""
    stem = _NOT_IN_NAMES.sub("-", Path(name).stem).strip("-.") or "report"
    return f"{stem[:60]}-{reading.report.id[1:7]}.html"


def _write(path: Path, page: str) -> Path:
    aside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(page, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise PageError(
            f"{path}: error: the page cannot be written: {reason}; name another place [page-not-written]"
        ) from error
    return path
