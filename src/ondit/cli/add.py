"""`ondit add`: reports into a ledger."""

import argparse
import sys
from collections import Counter
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, with_ledger
from ondit.cli.options import add_fetch_options, add_report_options, fetcher_of, settings_of
from ondit.cli.problems import report_problems
from ondit.cli.progress import Meter, size_of

if TYPE_CHECKING:
    from ondit.intake import Options, Source
    from ondit.ledger import Ledger

HELP = "take reports into a ledger"
DESCRIPTION = (
    "Takes reports into a ledger: files, folders, patterns, addresses; - is standard input. What is in the ledger already is left as it "
    "is, so that an interrupted run goes on when it is started again."
)
STDIN = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("sources", metavar="SOURCE", nargs="*", help="a file, a folder, a pattern or an address")
    add_ledger_options(parser, writes=True)
    add_report_options(parser)
    add_fetch_options(parser)
    parser.add_argument(
        "--map", metavar="FIELD=COLUMN,…", type=parse_columns, default={},
        help="which columns of a table hold what: text=body,published=date",
    )  # fmt: skip
    parser.add_argument(
        "--retry", action="store_true", help="take what failed before again, and read what could not be read"
    )


def parse_columns(text: str) -> dict[str, str]:
    """`text=body,published=date` as a mapping."""
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if not pairs or not all(field.strip() and column.strip() for field, _, column in pairs):
        message = f"'{text}' is no mapping; write FIELD=COLUMN,…, for example text=body,published=date"
        raise argparse.ArgumentTypeError(message)
    from ondit.intake.records import FIELDS

    unknown = [field.strip() for field, _, _ in pairs if field.strip() not in FIELDS]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no field '{unknown[0]}'; fields: {', '.join(FIELDS)}")
    return {field.strip(): column.strip() for field, _, column in pairs}


def run(arguments: argparse.Namespace) -> int:
    """Take in and tell what came of it."""
    if not arguments.sources and not arguments.retry:
        sys.stderr.write("ondit add: error: name a file, a folder, a pattern or an address, or --retry\n")
        return ExitCode.USAGE
    return with_ledger(arguments, _add, create=not arguments.retry, settings=settings_of(arguments))


def options_of(arguments: argparse.Namespace) -> "Options":
    """What is known about the reports besides their bytes."""
    from ondit.intake import Options, Origin

    origin = Origin(published=arguments.published, publisher=arguments.publisher)
    return Options(origin=origin, columns=arguments.map, fetch=fetcher_of(arguments))


def _add(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    names: list[str] = [*arguments.sources, *(ledger.failed_sources() if arguments.retry else [])]
    tally = take_in(ledger, names, options_of(arguments))
    reread = _read_again(ledger) if arguments.retry else 0
    sys.stdout.write(f"{summary(tally, reread)} → {arguments.ledger}\n")
    return exit_code(tally, reread)


def exit_code(tally: Counter[str], reread: int = 0) -> int:
    """All taken in, some failed, or nothing taken in."""
    if tally["failed"]:
        taken = sum(tally[outcome] for outcome in ("new", "new version", "known"))
        return ExitCode.SOME_FAILED if taken or reread else ExitCode.NOTHING_READ
    return ExitCode.ALL_READ


def take_in(ledger: "Ledger", names: list[str], options: "Options") -> Counter[str]:
    """Add the sources with a bar and the problems as they come; gives how often each outcome came, and the claims."""
    meter = Meter(size_of(names), "report")
    tally: Counter[str] = Counter()
    try:
        for added in ledger.add(*map(_source, names), options=options):
            tally[added.outcome] += 1
            tally["claims"] += added.claims
            if added.problems:
                meter.clear()
                failed = report_problems(added.problems, name=added.where)
                tally["unread"] += failed and bool(added.report_id)
            if added.outcome == "taken":
                meter.source(added.size)
            else:
                meter.item(added.size, added.where)
    finally:
        meter.clear()
    return tally


def summary(tally: Counter[str], reread: int = 0) -> str:
    """What came of it, in one line."""
    from ondit.present.fields import number, plural

    parts = [f"{plural(tally['new'], 'new report')}, {plural(tally['claims'], 'claim')}"]
    for outcome, words in (
        ("new version", "new versions"), ("known", "known already"), ("forgotten", "taken away before"),
        ("unread", "kept but not read"), ("failed", "failed"),
    ):  # fmt: skip
        if tally[outcome]:
            parts.append(f"{number(tally[outcome])} {words}")
    if reread:
        parts.append(f"{number(reread)} read at last")
    return "; ".join(parts)


def _source(name: str) -> "str | Source":
    if name != STDIN:
        return name
    from ondit.intake import Source
    from ondit.ledger.adding import STANDARD_INPUT

    return Source.of_stream(STANDARD_INPUT, sys.stdin.buffer)


def _read_again(ledger: "Ledger") -> int:
    """Reports that could not be read before: how many could now."""
    unread = list(dict.fromkeys(f.report_id for f in ledger.failures() if f.report_id))
    still = 0
    if unread:
        for _ in ledger.reread(unread, keep=True):
            pass
        left = {f.report_id for f in ledger.failures()}
        still = sum(id_ in left for id_ in unread)
    return len(unread) - still
