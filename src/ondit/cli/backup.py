"""`ondit backup`: a consistent copy of a ledger, also while it is in use."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, ledger_name, with_ledger

if TYPE_CHECKING:
    from ondit.ledger import Ledger

HELP = "make a consistent copy of a ledger"
DESCRIPTION = "Copies a ledger, with its large originals, also while somebody adds to it."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument(
        "target", metavar="FILE", type=Path, help="the copy; one that is there is replaced when the new one is complete"
    )
    add_ledger_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Copy it."""
    return with_ledger(arguments, _backup)


def _backup(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    ledger.backup(arguments.target)
    sys.stdout.write(f"{ledger_name(arguments)} → {arguments.target}\n")
    return ExitCode.ALL_READ
