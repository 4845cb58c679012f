"""What stands before a line – emoji, bullets, labels, hashtags, the hour of a ticker – changes nothing of what is read behind it."""

import pytest

import ondit
from ondit.text.signs import before_signs, behind_signs

_PUBLISHED = "2025-03-04"

# The reports are invented.
_BODIES = {
    "fr": (
        "Le porte-parole de l'armée : « Nos forces ont repris Labbezanga. »",
        "L'état-major : 14 terroristes tués à Tessit",
        "Selon un élu local, trois soldats ont été enlevés à Ansongo.",
        "Douze civils ont été tués à Ansongo.",
    ),
    "en": (
        'The army spokesman: "Our forces retook Labbezanga."',
        "General Staff: 14 militants killed in Tessit",
        "According to a local official, three soldiers were abducted in Ansongo.",
        "Twelve civilians were killed in Ansongo.",
    ),
    "ar": (
        "المتحدث العسكري: إسقاط طائرة مسيرة فوق حمص",
        "وزارة الصحة: مقتل 12 شخصا في غارة على خان يونس",
        "بحسب مصدر أمني، قتل 9 جنود في حمص.",
        "قتل تسعة مدنيين في حمص.",
    ),
}
_SIGNS = (
    "🔴 ",
    "🚨🚨",
    "⚡️",
    "▪️ ",
    "• ",
    "◾️",
    "🇲🇱 ",
    "1️⃣ ",
    "\u200f",
    "\u202b",
    "✅❗️ ",
    "➖➖\n",
    "•\xa0",
    "🔹🔸 ",
    "- ",
    "– ",
    "* ",
    "** ",
    "> ",
    "=> ",
    "| ",
    "🔴 | ",
    "⚡️⚡️ - ",
    "1. ",
    "1) ",
    "(1) ",
    "1- ",
    "1 - ",
    "1.- ",
    "14:30 - ",
    "[14:30] ",
    "1042 GMT - ",
    "0930: ",
)
_LABELS = {
    "fr": (
        "URGENT : ",
        "🔴 URGENT | ",
        "🔴 ALERTE INFO. ",
        "#Mali : ",
        "#Mali | ",
        "#Mali 🇲🇱 ",
        "#URGENT ",
        "[URGENT] ",
        "⚠️ [MALI] ",
        "MISE À JOUR : ",
        "Mali - ",
        "Sahel | ",
    ),
    "en": (
        "BREAKING: ",
        "🚨 BREAKING 🚨 ",
        "JUST IN: ",
        "#Mali: ",
        "#Mali 🇲🇱 ",
        "#BREAKING ",
        "[UPDATE] ",
        "⚠️ [MALI] ",
        "Mali - ",
        "Sahel | ",
        "BREAKING | #Mali | ",
        "10:42 ",
        "10.42 GMT ",
    ),
    "ar": (
        "#سوريا ",
        "🇸🇾 #سوريا ",
        "عاجل | ",
        "#عاجل ",
        "🚨 #عاجل: ",
        "⚡️عاجل⚡️ ",
        "خبر عاجل: ",
        "#سوريا | ",
        "[عاجل] ",
        "سوريا | ",
        "عاجل.. ",
    ),
}


def _read(text: str, lang: str) -> list[tuple[object, ...]]:
    reading = ondit.read(text, lang=lang, published=_PUBLISHED)
    types = {event.id: event.type for event in reading.events}
    return [
        ([voice.text for voice in claim.chain], claim.content.of(text), types.get(claim.event or ""))
        for claim in reading.claims
    ]


@pytest.mark.parametrize(("lang", "body"), [(lang, body) for lang, bodies in _BODIES.items() for body in bodies])
def test_what_heads_a_line_is_told_by_nobody(lang: str, body: str) -> None:
    alone = _read(body, lang)
    assert alone
    changed = {head: found for head in (*_SIGNS, *_LABELS[lang]) if (found := _read(head + body, lang)) != alone}
    assert changed == {}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("🔴 Army said", "Army said"),
        ("12 dead", "12 dead"),
        ("1️⃣ 12 dead ✅", "12 dead"),
        ("-5 °C", "-5 °C"),
        ("«oui» 🇫🇷", "«oui»"),
        ("🚨🚨", ""),
    ],
)
def test_signs_are_no_part_of_a_sentence(text: str, kept: str) -> None:
    start = behind_signs(text, 0, len(text))
    assert text[start : before_signs(text, start, len(text))] == kept


@pytest.mark.parametrize("text", ["URGENT :", "🔴 URGENT :\nURGENT :", "#", "[", "1.", "🔴", "- \n- ", "BREAKING |"])
def test_a_line_that_is_nothing_but_its_head_is_read_without_an_error(text: str) -> None:
    assert ondit.read(text, lang="fr", published=_PUBLISHED).claims == ()


@pytest.mark.parametrize(
    ("lang", "text", "places"),
    [
        ("fr", "▪️ Gossi : 12 soldats tués.\n▪️ Ménaka : 4 civils enlevés lundi.", ["Gossi", "Ménaka"]),
        ("fr", "▪️ Burkina Faso – Djibo : le JNIM a attaqué un poste militaire.", ["Djibo"]),
        ("en", "- Gossi: 12 soldiers killed.\n- Menaka: 4 civilians abducted.", ["Gossi", "Ménaka"]),
        ("fr", "Sanchez : « L'armée a tué dix civils à Gao. »", ["Gao"]),
    ],
)
def test_a_place_before_a_colon_is_where_its_line_happened(lang: str, text: str, places: list[str]) -> None:
    reading = ondit.read(text, lang=lang, published=_PUBLISHED)
    events = {event.id: event for event in reading.events}
    assert [events[claim.event or ""].places[0].name for claim in reading.claims] == places
