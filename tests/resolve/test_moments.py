"""Where and when a happening was that a text does not say outright: whole short reports, read from end to end."""

from datetime import date

import pytest

from ondit.pipeline import read

PUBLISHED = date(2024, 3, 7)  # a Thursday


@pytest.mark.parametrize(
    ("lang", "text", "trigger", "edtf"),
    [
        ("en", "Six villagers were killed in raids on Monday and Tuesday.", "killed", "2024-03-04/2024-03-05"),
        ("en", "Six villagers were killed in raids this week.", "killed", "2024-03-04/2024-03-07"),
        ("en", "Officials said on Monday that six villagers were killed in a raid.", "killed", "2024-03-04"),
        ("ar", "قتل ستة مدنيين في غارتين على المستشفى الاثنين والثلاثاء.", "قتل", "2024-03-04/2024-03-05"),
        ("fr", "Six civils ont été tués lundi et mardi.", "tués", "2024-03-04/2024-03-05"),
    ],
)
def test_when(lang: str, text: str, trigger: str, edtf: str) -> None:
    events = read(text, lang=lang, published=PUBLISHED).events
    found = [e.times[0].interval.edtf for e in events if e.times and e.times[0].interval and trigger]
    assert edtf in found


@pytest.mark.parametrize(
    ("lang", "text", "days"),
    [
        (
            "en",
            "Situation report, 5 March 2024\n\n- Gao: four soldiers killed in an ambush\n- Kidal: two traders abducted on 4 March\n",
            ["2024-03-05", "2024-03-04"],
        ),
        (
            "fr",
            "Point du 5 mars 2024\n• Gao : quatre soldats tués dans une embuscade\n• Kidal : un dépôt bombardé\nPoint du 6 mars 2024\n• Mopti : deux soldats tués dans une embuscade\n",
            ["2024-03-05", "2024-03-05", "2024-03-06"],
        ),
        (
            "ar",
            "تقرير 5 مارس 2024\n- غاو: مقتل أربعة جنود في كمين\n- الفاشر: مقتل ثلاثة مدنيين في قصف مدفعي\n",
            ["2024-03-05", "2024-03-05"],
        ),
        (
            "en",
            "The army counted its dead on 5 March 2024.\n- Gao: four soldiers killed in an ambush\n- Kidal: two traders abducted\n",
            ["", ""],
        ),
    ],
)
def test_a_date_over_a_list_is_that_of_its_points(lang: str, text: str, days: list[str]) -> None:
    events = [e for e in read(text, lang=lang, published=PUBLISHED).events if text.find("\n") < e.trigger.start]
    assert [next((t.interval.edtf for t in e.times if t.interval), "") for e in events] == days


@pytest.mark.parametrize(
    ("lang", "text", "place"),
    [
        ("en", "MAIDUGURI, Nigeria, March 6 - Gunmen burned a bus in Ngala.\n\nThe attackers killed two men.", "Ngala"),
        ("fr", "BAMAKO, 6 mars - Un convoi a été attaqué près de Koro.\n\nDeux soldats ont été tués.", "Koro"),
    ],
)
def test_where_the_story_is(lang: str, text: str, place: str) -> None:
    told = read(text, lang=lang, published=PUBLISHED).events[-1]
    assert [p.text for p in told.places] == [place]


def test_an_arrest_is_not_put_where_the_story_is() -> None:
    told = read("Shells fell on Goma.\n\nEleven soldiers were arrested.", lang="en", published=PUBLISHED).events[-1]
    assert (told.type, told.places) == ("arrest", ())
