"""`ondit contradictions`: what the reports of a ledger contradict one another on, and what they changed."""

import argparse
import sys
from typing import TYPE_CHECKING

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

HELP = "list what the reports of a ledger contradict one another on"
DESCRIPTION = (
    "Lists every field of a happening on which reports contradict one another or which changed, with who says what."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    add_settled_options(parser)
    add_event_filter_options(parser)
    parser.add_argument("--json", action="store_true", help="one field a line")
    parser.add_argument("--no-color", action="store_true", help="no colours on the terminal")


def run(arguments: argparse.Namespace) -> int:
    """List them."""
    return with_ledger(arguments, _list, settings=settings_of(arguments))


def _list(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    settle_if_due(ledger, arguments)
    events = ledger.events(event_filters_of(arguments, ledger))
    if arguments.json:
        import json

        from ondit.codec import encode_record
        from ondit.model import FieldStatus

        for event in events:
            for account in event.fields:
                if account.status in (FieldStatus.CONTESTED, FieldStatus.UPDATED):
                    row = {"event": event.id, **json.loads(encode_record(account))}
                    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return ExitCode.ALL_READ
    from ondit.present.overview import render_contradictions

    colour = wants_colour(sys.stdout, no_color=arguments.no_color)
    sys.stdout.write(render_contradictions(events, width=width(), colour=colour))
    return ExitCode.ALL_READ
