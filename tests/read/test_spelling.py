"""A statement without accents, in capitals or in small letters says what it says with them, and is shown as it is written."""

import unicodedata

import pytest

import ondit
from ondit.languages import load_pack
from ondit.normalise.spelling import spelled_out

# The reports are invented.
_BODIES = (
    "L'armée malienne affirme avoir tué 15 terroristes à Ansongo.",
    "L'armée nigérienne annonce avoir tué 15 terroristes à Banibangou.",
    "Selon un élu local, trois soldats ont été enlevés à Ansongo.",
    "Le maire de Gao a déclaré que six camions avaient été brûlés.",
    "Douze civils ont été tués à Ansongo.",
    "« Les assaillants ont brûlé dix maisons », a raconté un témoin.",
    "Au moins 12 morts dans une attaque à Tessit",
    "Le JNIM revendique l'attaque de Tessit.",
    "L'état-major dément toute attaque à Gao.",
    "Deux policiers auraient été enlevés à Gao, d'après une source sécuritaire.",
    "Hier soir à Djibo, des hommes armés ont tué 5 VDP selon une source locale",
)
_ENGLISH = (
    "The army says it shot down 34 drones near Kursk",
    "Breaking: 12 killed in strike on Rafah",
    "According to a local official, three soldiers were abducted in Ansongo.",
)


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


_VARIANTS = {
    "without accents": _bare,
    "in capitals": str.upper,
    "in capitals without accents": lambda text: _bare(text.upper()),
    "in small letters": str.lower,
    "in small letters without accents": lambda text: _bare(text.lower()),
}


def _read(text: str, lang: str) -> list[tuple[object, ...]]:
    reading = ondit.read(text, lang=lang, published="2025-03-04")
    events = {event.id: event for event in reading.events}
    found = []
    for claim in reading.claims:
        assert claim.content.of(text)
        assert all(voice.text == voice.span.of(text) for voice in claim.chain)  # shown as it is written
        event = events.get(claim.event or "")
        told = (event.type, tuple(place.name for place in event.places)) if event else ()
        counts = tuple((count.what, count.low, count.high) for count in claim.counts)
        chain = tuple(_bare(voice.text).lower() for voice in claim.chain)
        found.append((chain, _bare(claim.content.of(text)).lower(), claim.stance, told, counts))
    return found


@pytest.mark.parametrize("body", _BODIES)
def test_accents_and_cases_change_nothing(body: str) -> None:
    plain = _read(body, "fr")
    assert plain
    assert {name: found for name, vary in _VARIANTS.items() if (found := _read(vary(body), "fr")) != plain} == {}


@pytest.mark.parametrize("body", _ENGLISH)
def test_capitals_change_nothing_of_an_english_line(body: str) -> None:
    assert _read(body, "en")
    assert _read(body.upper(), "en") == _read(body, "en")


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("BURKINA : DIX-SEPT VDP TUES DANS UNE ATTAQUE A BARSALOGHO", "Burkina : dix-sept VDP tués dans une attaque à Barsalogho"),
        ("Le convoi a quitte la base a 14h. Il a ete attaque a 20 km de Gao.", "Le convoi a quitté la base à 14h. Il a été attaqué à 20 km de Gao."),
        ("Le gouvernement a le controle de la ville.", "Le gouvernement a le contrôle de la ville."),
        ("TROIS SOLDATS TUÉS A TERA", "Trois soldats tués à Tera"),
        ("ALERTE AU NIGER, SELON RFI\nTrois soldats tués à Téra.", "Alerte au Niger, selon RFI\nTrois soldats tués à Téra."),
        # Nothing shows that an accent or a capital was left out.
        ("Trois hommes sont morts dans une embuscade.", "Trois hommes sont morts dans une embuscade."),
        ("Un homme a un fusil.", "Un homme a un fusil."),
        ("Les FAMa et le JNIM", "Les FAMa et le JNIM"),
        ("Il a tué deux hommes et brule les maisons a Gao.", "Il a tué deux hommes et brule les maisons a Gao."),
        ("RFI / AFP", "RFI / AFP"),
    ],
)  # fmt: skip
def test_only_what_is_missing_is_put_in(written: str, spelled: str) -> None:
    assert spelled_out(written, load_pack("fr"), is_place=lambda _: False) == spelled
