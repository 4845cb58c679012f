"""Happenings: every example of the packs, plans and denials, weak words that follow stronger ones."""

from typing import Any

import pytest

import ondit
from ondit.languages import load_pack
from ondit.model import Span
from ondit.ontology import event_types
from ondit.read.engines.rules.happenings import Happening, choose, find_happenings, within
from tests.read.reading import parsed

LANGUAGES = ("ar", "en", "es", "fr")


def examples(kind: str) -> list[Any]:
    return [
        pytest.param(language, row, id=f"{language}: {row['text'][:60]}")
        for language in LANGUAGES
        for row in load_pack(language).table("examples/happenings")[kind]
    ]


def told(text: str, language: str) -> list[Happening]:
    return find_happenings(parsed(text, language))


@pytest.mark.parametrize(("language", "row"), examples("yes"))
def test_a_happening_has_its_type(language: str, row: dict[str, Any]) -> None:
    best = choose(told(row["text"], language))
    assert best is not None
    assert best.type == row["type"], [
        (h.trigger.of(row["text"]), h.type, h.strength, h.rule) for h in told(row["text"], language)
    ]


@pytest.mark.parametrize(("language", "row"), examples("no"))
def test_what_only_looks_like_a_happening(language: str, row: dict[str, Any]) -> None:
    types = {h.type for h in told(row["text"], language)}
    assert row["not"] not in types if "not" in row else not types, types


@pytest.mark.parametrize(("language", "row"), examples("flag"))
def test_denied_planned_and_supposed(language: str, row: dict[str, Any]) -> None:
    best = choose(told(row["text"], language))
    assert best is not None
    for flag in ("negated", "planned", "hypothetical"):
        if flag in row:
            assert getattr(best, flag) == row[flag]


@pytest.mark.parametrize(
    ("language", "text", "types"),
    [
        (
            "en",
            "After the attack that killed three people, protesters set fire to the town hall.",
            {"attack": "armed_attack", "killed": "armed_attack", "set fire to": "looting_destruction"},
        ),
        ("en", "Jets bombed a mosque. The attack killed 13 people.", {"attack": "air_strike", "killed": "air_strike"}),
        ("en", "Troops fought rebels near Goma. Ten people were killed.", {"killed": "armed_clash"}),
        ("en", "A bus crashed near Lima, killing ten.", {"killing": "disaster"}),
        ("fr", "Un drone a frappé le dépôt. L'attaque a fait trois morts.", {"attaque": "drone_strike"}),
    ],
)
def test_weak_words_follow_stronger_ones(language: str, text: str, types: dict[str, str]) -> None:
    found = {h.trigger.of(text): h.type for h in told(text, language)}
    assert types.items() <= found.items(), found


@pytest.mark.parametrize(
    ("language", "row", "happens"),
    [
        pytest.param(language, row, kind == "about", id=f"{language}: {row['text'][-40:]}")
        for kind in ("opinion", "about")
        for language in ("ar", "en", "fr")
        for row in load_pack(language).table("examples/happenings")[kind]
    ],
)
def test_a_voice_that_names_no_happening_goes_on_about_the_last_or_gives_an_opinion(
    language: str, row: dict[str, Any], *, happens: bool
) -> None:
    claims = ondit.read(row["text"], lang=language).claims
    assert len(claims) > 1
    assert (claims[-1].event is not None) is happens


def test_a_trigger_is_words_of_the_text_and_its_type_is_in_the_ontology() -> None:
    text = "Gunmen kidnapped two priests near Jos. The army launched an offensive."
    found = told(text, "en")
    assert [h.trigger.of(text) for h in found] == ["kidnapped", "launched an offensive"]
    for happening in found:
        assert happening.type in event_types()
        assert happening.rule.startswith("en/happenings:")
        assert happening.reason


def test_happenings_within_a_span() -> None:
    text = "Gunmen kidnapped two priests. Police arrested a man."
    found = told(text, "en")
    assert [h.type for h in within(found, Span(0, 29))] == ["abduction"]
    assert [h.type for h in within(found, Span(29, len(text)))] == ["arrest"]


def test_nothing_happens_in_an_empty_text() -> None:
    assert told("", "en") == []
    assert choose([]) is None
