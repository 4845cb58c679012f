"""Writes the pages of the reference that are made from code: `python tools/reference_pages.py` (`make reference`).

A test compares what is in the repository with what this would write, so that an option without documentation, or a page that is out of
date, is found.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ondit.cli import build_parser

ROOT = Path(__file__).parents[1]
_HEAD = """# All options

Every verb with its arguments and options, made from the program itself (`make reference`). What they are for, with examples, is told in
[the command line](cli.md); what `ondit` answers with in [exit codes](exit-codes.md).
"""


def pages() -> dict[Path, str]:
    """The pages, each with its text."""
    return {ROOT / "docs/reference/cli-options.md": _HEAD + "".join(_verbs(build_parser()))}


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
