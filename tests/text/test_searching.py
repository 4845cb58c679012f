"""What is typed finds what is written, in Latin and in Arabic script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.text.searching import search_phrases, search_text


def finds(query: str, text: str) -> bool:
    words = f" {search_text(text)} "
    return all(any(f" {' '.join(phrase)} " in words for phrase in group) for group in search_phrases(query))


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("armee", "L'armée a tiré", True),
        ("l'armée", "l’Armée", True),
        ("Sanaa", "Sana'a", True),
        ("Sana'a", "Sanaa", True),
        ("Sana'a", "Sana a", True),
        ("oeuvre", "Œuvre", True),
        ("al-azim", "Al-‘Aẓīm", True),
        ("azim", "al-Aẓīm", True),
        ("سامراء", "سَامَرَّاء", True),
        ("جيش", "والجيش", True),
        ("الجيش", "جيش", True),
        ("بالجيش", "للجيش", True),
        ("احمد", "أحمد", True),
        ("مدرسة", "مدرسه", True),
        ("جيش", "جيوش", False),
        ("ال", "الجيش", False),
        ('"trois soldats"', "trois soldats", True),
        ('"trois soldats"', "soldats trois", False),
        ("trois soldats", "soldats trois", True),
        ("soldat", "soldats", False),
    ],
)
def test_folding(query: str, text: str, found: bool) -> None:
    assert finds(query, text) is found


@pytest.mark.parametrize(
    ("query", "phrases"),
    [
        ("", ()),
        ("!?", ()),
        ("mot*", ((("mot*",),),)),
        ("*", ()),
        ('"deux mots" trois', ((("deux", "mots"),), (("trois",),))),
        ('"open end', ((("open", "end"),),)),
        ("a AND b", ((("a",),), (("and",),), (("b",),))),
    ],
)
def test_queries(query: str, phrases: tuple[object, ...]) -> None:
    assert search_phrases(query) == phrases


@given(st.text())
def test_every_text_finds_itself(text: str) -> None:
    for word in text.split():
        if '"' not in word and "*" not in word:
            assert finds(word, text)
