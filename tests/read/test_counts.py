"""Figures: every construction of the packs' examples, and what must not be counted."""

import tomllib
from functools import cache

import pytest

from ondit.languages import available_languages, load_pack
from ondit.model import Count, Report
from ondit.normalise import normalise
from ondit.read.engines.rules.counts import find_counts
from ondit.read.engines.rules.parse import parse
from ondit.read.engines.rules.times import find_times

LANGUAGES = [language for language in available_languages() if load_pack(language).has("grammar/counts.toml")]


def counts_of(text: str, language: str) -> list[Count]:
    pack = load_pack(language)
    document = normalise(Report("r", text, language=language), pack)
    return find_counts(parse(document, pack, find_times(text, document.tokens, pack)))


def written(count: Count) -> str:
    low, high = ("*" if n is None else n for n in (count.low, count.high))
    return f"{count.what} {low} {high}"


@cache
def examples(language: str) -> dict[str, list[dict[str, object]]]:
    path = load_pack(language).folder / "examples" / "counts.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def rows(kind: str) -> list[tuple[str, dict[str, object]]]:
    return [(language, row) for language in LANGUAGES for row in examples(language)[kind]]


@pytest.mark.parametrize("language, row", rows("yes"), ids=lambda v: v if isinstance(v, str) else str(v["text"])[:60])
def test_figures_are_read(language: str, row: dict[str, object]) -> None:
    assert [written(c) for c in counts_of(str(row["text"]), language)] == row["counts"]


@pytest.mark.parametrize("language, row", rows("no"), ids=lambda v: v if isinstance(v, str) else str(v["text"])[:60])
def test_what_counts_nothing_is_left_alone(language: str, row: dict[str, object]) -> None:
    assert [written(c) for c in counts_of(str(row["text"]), language)] == []


@pytest.mark.parametrize("language, row", rows("yes"), ids=lambda v: v if isinstance(v, str) else str(v["text"])[:60])
def test_spans_words_and_reasons(language: str, row: dict[str, object]) -> None:
    text = str(row["text"])
    for count in counts_of(text, language):
        assert count.span.of(text) == count.text
        assert count.reason
        assert count.rule.startswith(f"{language}/counts:")
        if count.low is not None and count.high is not None:
            assert count.low <= count.high
