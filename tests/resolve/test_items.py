"""Points of a list tell for themselves: whatever stands beside them, they are read as they are alone; one happening told in points stays one."""

import pytest

import ondit

_PUBLISHED = "2025-03-04"

# The reports are invented.
_POINTS = {
    "en": (
        "Hamas fired rockets at Ashkelon",
        "12 civilians killed in Ansongo",
        "Gunmen abducted 30 pupils in Kaduna.",
        "Three dead in protest in Nairobi",
        "An air strike on a market in Nyala killed nine people on Sunday, local medics said.",
        "Five farmers were killed by unknown men.",
    ),
    "fr": (
        "Le Hamas a tiré des roquettes sur Ashkelon",
        "12 civils tués à Ansongo",
        "Des hommes armés ont enlevé 30 élèves à Kaduna.",
        "4 blessés à Kherson",
        "Une frappe aérienne sur un marché de Nyala a fait neuf morts dimanche, selon des médecins.",
        "Cinq cultivateurs ont été tués par des inconnus.",
    ),
    "ar": (
        "أطلقت حماس صواريخ على غزة",
        "مقتل 12 مدنيا في بنغازي",
        "اختطف مسلحون 30 تلميذا في كادونا.",
        "إصابة أربعة أشخاص في خيرسون",
        "قتلت غارة جوية تسعة أشخاص في سوق نيالا يوم الأحد، بحسب أطباء.",
        "قتل خمسة مزارعين على يد مجهولين.",
    ),
}
_MARKS = ("- ", "• ", "🔴 ", "{}. ", "{}) ", "▪️ ")


def _read(text: str, language: str) -> list[tuple[int, str, object]]:
    """Of each claim where it begins, its happening's id, and what it tells."""
    reading = ondit.read(text, lang=language, published=_PUBLISHED)
    events = {event.id: event for event in reading.events}
    told = []
    for claim in reading.claims:
        event = events.get(claim.event or "")
        facts = event and (
            event.type,
            sorted(place.text for place in event.places),
            [time.text for time in event.times],
            [(actor.role, actor.text) for actor in event.actors],
        )
        voices = [voice.text for voice in claim.chain]
        counts = [(count.what, count.low) for count in claim.counts]
        told.append((claim.content.start, claim.event or "", (voices, claim.content.of(text), facts, counts)))
    return told


def _listed(points: tuple[str, ...], mark: str) -> tuple[str, list[int]]:
    """The points as a list, and where each begins behind its mark."""
    text, begins = "", []
    for number, point in enumerate(points, 1):
        text += mark.format(number)
        begins.append(len(text))
        text += point + "\n"
    return text, begins


@pytest.mark.parametrize("mark", _MARKS)
@pytest.mark.parametrize("language", _POINTS)
def test_a_point_is_read_as_it_is_alone(language: str, mark: str) -> None:
    points = _POINTS[language]
    alone = {point: [facts for _, _, facts in _read(point, language)] for point in points}
    assert all(alone.values())
    for order in (points, points[::-1], (*points[3:], *points[1:3])):
        text, begins = _listed(order, mark)
        told = _read(text, language)
        for point, begin in zip(order, begins, strict=True):
            here = [facts for at, _, facts in told if begin <= at <= begin + len(point)]
            assert here == alone[point]
        homes = [event for _, event, _ in told if event]
        assert len(set(homes)) == len(homes)


