"""Runs an adapter over the rows of a file, on one or two processes, with a progress bar on a terminal."""

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache

from evaluation.bench import BadRows, Row
from evaluation.sets import SETS, Predict, Set

_CHUNK = 4  # rows handed to a process at once


def predict_rows(set_name: str, rows: Sequence[Row], *, processes: int = 1, quiet: bool = False) -> list[Row]:
    """The adapter's prediction for each row, in the order of the rows; the same whatever the number of processes."""
    known = SETS[set_name]
    if known.together:
        return _predict_together(known, rows)
    hidden = [(set_name, known.hide(row)) for row in rows]
    with _progress(set_name, len(rows), quiet=quiet) as step:
        predictions = []
        for row, prediction in zip(rows, _run(hidden, processes), strict=True):
            predictions.append({**prediction, "id": row["id"]})
            step()
    return predictions


def _predict_together(known: Set, rows: Sequence[Row]) -> list[Row]:
    """Predictions of a set whose rows are read at once: what they are about goes by number, so that no name can tell anything."""
    numbers: dict[object, str] = {}
    shown = []
    for row in rows:
        if known.about not in row:
            raise BadRows(f"a row of '{known.name}' has no '{known.about}'; its fields are: {', '.join(row)}")
        shown.append({**known.hide(row), "id": numbers.setdefault(row[known.about], str(len(numbers)))})
    names = {number: name for name, number in numbers.items()}
    module = known.module()
    return [{**found, "id": names[found["id"]]} for found in module.predict_all(module.conceal(shown))]


def _run(work: Sequence[tuple[str, Row]], processes: int) -> Iterator[Row]:
    if processes < 2 or len(work) < 2 * _CHUNK:  # nothing to share out
        yield from map(_predict_one, work)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(_predict_one, work, chunksize=_CHUNK)


@cache
def _adapter(set_name: str) -> Predict:
    return SETS[set_name].adapter()


def _predict_one(work: tuple[str, Row]) -> Row:
    set_name, row = work
    # The scorers want ids, the adapters must not: a row has the same one for every text.
    return _adapter(set_name)({"id": "", **row})


@contextmanager
def _progress(name: str, total: int, *, quiet: bool) -> Iterator["_Bar"]:
    bar = _Bar(name, total, shown=not quiet and sys.stderr.isatty())
    try:
        yield bar
    finally:
        bar.close()


class _Bar:
    """A bar of thirty cells on standard error, drawn only on a terminal."""

    def __init__(self, name: str, total: int, *, shown: bool) -> None:
        self._name, self._total, self._shown, self._done = name, max(total, 1), shown, 0

    def __call__(self) -> None:
        self._done += 1
        if self._shown:
            cells = 30 * self._done // self._total
            sys.stderr.write(f"\r{self._name:<10} [{'#' * cells:<30}] {self._done}/{self._total}")
            sys.stderr.flush()

    def close(self) -> None:
        if self._shown and self._done:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
