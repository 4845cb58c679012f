"""`ondit verify`: is everything in the ledger as it was received, read and decided?"""

import argparse
import sys
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, ledger_name, with_ledger
from ondit.cli.problems import report_problems
from ondit.cli.progress import Meter

if TYPE_CHECKING:
    from ondit.ledger import Ledger

HELP = "check every hash and every span of a ledger"
DESCRIPTION = "Checks the file, the hash of every original, every id, every span, and that what is shown is what the claims and decisions give."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    add_ledger_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check it."""
    return with_ledger(arguments, _verify)


def _verify(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from ondit.present.fields import plural

    meter = Meter(0, "report")
    checked, damaged = 0, 0
    for told in ledger.verify():
        if isinstance(told, str):
            checked += 1
            meter.item(0, told)
        else:
            meter.clear()
            damaged += report_problems([told], name=told.where)
    meter.clear()
    if damaged:
        sys.stdout.write(f"{ledger_name(arguments)}: {plural(damaged, 'problem')} in {plural(checked, 'report')}\n")
        return ExitCode.NOTHING_READ
    sys.stdout.write(
        f"{ledger_name(arguments)}: {plural(checked, 'report')} checked, everything is as it was received\n"
    )
    return ExitCode.ALL_READ
