"""`ondit pack`: words of one's own over the shipped language packs."""

import argparse
import sys
from pathlib import Path

from ondit.cli.exit_codes import ExitCode
from ondit.cli.folders import lay_words
from ondit.cli.problems import report_problems

HELP = "check a folder of words of your own"
DESCRIPTION = "Looks after folders of words that lie over the shipped language packs: names, outlets, verbs."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb below it."""
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    check = verbs.add_parser(
        "check",
        help="check a folder of words",
        description="Checks names of files, columns and classes, and reads the examples in it.",
    )
    check.add_argument("folder", metavar="DIR", type=Path, help="a folder of words, or the code of a shipped pack")
    check.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> int:
    from ondit.languages.checking import check_folder, check_language
    from ondit.languages.packs import shipped_folder
    from ondit.pack_examples import check_examples
    from ondit.present.fields import plural

    folder: Path = arguments.folder
    shipped = None if folder.is_dir() else shipped_folder(str(folder))
    problems = list(check_folder(folder) if shipped is None else check_language(shipped))
    if not problems and shipped is not None:
        problems = list(check_examples(shipped.parent, shipped.name))
        folder = shipped
    elif not problems:
        if not lay_words((folder,)):
            return ExitCode.USAGE
        languages = sorted(p.name for p in folder.iterdir() if p.is_dir())
        problems = [problem for language in languages for problem in check_examples(folder, language)]
    report_problems(problems, name=str(folder))
    if problems:
        return ExitCode.NOTHING_READ
    files = sum(1 for p in folder.rglob("*") if p.is_file())
    sys.stdout.write(f"{folder}: {plural(files, 'file')}, nothing wrong\n")
    return ExitCode.ALL_READ
