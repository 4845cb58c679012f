"""What closes a line or post: links and hashtags are no part of what is told, a credit says whom it is told through."""

import pytest

import ondit

_PUBLISHED = "2025-03-04"


def _read(text: str, lang: str) -> list[tuple[tuple[str, ...], str, str | None, tuple[str, ...]]]:
    reading = ondit.read(text, lang=lang, published=_PUBLISHED)
    events = {event.id: event for event in reading.events}
    found = []
    for claim in reading.claims:
        event = events.get(claim.event or "")
        places = tuple(place.name for place in event.places) if event else ()
        found.append((tuple(v.text for v in claim.chain), claim.content.of(text), event and event.type, places))
    return found  # type: ignore[return-value]


# The reports are invented.
_BODIES = {
    "fr": (
        "Selon un élu local, trois soldats ont été enlevés à Ansongo.",
        "Douze civils ont été tués à Ansongo",
        "Au moins 12 morts dans une attaque à Tessit",
    ),
    "en": (
        "According to a local official, three soldiers were abducted in Ansongo.",
        "Twelve civilians were killed in Ansongo",
        "At least 12 dead in attack on Tessit",
    ),
    "ar": ("بحسب مصدر أمني، قتل 9 جنود في حمص.", "مقتل تسعة مدنيين في غارة على حمص"),
}
_TAILS = (
    " https://t.me/canal/1204",
    " http://exemple.org/a?b=1.2#Top",
    "\nhttps://exemple.org/Un.Autre",
    " www.exemple.org/x",
    " 🔥🔥",
    " ⬇️ https://t.me/canal/1204 🔴",
    "\n\nt.me/canal",
)


@pytest.mark.parametrize(("lang", "body"), [(lang, body) for lang, bodies in _BODIES.items() for body in bodies])
def test_links_and_signs_behind_a_line_change_nothing(lang: str, body: str) -> None:
    alone = _read(body, lang)
    assert alone
    assert {tail: found for tail in _TAILS if (found := _read(body + tail, lang)) != alone} == {}


@pytest.mark.parametrize(
    ("lang", "plain", "word"),
    [
        ("fr", "Selon un élu local, trois soldats ont été enlevés à Ansongo.", "Ansongo"),
        ("fr", "Les FAMa ont tué douze terroristes à Ansongo.", "FAMa"),
        ("fr", "Le maire de Gao a déclaré que six camions avaient été brûlés.", "Gao"),
        ("en", "An air strike killed twelve civilians in Ansongo, the local charity says.", "Ansongo"),
        ("ar", "بحسب مصدر أمني، قتل 9 جنود في حمص.", "حمص"),
    ],
)
def test_a_hashtag_is_its_word(lang: str, plain: str, word: str) -> None:
    tagged = plain.replace(word, f"#{word}")
    bare = [(tuple(v.replace("#", "") for v in chain), said.replace("#", ""), *rest) for chain, said, *rest in _read(tagged, lang)]  # fmt: skip
    assert bare == _read(plain, lang)


