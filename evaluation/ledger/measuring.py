"""How fast a ledger is: adding beside pure reading, and every kind of query over many posts."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from evaluation.benchmark.texts import make_reports
from evaluation.ledger.posts import make_posts
from ondit.decide import decide
from ondit.intake import Options, Origin
from ondit.intake.formats import make_report
from ondit.ledger import Filters, Ledger
from ondit.model import Claim, Reading, Stance, claim_id, event_mention_id, report_id
from ondit.pipeline import read_report
from ondit.stores import Entry, Store, open_store

_PUBLISHED = date(2024, 3, 16)
_DISTINCT = (
    2_000  # posts that the engine reads; the others are these on other days, of other channels, told by other ids
)
_RUNS = 5


@dataclass(frozen=True)
class Throughput:
    """Reports a second of one processor, read only, and taken in, read and kept."""

    what: str
    reading: float
    adding: float


@dataclass(frozen=True)
class Query:
    """Milliseconds of the processor for a query (the first hundred claims, and the count), and how many claims fit."""

    what: str
    fits: int
    listing_ms: float
    counting_ms: float


def throughput(*, posts: int, articles: int) -> Iterator[Throughput]:
    """Short posts, and articles of four kilobytes."""
    article_texts = [text for language in ("fr", "en") for text in make_reports(language, articles * 2048)]
    for what, texts in (("short posts", make_posts(posts, seed=7)), ("articles of 4 kB", article_texts)):
        yield _throughput(what, texts)


def _throughput(what: str, texts: list[str]) -> Throughput:
    """Seconds of the processor, so that neighbours on the machine do not count; the disk's waiting does not, either."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "reports")
        folder.mkdir()
        for number, text in enumerate(texts):
            (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
        origin = Origin(published=_PUBLISHED)
        reports = [make_report(text.encode(), text, origin) for text in texts]
        read_report(reports[0])
        start = time.process_time()
        for report in reports:
            read_report(report)
        reading = time.process_time() - start
        with Ledger.open(Path(name, "a.ledger"), by="speed") as ledger:
            start = time.process_time()
            kept = sum(bool(added.report_id) for added in ledger.add(folder, options=Options(origin)))
            adding = time.process_time() - start
        assert kept == len(texts)
    return Throughput(what, len(texts) / reading, len(texts) / adding)


def queries(*, posts: int) -> Iterator[Query]:
    """Every filter over a ledger of so many posts."""
    with tempfile.TemporaryDirectory() as name:
        store = open_store(Path(name, "a.ledger"), create=True)
        fill(store, posts)
        for what, filters in _FILTERS.items():
            listing = [_milliseconds(partial(_first_hundred, store, filters)) for _ in range(_RUNS)]
            counting = [_milliseconds(partial(store.count, filters)) for _ in range(_RUNS)]
            yield Query(what, store.count(filters), statistics.median(listing), statistics.median(counting))
        store.close()


_FILTERS = {
    "all": Filters(),
    "source": Filters(source="channel 17"),
    "voice": Filters(voice="armée"),
    "voice, a beginning": Filters(voice="min*"),
    "stance, frequent": Filters(stance=Stance.ASSERTS),
    "stance, rare": Filters(stance=Stance.DENIES),
    "type": Filters(type="armed_attack"),
    "place, a name": Filters(place="Tillia"),
    "place, a country": Filters(place="Niger"),
    "near, 150 km": Filters(near=(16.0, 5.0, 150)),
    "box, most of a continent": Filters(box=(-35, -20, 38, 52)),
    "interval, a month": Filters(since=date(2021, 3, 1), until=date(2021, 3, 31)),
    "interval, open": Filters(since=date(2015, 1, 1)),
    "text, a frequent word": Filters(text="convoi"),
    "text, a phrase": Filters(text='"sept personnes"'),
    "text, a beginning": Filters(text="a*"),
    "text, no such word": Filters(text="zyxwv"),
    "several at once": Filters(stance=Stance.DENIES, place="Niger", text="convoi", since=date(2020, 1, 1)),
}


def _first_hundred(store: Store, filters: Filters) -> int:
    return len(list(store.claims(filters, 100)))


def fill(store: Store, posts: int) -> None:
    """Keep so many posts: `_DISTINCT` texts as the engine reads them, over and over under other names."""
    texts = make_posts(min(posts, _DISTINCT), seed=3)
    origin = Origin(published=_PUBLISHED)
    readings = [(text, read_report(make_report(text.encode(), text, origin))) for text in texts]
    for first in range(0, posts, 1000):
        with store.writing():
            for number in range(first, min(posts, first + 1000)):
                text, reading = readings[number % len(readings)]
                entry = Entry(_as_another(reading, number), text.encode(), "ondit")
                store.add(entry, decide(entry.reading, ()).shown)


def _as_another(reading: Reading, number: int) -> Reading:
    """The same post of another channel on another day."""
    publisher, native_id = f"Channel {number % 101}", str(number)
    id_ = report_id(sha256=reading.report.sha256, publisher=publisher, native_id=native_id)
    published = replace(reading.report.published, day=date(2016, 1, 1) + timedelta(days=number % 3000))
    report = replace(reading.report, id=id_, publisher=publisher, native_id=native_id, published=published)
    events = {e.id: replace(e, id=event_mention_id(id_, e.type, e.trigger, n)) for n, e in enumerate(reading.events)}
    claims = tuple(
        _claim(claim, id_, n, events[claim.event].id if claim.event else None) for n, claim in enumerate(reading.claims)
    )
    return Reading(report, claims, tuple(events.values()), reading.problems)


def _claim(claim: Claim, report: str, ordinal: int, event: str | None) -> Claim:
    id_ = claim_id(report, claim.content, [v.span for v in claim.chain], ordinal)
    return replace(claim, id=id_, report_id=report, event=event)


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)
