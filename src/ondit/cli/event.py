"""`ondit event ID`: the account of one happening."""

import argparse
import sys
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import full_id, with_ledger
from ondit.cli.screen import wants_colour, width
from ondit.cli.settled import add_settled_options, settings_of, settle_if_due

if TYPE_CHECKING:
    from ondit.ledger import Ledger
    from ondit.model import Event

HELP = "tell what the reports of a ledger say together about one happening"
DESCRIPTION = (
    "Tells what is agreed, what is contested and by whom, how figures changed, how many independent origins there are, and the grade "
    "with its reasons. ID is that of a happening, or of a claim about it; the beginning of an id is enough."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("id", metavar="ID", help="the id of a happening, or of a claim about it, or its beginning")
    add_settled_options(parser)
    parser.add_argument("--json", action="store_true", help="write JSON")
    parser.add_argument("--no-color", action="store_true", help="no colours on the terminal")


def run(arguments: argparse.Namespace) -> int:
    """Show it."""
    return with_ledger(arguments, _show, settings=settings_of(arguments))


def _show(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    settle_if_due(ledger, arguments)
    event = ledger.event(arguments.id)  # also an id that it had before
    if event is None:
        id_ = full_id(ledger, arguments.id, "hc")
        event = ledger.event(id_ if id_.startswith("h") else ledger.event_of(id_) or "")
    if event is None:
        sys.stderr.write(f"ondit: error: the claim {arguments.id} is about no happening\n")
        return ExitCode.NOTHING_READ
    return show_event(ledger, event, arguments)


def show_event(ledger: "Ledger", event: "Event", arguments: argparse.Namespace) -> int:
    """The account of a happening and the passages that it rests on."""
    if arguments.json:
        from ondit.codec import encode_event

        sys.stdout.write(encode_event(event).decode() + "\n")
        return ExitCode.ALL_READ
    from ondit.present.account import render_account
    from ondit.present.passages import render_passages

    colour = wants_colour(sys.stdout, no_color=arguments.no_color)
    readings = [reading for report in event.reports if (reading := ledger.reading(report))]
    sys.stdout.write(render_account(event, width=width(), colour=colour))
    sys.stdout.write("\n" + render_passages(event, readings, width=width(), colour=colour))
    return ExitCode.ALL_READ
