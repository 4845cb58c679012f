"""A reading as a table for a terminal: the claims in text order, two lines each, fitted to the width."""

from collections.abc import Sequence
from dataclasses import dataclass

from ondit.model import Claim, EventMention, Reading, Report, Stance
from ondit.present.fields import (
    THROUGH,
    chain_text,
    counts_text,
    event_name,
    plural,
    published_text,
    stance_sign,
    when_text,
    where_text,
)
from ondit.present.terminal import Colour, clean, clip, pad, paint, text_width

_HEADERS = ("who says it", "stance", "event", "place", "when", "counts")
_WIDEST = (60, 11, 24, 22, 23, 24)
_NARROWEST = (22, 11, 12, 10, 10, 8)
# Which columns give way first, and down to which width, before all are as narrow as they may be.
_YIELDING = ((0, 40), (2, 18), (3, 14), (5, 14), (0, 30), (2, 14))
_GAP = "  "
_SHORTEST_LINE = 40
_SHORTEST_VOICE = 4
_SLACK = 8
_COLOURS: dict[Stance, tuple[Colour, ...]] = {
    Stance.ASSERTS: (Colour.GREEN,),
    Stance.DENIES: (Colour.RED,),
    Stance.DISTANCES: (Colour.YELLOW,),
    Stance.POSSIBLE: (Colour.CYAN,),
    Stance.DEMANDS: (Colour.MAGENTA,),
}


@dataclass(frozen=True, slots=True)
class _Row:
    number: str
    cells: tuple[str, ...]
    stance: Stance
    content: str


def render_table(
    reading: Reading, *, width: int, colour: bool = False, name: str = "", labels: Sequence[str] = ()
) -> str:
    """The whole reading: a heading, then the claims with their numbers, or with labels."""
    width = max(width, _SHORTEST_LINE)
    lines = _heading(reading, width, colour=colour, name=name)
    events = {event.id: event for event in reading.events}
    rows = [
        _row(reading.report, label, claim, events.get(claim.event or ""), width)
        for label, claim in zip(labels or map(str, range(1, len(reading.claims) + 1)), reading.claims, strict=True)
    ]
    if rows:
        digits = max(2, len(rows[-1].number))
        widths = _fit(rows, width - digits - len(_GAP))
        render = _stacked if widths is None else _wide
        lines += ["", *render(rows, widths or (), digits, width, colour=colour)]
    return "\n".join(lines) + "\n"


def clip_chain(chain: str, width: int) -> str:
    """The chain cut to a width so that something of every voice is left."""
    voices = chain.split(THROUGH)
    room = width - len(THROUGH) * (len(voices) - 1)
    left = len(voices)
    shares = dict.fromkeys(range(left), 0)
    for index in sorted(shares, key=lambda i: text_width(voices[i])):  # short voices leave room for long ones
        shares[index] = min(text_width(voices[index]), room // left)
        room -= shares[index]
        left -= 1
    if min(shares.values()) < _SHORTEST_VOICE:
        return clip(chain, width)
    return THROUGH.join(clip(voice, shares[i]) for i, voice in enumerate(voices))


def _heading(reading: Reading, width: int, *, colour: bool, name: str) -> list[str]:
    report = reading.report
    named = " · ".join(clean(part) for part in (name, report.title, report.publisher) if part)
    about = " · ".join(part for part in (published_text(report.published), report.language) if part)
    voices = {chain_text(report, claim) for claim in reading.claims if claim.chain}
    sums = (
        plural(len(reading.claims), "claim"),
        plural(len(reading.events), "happening"),
        plural(len(voices), "chain") + " of voices",
    )
    lines = [paint(clip(named, width), Colour.BOLD, on=colour)] if named else []
    return [*lines, clip(f"{about} · {', '.join(sums)}", width)]


def _row(report: Report, label: str, claim: Claim, event: EventMention | None, width: int) -> _Row:
    cells = (
        chain_text(report, claim),
        f"{stance_sign(claim.stance)} {claim.stance}",
        event_name(event.type) if event else "–",
        where_text(event) or "–",
        when_text(event) or "–",
        counts_text(claim) or "–",
    )
    content = report.text[claim.content.start : min(claim.content.stop, claim.content.start + _SLACK * width)]
    return _Row(label, tuple(map(clean, cells)), claim.stance, clip(content, width))


def _fit(rows: Sequence[_Row], width: int) -> tuple[int, ...] | None:
    """Widths of the columns: as wide as their texts where there is room, None when there is too little for columns."""
    room = width - len(_GAP) * (len(_HEADERS) - 1)
    if room < sum(_NARROWEST):
        return None
    wanted = [
        min(widest, max(len(header), *(text_width(row.cells[i]) for row in rows)))
        for i, (header, widest) in enumerate(zip(_HEADERS, _WIDEST, strict=True))
    ]
    excess = sum(wanted) - room
    for i, narrowest in (*_YIELDING, *enumerate(_NARROWEST)):
        cut = min(max(0, excess), max(0, wanted[i] - narrowest))
        wanted[i] -= cut
        excess -= cut
    return tuple(wanted)


def _wide(rows: Sequence[_Row], widths: Sequence[int], digits: int, width: int, *, colour: bool) -> list[str]:
    head = _GAP.join([" " * digits, *(pad(h, w) for h, w in zip(_HEADERS, widths, strict=True))])
    lines = [paint(head.rstrip(), Colour.DIM, on=colour)]
    for row in rows:
        cells = [clip(cell, w) for cell, w in zip(row.cells, widths, strict=True)]
        cells[0] = clip_chain(row.cells[0], widths[0])
        cells = [pad(cell, w) for cell, w in zip(cells, widths, strict=True)]
        cells[0] = paint(cells[0], Colour.BOLD, on=colour)
        cells[1] = paint(cells[1], *_COLOURS[row.stance], on=colour)
        lines.append(_GAP.join([row.number.rjust(digits), *cells]).rstrip())
        lines.append(_content(row, digits, width, colour=colour))
    return lines


def _stacked(rows: Sequence[_Row], _widths: Sequence[int], digits: int, width: int, *, colour: bool) -> list[str]:
    """Three lines a claim, for narrow terminals."""
    lines = []
    room = width - digits - len(_GAP)
    for row in rows:
        who = paint(pad(clip_chain(row.cells[0], room), 0), Colour.BOLD, on=colour)
        lines.append(f"{row.number.rjust(digits)}{_GAP}{who}")
        stance = paint(row.cells[1], *_COLOURS[row.stance], on=colour)
        rest = " · ".join(cell for cell in row.cells[2:] if cell != "–")
        rest = f" · {pad(clip(rest, room - text_width(row.cells[1]) - 3), 0)}" if rest else ""
        lines.append(f"{' ' * digits}{_GAP}{stance}{rest}")
        lines.append(_content(row, digits, width, colour=colour))
    return lines


def _content(row: _Row, digits: int, width: int, *, colour: bool) -> str:
    indent = " " * (digits + len(_GAP))
    return indent + paint(pad(clip(row.content, width - len(indent)), 0), Colour.DIM, on=colour)
