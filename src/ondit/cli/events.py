"""`ondit events`: the happenings that the reports of a ledger, or of files, tell of together."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, with_ledger
from ondit.cli.options import add_report_options, own_sources
from ondit.cli.read import read_all, tell_problems
from ondit.cli.screen import Progress, wants_colour, width
from ondit.cli.settled import (
    add_event_filter_options,
    add_settled_options,
    event_filters_of,
    settings_of,
    settle_if_due,
)
from ondit.model import Event, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ondit.ledger import EventRow, Ledger

HELP = "list the happenings that the reports of a ledger, or of files, tell of together"
DESCRIPTION = (
    "Lists the happenings of a ledger, the earliest first, with their grades; options narrow the choice. With files, reads them without a "
    "ledger and shows which of their claims are about one happening, and why."
)
_A_SCREENFUL = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument(
        "files", metavar="FILE", nargs="*", help="a report, a file of many, a folder or a pattern; - is standard input"
    )
    add_ledger_options(parser)
    add_settled_options(parser, ledger=False)
    add_event_filter_options(parser)
    add_report_options(parser)
    parser.add_argument(
        "--limit", metavar="N", type=int, help=f"at most N happenings, 0 for all (default: {_A_SCREENFUL} in a table)"
    )
    parser.add_argument(
        "--accounts", action="store_true", help="the whole account of each: agreement, contradiction, grade"
    )
    parser.add_argument("--contradictions", action="store_true", help="only what is contested or changed, and by whom")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="write JSON instead of the table, one happening a line")
    shape.add_argument("--csv", action="store_true", help="a table for spreadsheets, of a ledger")
    shape.add_argument("--count", action="store_true", help="only how many there are, in a ledger")
    parser.add_argument("--no-color", action="store_true", help="no colours on the terminal")


def run(arguments: argparse.Namespace) -> int:
    """List those of a ledger, or read every input, gather what was read, and show it."""
    if not arguments.files:
        return with_ledger(arguments, _list, settings=settings_of(arguments))
    if wanted := _of_a_ledger(arguments):
        sys.stderr.write(f"ondit events: error: {wanted} is for a ledger; leave the files out, or add them first\n")
        return ExitCode.USAGE
    readings, names, failed = _read(arguments)
    if not readings:
        return ExitCode.NOTHING_READ
    from ondit.pipeline import name_resolver, settle, weigh_all

    events = settle(readings).events()
    if arguments.shared:
        events = [event for event in events if len(event.reports) > 1]
    events = weigh_all(events, readings, name_resolver(own_sources(arguments)).registry)
    if arguments.json:
        from ondit.codec import encode_event

        sys.stdout.write("".join(f"{encode_event(event).decode()}\n" for event in events))
    else:
        sys.stdout.write(_view(events, readings, names, arguments))
    return ExitCode.SOME_FAILED if failed else ExitCode.ALL_READ


def _of_a_ledger(arguments: argparse.Namespace) -> str:
    """The first option given that only means something for the happenings of a ledger, "" when there is none."""
    parser = argparse.ArgumentParser()
    add_settled_options(parser, ledger=False)
    add_event_filter_options(parser)
    for name in ("--csv", "--count", "--limit"):
        parser.add_argument(name, default=None if name == "--limit" else False)
    given = (a for a in parser._actions if a.dest not in ("help", "shared"))  # noqa: SLF001 - argparse tells it nowhere else
    return next((a.option_strings[-1] for a in given if getattr(arguments, a.dest) != a.default), "")


def _list(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    settle_if_due(ledger, arguments)
    filters = event_filters_of(arguments, ledger)
    fitting = ledger.count_events(filters)
    if arguments.count:
        sys.stdout.write(f"{fitting}\n")
        return ExitCode.ALL_READ
    whole = arguments.json or arguments.csv or arguments.contradictions
    limit = arguments.limit if arguments.limit is not None else (0 if whole else _A_SCREENFUL)
    if arguments.csv:
        _write_csv(ledger.event_rows(filters, limit or None))
    elif arguments.json:
        from ondit.codec import encode_event

        for event in ledger.events(filters, limit or None):
            sys.stdout.write(f"{encode_event(event).decode()}\n")
    elif fitting:
        sys.stdout.write(_ledger_view(list(ledger.events(filters, limit or None)), arguments))
    if limit and fitting > limit and not whole:
        sys.stderr.write(f"{fitting - limit} more; --limit 0 lists all\n")
    if not fitting:
        sys.stderr.write("no happening fits; leave an option out, or look what is there: ondit status\n")
        return ExitCode.NOTHING_READ
    return ExitCode.ALL_READ


def _ledger_view(events: Sequence[Event], arguments: argparse.Namespace) -> str:
    if arguments.accounts or arguments.contradictions:
        return _view(events, (), {}, arguments)
    from ondit.present.overview import render_overview

    return render_overview(events, width=width(), colour=wants_colour(sys.stdout, no_color=arguments.no_color))


def _write_csv(rows: "Iterable[EventRow]") -> None:
    import csv
    from dataclasses import astuple, fields

    from ondit.ledger import EventRow
    from ondit.present.claim_rows import harmless

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([field.name for field in fields(EventRow)])
    writer.writerows([harmless(c) if isinstance(c, str) else c for c in astuple(row)] for row in rows)


def _view(
    events: Sequence[Event], readings: Sequence[Reading], names: Mapping[str, str], arguments: argparse.Namespace
) -> str:
    colour = wants_colour(sys.stdout, no_color=arguments.no_color)
    if arguments.accounts:
        from ondit.present.account import render_account

        return "\n".join(render_account(event, width=width(), colour=colour) for event in events)
    if arguments.contradictions:
        from ondit.present.overview import render_contradictions

        return render_contradictions(events, width=width(), colour=colour)
    from ondit.present.events import render_events

    return render_events(events, readings, width=width(), colour=colour, names=names)


def _read(arguments: argparse.Namespace) -> tuple[list[Reading], dict[str, str], bool]:
    """The readings, how each report is called, and whether anything went wrong."""
    progress = Progress(len(arguments.files))
    readings: dict[str, Reading] = {}
    names: dict[str, str] = {}
    failed = False
    for done, name in enumerate(arguments.files):
        progress.step(done, name)
        for result in read_all(name, arguments):
            progress.clear()
            failed |= tell_problems(result, arguments)
            if result.reading is not None:
                readings.setdefault(result.reading.report.id, result.reading)
                names.setdefault(result.reading.report.id, result.name)
    progress.clear()
    return list(readings.values()), names, failed
