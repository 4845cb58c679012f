"""Properties of recognition: spans, verbatim text, order; bad input; TIMEX3 and whole constructions."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.languages.packs import Pack, available_languages, load_pack
from ondit.model import TimeExpression, TimexType
from ondit.read.engines.rules.times import Form, find_times
from ondit.read.engines.rules.times.grammar import grammar_of
from ondit.read.engines.rules.times.lexemes import lex
from ondit.read.engines.rules.times.patterns import Choice, Digits, Node, PatternError, Ref, parse_pattern
from ondit.text.tokens import tokenise
from tests.steps import steps

LANGUAGES = [language for language in available_languages() if load_pack(language).has("grammar/time.toml")]


def find(
    language: str, text: str, *, whole: bool = True, start: int = 0, stop: int | None = None
) -> list[TimeExpression]:
    pack = load_pack(language)
    return find_times(
        text,
        tokenise(text, pack.token_rules, start=start, stop=stop),
        pack,
        start=start,
        stop=stop,
        form=Form.WHOLE if whole else Form.TIMEX3,
    )


def scraps() -> st.SearchStrategy[str]:
    """Texts that are likely to hold pieces of dates: words of the packs between numbers, marks and anything else."""
    words = sorted(
        {
            word.strip("^!")
            for language in LANGUAGES
            for table in load_pack(language).table("words/time").values()
            for word in table
        }
    )
    piece = st.one_of(
        st.sampled_from(words),
        st.integers(0, 2100).map(str),
        st.sampled_from(
            [
                "-",
                "/",
                ":",
                ".",
                ",",
                "\n\n",
                "the",
                "of",
                "du",
                "au",
                "le",
                "à",
                "from",
                "to",
                "h",
                "🙂",
                "e\u0301te\u0301",
                "في ٣ مايو",
            ]
        ),
        st.text(max_size=4),
    )
    return st.lists(st.tuples(piece, st.sampled_from([" ", "", "  ", "\n"])), max_size=25).map(
        lambda ps: "".join(a + b for a, b in ps)
    )


@given(scraps(), st.sampled_from(LANGUAGES), st.booleans())
@settings(max_examples=300, deadline=None)
def test_spans_are_inside_the_text_in_order_and_verbatim(text: str, language: str, whole: bool) -> None:
    found = find(language, text, whole=whole)
    at = 0
    for expression in found:
        assert at <= expression.span.start < expression.span.stop <= len(text)
        assert expression.text == text[expression.span.start : expression.span.stop]
        assert expression.value.startswith("=")
        assert expression.rule.startswith(f"{language}/time:")
        at = expression.span.stop


@pytest.mark.parametrize(
    ("text", "whole", "narrow"),
    [
        ("It began since 1986.", ["since 1986"], ["1986"]),
        ("He stayed from May 3 to May 7.", ["from May 3 to May 7"], ["May 3", "May 7"]),
        ("It ran from 3 to 7 May 2021.", ["from 3 to 7 May 2021"], ["3", "7 May 2021"]),
        ("Wait until the end of April.", ["until the end of April"], ["the end of April"]),
        ("On 4 and 7 May they met.", ["4", "7 May"], ["4", "7 May"]),
        ("Two days after the assault they fled.", ["Two days after"], ["Two days"]),
    ],
)
def test_constructions_are_whole_or_follow_timex3(text: str, whole: list[str], narrow: list[str]) -> None:
    assert [e.text for e in find("en", text)] == whole
    assert [e.text for e in find("en", text, whole=False)] == narrow


def test_a_stretch_of_a_text_keeps_the_offsets_of_the_text() -> None:
    text = "On Friday he left. On Sunday he came."
    assert [(e.span.start, e.text) for e in find("en", text, start=19)] == [(22, "Sunday")]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("They met on 3 May.", TimexType.DATE),
        ("They met at 5 p.m. on 3 May.", TimexType.TIME),
        ("It took three days.", TimexType.DURATION),
        ("It comes every Friday.", TimexType.SET),
    ],
)
def test_types_are_those_of_timex3(text: str, type_: TimexType) -> None:
    assert [e.type for e in find("en", text)] == [type_]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "piece", ["1 ", "3 May ", "le 3 ", "the ", "12:", "vendredi ", "from 3 to ", "du 3 au ", "-1-1", "du de la "]
)
def test_hostile_repetition_takes_work_in_proportion(language: str, piece: str) -> None:
    short, long = piece * 400, piece * 3_200
    find(language, long)  # what is learnt once
    assert steps(lambda: find(language, long)) < 12 * steps(lambda: find(language, short))


def test_decomposed_letters_are_read_and_their_offsets_kept() -> None:
    text = "Le 3 fe\u0301vrier 2021, ils ont fui."
    (expression,) = find("fr", text)
    assert expression.text == "Le 3 fe\u0301vrier 2021"


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_that_are_no_numbers_are_marks(language: str) -> None:
    assert find(language, "² ③ 5² x²") == []


@pytest.mark.parametrize("sign", ["ـ", "ُ"])
def test_a_stretching_stroke_or_vowel_sign_by_itself_is_read_over(sign: str) -> None:
    assert [e.text for e in find("ar", f"قتل {sign} خمسة أشخاص يوم الجمعة {sign}")] == ["يوم الجمعة"]


def test_lexemes_of_other_scripts_are_split_too() -> None:
    assert lex("في ٣ مايو٢٠٢١", 0, 13).keys == ["في", "3", "مايو", "2021"]


@pytest.mark.parametrize("pattern", ["(a", "a)", "[a", "{", "a]"])
def test_a_broken_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        parse_pattern(pattern)


def always_bound(nodes: Sequence[Node]) -> set[str]:
    """Names that a pattern binds whatever it matches."""
    bound: set[str] = set()
    for node in nodes:
        if isinstance(node, Ref | Digits):
            bound.add(node.alias)
        elif isinstance(node, Choice):
            bound |= set.intersection(*(always_bound(option) for option in node.options))
    return bound


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_binds_what_its_meaning_needs(language: str) -> None:
    grammar = grammar_of(load_pack(language))
    for rule in {*grammar.top, *(rule for rules in grammar.categories.values() for rule in rules)}:
        needed = set(re.findall(r"\{(\w+)\}", rule.means))
        assert needed <= always_bound((*rule.lead, *rule.body, *rule.tail)), (rule.name, rule.means)


@pytest.mark.parametrize("language", LANGUAGES)
def test_grammar_and_words_are_small_enough_to_load_at_the_start(language: str) -> None:
    for name in ("grammar", "words"):
        assert (load_pack(language).folder / name / "time.toml").stat().st_size < 40_000


ARABIC = Pack(
    "xx",
    Path("xx"),
    {},
    {
        "words/time": {
            "prefixes": {"words": ["و", "ال", "في"]},
            "weekday": {"جمعة": 5, "خميس": 4},
            "month": {"مايو": 5},
        },
        "grammar/time": {
            "rule": [
                {
                    "name": "weekday",
                    "of": "date",
                    "match": ["يوم ال {weekday}", "{weekday}"],
                    "means": "(weekday {weekday})",
                },
                {
                    "name": "month-day",
                    "of": "date",
                    "match": ["{1-31:d} {month}"],
                    "means": "(and (month {month}) (day {d}))",
                },
            ]
        },
    },
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ووقع الهجوم يوم الجمعة", [("يوم الجمعة", "=(weekday 5)")]),
        ("وقع والخميس", [("خميس", "=(weekday 4)")]),
        ("في ٣ مايو", [("٣ مايو", "=(and (month 5) (day 3))")]),
        ("مجمعة", []),
    ],
)
def test_other_scripts_digits_and_words_written_together(text: str, expected: list[tuple[str, str]]) -> None:
    found = find_times(text, tokenise(text), ARABIC)
    assert [(e.text, e.value) for e in found] == expected
    long = f"{'كلمة ' * 60}{text}"
    assert [(e.text, e.value) for e in find_times(long, tokenise(long), ARABIC)] == expected
