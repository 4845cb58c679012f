"""The small tagger: one tag a word, the words that reports live by, and speed."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.languages import available_languages, load_pack
from ondit.read.engines.rules.tagging import TAGS, Tagger, features, load_tagger
from ondit.read.engines.rules.word_classes import load_list_tagger
from tests.read.reading import parsed

LANGUAGES = ("ar", "en", "fr")


def tagger(language: str) -> Tagger:
    return load_tagger(load_pack(language).folder / "models" / "pos.crfsuite")


@pytest.mark.parametrize(
    ("language", "sentence", "tags"),
    [
        ("en", "The army said that two men were killed .", "DNVS#NXv."),
        ("en", "Police arrested him in Mosul .", "NVIEP."),
        ("en", "He has been killed .", "IXyv."),
        pytest.param(
            "en",
            "He has been shot .",
            "IXyv.",
            marks=pytest.mark.xfail(strict=True, reason="a participle that looks like a noun"),
        ),
        ("fr", "Le ministre a dit que deux hommes sont partis .", "DNXvS#NXv."),
        ("fr", "La police a arrêté le chef à Gao .", "DNXvDNEP."),
        ("fr", "Il dit avoir vu des avions .", "IVzvDN."),
    ],
)
def test_tags_of_a_sentence(language: str, sentence: str, tags: str) -> None:
    assert tagger(language).tag(sentence.split()) == tags


@pytest.mark.parametrize(
    ("language", "text", "word", "tag"),
    [
        ("en", "He spoke on Monday.", "Monday", "N"),
        ("en", "AFP confirmed it.", "AFP", "P"),
        ("en", "He wants to leave the town.", "to", "t"),
        ("fr", "Il est parti vendredi.", "vendredi", "N"),
        ("fr", "Il est parti selon RFI.", "selon", "E"),
        ("fr", "« Oui », dit-il.", "«", "."),
    ],
)
def test_tags_that_the_pack_puts_right(language: str, text: str, word: str, tag: str) -> None:
    parse = parsed(text, language)
    assert parse.tags[parse.token_at(text.index(word))] == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_has_no_tags(language: str) -> None:
    assert tagger(language).tag([]) == ""


def test_a_model_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="train"):
        Tagger(tmp_path / "pos.crfsuite")


@given(st.lists(st.text(min_size=1, max_size=12), max_size=20), st.sampled_from(LANGUAGES))
def test_every_word_has_one_tag(forms: list[str], language: str) -> None:
    tags = tagger(language).tag(forms)
    assert len(tags) == len(forms)
    assert set(tags) <= set(TAGS)


@given(
    st.lists(st.sampled_from(["The", "army", "said", "12", "😀", ",", "l'", "dit", "À", "ß"]), min_size=1, max_size=20)
)
def test_features_are_few(forms: list[str]) -> None:
    assert all(0 < len(row) <= 6 for row in features(forms))


def test_a_sentence_without_end_is_tagged_in_pieces() -> None:
    text = "word " * 5_000
    parse = parsed(text, "en")
    assert len(parse.tags) == len(parse.tokens) == 5_000


LISTED = [pack for pack in map(load_pack, available_languages()) if pack.has("grammar/tags.toml")]


def of_lists(kind: str) -> list[Any]:
    return [
        pytest.param(
            pack.language, row, id=f"{pack.language}: {row['text']}",
            marks=[pytest.mark.xfail(strict=True, reason=row["known"])] if "known" in row else [],
        )
        for pack in LISTED
        for row in pack.table("examples/tags")[kind]
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "row"), of_lists("yes"))
def test_words_have_tags_without_a_model(language: str, row: dict[str, str]) -> None:
    assert "".join(load_list_tagger(language).tags(row["text"].split())) == row["tags"]


@pytest.mark.parametrize(("language", "row"), of_lists("no"))
def test_a_word_is_nothing_else_without_a_model(language: str, row: dict[str, str]) -> None:
    forms = row["text"].split()
    assert load_list_tagger(language).tags(forms)[forms.index(row["word"])] not in row["not"]


@given(st.lists(st.text(min_size=1, max_size=12), max_size=20))
def test_every_word_has_one_tag_without_a_model(forms: list[str]) -> None:
    for pack in LISTED:
        tags = load_list_tagger(pack.language).tags(forms)
        assert len(tags) == len(forms)
        assert set(tags) <= set(TAGS)
