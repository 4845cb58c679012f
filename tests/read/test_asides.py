"""Asides: every example of the packs, with the phrase they tell more about and with what lies in none."""

from typing import Any

import pytest

from ondit.languages import load_pack
from ondit.read.engines.rules.asides import find_asides
from tests.read.reading import parsed

LANGUAGES = ("ar", "en", "es", "fr")


def examples(kind: str) -> list[Any]:
    return [
        pytest.param(language, row, id=f"{language}: {row['text'][:60]}")
        for language in LANGUAGES
        for row in load_pack(language).table("examples/asides")[kind]
    ]


@pytest.mark.parametrize(("language", "row"), examples("yes"))
def test_an_aside_is_found(language: str, row: dict[str, Any]) -> None:
    text = row["text"]
    found = {
        a.span.of(text).rstrip("."): a.of.of(text).rstrip(",") if a.of else ""
        for a in find_asides(parsed(text, language))
    }
    assert row["aside"] in found
    assert found[row["aside"]] == row.get("of", found[row["aside"]])


@pytest.mark.parametrize(("language", "row"), examples("no"))
def test_what_stands_in_the_sentence_itself(language: str, row: dict[str, Any]) -> None:
    assert not [a for a in find_asides(parsed(row["text"], language)) if row["not"] in a.span.of(row["text"])]
