"""Reading takes steps in proportion to the text, whatever stands in it: news, one line without end, quotations in quotations."""

import pytest

from ondit.languages import available_languages
from ondit.pipeline import read
from ondit.read.engines.rules.attribution_patterns import load_grammar
from tests.steps import steps

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
_UNITS = (
    "« ", "“", '"', "'", " »", "l'armée a dit que ", "said that ", "a drone struck Gao and ", "selon lui, ", "12 ", "and ", ", ",
    "Gao ", "vendredi ", "Gao, ", "x", "(", "il a dit : « ", "killed 12 and ", "the ", "de la ", "- ", "« “ ‘ ", "according to ", "« a dit ", "“said” ", "et que ", "he said, ", "see https://a.b/c and ", "**a **b ", "and\n",
)  # fmt: skip
_FRENCH = ("armée", "selon", "vendredi", "il a", "a dit", "et que", "de la", "«", "»")


@pytest.mark.parametrize("name", _TEXTS)
def test_work_is_in_proportion_over_windows(name: str) -> None:
    language, unit = _TEXTS[name]
    short = unit * (17_000 // len(unit))  # a little more than a window
    long = short * 2
    read(long, lang=language)  # what is loaded and learnt once
    assert steps(lambda: read(long, lang=language)) < 1.5 * 2 * steps(lambda: read(short, lang=language))


@pytest.mark.parametrize("unit", _UNITS)
def test_work_is_in_proportion_in_one_line(unit: str) -> None:
    language = "fr" if any(word in unit for word in _FRENCH) else "en"
    short, long = (unit * (characters // len(unit)) for characters in (1_500, 7_500))
    read(long, lang=language)
    # Five times the text may take five times the steps and some; its square would be twenty-five.
    assert steps(lambda: read(long, lang=language)) < 12 * steps(lambda: read(short, lang=language))


# What can stand between a reporting word and what is said, again and again, as symbols of units (`read/engines/rules/units.py`).
_BETWEEN = ("en", "enen", "enT", "ena", "tnen", "ten", "oen", "xonen", "Snen", "enz", ",T,en", "(n)en", "enLn", "kpen", "enn", "npn", "gnp", "-n-en", "jen", "njenon", "ybn", "nkon", "genon")  # fmt: skip


@pytest.mark.parametrize("language", available_languages())
def test_no_pattern_tries_every_way_to_divide_what_stands_between(language: str) -> None:
    # One that did would try 3 to the power of 18 of them and not end; there is nothing to measure.
    for patterns in load_grammar(language).patterns.values():
        for pattern in patterns:
            for between in _BETWEEN:
                pattern.right.match(between * 18 + ".")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "قال " + "في المدينة على الطريق من الشمال " * 24 + "."),
        ("en", "He said " + "in Gao to the guards on Monday " * 24 + "."),
        ("fr", "Il a dit " + "à Gao lundi aux gardes de la ville " * 24 + "."),
    ],
)
def test_a_word_of_speech_before_a_long_chain_is_read(language: str, text: str) -> None:
    assert read(text, lang=language).report.text == text
