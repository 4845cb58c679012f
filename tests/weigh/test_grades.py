"""Grades: which findings apply, what number they add up to, and that the paragraph can be checked."""

from datetime import date

import pytest

from ondit.model import (
    Event,
    Finding,
    Independence,
    Origin,
    Rating,
    Reliability,
    Role,
    Source,
    SourceKind,
    Stance,
    Telling,
)
from ondit.weigh.findings import weights
from ondit.weigh.grades import credibility
from tests.weigh.telling import actor, names, said, telling, weighed

FRONT = actor("the Northern Front", Role.PERPETRATOR)
ARMY = actor("the Malian Army", Role.TARGET)

CASES = [
    # what is told                                                                      findings that must be there, and must not
    ("two independent origins", (telling("Post", 15, said("Red Crescent")), telling("Wire", 15, said("witness: a villager"))), "corroborated witness consistent", "uncorroborated"),
    ("one origin", (telling("Post", 15, said("Red Crescent")),), "uncorroborated", "corroborated unsourced"),
    ("no source named", (telling("Post", 15, said()),), "uncorroborated unsourced", "unnamed_only"),
    ("nobody with a name", (telling("Post", 15, said("sources: security sources")),), "unnamed_only", "unsourced"),
    ("hearsay of hearsay", (telling("Post", 15, said("Reuters", "Herald", "Red Crescent")),), "hearsay", ""),
    ("a party on its own act", (telling("Post", 15, said("the Northern Front"), by=[FRONT, ARMY]),), "own_acts", "partial official"),
    ("a party on its adversary", (telling("Post", 15, said("army: the Malian Army"), by=[FRONT, ARMY]),), "partial", "own_acts official"),
    ("an authority without a part", (telling("Post", 15, said("police: the police"), by=[FRONT]),), "official", "partial"),
    ("passed on with doubt", (telling("Post", 15, said("Red Crescent", stance=Stance.DISTANCES)),), "doubted", "only_possible"),
    ("only possible", (telling("Post", 15, said("Red Crescent", stance=Stance.POSSIBLE)),), "only_possible", "doubted"),
    ("specific", (telling("Post", 15, said("Red Crescent", killed=9)),), "specific", "vague"),
    ("vague", (telling("Post", 15, said("Red Crescent"), where="", when=""),), "vague", "specific"),
    ("told before it happened", (telling("Post", 12, said("Red Crescent")),), "too_early", ""),
    ("denied by somebody outside", (telling("Post", 15, said("Red Crescent"), said("Ministry of Health", stance=Stance.DENIES)),), "denied", "denied_by_the_accused"),
    ("denied by the accused", (telling("Post", 15, said("Red Crescent"), said("the Northern Front", stance=Stance.DENIES), by=[FRONT]),), "denied_by_the_accused", "denied"),
    ("a short gun against a high flyer", (telling("Post", 15, said("Red Crescent"), type_="air_defence_fire", with_=[("zu23", "used"), ("mq9", "target")]),), "implausible", ""),
    ("a long missile against a high flyer", (telling("Post", 15, said("Red Crescent"), type_="air_defence_fire", with_=[("pantsir", "used"), ("mq9", "target")]),), "", "implausible"),
    ("only compared with a short gun", (telling("Post", 15, said("Red Crescent"), type_="air_defence_fire", with_=[("zu23", "comparison"), ("mq9", "target")]),), "", "implausible"),
    ("contested figures", (telling("Post", 15, said("Red Crescent", killed=9), said("Ministry of Health", killed=40)),), "contested_account corroborated", ""),
]  # fmt: skip


