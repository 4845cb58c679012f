"""What comes out of a source, one item at a time, in the order in which it stands there.

One source (a file, a feed, an archive …) may hold one report or a million. It is never read wholly into memory unless it is one report.

- `Received`: a report, the bytes that it was made of, and its place;
- `Problem`: something that was not read, with its place and what to do; what stands before and beside it arrives all the same;
- `Tally`: the last item of each source: how many reports came, how many failed, what was skipped on purpose, the hash of the whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from ondit.model import Problem, Report


@dataclass(frozen=True, slots=True)
class Received:
    """A report, the bytes it was made of, and where they stand in the source.

    `raw` is what is worth keeping of this report alone, and `report.sha256` its hash: the file, the line, the attachment, the page as
    they are; an item of a larger JSON document, feed or table in a fixed form that the same format reads again. `where` is the place
    ("result.json item 17", "posts.csv:12"), `format` the name of the format. `edited` is the moment (ISO 8601, UTC) at which the item
    was last edited as the source says, "" when it does not: an edited post has other bytes and so another report id, but the same
    series (publisher, native id). `problems` are warnings about this report alone.
    """

    report: Report
    raw: bytes
    where: str
    format: str = ""
    edited: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """The end of one source: how many reports came out of it, how many items failed, what was skipped on purpose (what → how often).

    `sha256` and `size` are those of the whole source as it was received; "" and 0 for a folder, or when it could not be read.
    """

    where: str
    reports: int = 0
    failed: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    sha256: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that a format leaves out on purpose (a service message, a picture). Formats give it; it arrives in the `Tally`."""

    what: str
    count: int = 1


def placed(piece: "Piece", inner: str, where: str) -> "Piece":
    """The piece with its place in the source: what begins with the name of the inner source begins with `where` instead."""
    if isinstance(piece, Skipped) or not inner:
        return piece
    place = where + piece.where.removeprefix(inner)
    if isinstance(piece, Problem):
        return replace(piece, where=place)
    problems = tuple(replace(p, where=where + p.where.removeprefix(inner)) for p in piece.problems)
    return replace(piece, where=place, problems=problems)


Item: TypeAlias = Received | Problem | Tally
Piece: TypeAlias = Received | Problem | Skipped
