"""One Arabic statement in the spellings, digits and marks of channels: always the same voices, types and figures."""

import pytest

import ondit

# The reports are invented; of each row the first spelling is the plain one.
_SAME = [
    (
        "أعلنت القيادة العامة للقوات المسلحة أنها استعادت السيطرة على جسر سوبا",
        "اعلنت القياده العامه للقوات المسلحه انها استعادت السيطره على جسر سوبا",
        "أعـلـنـت الـقـيـادة الـعـامـة لـلـقـوات الـمـسـلـحـة أنها استعادت السيطرة على جسر سوبا",
        "أعلنتِ القيادةُ العامّةُ للقواتِ المسلّحةِ أنّها استعادتِ السيطرةَ على جسرِ سوبا",
        "#عاجل | أعلنت القيادة العامة للقوات المسلحة أنها استعادت السيطرة على جسر سوبا ..",
        "أعلنت #القيادة_العامة للقوات المسلحة أنها استعادت السيطرة على #جسر_سوبا",
    ),
    (
        "مصادر طبية: مقتل 12 شخصا وإصابة 5 في قصف على الأبيض",
        "مصادر طبية : مقتل ١٢ شخصاً وإصابة ٥ في قصف على الأبيض.",
        "مصادر طبية: مقتل (12) شخصا وإصابة (5) في قصف على الأبيض",
        "🔴 مصادر طبية: مقتل 12 شخصا واصابة 5 في قصف على #الأبيض",
        "1- مصادر طبية: مقتل 12 شخصا وإصابة 5 في قصف على الأبيض",
        "مصادر طبية: مقتل اثني عشر شخصا وإصابة خمسة في قصف على الأبيض",
    ),
    (
        'الناطق باسم الجيش: "قواتنا استعادت بلدة عيتا الشعب"',
        "الناطق باسم الجيش: «قواتنا استعادت بلدة عيتا الشعب»",
        "الناطق باسم الجيش: “قواتنا استعادت بلدة عيتا الشعب”.",
        "الناطق باسم الجيش : قواتنا استعادت بلدة عيتا الشعب",
    ),
]  # fmt: skip


def _read(text: str) -> list[tuple[object, ...]]:
    reading = ondit.read(text, lang="ar", published="2025-03-04")
    types = {event.id: event.type for event in reading.events}
    return [
        (
            [voice.kind for voice in claim.chain],
            claim.stance,
            types.get(claim.event or ""),
            sorted((count.what, count.low, count.high) for count in claim.counts),
        )
        for claim in reading.claims
    ]


@pytest.mark.parametrize(("plain", "other"), [(row[0], other) for row in _SAME for other in row[1:]])
def test_another_spelling_says_the_same(plain: str, other: str) -> None:
    told = _read(plain)
    assert len(told) == 1
    assert told[0][0]
    assert _read(other) == told
