"""Writes the pages of the reference that are made from code: `python tools/reference_pages.py` (`make reference`).

A test compares what is in the repository with what this would write, so that an option without documentation, or a page that is out of
date, is found.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ondit.cli import build_parser
from ondit.codec import schema_text_of
from ondit.present.formats import formats
from ondit.present.formats.jsonl import SCHEMA_ID, LedgerLine
from ondit.present.formats.jsonld import RELATIONS

ROOT = Path(__file__).parents[1]
_HEAD = """# All options

Every verb with its arguments and options, made from the program itself (`make reference`). What they are for, with examples, is told in
[the command line](cli.md); what `ondit` answers with in [exit codes](exit-codes.md).
"""

_EXPORTS = """# Output formats

What `ondit export FORMAT --out PATH` and `Ledger.export` write, made from the program itself (`make reference`). How to use them is told in
[give events to others](../how-to/export.md).

Beside `PATH` there is always `PATH.about.json`: the rule by which several reports became one record, what was lost, how many events are in the file, every event that
is left out and why, the filters, what was redacted, the version of ondit, and notes on licence and provenance. `PATH` is one file; for formats of several files it is a zip.
The same ledger, filters and version give the same bytes. What a spreadsheet would run as a formula (`=`, `+`, `-`, `@`, tab, carriage return at the start of a text) is marked as
text with an apostrophe in every CSV.

Events that nobody affirms (only denied, doubted or demanded) are no rows of ACLED, UCDP and PLOVER. Types of events go through the
[crosswalks](event-types.md); a type without a code is left out and listed.

A format is a plug-in: a `Format` of `ondit.present.formats` under a name of its own in the entry-point group `ondit.export`. Its `make` takes a
`Dossier` and gives files; the suite `tests/contracts/test_export_formats.py` is run on every one that is registered.

"""


def pages() -> dict[Path, str]:
    """The pages, each with its text."""
    return {
        ROOT / "docs/reference/cli-options.md": _HEAD + "".join(_verbs(build_parser())),
        ROOT / "docs/reference/exports.md": "".join(_exports()),
        ROOT / "docs/reference/schema/ondit-ledger-1.json": schema_text_of(LedgerLine, SCHEMA_ID),
    }


def _exports() -> Iterator[str]:
    """The page on output formats."""
    yield _EXPORTS
    yield "| format | file | for |\n|---|---|---|\n"
    for kind in formats():
        yield f"| [`{kind.name}`](#{kind.name}) | `{kind.suffix}` | {kind.title} |\n"
    for kind in formats():
        yield f"\n## {kind.name}\n\n{kind.title}. Specification: {kind.specification}.\n\n**Rule.** {kind.rule}\n\n**What it cannot hold**\n\n"
        yield "".join(f"- {loss}\n" for loss in kind.losses)
        if kind.name == "jsonld":
            yield "\nThe namespace `urn:ondit:ns:`\n\n| name | meaning |\n|---|---|\n"
            yield "".join(f"| `{name}` | {meaning} |\n" for name, meaning in RELATIONS.items())


def _verbs(parser: argparse.ArgumentParser, help_: str = "", level: int = 1) -> Iterator[str]:
    """A section for a parser and each of its verbs, as deep as they go."""
    below = _below(parser)
    rows = [_row(parser, action) for action in parser._actions if not _hidden(action)]  # noqa: SLF001
    if level > 1 and (rows or not below):
        yield f"\n{'#' * min(level, 3)} `{parser.prog}`\n\n{_sentence(parser.description or help_)}\n"
    if level > 1 and rows:
        yield "\n| argument or option | what it does |\n|---|---|\n" + "\n".join(rows) + "\n"
    for action in below:
        helps = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001
        for name, verb in action.choices.items():
            yield from _verbs(verb, helps.get(name, ""), level + 1)


def _below(parser: argparse.ArgumentParser) -> Sequence["argparse._SubParsersAction[argparse.ArgumentParser]"]:
    return [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]  # noqa: SLF001


def _hidden(action: argparse.Action) -> bool:
    return isinstance(action, argparse._HelpAction | argparse._SubParsersAction) or action.help == argparse.SUPPRESS  # noqa: SLF001


def _row(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    formatter = parser._get_formatter()  # noqa: SLF001
    value = formatter._format_args(action, _metavar(action))  # noqa: SLF001
    names = [f"{name} {value}".strip() for name in action.option_strings] or [value]
    words = formatter._expand_help(action) if action.help else ""  # noqa: SLF001
    cells = (", ".join(f"`{name}`" for name in names), words)
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def _metavar(action: argparse.Action) -> str:
    return action.dest.upper() if action.option_strings else action.dest


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "."


def main() -> int:
    """Write the pages; the exit code is 1 when one was out of date."""
    changed = 0
    for page, text in pages().items():
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{page.relative_to(ROOT)} was out of date and was written\n")
            changed = 1
    return changed


if __name__ == "__main__":
    sys.exit(main())