# In each report: of every claim with a happening the number of that happening, its type, the first place.
_REPORTS = {
    "points of one happening": (
        "en",
        (
            "Suicide attack on a mosque in Peshawar: what we know\n\n- A suicide bomber blew himself up at noon.\n"
            "- At least 32 people were killed and 150 wounded.\n- No group has claimed the attack.\n"
        ),
        [(0, "bombing_ied", "Peshawar")] * 4,
    ),
    "one happening in paragraphs with emoji": (
        "en",
        (
            "🔴 Explosion heard in Goma this morning.\n\n🔵 At least five people were killed, hospital sources say.\n\n"
            "⚪ No group has claimed the attack.\n"
        ),
        [(0, "bombing_ied", "Goma")] * 3,
    ),
    "tolls of one happening": (
        "fr",
        (
            "Un séisme a frappé la région de Jajarkot vendredi soir.\n\nLe bilan provisoire est de 69 morts, a annoncé la police.\n\n"
            "Dans la soirée, le ministère de l'Intérieur a fait état de 132 morts.\n"
        ),
        [(0, "disaster", "Jajarkot")] * 3,
    ),
    "lines with a country before them": (
        "en",
        (
            "Israel: Hamas fired rockets at Ashkelon\nMali: 12 civilians killed in Ansongo\n"
            "Iran: the foreign ministry condemned the attack on Natanz\nUkraine: 4 people injured in Kherson\n"
        ),
        [
            (0, "shelling_missile_attack", "Ashkelon"),
            (1, "armed_attack", "Ansongo"),
            (2, "armed_attack", "Natanz"),
            (3, "other", "Kherson"),
        ],
    ),
    "lines with a day before them": (
        "en",
        (
            "1 March: An IED killed two policemen in Bannu.\n2 March: Gunmen abducted a judge.\n"
            "3 March: Security forces killed five militants in an operation.\n"
        ),
        [(0, "bombing_ied", "Bannu"), (1, "abduction", ""), (2, "armed_attack", "")],
    ),
    "what leads to a list says what its points are": (
        "en",
        "Russian drones hit several Ukrainian regions overnight:\n• Kharkiv: three people killed\n• Odesa: seven injured\n",
        [(0, "drone_strike", ""), (1, "drone_strike", "Kharkiv"), (2, "drone_strike", "Odesa")],
    ),
    "a point without a place has none of another point": (
        "fr",
        (
            "🔴 Le porte-parole de l'armée : « Nos forces ont repris Labbezanga. »\nL'état-major : 14 terroristes tués à Tessit\n"
            "• Une source sécuritaire : l'attaque a fait 9 morts\n"
        ),
        [(0, "territory_change", "Labbezanga"), (1, "armed_attack", "Tessit"), (2, "armed_attack", "")],
    ),
    "headings": (
        "en",
        (
            "North Darfur\nShelling of Abu Shouk camp killed six people on Monday. Eleven others were injured.\n\n"
            "South Kordofan\nFighting broke out near Kadugli.\n\n"
            "Khartoum State\nThe army recaptured Bahri. Residents said the fighting had stopped.\n"
        ),
        [
            (0, "shelling_missile_attack", "Abu Shouk"),
            (0, "shelling_missile_attack", "Abu Shouk"),
            (1, "armed_clash", "Kadugli"),
            (2, "territory_change", "Bahri"),
            (3, "armed_clash", "Bahri"),
        ],
    ),
    "background": (
        "en",
        (
            "A bomb killed nine people at a market in Jos on Tuesday, the state government said.\n\n"
            "Last year, 150 people were killed in attacks on villages across Plateau state.\n\n"
            "The bomb had been hidden in a cart, said trader Musa Bello.\n"
        ),
        [(0, "bombing_ied", "Jos"), (1, "armed_attack", "Plateau"), (0, "bombing_ied", "Jos")],
    ),
    "another kind elsewhere": (
        "en",
        (
            "Gunmen killed 14 farmers in the village of Tumba in Kaduna state on Sunday.\n\n"
            "In January, 20 people were killed in an air strike in Zamfara.\n"
        ),
        [(0, "armed_attack", "Tumba"), (1, "air_strike", "Zamfara")],
    ),
    "no conflict": (
        "en",
        "The city council of Lyon approved a budget on Monday.\n\nThe football club signed two new players on Tuesday.\n",
        [(0, "sanction_policy", "Lyon"), (1, "other", "")],
    ),
}


@pytest.mark.parametrize("name", _REPORTS)
def test_what_is_carried_from_one_telling_to_another(name: str) -> None:
    language, text, expected = _REPORTS[name]
    reading = ondit.read(text, lang=language, published=_PUBLISHED)
    order: dict[str, int] = {}
    events = {event.id: event for event in reading.events}
    told = []
    for claim in reading.claims:
        if claim.event is not None:
            event = events[claim.event]
            place = event.places[0].text if event.places else ""
            told.append((order.setdefault(event.id, len(order)), event.type, place))
    assert told == expected
