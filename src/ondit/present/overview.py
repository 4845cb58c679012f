"""Tables of happenings, of contradictions, and of sources with their track records, for a terminal."""

from collections.abc import Iterable, Sequence

from ondit.model import Event, FieldStatus, Source, TrackRecord
from ondit.ontology.admiralty import RELIABILITY
from ondit.present.account import STATUS_SIGNS, event_title, grade_text, wrapped
from ondit.present.fields import plural
from ondit.present.terminal import Colour, clean, clip, pad, paint, text_width

_GAP = "  "
_WIDEST = 60


def render_overview(events: Sequence[Event], *, width: int, colour: bool = False) -> str:
    """One line a happening: id, grade, what · where · when, reports and origins, what is contested."""
    rows = [("event", "grade", "what · where · when", "reports", "origins", "contested")]
    for event in events:
        sums = event.independence
        contested = ", ".join(f.field for f in event.fields if f.status is FieldStatus.CONTESTED)
        counts = (str(len(event.reports)), str(len(sums.origins)) if sums else "")
        rows.append((event.id, grade_text(event), clean(event_title(event)), *counts, contested))
    return _table(rows, width, colour=colour) + f"{plural(len(events), 'event')}\n"


def render_contradictions(events: Iterable[Event], *, width: int, colour: bool = False) -> str:
    """Every contested or changed field with its sentence, under the happening it belongs to."""
    lines: list[str] = []
    count = 0
    for event in events:
        found = [f for f in event.fields if f.status in (FieldStatus.CONTESTED, FieldStatus.UPDATED)]
        if found:
            lines.append(paint(clip(f"{event.id}  {event_title(event)}", width), Colour.BOLD, on=colour))
            for field in found:
                first, *rest = wrapped(f"{STATUS_SIGNS[field.status]} {field.status}: {field.sentence}", width - 2, 1)
                lines += [first, *(f"  {line}" for line in rest)]
            count += len(found)
    return "\n".join([*lines, plural(count, "contradiction") + " and updates" if lines else "no contradictions"]) + "\n"


def render_sources(
    sources: Iterable[Source], records: Iterable[TrackRecord], *, width: int, colour: bool = False
) -> str:
    """Each source with the letter that somebody set, and what its claims came to: a suggestion, never a letter."""
    by_source = {r.source: r for r in records}
    rows = [("source", "letter", "meaning", "claims", "confirmed", "contradicted", "suggestion")]
    for source in sources:
        letter, record = source.reliability(), by_source.get(source.id)
        track = (
            (str(record.claims), str(record.confirmed), str(record.contradicted), _suggested(record))
            if record
            else ("", "", "", "")
        )
        rows.append((clean(source.name), letter.value, RELIABILITY[letter], *track))
    return _table(rows, width, colour=colour)


def _suggested(record: TrackRecord) -> str:
    if record.share is None or record.low is None or record.high is None:
        return "nothing to go by"
    letter = f"{record.suggestion} · " if record.suggestion else "too few · "
    return f"{letter}{record.share:.0%} ({record.low:.0%} to {record.high:.0%})"


def _table(rows: Sequence[Sequence[str]], width: int, *, colour: bool) -> str:
    """Columns as wide as their widest cell, the last ones cut where the line ends."""
    widths = [min(_WIDEST, max(text_width(row[i]) for row in rows)) for i in range(len(rows[0]))]
    lines = []
    for number, row in enumerate(rows):
        room, cells = width, []
        for cell, wanted in zip(row, widths, strict=True):
            if room <= len(_GAP):
                break
            fitted = min(wanted, room)
            cells.append(pad(clip(cell, fitted), fitted))
            room -= fitted + len(_GAP)
        line = _GAP.join(cells).rstrip()
        lines.append(paint(line, Colour.DIM, on=colour) if number == 0 else line)
    return "\n".join(lines) + "\n"
