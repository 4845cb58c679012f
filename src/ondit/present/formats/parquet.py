"""Apache Parquet: happenings, claims and reports as three tables with fixed types, for pandas, polars, DuckDB and R."""

import io
from collections.abc import Iterator
from typing import Any

from ondit.present.formats.dossier import Dossier
from ondit.present.formats.format import File, Format, Made, need
from ondit.present.formats.tables import (
    CLAIM_COLUMNS,
    EVENT_COLUMNS,
    REPORT_COLUMNS,
    claim_rows,
    event_rows,
    report_rows,
)


def make(dossier: Dossier) -> Made:
    """The three tables."""
    need("pyarrow")
    tables: list[tuple[str, dict[str, str], Iterator[dict[str, Any]]]] = [
        ("events", EVENT_COLUMNS, event_rows(dossier)),
        ("claims", CLAIM_COLUMNS, claim_rows(dossier)),
        ("reports", REPORT_COLUMNS, report_rows(dossier)),
    ]
    files, counts = [], {}
    for name, columns, rows in tables:
        table = arrow_table(columns, rows)
        files.append(File.of(f"{name}.parquet", _bytes(table)))
        counts[name] = int(table.num_rows)
    return Made(files, counts={f"{name}_rows": count for name, count in counts.items()})


def arrow_table(columns: dict[str, str], rows: Iterator[dict[str, Any]]) -> Any:
    """An Arrow table of rows; raises `MissingLibrary` without pyarrow."""
    arrow = need("pyarrow")
    types = {
        "text": arrow.string(),
        "int": arrow.int64(),
        "float": arrow.float64(),
        "date": arrow.date32(),
        "bool": arrow.bool_(),
        "texts": arrow.list_(arrow.string()),
    }
    schema = arrow.schema([(name, types[kind]) for name, kind in columns.items()])
    return arrow.Table.from_pylist(list(rows), schema=schema)


def _bytes(table: Any) -> bytes:
    writer = need("pyarrow", "pyarrow.parquet")
    out = io.BytesIO()
    writer.write_table(table, out, compression="zstd")
    return out.getvalue()


FORMAT = Format(
    name="parquet",
    title="Apache Parquet tables (events, claims, reports)",
    suffix=".zip",
    rule=(
        "A row for each event, claim and report; figures of events low (most-conservative), best (most-representative) and high (most-informative); claims as "
        "they stand after decisions, each with its own figures."
    ),
    losses=(
        "The texts of reports and the rules behind each value.",
        "Places and times beyond the most specific one that was found.",
    ),
    specification="Apache Parquet 2.6 (written by pyarrow)",
    make=make,
)
