"""A measured figure, the number it is to beat, and the floor it must not fall under."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HOME = Path(__file__).parent
MAIN = ""  # the group of a set's whole development split


@dataclass(frozen=True)
class Figure:
    """One measure of one set: `value` is a percentage, None when there was nothing to judge; `group` a part of the split."""

    set_name: str
    measure: str
    value: float | None
    group: str = MAIN

    @property
    def to_beat(self) -> str:
        """The number to beat and who holds it, as `to_beat.toml` has it; "" when none is published."""
        return _table("to_beat.toml").get(self.set_name, {}).get(self.measure, "")

    @property
    def where(self) -> str:
        """The name of its table in `floors.toml`: the set, and the group after a space."""
        return f"{self.set_name} {self.group}".strip()


class FloorError(Exception):
    """`floors.toml` names a figure that nothing measures."""


@dataclass(frozen=True)
class Shortfall:
    """A figure under its floor."""

    figure: Figure
    floor: float

    def __str__(self) -> str:
        got = "nothing" if self.figure.value is None else f"{self.figure.value:.1f}"
        return f"{self.figure.where}: {self.figure.measure} is {got}, its floor is {self.floor:.1f}"


def shortfalls(figures: Iterable[Figure], floors: Mapping[str, Mapping[str, float]]) -> list[Shortfall]:
    """The figures that are under their floors; raises `FloorError` for a floor without a figure."""
    measured = {(f.where, f.measure): f for f in figures}
    short = []
    for where, table in floors.items():
        for measure, floor in table.items():
            figure = measured.get((where, measure))
            if figure is None:
                names = sorted(m for w, m in measured if w == where) or sorted({w for w, _ in measured})
                raise FloorError(
                    f"floors.toml: nothing measures '{measure}' of '{where}'; there is: {', '.join(names)}"
                )
            if figure.value is None or figure.value < floor:
                short.append(Shortfall(figure, floor))
    return short


def read_floors() -> Mapping[str, Mapping[str, float]]:
    """The floors of `floors.toml`."""
    return {where: {m: float(v) for m, v in table.items()} for where, table in _table("floors.toml").items()}


@cache
def _table(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((_HOME / name).read_text(encoding="utf-8"))
