"""Words that somebody selected, as the value they would have: a time, a figure."""

from ondit.languages import Pack, available_languages, load_pack
from ondit.model import Report, Span
from ondit.read.engines.rules.quantities import find_quantities
from ondit.read.engines.rules.times import find_times
from ondit.resolve.dates import resolve_times
from ondit.text.tokens import tokenise

_LONGEST = 300  # characters: a field is no sentence


def time_in(report: Report, span: Span) -> str:
    """The time that selected words tell, as it is typed: "2022-01-29", "2022-01-29..2022-02-02"; "" when they tell none."""
    pack = _pack(report)
    if pack is None or span.stop - span.start > _LONGEST:
        return ""
    tokens = tokenise(report.text, pack.token_rules, start=span.start, stop=span.stop)
    found = find_times(report.text, tokens, pack, start=span.start, stop=span.stop)
    for time in resolve_times(found, report.text, published=report.published, pack=pack):
        if time.interval and time.interval.earliest and time.interval.latest:
            first, last = time.interval.earliest.isoformat(), time.interval.latest.isoformat()
            return first if first == last else f"{first}..{last}"
    return ""


def figure_in(report: Report, span: Span) -> str:
    """The figure that selected words tell, as it is typed: "3", "3-5", "3-", "-5"; "" when they tell none."""
    pack = _pack(report)
    if pack is None or span.stop - span.start > _LONGEST:
        return ""
    keys = tokenise(report.text, pack.token_rules, start=span.start, stop=span.stop).keys
    for quantity in find_quantities(keys, pack):
        low, high = quantity.low, quantity.high
        ends = ["" if end is None else str(end) for end in (low, high)]
        return ends[0] if low is not None and low == high else "-".join(ends)
    return ""


def _pack(report: Report) -> Pack | None:
    return load_pack(report.language) if report.language in available_languages() else None
