"""Tokens, sentences and quotations: spans of the source whatever the text, in linear time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.languages import available_languages, load_pack
from ondit.model import Span
from ondit.text.quotations import find_quotations
from ondit.text.sentences import find_paragraphs, find_sentences
from ondit.text.signs import behind_signs
from ondit.text.tokens import tokenise
from tests.steps import steps

texts = st.text(
    st.one_of(
        st.sampled_from(list("«»“”\"'’‘„.,:!?…()-\n\r\t \u00a0\u202f aéàœßNZ0123456789")),
        st.sampled_from("😀👩‍👩‍👧\u0301سامَرَاء،؟\u200f\u202b\x00\ufffd"),
        st.characters(),
    ),
    max_size=80,
)
packs = st.sampled_from(available_languages()).map(load_pack)


@given(texts, packs)
def test_tokens_go_forward_and_leave_out_only_white_space_and_the_marks_of_hashtags(text: str, pack: object) -> None:
    tokens = tokenise(text, pack.token_rules)  # type: ignore[attr-defined]
    at = 0
    for start, stop, key in zip(tokens.starts, tokens.stops, tokens.keys, strict=True):
        assert at <= start < stop <= len(text)
        assert not text[at:start].replace("#", "").replace("_", "").strip()
        assert key
        at = stop
    assert not text[at:].strip()


@given(texts)
def test_paragraphs_and_sentences_are_in_order_and_hold_everything_but_signs(text: str) -> None:
    paragraphs = find_paragraphs(text)
    quotations = find_quotations(text, paragraphs)
    for spans in (paragraphs, find_sentences(text, paragraphs, quotations)):
        at = 0
        for span in spans:
            assert at <= span.start < span.stop <= len(text)
            assert behind_signs(text, at, span.start) == span.start
            at = span.stop
        assert behind_signs(text, at, len(text)) == len(text)


@given(texts)
def test_quotations_lie_in_the_text_and_their_inside_in_them(text: str) -> None:
    for quotation in find_quotations(text, find_paragraphs(text)):
        assert quotation.outer.contains(quotation.inner)
        assert quotation.outer.stop <= len(text)
        assert quotation.depth >= 0


def inner_words(text: str) -> list[str]:
    return [q.inner.of(text) for q in find_quotations(text, find_paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Il a dit « oui ».", ["oui"]),
        ("He said “yes” and “no”.", ["yes", "no"]),
        ('She said "yes, I know".', ["yes, I know"]),
        ("« Ils ont crié “partez” deux fois », dit-il.", ["Ils ont crié “partez” deux fois", "partez"]),
        ("l'armée d'Irak n'a rien dit", []),
        ("« Une phrase. Une autre. Une troisième ! »", ["Une phrase. Une autre. Une troisième !"]),
        ("Pas de fin : « cela continue", ["cela continue"]),
        ("no opening» here", []),
        ("", []),
    ],
)
def test_quotations_in_all_habits(text: str, quoted: list[str]) -> None:
    assert inner_words(text) == quoted


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Un. Deux. Trois.", 3),
        ("« Un. Deux. » dit-il. Trois.", 2),
        ("Le gén. Dupont parle. Il part.", 2),
        ("The U.S. army left. It returned.", 2),
        ("Ligne sans point\nautre ligne", 2),
        ("Il a 2,5 km. Fin", 2),
        ("توقف القتال .وأعلنت الحكومة هدنة.فتحت الطرق", 3),
        ("قال «لن نعود».وأضاف أنه باق.(رويترز)", 3),
        ("نقلت سي.إن.إن العربية عن أ.خالد (أ .ف .ب) أنه بخير.", 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    paragraphs = find_paragraphs(text)
    abbreviations = load_pack("fr").abbreviations
    assert len(find_sentences(text, paragraphs, find_quotations(text, paragraphs), abbreviations)) == count


@pytest.mark.parametrize(
    "unit", ["« ", "“", '"', "'", "» ", '" ', "«“'", ". ", "a'", "!?", "\n", "12 ", "é\u0301", "(", "A.B."]
)
def test_work_grows_with_the_length_not_with_its_square(unit: str) -> None:
    def layers(times: int) -> None:
        text = unit * times
        paragraphs = find_paragraphs(text)
        find_sentences(text, paragraphs, find_quotations(text, paragraphs))
        tokenise(text, load_pack("fr").token_rules)

    layers(20_000)  # what is learnt once
    # Ten times the text may take ten times the work and some; a hundred times would be its square.
    assert steps(lambda: layers(20_000)) < 20 * steps(lambda: layers(2_000))


@given(texts)
def test_spans_of_tokens_show_what_a_reader_sees(text: str) -> None:
    tokens = tokenise(text)
    for index in range(len(tokens)):
        span = tokens.span(index, index + 1)
        assert span == Span(tokens.starts[index], tokens.stops[index])
        assert span.of(text).strip()
