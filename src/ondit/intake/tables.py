"""Tables of posts (CSV, TSV) → a report a row: those of 4CAT and auto-archiver, and any other with a mapping of its columns.

Cells are text and stay as they are: what begins with =, +, - or @ is no formula here. What spreadsheet programs do to cells (cut them off,
turn long numbers into 1.23E+18) is told.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ondit.intake.formats import Format, Options, Origin, Source, warning
from ondit.intake.items import Piece, Received
from ondit.intake.records import FIELDS, Kind, kind_of, mapped, piece_of
from ondit.intake.utf8 import SoundUtf8, lines_of, problems_of
from ondit.model import Problem

_NAME = re.compile(r"\.(?:csv|tsv)$", re.IGNORECASE)
_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_DELIMITERS = ",;\t|"
_LONGEST_ROW = 5_000  # lines; beyond it a quotation mark was never closed
_RETRIES = 100  # how often the lines behind a broken row are read again as rows of their own
_FULL_CELL = 32_767  # characters that a cell of a spreadsheet can hold
_MANGLED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row and the line it begins in, or why it has none."""

    line: int
    cells: tuple[str, ...] = ()
    broken: str = ""


def likely(head: bytes, name: str) -> float:
    """Sure of a name, and of a header that is known."""
    if _NAME.search(name):
        return 0.95
    first = head.partition(b"\n")[0].strip(b"\xef\xbb\xbf\r")
    if not 0 < len(first) < _LONGEST_ROW or b"\x00" in first:
        return 0.0
    header = next(csv.reader([first.decode("utf-8", "replace")]), [])
    kind = kind_of(dict.fromkeys(header))
    return 0.7 if kind is not None and kind.name != "posts" else 0.0


def items(source: Source, options: Options) -> Iterator[Piece]:
    """The rows below the header."""
    with SoundUtf8(source) as stream:
        rows = _rows(_Lines(stream, options.max_bytes))
        header = next(rows, None)
        if header is None or header.broken:
            reason = header.broken if header else "there is no header"
            yield Problem(
                "broken-table",
                f"the header cannot be read: {reason}",
                "give the table a row of column names",
                source.name,
            )
            return
        names = tuple(cell.strip() for cell in header.cells)
        kind = _kind(names, options, source.name)
        if isinstance(kind, Problem):
            yield kind
            return
        for row in rows:
            yield _piece(row, names, kind, source.name, options)
        yield from problems_of(stream, source.name)


def _kind(names: tuple[str, ...], options: Options, source: str) -> Kind | Problem:
    """How the rows are read, or what is missing for it."""
    shown = ", ".join(name for name in names if name)[:300] or "none"
    unknown = [field for field in options.columns if field not in FIELDS]
    missing = [column for column in options.columns.values() if column not in names]
    if unknown:
        return Problem("no-such-field", f"there is no field '{unknown[0]}'", f"fields are {', '.join(FIELDS)}", source)
    if missing:
        return Problem("no-such-column", f"there is no column '{missing[0]}'", f"columns are {shown}", source)
    if options.columns:
        if "text" in options.columns:
            return mapped(options.columns)
    elif (kind := kind_of(dict.fromkeys(names))) is not None:
        return kind
    remedy = "say which column is which field: --map text=COLUMN,published=COLUMN"
    return Problem("no-column-mapping", f"which column is the text? columns are {shown}", remedy, source)


def _piece(row: _Row, names: tuple[str, ...], kind: Kind, source: str, options: Options) -> Piece:
    where = f"{source}:{row.line}"
    if row.broken:
        remedy = "look for a quotation mark or a separator too many or too few; the other rows were read"
        return Problem("broken-row", row.broken, remedy, where)
    record = {name: cell for name, cell in zip(names, row.cells, strict=True) if name}
    piece = piece_of(record, kind, _raw(kind.keep(record)), where, options)
    return _with_warnings(piece, Origin(name=where)) if isinstance(piece, Received) else piece


def _raw(record: Mapping[str, object]) -> bytes:
    """A table of this row alone."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(record)
    writer.writerow(record.values())
    return out.getvalue().encode("utf-8", "replace")


def _with_warnings(piece: Received, origin: Origin) -> Received:
    """What a spreadsheet program may have done to the cells."""
    told = []
    if len(piece.report.text) == _FULL_CELL:
        message = (
            f"the text has exactly {_FULL_CELL} characters, as many as a cell of a spreadsheet holds: it may be cut off"
        )
        told.append(warning("cut-off-cell", message, "export the table without a spreadsheet program", origin))
    if _MANGLED.fullmatch(piece.report.native_id):
        message = (
            f"the id '{piece.report.native_id}' was rounded by a spreadsheet program; other posts may have the same"
        )
        told.append(warning("mangled-id", message, "export the table without a spreadsheet program", origin))
    return (
        Received(piece.report, piece.raw, piece.where, piece.format, piece.edited, (*piece.problems, *told))
        if told
        else piece
    )


class _Lines:
    """Lines of a table for the reader of CSV, with the way back: lines can be read again from behind the first of a broken row."""

    def __init__(self, stream: SoundUtf8, limit: int) -> None:
        self._lines = lines_of(stream, limit, blank=True)
        self._again: deque[tuple[int, bytes | None]] = deque()
        self._taken: list[tuple[int, bytes | None]] = []

    @property
    def first(self) -> int:
        """The number of the first line of the row being read; 0 before there is one."""
        return self._taken[0][0] if self._taken else 0

    def begin(self) -> None:
        """A new row begins."""
        self._taken.clear()

    def back(self, *, whole: bool = False) -> None:
        """The lines of this row are read again, all but the first."""
        self._again.extendleft(reversed(self._taken[0 if whole else 1 :]))

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines, None)
        if line is None:
            raise StopIteration
        self._taken.append(line)
        if line[1] is None:
            raise csv.Error("a line of it is too long")
        if len(self._taken) > _LONGEST_ROW:
            raise csv.Error("a quotation mark is never closed")
        return line[1].decode("utf-8")


def _rows(lines: _Lines) -> Iterator[_Row]:
    """The rows that are not empty, the header first. A row that cannot be read costs one line: those behind it are read again."""
    csv.field_size_limit(2**31 - 1)  # lines have their own limit
    reader = csv.reader(lines, delimiter=_delimiter(lines), strict=True)
    width, retries = 0, 0
    while True:
        lines.begin()
        broken, cells = "", []
        try:
            cells = next(reader)
            width = width or len(cells)
            if cells and len(cells) != width:
                broken = f"the row has {len(cells)} cells, the header {width}"
        except StopIteration:
            return
        except csv.Error as error:
            broken = f"it is no row of CSV: {error}"
        if broken:
            yield _Row(lines.first, broken=broken)
            if retries < _RETRIES:
                retries += 1
                lines.back()
        elif any(cell.strip() for cell in cells):
            yield _Row(lines.first, tuple(cells))


def _delimiter(lines: _Lines) -> str:
    """What stands between cells: as the first line says ("sep=;", which spreadsheet programs write), or what is most often in the header."""
    try:
        first = next(lines, "")
    except csv.Error:
        return ","
    if stated := _SEPARATOR.fullmatch(first):
        return stated.group(1)
    lines.back(whole=True)
    return max(_DELIMITERS, key=first.count)


FORMAT = Format("table", likely, items, suffixes=(".csv", ".tsv"), many=True)
