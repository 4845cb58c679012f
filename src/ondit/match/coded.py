"""Reads tables of coded events; what each column means is data (`tables.toml`)."""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ondit.model import Problem, Severity
from ondit.ontology import code_of, crosswalk_table, event_types
from ondit.ontology.countries import countries
from ondit.registry import nations
from ondit.text.folding import fold_name

_DAYS = ("%Y-%m-%d", "%d %B %Y", "%d-%b-%Y", "%d %b %Y", "%Y/%m/%d", "%Y%m%d")
_DELIMITERS = ",;\t|"
_LONGEST_FIELD = 4 * 1024 * 1024
_SPLIT = re.compile(r"\s*;\s*")
_RADIUS = 10.0  # km, where a table does not say how exact a place is


class NotCoded(ValueError):
    """A file that is no table of coded events; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One row of somebody's table: days are inclusive, coordinates WGS84 degrees, `types` those of ondit's that its code may stand for.

    Figures are the killed (and `injured`) as coded; None where the cell is empty. `row` is its number in the file, from 2.
    """

    id: str
    row: int
    first: date | None
    last: date | None
    types: frozenset[str]
    code: str
    place: str
    country: str
    lat: float | None
    lon: float | None
    radius: float
    low: int | None = None
    best: int | None = None
    high: int | None = None
    injured: tuple[int | None, int | None] = (None, None)
    actors: tuple[str, ...] = ()
    source: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class CodedTable:
    """A table: whose it is, its events, and what was wrong with rows."""

    kind: str
    title: str
    events: Sequence[CodedEvent]
    problems: Sequence[Problem] = ()


@cache
def kinds() -> Mapping[str, Mapping[str, Any]]:
    """The kinds of tables that are known."""
    return tomllib.loads(Path(__file__).with_name("tables.toml").read_text(encoding="utf-8"))


