"""Tokens, sentences and quotations as people write them: a table of habits for each."""

import unicodedata
from itertools import pairwise

import pytest

from ondit.languages import load_pack
from ondit.model import Quotation
from ondit.text.quotations import find_quotations
from ondit.text.sentences import find_paragraphs, find_sentences
from ondit.text.tokens import tokenise


def words(text: str, language: str) -> list[str]:
    tokens = tokenise(text, load_pack(language).token_rules)
    return [text[a:b] for a, b in zip(tokens.starts, tokens.stops, strict=True)]


def sentences(text: str, language: str) -> list[str]:
    paragraphs = find_paragraphs(text)
    quotations = find_quotations(text, paragraphs)
    return [s.of(text) for s in find_sentences(text, paragraphs, quotations, load_pack(language).abbreviations)]


def quotations(text: str) -> tuple[Quotation, ...]:
    return find_quotations(text, find_paragraphs(text))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "L'armée d'Irak", "L' armée d' Irak"),
        ("fr", "l’état-major", "l’ état-major"),
        ("fr", "aujourd'hui", "aujourd'hui"),
        ("fr", "a-t-il dit", "a -t-il dit"),
        ("fr", "dit-elle", "dit -elle"),
        ("fr", "celui-ci", "celui-ci"),
        ("fr", "Port-au-Prince", "Port-au-Prince"),
        ("fr", "2 500 soldats", "2 500|soldats"),
        ("fr", "12,5 km", "12,5 km"),
        ("fr", "Qu'ils partent !", "Qu' ils partent !"),
        ("fr", "M. Diallo", "M. Diallo"),
        ("fr", "de l'O.N.U.", "de l' O.N.U."),
        ("en", "the army's men", "the army 's men"),
        ("en", "he didn't", "he didn 't"),
        ("en", "2,500 troops", "2,500 troops"),
        ("en", "U.S. forces", "U.S. forces"),
        ("en", "Mr. Salih", "Mr. Salih"),
        ("en", "anti-aircraft", "anti-aircraft"),
        ("en", "(AFP)", "( AFP )"),
        ("en", "wait...", "wait ..."),
        ("en", "😀dead", "😀 dead"),
        ("en", "the سامراء base", "the سامراء base"),
        ("en", "سَامَرَّاء", "سَامَرَّاء"),
    ],
)
def test_words(language: str, text: str, expected: str) -> None:
    assert words(text, language) == (expected.split("|") if "|" in expected else expected.split(" "))


