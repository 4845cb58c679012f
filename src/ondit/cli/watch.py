"""`ondit watch`: keeps a ledger up to date with folders and feeds."""

import argparse
import signal
import sys
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from ondit.cli.add import exit_code, options_of, parse_columns, summary, take_in
from ondit.cli.ledgers import add_ledger_options, ledger_name, with_ledger
from ondit.cli.options import add_fetch_options, add_jobs_option, add_report_options, settings_of
from ondit.cli.settled import settle
from ondit.settings import Settings

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from ondit.ledger import Ledger

HELP = "keep a ledger up to date with folders and feeds"
DESCRIPTION = (
    "Looks at folders, files and addresses again and again, and adds what is new or changed, until it is interrupted. A feed is asked with "
    "--fetch only. With --settle-every happenings are brought up to date as well."
)
_EVERY = 300
_TICK = 1.0  # seconds between two looks at the clock
_SEVERAL = 2
_AT_ONCE = 500  # files that are taken in before it is looked whether settling is due


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("sources", metavar="SOURCE", nargs="+", help="a folder, a file or an address")
    parser.add_argument(
        "--every", metavar="SECONDS", type=parse_seconds, default=_EVERY, help=f"how often (default: {_EVERY})"
    )
    parser.add_argument(
        "--settle-every",
        metavar="SECONDS",
        type=parse_seconds,
        help="settle what is new, so often at most (default: never)",
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
    settling = Settling(ledger, arguments)
    while True:
        look = time.monotonic() + arguments.every
        due = watch.due(time.time())
        tally: Counter[str] = Counter()
        for first in range(0, len(due), _AT_ONCE):
            some = due[first : first + _AT_ONCE]
            tally += take_in(ledger, some, options_of(arguments), jobs=arguments.jobs)
            settling.settle_if_due()
        if due and (tally["new"] or tally["new version"] or tally["failed"] or arguments.once):
            _say(f"{summary(tally)} → {ledger_name(arguments)}")
        if arguments.once:
            settling.settle_if_due()
            return exit_code(tally)
        while (rest := look - time.monotonic()) > 0:
            settling.settle_if_due()
            time.sleep(min(rest, _TICK))


class Settling:
    """Settles a ledger when it has changed, and not more often than every so many seconds; never when that is None.

    Where several processes may work it is done `beside` the taking in, by a process of its own: neither waits for the other, and what settling
    takes of memory is given back each time.
    """

    def __init__(self, ledger: "Ledger", arguments: argparse.Namespace) -> None:
        self._ledger, self._every = ledger, arguments.settle_every
        self._beside = partial(_settle_beside, arguments.ledger, ledger.by, ledger.settings)
        self._here = arguments.once or arguments.jobs < _SEVERAL or arguments.ledger == ":memory:"
        self._process: BaseProcess | None = None
        self._next = 0.0

    def settle_if_due(self) -> None:
        """Settle if the time has come and something is new."""
        start = time.monotonic()
        if self._every is None or start < self._next or self._is_at_it() or not self._ledger.stale:
            return
        self._next = start + self._every
        if self._here:
            _settle(self._ledger)
        else:
            import multiprocessing

            self._process = multiprocessing.get_context("spawn").Process(target=self._beside, daemon=True)
            self._process.start()

    def _is_at_it(self) -> bool:
        return self._process is not None and self._process.is_alive()


def _settle_beside(where: str, by: str, settings: Settings) -> None:
    """What the process beside does. What keeps it from settling is told and tried again the next time."""
    from ondit.ledger import Ledger, LedgerError

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever has started it ends it
    try:
        with Ledger.open(where, create=False, by=by, settings=settings) as ledger:
            _settle(ledger)
    except LedgerError as error:
        sys.stderr.write(f"ondit: warning: not settled this time: {error} [ledger]\n")


def _settle(ledger: "Ledger") -> None:
    from ondit.present.fields import number

    start = time.monotonic()
    changed = settle(ledger)
    _say(f"settled, {number(changed)} changed, {time.monotonic() - start:.1f} s")


def _say(what: str) -> None:
    sys.stdout.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {what}\n")
    sys.stdout.flush()
