"""The same report in another surface – broken lines, markup, invisible marks, other spaces and quotation marks – gives the same claims."""

from functools import cache

import pytest

from evaluation.surface.changes import CHANGES
from evaluation.surface.measuring import Told, differences, told_by

_PUBLISHED = "2025-03-04"

# The reports are invented.
_REPORTS = {
    "fr": """\
L'armée malienne a repris lundi la ville de Labbezanga, a déclaré le porte-parole de l'état-major : « Nos forces ont tué quatorze terroristes et \
détruit deux pick-up... » Selon un élu local, trois soldats ont été enlevés près d'Ansongo.
Plus de 2 500 personnes ont fui les combats – pour la plupart des femmes et des enfants –, affirme l’ONG locale Tassaght. Le maire de Gao, Boubacar \
Touré, a démenti que des civils aient été tués par un drone de l'armée.""",
    "en": """\
The army retook the town of Labbezanga on Monday, the general staff said. "Our forces killed fourteen militants and destroyed two pick-up trucks," its \
spokesman Oumar Diallo told reporters. According to a local official, three soldiers were abducted near Ansongo.
More than 2,500 people have fled the fighting – most of them women and children –, a local charity said. The mayor of Gao denied that civilians had been \
killed by an army drone.""",
    "ar": """\
استعاد الجيش السوري بلدة خان شيخون يوم الاثنين، وقال المتحدث باسم الجيش إن قواته قتلت 14 مسلحا ودمرت دبابتين. وبحسب مصدر أمني، أصيب تسعة جنود في قصف \
صاروخي قرب حمص.
وأعلنت وزارة الصحة مقتل 2500 شخص منذ بداية المعارك. ونفى محافظ حمص مقتل مدنيين في غارة جوية نفذتها طائرة مسيرة.""",
}
_OTHERWISE = {
    "one paragraph",  # a paragraph is a unit of sense: what "he" is, and which place goes on, hangs on it
    "hashtags behind each paragraph",  # a hashtag may name the place
    "first line in capitals",
    "first line in title case",
    "French without accents",
}


@cache
def _plain(lang: str) -> list[Told]:
    return told_by(_REPORTS[lang], lang=lang, published=_PUBLISHED)


@pytest.mark.parametrize("name", [name for name in CHANGES if name not in _OTHERWISE])
def test_another_surface_gives_the_same_claims(name: str) -> None:
    found = {}
    changed = {lang: CHANGES[name](text, lang) for lang, text in _REPORTS.items()}
    assert changed != _REPORTS
    for lang, text in changed.items():
        before, after = _plain(lang), told_by(text, lang=lang, published=_PUBLISHED)
        assert len(before) >= 5, before
        if different := +differences(before, after):
            found[lang] = (dict(different), [row for row in after if row not in before])
    assert found == {}
