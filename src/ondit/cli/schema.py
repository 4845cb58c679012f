"""`ondit schema`: the JSON Schema of what `ondit read --json` writes."""

import argparse
import sys

from ondit.cli.exit_codes import ExitCode

HELP = "print the JSON Schema of the JSON output"
DESCRIPTION = "Prints the JSON Schema (2020-12) of one line of `ondit read --json`."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There are none."""
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Print the schema."""
    from ondit.codec import schema_text

    sys.stdout.write(schema_text())
    return ExitCode.ALL_READ
