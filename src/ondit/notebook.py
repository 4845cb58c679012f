"""For notebooks: readings and happenings show themselves, and a toll and a timeline can be drawn.

In IPython and Jupyter `import ondit` is enough for `Reading`, `Report` and `Event` to show as tables. Drawing needs matplotlib (`pip install 'ondit[notebook]'`).

>>> from ondit.notebook import plot_toll, plot_timeline
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ondit.model import Event, FieldAccount, Reading, Stance

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["event_html", "plot_timeline", "plot_toll", "reading_html", "register"]

_OPEN = 0.12  # of the height: how far an open end is drawn
_DAY = timedelta(1)
_MOST_LABELS = 60


def register(shell: Any = None) -> bool:
    """Have an IPython shell (the running one when none is given) show records as tables; False when there is none."""
    if shell is None:
        ipython = sys.modules.get("IPython")
        shell = ipython.get_ipython() if ipython is not None and hasattr(ipython, "get_ipython") else None
    if shell is None:
        return False
    show = shell.display_formatter.formatters["text/html"].for_type_by_name
    show("ondit.model.readings", "Reading", reading_html)
    show("ondit.model.reports", "Report", lambda report: reading_html(Reading(report)))
    show("ondit.model.accounts", "Event", event_html)
    return True


def reading_html(reading: Reading) -> str:
    """A reading as a table of its claims."""
    from ondit.present.html.fragments import reading_fragment

    return reading_fragment(reading)


def event_html(event: Event) -> str:
    """A happening as a table of what the reports say of each field."""
    from ondit.present.html.fragments import event_fragment

    return event_fragment(event)


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure as one voice told it."""

    day: date | None
    low: int | None
    high: int | None
    label: str
    denied: bool


def plot_toll(event: Event, field: str = "killed", *, ax: "Axes | None" = None) -> "Axes":
    """Every figure of a field by the day it was reported: a dot where it is exact, a bar for a range, an arrow where it is open, a cross where it is denied.

    Gives the axes; raises `ValueError` when the happening has no such figures, `MissingLibrary` without matplotlib.
    """
    account = next((f for f in event.fields if f.field == field), None)
    told = sorted(_told(account), key=lambda t: (t.day or date.max, t.low or t.high or 0)) if account else []
    if not told:
        known = ", ".join(
            f.field for f in event.fields if any(v.low is not None or v.high is not None for v in f.values)
        )
        raise ValueError(f"{event.id} has no figures of '{field}'; it has: {known or 'none'}")
    axes: Any = ax or _axes((8.0, 4.5))
    top = max([v for t in told for v in (t.low, t.high) if v is not None])
    reach = max(1.0, top * _OPEN)
    for position, one in enumerate(told):
        low = one.low if one.low is not None else 0
        colour = "tab:red" if one.denied else "tab:blue"
        if one.high is None or one.low is None:
            end = (one.low or 0) + reach if one.high is None else max(0, one.high - reach)
            start = one.low if one.high is None else one.high
            axes.annotate(
                "", xy=(position, end), xytext=(position, start), arrowprops={"arrowstyle": "->", "color": colour}
            )
            axes.plot([position], [start], marker="_", color=colour, markersize=12)
        elif one.low != one.high:
            axes.vlines(position, low, one.high, color=colour, linewidth=6, alpha=0.4)
        else:
            axes.plot([position], [low], marker="x" if one.denied else "o", color=colour)
    axes.set_xticks(range(len(told)))
    axes.set_xticklabels([t.label for t in told], rotation=55, ha="right", fontsize=8)
    axes.set_ylim(0, top + 2 * reach)
    axes.set_ylabel(field.replace("_", " "))
    axes.set_title(_title(event), fontsize=10)
    return axes  # type: ignore[no-any-return]


def _told(account: FieldAccount) -> Iterator[_Told]:
    for value in account.values:
        if value.low is None and value.high is None:
            continue
        for attestation in (*value.supporters, *value.dissenters):
            who = attestation.voice or attestation.outlet or "report"
            day = attestation.day.isoformat() if attestation.day else "no date"
            denied = attestation.stance is Stance.DENIES
            yield _Told(attestation.day, value.low, value.high, f"{day} {who[:32]}", denied)


def plot_timeline(events: Iterable[Event], *, ax: "Axes | None" = None) -> "Axes":
    """Happenings on an axis of days, the earliest on top: a bar is as long as the day is uncertain. Those without a day are left away.

    Gives the axes; raises `ValueError` when none has a day, `MissingLibrary` without matplotlib.
    """
    spans = [(e, *days) for e in events if (days := _days(e)) is not None]
    if not spans:
        raise ValueError("none of the happenings has a day")
    spans = sorted(spans, key=lambda s: (s[1], s[2]))[:_MOST_LABELS]
    axes: Any = ax or _axes((9.0, 0.8 + 0.28 * len(spans)))
    for row, (event, first, last) in enumerate(spans):
        contested = any(f.status == "contested" for f in event.fields)
        axes.barh(
            row, last - first + _DAY, left=first, height=0.6, color="tab:red" if contested else "tab:blue", alpha=0.6
        )
    axes.set_yticks(range(len(spans)))
    axes.set_yticklabels([_title(event) for event, *_ in spans], fontsize=8)
    axes.invert_yaxis()
    axes.xaxis_date()
    axes.set_title("happenings (red: contested)", fontsize=10)
    axes.figure.autofmt_xdate()
    return axes  # type: ignore[no-any-return]


def _days(event: Event) -> tuple[date, date] | None:
    interval = event.interval
    if interval is None or (interval.earliest or interval.latest) is None:
        return None
    first, last = interval.earliest or interval.latest, interval.latest or interval.earliest
    assert first is not None
    assert last is not None
    return first, last


def _title(event: Event) -> str:
    from ondit.present.account import event_title

    return event_title(event)


def _axes(size: tuple[float, float]) -> "Axes":
    from ondit.present.formats.format import need

    pyplot = need("matplotlib", "matplotlib.pyplot", extra="notebook")
    _, ax = pyplot.subplots(figsize=size, layout="constrained")
    return ax  # type: ignore[no-any-return]
