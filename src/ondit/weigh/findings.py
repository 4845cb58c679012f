"""The named findings about a happening: which apply, how much each weighs (`findings.toml`), and the sentence for each."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ondit.model import (
    FieldAccount,
    FieldStatus,
    Finding,
    Independence,
    Interest,
    SourceKind,
    Stance,
    Telling,
)
from ondit.weigh.nearness import days_wide
from ondit.weigh.plausibility import implausible
from ondit.weigh.values import HAPPENED, deniers
from ondit.weigh.voices import OFFICIAL, Statement
from ondit.weigh.words import listed, plural

_MONTH = 31
_MOST_CONTESTED, _MOST_RELAYS, _MOST_IMPLAUSIBLE = 3, 3, 2
_WELL = 4  # independent origins


@cache
def weights() -> Mapping[str, Any]:
    """`findings.toml`: findings by name, and the rows of `number`."""
    return tomllib.loads((Path(__file__).parent / "findings.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that findings look at: what is said of a happening, its fields and its origins."""

    tellings: Sequence[Telling]
    statements: Sequence[Statement]
    fields: Mapping[str, FieldAccount]
    independence: Independence

    @property
    def affirmed(self) -> list[Statement]:
        """The statements that say it happened."""
        return [s for s in self.statements if s.affirms]

    @property
    def sources(self) -> list[Statement]:
        """The affirming statements that name a voice; else those in which reports speak for themselves."""
        return [s for s in self.affirmed if not s.own] or self.affirmed


def findings(evidence: Evidence) -> tuple[Finding, ...]:
    """Every finding that applies, in the order of the table."""
    if not evidence.affirmed:
        return ()
    parts = (_confirmation, _contradiction, _directness, _attitude, _detail, _possibility)
    return tuple(finding for part in parts for finding in part(evidence))


def _finding(name: str, sentence: str, times: int = 1) -> Finding:
    return Finding(name, float(weights()[name]["weight"]) * times, sentence)


def _confirmation(evidence: Evidence) -> Iterator[Finding]:
    origins = evidence.independence.origins
    names = listed([o.name for o in origins])
    if len(origins) > 1:
        yield _finding("corroborated", f"{len(origins)} independent origins say so: {names}")
    else:
        yield _finding("uncorroborated", f"one origin only: {names}")
    if len(origins) >= _WELL:
        yield _finding("well_corroborated", f"{len(origins)} independent origins are many")
    loops = [c for c in evidence.independence.circles if any(set(c) <= set(o.voices) for o in origins)]
    for circle in loops[:1]:
        yield _finding("circular", f"{listed(circle)} cite one another and nobody else")


def _contradiction(evidence: Evidence) -> Iterator[Finding]:
    denials = deniers(evidence.statements)
    outside = list(dict.fromkeys(s.voice.name for s in denials if s.interest is not Interest.ACCUSED))
    accused = list(dict.fromkeys(s.voice.name for s in denials if s.interest is Interest.ACCUSED))
    if outside:
        yield _finding("denied", f"denied by {listed(outside)}")
    elif accused:
        yield _finding("denied_by_the_accused", f"denied by {listed(accused)}, said to have done it")
    contested = [f for f in evidence.fields.values() if f.status is FieldStatus.CONTESTED]
    for account in [f for f in contested if _by_voices(f)][:_MOST_CONTESTED]:
        yield _finding("contested_account", f"voices contradict each other on {account.sentence}")
    for account in contested:
        if account.field == "withdrawal":
            yield _finding("left_or_still_there", account.sentence)


def _by_voices(account: FieldAccount) -> bool:
    """Is the field contested by what voices say of it, not only by a denial (which is counted as such)?"""
    if account.field in (HAPPENED, "withdrawal"):
        return False
    return len({s.origin or s.voice for v in account.values for s in v.supporters}) > 1 and len(account.values) > 1


