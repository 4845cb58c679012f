"""`ondit export`: the happenings of a ledger in the formats of others."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import with_ledger
from ondit.cli.settled import (
    add_event_filter_options,
    add_settled_options,
    event_filters_of,
    settings_of,
    settle_if_due,
)

if TYPE_CHECKING:
    from ondit.ledger import Ledger
    from ondit.present.redact import Redaction

HELP = "write the happenings of a ledger in a format of others: ACLED, GeoJSON, JSON-LD …"
DESCRIPTION = (
    "Writes the happenings that fit into one file (a zip for formats of several files), and FILE.about.json beside it: the rule by which several reports "
    "became one record, what was lost, what is left out and why. --list shows the formats."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("format", metavar="FORMAT", nargs="?", help="one of --list")
    parser.add_argument("--out", metavar="PATH", type=Path, help="the file to write")
    parser.add_argument("--list", action="store_true", help="show the formats, with what each cannot hold")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    parser.add_argument("--json", action="store_true", help="tell what was written, or the formats, as JSON")
    protect = parser.add_argument_group("protection")
    protect.add_argument(
        "--redact", metavar="WHAT", help="take out persons, places, sources (some, between commas) or all"
    )
    protect.add_argument(
        "--redact-names", metavar="FILE", type=Path, help="take out these names as well, one a line (UTF-8)"
    )
    protect.add_argument("--redact-keep", metavar="FILE", type=Path, help="leave these names, one a line (UTF-8)")
    protect.add_argument(
        "--redact-key",
        metavar="FILE",
        type=Path,
        help="a secret of 16 bytes or more: the same names get the same pseudonyms",
    )
    add_settled_options(parser)
    add_event_filter_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the formats, or write one."""
    if arguments.list:
        return _list(as_json=arguments.json)
    if not arguments.format or arguments.out is None:
        sys.stderr.write(
            "ondit: error: name a format and a file: ondit export FORMAT --out PATH; formats: ondit export --list\n"
        )
        return ExitCode.USAGE
    return with_ledger(arguments, _export, settings=settings_of(arguments))


def _list(*, as_json: bool) -> int:
    from ondit.present.formats import formats

    found = formats()
    if as_json:
        rows = [
            {"name": f.name, "title": f.title, "suffix": f.suffix, "rule": f.rule, "losses": f.losses, "specification": f.specification}
            for f in found
        ]  # fmt: skip
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return ExitCode.ALL_READ
    width = max(len(f.name) for f in found)
    for kind in found:
        sys.stdout.write(f"{kind.name.ljust(width)}  {kind.suffix.ljust(9)} {kind.title}\n")
    return ExitCode.ALL_READ


def _export(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from ondit.ledger.exporting import ExportError
    from ondit.plugins import PluginError
    from ondit.present.fields import number, plural
    from ondit.present.formats import MissingLibrary
    from ondit.present.formats.format import UnknownFormat, get_format
    from ondit.present.redact import WrongRedaction

    try:
        kind = get_format(arguments.format)
        redaction = redaction_of(arguments)
        settle_if_due(ledger, arguments)
        filters = event_filters_of(arguments, ledger)
        done = ledger.export(kind.name, arguments.out, filters, redaction=redaction, force=arguments.force)
    except (UnknownFormat, WrongRedaction, MissingLibrary, PluginError, ExportError) as error:
        sys.stderr.write(f"ondit: error: {error}\n")
        return ExitCode.USAGE
    if arguments.json:
        told = {"file": str(done.path), "about": str(done.about), "format": done.format, "events": done.events, "left_out": done.left_out, "records": dict(done.counts)}  # fmt: skip
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        left = f", {number(done.left_out)} left out (why: {done.about.name})" if done.left_out else ""
        sys.stdout.write(f"{plural(done.events, 'event')}{left} → {done.path}\n")
    if redaction is not None:
        sys.stderr.write(
            f"ondit: redacted by rules: read {done.path.name} before you pass it on; limits are in {done.about.name}\n"
        )
    return ExitCode.ALL_READ


def redaction_of(arguments: argparse.Namespace) -> "Redaction | None":
    """What is to be taken out; raises `WrongRedaction`."""
    from ondit.present.redact import Redaction, WrongRedaction, parse_profiles

    given = [n for n in ("redact_names", "redact_keep", "redact_key") if getattr(arguments, n)]
    if arguments.redact is None:
        if given:
            raise WrongRedaction(
                f"--{given[0].replace('_', '-')} goes with --redact; say what to take out: --redact persons"
            )
        return None
    profiles = parse_profiles(arguments.redact)
    return Redaction(
        profiles,
        _bytes(arguments.redact_key) if arguments.redact_key else _fresh_key(),
        names=_lines(arguments.redact_names),
        keep=_lines(arguments.redact_keep),
        own_key=bool(arguments.redact_key),
    )


def _fresh_key() -> bytes:
    import secrets

    return secrets.token_bytes(32)


def _lines(path: Path | None) -> tuple[str, ...]:
    from ondit.present.redact import WrongRedaction

    if path is None:
        return ()
    try:
        return tuple(line.strip() for line in _bytes(path).decode("utf-8-sig").splitlines() if line.strip())
    except UnicodeDecodeError as error:
        raise WrongRedaction(f"{path}: no UTF-8 ({error}); save the file as UTF-8") from error


def _bytes(path: Path) -> bytes:
    from ondit.present.redact import WrongRedaction

    try:
        return path.read_bytes()
    except OSError as error:
        raise WrongRedaction(f"{path}: {error.strerror}") from error
