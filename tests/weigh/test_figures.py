"""Which figures agree, which contradict, which are only a newer toll."""

from dataclasses import replace

import pytest

from ondit.model import ActorKind, Interest, Role, Source, SourceKind, Span, Stance
from tests.weigh.telling import Said, actor, said, sentence, status, telling, weighed

CASES = [
    # what is told                                                              field       what the reports make of it
    ("one voice", [("Post", 15, said("Ministry of Health", killed=9))], "killed", "single"),
    ("two voices, one figure", [("Post", 15, said("Ministry of Health", killed=9)), ("Wire", 15, said("Red Crescent", killed=9))], "killed", "agreed"),
    ("two outlets, one voice", [("Post", 15, said("Red Crescent", killed=9)), ("Wire", 15, said("Red Crescent", killed=9))], "killed", "single"),
    ("a bound and a figure above it", [("Post", 15, said("Ministry of Health", killed=(7, None))), ("Wire", 15, said("Red Crescent", killed=9))], "killed", "agreed"),
    ("side by side in one report", [("Post", 15, said("Ministry of Health", killed=25), said("Reuters", "sources: a security source", killed=89))], "killed", "contested"),
    ("told anew by the same voice", [("Post", 15, said("Red Crescent", killed=15)), ("Wire", 17, said("Red Crescent", killed=32))], "killed", "updated"),
    ("a later, larger toll of another voice", [("Post", 15, said("Ministry of Health", killed=5)), ("Wire", 17, said("Red Crescent", killed=6))], "killed", "updated"),
    ("a later, smaller toll of another voice", [("Post", 15, said("Ministry of Health", killed=42)), ("Wire", 17, said("Red Crescent", killed=40))], "killed", "contested"),
    ("no dates: nobody knows which is newer", [("Post", None, said("Ministry of Health", killed=5)), ("Wire", None, said("Red Crescent", killed=6))], "killed", "contested"),
    ("a raised lower bound", [("Post", 15, said("Red Crescent", killed=(24, None))), ("Wire", 16, said("Ministry of Health", killed=(112, None)))], "killed", "updated"),
    ("a vaguer figure later is no update", [("Post", 15, said("Red Crescent", killed=31)), ("Wire", 16, said("Red Crescent", killed=(20, 99)))], "killed", "single"),
    ("a denied figure", [("Post", 15, said("Red Crescent", killed=9), said("army: the Malian army", stance=Stance.DENIES, killed=9))], "killed", "contested"),
    ("nearly fifty against thirty-two", [("Post", 15, said("Observatory", killed=32)), ("Wire", 15, said("Islamic Front", killed=(45, 50)))], "killed", "contested"),
    ("an older toll repeated by the same voice", [("Post", 15, said("Red Crescent", killed=17)), ("Wire", 16, said("Red Crescent", killed=21)), ("Herald", 17, said("Red Crescent", killed=17))], "killed", "updated"),
    ("an older toll repeated in a report's own words", [("Post", 15, said("Red Crescent", killed=17)), ("Wire", 16, said("Red Crescent", killed=21)), ("Herald", 17, said(killed=17))], "killed", "updated"),
    ("a smaller toll upheld by another voice", [("Post", 15, said("army: the army", killed=7)), ("Wire", 16, said("Red Crescent", killed=14)), ("Herald", 17, said("army: the army", killed=7))], "killed", "contested"),
    ("three strikes against five strikes", [("Post", 15, said("Observatory", who="air strikes", strikes=3)), ("Wire", 15, said("Islamic Front", who="air strikes", strikes=5))], "strikes", "contested"),
    ("three strikes, five rockets", [("Post", 15, said("Observatory", who="air strikes", weapons=3)), ("Wire", 15, said("Islamic Front", who="rockets", weapons=5))], "weapons", "single"),
]  # fmt: skip


