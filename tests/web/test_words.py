"""What the interface calls things in each language: counted things, days, figures, kinds, and an event in short."""

from pathlib import Path

import pytest

from ondit.ledger import Ledger
from ondit.model import FieldValue
from ondit.web.drawing import dates
from ondit.web.views.digest import digest, value_words
from ondit.web.words import load_words
from tests.web.desks import ledger_at


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {0: "reports", 1: "report", 2: "reports", 21: "reports"}),
        ("fr", {0: "rapport", 1: "rapport", 2: "rapports"}),
        ("ar", {0: "تقارير", 1: "تقرير", 2: "تقريران", 3: "تقارير", 10: "تقارير", 11: "تقريرا", 99: "تقريرا", 100: "تقرير", 103: "تقارير"}),
    ],
)  # fmt: skip
def test_counted_things(language: str, forms: dict[int, str]) -> None:
    words = load_words(language)
    assert {n: words.count("event.reports", n) for n in forms} == forms


@pytest.mark.parametrize(
    ("language", "edtf", "shown"),
    [
        ("en", "2024-03-14", "2024-03-14"),
        ("en", "2024-03-14/2024-03-16", "2024-03-14 – 2024-03-16"),
        ("en", "../2024-03-14", "until 2024-03-14"),
        ("fr", "2024-03-14/..", "depuis le 2024-03-14"),
        ("ar", "../2024-03-14", "حتى 2024-03-14"),
        ("en", "2024-03~", "2024-03~"),
        ("en", "", ""),
    ],
)
def test_days(language: str, edtf: str, shown: str) -> None:
    told = dates(edtf, load_words(language))
    assert told.striptags() == shown
    assert ('<bdi dir="ltr">' in told) is bool(edtf), "a day does not turn round between words from the right"


@pytest.mark.parametrize(
    ("field", "value", "in_english", "in_french"),
    [
        ("happened", FieldValue("yes"), "yes", "oui"),
        ("type", FieldValue("armed attack"), "armed attack", "attaque armée"),
        ("killed", FieldValue("at least 8", low=8), "at least 8", "au moins 8"),
        ("killed", FieldValue("at most 8", high=8), "at most 8", "au plus 8"),
        ("killed", FieldValue("8 to 12", low=8, high=12), "8 to 12", "8 à 12"),
        ("killed", FieldValue("9", low=9, high=9), "9", "9"),
        ("place", FieldValue("Tillia"), "Tillia", "Tillia"),
    ],
)
def test_values(field: str, value: FieldValue, in_english: str, in_french: str) -> None:
    assert value_words(field, value, load_words("en")) == in_english
    assert value_words(field, value, load_words("fr")) == in_french


def test_an_event_in_short(tmp_path: Path) -> None:
    with Ledger.open(ledger_at(tmp_path), create=False) as ledger:
        event = max(ledger.events(), key=lambda e: len(e.reports))
    for language in ("en", "fr", "ar"):
        words = load_words(language)
        lines = digest(event, words)
        labels = [line.label for line in lines]
        assert any(words.of("credibility", event.grade.credibility) in label for label in labels if event.grade)
        changed = next(line for line in lines if line.label == words("digest.updated"))
        assert words.of("field", "killed") in [name for name, _ in changed.items]
        assert any("Front du 3-Mars" in label for label in labels), "who denies it"
