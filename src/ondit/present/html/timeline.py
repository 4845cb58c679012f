"""Happenings on an axis of days, each as long as its day is uncertain: a dot for one day, a bar for several, a dashed end for an open one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ondit.present.html.markup import tag, text

_WIDTH, _LEFT, _ROW, _TOP = 960.0, 8.0, 18.0, 26.0
_MARGIN_DAYS = 1
_LETTER = 6.0  # width of a letter
_MOST_ROWS = 120
_STEPS = (1, 2, 7, 14, 31, 92, 183, 366, 1827, 3653)  # days between ticks
_MOST_TICKS = 9
_SHORTEST = 7.0


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing on the axis: its label, where it leads, and its days (None = open)."""

    label: str
    href: str
    first: date | None
    last: date | None


def draw_timeline(moments: Sequence[Moment]) -> str:
    """The drawing, earliest first; "" when nothing has a day."""
    dated = [m for m in moments if m.first is not None or m.last is not None]
    if not dated:
        return ""
    shown = sorted(dated, key=lambda m: (m.first or m.last or date.max, m.last or date.max, m.label))[:_MOST_ROWS]
    days = [day for m in shown for day in (m.first, m.last) if day is not None]
    start, stop = _widened(min(days), -_MARGIN_DAYS), _widened(max(days), _MARGIN_DAYS)
    scale = (_WIDTH - 2 * _LEFT) / max(1, (stop - start).days)
    height = _TOP + _ROW * len(shown) + 6
    rows = [_row(m, _TOP + _ROW * n, start, scale) for n, m in enumerate(shown)]
    picture = tag(
        "svg",
        *_axis(start, stop, scale, height),
        *rows,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH:g} {height:g}",
        role="img",
        aria_label=f"Timeline from {min(days)} to {max(days)}",
    )
    rest = len(moments) - len(shown)
    caption = f"A bar is as long as the day is uncertain.{f' {rest} more without a day or beyond the first {_MOST_ROWS}.' if rest else ''}"
    return tag("figure", picture, tag("figcaption", text(caption)), class_="timeline")


def _widened(day: date, by: int) -> date:
    try:
        return day + timedelta(by)
    except OverflowError:
        return day


def _axis(start: date, stop: date, scale: float, height: float) -> list[str]:
    total = (stop - start).days
    step = next((s for s in _STEPS if total / s <= _MOST_TICKS), max(_STEPS[-1], total // _MOST_TICKS))
    parts = []
    for number in range(0, total + 1, step):
        x = _LEFT + number * scale
        parts.append(f'<path class="tick" d="M{x:.1f} 16V{height:.1f}"/>')
        if x < _WIDTH - 60:
            parts.append(f'<text class="axis" x="{x + 2:.1f}" y="12">{start + timedelta(number)}</text>')
    return parts


def _row(moment: Moment, y: float, start: date, scale: float) -> str:
    first, last = moment.first or start, moment.last
    x = _LEFT + (first - start).days * scale
    end = _LEFT + ((last or first) - start).days * scale if last else _WIDTH - _LEFT
    width = max(end - x + scale, _SHORTEST) if last else end - x
    kind = "bar" if moment.first and last else "bar open"
    one_day = moment.first is not None and moment.first == last
    middle = y + _ROW / 2
    shape = (
        f'<circle class="bar day" cx="{x + min(scale, _SHORTEST) / 2:.1f}" cy="{middle:.1f}" r="4.5"/>'
        if one_day
        else f'<rect class="{kind}" x="{x:.1f}" y="{middle - 5:.1f}" width="{width:.1f}" height="10" rx="4"/>'
    )
    right = x + (12 if one_day else width + 5)
    length = len(moment.label) * _LETTER
    if right + length <= _WIDTH:
        label = f'<text x="{right:.1f}" y="{middle + 4:.1f}">{text(moment.label)}</text>'
    else:
        label = f'<text x="{max(x - 6, 0):.1f}" y="{middle + 4:.1f}" text-anchor="end">{text(moment.label)}</text>'
        if x - 6 < length:
            label = f'<text x="{_WIDTH - _LEFT:.1f}" y="{middle + 4:.1f}" text-anchor="end">{text(moment.label)}</text>'
    return tag("a", f"<title>{text(moment.label)}</title>", shape, label, href=moment.href)
