"""Track records: what counts as confirmed and contradicted, the interval, and that a suggestion is only a suggestion."""

import pytest

from ondit.model import Event, Reliability, Source, SourceKind, TrackRecord
from ondit.weigh import track_records
from ondit.weigh.track_records import wilson
from tests.weigh.telling import said, telling, weighed

SOURCES = {
    "rc": Source("rc", "Red Crescent", SourceKind.ORGANISATION),
    "front": Source("front", "Northern Front", SourceKind.ARMED_GROUP),
}

INTERVALS = [
    # confirmed, of     low    high (Wilson 1927, computed by hand)
    (0, 0, 0.0, 1.0),
    (8, 10, 0.490, 0.943),
    (0, 10, 0.0, 0.278),
    (10, 10, 0.722, 1.0),
    (50, 100, 0.404, 0.596),
]


@pytest.mark.parametrize("successes, trials, low, high", INTERVALS)
def test_interval(successes: int, trials: int, low: float, high: float) -> None:
    assert wilson(successes, trials) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


def happening(confirming: int, rival: int | None = None) -> Event:
    told = [
        telling("Post", 15, said("Red Crescent", killed=confirming)),
        telling("Wire", 15, said("a hospital", killed=9), where="", when=""),
    ]
    if rival:
        told.append(telling("Herald", 15, said("Northern Front", killed=rival), where="", when=""))
    return weighed(*told, sources=list(SOURCES.values()))


def test_confirmed_and_contradicted_by_independent_origins() -> None:
    records = {r.source: r for r in track_records([happening(9, rival=40)], SOURCES)}
    # the Red Crescent: that it happened, the type and 9 killed are confirmed; place and time nobody else tells
    assert (records["rc"].confirmed, records["rc"].contradicted) == (3, 0)
    # the Front: happened and type confirmed, its 40 killed contradicted
    assert (records["front"].confirmed, records["front"].contradicted) == (2, 1)


def record_of(source: str, *events: Event) -> TrackRecord:
    return next(r for r in track_records(events, SOURCES) if r.source == source)


def test_outlets_without_an_entry_are_known_by_their_name() -> None:
    assert [r.source for r in track_records([happening(9)], SOURCES)] == ["Post", "Wire", "rc"]
    assert record_of("Post", happening(9)).claims == 0  # it cites, and says nothing itself


def test_few_claims_suggest_nothing_and_many_suggest_without_setting() -> None:
    few = record_of("rc", happening(9))
    assert few.suggestion is None and "too few" in few.sentence
    many = record_of("rc", *[happening(9)] * 10)
    assert many.suggestion is Reliability.B and "which nobody has set" in many.sentence
    assert many.low is not None and many.share is not None and many.high is not None
    assert many.low < many.share <= many.high
    assert SOURCES["rc"].reliability() is Reliability.F
