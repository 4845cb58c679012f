"""What settling costs: generated reports in growing numbers, time and memory, whole and a thousand more on top.

    python -m evaluation settling            10 thousand and 100 thousand claims
    python -m evaluation settling --full     a million as well

The reports are made up: happenings in towns of eight countries over two years, few of them told often and most told once or twice, reports of about two hundred
words with three happenings and ten claims, one in seven a copy. No text of anybody is used.
"""

import itertools
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ondit.model import (
    Claim,
    Count,
    EventMention,
    Interval,
    Place,
    PlacePrecision,
    Published,
    PublishedBasis,
    Reading,
    Report,
    Span,
    Stance,
    TimeExpression,
    TimexType,
    claim_id,
    event_mention_id,
    report_id,
)
from ondit.pipeline import settle

SIZES = (10_000, 100_000)
FULL = 1_000_000
_MORE = 1_000  # reports on top
_TYPES = "armed_attack air_strike shelling_missile_attack bombing_ied armed_clash protest arrest abduction troop_movement other".split()
_START, _DAYS = date(2022, 1, 1), 730
_COUNTRIES, _TOWNS = 8, 400
_CLAIMS, _EVENTS = 10, 3  # a report
_WORDS = 20  # a claim
_COPIES = 7  # one report in so many
_TOLD = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6, 9, 14, 30)  # how many reports tell of a happening
_UNKNOWN = 0.2  # share of tellings without a date; as many without a place


@dataclass(frozen=True, slots=True)
class _Happening:
    type: str
    day: date
    town: int
    toll: int
    words: Sequence[str]


@dataclass
class Newsroom:
    """Makes readings without end; the same for the same seed."""

    seed: int = 0
    _waiting: list[_Happening] = field(default_factory=list)
    _last: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - reports, not secrets
        syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
        self._vocabulary = ["".join(self._dice.choices(syllables, k=self._dice.randint(2, 4))) for _ in range(8_000)]
        self._odds = list(itertools.accumulate(1 / (n + 10) for n in range(len(self._vocabulary))))
        places = random.Random(1)  # noqa: S311 - the same towns for every seed
        self._towns = [
            (places.uniform(0, 5) + 6 * (n % _COUNTRIES), places.uniform(0, 5) + 20, f"C{n % _COUNTRIES}")
            for n in range(_TOWNS)
        ]

    def readings(self, number: int) -> Iterator[Reading]:
        """So many reports, read."""
        for n in range(number):
            told = [self._next() for _ in range(_EVENTS)]
            yield self._reading(n, told)

    def _next(self) -> _Happening:
        if len(self._waiting) < 200:  # happenings are told within some weeks, mixed with others
            for _ in range(100):
                happening = self._happening()
                self._waiting += [happening] * self._dice.choice(_TOLD)
            self._dice.shuffle(self._waiting)
        return self._waiting.pop()

    def _happening(self) -> _Happening:
        dice = self._dice
        town = min(int(dice.expovariate(1 / 60)), _TOWNS - 1)  # much happens in few towns
        toll = min(int(dice.paretovariate(1.2)) + 1, 400)
        day = _START + timedelta(days=dice.randrange(_DAYS))
        return _Happening(dice.choice(_TYPES), day, town, toll, self._words(12))

    def _words(self, number: int) -> list[str]:
        return self._dice.choices(self._vocabulary, cum_weights=self._odds, k=number)

    def _reading(self, n: int, told: Sequence[_Happening]) -> Reading:
        dice = self._dice
        sentences = [
            " ".join([*dice.sample(told[i % _EVENTS].words, 5), *self._words(_WORDS - 5)]) for i in range(_CLAIMS)
        ]
        if self._last and n % _COPIES == 0:
            sentences = self._last[: dice.randint(6, _CLAIMS)]
        self._last = sentences
        text = ". ".join(sentences)
        published = max(h.day for h in told) + timedelta(days=dice.randint(0, 3))
        name = report_id(sha256=f"{self.seed}/{n}", publisher=f"outlet {n % 300}")
        report = Report(
            name,
            text,
            language="xx",
            published=Published(published, PublishedBasis.GIVEN),
            publisher=f"outlet {n % 300}",
        )
        events = [self._mention(name, i, happening) for i, happening in enumerate(told)]
        claims, at = [], 0
        for i, sentence in enumerate(sentences):
            span = Span(at, at + len(sentence))
            happening = told[i % _EVENTS]
            counts = (
                (Count("killed", happening.toll, happening.toll, span, str(happening.toll)),) if i < _EVENTS else ()
            )
            claims.append(
                Claim(claim_id(name, span, ()), name, span, None, (), Stance.ASSERTS, events[i % _EVENTS].id, counts)
            )
            at = span.stop + 2
        return Reading(report, tuple(claims), tuple(events))

    def _mention(self, report: str, n: int, happening: _Happening) -> EventMention:
        span = Span(n, n + 1)
        lat, lon, country = self._towns[happening.town]
        known = self._dice.random()
        place = Place(
            span, f"town {happening.town}", f"g{happening.town}", f"Town {happening.town}", lat, lon, 2.0, country, (country,), "town",
            PlacePrecision.EXACT,
        )  # fmt: skip
        interval = Interval(happening.day, happening.day, happening.day.isoformat())
        time_ = TimeExpression(span, "", TimexType.DATE, happening.day.isoformat(), interval=interval)
        return EventMention(
            event_mention_id(report, happening.type, span),
            happening.type,
            span,
            places=() if known < _UNKNOWN else (place,),
            times=() if known > 1 - _UNKNOWN else (time_,),
        )


def run(*, full: bool) -> None:
    """Print one line a size, each measured in a process of its own."""
    print(
        f"{'claims':>10} {'reports':>9} {'settle':>9} {'memory':>9} {'happenings':>11} {'copies':>8} {'+1,000 reports':>15}"
    )
    for size in (*SIZES, *((FULL,) if full else ())):
        subprocess.run([sys.executable, "-m", "evaluation.settling", str(size)], check=True)


def measure(claims: int) -> str:
    """One line: seconds to settle so many claims, peak memory, what came out, seconds for a thousand reports more."""
    reports = claims // _CLAIMS
    clock = _Clock()
    settled = settle(clock.without(Newsroom(0).readings(reports)))
    seconds = clock.seconds()
    events, copies = len(settled.gathering.groups), len(settled.copies)
    clock = _Clock()
    changed = len(settled.change(clock.without(Newsroom(1).readings(_MORE))).claims)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return (
        f"{claims:>10,} {reports:>9,} {seconds:>7.1f} s {memory:>6.2f} GB {events:>11,} {copies:>8,} {clock.seconds():>13.1f} s"
        f"  ({changed:,} tellings grouped again)"
    )


class _Clock:
    """Time since it was made, without what the making of the reports takes (processor time: other programs do not count)."""

    def __init__(self) -> None:
        self._start, self._spent = time.process_time(), 0.0

    def without(self, readings: Iterator[Reading]) -> Iterator[Reading]:
        while True:
            before = time.process_time()
            reading = next(readings, None)
            self._spent += time.process_time() - before
            if reading is None:
                return
            yield reading

    def seconds(self) -> float:
        return time.process_time() - self._start - self._spent


if __name__ == "__main__":
    print(measure(int(sys.argv[1])), flush=True)
    os._exit(0)  # a million objects need not be taken apart
