"""The command line: one file a verb, heavy imports only when a verb runs."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

import ondit
from ondit.cli.exit_codes import ExitCode
from ondit.cli.folders import lay_words

_VERBS = (
    *("read", "explain", "who"),
    *("add", "watch", "status", "claims", "show"),
    *("bulk", "settle", "events", "event", "contradictions", "sources", "match"),
    *("decide", "reread", "serve", "verify", "backup", "copy", "forget", "train-examples"),
    *("export", "export-bundle", "import-ledger", "import-annotations"),
    *("pack", "schema", "gazetteer", "example"),
)
_DESCRIPTION = "Reads reports into claims: who says what, through whom, how sure, about which event, where and when."
_EPILOG = "Exit codes: " + "; ".join(f"{code.value} {code.meaning}" for code in ExitCode) + "."


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        arguments = build_parser().parse_args(argv)
        if not lay_words():
            return ExitCode.USAGE
        return int(arguments.run(arguments))
    except SystemExit as stop:  # argparse: --help, --version and wrong usage
        return stop.code if isinstance(stop.code, int) else ExitCode.USAGE
    except KeyboardInterrupt:
        sys.stderr.write("\nondit: interrupted; what was written before is complete\n")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has seen enough; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.ALL_READ


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(prog="ondit", description=_DESCRIPTION, epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"ondit {ondit.__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for name in _VERBS:
        verb = importlib.import_module(f"ondit.cli.{name.replace('-', '_')}")
        verb_parser = verbs.add_parser(name, help=verb.HELP, description=verb.DESCRIPTION, epilog=_EPILOG)
        verb.add_arguments(verb_parser)
    return parser
