"""Weighing on coded fields: what the most reputable source says of deaths, from what the lesser reports of the same event say.

A row is one coded report of an event. The most reputable source is that of the highest classification, if it is 3 or more; its figures are taken
away before anything is predicted. Events with such a source and with lesser ones are predicted.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from evaluation.bench import Row, as_day

Scores = list[tuple[str, float | None]]

_REPUTABLE = 3  # classification from which a source counts as reputable (the bench's README)
_FIGURES = ("deaths_best", "deaths_low", "deaths_high")
# How much more a report of the next higher classification counts, and how much less one with each further day that it covers.
_BY_CLASS, _BY_DAY, _MOST_DAYS = 2.5, 0.9, 7
_SAMPLES, _SEED = 2000, 1


def conceal(rows: Sequence[Row]) -> list[Row]:
    """The rows without the figures of each event's most reputable source: they are the answers."""
    top = _top(rows, "id")
    hidden = []
    for row in rows:
        best = top[row["id"]]
        answer = best >= _REPUTABLE and row["source_classification"] == best
        hidden.append({k: v for k, v in row.items() if not (answer and k in _FIGURES)})
    return hidden


def predict_all(rows: Sequence[Row]) -> list[Row]:
    """The deaths of every event that has a reputable source and lesser ones."""
    return [{"id": event, "deaths": weigh_deaths(lesser)} for event, lesser in _lesser(rows, "id").items()]


def weigh_deaths(reports: Sequence[Row]) -> int:
    """The reported figure with most weight behind it, of several the one reported first.

    A report counts by its classification and by how narrowly it dates the event; it supports its own figure and, less, figures near it.
    """
    weights: dict[int, float] = defaultdict(float)
    for report in reports:
        weights[int(report["deaths_best"])] += _BY_CLASS ** int(report["source_classification"]) * _BY_DAY ** _days(
            report
        )
    return max(weights, key=lambda figure: sum(w * _near(figure, other) for other, w in weights.items()))


def _near(a: int, b: int) -> float:
    """1 for the same figure, 0.25 for one twice as large."""
    return math.exp(-2 * abs(math.log((a + 1) / (b + 1))))


def _days(report: Row) -> int:
    first, last = as_day(report.get("date_start")), as_day(report.get("date_end"))
    return min((last - first).days, _MOST_DAYS) if first and last else _MOST_DAYS


def mode(values: Iterable[int]) -> int:
    """The commonest value, of several the first."""
    return Counter(values).most_common(1)[0][0]


def score(gold: Sequence[Row], found: Mapping[str, Row], _rows: Sequence[Row]) -> Scores:
    """How often prediction and mode of the lesser reports are right, and a bootstrap 95 % interval of the difference, in points."""
    top = _top(gold, "event_id")
    said: dict[str, list[int]] = defaultdict(list)
    for row in gold:
        if row["source_classification"] == top[row["event_id"]]:
            said[row["event_id"]].append(int(row["deaths_best"]))
    judged: list[_Judged] = []
    for event, lesser in _lesser(gold, "event_id").items():
        truth, values = mode(said[event]), [int(r["deaths_best"]) for r in lesser]
        right = found.get(event, {}).get("deaths") == truth
        judged.append(_Judged(right, mode(values) == truth, truth in values, bool(truth or any(values))))
    return [*_figures(judged, ""), *_figures([j for j in judged if j.deadly], ", somebody reports deaths")]


class _Judged(NamedTuple):
    """One event: is the prediction right, is the mode, is the answer among the lesser reports at all, does anybody report deaths?"""

    right: bool
    mode: bool
    told: bool
    deadly: bool


def _figures(judged: Sequence[_Judged], which: str) -> Scores:
    right, by_mode = _percent([j.right for j in judged]), _percent([j.mode for j in judged])
    low, high = _bootstrap([int(j.right) - int(j.mode) for j in judged])
    return [
        (f"events{which}", float(len(judged))),
        (f"deaths right{which}", right),
        (f"mode of the lesser reports right{which}", by_mode),
        (f"difference in points{which}", right - by_mode),
        (f"difference, 2.5 %{which}", low),
        (f"difference, 97.5 %{which}", high),
        (f"answer among the lesser reports{which}", _percent([j.told for j in judged])),
    ]


def _top(rows: Sequence[Row], about: str) -> dict[str, int]:
    """The highest classification of each event."""
    top: dict[str, int] = {}
    for row in rows:
        top[row[about]] = max(top.get(row[about], 0), int(row["source_classification"]))
    return top


def _lesser(rows: Sequence[Row], about: str) -> dict[str, list[Row]]:
    """The lesser reports of each event that also has a reputable one."""
    top = _top(rows, about)
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if top[row[about]] >= _REPUTABLE and row["source_classification"] < top[row[about]]:
            found[row[about]].append(row)
    return found


def _percent(right: Sequence[bool]) -> float:
    return 100.0 * sum(right) / len(right) if right else 0.0


def _bootstrap(differences: Sequence[int]) -> tuple[float, float]:
    """The 2.5 and 97.5 % quantiles of the mean difference over resampled events, in points."""
    if not differences:
        return 0.0, 0.0
    draw = random.Random(_SEED)  # noqa: S311 - a reproducible resampling, no secret
    means = sorted(sum(draw.choices(differences, k=len(differences))) / len(differences) for _ in range(_SAMPLES))
    return 100.0 * means[int(0.025 * _SAMPLES)], 100.0 * means[int(0.975 * _SAMPLES)]
