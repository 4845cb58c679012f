"""Actors: every example of the packs, and their union over several tellings."""

from typing import Any

import pytest

from ondit.languages import load_pack
from ondit.model import Actor, ActorKind, Role, Span
from ondit.read.engines.rules.actors import actors_of, actors_of_verb, find_actors, unite_actors
from ondit.read.engines.rules.happenings import choose, find_happenings
from tests.read.reading import parsed

LANGUAGES = ("ar", "en", "es", "fr")


def examples(kind: str) -> list[Any]:
    return [
        pytest.param(language, row, id=f"{language}: {row['trigger']} in {row['text'][:50]}")
        for language in LANGUAGES
        for row in load_pack(language).table("examples/actors")[kind]
    ]


def around(text: str, trigger: str, language: str) -> list[Actor]:
    parse = parsed(text, language)
    shown = [happening for happening in find_happenings(parse) if trigger in happening.trigger.of(text)]
    known = find_actors(parse, shown)
    return [actor for happening in shown for actor in known[happening.first]]


@pytest.mark.parametrize(("language", "row"), examples("yes"))
def test_actors_of_a_trigger(language: str, row: dict[str, Any]) -> None:
    found = around(row["text"], row["trigger"], language)
    assert [f"{a.role.value}: {a.text}" for a in found] == row["actors"], [a.reason for a in found]
    for actor in found:
        assert actor.span.of(row["text"]) == actor.text
        assert actor.rule.startswith(f"{language}/actors:")
        assert actor.reason


@pytest.mark.parametrize(("language", "row"), examples("no"))
def test_nobody_is_there(language: str, row: dict[str, Any]) -> None:
    assert around(row["text"], row["trigger"], language) == []


def test_kinds() -> None:
    found = around("Islamist gunmen killed two soldiers.", "killed", "en")
    assert [a.kind for a in found] == [ActorKind.POLITICAL_MILITIA, ActorKind.STATE_FORCES]


def test_the_fullest_mention_is_kept() -> None:
    def actor(start: int, text: str, role: Role) -> Actor:
        return Actor(Span(start, start + len(text)), text, role)

    short, full = actor(0, "soldiers", Role.TARGET), actor(20, "71 Nigerien soldiers", Role.TARGET)
    other = actor(60, "gunmen", Role.PERPETRATOR)
    assert unite_actors([short, full, other]) == (full, other)


def test_actors_of_all_words_that_tell_one_happening() -> None:
    parse = parsed("The army shelled the market on Monday, killing four traders and a nurse.", "en")
    happenings = find_happenings(parse)
    main = choose(happenings)
    assert main is not None
    found = [f"{a.role.value}: {a.text}" for a in actors_of(main, happenings, find_actors(parse, happenings))]
    assert found[0] == "perpetrator: The army"
    assert "target: the market" in found


@pytest.mark.parametrize(
    ("language", "text", "verb", "actors"),
    [
        ("fr", "Les autorités ont annulé tous les vols.", "ont annulé", ["perpetrator: Les autorités"]),
        (
            "fr",
            "Des dizaines de passagers sont parvenus à passer.",
            "sont parvenus",
            ["other: Des dizaines de passagers"],
        ),
        (
            "fr",
            "Les autorités cherchent à empêcher les travailleurs de passer.",
            "cherchent",
            ["perpetrator: Les autorités", "target: les travailleurs"],
        ),
        (
            "fr",
            "Les élus ont été entendus par la cour.",
            "ont été entendus",
            ["target: Les élus", "perpetrator: la cour"],
        ),
        ("fr", "La situation était sensible.", "était", []),
        ("en", "The governor visited the injured.", "visited", ["perpetrator: The governor"]),
        ("en", "The governor arrived on Monday.", "arrived", ["other: The governor"]),
        ("en", "The price rose on Monday.", "rose", []),
        ("ar", "زار الوزير المدينة.", "زار", ["perpetrator: الوزير"]),
    ],
)
def test_actors_of_a_verb_that_names_no_kind_of_happening(
    language: str, text: str, verb: str, actors: list[str]
) -> None:
    at = text.index(verb)
    found = actors_of_verb(parsed(text, language), Span(at, at + len(verb)))
    assert [f"{a.role.value}: {a.text}" for a in found] == actors
