"""One article of a partisan outlet, read, settled and weighed: two channels of one camp, nested voices, a withdrawal that another voice disputes.

The happenings are invented; the shape is that of articles which quote only one side and sound like many voices.
"""

from datetime import date
from functools import cache

from ondit.model import Event, Source, SourceKind
from ondit.pipeline import read, settle, weigh_all

ARTICLE = """Samedi soir, le bruit d'explosions a été entendu dans le ciel de Gao, selon la chaîne Telegram Vent du Désert. « La défense antiaérienne a tiré sur un drone MQ-9 de la coalition au-dessus de Gao avec des canons ZU-23 », ajoute la chaîne.
La chaîne Telegram du mouvement Azourak a également indiqué que des sources de sécurité avaient déclaré avoir pris pour cible un drone de la coalition survolant Gao.
Bien que la coalition ait prétendu avoir retiré toutes ses troupes de combat du Mali avant la fin de décembre 2023, la milice Tarkint a annoncé que 1 800 soldats de la coalition se trouvaient toujours au Mali."""

REGISTRY = {
    s.id: s
    for s in (
        Source("azourak", "mouvement Azourak", SourceKind.ARMED_GROUP, ("le mouvement Azourak", "mouvement Azourak")),
        Source("vent", "Vent du Désert", SourceKind.SOCIAL_CHANNEL, ("la chaîne Telegram Vent du Désert",), camps=("azourak",)),
        Source("canal", "chaîne Azourak", SourceKind.SOCIAL_CHANNEL, ("La chaîne Telegram du mouvement Azourak",), camps=("azourak",)),
        Source("coalition", "la coalition", SourceKind.ARMED_FORCES, ("la coalition",)),
    )
}  # fmt: skip


@cache
def events() -> dict[str, Event]:
    reading = read(ARTICLE, published=date(2024, 1, 28), lang="fr", publisher="Journal du Front")
    return {e.type: e for e in weigh_all(settle([reading]).events(), [reading], REGISTRY)}


def test_the_fire_is_one_happening_with_one_independent_origin() -> None:
    fire = events()["air_defence_fire"]
    assert fire.independence
    assert len(fire.independence.origins) == 1
    assert "of one camp: mouvement Azourak" in fire.independence.derivation
    assert "known only through chaîne Azourak" in fire.independence.derivation


def test_the_grade_says_so_and_that_the_guns_do_not_reach_so_high() -> None:
    grade = events()["air_defence_fire"].grade
    assert grade
    found = {f.name: f.sentence for f in grade.findings}
    assert {"uncorroborated", "implausible"} <= found.keys() and "corroborated" not in found
    assert "implausible unless the aircraft flew low" in found["implausible"]
    assert grade.credibility >= 3


def test_the_withdrawal_is_contradicted_by_those_who_count_who_stayed() -> None:
    withdrawal = next(f for f in events()["withdrawal"].fields if f.field == "withdrawal")
    assert withdrawal.status == "contested"
    assert withdrawal.sentence == "withdrawal: withdrawn (la coalition) against 1800 still there (la milice Tarkint)"
    (doubting,) = [a for v in withdrawal.values for a in v.dissenters]
    assert doubting.voice == "Journal du Front"
