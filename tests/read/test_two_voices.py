"""Sentences in which a second voice speaks: it takes up what the first said, or says something beside it."""

import pytest

import ondit

# The reports are invented: who says what, and how, in the order of the text.
_TOLD = [
    (
        "en",
        "The army said rebels shelled the market in Gao, a claim a local NGO denied.",
        {("The army", "asserts"), ("a local NGO", "denies")},
    ),
    (
        "en",
        "The army said rebels shelled the market in Gao, which JNIM denied.",
        {("The army", "asserts"), ("JNIM", "denies")},
    ),
    (
        "en",
        "The army said 12 civilians were killed in Gao, a figure disputed by residents.",
        {("The army", "asserts"), ("residents", "denies")},
    ),
    (
        "en",
        "The army said rebels shelled the market in Gao and JNIM said 12 soldiers were abducted in Ansongo.",
        {("The army", "asserts"), ("JNIM", "asserts")},
    ),
    (
        "en",
        "The army says 12 civilians died in Gao; JNIM put the toll at 20.",
        {("The army", "asserts"), ("JNIM", "asserts")},
    ),
    (
        "fr",
        "L'armée accuse des rebelles d'avoir bombardé Gao, une accusation que le JNIM rejette.",
        {("L'armée", "asserts"), ("le JNIM", "denies")},
    ),
    (
        "fr",
        "L'armée affirme que 12 civils ont été tués à Gao, un bilan que conteste une ONG locale.",
        {("L'armée", "asserts"), ("une ONG locale", "denies")},
    ),
    (
        "fr",
        "L'armée affirme que 12 civils ont été tués à Gao, un bilan contesté par la mairie.",
        {("L'armée", "asserts"), ("la mairie", "denies")},
    ),
    (
        "fr",
        "L'armée affirme que 12 civils sont morts à Gao ; le JNIM parle de 20 morts.",
        {("L'armée", "asserts"), ("le JNIM", "asserts")},
    ),
    (
        "ar",
        "قال الجيش إن المسلحين قصفوا سوق غاو، وهو ما نفاه سكان محليون.",
        {("الجيش", "asserts"), ("سكان محليون", "denies")},
    ),
    (
        "ar",
        "اتهم الجيش المسلحين بقصف سوق غاو، وهي اتهامات نفتها حركة حماس.",
        {("الجيش", "asserts"), ("حركة حماس", "denies")},
    ),
    ("ar", "قتل 12 مدنيا في غاو بحسب الجيش، و20 بحسب حركة حماس.", {("الجيش", "asserts"), ("حركة حماس", "asserts")}),
    ("ar", "أما حركة حماس فقالت إن المسلحين قصفوا سوق غاو.", {("حركة حماس", "asserts")}),
    (
        "en",
        "Locals blamed herders for the attack, a charge their association, Miyetti Allah, denied.",
        {("Locals", "asserts"), ("their association, Miyetti Allah", "denies")},
    ),
    (
        "ar",
        "وقال المرصد السوري إن عدد القتلى بلغ أحد عشر، الأمر الذي نفاه حزب الله.",
        {("المرصد السوري", "asserts"), ("حزب الله", "denies")},
    ),
    # One voice of two bodies, and a noun that takes up nothing.
    ("en", "Shells hit Gao, the army and the police said.", {("the army", "asserts"), ("the police", "asserts")}),
    ("en", "Rebels shelled Gao, a town the army left on Monday.", {("", "asserts")}),
]


@pytest.mark.parametrize(("lang", "text", "told"), _TOLD)
def test_each_voice_has_its_own_claim(lang: str, text: str, told: set[tuple[str, str]]) -> None:
    claims = ondit.read(text, lang=lang, published="2025-03-04").claims
    assert {(c.chain[-1].text if c.chain else "", c.stance.value) for c in claims} == told
