"""Lines of a page that lead elsewhere are no part of a report; lines that only look like them are."""

import pytest

from ondit.normalise.pages import idle_lines


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("fr", "Lire aussi : Mali : douze morts à Gao"),
        ("fr", "👉 À lire aussi | Trois soldats tués"),
        ("fr", "Crédit photo : AFP"),
        ("fr", "© Agence / Archives"),
        ("fr", "Publicité"),
        ("fr", "Abonnez-vous à notre chaîne WhatsApp"),
        ("en", "Read also: Twelve killed in Gao"),
        ("en", ">> RELATED: Army retakes town"),
        ("en", "Image caption, smoke over the town"),
        ("en", "Photo: Reuters"),
        ("en", "Advertisement"),
        ("ar", "إقرأ أيضاً: مقتل 12 في غاو"),
        ("ar", "مصدر الصورة، رويترز"),
        ("ar", "تابعونا على تلغرام"),
        ("ar", "إعلان"),
    ],
)
def test_these_lead_elsewhere(lang: str, line: str) -> None:
    found = idle_lines(lang)
    assert found is not None
    assert found.sub("", f"Un.\n{line}\nDeux.") == "Un.\n\nDeux."


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("fr", "Publicité mensongère : le ministre dément."),
        ("fr", "La photo : un char détruit, selon l'armée."),
        ("fr", "Lire le communiqué a pris une heure."),
        ("fr", "Photo à l'appui, l'armée affirme avoir repris la ville."),
        ("en", "Related charges were dropped, the prosecutor said."),
        ("en", "Advertisements for fighters were found in the camp."),
        ("en", "Photos released by the army show two burned tanks."),
        ("en", "Images: the army published satellite images of two destroyed bridges near the town, and a video of a drone strike."),
        ("ar", "شارك آلاف المتظاهرين في مسيرة"),
        ("ar", "إعلان حالة الطوارئ في حمص"),
        ("ar", "تابعنا القصف من الحدود"),
    ],
)  # fmt: skip
def test_these_are_told(lang: str, line: str) -> None:
    found = idle_lines(lang)
    assert found is not None
    assert found.search(line) is None


def test_a_language_without_such_a_list_keeps_every_line() -> None:
    assert idle_lines("es") is None
