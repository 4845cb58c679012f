"""`ondit watch`: keeps a ledger up to date with folders and feeds."""

import argparse
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from ondit.cli.add import exit_code, options_of, parse_columns, summary, take_in
from ondit.cli.ledgers import add_ledger_options, ledger_name, with_ledger
from ondit.cli.options import add_fetch_options, add_jobs_option, add_report_options, settings_of

if TYPE_CHECKING:
    from ondit.ledger import Ledger

HELP = "keep a ledger up to date with folders and feeds"
DESCRIPTION = (
    "Looks at folders, files and addresses again and again, and adds what is new or changed, until it is interrupted. A feed is asked with "
    "--fetch only."
)
_EVERY = 300


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("sources", metavar="SOURCE", nargs="+", help="a folder, a file or an address")
    parser.add_argument(
        "--every", metavar="SECONDS", type=parse_seconds, default=_EVERY, help=f"how often (default: {_EVERY})"
    )
    parser.add_argument("--once", action="store_true", help="look once and stop")
    add_ledger_options(parser, writes=True)
    add_report_options(parser)
    add_fetch_options(parser)
    add_jobs_option(parser)
    parser.add_argument("--map", metavar="FIELD=COLUMN,…", type=parse_columns, default={}, help="as for 'ondit add'")


def parse_seconds(text: str) -> float:
    """Seconds between two looks, at least one."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 7 * 86_400:
        message = f"'{text}' is no interval; write seconds from 1 to 604800, for example 300"
        raise argparse.ArgumentTypeError(message)
    return seconds


def run(arguments: argparse.Namespace) -> int:
    """Watch."""
    return with_ledger(arguments, _watch, create=True, settings=settings_of(arguments))


def _watch(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from ondit.ledger.watching import Watch

    watch = Watch(tuple(arguments.sources), quiet=0.0 if arguments.once else 1.0)
    while True:
        due = watch.due(time.time())
        tally: Counter[str] = Counter()
        if due:
            tally = take_in(ledger, due, options_of(arguments), jobs=arguments.jobs)
            if tally["new"] or tally["new version"] or tally["failed"] or arguments.once:
                sys.stdout.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {summary(tally)} → {ledger_name(arguments)}\n")
                sys.stdout.flush()
        if arguments.once:
            return exit_code(tally)
        time.sleep(arguments.every)
