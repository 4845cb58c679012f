"""Numbers: value → words → value, bounds, ranges, vague words; no text makes a quantity out of order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.languages import load_pack
from ondit.read.engines.rules.numerals import number_words, parse_number
from ondit.read.engines.rules.quantities import find_quantities
from ondit.text.tokens import tokenise

ENGLISH = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
ENGLISH_TENS = dict(
    zip(range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True)
)
FRENCH = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split()
FRENCH_TENS = dict(zip(range(20, 70, 10), "vingt trente quarante cinquante soixante".split(), strict=True))


def english(n: int) -> str:
    if n >= 1000:
        return f"{english(n // 1000)} thousand" + (f" {english(n % 1000)}" if n % 1000 else "")
    if n >= 100:
        return f"{ENGLISH[n // 100]} hundred" + (f" and {english(n % 100)}" if n % 100 else "")
    if n < 20:
        return ENGLISH[n]
    return ENGLISH_TENS[n - n % 10] + (f"-{ENGLISH[n % 10]}" if n % 10 else "")


def french(n: int) -> str:
    if n >= 1000:
        return (f"{french(n // 1000)} " if n >= 2000 else "") + "mille" + (f" {french(n % 1000)}" if n % 1000 else "")
    if n >= 100:
        hundreds = (f"{FRENCH[n // 100]} " if n >= 200 else "") + ("cents" if n >= 200 and not n % 100 else "cent")
        return hundreds + (f" {french(n % 100)}" if n % 100 else "")
    if n < 20:
        return FRENCH[n]
    if n >= 80:
        return "quatre-vingt" + (f"-{FRENCH[n - 80]}" if n > 80 else "s")
    tens = 60 if n >= 70 else n - n % 10
    rest = n - tens
    if not rest:
        return FRENCH_TENS[tens]
    return FRENCH_TENS[tens] + (f" et {FRENCH[rest]}" if rest in (1, 11) else f"-{FRENCH[rest]}")


def keys(text: str, language: str) -> list[str]:
    return list(tokenise(text, load_pack(language).token_rules).keys)


@given(st.integers(0, 999_999))
def test_english_words_and_back(value: int) -> None:
    words = keys(english(value), "en")
    assert parse_number(words, 0, number_words(load_pack("en"))) == (value, len(words))


@given(st.integers(0, 999_999))
def test_french_words_and_back(value: int) -> None:
    words = keys(french(value), "fr")
    assert parse_number(words, 0, number_words(load_pack("fr"))) == (value, len(words))


@given(st.integers(0, 99_999_999), st.sampled_from(["en", "fr"]))
def test_digits_with_groups_and_back(value: int, language: str) -> None:
    written = f"{value:,}".replace(",", " " if language == "fr" else ",")
    assert parse_number(keys(written, language), 0, number_words(load_pack(language))) == (value, 1)


PIECES = [
    "at least", "plus de", "d'", "une", "dizaine", "de", "milliers", "12", "1,2", "million", "dozens", "of", "thousands", "several",
    "hundred", "and", "et", "vingt", "quatre", "to", "à", "between", "entre", "10-15", "nearly", "ou", "or more", "a", "half", "some", ".", "cent",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["en", "fr"]))
def test_quantities_are_in_order_and_apart(pieces: list[str], language: str) -> None:
    words = keys(" ".join(pieces), language)
    at = 0
    for quantity in find_quantities(words, load_pack(language)):
        assert at <= quantity.first <= quantity.core < quantity.last <= len(words)
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
        at = quantity.last


TABLE = [
    ("en", "at least forty", (40, None)), ("en", "more than 30", (30, None)), ("en", "nearly 50", (45, 50)),
    ("en", "some 4,500", (4050, 4950)), ("en", "around 400", (360, 440)), ("en", "up to 20", (None, 20)),
    ("en", "20 or more", (20, None)), ("en", "fewer than 10", (None, 10)), ("en", "between ten and fifteen", (10, 15)),
    ("en", "10-15", (10, 15)), ("en", "two or three", (2, 3)), ("en", "a dozen", (12, 12)), ("en", "approximately two dozen", (22, 26)),
    ("en", "dozens", (20, 99)), ("en", "scores", (40, 199)), ("en", "several hundred", (200, 999)), ("en", "hundreds", (200, 999)),
    ("en", "tens of thousands", (20_000, 99_999)), ("en", "several", (2, None)), ("en", "a number of", (2, None)),
    ("en", "1.2 million", (1_200_000, 1_200_000)), ("en", "half a dozen", (6, 6)), ("en", "more than a hundred", (100, None)),
    ("fr", "au moins seize", (16, None)), ("fr", "près de 40", (36, 40)), ("fr", "quelque 300", (270, 330)),
    ("fr", "une dizaine", (8, 12)), ("fr", "une quarantaine", (35, 45)), ("fr", "un millier", (800, 1200)),
    ("fr", "plus d'une centaine", (100, None)), ("fr", "quelques centaines", (200, 999)), ("fr", "des dizaines", (20, 99)),
    ("fr", "des dizaines de milliers", (20_000, 99_999)), ("fr", "de 10 à 15", (10, 15)), ("fr", "entre 10 et 15", (10, 15)),
    ("fr", "jusqu'à 20", (None, 20)), ("fr", "plusieurs", (2, None)), ("fr", "un certain nombre de", (2, None)),
    ("fr", "septante-deux", (72, 72)), ("fr", "nonante", (90, 90)), ("fr", "2 500", (2500, 2500)), ("fr", "1,2 million", (1_200_000, 1_200_000)),
    ("fr", "pas moins de 12", (12, None)), ("fr", "deux centaines", (200, 200)),
]  # fmt: skip


@pytest.mark.parametrize("language, text, bounds", TABLE)
def test_bounds_and_ranges(language: str, text: str, bounds: tuple[int | None, int | None]) -> None:
    (quantity,) = find_quantities(keys(text, language), load_pack(language))
    assert (quantity.low, quantity.high) == bounds
