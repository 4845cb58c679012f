"""`ondit status`: what is in a ledger, what failed, and why."""

import argparse
import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, ledger_name, with_ledger
from ondit.cli.options import add_sources_option
from ondit.cli.settled import settings_of

if TYPE_CHECKING:
    from ondit.ledger import Ledger

HELP = "tell what is in a ledger, what failed, and why"
DESCRIPTION = "Tells what is in a ledger, which inputs failed or could not be read, and what can be done about it."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    add_ledger_options(parser)
    add_sources_option(parser)
    parser.add_argument("--json", action="store_true", help="write JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    return with_ledger(arguments, _status, settings=settings_of(arguments))


def _status(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    if arguments.json:
        failures = [
            {"where": f.problem.where, "code": f.problem.code, "message": f.problem.message, "remedy": f.problem.remedy,
             "report": f.report_id, "seen": f.seen_at}
            for f in ledger.failures()
        ]  # fmt: skip
        buried = [
            {"report": t.report_id, "sha256": t.sha256, "by": t.by, "why": t.why, "at": t.at}
            for t in ledger.tombstones()
        ]
        why = ledger.outdated()
        document = {
            "totals": dict(ledger.totals()), "stale": bool(why), "outdated": why, "failures": failures, "tombstones": buried
        }  # fmt: skip
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
        return ExitCode.ALL_READ
    for line in _lines(ledger, ledger_name(arguments)):
        sys.stdout.write(line + "\n")
    return ExitCode.ALL_READ


def _settled(ledger: "Ledger", events: str) -> str:
    settlement = ledger.store.settlement()
    if settlement is None:
        return "nothing gathered yet: 'ondit settle', or 'ondit events'"
    why = ledger.outdated()
    since = f"; out of date: {', '.join(why)} ('ondit settle')" if why else ""
    return f"{events} across reports, settled {settlement.at[:16].replace('T', ' ')} UTC{since}"


def _lines(ledger: "Ledger", name: str) -> list[str]:
    from ondit.cli.problems import problem_line
    from ondit.ledger import Filters
    from ondit.model import Standing
    from ondit.present.fields import number, plural

    totals = ledger.totals()
    replaced = f" ({number(totals['versions'])} replaced by a newer version)" if totals["versions"] else ""
    looked_at = [
        f"{number(count)} {standing}"
        for standing in (Standing.ACCEPTED, Standing.REJECTED)
        if (count := ledger.count(Filters(standing=standing, versions=True)))
    ]
    lines = [
        name,
        f"  {plural(totals['reports'], 'report')}{replaced} from {plural(len(ledger.inputs()), 'source')}",
        f"  {plural(totals['bytes'], 'byte')} as received",
        f"  {plural(totals['claims'], 'claim')} about {plural(totals['happenings'], 'happening')}"
        + (f": {', '.join(looked_at)}" if looked_at else ""),
        f"  {plural(totals['decisions'], 'decision')}",
        f"  {_settled(ledger, plural(totals['events'], 'happening'))}",
    ]
    failures = ledger.failures()
    inputs, unread = [f for f in failures if not f.report_id], [f for f in failures if f.report_id]
    for title, listed in (("failed", inputs), ("kept but not read", unread)):
        if listed:
            lines.append(f"  {number(len(listed))} {title} ('ondit add --retry' takes them again):")
            lines += [
                f"    {problem_line(replace(f.problem, where=f.report_id or f.problem.where)).rstrip()}" for f in listed
            ]
    if totals["tombstones"]:
        lines.append(f"  {number(totals['tombstones'])} taken away:")
        lines += [f"    {t.report_id} by {t.by}, {t.at[:10]}: {t.why}" for t in ledger.tombstones()]
    return lines
