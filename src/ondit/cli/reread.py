"""`ondit reread`: reads kept reports again and tells what is read otherwise."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, full_id, with_ledger
from ondit.cli.options import add_jobs_option, add_sources_option, parse_languages
from ondit.cli.progress import Meter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ondit.ledger import Ledger, Reread
    from ondit.model import Claim

HELP = "read kept reports again, compare, and keep the new reading when asked"
DESCRIPTION = (
    "Reads the reports of a ledger again with the ondit that is installed now, and tells which claims appeared, vanished or changed. Nothing "
    "is changed without --apply. Decisions stay with their claims; those that no longer fit are named."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("reports", metavar="REPORT", nargs="*", help="ids of reports (default: all)")
    parser.add_argument("--apply", action="store_true", help="keep the new readings")
    parser.add_argument("--json", action="store_true", help="one JSON object for each report that is read otherwise")
    parser.add_argument(
        "--lang",
        metavar="CODE[,CODE]",
        type=parse_languages,
        default=(),
        help="the language of the text, or those to choose from",
    )
    add_sources_option(parser)
    add_jobs_option(parser)
    add_ledger_options(parser, writes=True)


def run(arguments: argparse.Namespace) -> int:
    """Read again and tell."""
    from ondit.cli.options import settings_of

    return with_ledger(arguments, _reread, settings=settings_of(arguments))


def _reread(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from ondit.present.fields import plural

    chosen = [full_id(ledger, beginning, "r") for beginning in arguments.reports]
    meter = Meter(0, "report")
    read = changed = unfit = 0
    for one in ledger.reread(chosen, keep=arguments.apply, jobs=arguments.jobs):
        read += 1
        unfit += len(one.unfit)
        meter.item(0, one.reading.report.id)
        if one.same and not one.unfit:
            continue
        changed += not one.same
        meter.clear()
        for line in [json.dumps(_as_object(one), ensure_ascii=False)] if arguments.json else _lines(one):
            sys.stdout.write(line + "\n")
    meter.clear()
    kept = "the new readings are kept" if arguments.apply else "nothing was changed; --apply keeps the new readings"
    told = f"{plural(read, 'report')} read again, {changed} otherwise, {plural(unfit, 'decision')} to look at; {kept}\n"
    (sys.stderr if arguments.json else sys.stdout).write(told)
    return ExitCode.ALL_READ


def _lines(one: "Reread") -> "Iterator[str]":
    from ondit.present.fields import headline
    from ondit.present.terminal import clean, clip

    report = one.reading.report
    yield f"{report.id} · {clip(clean(headline(report)), 80)}"
    for sign, claims in (("+", one.appeared), ("-", one.vanished)):
        for claim in claims:
            yield f"  {sign} {claim.id} {clip(clean(claim.content.of(report.text)), 80)}"
    for change in one.changed:
        yield f"  ~ {change.new.id} " + "; ".join(f"{field}: {old} → {new}" for field, old, new in change.fields)
    for unfit in one.unfit:
        yield f"  ! decision {unfit.decision}: {unfit.reason}"


def _as_object(one: "Reread") -> dict[str, object]:
    report = one.reading.report

    def brief(claim: "Claim") -> dict[str, object]:
        return {"id": claim.id, "content": claim.content.of(report.text), "stance": claim.stance}

    return {
        "report": report.id,
        "appeared": [brief(claim) for claim in one.appeared],
        "vanished": [brief(claim) for claim in one.vanished],
        "changed": [
            {
                "old": c.old.id,
                "new": c.new.id,
                "fields": {f: {"old": json.loads(a), "new": json.loads(b)} for f, a, b in c.fields},
            }
            for c in one.changed
        ],
        "unfit": [{"decision": u.decision, "reason": u.reason, "lost": u.lost} for u in one.unfit],
    }