@pytest.mark.parametrize("tellings, there, absent", [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_findings(tellings: tuple[Telling, ...], there: str, absent: str) -> None:
    found = set(names(weighed(*tellings)))
    assert found >= set(there.split())
    assert not found & set(absent.split())


def number(*found: str, origins: int = 1) -> int:
    table = weights()
    sides = tuple(Origin(str(n), (str(n),), ()) for n in range(origins))
    return credibility([Finding(n, table[n]["weight"], "") for n in found], Independence(1, 1, sides))


NUMBERS = [
    # findings                                             origins  number
    ("corroborated specific consistent", 2, 1),
    ("corroborated specific", 2, 1),
    ("corroborated", 2, 2),
    ("uncorroborated own_acts specific", 1, 2),
    ("uncorroborated witness specific", 1, 2),
    ("uncorroborated official specific", 1, 3),
    ("uncorroborated unsourced specific", 1, 3),
    ("uncorroborated unsourced", 1, 4),
    ("uncorroborated partial unnamed_only", 1, 4),
    ("uncorroborated unsourced denied implausible", 1, 5),
    ("uncorroborated unsourced vague", 1, 6),
    ("corroborated well_corroborated witness specific denied", 4, 2),  # denied: not called confirmed
    ("uncorroborated witness own_acts specific official", 1, 2),  # one origin: not called confirmed
]


@pytest.mark.parametrize("found, origins, expected", NUMBERS)
def test_numbers(found: str, origins: int, expected: int) -> None:
    assert number(*found.split(), origins=origins) == expected


def test_a_happening_that_nobody_affirms_cannot_be_judged() -> None:
    event = weighed(telling("Post", 15, said("Ministry of Health", stance=Stance.DENIES)))
    assert event.grade and event.grade.credibility == 6
    assert event.grade.paragraph == "Credibility 6, truth cannot be judged: nobody says that it happened."


def test_letters_are_those_that_held_on_the_day_and_f_where_nobody_set_one() -> None:
    ratings = (Rating(Reliability.B, None, "Ana"), Rating(Reliability.D, date(2024, 3, 16), "Ana", "two false tolls"))
    rated = Source("rc", "Red Crescent", SourceKind.ORGANISATION, ratings=ratings)
    on_the_15th = weighed(telling("Post", 15, said("Red Crescent")), sources=[rated])
    on_the_17th = weighed(telling("Post", 17, said("Red Crescent")), sources=[rated])
    assert letters(on_the_15th) == {"Red Crescent": "B", "Post": "F"}
    assert letters(on_the_17th) == {"Red Crescent": "D", "Post": "F"}
    assert credibility_of(on_the_15th) == credibility_of(on_the_17th)  # letter and number are two axes


def letters(event: Event) -> dict[str, str]:
    assert event.grade
    return {name: letter.value for name, letter in event.grade.reliability}


def credibility_of(event: Event) -> int:
    assert event.grade
    return event.grade.credibility


def test_the_paragraph_can_be_checked() -> None:
    event = weighed(
        telling("Post", 15, said("Red Crescent", killed=9)), telling("Wire", 15, said("witness: a villager", killed=9))
    )
    assert event.grade
    assert event.grade.paragraph == (
        "Credibility 1, confirmed by other sources (sum +3): 2 independent origins say so: Red Crescent and a villager (+1.5); "
        "a villager saw it (+0.75); time, place and a figure are told (+0.5); "
        "independent origins agree on Mopti, 2024-03-14 (+0.25). Reliability: 4 voices F (nobody has set a letter)."
    )
    assert f"{sum(f.weight for f in event.grade.findings):+g}" in event.grade.paragraph


def test_an_implausible_pair_gives_the_figures_and_where_they_come_from() -> None:
    event = weighed(
        telling("Post", 15, said("Red Crescent"), type_="air_defence_fire", with_=[("cram", "used"), ("mq9", "target")])
    )
    assert event.grade
    (sentence,) = [f.sentence for f in event.grade.findings if f.name == "implausible"]
    assert "implausible unless the aircraft flew low" in sentence
    assert "2500 m (US Army" in sentence and "7600 m (US Air Force" in sentence


def test_the_order_of_tellings_changes_nothing() -> None:
    told = [
        telling("Post", 15, said("Red Crescent", killed=9), said("Wire")), telling("Wire", 16, said("Red Crescent", killed=12)),
        telling("Herald", 15, said("army: the Malian Army", killed=40), by=[FRONT, ARMY]), telling("Echo", 15, said()),
    ]  # fmt: skip
    assert weighed(*told).grade == weighed(*reversed(told)).grade
    assert weighed(*told).fields == weighed(*reversed(told)).fields
    assert weighed(*told).independence == weighed(*reversed(told)).independence
