"""How the figures of a happening were told over time, as a plot: a point a telling, a bar for a range, an arrow for an open end."""

import math
from dataclasses import dataclass
from datetime import date

from ondit.model import Event
from ondit.present.fields import number

_WIDTH, _HEIGHT = 560, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 16, 14, 34
_MOST = 80
_WANTED = ("killed", "injured", "missing", "abducted", "arrested", "displaced")
_STEP = 9  # units between tellings of one day


@dataclass(frozen=True, slots=True)
class Point:
    """One telling: where it is drawn, the range it spans, and what it says."""

    x: float
    y: float
    top: float
    bottom: float
    open_up: bool
    open_down: bool
    value: str
    voice: str
    outlet: str
    day: str
    report: str


@dataclass(frozen=True, slots=True)
class Plot:
    """The tellings of one figure, with the marks of both axes."""

    field: str
    points: tuple[Point, ...]
    rows: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str], ...]
    left: int = _LEFT
    right: int = _WIDTH - _RIGHT
    base: int = _HEIGHT - _BOTTOM
    width: int = _WIDTH
    height: int = _HEIGHT


def plots_of(event: Event) -> list[Plot]:
    """A plot for each figure that was told more than once."""
    return [plot for field in _WANTED if (plot := _plot(event, field)) is not None]


def _plot(event: Event, field: str) -> Plot | None:
    account = next((f for f in event.fields if f.field == field), None)
    told = [
        (a.day, value.low, value.high, value.value, a)
        for value in (account.values if account else ())
        if value.low is not None or value.high is not None
        for a in value.supporters
    ][:_MOST]
    if len(told) < 2:
        return None
    days = sorted({day for day, *_ in told if day})
    place = {day: _x(day, days) for day in days}
    most = max(figure for _, low, high, *_ in told for figure in (low, high) if figure is not None)
    ceiling = _nice(most)
    points, seen = [], dict.fromkeys([*days, None], 0)
    for day, low, high, words, a in sorted(told, key=lambda t: (t[0] or date.max, t[3])):
        seen[day] += 1
        x = (place[day] if day else float(_WIDTH - _RIGHT - 8)) + (seen[day] - 1) * _STEP * (
            -1 if day == days[-1:] else 1
        )
        lowest = low if low is not None else 0
        highest = high if high is not None else (low or 0)
        at = (
            (lowest + highest) / 2
            if low is not None and high is not None
            else float(low if low is not None else highest)
        )
        points.append(
            Point(
                round(min(x, _WIDTH - _RIGHT), 1), _y(at, ceiling), _y(highest, ceiling), _y(lowest, ceiling), high is None, low is None, words,
                a.voice, a.outlet, str(day or ""), a.report_id,
            )
        )  # fmt: skip
    rows = tuple((_y(figure, ceiling), number(int(figure))) for figure in _steps(ceiling))
    shown = days if len(days) <= 5 else [days[round(i * (len(days) - 1) / 4)] for i in range(5)]
    return Plot(field, tuple(points), rows, tuple((round(place[day], 1), str(day)) for day in shown))


def _x(day: date, days: list[date]) -> float:
    width = _WIDTH - _LEFT - _RIGHT - 90
    span = (days[-1] - days[0]).days
    return _LEFT + 20 + (width * (day - days[0]).days / span if span else width / 3)


def _y(figure: float, ceiling: float) -> float:
    return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * figure / ceiling, 1)


def _nice(most: int) -> float:
    """The next round number, in fours or fives."""
    if most <= 4:
        return 4
    power = 10.0 ** math.floor(math.log10(most))
    return next(step * power for step in (1, 2, 4, 5, 10) if step * power >= most)


def _steps(ceiling: float) -> list[float]:
    parts = 5 if ceiling % 5 == 0 and ceiling % 4 else 4
    return [ceiling * i / parts for i in range(parts + 1) if (ceiling * i) % parts == 0]
