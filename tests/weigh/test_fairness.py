"""Nothing is read, gathered or graded by which side it favours: exchange the parties' names, and everything else comes out the same."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from ondit.languages import available_languages
from ondit.model import Event, EventMention, Reading, Source, SourceKind, Span
from ondit.pipeline import read, settle, weigh_all

TABLE = tomllib.loads(Path(__file__).with_name("fairness.toml").read_text(encoding="utf-8"))
STORIES: list[list[dict[str, Any]]] = [
    [r for r in story["reports"] if r["lang"] in available_languages()] for story in TABLE["story"]
]
PAIRS: list[dict[str, list[str]]] = TABLE["names"]

# Not compared: ids, the order that comes of ids, and numbers of characters (names may differ in length).
IDS = {
    "id",
    "report_id",
    "claim_id",
    "event",
    "reports",
    "mentions",
    "claims",
    "superseded",
    "sha256",
    "span",
    "candidates",
    "links",
}


def test_there_are_enough_reports() -> None:
    assert sum(map(len, STORIES)) >= 30
    assert {r["lang"] for story in STORIES for r in story} == set(available_languages()) & {"fr", "en", "ar"}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: " / ".join(p["en"]))
def test_exchanging_the_parties_exchanges_their_names_and_nothing_else(pair: dict[str, list[str]]) -> None:
    exchange = exchanger(pair)
    for story in STORIES:
        there, back = run(story, pair, swapped=False), run(story, pair, swapped=True)
        assert told(there[0], str) == told(back[0], exchange)
        assert told(there[1], str) == told(back[1], exchange)


def run(story: list[dict[str, Any]], pair: dict[str, list[str]], *, swapped: bool) -> tuple[list[Reading], list[Event]]:
    """Read the reports of a story and weigh what they tell, with the parties' names one way or the other."""
    names = {lang: tuple(reversed(both) if swapped else both) for lang, both in pair.items()}
    readings = []
    for report in story:
        a, b = names[report["lang"]]
        text, outlet = (report[key].replace("{A}", a).replace("{B}", b) for key in ("text", "outlet"))
        readings.append(read(text, published=date(2024, 3, report["day"]), lang=report["lang"], publisher=outlet))
    events = weigh_all(settle(readings).events(), readings, registry(names))
    place = {e.id: (n, m) for n, reading in enumerate(readings) for m, e in enumerate(reading.events)}
    return readings, sorted(events, key=lambda event: min(place[m] for m in event.mentions))


def registry(names: dict[str, tuple[str, ...]]) -> dict[str, Source]:
    """Two parties and their channels; the camps go with the names."""
    found = {}
    for n, side in enumerate("ab"):
        spellings = tuple(dict.fromkeys(both[n] for both in names.values()))
        channel = tuple(f"{name} TV" for name in spellings)
        found[side] = Source(side, spellings[0], SourceKind.ARMED_GROUP, spellings)
        found[f"{side}-tv"] = Source(f"{side}-tv", channel[0], SourceKind.SOCIAL_CHANNEL, channel, camps=(side,))
    return found


def exchanger(pair: dict[str, list[str]]) -> Callable[[str], str]:
    """Exchanges the names of the two parties in a text, in every language, as they are written and folded to lower case."""
    both = [(a, b) for a, b in pair.values()]
    both += [(a.lower(), b.lower()) for a, b in both]
    other = {x: y for a, b in both for x, y in ((a, b), (b, a))}
    names = re.compile("|".join(map(re.escape, sorted(other, key=len, reverse=True))))
    return lambda text: names.sub(lambda m: other[m[0]], text)


def told(thing: Any, exchange: Callable[[str], str], text: str = "") -> Any:
    """A record as plain data without ids; spans as the words they stand for, names exchanged."""
    if isinstance(thing, Reading):
        happenings = {e.id: n for n, e in enumerate(thing.events)}
        claims = [(happenings.get(c.event or ""), told(c, exchange, thing.report.text)) for c in thing.claims]
        return claims, [told(e, exchange, thing.report.text) for e in thing.events]
    if isinstance(thing, Event):  # the record of a place is that of any one telling; which place it is must be the same
        place, when = (thing.place and thing.place.name), (thing.interval and thing.interval.edtf)
        weighed = (thing.fields, thing.independence, thing.grade, thing.opinions)
        return thing.type, place, when, told(weighed, exchange)
    if isinstance(thing, Span):
        return exchange(thing.of(text))
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, str):
        return exchange(thing)
    if isinstance(thing, (list, tuple)):
        return [told(x, exchange, text) for x in thing]
    if is_dataclass(thing):
        return {f.name: told(getattr(thing, f.name), exchange, text) for f in fields(thing) if f.name not in IDS}
    return thing


def test_the_comparison_can_fail() -> None:
    """A reading that treats one name differently is told apart from one that does not."""
    pair = PAIRS[0]
    there, _ = run(STORIES[0], pair, swapped=False)
    assert told(there, str) != told(there, exchanger(pair))
    mention = EventMention("e", "air_strike", None)
    assert told(mention, str) != told(EventMention("e", "armed_clash", None), str)
