"""`ondit show ID`: all that is known about a report or a claim."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.ledgers import add_ledger_options, full_id, with_ledger
from ondit.cli.screen import wants_colour

if TYPE_CHECKING:
    from ondit.ledger import Found, Ledger

HELP = "show a report or a claim with everything that is known about it"
DESCRIPTION = (
    "Shows a report (how it came in, its versions, claims, decisions and problems) or a claim (every field, the rule that read it, "
    "the decisions about it). The beginning of an id is enough."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument(
        "id",
        metavar="ID",
        help="the id of a report, claim, happening, event across reports or decision, or its beginning",
    )
    add_ledger_options(parser)
    parser.add_argument(
        "--json", action="store_true", help="the report with its claims as JSON, as 'ondit read --json' writes it"
    )
    parser.add_argument("--raw", action="store_true", help="the report's bytes as they were received")
    parser.add_argument("--no-color", action="store_true", help="no colours on the terminal")


def run(arguments: argparse.Namespace) -> int:
    """Show it."""
    return with_ledger(arguments, _show)


def _show(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    id_ = full_id(ledger, arguments.id, "rcedh")
    event = ledger.event(id_) if id_.startswith("h") else None
    if event:
        from ondit.cli.event import show_event

        return show_event(ledger, event, arguments)
    if id_.startswith("d"):
        return _show_decision(ledger, id_)
    report = id_ if id_.startswith("r") else ledger.store.report_of(id_) or ""
    if arguments.raw:
        raw = ledger.raw(report)
        if raw is None:
            from ondit.ledger import LedgerError

            raise LedgerError(f"the original of {report} is not there any more; 'ondit verify' says more")
        sys.stdout.buffer.write(raw)
        return ExitCode.ALL_READ
    if arguments.json:
        from ondit.codec import encode

        reading = ledger.reading(report)
        assert reading is not None
        sys.stdout.write(encode(reading).decode() + "\n")
        return ExitCode.ALL_READ
    found = _found(ledger, report)
    if id_.startswith("r"):
        lines = _report_lines(ledger, report, found, colour=wants_colour(sys.stdout, no_color=arguments.no_color))
    else:
        chosen = [f for f in found if id_ in (f.claim.id, f.claim.event)]
        lines = [line for one in chosen for line in _claim_lines(ledger, one)]
    sys.stdout.write("\n".join(lines) + "\n")
    return ExitCode.ALL_READ


def _found(ledger: "Ledger", report: str) -> "list[Found]":
    """Every claim of a report, rejected ones too."""
    from ondit.ledger import Found

    shown, kept = ledger.shown(report), ledger.report(report)
    assert shown is not None
    assert kept is not None
    events = {e.event.id: e.event for e in shown.events}
    return [Found(kept.report, one, events.get(one.claim.event or "")) for one in shown.claims]


def _report_lines(ledger: "Ledger", id_: str, found: "list[Found]", *, colour: bool) -> list[str]:
    from ondit.cli.claims import report_table
    from ondit.cli.problems import problem_line
    from ondit.present.fields import headline, number, published_text
    from ondit.present.terminal import clean

    kept = ledger.report(id_)
    read = ledger.store.reading(id_)
    assert kept is not None
    assert read is not None
    report, custody = kept.report, kept.custody
    lines = [
        f"{id_} · {clean(headline(report))}",
        f"  {published_text(report.published)} · {clean(report.publisher) or 'publisher unknown'}",
    ]
    facts = {
        "author": report.author, "address": report.url, "forwarded from": report.forwarded_from, "answers": report.reply_to,
        "added": f"{custody.added_at} by {custody.added_by}, from {custody.came_from}", "retrieved": custody.retrieved,
        "sha256": f"{report.sha256} ({number(len(ledger.raw(id_) or b''))} bytes)", "read by": kept.engine,
    }  # fmt: skip
    lines += [f"  {name}: {clean(value)}" for name, value in facts.items() if value]
    versions = ledger.store.versions(report.series)
    if len(versions) > 1:
        marked = [f"{version} (this)" if version == id_ else version for version in versions]
        lines.append(f"  versions, the newest last: {', '.join(marked)}")
    lines += [f"  {problem_line(problem).rstrip()}" for problem in read.problems]
    if found:
        lines += ["", report_table(found, colour=colour).rstrip()]
    decisions = ledger.decisions(id_)
    return [*lines, *(["", "decisions"] if decisions else []), *(f"  {decision_line(d)}" for d in decisions)]


def _claim_lines(ledger: "Ledger", found: "Found") -> list[str]:
    from ondit.present.fields import chain_text, count_text, event_name, place_name, time_name
    from ondit.present.terminal import clean

    claim, event, report = found.claim, found.event, found.report
    span = claim.content
    lines = [
        f"{claim.id} · {found.shown.standing}{' · added' if found.shown.added else ''} · report {report.id} "
        f"{clean(report.publisher)} {report.published.day or ''}".rstrip(),
        f"  says: {clean(chain_text(report, claim))} ({claim.stance})",
        f"  what: {clean(span.of(report.text))}  [{span.start}–{span.stop}]",
    ]
    if event:
        lines.append(f"  happening: {event_name(event.type)} ({event.id})")
        lines += [f"  {a.role}: {clean(a.text)} ({event_name(a.kind)})" for a in event.actors]
        lines += [f"  where: {clean(place_name(p))}{_because(p.reason)}" for p in event.places if not p.metonym]
        lines += [f"  when: {clean(time_name(t))} “{clean(t.text)}”{_because(t.reason)}" for t in event.times]
        lines += [f"  equipment: {clean(e.name or e.text)} ({e.use})" for e in event.equipment]
    lines += [f"  count: {count_text(c)} “{clean(c.text)}”{_because(c.reason)}" for c in claim.counts]
    lines += [f"  why {e.field}: {e.rule}{_because(e.reason)}" for e in claim.evidence]
    before = _differences(ledger, found)
    if before:
        lines.append(f"  as read: {json.dumps(before, ensure_ascii=False)}")
    made = [d for d in ledger.decisions(report.id) if d.id in found.shown.decisions]
    return [*lines, *(f"  {decision_line(d)}" for d in made)]


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""


def _differences(ledger: "Ledger", found: "Found") -> dict[str, str]:
    """The fields of the claim and its happening as the engine read them, where they differ."""
    from ondit.decide import FIELDS, value_of

    read = ledger.store.reading(found.report.id)
    before = next((c for c in read.claims if c.id == found.claim.id), None) if read else None
    if read is None or before is None:
        return {}
    pairs = {
        field: (value_of(field, before, read.event_of(before)), value_of(field, found.claim, found.event))
        for field in FIELDS
    }
    return {field: old for field, (old, new) in pairs.items() if old != new}


def _show_decision(ledger: "Ledger", id_: str) -> int:
    decision = ledger.store.decision(id_)
    if decision:
        sys.stdout.write(decision_line(decision) + "\n")
    return ExitCode.ALL_READ


def decision_line(decision: object) -> str:
    """A decision in one line."""
    from ondit.model import Decision
    from ondit.present.terminal import clean

    assert isinstance(decision, Decision)
    what = f" {decision.field} = {decision.value}" if decision.value else ""
    before = f" (was {decision.was})" if decision.was else ""
    why = f": {decision.why}" if decision.why else ""
    return clean(
        f"{decision.id} {decision.kind} {' '.join(decision.targets)}{what}{before} – {decision.by}, {decision.at[:16]}{why}"
    )
