"""The account of one happening as text: what is agreed, what is contested and by whom, how figures changed, independence, the grade."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from ondit.model import (
    Attestation,
    Event,
    FieldAccount,
    FieldStatus,
    FieldValue,
    Finding,
    Interest,
    Reliability,
    Stance,
)
from ondit.ontology.admiralty import CREDIBILITY, RELIABILITY
from ondit.present.fields import OWN_VOICE, event_name, place_name, plural, stance_sign
from ondit.present.terminal import Colour, clean, clip, pad, paint, text_width

_SHORTEST_LINE = 40
_INDENT = "  "
_COLUMN = 18
_FIGURE = 24
_MOST_LINES = 20
_MOST_NAMES = 8
_STATUS_COLOURS = {
    FieldStatus.AGREED: (Colour.GREEN,),
    FieldStatus.SINGLE: (Colour.DIM,),
    FieldStatus.UPDATED: (Colour.YELLOW,),
    FieldStatus.CONTESTED: (Colour.RED,),
}
STATUS_SIGNS = {
    FieldStatus.AGREED: "=",
    FieldStatus.SINGLE: "·",
    FieldStatus.UPDATED: "↑",
    FieldStatus.CONTESTED: "≠",
}
_INTERESTS = {
    Interest.OUTSIDE: "",
    Interest.CONCEDES: "a party, on its own act",
    Interest.ACCUSES: "a party, on its adversary",
    Interest.ACCUSED: "accused of it",
}


def render_account(event: Event, *, width: int, colour: bool = False) -> str:
    """Everything that the reports say together about one happening."""
    width = max(width, _SHORTEST_LINE)
    contested = [f for f in event.fields if f.status in (FieldStatus.CONTESTED, FieldStatus.UPDATED)]
    settled = [f for f in event.fields if f not in contested]
    parts = [
        list(_heading(event, width, colour=colour)),
        _section("agreed, or told by one voice only", _fields(settled, width, colour=colour), colour=colour),
        _section("contested or changed", _fields(contested, width, colour=colour), colour=colour),
        _section("how figures changed", list(_timeline(event, width)), colour=colour),
        _section("independence", list(_independence(event, width)), colour=colour),
        _section("grade", list(_grade(event, width)), colour=colour),
        _section("second opinion (changes no grade)", list(_opinions(event, width)), colour=colour),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def event_title(event: Event) -> str:
    """What, where and when on one line."""
    where = place_name(event.place) if event.place else _told(event, "place")
    when = event.interval.edtf if event.interval and event.interval.edtf else _told(event, "when")
    return " · ".join(filter(None, (event_name(event.type), where, when)))


def grade_text(event: Event) -> str:
    """The letters behind a happening, best first, and its number: "B F 2"; "" when it is not graded."""
    if event.grade is None:
        return ""
    letters = sorted({letter.value for _, letter in event.grade.reliability})
    return f"{''.join(letters) or Reliability.F.value}{event.grade.credibility}"


def _told(event: Event, field: str) -> str:
    return next((f.values[0].value for f in event.fields if f.field == field and f.values), "")


def _heading(event: Event, width: int, *, colour: bool) -> Iterator[str]:
    yield paint(clip(event_title(event), width), Colour.BOLD, on=colour)
    if event.independence:
        sums = event.independence
        yield clip(
            f"{event.id} · {plural(sums.reports, 'report')}, {plural(sums.outlets, 'outlet')}, "
            f"{plural(len(sums.origins), 'independent origin')}",
            width,
        )
    if event.grade:
        number = event.grade.credibility
        yield clip(f"grade {grade_text(event)} · {number} = {CREDIBILITY[number]}", width)


def _section(title: str, lines: Sequence[str], *, colour: bool) -> list[str]:
    return [paint(title, Colour.BOLD, on=colour), *lines] if lines else []


def _fields(accounts: Iterable[FieldAccount], width: int, *, colour: bool) -> list[str]:
    lines = []
    for account in accounts:
        sign = paint(STATUS_SIGNS[account.status], *_STATUS_COLOURS[account.status], on=colour)
        name = paint(field_name(account.field).ljust(_COLUMN), Colour.BOLD, on=colour)
        lines.append(f"{_INDENT}{sign} {name} {paint(account.status, *_STATUS_COLOURS[account.status], on=colour)}")
        for value in account.values:
            lines += _value(value, width)
        if account.aggregates and len(account.values) > 1:
            rules = ", ".join(f"{a.rule} {a.value}" for a in account.aggregates)
            lines += wrapped(f"by rule: {rules}", width, 3)
    return lines


def field_name(field: str) -> str:
    """A field in words: "killed_perpetrators" → "killed (of those who did it)"."""
    base, _, side = field.partition("_")
    return f"{base} (of those who did it)" if side == "perpetrators" else field.replace("_", " ")


def _value(value: FieldValue, width: int) -> list[str]:
    lines = wrapped(f"{value.value} – {_voices(value.supporters) or 'nobody'}", width, 3)
    for stance, words in ((Stance.DENIES, "denied by"), (Stance.DISTANCES, "doubted by")):
        against = [a for a in value.dissenters if a.stance is stance]
        if against:
            lines += wrapped(f"{stance_sign(stance)} {words} {_voices(against)}", width, 4)
    return lines


def _voices(attestations: Iterable[Attestation]) -> str:
    """Voices with the outlets that carry them and what they have to do with the matter, each once."""
    outlets: dict[tuple[str, Interest], dict[str, None]] = {}
    for a in attestations:
        carriers = outlets.setdefault((a.voice or OWN_VOICE, a.interest), {})
        if a.outlet and a.outlet != a.voice:
            carriers[a.outlet] = None
    shown = []
    for (voice, interest), carriers in outlets.items():
        notes = [*([f"in {', '.join(carriers)}"] if carriers else []), *filter(None, [_INTERESTS[interest]])]
        shown.append(f"{voice} ({'; '.join(notes)})" if notes else voice)
    return _some(shown)


def _some(shown: Sequence[str]) -> str:
    rest = len(shown) - _MOST_NAMES
    return ", ".join(shown[:_MOST_NAMES]) + (f" and {rest} more" if rest > 0 else "")


def _timeline(event: Event, width: int) -> Iterator[str]:
    """Every figure by the day it was reported, for fields with more than one figure."""
    for account in event.fields:
        told = [v for v in account.values if v.low is not None or v.high is not None]
        if len(told) < 2:
            continue
        rows = [(a.day.isoformat() if a.day else "no date", v.value, a) for v in told for a in v.supporters]
        rows = list(dict.fromkeys(sorted(rows, key=lambda r: r[0])))
        for day, value, a in rows[:_MOST_LINES]:
            outlet = f", in {a.outlet}" if a.outlet and a.outlet != a.voice else ""
            cells = (
                clip(f"{field_name(account.field)} {value}", _FIGURE),
                clip(f"{a.voice or OWN_VOICE}{outlet}", width - _FIGURE - 16),
            )
            yield f"{_INDENT}{day:<10}  {pad(cells[0], _FIGURE)}  {pad(cells[1], 0)}"
        if len(rows) > _MOST_LINES:
            yield f"{_INDENT}… and {len(rows) - _MOST_LINES} more"


def _independence(event: Event, width: int) -> Iterator[str]:
    if event.independence:
        yield from wrapped(event.independence.derivation, width, 1)


def _grade(event: Event, width: int) -> Iterator[str]:
    if event.grade is None:
        return
    for finding in event.grade.findings:
        yield from _finding(finding, width)
    for letter in sorted({letter for _, letter in event.grade.reliability}):
        names = [name for name, its in event.grade.reliability if its is letter]
        yield from wrapped(f"{letter} {RELIABILITY[letter]}: {_some(names)}", width, 1)
    yield ""
    yield from wrapped(event.grade.paragraph, width, 1)


def _finding(finding: Finding, width: int) -> list[str]:
    lines = wrapped(f"{finding.name.replace('_', ' ')}: {finding.sentence}", width, 5)
    return [f"{_INDENT}{finding.weight:+6.2f}  {lines[0].lstrip()}", *lines[1:]]


def _opinions(event: Event, width: int) -> Iterator[str]:
    for opinion in event.opinions:
        text = f"{opinion.method}: {field_name(opinion.field)} {opinion.value} ({opinion.belief:.0%} of the belief)"
        yield _INDENT + pad(clip(text, width - len(_INDENT)), 0)


def wrapped(text: str, width: int, depth: int) -> list[str]:
    """Text broken into lines of a width, `depth` indents deep; nothing in it can steer the terminal, right-to-left lines keep to themselves."""
    indent = _INDENT * depth
    room = max(_SHORTEST_LINE // 2, width - text_width(indent))
    return [indent + pad(line, 0) for line in textwrap.wrap(clean(text), room)] or [indent]
