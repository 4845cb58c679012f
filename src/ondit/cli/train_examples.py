"""`ondit train-examples`: corrections of analysts as examples that the engine is tested with."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, with_ledger

if TYPE_CHECKING:
    from ondit.ledger import Ledger

HELP = "turn corrections into examples for the language packs"
DESCRIPTION = (
    "Writes what analysts corrected (claims rejected, added, or with another stance, content or voice) as examples in the form of the language "
    "packs. 'ondit pack check DIR' reads them: each is a failing test until a word or a rule is added for it."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("folder", metavar="DIR", type=Path, help="a folder of words; files in it are added to")
    add_ledger_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write them."""
    return with_ledger(arguments, _train)


def _train(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from ondit.pack_examples import write_examples
    from ondit.present.fields import plural

    examples = list(ledger.examples())
    written = write_examples(examples, arguments.folder)
    for path, count in written.items():
        sys.stdout.write(f"{path}: {plural(count, 'example')} more\n")
    if not written:
        sys.stdout.write(f"{plural(len(examples), 'correction')}, nothing new to write\n")
    return ExitCode.ALL_READ
