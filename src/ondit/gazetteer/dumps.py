"""Official GeoNames dumps → a layer of the user's own, laid over the shipped gazetteer.

Reads `XX.zip`, `XX.txt` or `allCountries.zip` (19 tab-separated columns, see https://download.geonames.org/export/dump/readme.txt),
and beside them `alternateNamesV2`, `admin1CodesASCII.txt` and `admin2Codes.txt`, zipped or not. The data is CC BY 4.0.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from ondit.gazetteer.archives import DumpError, lines_of
from ondit.gazetteer.compiling import RawPlace, compile_layer
from ondit.gazetteer.entry import PlaceKind
from ondit.gazetteer.layout import LANGUAGES
from ondit.model import Problem

MOST_PLACES = 3_000_000
"""More do not fit into the memory of an ordinary machine while they are compiled; import the countries one needs."""
MOST_PROBLEMS = 100
_COLUMNS = 19
_KINDS: Mapping[str, PlaceKind] = {
    "A.ADM1": PlaceKind.ADMIN1, "A.ADM2": PlaceKind.ADMIN2, "P.PPLX": PlaceKind.DISTRICT, "S.AIRP": PlaceKind.AIRPORT, "S.AIRF": PlaceKind.AIRPORT,
    "S.AIRB": PlaceKind.BASE, "L.MILB": PlaceKind.BASE, "S.INSM": PlaceKind.BASE, "L.NVB": PlaceKind.BASE, "S.CMPRF": PlaceKind.CAMP, "S.CMP": PlaceKind.CAMP,
    "L.RGN": PlaceKind.REGION, "L.AREA": PlaceKind.REGION, "T.MT": PlaceKind.MOUNTAIN, "T.MTS": PlaceKind.MOUNTAIN, "T.ISL": PlaceKind.ISLAND,
    "S.DAM": PlaceKind.SITE, "S.PSN": PlaceKind.SITE, "L.PRT": PlaceKind.SITE, "S.PSTB": PlaceKind.CROSSING, "S.CSTM": PlaceKind.CROSSING,
}  # fmt: skip
_GONE = frozenset({"PPLH", "PPLQ", "PPLW", "PPLCH"})  # historical, abandoned, destroyed
_RADIUS_KM: Mapping[PlaceKind, float] = {
    PlaceKind.ADMIN1: 60.0,
    PlaceKind.ADMIN2: 20.0,
    PlaceKind.REGION: 40.0,
    PlaceKind.MOUNTAIN: 15.0,
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: the layer's folder, entries by kind and names by language, lines left out as of no use."""

    folder: Path
    counts: Mapping[str, int]
    left_out: int = 0


@dataclass(slots=True)
class _Work:
    places: dict[int, RawPlace] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unsaid: int = 0
    left_out: int = 0

    def blame(self, code: str, message: str, remedy: str, where: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(code, message, remedy, where))
        else:
            self.unsaid += 1


def import_dump(paths: Sequence[Path], target: Path) -> tuple[Imported, list[Problem]]:
    """Read dumps and write a compiled layer to the folder `target`, which is replaced as a whole once all is well.

    Lines that cannot be read, archives that are not what they say and files of no known kind are problems; what is good is kept.
    When nothing could be read the folder is left as it was.
    """
    work = _Work()
    by_kind: defaultdict[str, list[Path]] = defaultdict(list)
    for path in paths:
        by_kind[_sort_of(path)].append(path)
    division_names = dict(_pairs(by_kind["admin"], work))
    for path in by_kind["places"]:
        _read_places(path, division_names, work)
    for path in by_kind["names"]:
        _read_names(path, work)
    counts: Mapping[str, int] = {}
    if work.places:
        counts = _write(work.places.values(), target)
    elif not work.problems:
        work.blame(
            "empty-dump",
            "none of the files holds a place",
            "Give a country file such as IQ.zip",
            ", ".join(map(str, paths)),
        )
    if work.unsaid:
        message = f"{work.unsaid} more lines could not be read"
        work.problems.append(
            Problem("bad-line", message, "Download the file again; it seems to be damaged", str(target))
        )
    return Imported(target, counts, work.left_out), work.problems


def _sort_of(path: Path) -> str:
    stem = path.name.lower()
    if stem.startswith("alternatenames"):
        return "names"
    return "admin" if stem.startswith(("admin1codes", "admin2codes")) else "places"


