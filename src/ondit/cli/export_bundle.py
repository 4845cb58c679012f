"""`ondit export-bundle`: originals, custody and decisions in a bag that anybody can check."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, with_ledger

if TYPE_CHECKING:
    from ondit.ledger import Ledger

HELP = "write a chain-of-custody bundle"
DESCRIPTION = "Writes a BagIt bag with every original, its hash and how it came in, all decisions and removals, what was read, and the ledger itself."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a folder that is not there yet")
    parser.add_argument("--why", metavar="WORDS", default="", help="what the bundle is for; it is written into it")
    add_ledger_options(parser, writes=True)


def run(arguments: argparse.Namespace) -> int:
    """Write it."""
    return with_ledger(arguments, _export)


def _export(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from ondit.present.fields import plural

    bundle = ledger.export_bundle(arguments.folder, purpose=arguments.why)
    sys.stdout.write(f"{plural(bundle.reports, 'report')}, {plural(bundle.originals, 'original')} → {bundle.folder}\n")
    return ExitCode.ALL_READ
