"""What stands before a colon, behind a dash or in brackets at the end of a line: who speaks, through whom, or no voice at all."""

import pytest

import ondit

# The reports are invented.
_SPEAK = [
    ("en", "Zelensky: Russia attacked Kharkiv with 12 drones.", ["Zelensky"]),
    ("en", "Kyiv: 3 drones downed over Odesa.", ["Kyiv"]),
    ("en", "Kyiv: “Three villages were shelled.”", ["Kyiv"]),
    ("en", "WHO: 12 clinics were attacked in Gao.", ["WHO"]),
    ("en", "Houthis: a US drone was shot down over Marib.", ["Houthis"]),
    ("en", "Rescue workers: rebels shelled the market in Gao.", ["Rescue workers"]),
    ("en", "A UN report: Rebels shelled the market in Gao.", ["A UN report"]),
    ("en", "Zagazola: troops killed 12 fighters in Borno.", ["Zagazola"]),
    ("en", "Macron says: rebels shelled the market in Gao.", ["Macron"]),
    ("en", "The army (via Reuters): Rebels shelled the market in Gao.", ["Reuters", "The army"]),
    ("en", "JNIM via @SahelDesk: Rebels shelled the market in Gao.", ["@SahelDesk", "JNIM"]),
    ("en", "Rebels shelled the market in Gao – JNIM", ["JNIM"]),
    ("en", "Rebels shelled the market in Gao: Kyiv", ["Kyiv"]),
    ("en", "Rebels shelled the market in Gao (rescue workers).", ["rescue workers"]),
    ("en", "RFI (citing local officials): 40 people were killed in Moura.", ["RFI", "local officials"]),
    ("en", "RSF adviser on Sky News Arabia: “We control El Geneina.”", ["Sky News Arabia", "RSF adviser"]),
    ("en", "Ms Rahman, for the defence: “My client was in Leicester on Monday.”", ["Ms Rahman, for the defence"]),
    ("fr", "« La route est coupée », a réagi auprès de Reuters un officier.", ["Reuters", "un officier"]),
    ("fr", "Macron : l'armée restera au Sahel.", ["Macron"]),
    ("fr", "Kiev : 3 drones abattus au-dessus d'Odessa.", ["Kiev"]),
    ("fr", "JNIM : nos combattants ont pris Djibo.", ["JNIM"]),
    ("fr", "Témoins : des rebelles ont bombardé le marché de Gao.", ["Témoins"]),
    ("fr", "L'armée (via Reuters) : des rebelles ont bombardé le marché de Gao.", ["Reuters", "L'armée"]),
    ("ar", "زيلينسكي: روسيا هاجمت خاركيف بـ12 مسيرة", ["زيلينسكي"]),
    ("ar", "كييف: إسقاط 3 مسيرات فوق أوديسا", ["كييف"]),
    ("ar", "شاهد عيان: قصف مسلحون سوق غاو", ["شاهد عيان"]),
    ("ar", "الدفاع المدني بغزة: انتشال 12 جثة في رفح", ["الدفاع المدني بغزة"]),
    ("ar", "موسى تراوري يؤكد: قصف مسلحون سوق غاو", ["موسى تراوري"]),
    ("ar", "مصدر أمني (عبر رويترز): قصف مسلحون سوق غاو.", ["رويترز", "مصدر أمني"]),
    ("ar", "ونقلت رويترز عن مصدر أمني: «قصف مسلحون سوق غاو».", ["رويترز", "مصدر أمني"]),
    ("ar", "قصف مسلحون سوق غاو - مصدر أمني", ["مصدر أمني"]),
    ("ar", "وقال الجيش في بيان اطلعت عليه رويترز إن مسلحين قصفوا سوق غاو.", ["الجيش"]),
    ("ar", "وفقا لتقرير نشرته منظمة هيومن رايتس ووتش الخميس، أعدم جنود 12 مدنيا في غاو.", ["منظمة هيومن رايتس ووتش"]),
]
_SILENT = [
    ("en", "Gao: 12 people were killed by rebels."),
    ("en", "Kyiv: three killed in drone attack"),
    ("en", "North Kivu: M23 rebels captured Masisi on Sunday."),
    ("en", "Khan Younis: an air strike hit a school."),
    ("en", "Kharkiv Oblast: Russian forces shelled Kupiansk."),
    ("en", "West Bank: settlers attacked a village near Nablus."),
    ("en", "SITUATION REPORT No. 14\nTwelve people were killed in Gao."),
    ("en", "Situation report No. 14: Twelve people were killed in Gao."),
    ("en", "Analysis: rebels shelled the market in Gao."),
    ("en", "SITUATION REPORT No. 23 – SUDAN\nTwelve people were killed in Gao."),
    ("en", "According to plan, the convoy left Gao on Monday."),
    ("fr", "Khan Younès : une frappe a touché une école."),
    ("fr", "Lac Tchad : des jihadistes ont attaqué une île."),
    ("fr", "Protection : 12 civils ont été enlevés à Gao."),
    ("fr", "Mali : des rebelles ont attaqué Gao."),
    ("ar", "سوريا: قصف جوي على إدلب"),
    ("ar", "لبنان: غارة إسرائيلية على بلدة عيتا الشعب"),
    ("ar", "غزة: غارة على مدرسة في خان يونس"),
    ("ar", "درعا: انفجار عبوة ناسفة في سيارة"),
    ("ar", "حماية: خطف 12 مدنيا في غاو."),
]


@pytest.mark.parametrize(("lang", "text", "voices"), _SPEAK)
def test_a_line_names_who_speaks(lang: str, text: str, voices: list[str]) -> None:
    claims = ondit.read(text, lang=lang, published="2025-03-04").claims
    assert [[voice.text for voice in claim.chain] for claim in claims] == [voices]


@pytest.mark.parametrize(("lang", "text"), _SILENT)
def test_a_place_a_heading_or_a_plan_is_no_voice(lang: str, text: str) -> None:
    claims = ondit.read(text, lang=lang, published="2025-03-04").claims
    assert [claim.chain for claim in claims] == [()]


def test_a_ticker_of_lines_of_one_width_is_no_broken_text() -> None:
    text = (
        "عاجل | الدفاع المدني في غزة: انتشال 9 شهداء من تحت الأنقاض في جباليا\n"
        "عاجل | مراسل الجزيرة: قصف مدفعي عنيف على حي الزيتون شرق مدينة غزة\n"
        "عاجل | القسام: استهدفنا ناقلة جند شرق رفح بقذيفة الياسين مساء أمس\n"
        "عاجل | الجيش الإسرائيلي: إصابة 3 جنود في معارك شمال قطاع غزة اليوم"
    )
    claims = ondit.read(text, lang="ar", published="2025-03-04").claims
    assert [claim.chain[0].text for claim in claims] == [
        "الدفاع المدني في غزة",
        "مراسل الجزيرة",
        "القسام",
        "الجيش الإسرائيلي",
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Did the army say that rebels shelled Gao?"),
        ("en", "Prosecutor: Did you shell the market?"),
        ("ar", "هل أعلن الجيش السوداني استعادة مدني؟"),
    ],
)
def test_who_asks_tells_nothing(lang: str, text: str) -> None:
    assert ondit.read(text, lang=lang, published="2025-03-04").claims == ()


def test_numbers_of_posts_are_no_part_of_a_voice() -> None:
    text = "1/3 The army said rebels shelled Gao.\n2/3 JNIM said it captured a base.\n3/3 12/03 remains unclear."
    assert [c.chain[0].text for c in ondit.read(text, lang="en", published="2025-03-04").claims if c.chain] == [
        "The army",
        "JNIM",
    ]
