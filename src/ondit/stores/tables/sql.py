"""How the tables of a ledger are reached, whatever the database: what a store of tables must offer to the queries that all share."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ondit.stores.contract import Filters

ALL = 2**63 - 1
"""The LIMIT of a query that has none."""


class Row(Protocol):
    """One row of an answer, its cells by the names of the columns."""

    def __getitem__(self, name: str, /) -> Any:
        """A cell: str, int, float, bytes or None; days are YYYY-MM-DD."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How claims are searched: the rest of a query after `SELECT …`, its parameters, and the order of the claims `c`."""

    body: str
    values: tuple[object, ...]
    order: str

    def numbers(self) -> str:
        """The query that gives `n` of the claims in their order."""
        return f"SELECT c.n {self.body} ORDER BY {self.order} LIMIT ? OFFSET ?"

    def count(self) -> str:
        """The query that counts them."""
        return f"SELECT count(*) {self.body}"


class Sql(ABC):
    """A database. Queries have a `?` for each value; every method may raise `StoreError`."""

    where: str
    """The ledger as it is named in messages."""

    @abstractmethod
    def _rows(self, query: str, *values: object) -> Sequence[Row]:
        """The rows of an answer."""

    @abstractmethod
    def _value(self, query: str, *values: object) -> Any:
        """The first cell of an answer, None when there is none."""

    @abstractmethod
    def _stream(self, query: str, values: Sequence[object], limit: int | None) -> Iterator[Row]:
        """The rows of an answer that may be long (at most `limit`), fetched as they are asked for; changes made meanwhile do not disturb it."""

    @abstractmethod
    def _run(self, query: str, *values: object) -> None:
        """Change something."""

    @abstractmethod
    def _many(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """Change something once for each row of values."""

    @abstractmethod
    def _fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Insert rows, in the quickest way for as many as there are."""

    def _cell(self, value: object) -> object:
        """How a value that a record has too stands in a column."""
        return value

    @abstractmethod
    def _plan(self, filters: Filters) -> Plan:
        """How to search for claims."""


def insert_sql(table: str, columns: Iterable[str]) -> str:
    """`INSERT` with a parameter for each column."""
    columns = list(columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks(len(columns))})"  # noqa: S608 - constants


def marks(count: int) -> str:
    """So many parameters."""
    return ", ".join("?" * count)
