"""`ondit match`: which happenings of a ledger are coded already in a table of ACLED, UCDP or Airwars."""

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import with_ledger
from ondit.cli.screen import wants_colour, width
from ondit.cli.settled import (
    add_event_filter_options,
    add_settled_options,
    event_filters_of,
    settings_of,
    settle_if_due,
)

if TYPE_CHECKING:
    from ondit.ledger import Ledger
    from ondit.match import CodedEvent, Matching

HELP = "compare the happenings of a ledger with events that somebody coded (ACLED, UCDP, Airwars)"
DESCRIPTION = (
    "Reads a table of coded events and says which happenings of the ledger are coded already, with the reasons and how the fields differ, which are new, and "
    "which coded events within its days and countries the ledger lacks."
)
_A_FEW = 20
_COLUMNS = (
    "result event coded score type when place killed coded_type coded_when coded_place coded_killed reasons".split()
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("file", metavar="FILE", type=Path, help="a CSV file of coded events")
    parser.add_argument(
        "--as", dest="kind", metavar="KIND", default="", help="acled, ucdp or airwars (default: told by the columns)"
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="write JSON instead of the table")
    shape.add_argument(
        "--csv", action="store_true", help="a table for spreadsheets, a row for each event of either side"
    )
    parser.add_argument(
        "--limit",
        metavar="N",
        type=int,
        default=_A_FEW,
        help=f"at most N of each in the table, 0 for all (default: {_A_FEW})",
    )
    parser.add_argument("--no-color", action="store_true", help="no colours on the terminal")
    add_settled_options(parser)
    add_event_filter_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Compare and tell."""
    return with_ledger(arguments, _match, settings=settings_of(arguments))


def _match(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from ondit.match import NotCoded, match, read_coded
    from ondit.match.rendering import render_matching

    try:
        table = read_coded(arguments.file, arguments.kind)
    except NotCoded as error:
        sys.stderr.write(f"ondit: error: {error}\n")
        return ExitCode.USAGE
    for problem in table.problems:
        sys.stderr.write(f"{problem.where}: {problem.severity}: {problem.message}; {problem.remedy} [{problem.code}]\n")
    settle_if_due(ledger, arguments)
    found = match(list(ledger.events(event_filters_of(arguments, ledger))), table)
    if arguments.json:
        sys.stdout.write(json.dumps(_as_json(found), ensure_ascii=False, indent=2) + "\n")
    elif arguments.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(_rows(found))
    else:
        colour = wants_colour(sys.stdout, no_color=arguments.no_color)
        sys.stdout.write(render_matching(found, width=width(), colour=colour, limit=arguments.limit))
    return ExitCode.ALL_READ


def _as_json(found: "Matching") -> dict[str, Any]:
    from ondit.present.account import event_title

    return {
        "table": found.table.kind,
        "coded": [
            {
                "event": pair.event.id,
                "title": event_title(pair.event),
                "coded": pair.coded.id,
                "score": pair.score,
                "reasons": pair.reasons,
                "fields": [
                    {"field": d.field, "ours": d.ours, "theirs": d.theirs, "agrees": d.agrees} for d in pair.differences
                ],
            }
            for pair in found.pairs
        ],
        "new": [{"event": event.id, "title": event_title(event)} for event in found.new],
        "undated": [{"event": event.id, "title": event_title(event)} for event in found.undated],
        "missing": [_coded_json(coded) for coded in found.missing],
        "outside": found.outside,
    }


def _coded_json(coded: "CodedEvent") -> Mapping[str, Any]:
    days = (str(day) if day else None for day in (coded.first, coded.last))
    first, last = days
    return {"coded": coded.id, "row": coded.row, "type": coded.code, "place": coded.place, "first": first, "last": last, "killed": [coded.low, coded.best, coded.high]}  # fmt: skip


def _rows(found: "Matching") -> Iterator[list[str]]:
    from ondit.present.account import event_title
    from ondit.present.claim_rows import harmless

    for pair in found.pairs:
        ours = {d.field: d.ours for d in pair.differences}
        theirs = {d.field: d.theirs for d in pair.differences}
        fields = [side.get(name, "") for side in (ours, theirs) for name in ("type", "when", "place", "killed")]
        row = ["coded", pair.event.id, pair.coded.id, str(pair.score), *fields, "; ".join(pair.reasons)]
        yield [harmless(cell) for cell in row]
    for name, events in (("new", found.new), ("undated", found.undated)):
        for event in events:
            yield [name, event.id, "", "", harmless(event_title(event)), *[""] * 8]
    for coded in found.missing:
        when = f"{coded.first}/{coded.last}" if coded.first != coded.last else str(coded.first)
        killed = "" if coded.low is None else str(coded.low)
        yield [
            harmless(c)
            for c in ("missing", "", coded.id, "", "", "", "", "", coded.code, when, coded.place, killed, "")
        ]
