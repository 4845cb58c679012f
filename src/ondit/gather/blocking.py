"""Which tellings are worth comparing: those that share a key of time, place and kind, with tolerance."""

import zlib
from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise, product

from ondit.gather.traits import Traits

LARGEST = 250  # tellings under one key: a key that more share says nothing, and every telling has finer ones
_DAYS = 4  # a longer interval is looked up by its months
_MONTHS = 4
_CELL = 0.5  # degrees: places less than half of it apart share a cell of one of two grids
_SOON = 8  # days: reports less than half of it apart share a bucket
_NAMES = 6
_THINGS, _PLACED = 4, 3
_TELLING_FIGURE = 4  # smaller ones are everywhere


def keys(traits: Traits) -> set[int]:
    """The keys of a telling, 64 bits each."""
    return {_key(parts) for parts in _parts(traits)}


def _key(parts: tuple[str, ...]) -> int:
    text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return zlib.crc32(text) << 32 | zlib.adler32(text)


def _parts(t: Traits) -> Iterator[tuple[str, ...]]:
    where = tuple(dict.fromkeys(_places(t)))
    figures = tuple(f"{f.what} {f.low}" for f in t.figures if (f.low or 0) >= _TELLING_FIGURE)
    names = tuple(sorted(t.names)[:_NAMES])
    # The names of points, too: another telling may have the name alone.
    named = (*names, *sorted(t.placed)[:_PLACED])
    around = (*t.countries, *t.areas)
    for when in dict.fromkeys(_times(t)):
        yield from product((when,), (*where, *figures, *named, *t.equipment))
        yield from product((when,), (*where, *around), (t.family,))
        yield from product((when,), (*where, *around), figures)
    yield from product(("any",), (t.family, *figures), named)
    yield from _timeless(t, where, figures, names)


def _timeless(
    t: Traits, where: tuple[str, ...], figures: tuple[str, ...], names: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    """Keys without a time: what has no date at all, not even of its report, must meet the others, too."""
    yield from product(("any",), where, (t.family, *figures, *names))
    yield from (("any", *two) for two in pairwise(names))
    things = sorted(t.things)[:_THINGS]
    yield from product(("any",), figures, (*things, *t.areas))
    yield from (("any", t.family, *two) for two in combinations(things, 2))


def _places(t: Traits) -> Iterator[str]:
    for point in t.points:
        yield point.key
        for shift in (0.0, 0.5):
            yield f"{int(point.lat / _CELL + shift + 1000)} {int(point.lon / _CELL + shift + 1000)} {shift}"


def _times(t: Traits) -> Iterator[str]:
    """A day and the next, months of what is told at a distance, and the days of the report of what has no date."""
    if t.first is not None and t.last is not None and t.last - t.first < _DAYS:
        for day in range(t.first, t.last + 2):
            yield f"d{day}"
        yield date.fromordinal(t.first).strftime("m%Y-%m")
    elif t.first is not None and t.last is not None:
        yield from _months(t.first, t.last)
    for first, last in t.others:
        for day in range(first, last + 2):
            yield f"d{day}"
    if t.published is not None and (t.first is None or t.last is None or t.published - t.last < _SOON):
        yield f"p{t.published // _SOON}"
        yield f"q{(t.published + _SOON // 2) // _SOON}"


def _months(first: int, last: int) -> Iterator[str]:
    """The last months of an interval: an open start reaches far back, what is told is mostly near its end."""
    if last > date.max.toordinal():
        last = first
    day = date.fromordinal(last)
    months = {(day.year * 12 + day.month - 1) - back for back in range(_MONTHS)}
    earliest = date.fromordinal(max(first, 1))
    for month in sorted(m for m in months if m >= earliest.year * 12 + earliest.month - 1):
        yield f"m{month // 12:04d}-{month % 12 + 1:02d}"
