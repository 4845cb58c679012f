"""The shipped tables: rows of tab-separated cells under a header, names in a cell between semicolons, comments with #."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from ondit.model import ActorKind, Source, SourceKind

HOME = Path(__file__).parent
LANGUAGES = ("en", "fr", "ar")
"""Columns with names, the first name of the first of them being the one an entry goes by."""


class TableError(Exception):
    """A shipped table is broken: a mistake of whoever changed it; the message says file and line."""


def rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of a table by column, with their line numbers from 1; cells left out at the end of a row are empty."""
    columns: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not columns:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise TableError(f"{path}:{number}: {len(cells)} cells under {len(columns)} columns")
        yield number, dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))


def listed(cell: str) -> tuple[str, ...]:
    """What stands between semicolons."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


@cache
def shipped_sources() -> Mapping[str, Source]:
    """The shipped entries by id, in the order of their files; raises `TableError` for a broken row."""
    found: dict[str, Source] = {}
    for path in sorted((HOME / "entries").glob("*.tsv")):
        for number, row in rows(path):
            try:
                source = _source(row)
            except (KeyError, ValueError) as error:
                raise TableError(f"{path}:{number}: {error}") from error
            if source.id in found:
                raise TableError(f"{path}:{number}: '{source.id}' is there already")
            found[source.id] = source
    return found


def _source(row: Mapping[str, str]) -> Source:
    names = tuple(dict.fromkeys(name for language in LANGUAGES for name in listed(row.get(language, ""))))
    if not row["id"] or not names:
        raise ValueError("an entry needs an id and a name")
    actor = row.get("actor", "")
    return Source(
        id=row["id"],
        name=names[0],
        kind=SourceKind(row["kind"]),
        names=names,
        actor=ActorKind(actor) if actor else None,
        camps=listed(row.get("camps", "")),
        owner=row.get("owner", ""),
        country=row.get("country", ""),
        languages=listed(row.get("languages", "")),
    )
