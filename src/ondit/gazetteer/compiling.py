"""Raw places → a compiled layer on disk. Used by the build script and by the importer of GeoNames dumps."""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import marisa_trie

from ondit.gazetteer import layout
from ondit.gazetteer.entry import PlaceKind, Source
from ondit.gazetteer.folding import fold_name, variant_key

_KINDS = {kind: i for i, kind in enumerate(PlaceKind)}
_SOURCES = {source: i for i, source in enumerate(Source)}


@dataclass(frozen=True, slots=True)
class RawPlace:
    """A place on its way into a layer. `id` is "geonames:98182" or a named id; `parent` the code of its narrowest division ("IQ.18")."""

    id: str
    name: str
    lat: float | None
    lon: float | None
    kind: PlaceKind
    country: str = ""
    parent: str = ""
    population: int = 0
    radius_km: float = 0.0
    aliases: tuple[str, ...] = ()
    spoken: tuple[tuple[str, str], ...] = ()
    source: Source = Source.GEONAMES
    point_source: Source = Source.GEONAMES
    tolerant: bool = False
    capital: bool = False
    keys: frozenset[str] = field(default=frozenset(), compare=False)


def keys_of(place: RawPlace) -> frozenset[str]:
    """The exact keys a place is found under."""
    names = (place.name, *place.aliases, *(name for _, name in place.spoken))
    folded = {fold_name(name) for name in names} | place.keys
    return frozenset(k for k in folded if 2 <= len(k) <= layout.LONGEST_NAME and not k.isdigit())


def compile_layer(
    places: Iterable[RawPlace], target: Path, *, capitals: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Write the layer's files into `target` and return the counts. The same places give the same bytes.

    `capitals` maps ISO 3166-1 codes to the ids of the capitals.
    """
    rows = sorted(places, key=lambda p: (-p.population, p.id))
    target.mkdir(parents=True, exist_ok=True)
    exact, tolerant = _indexed(rows)
    shared = array("I")
    _write_index(exact, shared, target, "names")
    _write_index(tolerant, shared, target, "variants")
    _dump(shared, target / "shared.bin")
    labels = marisa_trie.Trie(sorted({p.name for p in rows} | {name for p in rows for _, name in p.spoken}))
    labels.save(str(target / "labels.marisa"))
    ids = marisa_trie.Trie(
        sorted({p.id for p in rows if _number(p) is None} | {f"code:{p.parent}" for p in rows if p.parent})
    )
    ids.save(str(target / "ids.marisa"))
    countries = sorted({p.country for p in rows} | {""})
    _write_entries(rows, labels, ids, countries, target)
    counts = {kind.value: sum(p.kind is kind for p in rows) for kind in PlaceKind}
    counts |= {
        f"names:{lang}": sum(1 for p in rows for spoken, _ in p.spoken if spoken == lang) for lang in layout.LANGUAGES
    }
    counts |= {"keys": len(exact), "variants": len(tolerant)}
    meta = {
        "format": layout.FORMAT,
        "countries": countries,
        "languages": layout.LANGUAGES,
        "counts": counts,
        "capitals": dict(capitals or {}),
    }
    (target / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    return counts


def _indexed(rows: Sequence[RawPlace]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    exact: defaultdict[str, list[int]] = defaultdict(list)
    tolerant: defaultdict[str, list[int]] = defaultdict(list)
    for number, place in enumerate(rows):
        keys = keys_of(place)
        usual = {fold_name(place.name), *(fold_name(name) for _, name in place.spoken)}
        for key in keys:
            exact[key].append(number if key in usual else number | layout.ALTERNATE)
        if place.tolerant:
            near = {variant_key(key) for key in usual}
            for variant in {variant_key(key) for key in keys} - {""}:
                tolerant[variant].append(number if variant in near else number | layout.ALTERNATE)
    return exact, tolerant


def _write_index(index: Mapping[str, Sequence[int]], shared: "array[int]", target: Path, name: str) -> None:
    trie = marisa_trie.Trie(sorted(index))
    trie.save(str(target / f"{name}.marisa"))
    slots = array("I", bytes(4 * len(index)))
    for key in sorted(index):
        numbers = index[key]
        if len(numbers) == 1:
            slots[trie[key]] = numbers[0]
        else:
            slots[trie[key]] = layout.SHARED | len(shared)
            shared.append(len(numbers))
            shared.extend(numbers)
    _dump(slots, target / f"{name}.bin")


def _write_entries(
    rows: Sequence[RawPlace], labels: marisa_trie.Trie, ids: marisa_trie.Trie, countries: Sequence[str], target: Path
) -> None:
    position = {country: i for i, country in enumerate(countries)}
    records = bytearray()
    by_id = array("I", [layout.NONE] * len(ids))
    spoken: list[tuple[int, int, int]] = []
    numbered: list[tuple[int, int]] = []
    for i, p in enumerate(rows):
        number = _number(p)
        reference = ids[p.id] if number is None else number
        if number is None:
            by_id[reference] = i
        else:
            numbered.append((number, i))
        parent = ids[f"code:{p.parent}"] if p.parent else layout.NONE
        lat, lon = (
            (layout.NO_POINT, layout.NO_POINT)
            if p.lat is None or p.lon is None
            else (round(p.lat * layout.SCALE), round(p.lon * layout.SCALE))
        )
        radius = min(65535, round(p.radius_km * 10))
        population = min(p.population, layout.NONE)
        source = (
            _SOURCES[p.source] | (layout.NUMBERED if number is not None else 0) | (layout.CAPITAL if p.capital else 0)
        )
        records += layout.ENTRY.pack(
            reference,
            lat,
            lon,
            population,
            labels[p.name],
            parent,
            radius,
            position[p.country],
            _KINDS[p.kind],
            source,
            _SOURCES[p.point_source],
        )
        spoken.extend(
            (i, layout.LANGUAGES.index(lang), labels[name]) for lang, name in p.spoken if lang in layout.LANGUAGES
        )
    (target / "entries.bin").write_bytes(bytes(records))
    _dump(by_id, target / "byid.bin")
    _dump(array("I", [i for _, i in sorted(numbered)]), target / "numbers.bin")
    _dump(array("I", [n for triple in sorted(set(spoken)) for n in triple]), target / "spoken.bin")


def _number(place: RawPlace) -> int | None:
    """The GeoNames number of an id, or `None` for ids of other kinds."""
    prefix, _, rest = place.id.partition(":")
    return int(rest) if prefix == "geonames" and rest.isdigit() else None


def _dump(values: "array[int]", path: Path) -> None:
    little = array("I", values)
    if little.itemsize != 4:  # pragma: no cover - no platform we know of
        raise SystemError("array('I') is not 32 bits wide here; the gazetteer cannot be compiled on this machine")
    if memoryview(b"\x01\x00\x00\x00").cast("I")[0] != 1:  # pragma: no cover - big-endian machines
        little.byteswap()
    path.write_bytes(little.tobytes())
