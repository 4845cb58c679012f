"""What a user names (files, folders, globs, addresses) → sources, in an order that does not change."""

import glob
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from ondit.intake.formats import Source
from ondit.intake.items import Tally
from ondit.model import Problem

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_CHECK = "check the name and the folder"


def find_sources(
    named: Iterable[str | Path | Source], *, suffixes: frozenset[str]
) -> Iterator[Source | Problem | Tally]:
    """The sources that are meant, each once and in order; a folder gives the files of known endings in it, however deep.

    Names of files in a folder are sorted; hidden files, symbolic links and files of other endings are skipped and counted in the tally
    of the folder. A file that is named, or found by a glob, is taken whatever its ending.
    """
    seen: set[Path] = set()
    for name in named:
        for found in [name] if isinstance(name, Source) else _of_name(name, suffixes):
            if isinstance(found, Path):
                if (place := found.resolve()) not in seen:
                    seen.add(place)
                    yield Source.of_file(found)
            else:
                yield found


def _of_name(name: str | Path, suffixes: frozenset[str]) -> Iterator[Path | Source | Problem | Tally]:
    if isinstance(name, str) and _ADDRESS.match(name):
        yield Source.of_address(name)
        return
    path = Path(name)
    try:
        kind = path.stat().st_mode
    except (OSError, ValueError):
        yield from _of_glob(str(name), suffixes)
        return
    if stat.S_ISDIR(kind):
        yield from _of_folder(path, suffixes)
    elif stat.S_ISREG(kind):
        yield path
    else:
        yield _of_pipe(path)


def _of_glob(pattern: str, suffixes: frozenset[str]) -> Iterator[Path | Source | Problem | Tally]:
    """What a pattern finds, sorted; the shell has expanded it where there is one."""
    magic = glob.has_magic(pattern) and "\0" not in pattern
    found = sorted(map(Path, glob.glob(pattern, recursive=True))) if magic else []  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not found:
        message = "nothing matches this pattern" if magic else "there is no such file"
        yield Problem("no-such-file", message, _CHECK, pattern)
    for path in found:
        if path.is_dir():
            yield from _of_folder(path, suffixes)
        else:
            yield path


def _of_pipe(path: Path) -> Source | Problem:
    try:
        with path.open("rb") as stream:
            return Source.of_stream(str(path), stream)
    except OSError as error:
        return Problem("not-readable", f"it cannot be read: {error.strerror or error}", _CHECK, str(path))


def _of_folder(folder: Path, suffixes: frozenset[str]) -> Iterator[Path | Source | Problem | Tally]:
    skipped: Counter[str] = Counter()
    empty = True
    for found in walk_files(folder, suffixes, skipped):
        empty = False
        yield found
    if empty:
        message = "this folder has no file of a known ending"
        yield Problem("empty-folder", message, f"name the files themselves: {folder / '*'}", str(folder))
    yield Tally(str(folder), skipped=dict(sorted(skipped.items())))


def walk_files(folder: Path, suffixes: frozenset[str], skipped: Counter[str]) -> Iterator[Path | Problem]:
    """The files of known endings in a folder, however deep, in order; folders that cannot be read are told, what is left out is counted."""
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        reason = error.strerror or str(error)
        yield Problem(
            "not-readable", f"the folder cannot be read: {reason}", "change its permissions or copy it", str(folder)
        )
        return
    for path in entries:
        if path.name.startswith("."):
            skipped["hidden files"] += 1
        elif path.is_symlink():
            skipped["symbolic links"] += 1
        elif path.is_dir():
            yield from walk_files(path, suffixes, skipped)
        elif not path.is_file():
            skipped["no regular files"] += 1
        elif path.suffix.lower() in suffixes:
            yield path
        else:
            skipped[f"files ending in {path.suffix.lower()}" if path.suffix else "files without an ending"] += 1
