"""`ondit decide`: what an analyst decides about claims and sources; appended, and taken back by `undo`."""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, full_id, with_ledger
from ondit.cli.options import add_sources_option, parse_day
from ondit.cli.settled import settings_of

if TYPE_CHECKING:
    from ondit.ledger import Ledger
    from ondit.model import Decision

HELP = "accept, reject, edit, add, merge and split claims, rate sources, undo"
DESCRIPTION = (
    "Decides about claims and sources. Decisions are appended with who, when and why; nothing that was read is lost, and every one can be "
    "taken back. The beginning of an id is enough."
)
_FIELDS = (
    "FIELD=VALUE: stance=denies, type=air_strike, place=NAME or place=GAZETTEER-ID, when=2022-01-29 or when=2022-01-29..2022-02-02, killed=3, "
    "killed=3-5, content=START-STOP, voices=START-STOP,START-STOP; an empty value takes it away"
)

_Work = Callable[["Ledger", argparse.Namespace], "Decision"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verbs below it."""
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for name, what, work in (
        ("accept", "the claims are read right", _accept),
        ("reject", "the claims are not in the text", _reject),
        ("merge", "the claims are about one happening", _merge),
        ("split", "no two of the claims are about the same happening", _split),
        ("comment", "words about claims (--why) that change nothing", _comment),
    ):
        _verb(verbs, name, what, work).add_argument("claims", metavar="CLAIM", nargs="+")
    edit = _verb(verbs, "edit", "set a field of a claim", _edit)
    edit.add_argument("claim", metavar="CLAIM")
    edit.add_argument("edit", metavar="FIELD=VALUE", type=parse_edit, help=_FIELDS)
    add = _verb(verbs, "add", "add a claim that was missed", _add)
    add.add_argument("report", metavar="REPORT")
    add.add_argument(
        "edits", metavar="FIELD=VALUE", nargs="+", type=parse_edit, help=f"content=START-STOP at least; {_FIELDS}"
    )
    rate = _verb(verbs, "rate", "set the reliability letter of a source", _rate)
    rate.add_argument("source", metavar="SOURCE")
    rate.add_argument(
        "letter",
        metavar="LETTER",
        choices=list("ABCDEF"),
        help="A completely reliable … E unreliable, F cannot be judged",
    )
    rate.add_argument("--since", metavar="DATE", type=parse_day, help="the first day it holds (default: always)")
    affiliate = _verb(verbs, "affiliate", "say whom a source belongs to or speaks for", _affiliate)
    affiliate.add_argument("source", metavar="SOURCE")
    affiliate.add_argument(
        "--camp", metavar="ID", action="append", default=[], help="a party to the conflict; may be given several times"
    )
    affiliate.add_argument("--owner", metavar="ID", default="", help="who owns or runs it")
    _verb(verbs, "undo", "take decisions back", _undo).add_argument("decisions", metavar="DECISION", nargs="+")
    listing = verbs.add_parser(
        "list", help="list the decisions", description="Lists the decisions and those that no longer fit."
    )
    listing.set_defaults(run=lambda arguments: with_ledger(arguments, _list))
    add_ledger_options(listing)


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, what: str, work: _Work
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
    parser.add_argument("--why", metavar="WORDS", default="", help="the reason; it is kept with the decision")
    add_ledger_options(parser, writes=True)
    add_sources_option(parser)
    parser.set_defaults(
        run=lambda arguments: with_ledger(
            arguments, lambda ledger, a: _decide(work, ledger, a), settings=settings_of(arguments)
        )
    )
    return parser


def _decide(work: _Work, ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from ondit.cli.show import decision_line

    sys.stdout.write(decision_line(work(ledger, arguments)) + "\n")
    return ExitCode.ALL_READ


def _claims(ledger: "Ledger", arguments: argparse.Namespace) -> list[str]:
    return [full_id(ledger, beginning, "c") for beginning in arguments.claims]


def _accept(ledger: "Ledger", arguments: argparse.Namespace) -> "Decision":
    return ledger.accept(*_claims(ledger, arguments), why=arguments.why)


def _reject(ledger: "Ledger", arguments: argparse.Namespace) -> "Decision":
    return ledger.reject(*_claims(ledger, arguments), why=arguments.why)


def _merge(ledger: "Ledger", arguments: argparse.Namespace) -> "Decision":
    """Happenings across reports stand for a claim about them."""
    ids = [full_id(ledger, beginning, "ch") for beginning in arguments.claims]
    events = {id_: ledger.event(id_) for id_ in ids if id_.startswith("h")}
    return ledger.merge(*(event.claims[0] if (event := events.get(id_)) else id_ for id_ in ids), why=arguments.why)


def _split(ledger: "Ledger", arguments: argparse.Namespace) -> "Decision":
    return ledger.split(*_claims(ledger, arguments), why=arguments.why)


def _comment(ledger: "Ledger", arguments: argparse.Namespace) -> "Decision":
    return ledger.comment(*_claims(ledger, arguments), words=arguments.why)


def parse_edit(text: str) -> tuple[str, str]:
    """`field=value`."""
    field, equals, value = text.partition("=")
    if not equals or not field.strip():
        message = f"'{text}' sets nothing; write FIELD=VALUE, for example stance=denies"
        raise argparse.ArgumentTypeError(message)
    return field.strip(), value.strip()


def _edit(ledger: "Ledger", arguments: argparse.Namespace) -> "Decision":
    from ondit.ledger.written import value_for

    field, text = arguments.edit
    value = value_for(field, text, ledger.settings.gazetteer_layers)
    return ledger.edit(full_id(ledger, arguments.claim, "c"), field, value, why=arguments.why)


def _add(ledger: "Ledger", arguments: argparse.Namespace) -> "Decision":
    from ondit.ledger import Undecidable
    from ondit.ledger.written import value_for
    from ondit.model import Span

    layers = ledger.settings.gazetteer_layers
    fields = {field: value_for(field, text, layers) for field, text in arguments.edits}
    content = fields.pop("content", None)
    if content is None:
        raise Undecidable("say which characters the claim stands on: content=START-STOP")
    voices = [Span(*voice["span"]) for voice in fields.pop("voices", [])]
    return ledger.add_claim(full_id(ledger, arguments.report, "r"), Span(*content), voices, why=arguments.why, **fields)


def _rate(ledger: "Ledger", arguments: argparse.Namespace) -> "Decision":
    from ondit.model import Reliability

    since = arguments.since.isoformat() if arguments.since else ""
    return ledger.rate(arguments.source, Reliability(arguments.letter), since=since, why=arguments.why)


def _affiliate(ledger: "Ledger", arguments: argparse.Namespace) -> "Decision":
    if not arguments.camp and not arguments.owner:
        from ondit.ledger import Undecidable

        raise Undecidable("an affiliation needs --camp or --owner")
    return ledger.affiliate(arguments.source, camps=arguments.camp, owner=arguments.owner, why=arguments.why)


def _undo(ledger: "Ledger", arguments: argparse.Namespace) -> "Decision":
    return ledger.undo(*(full_id(ledger, beginning, "d") for beginning in arguments.decisions), why=arguments.why)


def _list(ledger: "Ledger", _arguments: argparse.Namespace) -> int:
    from ondit.cli.show import decision_line
    from ondit.model import holding

    decisions = ledger.decisions()
    held = {decision.id for decision in holding(decisions)}
    unfit = ledger.unfit()
    for decision in decisions:
        taken_back = "" if decision.id in held or decision.kind == "undo" else "  (taken back)"
        sys.stdout.write(f"{decision_line(decision)}{taken_back}\n")
        for reason in unfit.get(decision.id, ()):
            sys.stdout.write(f"  ! {reason}\n")
    return ExitCode.ALL_READ
