"""The Admiralty grade of a happening: letters that people set, a number that the findings add up to, and a paragraph to check it by."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ondit.model import Finding, Grade, Independence, Reliability
from ondit.ontology.admiralty import CREDIBILITY
from ondit.weigh.findings import Evidence, findings, weights
from ondit.weigh.voices import Statement, Voice

_CANNOT = 6
_DENIALS = frozenset({"denied", "left_or_still_there"})


def grade(evidence: Evidence) -> Grade:
    """The grade of a happening; the letters are those that held when it was last reported and have no part in the number."""
    found = findings(evidence)
    letters = reliability(evidence.affirmed)
    number = credibility(found, evidence.independence, judged=bool(evidence.affirmed))
    return Grade(number, letters, found, _paragraph(number, found, letters, evidence.independence))


def credibility(found: Sequence[Finding], independence: Independence, *, judged: bool = True) -> int:
    """The number that findings add up to, 1 to 6 (`findings.toml`)."""
    names = {f.name for f in found}
    if not judged or ("vague" in names and names & {"unsourced", "unnamed_only"}):
        return _CANNOT
    total = sum(f.weight for f in found)
    for row in _rows():
        enough = len(independence.origins) >= row.get("origins", 0)
        undenied = not row.get("undenied") or not names & _DENIALS
        if total >= row["least"] and enough and undenied:
            return int(row["credibility"])
    return _CANNOT


def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = weights()["number"]
    return rows


def reliability(found: Sequence[Statement]) -> tuple[tuple[str, Reliability], ...]:
    """The letter of each voice and outlet behind a happening, F where nobody has set one."""
    days = [s.day for s in found if s.day]
    last = max(days, default=None)
    voices = {v.key: v for s in found for v in (s.voice, *reversed(s.relays))}
    return tuple(dict.fromkeys((v.name, _letter(v, last)) for v in voices.values()))


def _letter(voice: Voice, day: date | None) -> Reliability:
    return voice.source.reliability(day) if voice.source else Reliability.F


def _paragraph(
    number: int, found: Sequence[Finding], letters: Sequence[tuple[str, Reliability]], independence: Independence
) -> str:
    total = sum(f.weight for f in found)
    head = f"Credibility {number}, {CREDIBILITY[number]}"
    if not found:
        return f"{head}: nobody says that it happened."
    reasons = "; ".join(f"{f.sentence} ({f.weight:+g})" for f in found)
    cap = _why_not_higher(number, total, independence, found)
    rated = [f"{name} {letter}" for name, letter in letters if letter is not Reliability.F]
    unrated = len(letters) - len(rated)
    who = ", ".join(rated) + (f"{', and ' if rated else ''}{_unrated(unrated)}" if unrated else "")
    return f"{head} (sum {total:+g}): {reasons}.{cap} Reliability: {who}."


def _unrated(count: int) -> str:
    return f"{count} {'voice' if count == 1 else 'voices'} F (nobody has set a letter)"


def _why_not_higher(number: int, total: float, independence: Independence, found: Sequence[Finding]) -> str:
    if number == _CANNOT:
        return " It cannot be judged: it names nobody and cannot be placed."
    first = _rows()[0]
    if number > 1 and total >= first["least"]:
        lacking = (
            "it is denied"
            if any(f.name in _DENIALS for f in found)
            else f"it has {len(independence.origins)} independent origin"
        )
        return f" It is not called {CREDIBILITY[1]} because {lacking}."
    return ""
