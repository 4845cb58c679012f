"""The command line: one file a verb, heavy imports only when a verb runs."""

import argparse
import atexit
import gc
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


_SELDOM = 200_000
"""Objects made before they are looked through for cycles, of which a run makes few: word lists alone are as many objects."""

# At the end the interpreter would look through all of them once more, which takes longer than reading an article.
atexit.register(gc.freeze)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    gc.set_threshold(_SELDOM)
    try:
        given = sys.argv[1:] if argv is None else argv
        arguments = build_parser(given[0] if given and given[0] in _VERBS else "").parse_args(given)
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


def build_parser(verb: str = "") -> argparse.ArgumentParser:
    """The parser of the whole command line, or of the one verb that is asked for: the others need not be imported."""
    parser = argparse.ArgumentParser(prog="ondit", description=_DESCRIPTION, epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"ondit {ondit.__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for name in (verb,) if verb else _VERBS:
        module = importlib.import_module(f"ondit.cli.{name.replace('-', '_')}")
        verb_parser = verbs.add_parser(name, help=module.HELP, description=module.DESCRIPTION, epilog=_EPILOG)
        module.add_arguments(verb_parser)
    return parser
