"""How the figures of a happening were told over time, as a plot: a point a telling, a bar for a range, an arrow for an open end.

Days stand in their order, each as wide as it has tellings; where days lie between two of them, the axis is broken and says how many.
"""

import math
from dataclasses import dataclass
from datetime import date

from ondit.model import Attestation, Event, FieldValue
from ondit.present.fields import number
from ondit.web.views.digest import value_words
from ondit.web.words import Words

_LEFT, _RIGHT, _TOP, _BOTTOM, _HEIGHT = 44, 12, 22, 34, 206
_NARROWEST = 480
_MOST = 80
_WANTED = ("killed", "injured", "missing", "abducted", "arrested", "displaced")
_STEP = 13  # units between tellings of one day
_SLOT = 52  # the narrowest day: its label has room
_BREAK = 16  # units of a gap


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
class Slot:
    """One day on the axis; `gap` is the number of days without a telling before it. "" is for tellings without a day."""

    x: float
    width: float
    day: str
    gap: int

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Plot:
    """The tellings of one figure, with the marks of both axes."""

    field: str
    points: tuple[Point, ...]
    rows: tuple[tuple[float, str], ...]
    slots: tuple[Slot, ...]
    width: float
    left: int = _LEFT
    base: int = _HEIGHT - _BOTTOM
    height: int = _HEIGHT


_Told = tuple[FieldValue, Attestation]


def plots_of(event: Event, words: Words) -> list[Plot]:
    """A plot for each figure that was told more than once."""
    return [plot for field in _WANTED if (plot := _plot(event, field, words)) is not None]


def _plot(event: Event, field: str, words: Words) -> Plot | None:
    account = next((f for f in event.fields if f.field == field), None)
    values = [v for v in (account.values if account else ()) if v.low is not None or v.high is not None]
    told: list[_Told] = [(value, a) for value in values for a in value.supporters][:_MOST]
    if len(told) < 2:
        return None
    days: dict[date | None, list[_Told]] = {}
    for one in sorted(told, key=lambda t: (t[1].day or date.max, t[0].low or t[0].high or 0, t[1].voice)):
        days.setdefault(one[1].day, []).append(one)
    slots = _slots({day: len(own) for day, own in days.items()})
    ceiling = _nice(max(figure for v in values for figure in (v.low, v.high) if figure is not None))
    points = [
        _point(value, a, slot.middle + (at - (len(own) - 1) / 2) * _STEP, ceiling, value_words(field, value, words))
        for slot, own in zip(slots, days.values(), strict=True)
        for at, (value, a) in enumerate(own)
    ]
    rows = tuple((_y(figure, ceiling), number(int(figure))) for figure in _steps(ceiling))
    return Plot(field, tuple(points), rows, tuple(slots), slots[-1].x + slots[-1].width + _RIGHT)


def _slots(tellings: dict[date | None, int]) -> list[Slot]:
    slots: list[Slot] = []
    spare = _NARROWEST - _LEFT - _RIGHT - sum(max(_SLOT, n * _STEP + _STEP) for n in tellings.values())
    more = max(0.0, spare / len(tellings) - _BREAK)
    x, before = float(_LEFT), None
    for day, n in tellings.items():
        gap = (day - before).days - 1 if day and before else 0
        x += _BREAK if gap > 0 else 0
        slots.append(Slot(x, max(_SLOT, n * _STEP + _STEP) + more, str(day or ""), gap))
        x, before = slots[-1].x + slots[-1].width, day
    return slots


def _point(value: FieldValue, a: Attestation, x: float, ceiling: float, words: str) -> Point:
    low, high = value.low, value.high
    lowest = low if low is not None else 0
    highest = high if high is not None else lowest
    at = (lowest + highest) / 2 if low is not None else highest
    return Point(
        round(x, 1), _y(at, ceiling), _y(highest, ceiling), _y(lowest, ceiling), high is None, low is None, words,
        a.voice, a.outlet, str(a.day or ""), a.report_id,
    )  # fmt: skip


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
