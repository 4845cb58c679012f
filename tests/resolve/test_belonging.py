"""Which place and day of a sentence a happening gets: those of its own clause, not those of an aside, of what it answers, or of an office. Invented happenings."""

import pytest

import ondit


def told(text: str, language: str, type_: str) -> tuple[str, str]:
    """Day and first place of the first happening of a type."""
    reading = ondit.read(text, published="2024-05-20", lang=language)
    event = next(e for e in reading.events if e.type == type_)
    when = next((t.interval.edtf for t in event.times if t.interval and t.interval.edtf), "")
    where = next((p.name for p in event.places if not p.metonym), "")
    return when, where


@pytest.mark.parametrize(
    ("language", "text", "type_", "when", "where"),
    [
        ("en", "The mayor, who survived a bomb in Basra in 2019, was shot dead on Monday in Mosul.", "armed_attack", "2024-05-20", "Mosul"),
        ("en", "Rebels fired rockets at Haifa on Sunday to avenge the killing of a commander last month in Beirut.", "shelling_missile_attack", "2024-05-19", "Haifa"),
        ("en", "It was the third car bomb attack in Mogadishu since January, police said.", "bombing_ied", "", "Mogadishu"),
        ("en", "The governor of Basra said gunmen killed two farmers near Amarah on Saturday.", "armed_attack", "2024-05-18", "Al ‘Amārah"),
        ("en", "A U.S. missile strike hit a depot in Homs on Friday.", "shelling_missile_attack", "2024-05-17", "Homs"),
        ("fr", "L'armée a bombardé dimanche un dépôt à Kherson, ville reprise en 2022.", "air_strike", "2024-05-19", "Kherson"),
        ("fr", "Les forces de Kiev ont bombardé un dépôt à Gorlivka samedi.", "air_strike", "2024-05-18", "Horlivka"),
        ("fr", "L'armée bombarde la ville de Goma depuis trois jours.", "air_strike", "2024-05-17/2024-05-20", "Goma"),
        ("fr", "Deux passagers d'un vol en provenance de Genève ont été tués par balles dimanche à Bruxelles.", "armed_attack", "2024-05-19", "Brussels"),
        ("en", "Gunmen killed a trader born in Basra on Friday in a market of Mosul.", "armed_attack", "2024-05-17", "Mosul"),
        ("ar", "قصفت الطائرات مخزنا في حلب يوم الأحد ردا على مقتل جندي في حمص الشهر الماضي.", "air_strike", "2024-05-19", "Aleppo"),
        ("en", "In Basra and Mosul, gunmen killed two traders on Friday.", "armed_attack", "2024-05-17", "Basrah"),
        ("fr", "À Djibo, Dori et Kaya, des hommes armés ont tué six marchands vendredi.", "armed_attack", "2024-05-17", "Djibo"),
        ("en", "An ambush in central Kharkiv killed two traders on Friday.", "armed_attack", "2024-05-17", "Kharkiv"),
        ("en", "An ambush in the Suez Canal killed two traders on Friday.", "armed_attack", "2024-05-17", "Suez Canal"),
        ("en", "Gunmen killed two traders north of Ansongo on Friday.", "armed_attack", "2024-05-17", "Ansongo"),
        ("fr", "Des hommes armés ont tué deux marchands aux abords d'Ansongo vendredi.", "armed_attack", "2024-05-17", "Ansongo"),
        ("ar", "قتل مسلحون تاجرين في محيط الفاشر يوم الجمعة.", "armed_attack", "2024-05-17", "El Fasher"),
        ("en", "Following the bombing in Basra last week, police arrested six men in Mosul on Friday.", "arrest", "2024-05-17", "Mosul"),
        ("fr", "Après l'attaque de lundi à Gao, la police a arrêté six hommes à Ansongo vendredi.", "arrest", "2024-05-17", "Ansongo"),
        ("ar", "بعد هجوم الاثنين في نيالا، اعتقلت الشرطة ستة رجال في الفاشر يوم الجمعة.", "arrest", "2024-05-17", "El Fasher"),
        ("en", "The town of Djibo, besieged since 2022, was attacked on Friday, leaving four dead.", "armed_attack", "2024-05-17", "Djibo"),
        ("fr", "Des hommes armés ont tué trois paysans à Ansongo jeudi et enlevé deux commerçants à Ménaka vendredi.", "abduction", "2024-05-17", "Ménaka"),
        ("en", "Gunmen attacked traders in Iraq on Friday. They fled Basra by boat.", "armed_attack", "2024-05-17", "Basrah"),
        ("en", "Gunmen attacked traders in Iraq on Friday.\nTwo boats left Basra.", "armed_attack", "2024-05-17", "Iraq"),
        ("en", "Gunmen attacked traders in Iraq on Friday. Two boats left Damascus.", "armed_attack", "2024-05-17", "Iraq"),
        ("ar", "قتل عشرة أشخاص في مقديشو في أعنف هجوم مسلح منذ عام 2019.", "armed_attack", "", "Mogadishu"),
    ],
)  # fmt: skip
def test_a_happening_has_the_day_and_place_of_its_own_clause(
    language: str, text: str, type_: str, when: str, where: str
) -> None:
    assert told(text, language, type_) == (when, where)


@pytest.mark.parametrize(
    ("language", "text", "type_", "where"),
    [
        # Nothing else is named: then the aside, the office or the head of the report says where.
        ("en", "Gunmen shot dead the governor of Basra on Monday.", "armed_attack", "Basrah"),
        ("en", "Gunmen attacked a convoy on Monday, which had left Mosul at dawn.", "armed_attack", "Mosul"),
        ("fr", "Le procureur de Goma a été tué par balles lundi.", "armed_attack", "Goma"),
    ],
)
def test_what_stands_by_the_way_counts_where_nothing_else_is(language: str, text: str, type_: str, where: str) -> None:
    assert told(text, language, type_)[1] == where


def test_a_town_of_another_division_is_another_place() -> None:
    text = "Shells killed two people in Kherson region on Saturday. Shelling killed one person in Nikopol on Saturday."
    reading = ondit.read(text, published="2024-05-20", lang="en")
    assert len({c.event for c in reading.claims}) == 2
