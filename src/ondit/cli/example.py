"""`ondit example`: the example reports, written to a folder."""

import argparse
import shlex
import sys
from pathlib import Path

from ondit.cli.exit_codes import ExitCode

HELP = "write example reports into a folder, to try everything with"
DESCRIPTION = (
    "Writes the example: some sixty invented reports in French, English and Arabic about five happenings that never took place, in the formats "
    "that people have them in, with a registry of their sources."
)
_FOLDER = Path("ondit-example")
_NEXT = (
    "cd {folder}",
    "ondit add reports",
    "ondit claims --text Tillia",
    "ondit events reports --shared",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument(
        "folder", metavar="FOLDER", nargs="?", type=Path, default=_FOLDER,
        help=f"a new or empty folder (default: {_FOLDER})",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Write, and say what to do next."""
    from ondit.example import NotEmpty, write

    folder: Path = arguments.folder
    try:
        files = write(folder)
    except NotEmpty as full:
        sys.stderr.write(f"ondit example: error: {full}; name a new or empty folder: ondit example FOLDER\n")
        return ExitCode.USAGE
    except OSError as error:
        sys.stderr.write(f"ondit example: error: {folder} cannot be written: {error.strerror or error}\n")
        return ExitCode.USAGE
    reports = sum(folder / "reports" in file.parents for file in files)
    sys.stdout.write(f"{reports} files of invented reports → {folder}\n\nTry:\n")
    sys.stdout.writelines(f"  {command.format(folder=shlex.quote(str(folder)))}\n" for command in _NEXT)
    return ExitCode.ALL_READ
