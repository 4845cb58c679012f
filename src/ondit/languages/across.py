"""Words that are looked up for every language at once: a name in an Arabic script may stand in a French report."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ondit.languages.packs import PackError

_HOME = Path(__file__).parent


@cache
def tables_across(name: str) -> Mapping[str, dict[str, Any]]:
    """The file `words/NAME.toml` of every language that has one, by ISO 639-1 code; `PackError` names a broken file."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(_HOME.glob(f"*/words/{name}.toml")):
        try:
            found[path.parts[-3]] = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise PackError(f"{path}: {error}") from error
    return found


@cache
def rows_across(name: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The rows (cells between tabs) of the word list `words/NAME` of every language that has one, by ISO 639-1 code."""
    return {
        path.parts[-3]: tuple(
            tuple(line.split("\t"))
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.strip() and not line.startswith("#")
        )
        for path in sorted(_HOME.glob(f"*/words/{name}"))
    }