@pytest.mark.parametrize("told, field, expected", [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_what_the_reports_make_of_a_figure(told: list[tuple[str, int | None, Said]], field: str, expected: str) -> None:
    event = weighed(*(telling(outlet, day, *claims) for outlet, day, *claims in told))
    assert status(event, field) == expected, sentence(event, field)


def test_a_smaller_figure_beside_a_larger_one_is_a_part_of_it() -> None:
    both = Said(("Red Crescent",), counts=(("killed", 31, 31, "people"), ("killed", 8, 8, "children")))
    event = weighed(telling("Post", 15, both))
    (account,) = (f for f in event.fields if f.field == "killed")
    assert [v.value for v in account.values] == ["31"]


def test_losses_of_those_who_did_it_are_a_field_of_their_own() -> None:
    by = (actor("63 gunmen", Role.PERPETRATOR), actor("soldiers", Role.TARGET))
    lost = said("Ministry of Defence", who="gunmen", killed=63)
    event = weighed(telling("Post", 15, said("Ministry of Defence", who="soldiers", killed=25), lost, by=by))
    assert status(event, "killed") == "single"
    assert status(event, "killed_perpetrators") == "single"


def test_most_reports_say_whose_losses_are_those_of_who_did_it() -> None:
    """Who is attacked says how many attackers fell: that is no rival of the dead among the attacked."""
    fighters, forces = ActorKind.REBEL_GROUP, ActorKind.STATE_FORCES
    ambush = (actor("gunmen", Role.PERPETRATOR, fighters), actor("soldiers", Role.TARGET, forces))
    answer = (actor("14 militants", Role.TARGET, fighters),)
    event = weighed(
        telling("Post", 15, said("Red Crescent", who="soldiers", killed=9), by=ambush),
        telling("Wire", 15, said("army: the army", who="militants", killed=14), by=answer),
    )
    assert status(event, "killed") == "single"
    assert status(event, "killed_perpetrators") == "single"


def test_fighters_for_who_did_it_and_civilians_for_others_is_a_contradiction() -> None:
    army = actor("the Malian army", Role.PERPETRATOR, ActorKind.STATE_FORCES)
    fighters = actor("30 terrorists", Role.TARGET, ActorKind.REBEL_GROUP)
    villagers = actor("41 villagers", Role.VICTIM, ActorKind.CIVILIANS)
    told = (
        telling("Post", 15, said("army: the Malian army", who="terrorists", killed=30), by=[army, fighters]),
        telling("Wire", 16, said("Tabital", who="villagers", killed=41), by=[army, villagers]),
    )
    event = weighed(*told)
    assert status(event, "killed") == "contested"
    assert "not the same people" in sentence(event, "killed")


def test_figures_of_different_people_agree_with_nobody() -> None:
    told = (
        telling("Post", 15, said("Red Crescent", who="soldiers", killed=3), by=[actor("3 soldiers", Role.VICTIM, ActorKind.STATE_FORCES)]),
        telling("Wire", 15, said("Tabital", who="villagers", killed=4), by=[actor("4 villagers", Role.VICTIM, ActorKind.CIVILIANS)]),
    )  # fmt: skip
    event = weighed(*told)
    assert status(event, "killed") == "single"
    assert sentence(event, "killed") == "killed: 3 (Red Crescent); 4 (Tabital)"


@pytest.mark.parametrize(
    ("second", "expected"), [("rose to five", "updated"), ("is five", "contested"), ("in the blown up house is five", "contested")]
)  # fmt: skip
def test_a_toll_that_is_said_to_have_risen_is_newer_on_the_same_day(second: str, expected: str) -> None:
    text = f"The toll {second}"
    first = telling("Post", 15, said("Red Crescent", killed=3))
    newer = telling("Wire", 15, said("Ministry of Health", killed=5))
    (claim,) = newer.claims
    count = replace(claim.counts[0], span=Span(text.index("five"), len(text)))
    claim = replace(claim, content=Span(0, len(text)), counts=(count,))
    newer = replace(newer, report=replace(newer.report, text=text), claims=(claim,))
    event = weighed(first, newer)
    assert status(event, "killed") == expected, sentence(event, "killed")


def test_who_denies_with_none_says_none() -> None:
    denial = said("army: the army", stance=Stance.DENIES, who="soldiers", killed=0)
    event = weighed(telling("Post", 15, said("Red Crescent", who="soldiers", killed=9), denial))
    (account,) = (f for f in event.fields if f.field == "killed")
    assert {v.value: [a.voice for a in v.supporters] != [] for v in account.values} == {"9": True, "0": True}
    assert account.status.value == "contested"


def test_those_who_were_abducted_are_no_losses_of_the_abductors() -> None:
    by = (actor("32 people", Role.PERPETRATOR), actor("gunmen", Role.VICTIM))  # read the wrong way round
    event = weighed(
        telling("Post", 15, said("Ministry of Health", who="people", abducted=32), type_="abduction", by=by)
    )
    assert status(event, "abducted") == "single"
    assert status(event, "abducted_perpetrators") == ""


def test_who_directs_a_body_gives_its_figures_but_who_governs_speaks_alone() -> None:
    observatory = Source("observatory", "Observatory", SourceKind.ORGANISATION)
    state = Source("state", "The State", SourceKind.GOVERNMENT)
    for body, expected in ((observatory, "updated"), (state, "contested")):
        head = Source("head", "Adama Sidibe", SourceKind.PERSON, camps=(body.id,))
        event = weighed(
            telling("Post", 15, said("Adama Sidibe", killed=16)),
            telling("Wire", 15, said(body.name, killed=43)),
            sources=[body, head],
        )
        assert status(event, "killed") == expected, sentence(event, "killed")


def test_the_sentence_says_who_says_what() -> None:
    event = weighed(
        telling("Post", 15, said("Ministry of Health", killed=25)),
        telling("Wire", 15, said("Reuters", "sources: a security source", killed=89)),
    )
    assert (
        sentence(event, "killed")
        == "killed: 25 (Ministry of Health, 2024-03-15) against 89 (a security source, 2024-03-15)"
    )


def test_supporters_are_voices_and_a_doubting_outlet_dissents() -> None:
    event = weighed(telling("Post", 15, said("Islamic Front", stance=Stance.DISTANCES, killed=50)))
    (account,) = (f for f in event.fields if f.field == "killed")
    (value,) = account.values
    assert [a.voice for a in value.supporters] == ["Islamic Front"]
    assert [(a.voice, a.stance) for a in value.dissenters] == [("Post", Stance.DISTANCES)]


def test_reported_against_conceded() -> None:
    by = (actor("the Malian army", Role.PERPETRATOR), actor("villagers", Role.VICTIM))
    event = weighed(
        telling("Post", 15, said("witness: a villager", killed=12), by=by),
        telling("Wire", 15, said("army: the Malian army", killed=4), by=by),
    )
    (account,) = (f for f in event.fields if f.field == "killed")
    assert {v.value: [a.interest for a in v.supporters] for v in account.values} == {
        "12": [Interest.OUTSIDE],
        "4": [Interest.CONCEDES],
    }


def test_aggregates_name_their_rule_and_take_one_figure_a_voice() -> None:
    event = weighed(
        telling("Post", 15, said("Ministry of Health", killed=5)),
        telling("Wire", 15, said("Red Crescent", killed=9)),
        telling("Herald", 15, said("Observatory", killed=9)),
        telling("Gazette", 16, said("Observatory", killed=(11, None))),
    )
    (account,) = (f for f in event.fields if f.field == "killed")
    found = {a.rule: (a.low, a.best, a.high) for a in account.aggregates}
    assert found == {
        "most-conservative": (5, 5, 5),
        "most-representative": (5, 5, 5),  # 5, 9 and 11 once each: the smallest
        "most-informative": (11, None, None),  # the newest of the Observatory has a lower bound only
    }
