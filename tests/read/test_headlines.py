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


@pytest.mark.parametrize(
    ("text", "happened"),
    [
        ("Explosions in Belgorod", "bombing_ied"),
        ("Drone strike on oil depot in Rostov", "drone_strike"),
        ("Air strikes Thursday on Idlib", "air_strike"),
        ("At least 20 dead in Goma prison fire", "disaster"),
        ("Car bomb in Kismayo, 8 dead", "bombing_ied"),
        ("Ambush near Djibo: 14 soldiers dead", "armed_attack"),
        ("Protest in Nairobi against tax bill", "protest"),
        ("Toll in Peshawar mosque blast climbs to 59", "bombing_ied"),
    ],
)
def test_what_no_verb_tells_is_told_all_the_same(text: str, happened: str) -> None:
    assert _read(text) == [("", text, happened)]


@pytest.mark.parametrize(
    "text",
    [
        "Attacks in Gao:",
        "What next after the attack in Gao?",
        "Situation in North Kivu",
        "PROTECTION",
    ],
)
def test_a_title_tells_nothing(text: str) -> None:
    assert _read(text) == []


_BODIES = (
    "Three soldiers killed in ambush in northern Benin",
    "Gunmen kidnap 12 students in Kaduna",
    "Explosion heard near Damascus airport",
    "At least 20 dead in Goma prison fire",
    "Russian drones hit power plant in Odesa",
    "Car bomb in Kismayo, 8 dead",
)
_TAILS = {
    " - police": "police",
    " -police": "police",
    " — police": "police",
    " -- police": "police",
    ": police": "police",
    ": ministry of defence": "ministry of defence",
    " - local official": "local official",
    ": UN": "UN",
    " - reports": "reports",
    " - police say": "police",
    ", say police": "police",
    ", reports say": "reports",
    ", official tells AFP": "AFP > official",
    " (police)": "police",
    " (source: police)": "police",
    " (Source: Radio Okapi).": "Radio Okapi",
    ". Source: Radio Okapi": "Radio Okapi",
    ".\nSource: Radio Okapi, https://example.org/a": "Radio Okapi",
    " h/t @okapi": "@okapi",
    " (via Reuters)": "Reuters",
}


@pytest.mark.parametrize("body", _BODIES)
def test_whoever_stands_at_the_end_of_a_headline_says_it(body: str) -> None:
    found = {tail: [(voice, content) for voice, content, _ in _read(body + tail)] for tail in _TAILS}
    assert found == {tail: [(voice, body)] for tail, voice in _TAILS.items()}


@pytest.mark.parametrize(
    ("lang", "text", "voices"),
    [
        ("en", "Two men died in Gao (Sources: Studio Tamani; Radio Okapi, 2 March).", ["Studio Tamani", "Radio Okapi"]),
        ("en", "Two men died in Gao, officials said.\nSource: AFP", ["AFP > officials"]),
        ("en", "Two men died in Gao.\n\nThree men died in Sake.\nSource: AFP", ["", "AFP"]),
        ("en", "Two men died in Gao. Source: a leak killed them in Sake", [""]),
        ("en", "The convoy was attacked near Gao via Niamey.", [""]),
        ("fr", "Douze civils ont été tués à Ansongo (source : Studio Tamani).", ["Studio Tamani"]),
        ("fr", "Douze civils ont été tués à Ansongo. Source : maire", ["maire"]),
        ("ar", "قتل تسعة مدنيين في حمص. المصدر: سبوتنيك", ["سبوتنيك"]),
        ("ar", "قتل تسعة مدنيين في حمص (المصدر: سبوتنيك)", ["سبوتنيك"]),
    ],
)
def test_a_credit_is_a_voice(lang: str, text: str, voices: list[str]) -> None:
    assert [voice for voice, _, _ in _read(text, lang)][: len(voices)] == voices
