"""Options that several verbs share, checked as they are parsed so that a wrong one is told before anything runs."""

import argparse
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ondit.cli.folders import imported_layers
from ondit.settings import Settings

if TYPE_CHECKING:
    from ondit.intake.fetching import Fetcher

PROJECT_SOURCES = "sources.toml"
"""The file of a project folder with its own registry entries."""


def add_report_options(parser: argparse.ArgumentParser) -> None:
    """What is known about a report besides its text."""
    parser.add_argument(
        "--published",
        metavar="DATE",
        type=parse_day,
        help="the day the report was published (YYYY-MM-DD); weekdays and 'yesterday' count from it",
    )
    parser.add_argument("--publisher", metavar="NAME", default="", help="who published it")
    parser.add_argument(
        "--lang",
        metavar="CODE[,CODE]",
        type=parse_languages,
        default=(),
        help="the language of the text as a code (fr, en, ar …); several codes restrict the detection to them",
    )

    add_sources_option(parser)


def add_sources_option(parser: argparse.ArgumentParser) -> None:
    """The user's own registry entries."""
    parser.add_argument(
        "--sources",
        dest="own_sources",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="your own registry entries (default: sources.toml in this folder, if there is one); may be repeated",
    )


def own_sources(arguments: argparse.Namespace) -> tuple[Path, ...]:
    """The files with the user's registry entries; what is wrong in them is told once."""
    here = Path(PROJECT_SOURCES)
    files = tuple(arguments.own_sources) or ((here,) if here.is_file() else ())
    _tell_wrong_sources(files, as_json=getattr(arguments, "json", False))
    return files


@cache
def _tell_wrong_sources(files: tuple[Path, ...], *, as_json: bool) -> None:
    if files:
        from ondit.cli.problems import report_problems
        from ondit.registry import load_registry

        report_problems(load_registry(files)[1], name="", as_json=as_json)


def add_fetch_options(parser: argparse.ArgumentParser) -> None:
    """The consent to go to the network."""
    parser.add_argument("--fetch", action="store_true", help="agree that the addresses named are fetched, in this run")
    parser.add_argument(
        "--contact", metavar="TEXT", default="", help="an e-mail or web address that sites can turn to, for --fetch"
    )


def fetcher_of(arguments: argparse.Namespace) -> "Fetcher | None":
    """What fetches, with consent; None without."""
    if not arguments.fetch:
        return None
    from ondit.intake.fetching import Fetcher

    return Fetcher(arguments.contact)


def settings_of(arguments: argparse.Namespace) -> Settings:
    """The settings that the options ask for."""
    return Settings(languages=arguments.lang, gazetteer_layers=imported_layers(), sources=own_sources(arguments))


def parse_day(text: str) -> date:
    """A day of the calendar, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"'{text}' is no day of the calendar ({error}); write it as YYYY-MM-DD, for example 2022-01-30"
        raise argparse.ArgumentTypeError(message) from None


def parse_languages(text: str) -> tuple[str, ...]:
    """ISO 639-1 codes of languages that have a pack."""
    from ondit.languages import available_languages

    codes = tuple(dict.fromkeys(code.strip().lower() for code in text.split(",") if code.strip()))
    have = available_languages()
    unknown = [code for code in codes if code not in have]
    if unknown or not codes:
        message = f"there is no language pack for '{', '.join(unknown) or text}'; can be read: {', '.join(have)}"
        raise argparse.ArgumentTypeError(message)
    return codes
