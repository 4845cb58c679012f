"""The shallow parse: every example of the packs, and what holds of the units of any text."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.languages import load_pack
from ondit.read.engines.rules.lexicon import load_lexicon
from ondit.read.engines.rules.units import Clause, Parse, Unit
from ondit.text.folding import fold_word
from tests.read.reading import parsed

LANGUAGES = ("ar", "en", "es", "fr")
KINDS = set("nypRVBUIiGgJjSobteTQCWLskax,;:.()-z")


def examples(grammar: str, kind: str, key: str) -> list[Any]:
    found = []
    for language in LANGUAGES:
        for row in load_pack(language).table(f"examples/{grammar}")[kind]:
            marks = [pytest.mark.xfail(strict=True, reason=row["known"])] if "known" in row else []
            found.append(pytest.param(language, row, id=f"{language}: {row.get(key, kind)}", marks=marks))
    return found


def shown(parse: Parse, clause: Clause) -> str:
    return " ".join(f"{u.kind}[{parse.words(u.first, u.last)}]" for u in clause.units)


def units_at(parse: Parse, word: str) -> list[Unit]:
    at = parse.text.index(word)
    return [
        u
        for c in parse.clauses
        for u in c.units
        if parse.span(u.first, u.last).start <= at < parse.span(u.first, u.last).stop
    ]


@pytest.mark.parametrize(("language", "row"), examples("phrases", "yes", "text"))
def test_units_of_a_sentence(language: str, row: dict[str, Any]) -> None:
    parse = parsed(row["text"], language)
    clause = parse.clauses[0]
    assert clause.symbols == row["units"], shown(parse, clause)


@pytest.mark.parametrize(("language", "row"), examples("phrases", "no", "text"))
def test_a_word_is_not_of_these_kinds(language: str, row: dict[str, Any]) -> None:
    parse = parsed(row["text"], language)
    units = units_at(parse, row["word"])
    assert units
    assert not {u.kind for u in units} & set(row["not"]), shown(parse, parse.clauses[0])


@pytest.mark.parametrize(("language", "row"), examples("paradigm", "yes", "lemma"))
def test_forms_of_a_verb(language: str, row: dict[str, Any]) -> None:
    lexicon = load_lexicon(load_pack(language))
    lemma = fold_word(row["lemma"])
    assert [f for f in row["forms"] if lemma not in lexicon.forms.get(fold_word(f), ())] == []
    assert set(map(fold_word, row.get("finite", ()))) <= lexicon.plain_verbs


@pytest.mark.parametrize(("language", "row"), examples("paradigm", "no", "lemma"))
def test_what_is_no_form_of_a_verb(language: str, row: dict[str, Any]) -> None:
    lexicon = load_lexicon(load_pack(language))
    lemma = fold_word(row.get("lemma", ""))
    assert [f for f in row.get("forms", ()) if lemma in lexicon.forms.get(fold_word(f), ())] == []
    assert not set(map(fold_word, row.get("finite", ()))) & lexicon.plain_verbs


@pytest.mark.parametrize(
    ("language", "text", "flags"),
    [
        ("fr", "L'armée n'a pas confirmé la mort du chef.", {"negated": True, "form": "finite"}),
        ("fr", "L'armée aurait confirmé la mort du chef.", {"conditional": True, "negated": False}),
        ("fr", "La mort du chef a été confirmée par l'armée.", {"passive": True}),
        ("fr", "Il part, confirmant la mort du chef.", {"form": "gerund"}),
        ("fr", "Il est parti sans confirmer la mort du chef.", {"form": "infinitive"}),
        ("en", "The army did not confirm the death.", {"negated": True, "form": "finite"}),
        ("en", "The army may have confirmed the death.", {"modal": True, "negated": False}),
        ("en", "The death was confirmed by the army.", {"passive": True}),
        ("en", "He left, confirming the death.", {"form": "gerund"}),
        ("en", "The army will confirm the death.", {"future": True}),
    ],
)  # fmt: skip
def test_a_verb_group_knows_how_it_is_said(language: str, text: str, flags: dict[str, object]) -> None:
    parse = parsed(text, language)
    verbs = [u.verb for u in parse.clauses[0].units if u.verb is not None and u.verb.reporting]
    confirm = next(v for v in verbs if v.reporting[0].lemma.startswith("confirm"))
    assert {name: getattr(confirm, name) for name in flags} == flags


@pytest.mark.parametrize(
    ("language", "text", "inside"),
    [
        ("fr", "« La ville est tombée. Les soldats sont partis », a dit le maire.", ["nU.", "nU"]),
        ("en", '"The town has fallen. The soldiers have left," the mayor said.', ["nV.", "nV,"]),
    ],
)
def test_the_sentences_of_a_quotation_are_clauses_too(language: str, text: str, inside: list[str]) -> None:
    parse = parsed(text, language)
    assert [c.symbols for c in parse.clauses if c.within is not None] == inside
    assert parse.clauses[0].symbols.startswith("Q")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Un « conseiller » russe est arrivé."),
        ("en", 'A Russian "adviser" arrived.'),
        ("en", "The “moral police” came."),
    ],
)
def test_a_few_quoted_words_are_part_of_their_phrase(language: str, text: str) -> None:
    assert "Q" not in parsed(text, language).clauses[0].symbols


texts = st.lists(
    st.one_of(
        st.sampled_from(list("«»“”\"'’.,:!?()-\n \u00a0")),
        st.sampled_from(
            ["said ", "dit ", "selon ", "according to ", "que ", "that ", "Police ", "l'armée ", "a été ", "claimed "]
        ),
        st.text(max_size=5),
    ),
    max_size=30,
).map("".join)


@given(texts, st.sampled_from(LANGUAGES))
def test_units_are_in_order_and_of_known_kinds(text: str, language: str) -> None:
    parse = parsed(text, language)
    assert len(parse.tags) == len(parse.tokens)
    for clause in parse.clauses:
        assert clause.symbols == "".join(u.kind for u in clause.units)
        assert set(clause.symbols) <= KINDS
        at = clause.first
        for unit in clause.units:
            assert at <= unit.first < unit.last <= clause.last
            assert (unit.verb is not None) == (unit.kind in "RVBUIiGgJj")
            assert (unit.quotation is not None) == (unit.kind == "Q")
            at = unit.last