def _rows(path: Path, work: _Work) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows of a dump; whatever is wrong with the file as a whole becomes a problem."""
    try:
        for number, line in enumerate(lines_of(path), 1):
            if line.strip() and not line.startswith("#"):
                yield number, line.rstrip("\r\n").split("\t")
    except DumpError as error:
        work.blame(error.code, str(error), error.remedy, str(path))


def _pairs(paths: Sequence[Path], work: _Work) -> Iterator[tuple[str, str]]:
    for path in paths:
        for number, row in _rows(path, work):
            if len(row) >= 2 and "." in row[0]:
                yield row[0], row[1]
            else:
                _bad(work, path, number, "needs a code such as IQ.18 and a name")


def _bad(work: _Work, path: Path, number: int, what: str) -> None:
    work.blame("bad-line", what, "Download the file again from GeoNames, or correct the line", f"{path}:{number}")


def _read_places(path: Path, division_names: Mapping[str, str], work: _Work) -> None:
    for number, row in _rows(path, work):
        if len(row) != _COLUMNS:
            _bad(work, path, number, f"has {len(row)} columns, a GeoNames table has {_COLUMNS}")
            continue
        try:
            place = _place(row, division_names)
        except ValueError as error:
            _bad(work, path, number, str(error))
            continue
        if place is None:
            work.left_out += 1
        elif len(work.places) >= MOST_PLACES:
            work.blame(
                "too-many-places",
                f"more than {MOST_PLACES:,} places",
                "Import the files of single countries",
                f"{path}:{number}",
            )
            return
        else:
            work.places[int(row[0])] = place


def _place(row: Sequence[str], division_names: Mapping[str, str]) -> RawPlace | None:
    """A row as a place; `None` for features nobody reports from. Raises `ValueError` with what is wrong."""
    number, name, plain, alternates = row[0], row[1], row[2], row[3]
    if not number.isascii() or not number.isdigit() or int(number) >= 2**32:
        raise ValueError(f"{number!r} is not a GeoNames number")
    lat, lon = _degrees(row[4], 90, "latitude"), _degrees(row[5], 180, "longitude")
    kind = PlaceKind.TOWN if row[6] == "P" and row[7] not in (*_GONE, "PPLX") else _KINDS.get(f"{row[6]}.{row[7]}")
    if kind is None or not name:
        return None
    country, first, second = row[8], row[10], row[11]
    code = f"{country}.{first}" if first and first != "00" else ""
    people = int(row[14]) if row[14].isascii() and row[14].isdigit() else 0
    own = code if kind is PlaceKind.ADMIN1 else f"{code}.{second}" if kind is PlaceKind.ADMIN2 else ""
    return RawPlace(
        id=f"{kind.value}:{own}" if own else f"geonames:{number}",
        name=division_names.get(own, name),
        lat=lat,
        lon=lon,
        kind=kind,
        country=country,
        parent=""
        if kind is PlaceKind.ADMIN1
        else f"{code}.{second}"
        if code and second and kind is not PlaceKind.ADMIN2
        else code,
        population=people,
        radius_km=_RADIUS_KM.get(kind, max(2.0, 0.012 * people**0.5)),
        aliases=tuple(a for a in (name, plain, *alternates.split(",")) if _usable(a)),
        capital=row[7] == "PPLC",
        tolerant=True,
    )


def _degrees(text: str, most: int, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a {what}") from None
    if not -most <= value <= most:
        raise ValueError(f"{what} {text} is out of range")
    return value


def _usable(name: str) -> bool:
    """Names that reports in French, English or Arabic may use: with a capital, or without case."""
    first = name[:1]
    return (
        len(name) > 2
        and (first.isupper() or (not first.islower() and first.isalpha()))
        and not (name.isupper() and len(name) < 5)
    )


def _read_names(path: Path, work: _Work) -> None:
    """Names by language for the places read; the preferred ones first."""
    for number, row in _rows(path, work):
        if len(row) < 4 or not row[1].isascii() or not row[1].isdigit():
            _bad(work, path, number, "is no row of alternateNamesV2")
            continue
        place = work.places.get(int(row[1]))
        if place is None or row[2] not in LANGUAGES or not row[3]:
            continue
        preferred = len(row) > 4 and row[4] == "1"
        pair = (row[2], row[3])
        spoken = (pair, *place.spoken) if preferred else (*place.spoken, pair)
        work.places[int(row[1])] = replace(place, spoken=spoken)


def _write(places: Iterable[RawPlace], target: Path) -> Mapping[str, int]:
    """Compile beside the target, then swap: a layer is either the old one or the new one, whenever the power fails."""
    partial, old = target.with_name(target.name + ".partial"), target.with_name(target.name + ".old")
    for leftover in (partial, old):
        if leftover.exists():
            shutil.rmtree(leftover)
    counts = compile_layer(places, partial)
    if target.exists():
        target.rename(old)
    partial.rename(target)
    with suppress(OSError):
        shutil.rmtree(old)
    return counts
