"""`ondit read`: reports in, claims out."""

import argparse
import os
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.options import add_fetch_options, add_report_options, fetcher_of, settings_of
from ondit.cli.problems import report_problems
from ondit.cli.screen import Progress, wants_colour, width
from ondit.model import Problem, Reading

if TYPE_CHECKING:
    from ondit.intake import Fetch, Received

STDIN = "-"
HELP = "read reports and show their claims"
DESCRIPTION = "Reads reports (French, English, Arabic; beginnings of Spanish; text, HTML, e-mail, exports of channels and feeds …) and shows their claims in text order."


@dataclass(frozen=True, slots=True)
class Result:
    """One input read, or not, and what went wrong on the way."""

    name: str
    reading: Reading | None
    problems: tuple[Problem, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="a report, a file of many, a folder or a pattern; - is standard input"
    )
    add_report_options(parser)
    add_fetch_options(parser)
    parser.add_argument("--json", action="store_true", help="write JSON instead of the table, one reading a line")
    parser.add_argument(
        "--html",
        metavar="OUT",
        type=Path,
        help="write a self-contained page too; with several files, a folder of pages",
    )
    parser.add_argument("--no-color", action="store_true", help="no colours on the terminal")


def run(arguments: argparse.Namespace) -> int:
    """Read every input, write what was read, and say how it went."""
    files: list[str] = arguments.files
    progress = Progress(len(files))
    pages: list[tuple[str, Reading]] = []
    read, failed = 0, 0
    for result in _results(arguments, progress):
        progress.clear()
        had_error = tell_problems(result, arguments)
        failed += had_error
        # What an error left nothing of was not read: its problem says all there is to say.
        if result.reading is None or (had_error and not result.reading.claims):
            continue
        _write(result.reading, result.name, arguments, first=not read)
        read += 1
        if arguments.html:
            pages.append((result.name, result.reading))
    progress.clear()
    sys.stdout.flush()
    if pages and not _write_pages(pages, arguments.html, several=len(files) > 1 or len(pages) > 1):
        return ExitCode.SOME_FAILED
    if not read:
        return ExitCode.NOTHING_READ
    return ExitCode.SOME_FAILED if failed else ExitCode.ALL_READ


def read_all(name: str, arguments: argparse.Namespace, fetch: "Fetch | None" = None) -> Iterator[Result]:
    """The reports of one input through intake and the reading stages; a file of many posts gives many."""
    from ondit.intake import Options, Origin, Received, Source, take_in_all

    origin = Origin(published=arguments.published, publisher=arguments.publisher)
    source = Source.of_stream("standard input", sys.stdin.buffer) if name == STDIN else name
    for item in take_in_all([source], Options(origin=origin, fetch=fetch)):
        if isinstance(item, Received):
            yield _read(item, arguments)
        elif isinstance(item, Problem):
            yield Result(item.where, None, (item,))
        elif item.skipped and not arguments.json:
            left_out = ", ".join(f"{what} ({count})" for what, count in item.skipped.items())
            sys.stderr.write(f"{item.where}: left out on purpose: {left_out}\n")


def _read(received: "Received", arguments: argparse.Namespace) -> Result:
    from ondit import pipeline

    name = received.where
    try:
        reading = pipeline.read_report(received.report, settings_of(arguments))
    except Exception as error:
        # One report that the engine stumbles over must not cost the other three hundred.
        if os.environ.get("ONDIT_DEBUG"):
            raise
        return Result(name, None, (*received.problems, _stumbled(error, name)))
    reading = replace(reading, problems=(*received.problems, *reading.problems))
    return Result(name, reading, reading.problems)


def _stumbled(error: Exception, name: str) -> Problem:
    last = traceback.extract_tb(error.__traceback__)[-1]
    message = f"ondit itself failed on this report: {type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {error}"
    return Problem(
        "internal-error", message, "please report it with the text; ONDIT_DEBUG=1 shows the whole trace", name
    )


def _results(arguments: argparse.Namespace, progress: Progress) -> Iterator[Result]:
    fetch = fetcher_of(arguments)  # one for all inputs: it remembers which host was asked when
    for done, name in enumerate(arguments.files):
        progress.step(done, name)
        yield from read_all(name, arguments, fetch)


def tell_problems(result: Result, arguments: argparse.Namespace) -> bool:
    """Say what went wrong with an input; tells whether anything was an error."""
    colour = wants_colour(sys.stderr, no_color=arguments.no_color)
    report = result.reading.report if result.reading else None
    return report_problems(result.problems, name=result.name, report=report, as_json=arguments.json, colour=colour)


def _write(reading: Reading, name: str, arguments: argparse.Namespace, *, first: bool) -> None:
    if arguments.json:
        from ondit.codec import encode

        sys.stdout.write(encode(reading).decode() + "\n")
        return
    from ondit.present.table import render_table

    colour = wants_colour(sys.stdout, no_color=arguments.no_color)
    gap = "" if first else "\n"
    sys.stdout.write(gap + render_table(reading, width=width(), colour=colour, name=name))


def _write_pages(pages: list[tuple[str, Reading]], out: Path, *, several: bool) -> bool:
    """Write the HTML; tells whether it could be written."""
    from ondit.cli.pages import PageError, write_pages

    try:
        written = write_pages(pages, out, several=several)
    except PageError as error:
        sys.stderr.write(f"{error}\n")
        return False
    sys.stderr.write(f"wrote {written}\n")
    return True
