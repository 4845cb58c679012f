"""`ondit sources`: who speaks in a ledger, with the letters that somebody set and what their claims came to."""

import argparse
import sys
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import with_ledger
from ondit.cli.screen import wants_colour, width
from ondit.cli.settled import add_settled_options, settings_of, settle_if_due

if TYPE_CHECKING:
    from ondit.ledger import Ledger

HELP = "list who speaks in a ledger, with reliability and track record"
DESCRIPTION = (
    "Lists the outlets and the registered sources that speak in a ledger: the letter that somebody set, how many of their claims independent origins "
    "later confirmed or contradicted, and the letter that this suggests. A suggestion is never applied by itself."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("words", metavar="WORDS", nargs="*", help="only sources with these words in a name")
    add_settled_options(parser)
    parser.add_argument("--json", action="store_true", help="one source a line")
    parser.add_argument("--no-color", action="store_true", help="no colours on the terminal")


def run(arguments: argparse.Namespace) -> int:
    """List them."""
    return with_ledger(arguments, _list, settings=settings_of(arguments))


def _list(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from ondit.model import Source

    settle_if_due(ledger, arguments)
    records = ledger.track_records()
    registered = ledger.sources()
    sources = [registered.get(id_) or Source(id_, id_) for id_ in records]
    wanted = [word.casefold() for word in arguments.words]
    chosen = [
        source
        for source in sources
        if all(any(w in name.casefold() for name in (source.id, source.name, *source.names)) for w in wanted)
    ]
    if not chosen:
        sys.stderr.write("no source fits; 'ondit who NAME' says whom a name means, sources.toml registers one\n")
        return ExitCode.NOTHING_READ
    if arguments.json:
        import json

        from ondit.codec import encode_record

        for source in chosen:
            row = json.loads(encode_record(source)) | {"record": json.loads(encode_record(records[source.id]))}
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return ExitCode.ALL_READ
    from ondit.present.overview import render_sources

    colour = wants_colour(sys.stdout, no_color=arguments.no_color)
    sys.stdout.write(render_sources(chosen, records.values(), width=width(), colour=colour))
    return ExitCode.ALL_READ
