"""Which tellings are of one happening: a table, and the sentences that say why."""

from dataclasses import replace

import pytest

from ondit.gather import blocking
from ondit.gather.comparing import findings, reasons, score, shipped, told_apart
from ondit.gather.traits import Traits
from ondit.model import Place, PlacePrecision, Span
from tests.gather.telling import days, telling

SAME = [
    ("the same day, town and toll", "air_strike · 2022-01-29 · Samarra · 9 killed", "air_strike · 2022-01-29 · Samarra · 9 killed"),
    ("types of one family, two towns near each other, one toll",
     "air_strike · 2022-01-29 · Aleppo · 12 killed", "shelling_missile_attack · 2022-01-29 · Kafr Hamra · 12 killed"),
    ("a toll that rises", "bombing_ied · 2022-01-29 · Baghdad · 20 killed · market car bomb crowded", "bombing_ied · 2022-01-29 · Baghdad · 31 killed · market car bomb hospital"),
    ("background: the month and the toll", "armed_attack · 2022-01-29 · Samarra · 71 killed", "armed_attack · 2022-01-01/2022-01-31 · Samarra · 71 killed"),
    ("no date, but reported the day after", "armed_attack · 2022-01-29 · Samarra · 9 killed · convoy Nujaba", "armed_attack · ~2022-01-30 · Samarra · 9 killed · convoy Nujaba"),
    ("no place, but the names and the toll", "abduction · 2022-01-29 · Samarra · 14 abducted · Nujaba Saberin", "abduction · 2022-01-29 · · 14 abducted · Nujaba Saberin"),
]  # fmt: skip
APART = [
    ("same town, same day is not enough", "air_strike · 2022-01-29 · Baghdad", "protest · 2022-01-29 · Baghdad"),
    ("two car bombs in a city in a day", "bombing_ied · 2022-01-29 · Baghdad · 3 killed · market stalls vendors noon", "bombing_ied · 2022-01-29 · Baghdad · 40 killed · barracks recruits queue evening"),
    ("another week", "air_strike · 2022-01-29 · Samarra · 9 killed", "air_strike · 2022-02-12 · Samarra · 9 killed"),
    ("one town, one day, two kinds of violence", "abduction · 2022-01-29 · Samarra · 9 abducted", "bombing_ied · 2022-01-29 · Samarra · 9 killed"),
    ("the same words of two towns far apart", "air_strike · 2022-01-29 · Samarra · 12 killed · jets hit the market at noon", "air_strike · 2022-01-29 · Aleppo · 12 killed · jets hit the market at noon"),
    ("dozens are killed in many places", "armed_attack · ~2022-01-29 · · 20-99 killed", "armed_attack · ~2022-01-29 · · 20-99 killed"),
    ("a day and a type, and nobody says where", "armed_attack · 2022-01-29 · ", "armed_attack · 2022-01-29 · Samarra"),
    ("another country", "air_strike · 2022-01-29 · Samarra · 9 killed", "air_strike · 2022-01-29 · Aleppo · 9 killed"),
    ("nothing but the type", "armed_clash · · ", "armed_clash · · "),
    ("a statement about it", "air_strike · 2022-01-29 · Samarra", "statement_only · 2022-01-29 · Samarra"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "one", "other"), SAME, ids=[c[0] for c in SAME])
def test_tellings_of_one_happening_are_linked(case: str, one: str, other: str) -> None:
    a, b = telling(one, name="a"), telling(other, name="b")
    assert score(a, b) >= 0.5, reasons(a, b)
    assert blocking.keys(a) & blocking.keys(b), "they would never be compared"


@pytest.mark.parametrize(("case", "one", "other"), APART, ids=[c[0] for c in APART])
def test_tellings_of_two_happenings_are_not(case: str, one: str, other: str) -> None:
    a, b = telling(one, name="a"), telling(other, name="b")
    assert score(a, b) < 0.5, reasons(a, b)


@pytest.mark.parametrize(
    ("case", "one", "other", "compared"),
    [
        ("a figure that both give", "25 killed, 89 killed", "25 killed", "killed: 25 against 25 (+1.8)"),
        ("else the whole, not its parts", "18 killed, 5 killed", "16 killed, 2 killed", "killed: 18 against 16 (-0.4)"),
        ("a part of one is not the whole of the other", "43 killed, 7 killed", "8 killed", "killed: 43 against 8 (-1.5)"),
        ("up to so many is as large as it may be", "-60 killed, 1 killed", "-60 killed, 5 killed", "killed: at most 60 against at most 60, which can both be (+0.5)"),
        ("each kind by itself", "18 killed, 5 injured", "18 killed, 40 injured", "injured: 5 against 40 (-1.5)"),
    ],
)  # fmt: skip
def test_of_several_figures_those_are_compared_that_count_the_same(
    case: str, one: str, other: str, compared: str
) -> None:
    a, b = (telling(f"air_strike · · · {figures}", name=name) for name, figures in (("a", one), ("b", other)))
    assert compared in reasons(a, b), case
    assert score(a, b) == score(b, a)


def _country(name: str, lat: float, lon: float, radius: float) -> Place:
    return Place(Span(0, 1), name, name, name, lat, lon, radius, precision=PlacePrecision.COUNTRY)


