"""Independent origins: what counts once, what is circular, and the derivation in words."""

import pytest

from ondit.model import Copy, CopyKind, Event, Source, SourceKind, Stance
from tests.weigh.telling import said, telling, weighed


def origins(event: Event) -> list[str]:
    assert event.independence
    return [o.name for o in event.independence.origins]


def test_outlets_that_cite_one_voice_are_one_origin() -> None:
    event = weighed(
        telling("Post", 15, said("Red Crescent")), telling("Wire", 15, said("Red Crescent")), telling("Herald", 15, said("Reuters", "Red Crescent"))
    )  # fmt: skip
    assert origins(event) == ["Red Crescent"]
    assert event.independence
    assert (
        event.independence.derivation
        == "3 reports, 3 outlets, 1 independent origin: Red Crescent, carried by 3 reports."
    )


def test_what_an_outlet_says_itself_rests_on_the_voices_it_cites() -> None:
    event = weighed(telling("Post", 15, said(), said("Red Crescent")), telling("Wire", 15, said()))
    assert set(origins(event)) == {"Red Crescent", "Wire"}


def test_copies_add_no_origin() -> None:
    copy = Copy("Wire-15", "Post-15", CopyKind.NEAR, 0.95)
    event = weighed(telling("Post", 15, said()), telling("Wire", 15, said()), copies=[copy])
    assert origins(event) == ["Post"]
    assert event.independence and "1 report of these only repeats another" in event.independence.derivation


def test_a_repeated_passage_is_no_copy_of_the_report() -> None:
    copy = Copy("Wire-15", "Post-15", CopyKind.PASSAGE, 0.2)
    event = weighed(telling("Post", 15, said()), telling("Wire", 15, said()), copies=[copy])
    assert origins(event) == ["Post", "Wire"]


def test_a_forwarded_post_rests_on_the_channel_it_came_from() -> None:
    event = weighed(telling("Echo", 15, said(), forwarded="Sahel Live"), telling("Sahel Live", 15, said()))
    assert origins(event) == ["Sahel Live"]


CAMP = [
    Source("camp", "The Resistance", SourceKind.ARMED_GROUP),
    Source("a", "Channel A", SourceKind.SOCIAL_CHANNEL, camps=("camp",)),
    Source("b", "Channel B", SourceKind.SOCIAL_CHANNEL, camps=("camp",)),
    Source("p1", "Morning Post", SourceKind.MEDIA, owner="trust"),
    Source("p2", "Evening Post", SourceKind.MEDIA, owner="trust"),
    Source("trust", "Post Trust", SourceKind.ORGANISATION),
]


def test_two_channels_of_one_camp_are_one_origin_even_through_security_sources() -> None:
    """The shape of an anti-aircraft fire told by two channels of one camp, one of which names "security sources"."""
    event = weighed(
        telling("Herald", 15, said("channel: Channel A"), said("channel: Channel B", "sources: security sources")),
        sources=CAMP,
    )
    assert len(origins(event)) == 1
    assert event.independence
    assert "of one camp: The Resistance" in event.independence.derivation
    assert "uncorroborated" in [f.name for f in (event.grade.findings if event.grade else ())]


def test_papers_of_one_owner_are_one_origin() -> None:
    event = weighed(telling("Morning Post", 15, said()), telling("Evening Post", 15, said()), sources=CAMP)
    assert len(origins(event)) == 1
    assert event.independence and "of one owner: Post Trust" in event.independence.derivation


def test_circular_reporting_is_named_and_is_one_origin() -> None:
    event = weighed(
        telling("Post", 15, said("Wire")), telling("Wire", 15, said("Herald")), telling("Herald", 15, said("Post"))
    )
    assert event.independence
    assert [set(c) for c in event.independence.circles] == [{"Post", "Wire", "Herald"}]
    assert len(event.independence.origins) == 1
    assert "circular reporting: " in event.independence.derivation
    assert "circular" in [f.name for f in (event.grade.findings if event.grade else ())]


def test_a_loop_that_somebody_outside_feeds_is_no_origin() -> None:
    event = weighed(telling("Post", 15, said("Wire")), telling("Wire", 15, said("Post"), said("Red Crescent")))
    assert event.independence and len(event.independence.circles) == 1
    assert origins(event) == ["Red Crescent"]


def test_unnamed_voices_are_told_apart_by_their_description_in_one_language_only() -> None:
    same = weighed(
        telling("Post", 15, said("sources: a security source")), telling("Wire", 15, said("sources: security sources"))
    )
    assert len(origins(same)) == 1
    two = weighed(
        telling("Post", 15, said("sources: medical sources")), telling("Wire", 15, said("sources: security sources"))
    )
    assert len(origins(two)) == 2
    languages = weighed(
        telling("Post", 15, said("sources: medical sources")), telling("Le Fil", 15, said("sources: des sources hospitalières"), language="fr")
    )  # fmt: skip
    assert len(origins(languages)) == 1


@pytest.mark.parametrize(
    ("case", "one", "other", "count"),
    [
        ("one office, one place", "en: the mayor of Samarra", "fr: le maire de Samarra", 1),
        ("a place in two alphabets", "en: the mayor of Samarra", "ar: رئيس بلدية سامراء", 1),
        ("a body, and the article", "fr: la direction de la santé de Tikrit", "ar: مديرية الصحة في تكريت", 1),
        ("two places", "en: the mayor of Samarra", "fr: le maire de Mossoul", 2),
        ("two offices", "en: the mayor of Samarra", "fr: le gouverneur de Samarra", 2),
        ("a name in two alphabets", "en: Salih Mahmoud", "ar: صالح محمود", 1),
        ("two names", "en: Salih Mahmoud", "fr: Salih Hamdani", 2),
    ],
)
def test_who_holds_one_office_in_one_place_is_one_voice_in_every_language(
    case: str, one: str, other: str, count: int
) -> None:
    first, second = (line.partition(": ") for line in (one, other))
    event = weighed(
        telling("Post", 15, said(first[2]), language=first[0]), telling("Wire", 15, said(second[2]), language=second[0])
    )
    assert len(origins(event)) == count, case


def test_short_names_and_initials_are_the_same_voice() -> None:
    event = weighed(
        telling("Post", 15, said("Syrian Observatory for Human Rights")), telling("Wire", 15, said("the SOHR")), telling("Herald", 15, said("the Observatory")),
    )  # fmt: skip
    assert origins(event) == ["Syrian Observatory for Human Rights"]


def test_those_who_deny_are_no_origin() -> None:
    event = weighed(telling("Post", 15, said("Red Crescent"), said("army: the Malian army", stance=Stance.DENIES)))
    assert origins(event) == ["Red Crescent"]
