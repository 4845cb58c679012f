"""`ondit settle`: gathers what the reports of a ledger say together, and weighs it."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, ledger_name, with_ledger
from ondit.cli.options import add_sources_option
from ondit.cli.settled import settings_of
from ondit.cli.settled import settle as settle_with_bar

if TYPE_CHECKING:
    from ondit.ledger import Ledger

HELP = "gather and weigh what the reports of a ledger say together"
DESCRIPTION = (
    "Gathers the claims that are about one happening, finds copies, and weighs what the reports say together. The verbs that show "
    "happenings do it themselves when it is due; settling a settled ledger changes nothing."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    add_ledger_options(parser)
    add_sources_option(parser)
    parser.add_argument("--json", action="store_true", help="write JSON")


def run(arguments: argparse.Namespace) -> int:
    """Settle and tell what came of it."""
    return with_ledger(arguments, _settle, settings=settings_of(arguments))


def _settle(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from ondit.ledger import EventFilters
    from ondit.present.fields import number, plural

    changed = settle_with_bar(ledger)
    events = ledger.count_events()
    shared, contested = (
        ledger.count_events(EventFilters(shared=True)),
        ledger.count_events(EventFilters(contested=True)),
    )
    if arguments.json:
        figures = {"events": events, "shared": shared, "contested": contested, "changed": changed}
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        told = f"{plural(events, 'happening')}, {number(shared)} told by several reports, {number(contested)} contested"
        sys.stdout.write(f"{told}; {number(changed)} changed → {ledger_name(arguments)}\n")
    return ExitCode.ALL_READ
