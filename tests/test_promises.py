"""What every reading keeps, whatever the text: spans show what the user sees, the same input gives the same ledger, nothing raises."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.codec import decode, encode
from ondit.model import Reading, Span
from ondit.pipeline import read

EXAMPLES = sorted(p for p in (Path(__file__).parents[1] / "examples").glob("20*.txt"))
PUBLISHED = date(2024, 3, 16)

PIECES = st.sampled_from(
    [
        "Selon l'armée, ", "l'AFP a rapporté que ", "« Nous avons tiré », ", "a-t-il ajouté. ", "au moins 12 morts ",
        "à Gao ", "vendredi ", "aurait ", "il a démenti ", "a drone struck ", "police said ", "“We saw it,” ", "he told AFP. ",
        "on Friday ", "in Mosul ", "according to a source ", "31 février ", "12 morts et 45 blessés ", "the same source ", "dont ",
        "\n\n", "\n", ". ", ", ", ": ", "« ", " »", "“", "”", '"', "'", "😀 ", "العراق ", "\u200f", "é\u0301 ", "99999999999999999999 ",
        "0000-00-00 ", "(", ")", "#Gao ", "@x ", "https://a.b/c ", "\x00", "\ufffd", "—", "…", "2 500 soldats ", "C-RAM ", "MC-9 ",
    ]
)  # fmt: skip
texts = st.lists(PIECES, max_size=30).map("".join)


def spans_of(record: object) -> Iterator[Span]:
    if isinstance(record, Span):
        yield record
    elif isinstance(record, tuple | list):
        for item in record:
            yield from spans_of(item)
    elif is_dataclass(record):
        for field in fields(record):
            yield from spans_of(getattr(record, field.name))


def check(reading: Reading, text: str) -> None:
    assert reading.report.text == text
    for span in spans_of(reading):
        assert span.stop <= len(text)
    for claim in reading.claims:
        assert claim.content.of(text).strip()
        for voice in claim.chain:
            assert voice.text == voice.span.of(text)
        for count in claim.counts:
            assert count.text == count.span.of(text)
            assert count.low is None or count.high is None or count.low <= count.high
        assert claim.event is None or reading.event_of(claim) is not None
        assert claim.evidence, "a claim without a reason"
    for event in reading.events:
        for actor in event.actors:
            assert actor.text == actor.span.of(text)
        for place in event.places:
            assert place.text == place.span.of(text)
    ids = [claim.id for claim in reading.claims]
    assert len(set(ids)) == len(ids)
    assert len({event.id for event in reading.events}) == len(reading.events)
    starts = [claim.content.start for claim in reading.claims]
    assert starts == sorted(starts), "claims are in text order"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_the_examples_keep_the_promises(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    reading = read(text, published=date.fromisoformat(path.name[:10]))
    check(reading, text)
    assert reading.claims
    assert not [p for p in reading.problems if p.severity == "error"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_the_same_text_gives_the_same_bytes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first, second = (encode(read(text, published=PUBLISHED)) for _ in range(2))
    assert first == second
    assert decode(first) == read(text, published=PUBLISHED)


@settings(max_examples=60, deadline=None)
@given(texts, st.sampled_from(["fr", "en", None]), st.sampled_from([PUBLISHED, None]))
def test_no_text_raises_and_every_span_shows_its_words(text: str, lang: str | None, published: date | None) -> None:
    check(read(text, published=published, lang=lang), text)


@settings(max_examples=40, deadline=None)
@given(texts, st.sampled_from(["fr", "en"]))
def test_without_a_day_of_publication_nothing_is_counted_from_today(text: str, lang: str) -> None:
    for event in read(text, lang=lang).events:
        for expression in event.times:
            interval = expression.interval
            assert interval is None or interval.anchor_basis != "published"


@pytest.mark.parametrize(
    "text",
    [
        "", " \n\t ", "\x00\x00\x00", "…", "?!", "123", "«", "»" * 50, "a", "\ufeff", "👩‍👩‍👧" * 20,
        "انفجاری در شهر رخ داد و پلیس گفت که سه نفر کشته شدند",
        "Взрыв произошёл в городе, сообщила полиция",
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", [None, "fr", "en"])
def test_what_is_no_report_is_answered_without_raising(text: str, lang: str | None) -> None:
    reading = read(text, published=PUBLISHED, lang=lang)
    check(reading, text)
    if lang is None:
        assert reading.problems, "nothing to read, and nobody says so"


@pytest.mark.parametrize(
    ("given", "day"),
    [(date(2024, 3, 16), "2024-03-16"), (datetime(2024, 3, 16, 9, tzinfo=UTC), "2024-03-16"), ("2024-03-16", "2024-03-16"), (None, "None")],
)  # fmt: skip
def test_the_day_of_publication_is_a_date_or_written(given: date | str | None, day: str) -> None:
    assert str(read("Police said two people were killed in Mosul.", published=given).report.published.day) == day


def test_a_day_that_is_none_is_told() -> None:
    with pytest.raises(ValueError, match=r"'16 March' is no day of the calendar .*YYYY-MM-DD"):
        read("Police said two people were killed in Mosul.", published="16 March")


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell over the past two nights.",
        "They fought for two and a half quarters.",
        "In the last two millennia nothing changed.",
        "Two nights earlier the bridge had been shut.",
    ],
)
def test_units_of_time_that_no_calendar_counts_end_no_reading(text: str) -> None:
    check(read(text, lang="en", published=PUBLISHED), text)
