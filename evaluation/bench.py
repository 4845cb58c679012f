"""Where the evaluation data lie, how their rows are read, and how their scorers are loaded. Nothing of them is in the repository."""

import importlib.util
import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

Row = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent


class NoBench(Exception):
    """The evaluation data are not here; the message says where they were looked for and what to do."""


class BadRows(Exception):
    """A file of rows cannot be read; the message names file and line."""


def bench_folder() -> Path:
    """The folder of the sets: `ONDIT_BENCH`, else `../shared/bench` beside the repository; raises `NoBench` when it is absent."""
    folder = Path(os.environ.get("ONDIT_BENCH") or ROOT.parent / "shared" / "bench")
    if not (folder / "scorers").is_dir():
        raise NoBench(
            f"no evaluation data at {folder}; set ONDIT_BENCH to the folder that holds the sets and their 'scorers' "
            "(the tests and the program itself do not need them)"
        )
    return folder


def read_rows(path: Path, *, named: bool = True) -> list[Row]:
    """The objects of a JSON Lines file, each with an `id` of its own if they are `named`; raises `BadRows` with the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise BadRows(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadRows(f"{path}: not UTF-8 (byte {error.start})") from error
    return list(_checked(path, lines, named=named))


def _checked(path: Path, lines: Iterable[str], *, named: bool) -> Iterator[Row]:
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadRows(f"{path}:{number}: not JSON ({error.msg})") from error
        if not isinstance(row, dict) or (named and "id" not in row):
            raise BadRows(f"{path}:{number}: not an object with an 'id'")
        if not named:
            yield row
            continue
        if row["id"] in seen:
            raise BadRows(f"{path}:{number}: the id {row['id']!r} occurs twice")
        seen.add(row["id"])
        yield row


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write rows as JSON Lines, through a neighbour file, so that a reader never sees half of them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    with partial.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    partial.replace(path)


def as_day(value: object) -> date | None:
    """The day an ISO date or time begins with; None for anything that names no day."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


@cache
def load_scorer(name: str) -> ModuleType:
    """The scorer `scorers/NAME.py` of the bench as a module."""
    path = bench_folder() / "scorers" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"ondit_bench_{name}", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise NoBench(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path[:] = before  # scorers put their own folder first
    return module
