"""Tellings written in one line, for tables an analyst can read."""

from datetime import date

from ondit.gather.comparing import Figure
from ondit.gather.traits import Point, Traits, stem

TOWNS = {
    "Samarra": (34.20, 43.87, "IQ"),
    "Ad-Dawr": (34.45, 43.79, "IQ"),
    "Baghdad": (33.34, 44.40, "IQ"),
    "Mosul": (36.34, 43.13, "IQ"),
    "Aleppo": (36.20, 37.16, "SY"),
    "Kafr Hamra": (36.27, 37.08, "SY"),
}


def telling(line: str, *, name: str = "", report: str = "") -> Traits:
    """`TYPE · when · where · figures · words`, each may be empty; a figure is `9 killed`, `9+ killed`, `7-9 killed` or `-9 killed`.

    `when` is a day, `first/last`, or `~day`: no date, reported that day; a word with a capital is a proper name.
    """
    type_, when, where, figures, words = (part.strip() for part in (line + " · · · ·").split("·")[:5])
    first, last, published = _when(when)
    town = TOWNS.get(where)
    name = name or f"e-{line}"
    return Traits(
        id=name,
        report=report or f"r-{name}",
        type=type_,
        claims=(f"c-{name}",),
        first=first,
        last=last,
        published=published,
        points=(Point(where, where, town[0], town[1], 1.0),) if town else (),
        countries=frozenset([town[2]] if town else [where] if where else []),
        figures=tuple(_figure(f) for f in figures.split(",") if f.strip()),
        names=frozenset(stem(w) for w in words.split() if w[0].isupper()),
        words=frozenset(stem(w) for w in words.split() if not w[0].isupper()),
    )


def _when(text: str) -> tuple[int | None, int | None, int | None]:
    if not text:
        return None, None, None
    if text.startswith("~"):
        return None, None, date.fromisoformat(text[1:]).toordinal()
    first, _, last = text.partition("/")
    start, stop = date.fromisoformat(first), date.fromisoformat(last or first)
    return start.toordinal(), stop.toordinal(), stop.toordinal()


def _figure(text: str) -> Figure:
    number, what = text.split()
    low, _, high = number.rstrip("+").partition("-")
    return Figure(what, int(low) if low else None, None if number.endswith("+") else int(high or low))


def days(day: str) -> tuple[int, int]:
    """A day as first and last."""
    return date.fromisoformat(day).toordinal(), date.fromisoformat(day).toordinal()
