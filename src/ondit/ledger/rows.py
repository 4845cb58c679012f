"""Claims and happenings one after the other, and as data frames of whoever's library."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from ondit.present.formats.format import need
from ondit.present.formats.parquet import arrow_table

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

_Item = TypeVar("_Item")
_PANDAS = {
    "text": "string",
    "int": "Int64",
    "float": "Float64",
    "bool": "boolean",
    "date": "datetime64[s]",
    "texts": "object",
}


class Rows(Iterator[_Item], Generic[_Item]):
    """Things that are fetched as they are asked for: iterate over them once, or make a frame of them.

    `columns` go from a name to text, int, float, date, bool or texts (a list of texts). The frames need pandas, polars or pyarrow
    (`pip install 'ondit[notebook]'`) and raise `MissingLibrary` without it; what has no value is missing, never 0 or "".
    """

    def __init__(
        self, items: Iterator[_Item], columns: Mapping[str, str], row: Callable[[_Item], Mapping[str, Any]]
    ) -> None:
        self._items, self.columns, self._row = items, dict(columns), row

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> _Item:
        return next(self._items)

    def to_dicts(self) -> list[dict[str, Any]]:
        """A dictionary for each, with the names of `columns`."""
        return [{name: row[name] for name in self.columns} for row in map(self._row, self)]

    def to_pandas(self) -> "pd.DataFrame":
        """A pandas data frame; whole numbers stay whole where some are missing (Int64)."""
        pandas = need("pandas", extra="notebook")
        rows = self.to_dicts()
        kinds = {name: _PANDAS[kind] for name, kind in self.columns.items()}
        frame: pd.DataFrame = pandas.DataFrame(
            {name: pandas.Series([r[name] for r in rows], dtype=kind) for name, kind in kinds.items()}
        )
        return frame

    def to_polars(self) -> "pl.DataFrame":
        """A polars data frame."""
        polars = need("polars", extra="notebook")
        kinds = {
            "text": polars.String, "int": polars.Int64, "float": polars.Float64, "bool": polars.Boolean, "date": polars.Date,
            "texts": polars.List(polars.String),
        }  # fmt: skip
        frame: pl.DataFrame = polars.DataFrame(
            self.to_dicts(), schema={name: kinds[kind] for name, kind in self.columns.items()}
        )
        return frame

    def to_arrow(self) -> "pa.Table":
        """An Arrow table."""
        table: pa.Table = arrow_table(self.columns, iter(self.to_dicts()))
        return table
