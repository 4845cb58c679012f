"""A line at the head that says who issued what stands below it: every claim below is told by them, the line tells nothing."""

import pytest

import ondit

# The statements are invented.
_ISSUED = [
    ("en", "Statement by the General Staff:", "the General Staff", "Our forces retook Labbezanga on Monday."),
    ("en", "Press release from the Ministry of Defence, 3 March 2025", "the Ministry of Defence", "Two soldiers were killed near Gao."),
    ("fr", "Communiqué de l'état-major :", "l'état-major", "Nos forces ont repris Labbezanga lundi."),
    ("fr", "Communiqué n°12 de l'état-major général des armées", "l'état-major général des armées", "Deux soldats ont été tués près de Gao."),
    ("ar", "بيان صادر عن المقاومة الإسلامية:", "المقاومة الإسلامية", "استهدف مجاهدونا موقع المالكية بالأسلحة الصاروخية."),
    ("ar", "بيان هام صادر عن القيادة العامة للجيش", "القيادة العامة للجيش", "قتل أربعة جنود في كمين قرب تدمر."),
    ("ar", "بيان القيادة العامة للقوات المسلحة:", "القيادة العامة للقوات المسلحة", "قتل أربعة جنود في كمين قرب تدمر."),
    ("ar", "نص البيان الصادر عن قيادة الجيش:", "قيادة الجيش", "أوقفت دورية مواطنا في بلدة عرسال."),
]  # fmt: skip


def _told(text: str, lang: str) -> list[tuple[list[str], str]]:
    reading = ondit.read(text, lang=lang, published="2025-03-04")
    return [([voice.text for voice in claim.chain], claim.content.of(text)) for claim in reading.claims]


@pytest.mark.parametrize(("lang", "heading", "voice", "told"), _ISSUED)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_who_issued_a_statement_tells_what_stands_below(
    lang: str, heading: str, voice: str, told: str, between: str
) -> None:
    assert _told(heading + between + told, lang) == [([voice], told.rstrip("."))]


@pytest.mark.parametrize(
    ("lang", "text", "voice", "told"),
    [
        ("fr", "Communiqué du ministère de la Défense : deux soldats ont été tués près de Gao.", "ministère de la Défense", "deux soldats ont été tués près de Gao"),
        ("ar", "صدر عن قيادة الجيش – مديرية التوجيه البيان الآتي: أوقفت دورية مواطنا في بلدة عرسال.", "قيادة الجيش", "أوقفت دورية مواطنا في بلدة عرسال"),
        ("ar", "صدر عن العلاقات الإعلامية في حزب الله ما يلي: استهدفنا موقع الراهب", "العلاقات الإعلامية في حزب الله", "استهدفنا موقع الراهب"),
    ],
)  # fmt: skip
def test_what_is_issued_may_go_on_in_its_line(lang: str, text: str, voice: str, told: str) -> None:
    assert _told(text, lang) == [([voice], told)]


def test_other_voices_of_a_statement_keep_what_they_say() -> None:
    text = "بيان صادر عن وزارة الداخلية:\nقتل شخصان في حمص.\nوأوضح قائد الشرطة أن التحقيق مستمر."
    assert _told(text, "ar") == [
        (["وزارة الداخلية"], "قتل شخصان في حمص"),
        (["قائد الشرطة"], "التحقيق مستمر"),
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Statement\nTwo soldiers were killed near Gao."),
        ("en", "A statement of losses\nTwo soldiers were killed near Gao."),
        ("en", "The statement by the army was late. Two soldiers were killed near Gao."),
        ("fr", "Déclaration de guerre\nDeux soldats ont été tués près de Gao."),
        ("ar", "بيان رقم (2)\nقتل أربعة جنود في كمين قرب تدمر."),
    ],
)
def test_where_nobody_issued_anything_the_report_tells_it(lang: str, text: str) -> None:
    assert _told(text, lang)[-1][0] == []
