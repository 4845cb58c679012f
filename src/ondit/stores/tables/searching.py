"""Filters of claims as conditions on the columns of `claims AS c`. Every value is a parameter, every name a constant."""

from collections.abc import Sequence
from typing import TypeAlias

from ondit.model import Standing
from ondit.stores.contract import Filters
from ondit.stores.sides import box_around
from ondit.stores.tables.sql import Plan

Condition: TypeAlias = tuple[str, tuple[object, ...]]
"""A piece of SQL with a `?` for each of its values."""


def joined(source: str, conditions: Sequence[Condition], order: str) -> Plan:
    """The claims that meet all conditions."""
    text = " AND ".join(condition for condition, _ in conditions)
    return Plan(f"{source} WHERE {text}", tuple(value for _, values in conditions for value in values), order)


def plain(filters: Filters) -> list[Condition]:
    """Everything that is not words or a place."""
    found: list[Condition] = [] if filters.versions else [("c.newest = 1", ())]
    if filters.standing is None:
        found.append(("c.standing <> ?", (Standing.REJECTED.value,)))
    else:
        found.append(("c.standing = ?", (str(filters.standing),)))
    for column, value in (("stance", filters.stance), ("type", filters.type), ("report_id", filters.report)):
        if value:
            found.append((f"c.{column} = ?", (str(value),)))
    if filters.since or filters.until:
        found.append(("c.edtf IS NOT NULL", ()))
    if filters.since:
        found.append(("(c.latest IS NULL OR c.latest >= ?)", (filters.since.isoformat(),)))
    if filters.until:
        found.append(("(c.earliest IS NULL OR c.earliest <= ?)", (filters.until.isoformat(),)))
    return found


def somewhere(filters: Filters) -> list[Condition]:
    """In the box and in the circle."""
    found = [in_box(box) for box in boxes(filters)]
    if filters.near:
        lat, lon, km = filters.near
        found.append(("km_between(c.lat, c.lon, ?, ?) <= ?", (float(lat), float(lon), float(km))))
    return found


def boxes(filters: Filters) -> list[tuple[float, float, float, float]]:
    """The boxes in which everything that is asked for lies: south, west, north, east."""
    return [box for box in (filters.box, box_around(*filters.near) if filters.near else None) if box]


def in_box(box: tuple[float, float, float, float]) -> Condition:
    """In a box; a west greater than its east crosses the date line."""
    south, west, north, east = box
    if west > east:
        return "c.lat BETWEEN ? AND ? AND (c.lon >= ? OR c.lon <= ?)", (south, north, west, east)
    return "c.lat BETWEEN ? AND ? AND c.lon BETWEEN ? AND ?", (south, north, west, east)
