"""`ondit explain`: which rules fired at a place of a text, or why none did."""

import argparse
import re
import sys
from pathlib import Path

from ondit.cli.exit_codes import ExitCode
from ondit.cli.options import add_report_options, settings_of
from ondit.cli.problems import report_problems
from ondit.cli.read import Result, read_all
from ondit.cli.screen import wants_colour, width

HELP = "say which rules fired at a place of a report, or why none did"
DESCRIPTION = (
    "Says which rules fired at a place of a report and why, or why none did. The place counts in the text as it is read: "
    "for an HTML page that is the article's text, as `ondit read --json` gives it."
)
_PLACE = re.compile(r"(?P<file>.+?):(?P<first>\d+)(?::(?P<second>\d+))?", re.DOTALL)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument(
        "place",
        metavar="FILE:OFFSET",
        type=parse_place,
        help="a character offset from 0, or FILE:LINE:COLUMN, both from 1",
    )
    add_report_options(parser)
    parser.add_argument("--json", action="store_true", help="write the evidence as JSON, one rule a line")
    parser.add_argument("--no-color", action="store_true", help="no colours on the terminal")


def parse_place(text: str) -> tuple[str, int, int | None]:
    """File, and offset or line and column."""
    match = _PLACE.fullmatch(text)
    if match is None:
        message = f"'{text}' names no place; write FILE:OFFSET or FILE:LINE:COLUMN, for example report.txt:120"
        raise argparse.ArgumentTypeError(message)
    second = match["second"]
    return match["file"], int(match["first"]), int(second) if second is not None else None


def run(arguments: argparse.Namespace) -> int:
    """Read the report and explain the place."""
    from ondit import pipeline
    from ondit.present.explanation import firings_at, render_explanation

    name, first, second = arguments.place
    result = _first(name, arguments)
    report = result.reading.report if result.reading else None
    failed = report_problems(result.problems, name=result.name, report=report, as_json=arguments.json)
    if result.reading is None or report is None or (failed and not result.reading.claims):
        return ExitCode.NOTHING_READ
    offset = first if second is None else offset_of(report.text, first, second)
    if offset is None or offset >= len(report.text):
        lines = report.text.count("\n") + 1
        sys.stderr.write(
            f"{result.name}: error: there is no such place; the text has {len(report.text)} characters in {lines} lines [no-such-place]\n"
        )
        return ExitCode.USAGE
    trace = pipeline.trace(report, offset, settings_of(arguments))
    if arguments.json:
        from ondit.codec import encode_evidence

        for evidence in dict.fromkeys([*firings_at(result.reading, offset), *trace]):
            sys.stdout.write(encode_evidence(evidence).decode() + "\n")
        return ExitCode.ALL_READ
    colour = wants_colour(sys.stdout, no_color=arguments.no_color)
    sys.stdout.write(f"{Path(result.name).name}, character {offset}\n")
    sys.stdout.write(render_explanation(result.reading, offset, width=width(), trace=trace, colour=colour))
    return ExitCode.ALL_READ


def _first(name: str, arguments: argparse.Namespace) -> Result:
    """The first report of an input, or what went wrong."""
    results = read_all(name, arguments)
    result = next(results)
    while result.reading is None and (another := next(results, None)) is not None:
        result = another
    return result


def offset_of(text: str, line: int, column: int) -> int | None:
    """Offset of a line and column (both from 1), None when there is no such place."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
        if not start:
            return None
    end = text.find("\n", start)
    offset = start + column - 1
    return offset if line > 0 and start <= offset <= (len(text) if end < 0 else end) else None
