"""`ondit bulk`: many documents at once, on all processors of a machine or on a Dask cluster."""

import argparse
import json
import re
import sys
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ondit.cli.add import options_of, parse_columns
from ondit.cli.exit_codes import ExitCode
from ondit.cli.options import add_jobs_option, add_report_options, settings_of
from ondit.cli.problems import report_problems
from ondit.cli.progress import Steps
from ondit.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ondit.bulk import Job, Summary, Target
    from ondit.runners import Runner

HELP = "read and settle many documents at once, on all processors or on a cluster"
DESCRIPTION = (
    "Reads files, folders and patterns, gathers and weighs what they say together, and writes Parquet tables into a new folder, or fills a new "
    "ledger: what 'ondit add' and 'ondit settle' give, done in parts by all processors, or by the workers of a Dask cluster. A run that "
    "ended goes on when it is started again. On a cluster, inputs and OUTPUT (or --work) lie where all workers find them under the same path."
)
_WORK = "ondit-bulk-work"
_SIZE = re.compile(r"(\d+)([KMG]?)", re.IGNORECASE)
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}
_STAGES = {
    "cut": "cutting large files", "read": "reading", "choose": "choosing versions", "key": "finding keys", "meet": "making blocks",
    "compare": "comparing", "join": "joining", "route": "sending pairs", "copies": "finding copies", "sort": "sorting copies",
    "group": "grouping", "settle": "settling", "second": "second opinions", "write": "writing", "fill": "filling the ledger",
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run, fetch=False)
    parser.add_argument("inputs", metavar="INPUT", nargs="+", help="a file, a folder or a pattern")
    parser.add_argument(
        "output",
        metavar="OUTPUT",
        help="a new folder for Parquet tables, a new FILE.ledger, or postgresql://USER@HOST/DATABASE",
    )
    parser.add_argument(
        "--runner",
        choices=("processes", "dask"),
        default="processes",
        help="who does the work (default: processes of this machine)",
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", default="", help="the Dask scheduler: tcp://HOST:PORT, with --runner dask"
    )
    add_jobs_option(parser)
    parser.add_argument(
        "--partition-size", metavar="SIZE", type=parse_size, default=parse_size("8M"),
        help="bytes of input that are done at a time: 500K, 8M (the default), 1G; what is done stays done when a worker ends",
    )  # fmt: skip
    parser.add_argument(
        "--work", metavar="FOLDER", type=Path,
        help=f"where the parts hand on their work (default: OUTPUT/work; for a ledger {_WORK} in this folder)",
    )  # fmt: skip
    parser.add_argument("--keep-work", action="store_true", help="do not remove that at the end")
    parser.add_argument(
        "--no-second-opinions", action="store_true",
        help="leave out what needs all contested values in one process; no grade changes",
    )  # fmt: skip
    add_report_options(parser)
    parser.add_argument(
        "--map", metavar="FIELD=COLUMN,…", type=parse_columns, default={},
        help="which columns of a table hold what: text=body,published=date",
    )  # fmt: skip
    parser.add_argument("--by", metavar="NAME", default="", help="who fills the ledger (default: your login name)")
    parser.add_argument("--json", action="store_true", help="write JSON")


def parse_size(text: str) -> int:
    """A number of bytes.

    >>> parse_size("500K"), parse_size("8M")
    (512000, 8388608)
    """
    match = _SIZE.fullmatch(text)
    if match is None or not int(match[1]):
        raise argparse.ArgumentTypeError(f"'{text}' is no size; write a number of bytes, or one with K, M or G: 8M")
    return int(match[1]) * _UNITS[match[2].upper()]


def run(arguments: argparse.Namespace) -> int:
    """Run it and tell what came of it."""
    from ondit.bulk import BulkError, bulk, plan
    from ondit.present.formats import MissingLibrary
    from ondit.runners import RunnerError
    from ondit.stores import StoreError

    if (arguments.runner == "dask") != bool(arguments.scheduler):
        sys.stderr.write("ondit bulk: error: --runner dask and --scheduler tcp://HOST:PORT go together\n")
        return ExitCode.USAGE
    planned = plan(arguments.inputs, arguments.partition_size)
    report_problems(planned.problems, name="", as_json=arguments.json)
    bar = Steps(_STAGES)
    try:
        job, target = _job_of(arguments)
        with _runner_of(arguments) as runner:
            summary = bulk(job, planned, target, runner=runner, told=bar.step)
    except (BulkError, RunnerError, StoreError, MissingLibrary) as error:
        bar.clear()
        sys.stderr.write(f"ondit: error: {error} [bulk]\n")
        return ExitCode.NO_LEDGER
    finally:
        bar.clear()
    _tell(summary, target, arguments)
    if not summary.documents:
        return ExitCode.NOTHING_READ
    return ExitCode.SOME_FAILED if summary.set_aside else ExitCode.ALL_READ


def _job_of(arguments: argparse.Namespace) -> "tuple[Job, Target]":
    from ondit.bulk import Job, Target
    from ondit.ledger.facade import login
    from ondit.present.formats.format import need
    from ondit.stores import Custody
    from ondit.stores.addresses import is_server

    settings = settings_of(arguments)
    settings = Settings(
        settings.languages,
        tuple(path.resolve() for path in settings.gazetteer_layers),
        tuple(path.resolve() for path in settings.sources),
    )
    output = arguments.output
    is_ledger = is_server(output) or Path(output).suffix == ".ledger"
    if not is_ledger:
        need("pyarrow")
    home = Path(arguments.work or _WORK).resolve() if is_ledger else Path(output).resolve()
    work = home / "work" if is_ledger or not arguments.work else arguments.work.resolve()
    custody = Custody(datetime.now(UTC).isoformat(timespec="seconds"), arguments.by or login())
    job = Job(
        work,
        settings,
        options_of(arguments),
        output=None if is_ledger else home,
        opinions=not arguments.no_second_opinions,
    )
    return job, Target(home, output if is_ledger else "", custody, arguments.keep_work)


@contextmanager
def _runner_of(arguments: argparse.Namespace) -> "Iterator[Runner]":
    from ondit import pipeline

    if arguments.runner == "processes":
        yield pipeline.reading_runner(arguments.jobs, large=True)
        return
    from ondit.runners.dask import Cluster

    cluster = Cluster(arguments.scheduler, pipeline.ready_to_read())
    try:
        yield cluster
    finally:
        cluster.close()


def _tell(summary: "Summary", target: "Target", arguments: argparse.Namespace) -> None:
    from ondit.bulk.running import PROBLEMS
    from ondit.present.fields import number, plural
    from ondit.stores.addresses import shown_name

    if arguments.json:
        sys.stdout.write(json.dumps(asdict(summary)) + "\n")
        return
    again = "; it was complete already" if summary.again else ""
    told = (
        f"{plural(summary.documents, 'document')}, {plural(summary.claims, 'claim')}, {plural(summary.events, 'happening')}, "
        f"{number(summary.shared)} told by several reports{again} → {shown_name(arguments.output)}\n"
    )
    sys.stdout.write(told)
    if summary.set_aside:
        sys.stdout.write(f"{number(summary.set_aside)} set aside: {target.home / PROBLEMS}\n")