def test_a_decomposed_word_is_one_token_with_the_key_of_the_composed_one() -> None:
    rules = load_pack("fr").token_rules
    composed = "L'armée a été attaquée à Médéa"
    decomposed = unicodedata.normalize("NFD", composed)
    assert decomposed != composed
    assert tokenise(decomposed, rules).keys == tokenise(composed, rules).keys


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Il part. Elle reste.", ["Il part.", "Elle reste."]),
        ("fr", "M. Diallo parle. Il part.", ["M. Diallo parle.", "Il part."]),
        ("fr", "Le gén. Tiani et le col. Bah parlent.", ["Le gén. Tiani et le col. Bah parlent."]),
        ("fr", "« Il part. Elle reste », dit-on.", ["« Il part. Elle reste », dit-on."]),
        ("fr", "Il a dit : « Partez ! » Ils sont partis.", ["Il a dit : « Partez ! »", "Ils sont partis."]),
        ("fr", "Il a dit : «Partez !» Ils sont partis.", ["Il a dit : «Partez !»", "Ils sont partis."]),
        ("fr", "Quoi ? Rien !", ["Quoi ?", "Rien !"]),
        ("fr", "« Quoi ? » demande-t-il.", ["« Quoi ? » demande-t-il."]),
        ("fr", "Il est 3 h. Le pont brûle…", ["Il est 3 h.", "Le pont brûle…"]),
        ("fr", "Titre sans point\nTexte du jour.", ["Titre sans point", "Texte du jour."]),
        ("fr", "Le prix est de 2.5 dollars.", ["Le prix est de 2.5 dollars."]),
        ("en", "He left. She stayed.", ["He left.", "She stayed."]),
        ("en", "Mr. Salih spoke. He left.", ["Mr. Salih spoke.", "He left."]),
        ("en", "Gen. Sisi and Lt. Col. Bah spoke.", ["Gen. Sisi and Lt. Col. Bah spoke."]),
        ("en", "The U.S. Army left. It returned.", ["The U.S. Army left.", "It returned."]),
        ("en", "J. Smith spoke.", ["J. Smith spoke."]),
        ("en", '"We left. They stayed," he said.', ['"We left. They stayed," he said.']),
        ("en", "It cost $2.5 million. Nobody paid.", ["It cost $2.5 million.", "Nobody paid."]),
        ("en", "Two dead.\n\nFive hurt", ["Two dead.", "Five hurt"]),
        ("en", "He left.She stayed.", ["He left.", "She stayed."]),
        ("en", "Strikes hit Gaza 😀. People fled.", ["Strikes hit Gaza 😀.", "People fled."]),
        ("fr", "   \n\n  ", []),
    ],
)
def test_sentences(language: str, text: str, expected: list[str]) -> None:
    assert sentences(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il a dit « oui ».", ["oui"]),
        ("Il a dit «oui».", ["oui"]),
        ("Il a dit «\u202foui\u202f».", ["oui"]),
        ("He said “yes”.", ["yes"]),
        ("He said ‘yes’ twice.", ["yes"]),
        ("He said 'yes, now' twice.", ["yes, now"]),
        ('He said "yes".', ["yes"]),
        ("Er sagte „ja“.", ["ja"]),
        ("He said ``yes''.", ["yes"]),
        ('""Yes"", he said.', ["Yes"]),
        ("« Ils ont dit “non” », dit-il.", ["Ils ont dit “non”", "non"]),
        ("He said \"they cried 'out' twice\".", ["they cried 'out' twice", "out"]),
        ("the army's men and the rebels' camp", []),
        ("l'un des hommes d'Ali", []),
        ("a 6' wall and a 5\" gun", []),
        ("« Pas de fin", ["Pas de fin"]),
        ("“No end. None at all", ["No end. None at all"]),
        ('"No end', ["No end"]),
        ("sans début » ici", []),
        ("« Un.\n« Deux. »", ["Un.", "Deux."]),
        ("« Un.\n» Deux. »", ["Un.", "Deux."]),
        pytest.param("« »", [], marks=pytest.mark.xfail(strict=True, reason="nothing but a space is quoted")),
        ("“”", []),
        ('""', []),
        ("« 😀 tirs »", ["😀 tirs"]),
        ("« قال نعم »", ["قال نعم"]),
        ("«É\u0301te\u0301»", ["É\u0301te\u0301"]),
        ("(« oui »)", ["oui"]),
        ('He said:"Go".', ["Go"]),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [q.inner.of(text) for q in quotations(text)] == expected


@pytest.mark.parametrize(
    ("text", "closed"),
    [("« fini »", [True]), ("« pas fini", [False]), ("“a” and “b", [True, False]), ("« a “b » c", [True])],
)
def test_a_quotation_knows_whether_it_was_closed(text: str, closed: list[bool]) -> None:
    assert [q.closed for q in quotations(text) if q.depth == 0] == closed


def test_depth_counts_from_outside() -> None:
    found = quotations("« un “deux ‘trois’ deux” un »")
    assert [q.depth for q in found] == [0, 1, 2]
    assert all(a.inner.contains(b.outer) for a, b in pairwise(found))


def test_ten_thousand_marks_without_end_are_cut_at_a_depth() -> None:
    assert max(q.depth for q in quotations("« " * 10_000)) < 20
