"""The fields of a claim in words, the same in every view."""

from collections.abc import Sequence
from itertools import accumulate

from ondit.model import (
    Claim,
    Count,
    EventMention,
    Place,
    Published,
    PublishedBasis,
    Report,
    SourceKind,
    SourceMention,
    Stance,
    TimeExpression,
)

OWN_VOICE = "(report)"
THROUGH = " ‹ "
_GROUP = "\u202f"  # narrow no-break space between groups of three digits (ISO 80000-1)
_HEADLINE = 90  # characters of the text that stand for a missing title
_GROUP_FROM = 10_000
_SIGNS = {
    Stance.ASSERTS: "●",
    Stance.DENIES: "✕",
    Stance.DISTANCES: "≈",
    Stance.POSSIBLE: "◌",
    Stance.DEMANDS: "▲",
}
STANCE_MEANING = {
    Stance.ASSERTS: "says that it is so",
    Stance.DENIES: "says that it is not so",
    Stance.DISTANCES: "relayed with a word or mark of doubt",
    Stance.POSSIBLE: "put as possible or as hearsay",
    Stance.DEMANDS: "asked, ordered or wished",
}


def stance_sign(stance: Stance) -> str:
    """A sign for a stance, so that colour never carries it alone."""
    return _SIGNS[stance]


def voice_name(report: Report, voice: SourceMention) -> str:
    """A voice by its fullest mention: what a pronoun or a short form refers to, else its own words."""
    return voice.refers_to.of(report.text) if voice.refers_to else voice.text


def chain_names(report: Report, claim: Claim) -> tuple[str, ...]:
    """The voices of a claim, outermost first; the report's own voice for an empty chain."""
    return tuple(voice_name(report, voice) for voice in claim.chain) or (OWN_VOICE,)


def chain_text(report: Report, claim: Claim) -> str:
    """The chain on one line: "Nujaba channel ‹ security sources"."""
    return THROUGH.join(chain_names(report, claim))


def event_name(type_: str) -> str:
    """A type of happening in words: "air_strike" → "air strike"."""
    return type_.replace("_", " ")


def kind_name(kind: SourceKind) -> str:
    """What a voice is, in words; nothing when that was not told."""
    return "" if kind is SourceKind.OTHER else kind.replace("_", " ")


def place_name(place: Place) -> str:
    """A place by its resolved name, else its own words with a question mark."""
    return (place.name or place.text) if place.gazetteer_id or place.lat is not None else f"{place.text} ?"


def where_of(event: EventMention | None) -> Sequence[Place]:
    """The places of a happening, without names that stand for a government."""
    return [place for place in event.places if not place.metonym] if event else []


def time_name(time: TimeExpression) -> str:
    """A time as an EDTF interval, else its own words with a question mark."""
    return time.interval.edtf if time.interval and time.interval.edtf else f"{time.text} ?"


def when_text(event: EventMention | None) -> str:
    """When a happening was: the first time that could be resolved, else the first in its own words."""
    times = event.times if event else ()
    best = next((t for t in times if t.interval and t.interval.edtf), times[0] if times else None)
    return time_name(best) if best else ""


def where_text(event: EventMention | None) -> str:
    """Where a happening was: the most specific place that was found, else the first in its own words."""
    places = where_of(event)
    best = next((p for p in places if p.lat is not None), places[0] if places else None)
    return place_name(best) if best else ""


def number(value: int) -> str:
    """A figure with its digits in groups when it is long."""
    return f"{value:,}".replace(",", _GROUP) if abs(value) >= _GROUP_FROM else str(value)


def count_range(count: Count) -> str:
    """A figure or range: "9", "≥ 9", "≤ 9", "20–99", "?"."""
    low, high = count.low, count.high
    if low is not None and high is not None:
        return number(low) if low == high else f"{number(low)}–{number(high)}"
    if low is not None:
        return f"≥\u00a0{number(low)}"
    return f"≤\u00a0{number(high)}" if high is not None else "?"


def count_text(count: Count) -> str:
    """A figure and what it counts: "≥ 9 killed"."""
    return f"{count_range(count)} {count.what}"


def counts_text(claim: Claim) -> str:
    """All figures of a claim."""
    return ", ".join(count_text(count) for count in claim.counts)


def headline(report: Report) -> str:
    """The title, else the first words of the text."""
    if report.title:
        return report.title
    words = report.text[: 20 * _HEADLINE].strip().split("\n")[0].split()
    taken = [
        word for word, end in zip(words, accumulate(len(w) + 1 for w in words), strict=True) if end <= _HEADLINE + 1
    ]
    return " ".join(taken) + ("…" if len(taken) < len(words) else "") if taken else report.text.strip()[:_HEADLINE]


def published_text(published: Published) -> str:
    """The publication date and where it comes from."""
    if published.day is None:
        return "publication date unknown"
    source = {
        PublishedBasis.METADATA: "from the page's metadata",
        PublishedBasis.URL: "from the address",
        PublishedBasis.TEXT: "from the text",
        PublishedBasis.GIVEN: "as given",
        PublishedBasis.UNKNOWN: "source unknown",
    }[published.basis]
    return f"published {published.day.isoformat()} ({source})"


def plural(count: int, noun: str) -> str:
    """A number with its noun: "1 claim", "2 claims"."""
    return f"{number(count)} {noun}" if count == 1 else f"{number(count)} {noun}s"
