"""Reading takes time in proportion to the text, whatever stands in it: news, one line without end, quotations in quotations."""

import time

import pytest

from ondit.pipeline import read

_NEWS = (
    "The army said on Monday that rebels had attacked a base near Mosul, killing 12 soldiers. "
    'A spokesman, John Smith, told Reuters: "We do not know who fired." Officials denied the report.\n'
)
_TEXTS = {
    "news": ("en", _NEWS),
    "one line": ("en", _NEWS.replace("\n", " ")),
    "no stop": ("en", "the army said that rebels attacked the town and "),
    "quotations in quotations": ("fr", "« Il a dit « oui » à Paris » "),
    "quotations never closed": ("fr", "« Le ministre a dit “que "),
    "names": ("en", "John Smith Paris London Al-Asad "),
    "numbers": ("en", "12.5 3,000 4-5 May 2015, "),
    "marks": ("en", ", ) « "),
}
_SHORT, _TIMES = 20_000, 4  # characters; a little more than a window, and how many times that
_SLACK = 2.5  # the machine has other things to do


def _seconds(text: str, language: str) -> float:
    start = time.process_time()
    read(text, lang=language)
    return time.process_time() - start


@pytest.mark.parametrize("name", _TEXTS)
def test_time_is_in_proportion(name: str) -> None:
    language, unit = _TEXTS[name]
    short = unit * (_SHORT // len(unit))
    _seconds(short, language)  # what is loaded and learnt once
    base = min(_seconds(short, language) for _ in range(2))
    assert _seconds(short * _TIMES, language) < _TIMES * _SLACK * base + 0.2
