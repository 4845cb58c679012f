"""What verbs about happenings of a ledger share: settling it first where it is due, and choosing happenings."""

import argparse
import sys
from typing import TYPE_CHECKING

from ondit.cli.filters import add_filter_options, filters_of
from ondit.cli.folders import imported_layers
from ondit.cli.ledgers import add_ledger_options
from ondit.cli.options import add_sources_option, own_sources
from ondit.cli.progress import Steps
from ondit.settings import Settings

if TYPE_CHECKING:
    from ondit.ledger import EventFilters, Ledger

_STAGES = {"gather": "looking at reports", "compare": "comparing accounts", "weigh": "weighing happenings"}


def add_settled_options(parser: argparse.ArgumentParser, *, ledger: bool = True) -> None:
    """The ledger, and whether it is settled first."""
    if ledger:
        add_ledger_options(parser)
        add_sources_option(parser)
    parser.add_argument(
        "--as-settled", action="store_true", help="show what was settled last, even when something has come since"
    )


def add_event_filter_options(parser: argparse.ArgumentParser) -> None:
    """One option for each thing to choose happenings by: those of claims, and some of their own."""
    add_filter_options(parser)
    parser.add_argument("--shared", action="store_true", help="only happenings that several reports tell of")
    parser.add_argument("--contested", action="store_true", help="only those on which reports contradict one another")
    parser.add_argument("--single", action="store_true", help="only those with one independent origin")
    parser.add_argument(
        "--grade",
        metavar="N",
        type=int,
        choices=range(1, 7),
        help="graded N or better: 1 confirmed … 6 cannot be judged",
    )


def event_filters_of(arguments: argparse.Namespace, ledger: "Ledger") -> "EventFilters":
    """The filters that the options ask for."""
    from ondit.ledger import EventFilters

    return EventFilters(
        claims=filters_of(arguments, ledger),
        contested=arguments.contested,
        shared=arguments.shared,
        single=arguments.single,
        credibility=arguments.grade,
    )


def settings_of(arguments: argparse.Namespace) -> Settings:
    """The settings that say who is who."""
    return Settings(gazetteer_layers=imported_layers(), sources=own_sources(arguments))


def settle(ledger: "Ledger") -> int:
    """Settle with a bar; gives how many happenings changed."""
    bar = Steps(_STAGES)
    try:
        return ledger.settle(bar.step)
    finally:
        bar.clear()


def settle_if_due(ledger: "Ledger", arguments: argparse.Namespace) -> None:
    """Bring the happenings up to date, unless the user wants them as they are or the ledger cannot be written."""
    from ondit.ledger import LedgerError

    if arguments.as_settled or not ledger.stale:
        return
    try:
        settle(ledger)
    except LedgerError as error:
        if ledger.store.settlement() is None:
            raise
        sys.stderr.write(f"ondit: warning: shown as settled last, something has come since: {error} [stale]\n")
