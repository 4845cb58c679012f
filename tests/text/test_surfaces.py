"""The plain surface of a text, and the way back from it to every character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.text.surfaces import smooth

_PROSE = (
    "The army said on Monday that it had retaken the town after\n"
    "three days of fighting in which at least forty people were\n"
    "killed.\n"
    "A spokesman for the rebels denied that and said that their\n"
    "fighters held the bridge.\n"
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("un\u00a0mort  à\tGao ", "un mort à Gao"),
        ("oui\r\nnon\rsi", "oui\nnon\nsi"),
        ("gou\u00adver\u200bneur\ufeff", "gouverneur"),
        ("\u200f12\u200e قتيلا", "12 قتيلا"),
        ("cafe\u0301 à Me\u0301naka", "café à Ménaka"),
        ("\ufb01n du con\ufb02it", "fin du conflit"),
        ("𝐁𝐑𝐄𝐀𝐊𝐈𝐍𝐆: 12 dead", "BREAKING: 12 dead"),
        ("１２ dead （police）", "12 dead (police)"),
        ("قَصْف مدفعـي", "قصف مدفعي"),
        ("أُعلن في 1445 هـ", "أُعلن في 1445 هـ"),  # the passive is seen by its vowel, the era by its stroke
        ("L&#39;arm&eacute;e &amp; la police", "L'armée & la police"),
        ("AT&T; &unknown; R&D", "AT&T; &unknown; R&D"),
        ("**Gaza:** 12 *killed*, __says__ the _army_", "Gaza: 12 killed, says the army"),
        ("2 * 3 * 4, f*** it, snake_case_name, @user_name_", "2 * 3 * 4, f*** it, snake_case_name, @user_name_"),
        ("the [army](https://a.example/b_c_(d)) said [1] (yes)", "the army said [1] (yes)"),
        ("![map](https://a.example/m.png) Gao", "Gao"),
        ("> > Gao\n## Mali\n#Mali", "Gao\nMali\n#Mali"),
        ("12 tués\\. 3 blessés\\!", "12 tués. 3 blessés!"),
        ("Ten died. https://t.co/x1 www.a.example More.", "Ten died. More."),
        ("See https://a.example/b for more", "See https://a.example/b for more"),
        ("Ten died https://t.co/x1\nMore", "Ten died\nMore"),
        ("l`armée dit ``non´´", "l'armée dit ``non´´"),
    ],
)
def test_what_a_surface_is_smoothed_to(text: str, plain: str) -> None:
    assert smooth(text).text == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (_PROSE, _PROSE.replace("after\nthree", "after three").replace("were\nkilled", "were killed").replace("their\nfighters", "their fighters")),
        (
            "Le gouverneur a annoncé hier que la ville était reprise et que le cou-\nvre-feu serait levé.\nIl n'a rien dit de plus.",
            "Le gouverneur a annoncé hier que la ville était reprise et que le couvre-feu serait levé.\nIl n'a rien dit de plus.",
        ),
        # Lists, headlines, verses and posts have lines of their own.
        ("Gaza: 12 killed in two strikes\nRafah: three wounded by fire\nJenin: ten arrested at night", None),
        ("- Gao: twelve dead, the army says in a statement\n- Kidal: nine dead, the army says today\n- Mopti: no dead there", None),
        ("A first sentence of a post stands here.\nA second sentence of a post is here.\nA third one of the same length.", None),
        ("🔴 BREAKING\nAn explosion in Gao\n#Mali", None),
        ("one\n\ntwo", None),
    ],
)  # fmt: skip
def test_broken_lines_are_read_as_one(text: str, plain: str | None) -> None:
    assert smooth(text).text == (text if plain is None else plain)


@pytest.mark.parametrize(
    ("text", "words", "received"),
    [
        ("the **Gulf army**, it", "Gulf army", "Gulf army"),
        ("le gou\u00adver\u00adneur", "gouverneur", "gou\u00adver\u00adneur"),
        ("Me\u0301naka tombe", "Ménaka", "Me\u0301naka"),
        ("وقال الجيشُ إنّ", "الجيش", "الجيشُ"),
        ("a [local **official**](https://a.example) said", "local official", "local **official"),
        ("&quot;Yes&quot; he", '"Yes"', "&quot;Yes&quot;"),
    ],
)
def test_spans_show_what_was_received(text: str, words: str, received: str) -> None:
    surface = smooth(text)
    at = surface.text.index(words)
    start, stop = surface.source_span(at, at + len(words))
    assert text[start:stop] == received
    assert surface.view_offset(start) == at


@given(st.lists(st.sampled_from(["a", "é", " ", "  ", "\n", "\r\n", "\u00ad", "\u0301", "**", "*b*", "[c](https://d.e)", "&amp;", "\u200f",
                                 "ﻻ", "ب", "\u064e", "https://x.y ", "ab-\n", "> ", ". ", "الـ", "\\."]), max_size=40).map("".join))  # fmt: skip
def test_every_character_has_its_way_back(text: str) -> None:
    surface = smooth(text)
    reached = 0
    for at in range(len(surface.text)):
        start, stop = surface.source_span(at, at + 1)
        assert reached <= start < stop <= len(text)
        assert surface.source_span(at, at) == (start, start)
        reached = start
    assert [surface.view_offset(at) for at in range(len(text) + 1)] == sorted(
        surface.view_offset(at) for at in range(len(text) + 1)
    )
    assert surface.source_span(0, len(surface.text))[1] <= len(text)


def test_a_plain_text_is_its_own_surface() -> None:
    text = "Three soldiers were killed in Gao on Monday, the army said.\n\nThe mayor denied it."
    assert smooth(text).text is text or smooth(text).text == text
    assert smooth(text).steps == ()
