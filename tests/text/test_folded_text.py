"""Folding: whatever is matched on the folded view can be shown in the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.text.folding import fold_name, fold_text, fold_word

texts = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("éÀœŒßıİﬁ’‘ʿ\u0301\u0327أإآىةـَُّ😀👩‍👩‍👧")), max_size=60
)


@given(texts)
def test_every_folded_character_has_a_place_in_the_source(text: str) -> None:
    folded = fold_text(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)


@given(texts, st.data())
def test_a_folded_span_maps_to_source_characters_that_fold_to_it(text: str, data: st.DataObject) -> None:
    folded = fold_text(text)
    start = data.draw(st.integers(0, len(folded.text)))
    stop = data.draw(st.integers(start, len(folded.text)))
    a, b = folded.source_span(start, stop)
    assert 0 <= a <= b <= len(text)
    assert folded.text[start:stop] in fold_text(text[a:b]).text


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Le président à Sāmarrā’", "samarra"),
        ("à Œuilly hier", "oeuilly"),
        ("😀😀 Médéa", "medea"),
        ("Me\u0301de\u0301a", "medea"),
        ("في سَامَرَّاء أمس", "سامراء"),
    ],
)
def test_a_name_is_found_through_accents_ligatures_and_vowel_marks(source: str, found: str) -> None:
    folded = fold_text(source)
    at = folded.text.index(found)
    a, b = folded.source_span(at, at + len(found))
    assert fold_text(source[a:b]).text.startswith(found)
    assert source[a].isalpha()


@given(texts)
def test_folding_a_word_twice_changes_nothing_more(word: str) -> None:
    assert fold_word(fold_word(word)) == fold_word(word)


@given(texts)
def test_a_folded_name_has_single_spaces_and_nothing_around_it(name: str) -> None:
    folded = fold_name(name)
    assert folded == " ".join(folded.split())


@pytest.mark.parametrize(
    "spellings",
    [("Samarra", "Sāmarrā’", "SAMARRA"), ("Al-‘Aẓīm", "al-Azim", "Al Azim"), ("Œuf", "oeuf"), ("سامرّاء", "سامراء")],
)
def test_spellings_of_one_name_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({fold_name(s) for s in spellings}) == 1
