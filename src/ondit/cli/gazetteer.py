"""`ondit gazetteer`: what a place name may mean, and place names of one's own."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.folders import imported_layers, user_layers
from ondit.cli.problems import report_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ondit.gazetteer import Entry

HELP = "show what a place name may mean, import GeoNames dumps"
DESCRIPTION = (
    "Shows what a place name may mean, and imports official GeoNames dumps over the place names that are shipped."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verbs below it."""
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    show = verbs.add_parser("show", help="show the places a name may mean, most populous first")
    show.add_argument("name", metavar="NAME")
    show.set_defaults(run=_show)
    importer = verbs.add_parser(
        "import", help="compile GeoNames dumps (IQ.zip, allCountries.txt …) into a layer of your own"
    )
    importer.add_argument("files", metavar="FILE", nargs="+", type=Path)
    importer.add_argument(
        "--into", metavar="DIR", type=Path, help="the folder of the layer (default: your ondit data folder)"
    )
    importer.set_defaults(run=_import)


def _show(arguments: argparse.Namespace) -> int:
    from ondit.gazetteer import Gazetteer

    entries = Gazetteer.open(over=imported_layers()).candidates(arguments.name)
    if not entries:
        sys.stderr.write(
            f"'{arguments.name}' is in no gazetteer; import a GeoNames dump of its country: ondit gazetteer import XX.zip\n"
        )
        return ExitCode.NOTHING_READ
    for line in _table(entries):
        sys.stdout.write(line + "\n")
    return ExitCode.ALL_READ


def _table(entries: "Sequence[Entry]") -> list[str]:
    from ondit.present.terminal import clip, pad

    lines = [
        f"{'name':<28}  {'kind':<10}  {'where':<40}  {'latitude':>9}  {'longitude':>9}  {'km':>5}  {'people':>11}  id"
    ]
    for entry in entries:
        within = ", ".join((*reversed(entry.chain), *((entry.country,) if not entry.chain else ())))
        point = ("–", "–") if entry.lat is None or entry.lon is None else (f"{entry.lat:.3f}", f"{entry.lon:.3f}")
        name, where = pad(clip(entry.name, 28), 28), pad(clip(within, 40), 40)
        people = str(entry.population) if entry.population else "–"
        figures = f"{point[0]:>9}  {point[1]:>9}  {entry.radius_km:>5.0f}  {people:>11}"
        lines.append(f"{name}  {entry.kind:<10}  {where}  {figures}  {entry.id}")
    return lines


def _import(arguments: argparse.Namespace) -> int:
    from ondit.gazetteer import PlaceKind
    from ondit.gazetteer.dumps import import_dump
    from ondit.present.fields import plural

    target = arguments.into or user_layers() / arguments.files[0].name.split(".")[0]
    imported, problems = import_dump(arguments.files, target)
    failed = report_problems(problems, name=str(target))
    if not imported.counts:
        return ExitCode.NOTHING_READ
    places = sum(imported.counts.get(kind, 0) for kind in PlaceKind)
    sys.stdout.write(f"{imported.folder}: {plural(places, 'place')}\n")
    return ExitCode.SOME_FAILED if failed else ExitCode.ALL_READ
