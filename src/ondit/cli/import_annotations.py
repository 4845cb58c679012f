"""`ondit import-annotations`: what annotators did in Label Studio or INCEpTION becomes decisions, or reference readings."""

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, with_ledger

if TYPE_CHECKING:
    from ondit.ledger import Ledger

HELP = "turn annotations of Label Studio or INCEpTION into decisions"
DESCRIPTION = (
    "Reads a JSON export of Label Studio, a WebAnno TSV of INCEpTION, or a zip of them, and decides: claims that were left as they are are accepted, "
    "changed ones edited, new ones added, removed ones rejected. With --gold nothing is decided: the annotations are written as reference readings."
)
_WHY = "annotated"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("file", metavar="FILE", type=Path, help="what the annotation tool exported")
    parser.add_argument("--annotator", metavar="NAME", default="", help="only what this annotator did")
    parser.add_argument("--keep-missing", action="store_true", help="do not reject claims that are no longer there")
    parser.add_argument("--dry-run", action="store_true", help="say what would be decided, and decide nothing")
    parser.add_argument(
        "--gold", metavar="PATH", type=Path, help="write reference readings, a report a line, and decide nothing"
    )
    parser.add_argument(
        "--why", metavar="WORDS", default=_WHY, help=f"the reason that each decision gets (default: {_WHY})"
    )
    add_ledger_options(parser, writes=True)


def run(arguments: argparse.Namespace) -> int:
    """Read the annotations and decide."""
    return with_ledger(arguments, _import)


def _import(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from ondit.ledger import annotating
    from ondit.ledger.exporting import write
    from ondit.present.fields import plural
    from ondit.present.formats.annotations import NotAnnotations

    try:
        found = annotating.chosen(annotating.read_annotations(arguments.file), arguments.annotator)
        if arguments.gold is not None:
            lines = [line.encode() for line in annotating.gold(ledger, found)]
            write(arguments.gold, lambda file: file.writelines(lines))
            sys.stdout.write(f"{plural(len(lines), 'report')} → {arguments.gold}\n")
            return ExitCode.ALL_READ
        wanted = list(annotating.changes(ledger, found, keep_missing=arguments.keep_missing))
    except NotAnnotations as error:
        sys.stderr.write(f"ondit: error: {error}\n")
        return ExitCode.USAGE
    if arguments.dry_run:
        for change in wanted:
            sys.stdout.write("\t".join(filter(None, (change.kind, change.report, change.claim, change.field))) + "\n")
    done = wanted if arguments.dry_run else list(annotating.apply(ledger, wanted, why=arguments.why))
    counts = Counter(change.kind for change in done)
    sums = ", ".join(
        f"{counts[kind]} {word}"
        for kind, word in (("accept", "accepted"), ("edit", "edited"), ("add", "added"), ("reject", "rejected"))
    )
    would = " (nothing was decided)" if arguments.dry_run else ""
    sys.stdout.write(f"{plural(len(found), 'report')}: {sums}{would}\n")
    return ExitCode.ALL_READ
