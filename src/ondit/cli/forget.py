"""`ondit forget`: takes a report away because law or safety demands it."""

import argparse
import sys
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, full_id, with_ledger

if TYPE_CHECKING:
    from ondit.ledger import Ledger

HELP = "take a report away because law or safety demands it"
DESCRIPTION = (
    "Takes reports away: bytes, text, claims and decisions are gone from the ledger, a tombstone with the hash, who and why stays, and they "
    "are not taken in again. Copies that were made before still hold them."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("reports", metavar="REPORT", nargs="+", help="the id of a report")
    parser.add_argument("--why", metavar="WORDS", required=True, help="the reason; it stays")
    add_ledger_options(parser, writes=True)


def run(arguments: argparse.Namespace) -> int:
    """Take them away."""
    return with_ledger(arguments, _forget)


def _forget(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    for beginning in arguments.reports:
        id_ = full_id(ledger, beginning, "r")
        kept = ledger.report(id_)
        assert kept is not None
        ledger.forget(id_, why=arguments.why)
        sys.stdout.write(f"{id_} is gone; its tombstone keeps the hash {kept.report.sha256}\n")
        others = [version for version in ledger.store.versions(kept.report.series) if version != id_]
        if others:
            sys.stdout.write(f"other versions of it are still there: {', '.join(others)}\n")
    return ExitCode.ALL_READ