def read_coded(path: Path, kind: str = "") -> CodedTable:
    """The events of a table, told by its columns unless `kind` names it; raises `NotCoded` when it is none or cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise NotCoded(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise NotCoded(f"{path}: no UTF-8 ({error}); save the table as CSV in UTF-8") from error
    csv.field_size_limit(_LONGEST_FIELD)
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [_column(name) for name in next(rows, [])]
        found = kind or _kind_of(columns)
        if found not in kinds():
            known = "; ".join(f"{name}: {', '.join(table['known'])}" for name, table in kinds().items())
            raise NotCoded(
                f"{path}: no table of coded events that is known; needed are the columns of one of these: {known}"
            )
        table = kinds()[found]
        events: list[CodedEvent] = []
        problems: list[Problem] = []
        for number, cells in enumerate(rows, 2):
            if any(cells):
                event = _event(_Row(dict(zip(columns, cells, strict=False)), table), number)
                events.append(event)
                problems += _wrong(event, f"{path}:{number}")
    except csv.Error as error:
        raise NotCoded(f"{path}: no sound CSV: {error}") from error
    return CodedTable(found, table["title"], events, problems)


def _column(name: str) -> str:
    return re.sub(r"\W+", "_", name.strip().lower())


def _kind_of(columns: Sequence[str]) -> str:
    return next((name for name, table in kinds().items() if set(table["known"]) <= set(columns)), "")


class _Row:
    """One row by the fields of its kind of table."""

    def __init__(self, cells: Mapping[str, str], table: Mapping[str, Any]) -> None:
        self._cells, self.table = cells, table

    def texts(self, field: str) -> Iterator[str]:
        """The filled columns of a field; the mark that keeps them from running in a spreadsheet is taken off."""
        for column in self.table.get(field, ()):
            value = self._cells.get(column, "").strip()
            if value:
                yield value[1:] if value.startswith("'") and value[1:2] in tuple("=+-@") else value

    def text(self, field: str) -> str:
        """The first filled column of a field."""
        return next(self.texts(field), "")

    def number(self, field: str) -> int | None:
        """A whole number, None when there is none."""
        value = self.text(field).replace(",", "")
        try:
            return int(float(value)) if value else None
        except (ValueError, OverflowError):
            return None

    def degrees(self, field: str, most: float) -> float | None:
        """Degrees within a bound, None when there are none."""
        try:
            value = float(self.text(field).replace(",", "."))
        except ValueError:
            return None
        return value if -most <= value <= most else None

    def day(self, field: str) -> date | None:
        """A day, None when there is none."""
        return parse_day(self.text(field))


def parse_day(text: str) -> date | None:
    """A day as the tables write it ("2024-03-14", "14 March 2024", a time behind it is left away); None when it is none.

    >>> parse_day("14 March 2024"), parse_day("2024-03-14 00:00:00.000"), parse_day("soon")
    (datetime.date(2024, 3, 14), datetime.date(2024, 3, 14), None)
    """
    text = re.sub(r"[T ]\d\d?:\d\d.*$", "", text.strip())
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _event(row: _Row, number: int) -> CodedEvent:
    first, last = row.day("first"), row.day("last") or row.day("first")
    spread = timedelta(row.table.get("spread", {}).get(row.text("precision"), 0))
    return CodedEvent(
        id=row.text("id") or f"row {number}",
        row=number,
        first=first - spread if first else None,
        last=last + spread if last else None,
        types=_types(row),
        code=row.text("type"),
        place=row.text("place") or row.text("division"),
        country=_country(row),
        lat=row.degrees("lat", 90),
        lon=row.degrees("lon", 180),
        radius=float(row.table.get("radius", {}).get(row.text("geo"), _RADIUS)),
        low=row.number("low"),
        best=row.number("best"),
        high=row.number("high"),
        injured=(row.number("injured_low"), row.number("injured_high")),
        actors=tuple(name for cell in row.texts("actors") for name in _SPLIT.split(cell) if name),
        source=row.text("source"),
        notes=row.text("notes"),
    )


def _types(row: _Row) -> frozenset[str]:
    """The types that a code may stand for: those whose crosswalk leads to it."""
    codebook = row.table["codes"]
    if codebook == "fixed":
        return frozenset(row.table["types"])
    code = row.text("type")
    if codebook == "ucdp":  # the parties decide between its three codes, not the type
        return frozenset(name for name in event_types() if code_of(name, "ucdp") is not None)
    return frozenset(name for name in event_types() if code in _codes(name, codebook))


@cache
def _codes(type_: str, codebook: str) -> frozenset[str]:
    subtypes = event_types()[type_].subtypes
    codes = {code_of(type_, codebook), *(code_of(type_, codebook, subtype=s) for s in subtypes)}
    for table in ("armed_target", "state_perpetrator"):
        codes |= {crosswalk_table(codebook, table).get(code) for code in tuple(codes)}
    return frozenset(code for code in codes if code)


def _country(row: _Row) -> str:
    """The country's alpha-2 code, by its number or its name; "" when neither is known."""
    numeric = row.number("numeric")
    by_number = next((c.code for c in countries().values() if numeric is not None and c.numeric == numeric), "")
    return by_number or _by_name().get(fold_name(re.sub(r"\(.*?\)", "", row.text("country"))), "")


@cache
def _by_name() -> Mapping[str, str]:
    return {fold_name(name): code for code, nation in nations().items() for name in nation.names}


def _wrong(event: CodedEvent, where: str) -> Iterator[Problem]:
    if event.first is None:
        message, remedy = "there is no day that can be read", "write days as 2024-03-14; the row is not compared"
        yield Problem("no-day", message, remedy, where, severity=Severity.WARNING)
    elif event.lat is None or event.lon is None:
        message, remedy = (
            "there are no coordinates",
            "fill latitude and longitude; it is compared by day, country and figures",
        )
        yield Problem("no-coordinates", message, remedy, where, severity=Severity.WARNING)
