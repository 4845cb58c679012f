"""Reading one compiled layer through memory maps (`layout.py` has the format)."""

import json
import mmap
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import marisa_trie

from ondit.gazetteer import layout
from ondit.gazetteer.entry import Entry, PlaceKind, Source

_KINDS = tuple(PlaceKind)
_SOURCES = tuple(Source)
_FLAGS = layout.NUMBERED | layout.CAPITAL


class BrokenLayer(Exception):
    """A gazetteer folder is missing a file or was compiled for another version; compile or import it again."""


def _no_chain(_id: str, _country: str, _code: str) -> tuple[str, ...]:
    return ()


class Layer:
    """A compiled set of names. Opening maps the files; nothing is parsed but a short `meta.json`."""

    def __init__(self, folder: Path) -> None:
        missing = [name for name in layout.FILES if not folder.joinpath(name).is_file()]
        if missing:
            raise BrokenLayer(f"{folder}: no {', '.join(missing)}; import or build the gazetteer again")
        meta = json.loads(folder.joinpath("meta.json").read_text("utf-8"))
        if meta.get("format") != layout.FORMAT:
            raise BrokenLayer(
                f"{folder}: format {meta.get('format')!r}, this version reads {layout.FORMAT}; import or build the gazetteer again"
            )
        self.folder = folder
        self.counts: dict[str, int] = meta["counts"]
        self.capitals: dict[str, str] = meta["capitals"]
        self._countries: list[str] = meta["countries"]
        self._languages: list[str] = meta["languages"]
        self._names = _trie(folder / "names.marisa")
        self._variants = _trie(folder / "variants.marisa")
        self._labels = _trie(folder / "labels.marisa")
        self._ids = _trie(folder / "ids.marisa")
        self._name_slots = _numbers(folder / "names.bin")
        self._variant_slots = _numbers(folder / "variants.bin")
        self._shared = _numbers(folder / "shared.bin")
        self._entries = _map(folder / "entries.bin")
        self._by_id = _numbers(folder / "byid.bin")
        self._numbered = _numbers(folder / "numbers.bin")
        self._spoken = _numbers(folder / "spoken.bin")

    def __len__(self) -> int:
        return len(self._entries) // layout.ENTRY.size

    def prefixes(self, window: str) -> list[str]:
        """The exact keys that the window begins with."""
        found: list[str] = self._names.prefixes(window)
        return found

    def begins_with(self, word: str) -> bool:
        """Is there an exact key that is this word, or whose first word it is?"""
        return word in self._names or next(self._names.iterkeys(f"{word} "), None) is not None

    def exact(self, key: str) -> Sequence[int]:
        """Entry numbers under an exact key, most populous first, with the flag `ALTERNATE`."""
        return self._posting(self._names, self._name_slots, key)

    def variant(self, key: str) -> Sequence[int]:
        """Entry numbers under a tolerant key, most populous first, with the flag `ALTERNATE`."""
        return self._posting(self._variants, self._variant_slots, key)

    def _posting(self, trie: marisa_trie.Trie, slots: Sequence[int], key: str) -> Sequence[int]:
        number = trie.get(key)
        if number is None:
            return ()
        slot = slots[number]
        if not slot & layout.SHARED:
            return (slot,)
        at = slot & ~layout.SHARED
        return self._shared[at + 1 : at + 1 + self._shared[at]]

    def single_words(self) -> Iterator[str]:
        """The exact keys of one word."""
        return (key for key in self._names.iterkeys() if " " not in key)

    def entry(self, number: int, chain: Callable[[str, str, str], tuple[str, ...]] = _no_chain) -> Entry:
        """The entry; `chain` turns its country and division codes into names, which the gazetteer knows over all layers."""
        reference, lat, lon, population, label, parent, radius, country, kind, source, point_source = (
            layout.ENTRY.unpack_from(self._entries, number * layout.ENTRY.size)
        )
        code = "" if parent == layout.NONE else self._ids.restore_key(parent).removeprefix("code:")
        admin1, admin2 = split_code(code)
        own_id = f"geonames:{reference}" if source & layout.NUMBERED else self._ids.restore_key(reference)
        nation = self._countries[country]
        pointless = lat == layout.NO_POINT
        return Entry(
            id=own_id,
            name=self._labels.restore_key(label),
            lat=None if pointless else lat / layout.SCALE,
            lon=None if pointless else lon / layout.SCALE,
            kind=_KINDS[kind],
            country=nation,
            admin1=admin1,
            admin2=admin2,
            chain=chain(own_id, nation, code),
            population=population,
            radius_km=radius / 10,
            names=self._names_of(number),
            source=_SOURCES[source & ~_FLAGS],
            point_source=_SOURCES[point_source],
            capital=bool(source & layout.CAPITAL),
        )

    def of_country(self, country: str) -> list[int]:
        """The entry numbers of a country (ISO 3166-1), in order; goes through the whole layer."""
        if country not in self._countries:
            return []
        wanted = self._countries.index(country)
        return [at for at, fields in enumerate(layout.ENTRY.iter_unpack(self._entries)) if fields[7] == wanted]

    def label(self, number: int) -> str:
        """The main name of an entry."""
        label = layout.ENTRY.unpack_from(self._entries, number * layout.ENTRY.size)[4]
        name: str = self._labels.restore_key(label)
        return name

    def number_of(self, place_id: str) -> int | None:
        """The entry number of an id, or `None`."""
        prefix, _, rest = place_id.partition(":")
        if prefix == "geonames" and rest.isdigit():
            return self._by_number(int(rest))
        number = self._ids.get(place_id)
        entry = layout.NONE if number is None else self._by_id[number]
        return None if entry == layout.NONE else entry

    def _by_number(self, wanted: int) -> int | None:
        at = bisect_left(self._numbered, wanted, key=self._reference)
        return (
            self._numbered[at] if at < len(self._numbered) and self._reference(self._numbered[at]) == wanted else None
        )

    def _reference(self, number: int) -> int:
        reference: int = layout.ENTRY.unpack_from(self._entries, number * layout.ENTRY.size)[0]
        return reference

    def _names_of(self, number: int) -> tuple[tuple[str, str], ...]:
        return tuple(self._spoken_from(number)) if number in self._speaking else ()

    def _spoken_from(self, number: int) -> Iterator[tuple[str, str]]:
        at = bisect_left(self._speakers, number)
        while at < len(self._speakers) and self._speakers[at] == number:
            yield self._languages[self._spoken[3 * at + 1]], self._labels.restore_key(self._spoken[3 * at + 2])
            at += 1

    @cached_property
    def _speaking(self) -> frozenset[int]:
        return frozenset(self._speakers)

    @cached_property
    def _speakers(self) -> "array[int]":
        return array("I", list(self._spoken[0::3]))


def split_code(code: str) -> tuple[str, str]:
    """Division code → (first level, second level): "IQ.18" → ("IQ.18", ""), "US.06.001" → ("US.06", "US.06.001")."""
    parts = code.split(".", 2)
    return (".".join(parts[:2]), code if len(parts) > 2 else "") if len(parts) > 1 else ("", "")


def _trie(path: Path) -> marisa_trie.Trie:
    trie = marisa_trie.Trie()
    trie.mmap(str(path))
    return trie


def _map(path: Path) -> "mmap.mmap | bytes":
    if not path.stat().st_size:
        return b""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _numbers(path: Path) -> Sequence[int]:
    raw = _map(path)
    if sys.byteorder == "little":
        return memoryview(raw).cast("I")
    swapped = array("I", bytes(raw))  # pragma: no cover - big-endian machines
    swapped.byteswap()  # pragma: no cover
    return swapped  # pragma: no cover
