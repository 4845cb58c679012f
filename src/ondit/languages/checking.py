"""Looks at a folder of words before it is used: names of files, columns, classes, each mistake with its file and line."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ondit.languages.packs import PackError, read_lines, read_toml, shipped_folder, shipped_folders
from ondit.model import Problem

_DATA = {".toml", ".tsv", ".txt"}
_MANY = 80  # a column of more different values is no column of classes
_MODELS = "models"  # what was trained is no data to write


def check_folder(folder: Path) -> Iterator[Problem]:
    """The problems of a folder of words; raises nothing."""
    languages = sorted(p for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []
    if not languages:
        remedy = "put files into a folder named for the language: fr/words/reporting.tsv"
        yield Problem("no-pack", "there is no folder of a language in it", remedy, str(folder))
    for language in languages:
        if shipped_folder(language.name) is None and not (language / "pack.toml").is_file():
            remedy = "name it for the language (ISO 639-1: fr, en), or add a pack.toml for a new language"
            yield Problem("no-pack", f"there is no pack '{language.name}' that it could add to", remedy, str(language))
            continue
        yield from check_language(language)


def check_language(language: Path) -> Iterator[Problem]:
    """The problems of the folder of one language: of a user's, or of a shipped pack."""
    own = shipped_folder(language.name)
    folders = (own,) if own is not None and own != language else shipped_folders()
    for path in sorted(p for p in language.rglob("*") if p.is_file()):
        name = path.relative_to(language)
        if name.parts[0] != _MODELS:
            yield from _check_file(path, name, [like for folder in folders if (like := folder / name).is_file()])


def _check_file(path: Path, name: Path, alike: Sequence[Path]) -> Iterator[Problem]:
    """What is wrong with a file; `alike` are the shipped files of its name, in its own language or, for a new one, in all."""
    if path.suffix not in _DATA or not alike:
        beside = (shipped_folder(path.parents[len(name.parts) - 1].name) or shipped_folders()[0]) / name.parent
        known = sorted(p.name for p in beside.glob("*") if p.suffix in _DATA) if beside.is_dir() else []
        here = f"; here are read: {', '.join(known)}" if known else ""
        message = f"nothing reads a file of this name{here}"
        yield Problem("unknown-pack-file", message, "correct the name, or take the file away", str(path))
        return
    try:
        if path.suffix == ".toml":
            yield from _check_table(path, alike)
        elif path.suffix == ".tsv":
            yield from _check_columns(path, alike)
        else:
            read_lines(path)
    except PackError as error:
        yield Problem("broken-pack-file", str(error), "correct the file", str(path))


def _check_table(path: Path, alike: Sequence[Path]) -> Iterator[Problem]:
    known: dict[str, type] = {key: type(value) for like in alike for key, value in read_toml(like).items()}
    for key, value in read_toml(path).items():
        if path.parent.name != "examples" and key in known and type(value) is not known[key]:
            message = f"'{key}' must be a {known[key].__name__}, not a {type(value).__name__}"
            yield Problem("broken-pack-file", message, "write it as the shipped file does", str(path))


def _check_columns(path: Path, alike: Sequence[Path]) -> Iterator[Problem]:
    rows = [line.split("\t") for like in alike for line in read_lines(like)]
    fewest, most = min(map(len, rows)), max(map(len, rows))
    classes = Counter(row[1] for row in rows if len(row) > 1)
    closed = len(classes) <= _MANY and not path.name.endswith((".forms.tsv", "demonyms.tsv"))
    read_lines(path)  # tells when the file is no UTF-8
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        where = f"{path}:{number}"
        if not fewest <= len(columns) <= most:
            message = f"{len(columns)} columns; a line of {path.name} has {fewest}{f' to {most}' if most > fewest else ''}, with tabs between"
            yield Problem("broken-pack-file", message, f"see {path.name} of a shipped pack", where)
        elif closed and len(columns) > 1 and columns[1] not in classes:
            known = ", ".join(sorted(classes))
            yield Problem("unknown-class", f"'{columns[1]}' is no class here", f"use one of: {known}", where)
