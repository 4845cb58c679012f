"""Speed, start-up and memory of ondit, beside other tools on the same text in the same run.

Everything runs on one core. The text is made from the example reports, so nothing from elsewhere is needed; only the spaCy
pipeline is trained on a treebank of the bench and is left out, with a word, where that or spaCy itself is absent.
"""

import os
import platform
from functools import partial

from evaluation.benchmark.measuring import Speed, measure_cold_start, measure_reading
from evaluation.benchmark.peers import Absent, dateparser_speed, spacy_speed
from evaluation.benchmark.texts import make_reports

_LANGUAGES = ("fr", "en")


def run(*, quick: bool = False) -> None:
    """Measure and print everything."""
    _pin_to_one_core()
    size = 100_000 if quick else 1_000_000
    print(
        f"Python {platform.python_version()}, one core of {os.cpu_count()}, rates by processor time; text made from the example reports\n"
    )
    # First, while this process is small: a child is charged with what its parent held.
    print(f"{'fresh process':<44}{'min s':>8}{'median':>11}{'max':>9}{'peak MB':>10}")
    for start in measure_cold_start(runs=3 if quick else 9):
        print(f"{start.what:<44}{start.least:>8.2f}{start.median:>11.2f}{start.most:>9.2f}{start.peak_mb:>10.0f}")
    print(f"\n{'what':<44}{'MB/s':>8}{'reports/s':>11}{'peak MB':>9}   ondit is faster by")
    for language in _LANGUAGES:
        reports = make_reports(language, size)
        ondit = measure_reading(reports, language)
        print(_row(f"ondit, full reading, {language}", ondit))
        # The others are slower by an order: a part of the text is enough for a rate.
        few = reports[: max(2, len(reports) // 10)]
        for name, peer in (
            (f"dateparser.search (dates only), {language}", partial(dateparser_speed, few, language)),
            (f"spaCy CNN tagger + parser, {language}", partial(spacy_speed, few, language, quick=quick)),
        ):
            try:
                speed = peer()
            except Absent as why:
                print(f"{name:<44} skipped: {why}")
            else:
                print(f"{_row(name, speed)}   {ondit.bytes_per_second / speed.bytes_per_second:.1f} times")


def _row(name: str, speed: Speed) -> str:
    peak = f"{speed.peak_mb:.0f}" if speed.peak_mb else ""
    return f"{name:<44}{speed.bytes_per_second / 1e6:>8.3f}{speed.reports_per_second:>11.1f}{peak:>9}"


def _pin_to_one_core() -> None:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