@pytest.mark.parametrize(
    ("lang", "text", "chains"),
    [
        ("fr", "Neuf orpailleurs enlevés près de Kayes (source : Wamaps)", [("Wamaps",)]),
        ("fr", "Un poste de police incendié à Fort-Liberté. Source : Haïti Libre", [("Haïti Libre",)]),
        ("fr", "Trois hommes sont morts à Luhwindja. (Source : Radio Maendeleo)", [("Radio Maendeleo",)]),
        ("fr", "Une frappe a visé un véhicule à Nabatiyé – via @Liban_Info", [("@Liban_Info",)]),
        ("fr", "Quinze terroristes sont morts à Gao. (AFP)", [("AFP",)]),
        ("fr", "Quinze terroristes sont morts à Gao, selon l'armée (source : RFI)", [("RFI", "l'armée")]),
        ("fr", "🔴 Douze civils tués à Ansongo.\nDu bétail a été emporté.\n\nSource : Studio Tamani", [("Studio Tamani",)] * 2),
        ("fr", "Six morts à Gao.\n\nDouze civils tués à Ansongo.\nSources : RFI, Studio Tamani", [(), ("RFI",), ("Studio Tamani",)]),
        ("en", "Nine miners abducted near Kayes (source: Wamaps)", [("Wamaps",)]),
        ("en", "Nine miners were abducted near Kayes. Source: Radio Kayes", [("Radio Kayes",)]),
        ("en", "Nine miners were abducted near Kayes, via @SahelWatch", [("@SahelWatch",)]),
        ("ar", "مقتل تسعة مدنيين في غارة على حمص. المصدر: شام إف إم", [("شام إف إم",)]),
        # What only looks like one.
        ("fr", "Source militaire : trois soldats tués à Gao", [("Source militaire",)]),
        ("fr", "Selon une source : trois soldats ont été tués à Gao.", [("une source",)]),
        ("fr", "Le convoi attaqué à Ansongo était passé via Gao.", [()]),
        ("en", "The convoy attacked in Ansongo had come via Gao.", [()]),
        ("fr", "Le convoi a été attaqué à Ansongo, via la piste", [()]),
        ("fr", "Via Ansongo\nLe convoi a été attaqué à Gao.", [()]),
        ("fr", "Côté FDS : trois blessés à Gao.", [()]),
        ("en", "Casualties of the army: three dead in Gao.", [()]),
        ("fr", "Sources : le ministère et l'ONU", []),
    ],
)  # fmt: skip
def test_a_credit_says_whom_a_line_is_told_through(lang: str, text: str, chains: list[tuple[str, ...]]) -> None:
    assert [chain for chain, *_ in _read(text, lang)] == chains


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("Gaza : 12 morts dans une frappe à Rafah", ["Gaza : 12 morts dans une frappe à Rafah"]),
        ("L'armée a repris Tessit. Bilan provisoire : 4 morts et 11 blessés.", ["L'armée a repris Tessit", "Bilan provisoire : 4 morts et 11 blessés"]),
        ("🇳🇪 NIGER | Attaque contre le camp d'Eknewan. L'état-major se tait.", ["Attaque contre le camp d'Eknewan"]),
        ("En février :\n- 4 incidents contre des humanitaires à Lubero\n- 3 blessés à Minova", ["4 incidents contre des humanitaires à Lubero", "3 blessés à Minova"]),
        ("Réactions internationales\nUne région sous tension\nPar Jean Dupont, à Bamako\nPhoto : AFP\nQuelle attaque à Gao ?", []),
    ],
)  # fmt: skip
def test_a_line_without_a_verb_tells_something_where_it_has_a_figure_or_a_happening_somewhere(
    text: str, contents: list[str]
) -> None:
    assert [said for _, said, *_ in _read(text, "fr")] == contents


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("fr", "Lire aussi : L'armée a repris la ville de Gao"),
        ("fr", "👉 À lire : Attaque contre le camp de Kidal"),
        ("fr", "Suivez-nous sur Facebook et Telegram"),
        ("fr", "🔔 Abonnez-vous à notre chaîne"),
        ("en", "Read also: The army retook Gao"),
        ("en", "👉 Follow us on Facebook and Telegram"),
        ("ar", "اقرأ أيضاً: الجيش يستعيد مدينة غاو"),
        ("ar", "تابعونا على تلغرام"),
        ("fr", "COMMUNIQUÉ N°014"),
        ("fr", "Fait à Kidal, le 3 mars 2025"),
        ("en", "Press release No. 12/2025"),
        ("ar", "بيان رقم 12"),
        ("fr", "Q : Combien de victimes avez-vous recensées ?"),
        ("fr", "RFI : Qui a attaqué la ville de Gao ?"),
        ("fr", "Y a-t-il des otages à Gao ?"),
        ("en", "What do we know of the attack in Gao?"),
    ],
)
def test_a_line_that_leads_elsewhere_or_is_mere_form_tells_nothing(lang: str, line: str) -> None:
    body = _BODIES[lang][0]
    assert _read(line, lang) == []
    assert _read(f"{body}\n{line}", lang) == _read(body, lang)
