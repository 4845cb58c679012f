"""`ondit copy`: a ledger from one place to another, of whatever kind."""

import argparse
import sys

from ondit.cli.exit_codes import ExitCode
from ondit.cli.progress import Meter

HELP = "copy a ledger into another one: from a file to PostgreSQL, or back"
DESCRIPTION = (
    "Copies everything that is in a ledger into another one, which is made when there is none: originals, readings, decisions, failures, "
    "inputs, tombstones, and who took in what. A copy that was interrupted goes on when it is started again, and an older copy is brought "
    "up to date. A ledger that holds anything else is refused."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("old", metavar="OLD", help="the ledger: a file, or postgresql://USER@HOST/DATABASE")
    parser.add_argument("new", metavar="NEW", help="where to: a file, or postgresql://USER@HOST/DATABASE")


def run(arguments: argparse.Namespace) -> int:
    """Copy it."""
    from ondit.ledger import Ledger, LedgerError
    from ondit.present.fields import plural
    from ondit.stores.addresses import shown_name

    old, new = shown_name(arguments.old), shown_name(arguments.new)
    try:
        with Ledger.open(arguments.old, create=False) as ledger:
            meter = Meter(ledger.totals()["bytes"], "report")
            try:
                for copied in ledger.copy_to(arguments.new):
                    meter.item(copied.size, new, items=copied.reports)
            finally:
                meter.clear()
            totals = ledger.totals()
    except LedgerError as error:
        sys.stderr.write(f"ondit: error: {error} [ledger]\n")
        return ExitCode.NO_LEDGER
    sys.stdout.write(
        f"{plural(totals['reports'], 'report')}, {plural(totals['decisions'], 'decision')}: {old} → {new}\n"
    )
    return ExitCode.ALL_READ
