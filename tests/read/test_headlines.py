"""English headlines and wire snaps: the present tense that looks like a noun, what no verb tells, voices at either end.

The reports are invented.
"""

import pytest

import ondit

_PUBLISHED = "2025-03-04"


def _read(text: str, lang: str = "en") -> list[tuple[str, str, str | None]]:
    reading = ondit.read(text, lang=lang, published=_PUBLISHED)
    types = {event.id: event.type for event in reading.events}
    return [
        (" > ".join(voice.text for voice in claim.chain), claim.content.of(text), types.get(claim.event or ""))
        for claim in reading.claims
    ]


@pytest.mark.parametrize(
    ("text", "happened"),
    [
        ("Gunmen kidnap 12 students in Kaduna", "abduction"),
        ("Rebels attack village in Ituri", "armed_attack"),
        ("Soldiers kill protesters in Conakry", "armed_attack"),
        ("Taliban seize border post", "territory_change"),
        ("Houthis fire missiles at Eilat", "shelling_missile_attack"),
        ("Protesters torch police station in Nairobi", "looting_destruction"),
        ("Drone hits fuel depot in Rostov", "drone_strike"),
        ("Israeli army raids Jenin camp", "armed_attack"),
        ("Roadside bomb targets convoy near Gao", "bombing_ied"),
        ("Mob burns police station", "riot"),
        ("Rocket attacks kill five in Sderot", "shelling_missile_attack"),
        ("Israel air strikes hit Beirut suburb", "air_strike"),
        ("Bomb hits market, kills 12", "bombing_ied"),
        ("Gunmen Storm Church In Plateau State", "armed_attack"),
        ("TROOPS REPEL ATTACK ON DJIBO", "armed_clash"),
    ],
)
def test_the_present_tense_of_a_headline_is_a_verb(text: str, happened: str) -> None:
    assert _read(text) == [("", text, happened)]


@pytest.mark.parametrize(
    "text",
    [
        "Security forces base near the town",
        "Rebels attack plans",
    ],
)
def test_nouns_of_a_headline_stay_nouns(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize("month", ["March", "May", "Mar", "January"])
@pytest.mark.parametrize(
    "text",
    [
        "On 4 {} 2025, militants attacked farmers in Kawuri village.",
        "Militants attacked farmers in Kawuri village on {} 2nd.",
        "4 {}: Gunmen attacked three farmers in Kawuri.",
    ],
)
def test_a_month_is_no_happening(text: str, month: str) -> None:
    assert [happened for _, _, happened in _read(text.format(month))] == ["armed_attack"]
