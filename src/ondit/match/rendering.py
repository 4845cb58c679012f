"""How happenings compare with coded events, as text for a terminal."""

from collections.abc import Iterator, Sequence

from ondit.match.coded import CodedEvent
from ondit.match.matching import Difference, Matching, Pair
from ondit.model import Event
from ondit.present.account import event_title
from ondit.present.fields import number, plural
from ondit.present.terminal import Colour, clip, paint

_INDENT = "    "
_SHALLOW = "  "


def render_matching(found: Matching, *, width: int, colour: bool = False, limit: int = 0) -> str:
    """A line of sums, then what is coded already, what is new, and what the ledger lacks; at most `limit` of each, 0 for all."""
    title = found.table.title
    coded = len({pair.event.id for pair in found.pairs})
    sums = (
        f"{plural(len(found.table.events), 'event')} of {title}",
        f"{plural(coded, 'happening')} coded already",
        f"{number(len(found.new))} new",
        f"{number(len(found.missing))} of theirs missing here",
    )
    lines = [paint(clip("; ".join(sums), width), Colour.BOLD, on=colour)]
    lines += _section(
        f"coded already in {title}",
        [list(_pair(pair, width, colour=colour)) for pair in found.pairs],
        limit,
        colour=colour,
    )
    lines += _section("new: nobody coded them", [[_ours(event, width)] for event in found.new], limit, colour=colour)
    lines += _section(
        "not compared: without a day", [[_ours(event, width)] for event in found.undated], limit, colour=colour
    )
    lines += _section(
        f"in {title}, not in the ledger", [[_theirs(one, width)] for one in found.missing], limit, colour=colour
    )
    if found.outside:
        lines += [
            "",
            clip(f"{number(found.outside)} more of theirs lie outside the days and countries of the ledger", width),
        ]
    return "\n".join(lines) + "\n"


def _section(title: str, entries: Sequence[Sequence[str]], limit: int, *, colour: bool) -> list[str]:
    if not entries:
        return []
    shown = entries[:limit] if limit else entries
    lines = ["", paint(title, Colour.BOLD, on=colour), *(line for entry in shown for line in entry)]
    rest = len(entries) - len(shown)
    return [*lines, f"  … and {number(rest)} more; --limit 0 shows all"] if rest else lines


def _pair(pair: Pair, width: int, *, colour: bool) -> Iterator[str]:
    yield _line(_SHALLOW, f"{pair.event.id} = {pair.coded.id}  {pair.score:.0%}  {event_title(pair.event)}", width)
    for difference in pair.differences:
        yield _difference(difference, width, colour=colour)
    yield paint(_line(_INDENT, "; ".join(pair.reasons), width), Colour.DIM, on=colour)


def _difference(difference: Difference, width: int, *, colour: bool) -> str:
    sign = "=" if difference.agrees else "≠"
    words = (
        difference.ours
        if difference.agrees and difference.ours == difference.theirs
        else f"{difference.ours} | {difference.theirs}"
    )
    line = _line(_INDENT, f"{sign} {difference.field.ljust(7)} {words}", width)
    return paint(line, Colour.RED, on=colour and not difference.agrees)


def _ours(event: Event, width: int) -> str:
    return _line(_SHALLOW, f"{event.id}  {event_title(event)} · {plural(len(event.reports), 'report')}", width)


def _theirs(one: CodedEvent, width: int) -> str:
    when = f"{one.first}" if one.first == one.last else f"{one.first}/{one.last}"
    killed = (
        f" · {one.low if one.best is None else one.best} killed" if one.low is not None or one.best is not None else ""
    )
    return _line(_SHALLOW, f"{one.id}  {one.code or 'event'} · {one.place} · {when}{killed}", width)


def _line(indent: str, words: str, width: int) -> str:
    return indent + clip(words, width - len(indent))
