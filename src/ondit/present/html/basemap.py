"""Country outlines (Natural Earth, public domain) for the small map, cut to what is in view. Built by tools/basemap."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

_HALF = 180  # degrees
Point: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees."""


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the globe in degrees; `west` may be beyond -180 and `east` beyond 180 where it crosses the date line."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Outline:
    """A country's name and its rings within a box."""

    name: str
    rings: tuple[tuple[Point, ...], ...]


def outlines(box: Box) -> Iterator[Outline]:
    """The countries in a box, cut at its edges."""
    for name, rings in _countries():
        inside = [cut for ring in rings for turn in (-360, 0, 360) if (cut := _cut(ring, turn, box))]
        if inside:
            yield Outline(name, tuple(inside))


@cache
def _countries() -> tuple[tuple[str, tuple[tuple[Point, ...], ...]], ...]:
    data = json.loads((files("ondit.present.html") / "basemap.json").read_text(encoding="utf-8"))
    arcs = [tuple(_decode(arc, data["scale"])) for arc in data["arcs"]]
    return tuple((name, tuple(_ring(ring, arcs) for ring in rings)) for name, rings in data["countries"])


def _decode(line: str, scale: int) -> Iterator[Point]:
    position = [0, 0]
    value = shift = axis = 0
    for char in line:
        bits = ord(char) - 63
        value |= (bits & 0x1F) << shift
        shift += 5
        if bits < 0x20:
            position[axis] += ~(value >> 1) if value & 1 else value >> 1
            value = shift = 0
            axis ^= 1
            if not axis:
                yield position[0] / scale, position[1] / scale


def _ring(numbers: Sequence[int], arcs: Sequence[Sequence[Point]]) -> tuple[Point, ...]:
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return _unwrapped(points)


def _unwrapped(ring: Sequence[Point]) -> tuple[Point, ...]:
    """A ring whose longitudes run on over the date line; one that goes around a pole is closed over it."""
    turned: list[Point] = []
    turn = 0
    for lon, lat in ring:
        if turned and abs(lon + turn - turned[-1][0]) > _HALF:
            turn += 2 * _HALF if turned[-1][0] > lon + turn else -2 * _HALF
        turned.append((lon + turn, lat))
    if abs(turned[-1][0] - turned[0][0]) > _HALF:
        pole = -90.0 if turned[0][1] < 0 else 90.0
        turned += [(turned[-1][0], pole), (turned[0][0], pole)]
    return tuple(turned)


def _cut(ring: Sequence[Point], turn: int, box: Box) -> tuple[Point, ...]:
    """The part of a ring, turned around the globe, that is in the box (Sutherland and Hodgman); () when none is."""
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    if max(lons) + turn < box.west or min(lons) + turn > box.east or max(lats) < box.south or min(lats) > box.north:
        return ()
    points: Sequence[Point] = [(lon + turn, lat) for lon, lat in ring] if turn else ring
    for axis, limit, keep_above in (
        (0, box.west, True),
        (0, box.east, False),
        (1, box.south, True),
        (1, box.north, False),
    ):
        points = list(_beyond(points, axis, limit, keep_above=keep_above))
    return tuple(points)


def _beyond(points: Sequence[Point], axis: int, limit: float, *, keep_above: bool) -> Iterator[Point]:
    for before, point in zip([*points[-1:], *points[:-1]], points, strict=True):
        inside = (point[axis] >= limit) == keep_above
        was_inside = (before[axis] >= limit) == keep_above
        if inside != was_inside:
            part = (limit - before[axis]) / (point[axis] - before[axis])
            yield before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])
        if inside:
            yield point
