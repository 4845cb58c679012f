"""Which language is this? Texts on the left, the answer on the right."""

from pathlib import Path

import pytest

from ondit.languages import available_languages
from ondit.model import Report, Severity
from ondit.normalise.languages import choose_language, detect_language, known_languages, language_name
from tests.steps import steps

TREEBANKS = Path(__file__).parents[3] / "shared" / "bench" / "ud"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Samedi soir, le bruit des explosions a été entendu dans le ciel, selon la chaîne Telegram Saberin News.",
            "fr",
        ),
        ("L’armée nie toute perte.", "fr"),
        ("Three soldiers were killed on Monday in an attack, according to the army.", "en"),
        ("Police say two people were injured", "en"),
        ("أعلن الجيش أن القوات انسحبت من المدينة بعد اشتباكات", "ar"),
        ("El ejército dijo que tres soldados murieron el lunes en un ataque contra la base.", "es"),
        ("Nach Angaben der Armee wurden am Montag drei Soldaten bei einem Angriff getötet.", "de"),
        ("Secondo l'esercito, tre soldati sono stati uccisi lunedì in un attacco contro la base.", "it"),
        ("Segundo o exército, três soldados foram mortos na segunda-feira num ataque à base.", "pt"),
        ("Volgens het leger zijn maandag drie soldaten gedood bij een aanval op de basis.", "nl"),
        ("Ordu, pazartesi günü üsse yapılan saldırıda üç askerin öldüğünü söyledi.", "tr"),
        ("По данным армии, в понедельник в результате атаки на базу были убиты трое солдат.", "ru"),
        ("За даними армії, у понеділок внаслідок атаки на базу було вбито троє солдатів, але це не все.", "uk"),
        ("ارتش اعلام کرد که سه سرباز در حمله به پایگاه کشته شدند و این حمله را محکوم کرد.", "fa"),
        ("לפי הצבא, שלושה חיילים נהרגו ביום שני", "he"),
        ("فوج کے مطابق پیر کے روز حملے میں تین فوجی ہلاک ہوئے ہیں۔", "ur"),
        ("Według wojska w poniedziałek w ataku na bazę zginęło trzech żołnierzy, a to nie jest koniec.", "pl"),
        ("Menurut tentara, tiga prajurit tewas dalam serangan yang terjadi pada hari Senin.", "id"),
        ("Ο στρατός ανακοίνωσε ότι σκοτώθηκαν τρεις στρατιώτες", "el"),
        ("軍は月曜日に三人の兵士が死亡したと発表した", "ja"),
        ("军方称周一有三名士兵在袭击中丧生", "zh"),
        # Names, figures and emoji in other scripts do not turn a text.
        ("Le porte-parole de l'armée (الجيش) a déclaré que 3 soldats ont été tués 🇱🇧 💥", "fr"),
        # Nothing to go by.
        ("", ""),
        ("12:30 – 14:00", ""),
        ("🚀🚀🚀", ""),
        ("Bagdad Samarra Mossoul", ""),
    ],
)
def test_detected(text: str, language: str) -> None:
    assert detect_language(text).language == language


def test_a_single_choice_is_the_answer_and_several_restrict() -> None:
    spanish = "El ejército dijo que tres soldados murieron el lunes en un ataque contra la base de la ciudad."
    assert detect_language(spanish, among=("fr",)).language == "fr"
    assert detect_language(spanish, among=("fr", "es")).language == "es"
    assert detect_language("Trois soldats ont été tués.", among=("fr", "en")).confidence > 0.55


@pytest.mark.parametrize(
    ("text", "language", "code", "says"),
    [
        (
            "Die Armee sagte, dass drei Soldaten am Montag bei einem Angriff auf die Basis getötet wurden.",
            "",
            "no-language-pack",
            "German (de)",
        ),
        ("לפי הצבא, שלושה חיילים נהרגו", "", "no-language-pack", "Hebrew (he)"),
        ("Bagdad Samarra Mossoul", "", "language-undecided", "cannot be told"),
        ("Le juge d'Amiens se dessaisit du dossier.", "fr", "language-uncertain", "French"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, language: str, code: str, says: str) -> None:
    chosen, (problem,) = choose_language(Report("r1", text))
    assert (chosen, problem.code, problem.where) == (language, code, "r1")
    assert says in problem.message
    assert "--lang" in problem.remedy
    assert (problem.severity is Severity.WARNING) == bool(language)


def test_what_the_report_states_counts_unless_ruled_out() -> None:
    report = Report("r1", "Trois soldats ont été tués, selon l'armée.", language="en")
    assert choose_language(report) == ("en", ())
    assert choose_language(report, among=("fr",)) == ("fr", ())


def test_every_pack_can_be_detected_and_named() -> None:
    assert set(available_languages()) <= set(known_languages())
    assert all(language_name(code) != code for code in known_languages())


def test_long_texts_are_sampled() -> None:
    text = "Trois soldats ont été tués, selon l'armée. " * 250_000
    assert detect_language(text).language == "fr"
    assert steps(lambda: detect_language(text)) < 2 * steps(lambda: detect_language(text[:100_000]))


@pytest.mark.skipif(not TREEBANKS.is_dir(), reason="the treebanks of ../shared/bench/ud are not here")
@pytest.mark.parametrize(
    ("name", "alone", "threes"), [("fr_gsd-dev", 0.95, 0.99), ("en_ewt-dev", 0.90, 0.96), ("ar_pud-test", 0.98, 1.0)]
)
def test_accuracy_on_treebank_sentences(name: str, alone: float, threes: float) -> None:
    lines = (TREEBANKS / f"{name}.conllu").read_text(encoding="utf-8").splitlines()
    sentences = [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]
    groups = [" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3)]
    for texts, floor in (([s for s in sentences if len(s.split()) >= 3], alone), (groups, threes)):
        guesses = [detect_language(text).language for text in texts]
        assert guesses.count(name[:2]) / len(texts) >= floor
        assert sum(1 for g in guesses if g and g != name[:2]) / len(texts) < 0.01
