"""Headlines in capitals and in title case are read in the letters that a sentence would have."""

import pytest

from ondit.normalise.cased import sentence_case


@pytest.mark.parametrize(
    ("lang", "headline", "read"),
    [
        ("en", "Army Retakes Labbezanga After Three Days Of Fighting", "Army retakes Labbezanga after three days of fighting"),
        ("en", "TWELVE KILLED IN DRONE STRIKE ON GAO, UN SAYS", "Twelve killed in drone strike on Gao, UN says"),
        ("en", "Syrian Forces Killed Civilians In Idlib, Officials Say", "Syrian forces killed civilians in Idlib, officials say"),
        ("fr", "MALI : L’ARMÉE REPREND LABBEZANGA, QUATORZE TERRORISTES TUÉS", "Mali : l’armée reprend Labbezanga, quatorze terroristes tués"),
        # A sentence with many names is none, nor is a line with a few words.
        ("fr", "Le président Barham Saleh a rencontré Ammar Hakim à Bagdad", None),
        ("en", "General Oumar Diallo", None),
        ("en", "The army said that Oumar Diallo had left Gao for Kidal on Monday", None),
    ],
)  # fmt: skip
def test_a_headline_has_the_letters_of_a_sentence(lang: str, headline: str, read: str | None) -> None:
    body = "\nThe army and its forces."
    assert sentence_case(headline + body, lang) == (read or headline) + body


def test_what_the_report_writes_otherwise_counts() -> None:
    text = "HTS TAKES SAFE VILLAGE FROM KSEN FIGHTERS\nThe village of Safe, held by KSEN, fell to HTS on Monday."
    assert sentence_case(text, "en").split("\n")[0] == "HTS takes Safe village from KSEN fighters"
