"""What settling costs: generated reports in growing numbers, time and memory, whole and a thousand more on top.

    python -m evaluation settling            10 thousand and 100 thousand claims
    python -m evaluation settling --full     a million as well

The reports are those of `evaluation.generated`, as a reader without a fault reads them: seven claims and a happening or two each.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice

from evaluation.generated.happenings import Parameters
from evaluation.generated.newsroom import Newsroom
from evaluation.generated.reading import as_read
from ondit.model import Reading
from ondit.pipeline import settle

SIZES = (10_000, 100_000)
FULL = 1_000_000
_MORE = 1_000  # reports on top


def run(*, full: bool) -> None:
    """Print one line a size, each measured in a process of its own."""
    print(
        f"{'claims':>10} {'reports':>9} {'settle':>9} {'memory':>9} {'happenings':>11} {'copies':>8} {'+1,000 reports':>15}"
    )
    for size in (*SIZES, *((FULL,) if full else ())):
        subprocess.run([sys.executable, "-m", "evaluation.settling", str(size)], check=True)


def measure(claims: int) -> str:
    """One line: seconds to settle so many claims, peak memory, what came out, seconds for a thousand reports more."""
    source = map(as_read, Newsroom(Parameters()).reports())
    clock, readings = _Clock(), _Counted(claims)
    settled = settle(clock.without(readings.of(source)))
    seconds = clock.seconds()
    events, copies = len(settled.gathering.groups), len(settled.copies)
    clock = _Clock()
    changed = len(settled.change(clock.without(islice(source, _MORE))).claims)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return (
        f"{readings.claims:>10,} {readings.reports:>9,} {seconds:>7.1f} s {memory:>6.2f} GB {events:>11,} {copies:>8,} {clock.seconds():>13.1f} s"
        f"  ({changed:,} tellings grouped again)"
    )


class _Counted:
    """Readings until they have so many claims together."""

    def __init__(self, most: int) -> None:
        self.most, self.claims, self.reports = most, 0, 0

    def of(self, source: Iterator[Reading]) -> Iterator[Reading]:
        while self.claims < self.most:
            reading = next(source)
            self.claims += len(reading.claims)
            self.reports += 1
            yield reading


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
