"""Options that choose claims."""

import argparse
from typing import TYPE_CHECKING

from ondit.cli.folders import imported_layers
from ondit.cli.ledgers import WrongId, full_id
from ondit.cli.options import parse_day

if TYPE_CHECKING:
    from ondit.ledger import Filters, Ledger


def add_filter_options(parser: argparse.ArgumentParser) -> None:
    """One option for each thing to choose by."""
    from ondit.model import Stance, Standing

    parser.add_argument(
        "--source", metavar="WORDS", default="", help="words of the publisher's name, or the id of a source"
    )
    parser.add_argument("--voice", metavar="WORDS", default="", help="words of a voice in the chain")
    parser.add_argument("--stance", choices=[s.value for s in Stance], help="how it is put forward")
    parser.add_argument("--type", metavar="TYPE", default="", help="the type of happening: air_strike, protest …")
    parser.add_argument(
        "--place", metavar="WORDS", default="", help="words of a place or its divisions, or a country code"
    )
    parser.add_argument("--near", metavar="LAT,LON,KM", type=parse_near, help="within KM of a point; or NAME,KM")
    parser.add_argument("--box", metavar="S,W,N,E", type=parse_box, help="within a box, in degrees")
    parser.add_argument("--since", metavar="DATE", type=parse_day, help="what may have happened on this day or later")
    parser.add_argument("--until", metavar="DATE", type=parse_day, help="what may have happened on this day or before")
    parser.add_argument(
        "--text", metavar="WORDS", default="", help='words of the claim; "in quotes" together, wor* begins'
    )
    parser.add_argument("--report", metavar="ID", default="", help="claims of one report")
    parser.add_argument(
        "--standing", choices=[s.value for s in Standing], help="what became of them (default: all but rejected)"
    )
    parser.add_argument("--versions", action="store_true", help="also those of versions that a newer one replaces")


def filters_of(arguments: argparse.Namespace, ledger: "Ledger") -> "Filters":
    """The filters that the options ask for."""
    from ondit.ledger import Filters
    from ondit.model import Stance, Standing
    from ondit.ontology import event_types

    if arguments.type and arguments.type not in event_types():
        raise WrongId(f"'{arguments.type}' is no type of happening; types: {', '.join(sorted(event_types()))}")
    return Filters(
        source=arguments.source,
        voice=arguments.voice,
        stance=Stance(arguments.stance) if arguments.stance else None,
        type=arguments.type,
        place=arguments.place,
        near=_point(arguments.near),
        box=arguments.box,
        since=arguments.since,
        until=arguments.until,
        text=arguments.text,
        report=full_id(ledger, arguments.report, "r") if arguments.report else "",
        standing=Standing(arguments.standing) if arguments.standing else None,
        versions=arguments.versions,
    )


def parse_near(text: str) -> tuple[str, float] | tuple[float, float, float]:
    """A point and kilometres, or a name and kilometres."""
    try:
        where, _, km = text.rpartition(",")
        radius = _within(float(km), 0, 21_000)
        lat, comma, lon = where.partition(",")
        if comma and _is_number(lat):
            return _within(float(lat), -90, 90), _within(float(lon), -180, 180), radius
        return _named(where), radius
    except ValueError:
        message = f"'{text}' is no circle; write LAT,LON,KM or NAME,KM, for example 34.2,43.9,50 or Samarra,50"
        raise argparse.ArgumentTypeError(message) from None


def parse_box(text: str) -> tuple[float, float, float, float]:
    """South, west, north, east."""
    try:
        south, west, north, east = (float(part) for part in text.split(","))
        return _within(south, -90, 90), _within(west, -180, 180), _within(north, south, 90), _within(east, -180, 180)
    except ValueError:
        message = f"'{text}' is no box; write south,west,north,east in degrees, for example 30,40,38,48"
        raise argparse.ArgumentTypeError(message) from None


def _point(near: tuple[str, float] | tuple[float, float, float] | None) -> tuple[float, float, float] | None:
    if near is None or len(near) == 3:
        return near
    from ondit.gazetteer import Gazetteer

    name, km = near
    found = [
        e for e in Gazetteer.open(over=imported_layers()).candidates(name) if e.lat is not None and e.lon is not None
    ]
    if not found:
        raise WrongId(f"'{name}' is in no gazetteer; write --near LAT,LON,KM")
    best = found[0]
    assert best.lat is not None
    assert best.lon is not None
    return best.lat, best.lon, km


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _named(text: str) -> str:
    if not text.strip():
        raise ValueError(text)
    return text.strip()


def _within(value: float, low: float, high: float) -> float:
    if not low <= value <= high:
        raise ValueError(value)
    return value
