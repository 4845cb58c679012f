"""A source's letter is the one that held on the day; without a history it is F."""

from datetime import date

import pytest

from ondit.model import Rating, Reliability, Source

HISTORY = (
    Rating(Reliability.C, None, "anna", "new to us"),
    Rating(Reliability.B, date(2021, 5, 1), "anna", "twelve of twelve confirmed"),
    Rating(Reliability.E, date(2022, 2, 1), "karim", "forged communiqué"),
)


@pytest.mark.parametrize(
    ("history", "on", "letter"),
    [
        ((), date(2022, 1, 1), "F"),
        (HISTORY, date(2020, 1, 1), "C"),
        (HISTORY, date(2021, 5, 1), "B"),
        (HISTORY, date(2022, 1, 31), "B"),
        (HISTORY, None, "E"),
    ],
)
def test_letter_of_the_day(history, on, letter):
    assert Source("s1", "River Post", ratings=history).reliability(on) is Reliability(letter)
