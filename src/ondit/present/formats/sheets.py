"""Tables as CSV (RFC 4180, UTF-8), in which no text can run as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ondit.present.claim_rows import harmless

Cell = str | int | float | date | None


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The header and each row as bytes; None is an empty cell, text that a spreadsheet would run is marked as text."""
    yield _line(columns)
    for row in rows:
        yield _line([_cell(cell) for cell in row])


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.5f}".rstrip("0").rstrip(".")
    return harmless(" ".join(cell.split("\n"))) if isinstance(cell, str) else str(cell)


def _line(cells: Sequence[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode("utf-8", "replace")
