"""Which words sound alike across transliterations, and which do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.text.folding import fold_name
from ondit.text.sounds import alike, consonants_of, sound_of

ALIKE = [
    "Saleh Salih صالح",
    "Salah صلاح",
    "Barham برهم",
    "Mohammed Muhammad Mohamed محمد",
    "Mahmoud Mahmud محمود",
    "Hussein Hossein Husayn حسين",
    "Nujaba Noujaba نجباء",
    "Samarra Samara Samarrah سامراء",
    "Kadhimi Kazimi كاظمي",
    "Zelensky Zelenskyy Zelenskiy زيلينسكي",
    "Karima كريمة",
    "Chaabi Shaabi شعبي",
]
APART = [
    "Salam Salim",
    "Saleh صلاح",
    "Mahmoud محمد",
    "Hassan Hussein",
    "Karim Karima",
    "Karim كريمة",
    "Shami Sami",
    "Fox Iraq",
    "12 13",
]


@pytest.mark.parametrize("names", ALIKE)
def test_spellings_of_one_name(names):
    words = [fold_name(name) for name in names.split()]
    assert all(alike(one, other) for one in words for other in words)


@pytest.mark.parametrize("names", APART)
def test_other_names(names):
    one, other = map(fold_name, names.split())
    assert not alike(one, other)
    assert not alike(other, one)


@given(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz019", max_size=12)
    | st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", max_size=9)
)
def test_consonants_are_those_of_the_sound(word):
    assert consonants_of(word) == sound_of(word).consonants
