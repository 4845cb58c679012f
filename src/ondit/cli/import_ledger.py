"""`ondit import-ledger`: takes back what `ondit export jsonl` wrote."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, ledger_name, with_ledger

if TYPE_CHECKING:
    from ondit.ledger import Ledger

HELP = "take back a ledger that was exported as jsonl"
DESCRIPTION = "Adds reports with their originals, readings, decisions and removals of an exported ledger; what is there already stays as it is."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("file", metavar="FILE", type=Path, help="what 'ondit export jsonl' wrote")
    add_ledger_options(parser, writes=True)
    parser.add_argument("--json", action="store_true", help="write JSON")


def run(arguments: argparse.Namespace) -> int:
    """Take it in."""
    return with_ledger(arguments, _take_back, create=True)


def _take_back(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from ondit.present.fields import plural

    done = ledger.take_back(arguments.file)
    if arguments.json:
        sys.stdout.write(json.dumps(asdict(done)) + "\n")
    else:
        parts = [plural(done.reports, "report"), plural(done.decisions, "decision"), plural(done.removed, "removal")]
        known = f"; {plural(done.known, 'report')} known already" if done.known else ""
        sys.stdout.write(f"{', '.join(parts)} taken back{known} → {ledger_name(arguments)}\n")
    return ExitCode.ALL_READ
