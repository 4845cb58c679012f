"""Speed, start-up and memory of ondit, beside other tools on the same text in the same run: one table.

Nothing from elsewhere is needed but the treebank that spaCy's pipeline is trained on; what is not installed is left out with a word.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from evaluation.benchmark.measuring import Speed, measure_cold_start, measure_reading
from evaluation.benchmark.peers import dateparser_speed, spacy_speed
from evaluation.benchmark.rows import Absent, Row
from evaluation.benchmark.texts import make_reports

_LANGUAGES = ("fr", "en")
SECTIONS = ("start", "reading", "copies", "keeping", "cores", "pages", "settling")


def run(*, quick: bool = False, full: bool = False, only: Iterable[str] = ()) -> None:
    """Measure and print everything, or the sections named in `only`; `quick` a tenth of it, `full` a million claims settled as well."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"  # one core each, unless it says otherwise
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; ratios are of this run\n", flush=True)
    chosen = frozenset(only) or frozenset(SECTIONS)
    # Starts first, while this process is small: a child is charged with what its parent held.
    sections: dict[str, Callable[[], Iterator[Row]]] = {
        "start": partial(_starts, quick=quick),
        "reading": partial(_reading, quick=quick),
        "copies": partial(_copies, quick=quick),
        "keeping": partial(_keeping, quick=quick),
        "cores": partial(_cores, quick=quick),
        "pages": partial(_pages, quick=quick),
    }
    for name, section in sections.items():
        if name in chosen:
            try:
                for row in section():
                    print(row, flush=True)
            except Absent as why:
                print(f"{name:<46} skipped: {why}", flush=True)
    if "settling" in chosen and not quick:
        print("\nsettling, as its cost grows with the number of claims", flush=True)
        subprocess.run([sys.executable, "-m", "evaluation", "settling", *(["--full"] if full else [])], check=True)


def _starts(*, quick: bool) -> Iterator[Row]:
    for start in measure_cold_start(runs=3 if quick else 9):
        note = f"{start.least:.2f} to {start.most:.2f} s, {start.peak_mb:.0f} MB"
        yield Row(f"a fresh process: {start.what}", start.median, "s, median", note=note)


def _reading(*, quick: bool) -> Iterator[Row]:
    size = 100_000 if quick else 1_000_000
    for language in _LANGUAGES:
        reports = make_reports(language, size)
        ondit = measure_reading(reports, language)
        few = reports[: max(2, len(reports) // 10)]  # the others are slower by an order: a part is enough for a rate
        yield _speed_row(f"full reading, {language}", ondit, note=f"a core; {ondit.peak_mb:.0f} MB")
        for name, peer in (
            ("dateparser.search, dates only", partial(dateparser_speed, few, language)),
            ("spaCy CNN, tagger and parser", partial(spacy_speed, few, language, quick=quick)),
        ):
            try:
                speed = peer()
            except Absent as why:
                print(f"… {name}, {language}: skipped, {why}", flush=True)
            else:
                yield _speed_row(f"… {name}, {language}", speed, beside=ondit)


def _speed_row(what: str, speed: Speed, *, beside: Speed | None = None, note: str = "") -> Row:
    ratio = beside.bytes_per_second / speed.bytes_per_second if beside else 0.0
    told = f"ondit does {ratio:.1f} times as much" if beside else note
    return Row(what, speed.bytes_per_second / 1e6, "MB/s", note=told)


def _copies(*, quick: bool) -> Iterator[Row]:
    from evaluation.benchmark.copying import rows

    yield from rows(number=500 if quick else 5_000)


def _keeping(*, quick: bool) -> Iterator[Row]:
    from evaluation.benchmark.storing import rows

    yield from rows(reports=200 if quick else 2_000)


def _cores(*, quick: bool) -> Iterator[Row]:
    from evaluation.benchmark.working import rows

    yield from rows(size=40_000 if quick else 4_000_000, rounds=1 if quick else 5)


def _pages(*, quick: bool) -> Iterator[Row]:
    from evaluation.benchmark.serving import rows

    yield from rows(reports=200 if quick else 2_000, browsers=8, seconds=3 if quick else 20)
