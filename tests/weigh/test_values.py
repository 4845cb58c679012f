"""Fields in words: what is compatible, what contradicts, who denies."""

from dataclasses import replace

import pytest

from ondit.model import Interest, Role, Source, SourceKind, Stance, Telling
from tests.weigh.telling import NOWHERE, actor, said, sentence, status, telling, weighed

NORTH = actor("the Northern Front", Role.PERPETRATOR, id_="north")
SOUTH = actor("the Southern League", Role.PERPETRATOR, id_="south")
SOURCES = (
    Source("north", "Northern Front", SourceKind.ARMED_GROUP),
    Source("north-tv", "Front TV", SourceKind.MEDIA, camps=("north",)),
    Source("south", "Southern League", SourceKind.ARMED_GROUP),
)
POST = said("Red Crescent")
WIRE = said("Ministry of Health")

CASES = [
    ("two points of one town", (telling("Post", 15, POST), telling("Wire", 15, WIRE, where="Sévaré")), "place", "agreed"),
    ("a town and its country", (telling("Post", 15, POST), telling("Wire", 15, WIRE, where="Mali")), "place", "agreed"),
    ("towns far apart", (telling("Post", 15, POST), telling("Wire", 15, WIRE, where="Gao")), "place", "contested"),
    ("nobody says where", (telling("Post", 15, POST, where=""),), "place", ""),
    ("a day within a week", (telling("Post", 15, POST), telling("Wire", 15, WIRE, when="2024-03-11/2024-03-17")), "when", "agreed"),
    ("the night between two days", (telling("Post", 15, POST), telling("Wire", 15, WIRE, when="2024-03-15")), "when", "agreed"),
    ("days apart", (telling("Post", 15, POST), telling("Wire", 15, WIRE, when="2024-03-10")), "when", "contested"),
    ("types of one family", (telling("Post", 15, POST), telling("Wire", 15, WIRE, type_="air_strike")), "type", "single"),
    ("shot down or an accident", (telling("Post", 15, POST, type_="air_defence_fire"), telling("Wire", 15, WIRE, type_="disaster")), "type", "contested"),
    ("two parties accused", (telling("Post", 15, POST, by=[NORTH]), telling("Wire", 15, WIRE, by=[SOUTH])), "perpetrator", "contested"),
    ("two names that may be one", (telling("Post", 15, POST, by=[actor("gunmen", Role.PERPETRATOR)]), telling("Wire", 15, WIRE, by=[NORTH])), "perpetrator", "single"),
    ("the accused deny", (telling("Post", 15, POST, said("Front TV", stance=Stance.DENIES), by=[NORTH]),), "perpetrator", "contested"),
    ("two systems of one class", (telling("Post", 15, POST, with_=[("f16", "used")]), telling("Wire", 15, WIRE, with_=[("f15", "used")])), "equipment", "contested"),
    ("two systems of two classes", (telling("Post", 15, POST, with_=[("f16", "used")]), telling("Wire", 15, WIRE, with_=[("mq9", "used")])), "equipment", "single"),
    ("only compared with", (telling("Post", 15, POST, with_=[("patriot", "comparison")]),), "equipment", ""),
    ("somebody denies that it happened", (telling("Post", 15, POST, said("Ministry of Health", stance=Stance.DENIES)),), "happened", "contested"),
    ("a denied figure denies no happening", (telling("Post", 15, POST, said("Ministry of Health", stance=Stance.DENIES, killed=9)),), "happened", "single"),
    ("a demand says nothing happened", (telling("Post", 15, said("Ministry of Health", stance=Stance.DEMANDS)),), "happened", ""),
]  # fmt: skip


