"""Words that a reviewer selects, as the value that a field takes."""

from dataclasses import replace
from datetime import date

import pytest

from ondit.ledger.selected import figure_in, time_in
from ondit.model import Published, PublishedBasis, Report, Span

EN = "Gunmen killed at least nine people on Thursday in Tillia, between 10 and 15 were hurt, dozens fled from 1 to 3 March 2024."
FR = "Huit personnes ont été tuées jeudi à Tillia."
AR = "قال مسؤول محلي إن عشرة أشخاص قتلوا الخميس في تيليا."


@pytest.mark.parametrize(
    ("language", "text", "words", "time", "figure"),
    [
        ("en", EN, "at least nine people", "", "9-"),
        ("en", EN, "Thursday", "2024-03-14", ""),
        ("en", EN, "dozens", "", "20-99"),
        ("en", EN, "Gunmen", "", ""),
        ("fr", FR, "Huit personnes", "", "8"),
        ("fr", FR, "jeudi", "2024-03-14", ""),
        ("ar", AR, "عشرة أشخاص", "", "10"),
        ("ar", AR, "الخميس", "2024-03-14", ""),
        ("xx", EN, "Thursday", "", ""),
    ],
)
def test_what_selected_words_tell(language: str, text: str, words: str, time: str, figure: str) -> None:
    report = Report("r0", text, language=language, published=Published(date(2024, 3, 16), PublishedBasis.GIVEN))
    span = Span(text.index(words), text.index(words) + len(words))
    assert (time_in(report, span), figure_in(report, span)) == (time, figure)
    undated = replace(report, published=Published())
    assert time_in(undated, span) == "", "without a day of publication no weekday has a date"


def test_no_field_is_as_long_as_that() -> None:
    report = Report("r0", "nine people " * 100, language="en")
    assert figure_in(report, Span(0, 1200)) == ""
