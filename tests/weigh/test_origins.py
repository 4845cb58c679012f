"""Independent origins: what counts once, what is circular, and the derivation in words."""

from dataclasses import replace

import pytest

from ondit.model import ActorKind, Copy, CopyKind, Event, Role, Source, SourceKind, Span, Stance
from tests.weigh.telling import actor, names, said, telling, weighed


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


def test_whom_a_forwarded_post_cites_its_channel_cites() -> None:
    event = weighed(telling("Echo", 15, said("Red Crescent"), forwarded="Sahel Live"))
    assert origins(event) == ["Red Crescent"]


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


@pytest.mark.parametrize(
    ("case", "voices", "count"),
    [
        ("the only army", ["en: army: the Malian army", "fr: army: l'armée", "ar: army: الجيش"], 1),
        ("an army and its country's in another language", ["en: the Malian army", "fr: l'armée malienne", "ar: الجيش المالي"], 1),
        ("two armies: nobody knows which is meant", ["en: the Malian army", "en: the Nigerien army", "fr: army: l'armée"], 3),
        ("rebels are not the army", ["en: Tuareg rebel forces", "fr: army: l'armée"], 2),
        ("the spokesman of the police", ["en: police: Police spokesman Nahum Daso", "en: police: police", "fr: police: la police"], 1),
        ("two who speak for one police", ["en: police: Police spokesman Nahum Daso", "en: police: county police commander Ali Mwaura"], 1),
        ("the spokesman of the police of a town, and the police", ["en: police: the police spokesman in Mopti", "en: police: police"], 1),
        ("the only governor", ["en: police: regional governor Oleh Vdovenko", "fr: police: le gouverneur"], 1),
        ("two governors", ["en: police: the governor of Samarra", "fr: police: le gouverneur de Mossoul", "en: police: the governor"], 3),
        ("the governor is not the police", ["en: police: police", "fr: police: le gouverneur"], 2),
        ("a union, its country told three ways", ["en: the Sudan Doctors' Union", "fr: l'Union des médecins soudanais", "ar: نقابة أطباء السودان"], 1),
        ("unions of two countries", ["en: the Sudan Doctors' Union", "fr: l'Union des médecins tchadiens"], 2),
        ("civil defence", ["en: other: civil defence", "fr: other: la Défense civile", "ar: الدفاع المدني"], 1),
        ("those without a name, by what they are", ["en: sources: medics", "fr: sources: des sources médicales", "ar: sources: مصادر طبية"], 1),
        ("those without a name, of two kinds", ["en: sources: medics", "fr: sources: une source sécuritaire"], 2),
        ("bodies of one state are one camp", ["en: the Armenian ministry of defence", "fr: l'armée arménienne"], 1),
    ],
)  # fmt: skip
def test_an_office_is_one_voice_where_a_country_or_the_happening_has_one(
    case: str, voices: list[str], count: int
) -> None:
    told = []
    for number, line in enumerate(voices):
        language, _, voice = line.partition(": ")
        told.append(telling(f"Outlet {number}", 15, said(voice), language=language))
    assert len(origins(weighed(*told))) == count, case


def test_a_ministry_that_publishes_itself_is_the_one_that_others_cite() -> None:
    event = weighed(
        telling("Armenian Ministry of Defence", 15, said()),
        telling("Le Fil", 16, said("le ministère arménien de la Défense"), language="fr"),
    )
    assert origins(event) == ["Armenia: ministry of defence"]


def test_the_army_is_the_one_that_is_said_to_have_done_it() -> None:
    """What "the army" says of a killing that its country's soldiers are blamed for is a party's word, not that of an authority without a part in it."""
    army = actor("Malian soldiers", Role.PERPETRATOR, ActorKind.STATE_FORCES, "ml.army")
    event = weighed(telling("Post", 15, said("army: the army"), by=[army]))
    assert {"own_acts"} <= set(names(event)) and "official" not in names(event)


@pytest.mark.parametrize(
    ("referent", "named"),
    [("Rebels of the Allied Democratic Forces", "The army"), ("the Malian army", "Mali: armed forces"), ("the coalition forces", "The army")],
)  # fmt: skip
def test_the_army_is_no_rebels_that_were_named_before(referent: str, named: str) -> None:
    text = f"{referent} The army"
    told = telling("Post", 15, said("army: The army"))
    (claim,) = told.claims
    army = replace(claim.chain[0], refers_to=Span(0, len(referent)))
    event = weighed(replace(told, report=replace(told.report, text=text), claims=(replace(claim, chain=(army,)),)))
    assert origins(event) == [named]


def test_who_says_nothing_of_the_happening_is_no_origin() -> None:
    """The second claim holds no word of the happening: a passer-by attests nothing by it, an official may speak of it in other words."""
    passer_by = weighed(telling("Post", 15, said("Red Crescent"), said("person: Baya Lawa")))
    assert origins(passer_by) == ["Red Crescent"]
    official = weighed(telling("Post", 15, said("Red Crescent"), said("police: the police")))
    assert len(origins(official)) == 2


def test_short_names_and_initials_are_the_same_voice() -> None:
    event = weighed(
        telling("Post", 15, said("Syrian Observatory for Human Rights")), telling("Wire", 15, said("the SOHR")), telling("Herald", 15, said("the Observatory")),
    )  # fmt: skip
    assert origins(event) == ["Syrian Observatory for Human Rights"]


def test_a_short_name_that_the_registry_has_twice_is_that_of_the_party_at_hand() -> None:
    forces = Source("rsf-sudan", "Rapid Support Forces", SourceKind.ARMED_GROUP, ("Rapid Support Forces", "RSF"))
    reporters = Source(
        "rsf", "Reporters Without Borders", SourceKind.ORGANISATION, ("Reporters Without Borders", "RSF")
    )
    by = [actor("the Rapid Support Forces", Role.PERPETRATOR, ActorKind.REBEL_GROUP, "rsf-sudan")]
    event = weighed(telling("Post", 15, said("The RSF", killed=3), by=by), sources=[forces, reporters])
    assert origins(event) == ["Rapid Support Forces"]
    assert "own_acts" in names(event)
    assert origins(weighed(telling("Post", 15, said("The RSF")), sources=[forces, reporters])) == ["The RSF"]


def test_those_who_deny_are_no_origin() -> None:
    event = weighed(telling("Post", 15, said("Red Crescent"), said("army: the Malian army", stance=Stance.DENIES)))
    assert origins(event) == ["Red Crescent"]
