"""What verbs about a ledger share: its options, opening it, and telling why it cannot be used."""

import argparse
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.folders import imported_layers
from ondit.settings import Settings

if TYPE_CHECKING:
    from ondit.ledger import Ledger

DEFAULT = "ondit.ledger"
_LISTED = 8


class WrongId(Exception):
    """An id that names nothing, or more than one thing; the message says which."""


def add_ledger_options(parser: argparse.ArgumentParser, *, writes: bool = False) -> None:
    """The ledger, and who changes it."""
    parser.add_argument(
        "--ledger",
        metavar="FILE",
        default=os.environ.get("ONDIT_LEDGER") or DEFAULT,
        help=f"the ledger (default: {DEFAULT})",
    )
    if writes:
        parser.add_argument(
            "--by",
            metavar="NAME",
            default=os.environ.get("ONDIT_BY", ""),
            help="who does this (default: your login name)",
        )


def with_ledger(
    arguments: argparse.Namespace,
    work: Callable[["Ledger", argparse.Namespace], int],
    *,
    create: bool = False,
    settings: Settings | None = None,
) -> int:
    """Open the ledger, do the work, close it; what keeps one from using it is one line on standard error."""
    from ondit.ledger import Ledger, LedgerError, Undecidable

    try:
        by = getattr(arguments, "by", "")
        settings = settings or Settings(gazetteer_layers=imported_layers())
        with Ledger.open(arguments.ledger, create=create, by=by, settings=settings) as ledger:
            return work(ledger, arguments)
    except LedgerError as error:
        sys.stderr.write(f"ondit: error: {error} [ledger]\n")
        return ExitCode.NO_LEDGER
    except (Undecidable, WrongId) as error:
        sys.stderr.write(f"ondit: error: {error}\n")
        return ExitCode.USAGE


def full_id(ledger: "Ledger", beginning: str, kinds: str = "rced") -> str:
    """The one id that begins like this, of a report (r), claim (c), happening (e) or decision (d); raises `WrongId`."""
    found = [id_ for id_ in ledger.find(beginning) if id_[:1] in kinds] if beginning else []
    if len(found) == 1 or beginning in found:
        return beginning if beginning in found else found[0]
    if not found:
        where = {"d": "'ondit decide list'", "h": "'ondit events'"}.get(kinds, "'ondit claims'")
        raise WrongId(f"nothing in the ledger has the id '{beginning}'; {where} shows ids")
    raise WrongId(f"'{beginning}' is the beginning of several ids: {', '.join(found[:_LISTED])}; write more of it")