_STRIKE = telling("air_strike · 2022-01-29 · Samarra · 9 killed · convoy", name="a")
_MONTH = replace(telling("air_strike · 2022-01-31 · Samarra · 9 killed", name="b"), others=(days("2022-01-29"),))
_ARABIC = replace(telling("air_strike · ~2022-01-30 · · 9 killed", name="b"), language="ar")


@pytest.mark.parametrize(
    ("case", "one", "other"),
    [
        ("another_day", _STRIKE, _MONTH),
        ("town_or_division", _STRIKE, replace(telling("air_strike · 2022-01-29 · Mosul", name="b"), areas=frozenset(["Samarra"]))),
        ("named_both", replace(_STRIKE, placed=frozenset(["samarr"])), telling("air_strike · 2022-01-29 · Aleppo · 9 killed · Samarra", name="b")),
        ("countries_concerned", telling("agreement · 2022-01-29 · IQ", name="a"), telling("agreement · 2022-01-29 · QA", name="b")),
        ("other_country", telling("air_strike · 2022-01-29 · IQ", name="a"), telling("air_strike · 2022-01-29 · QA", name="b")),
        ("across_border", _STRIKE, replace(telling("air_strike · 2022-01-29 · SY", name="b"), place=_country("Syria", 35.0, 38.5, 600.0))),
        ("other_country", _STRIKE, replace(telling("air_strike · 2022-01-29 · QA", name="b"), place=_country("Qatar", 25.3, 51.2, 80.0))),
        ("differ", telling("air_strike · 2022-01-29 · Samarra · -60 killed", name="a"), telling("air_strike · 2022-01-29 · Samarra · 5 killed", name="b")),
        ("far_off", telling("air_strike · 2022-01-29 · Samarra · 60 killed", name="a"), telling("air_strike · 2022-01-29 · Samarra · 5 killed", name="b")),
        ("can_mean", replace(_STRIKE, maybe=frozenset(["Aleppo"])), telling("air_strike · 2022-01-29 · Aleppo · 9 killed", name="b")),
        ("can_mean", replace(_MONTH, points=(), maybe=frozenset(["Samarra"])), _STRIKE),
        ("named_place", replace(_STRIKE, placed=frozenset(["samarr"])), telling("air_strike · ~2022-01-30 · · 9 killed · Samarra", name="b")),
        ("same_things", replace(_STRIKE, things=frozenset(["convoy", "fuel"])), replace(_ARABIC, things=frozenset(["convoy", "fuel", "driver"]))),
        ("same_thing", replace(_STRIKE, things=frozenset(["convoy"])), replace(_ARABIC, things=frozenset(["convoy"]))),
        ("other_things", replace(_STRIKE, things=frozenset(["convoy", "fuel"])), replace(_ARABIC, things=frozenset(["hospital", "child"]))),
        ("explosion", replace(_STRIKE, things=frozenset(["explosion"])), replace(telling("disaster · 2022-01-29 · ", name="b"), things=frozenset(["explosion"]))),
        ("undated_long_ago", _STRIKE, telling("air_strike · ~2023-01-30 · Samarra", name="b")),
    ],
)  # fmt: skip
def test_what_speaks_for_and_against(case: str, one: Traits, other: Traits) -> None:
    assert case in {name for name, _ in findings(one, other)}
    assert case in {name for name, _ in findings(other, one)}


def test_words_of_two_languages_are_not_missed() -> None:
    one = telling("protest · 2022-01-29 · · · crowd square slogans bread", name="a")
    other = telling("protest · 2022-01-29 · · · foule endroit cris pain", name="b")
    assert "other_wording" in {name for name, _ in findings(one, other)}
    assert "other_wording" not in {
        name for name, _ in findings(replace(one, language="en"), replace(other, language="fr"))
    }


def test_a_report_tells_apart_what_differs() -> None:
    attack = telling("armed_attack · 2022-01-29 · Samarra · 9 killed", name="a")
    again = telling("armed_clash · · · ", name="b")
    for other in (
        "armed_attack · 2022-01-31 · Samarra",
        "armed_attack · 2022-01-29 · Aleppo",
        "armed_attack · · · 90 killed",
    ):
        assert told_apart(attack, telling(other, name="b")) < 0 < told_apart(attack, again) < 0.4


@pytest.mark.parametrize(("case", "one", "other"), [*SAME, *APART], ids=[c[0] for c in [*SAME, *APART]])
def test_it_does_not_matter_which_comes_first(case: str, one: str, other: str) -> None:
    a, b = telling(one, name="a"), telling(other, name="b")
    assert score(a, b) == pytest.approx(score(b, a))


def test_every_finding_is_a_sentence_with_its_weight() -> None:
    a = telling("air_strike · 2022-01-29 · Samarra · 9 killed", name="a")
    b = telling("shelling_missile_attack · 2022-01-29 · Samarra · 9 killed", name="b")
    assert reasons(a, b) == (
        "both on 2022-01-29 (+1.7)",
        "same place: Samarra (+1.6)",
        "killed: 9 against 9 (+1.2)",
        "types differ: air strike / shelling missile attack, but reports take one for the other (+0.2)",
    )


def test_every_weight_has_a_case_that_uses_it() -> None:
    """A weight that no finding names would be dead: every name of the table stands in the code, and the other way round."""
    source = findings.__globals__["__file__"]
    with open(source, encoding="utf-8") as file:  # noqa: PTH123
        code = file.read()
    assert {name for name in shipped().weight if f'"{name}"' not in code} == set()
