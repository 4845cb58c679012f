"""Every example of the packs' examples/time.toml: what must be found, with its value and interval, and what must not."""

from datetime import date
from typing import Any

import pytest

from ondit.languages.packs import available_languages, load_pack
from ondit.model import Published, TimeExpression
from ondit.model.reports import PublishedBasis
from ondit.read.engines.rules.times import find_times
from ondit.resolve.dates import resolve_times
from ondit.text.tokens import tokenise

LANGUAGES = [language for language in available_languages() if load_pack(language).has("examples/time.toml")]


def read(language: str, text: str, published: str = "") -> list[TimeExpression]:
    pack = load_pack(language)
    day = Published(date.fromisoformat(published), PublishedBasis.GIVEN) if published else Published()
    return resolve_times(find_times(text, tokenise(text, pack.token_rules), pack), text, published=day, pack=pack)


def examples(kind: str) -> list[Any]:
    return [
        pytest.param(language, entry, id=f"{language}: {entry['text']}")
        for language in LANGUAGES
        for entry in load_pack(language).table("examples/time")[kind]
    ]


@pytest.mark.parametrize(("language", "entry"), examples("yes"))
def test_it_is_found_with_its_value_and_interval(language: str, entry: dict[str, str]) -> None:
    found = {e.text: e for e in read(language, entry["text"], entry["published"])}
    assert entry["span"] in found, sorted(found)
    expression = found[entry["span"]]
    assert expression.value == entry["value"]
    assert (expression.interval.edtf if expression.interval else "") == entry["edtf"]
    assert expression.interval or expression.reason, "what is not resolved says why"


@pytest.mark.parametrize(("language", "entry"), examples("no"))
def test_it_is_not_taken_for_a_time(language: str, entry: dict[str, str]) -> None:
    text = entry["text"]
    at = text.index(entry["not"]) if entry["not"] in text else 0
    stop = at + len(entry["not"])
    assert [e.text for e in read(language, text, "2022-01-30") if e.span.start < stop and at < e.span.stop] == []


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_there_are_enough_examples_of_both_kinds(language: str) -> None:
    table = load_pack(language).table("examples/time")
    assert len(table["yes"]) >= 60
    assert len(table["no"]) >= 25
