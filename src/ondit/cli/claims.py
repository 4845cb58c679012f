"""`ondit claims`: the claims of a ledger, chosen by who, how, what, where and when."""

import argparse
import csv
import itertools
import json
import sys
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.filters import add_filter_options, filters_of
from ondit.cli.ledgers import add_ledger_options, with_ledger
from ondit.cli.screen import wants_colour, width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ondit.ledger import Filters, Found, Ledger

HELP = "list the claims of a ledger"
DESCRIPTION = "Lists the claims of a ledger, the newest report first. Every option narrows the choice."
_A_SCREENFUL = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    add_ledger_options(parser)
    add_filter_options(parser)
    parser.add_argument(
        "--limit", metavar="N", type=int, help=f"at most N claims, 0 for all (default: {_A_SCREENFUL} in a table)"
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one JSON object a line")
    shape.add_argument("--csv", action="store_true", help="a table for spreadsheets")
    shape.add_argument("--count", action="store_true", help="only how many there are")
    parser.add_argument("--no-color", action="store_true", help="no colours on the terminal")


def run(arguments: argparse.Namespace) -> int:
    """List them."""
    return with_ledger(arguments, _list)


def _list(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    filters = filters_of(arguments, ledger)
    if arguments.count:
        sys.stdout.write(f"{ledger.count(filters)}\n")
        return ExitCode.ALL_READ
    whole = arguments.json or arguments.csv
    limit = arguments.limit if arguments.limit is not None else (0 if whole else _A_SCREENFUL)
    found = ledger.claims(filters, limit or None)
    written = (_json if arguments.json else _csv)(found) if whole else _table(found, arguments)
    if limit and written == limit:
        _tell_more(ledger, filters, written)
    if not written:
        sys.stderr.write("no claim fits; leave an option out, or look what is there: ondit status\n")
        return ExitCode.NOTHING_READ
    return ExitCode.ALL_READ


def _tell_more(ledger: "Ledger", filters: "Filters", written: int) -> None:
    from ondit.present.fields import number

    more = ledger.count(filters) - written
    if more > 0:
        sys.stderr.write(f"{number(more)} more; --limit 0 lists all\n")


def _json(found: "Iterable[Found]") -> int:
    from ondit.codec import encode_record
    from ondit.present.claim_rows import claim_object

    written = 0
    for one in found:
        claim = json.loads(encode_record(one.claim))
        event = json.loads(encode_record(one.event)) if one.event else None
        shown = one.shown
        row = claim_object(one.report, claim, event, standing=shown.standing, decisions=shown.decisions, text=one.claim)
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        written += 1
    return written


def _csv(found: "Iterable[Found]") -> int:
    from ondit.present.claim_rows import COLUMNS, claim_cells

    writer = csv.writer(sys.stdout, lineterminator="\n")
    written = 0
    for one in found:
        if not written:
            writer.writerow(COLUMNS)
        writer.writerow(claim_cells(one.report, one.claim, one.event, one.shown.standing))
        written += 1
    return written


def _table(found: "Iterable[Found]", arguments: argparse.Namespace) -> int:
    colour = wants_colour(sys.stdout, no_color=arguments.no_color)
    written = 0
    for _, group in itertools.groupby(found, key=lambda one: one.report.id):
        claims = list(group)
        sys.stdout.write(("\n" if written else "") + report_table(claims, colour=colour))
        written += len(claims)
    return written


def report_table(claims: "list[Found]", *, colour: bool) -> str:
    """The claims of one report as a table, with their ids."""
    from ondit.model import Reading
    from ondit.present.table import render_table

    report = claims[0].report
    events = {one.event.id: one.event for one in claims if one.event}
    reading = Reading(report, tuple(one.claim for one in claims), tuple(events.values()))
    marks = {"rejected": "✗", "accepted": "✓"}
    labels = [f"{one.claim.id}{marks.get(one.shown.standing, ' ')}" for one in claims]
    return render_table(reading, width=width(), colour=colour, name=report.id, labels=labels)