def _directness(evidence: Evidence) -> Iterator[Finding]:
    sources = evidence.sources
    named = listed(list(dict.fromkeys(s.voice.name for s in sources)))
    if witnesses := _names(s for s in sources if s.voice.kind is SourceKind.WITNESS):
        yield _finding("witness", f"{listed(witnesses)} saw it")
    if own := _names(s for s in sources if s.interest is Interest.CONCEDES):
        yield _finding("own_acts", f"a party tells its own act: {listed(own)}")
    elif officials := _names(
        s for s in sources if s.voice.kind in OFFICIAL and s.interest is Interest.OUTSIDE and not s.own
    ):
        yield _finding("official", f"an authority or armed body without a part in it says so: {listed(officials)}")
    between = min(len(s.relays) for s in evidence.affirmed)
    if between > 1:
        times = min(between - 1, _MOST_RELAYS)
        yield _finding("hearsay", f"at best through {plural(between, 'relay')}", times)
    if all(s.own for s in evidence.affirmed):
        yield _finding("unsourced", f"{named} gives no source")
    elif all(not s.voice.named and s.voice.kind is not SourceKind.WITNESS for s in sources):
        yield _finding("unnamed_only", f"nobody is named: {named}")


def _speaks_for_itself(statement: Statement) -> bool:
    asserted = statement.claim.stance is Stance.ASSERTS and not statement.own
    return asserted and statement.voice.kind in OFFICIAL and statement.interest is Interest.OUTSIDE


def _names(found: Iterator[Statement]) -> list[str]:
    return list(dict.fromkeys(s.voice.name for s in found))


def _attitude(evidence: Evidence) -> Iterator[Finding]:
    stances = {s.claim.stance for s in evidence.affirmed}
    if stances == {Stance.DISTANCES}:
        yield _finding("doubted", "every report passes it on with a mark of doubt")
    elif Stance.ASSERTS not in stances:
        yield _finding("only_possible", "it is only put as possible or as hearsay")
    sources = evidence.sources
    if all(s.interest is Interest.ACCUSES for s in sources):
        yield _finding("partial", f"told only by a party of its adversary: {listed(_names(iter(sources)))}")


def _detail(evidence: Evidence) -> Iterator[Finding]:
    events = [t.event for t in evidence.tellings]
    dated = any(t.interval and days_wide(t.interval) <= _MONTH for e in events for t in e.times)
    placed = any(p.lat is not None and not p.metonym for e in events for p in e.places)
    figures = any(c.low is not None or c.high is not None for s in evidence.affirmed for c in s.claim.counts)
    actors = any(a.registry_id or any(w[:1].isupper() for w in a.text.split()[1:]) for e in events for a in e.actors)
    if dated and placed and (figures or actors):
        told = "a figure" if figures else "an actor by name"
        yield _finding("specific", f"time, place and {told} are told")
    elif not dated and not placed:
        yield _finding("vague", "neither a time nor a place on the map is told")
    where, when = evidence.fields.get("place"), evidence.fields.get("when")
    if where and when and where.status is when.status is FieldStatus.AGREED:
        yield _finding("consistent", f"independent origins agree on {where.values[0].value}, {when.values[0].value}")


def _possibility(evidence: Evidence) -> Iterator[Finding]:
    asserted = {id(s.telling) for s in evidence.affirmed if s.claim.stance is Stance.ASSERTS}
    for telling in evidence.tellings:
        day = telling.report.published.day
        first = next((t.interval for t in telling.event.times if t.interval and t.interval.edtf), None)
        if day and first and first.earliest and first.earliest > day and id(telling) in asserted:
            outlet = telling.report.publisher or "a report"
            yield _finding("too_early", f"{outlet} told it on {day.isoformat()}, before {first.edtf}")
            break
    for sentence in implausible(evidence.tellings)[:_MOST_IMPLAUSIBLE]:
        yield _finding("implausible", sentence)