@pytest.mark.parametrize("tellings, field, expected", [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_what_the_reports_make_of_a_field(tellings: tuple[Telling, ...], field: str, expected: str) -> None:
    assert status(weighed(*tellings, sources=SOURCES), field) == expected


def test_the_sentence_about_places_says_how_far_apart_they_are() -> None:
    event = weighed(telling("Post", 15, POST), telling("Wire", 15, WIRE, where="Gao"))
    assert sentence(event, "place") == "place: Mopti (Red Crescent) against Gao (Ministry of Health), 486 km apart"


def test_withdrawn_against_still_there() -> None:
    """The shape of a claimed withdrawal that another voice answers with a figure of those who stayed."""
    event = weighed(
        telling("Herald", 15, said("The Northern Front", stance=Stance.DISTANCES), said("The Southern League", troops=2500), type_="withdrawal")
    )  # fmt: skip
    assert status(event, "withdrawal") == "contested"
    assert (
        sentence(event, "withdrawal")
        == "withdrawal: withdrawn (The Northern Front) against 2500 still there (The Southern League)"
    )
    assert event.grade and "left_or_still_there" in [f.name for f in event.grade.findings]


def test_the_number_of_those_who_left_is_no_contradiction() -> None:
    event = weighed(telling("Herald", 15, said("The Northern Front", troops=500), type_="withdrawal"))
    assert status(event, "withdrawal") == ""


def test_only_those_whose_words_say_what_it_was_stand_behind_its_type_and_its_doer() -> None:
    """The first claim holds the word that shows the happening and who did it; the second, of the army, holds neither."""
    north = replace(NORTH, span=NOWHERE)
    event = weighed(telling("Post", 15, said("Tabital"), said("army: the Malian army", killed=30), by=[north]))
    for field in ("type", "perpetrator"):
        (account,) = (f for f in event.fields if f.field == field)
        assert [a.voice for a in account.values[0].supporters] == ["Tabital"], field
    (where,) = (f for f in event.fields if f.field == "place")
    assert [a.voice for a in where.values[0].supporters] == ["Tabital", "Mali: armed forces"]


def test_a_voice_on_both_sides_is_told_by_its_outlets() -> None:
    event = weighed(telling("Post", 15, POST), telling("Wire", 15, POST, where="Gao"))
    assert (
        sentence(event, "place")
        == "place: Mopti (Red Crescent through Post) against Gao (Red Crescent through Wire), 486 km apart"
    )


def test_who_did_it_by_one_report_concedes_in_another_that_names_nobody() -> None:
    north = actor("the Northern Front", Role.PERPETRATOR, id_="north")
    hit = telling("Post", 15, POST, by=[north])
    claims = telling("Wire", 15, said("the Northern Front", killed=23))
    event = weighed(hit, claims, sources=SOURCES)
    (killed,) = (f for f in event.fields if f.field == "killed")
    assert [a.interest for a in killed.values[0].supporters] == [Interest.CONCEDES]


def test_who_accuses_each_other_concedes_nothing() -> None:
    south, north = replace(SOUTH, role=Role.TARGET), replace(NORTH, role=Role.TARGET)
    event = weighed(
        telling("Post", 15, said("Southern League"), by=[NORTH, south]),
        telling("Wire", 15, said("Northern Front"), by=[SOUTH, north]),
        telling("Herald", 15, said("Northern Front", killed=2)),
        sources=SOURCES,
    )
    interests = {a.interest for f in event.fields for v in f.values for a in v.supporters}
    assert Interest.CONCEDES not in interests


@pytest.mark.parametrize(
    ("case", "party", "language", "interest"),
    [
        ("a part of a name of the registry", "جبهة الشمال", "ar", Interest.CONCEDES),
        ("one word may be anybody's", "جبهة", "ar", Interest.OUTSIDE),
        ("another name", "جبهة الجنوب", "ar", Interest.OUTSIDE),
    ],
)
def test_a_party_is_known_by_its_names_in_every_script(
    case: str, party: str, language: str, interest: Interest
) -> None:
    front = Source("north", "Northern Front", SourceKind.ARMED_GROUP, ("Northern Front", "جبهة الشمال الحر"))
    event = weighed(
        telling("Post", 15, said("Northern Front", killed=3), by=[actor(party, Role.PERPETRATOR)], language=language),
        sources=[front],
    )
    (killed,) = (f for f in event.fields if f.field == "killed")
    assert [a.interest for a in killed.values[0].supporters] == [interest], case
