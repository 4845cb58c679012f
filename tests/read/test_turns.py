"""Interviews and transcripts: whoever a line names before its colon says what follows up to the next turn; who asks tells nothing."""

import pytest

import ondit

# The reports are invented.
_TALKS: list[tuple[str, str, list[str | None]]] = [
    (
        "en",
        (
            "Minister: Rebels shelled the market on Monday. Twelve people were killed in Gao.\n"
            "Journalist: And the army?\nMinister: The army retook the town on Tuesday."
        ),
        ["Minister", "Minister", "Minister"],
    ),
    ("en", "Prosecutor: Did you shell the market?\nDefendant: I did not shell the market in Gao.", ["Defendant"]),
    ("en", "Q: What happened in Gao?\nA: Rebels shelled the market on Monday.", [None]),
    (
        "fr",
        (
            "RFI : Qui a attaqué Gao ?\nMoussa Traoré : Des rebelles ont bombardé le marché lundi. Douze personnes ont été tuées.\n"
            "RFI : Et l'armée ?\nMoussa Traoré : L'armée a repris la ville mardi."
        ),
        ["Moussa Traoré", "Moussa Traoré", "Moussa Traoré"],
    ),
    (
        "ar",
        "الوزير: قصف مسلحون السوق يوم الاثنين. قتل 12 شخصا في غاو.\nالصحفي: والجيش؟\nالوزير: استعاد الجيش البلدة يوم الثلاثاء.",
        ["الوزير", "الوزير", "الوزير"],
    ),
    # Places that lines begin with take no turns, though a line asks.
    (
        "en",
        (
            "Gao: Rebels shelled the market on Monday. Twelve people were killed.\nKidal: Who will hold the town?\n"
            "Gao: The army retook the town on Tuesday."
        ),
        [None, None, None],
    ),
]


@pytest.mark.parametrize(("lang", "text", "voices"), _TALKS)
def test_whose_turn_it_is_says_it(lang: str, text: str, voices: list[str | None]) -> None:
    claims = ondit.read(text, lang=lang, published="2025-03-04").claims
    assert [claim.chain[0].text if claim.chain else None for claim in claims] == voices
