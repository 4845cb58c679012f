"""`ondit events`: reports in, the happenings that they tell of together out."""

import argparse
import sys
from collections.abc import Mapping, Sequence

from ondit.cli.exit_codes import ExitCode
from ondit.cli.options import add_report_options, own_sources
from ondit.cli.read import read_all, tell_problems
from ondit.cli.screen import Progress, wants_colour, width
from ondit.model import Event, Reading

HELP = "read reports and show the happenings that they tell of together"
DESCRIPTION = "Reads reports and shows which of their claims are about one happening, and why."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="a report, a file of many, a folder or a pattern; - is standard input"
    )
    add_report_options(parser)
    parser.add_argument("--shared", action="store_true", help="only happenings that several reports tell of")
    parser.add_argument(
        "--accounts", action="store_true", help="the whole account of each: agreement, contradiction, grade"
    )
    parser.add_argument("--contradictions", action="store_true", help="only what is contested or changed, and by whom")
    parser.add_argument("--json", action="store_true", help="write JSON instead of the table, one happening a line")
    parser.add_argument("--no-color", action="store_true", help="no colours on the terminal")


def run(arguments: argparse.Namespace) -> int:
    """Read every input, gather what was read, and show it."""
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
