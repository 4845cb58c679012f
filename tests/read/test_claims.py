"""From attributions to claims: what is cut where, who goes on speaking, and what holds of the claims of any text."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ondit
from ondit.model import Claim, Reading, Span, Stance

Row = tuple[list[str], str, str]


def told(reading: Reading) -> list[Row]:
    """Chain, content and stance of each claim."""
    text = reading.report.text
    return [([v.text for v in c.chain], c.content.of(text), c.stance.value) for c in reading.claims]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # the report's own claims
        ("fr", "Un drone a frappé le dépôt lundi.", [([], "Un drone a frappé le dépôt lundi", "asserts")]),
        ("en", "The sky was blue.", []),
        # where it was written is told by nobody
        (
            "en",
            "LIMA --At least six people died on Friday in a fire.",
            [([], "At least six people died on Friday in a fire", "asserts")],
        ),
        (
            "en",
            "DENVER, Colo. (AP) -- Soldiers killed six rebels on Friday.",
            [([], "Soldiers killed six rebels on Friday", "asserts")],
        ),
        ("en", "Why did the soldiers leave?", []),
        ("en", "Kano is a city in Nigeria.", []),
        ("fr", "Kano est une ville du Nigeria.", []),
        ("en", "Deadly blast in Kano\nThe market was quiet.", [([], "Deadly blast in Kano", "asserts")]),
        ("en", "The port of Kano\nThe market was quiet.", []),
        # sentences without a verb: what happened, or who suffered it, comes first
        (
            "fr",
            "Explosion à Bamako. Trois blessés.",
            [([], "Explosion à Bamako", "asserts"), ([], "Trois blessés", "asserts")],
        ),
        ("fr", "Frappe aérienne sur Djibo hier soir.", [([], "Frappe aérienne sur Djibo hier soir", "asserts")]),
        ("fr", "Explosion à Bamako ?", []),
        ("fr", "Une capitale en deuil. Un long silence.", []),
        (
            "en",
            "Attack on a convoy near Gossi this morning.",
            [([], "Attack on a convoy near Gossi this morning", "asserts")],
        ),
        ("en", "A long queue. A quiet market in Kano.", []),
        (
            "ar",
            "هجوم على قافلة عسكرية في حمص صباح اليوم.",
            [([], "هجوم على قافلة عسكرية في حمص صباح اليوم", "asserts")],
        ),
        ("ar", "انفجار في حمص. مقتل 9 جنود.", [([], "انفجار في حمص", "asserts"), ([], "مقتل 9 جنود", "asserts")]),
        ("ar", "قانون جديد.", []),
        # a word of speech that is the deed
        (
            "fr",
            "Le tribunal a condamné le militant à quatre ans de prison.",
            [([], "Le tribunal a condamné le militant à quatre ans de prison", "asserts")],
        ),
        (
            "en",
            "The president dismissed the army chief on Monday.",
            [([], "The president dismissed the army chief on Monday", "asserts")],
        ),
        (
            "en",
            "The president dismissed the report as false.",
            [(["The president"], "the report as false", "denies")],
        ),
        # a quotation that a denial leads in: behind the sentence that says no, what is said is said
        (
            "fr",
            "L'état-major dément : « Aucun soldat n'a été tué à Gossi. L'attaque a été repoussée. »",
            [
                (["L'état-major"], "Aucun soldat n'a été tué à Gossi", "denies"),
                (["L'état-major"], "L'attaque a été repoussée", "asserts"),
            ],
        ),
        (
            "en",
            '"We did not hit the market. Our jets struck a rebel depot in Tessit," the spokesman denied.',
            [
                (["the spokesman"], "We did not hit the market", "denies"),
                (["the spokesman"], "Our jets struck a rebel depot in Tessit", "asserts"),
            ],
        ),
        (
            "fr",
            "Le ministre a démenti : « Ces accusations sont graves. Elles visent l'armée. »",
            [(["Le ministre"], "Ces accusations sont graves. Elles visent l'armée", "denies")],
        ),
        (
            "ar",
            "نفى الجيش ذلك: «لم يقتل أي جندي في حمص. قتلنا 14 مسلحا في الهجوم».",
            [
                (["الجيش"], "لم يقتل أي جندي في حمص", "denies"),
                (["الجيش"], "قتلنا 14 مسلحا في الهجوم", "asserts"),
            ],
        ),
        # who turns to another's doing tells of another happening
        (
            "fr",
            "L'armée a repris la ville lundi, alors que les habitants ont manifesté à Gao.",
            [
                ([], "L'armée a repris la ville lundi", "asserts"),
                ([], "les habitants ont manifesté à Gao", "asserts"),
            ],
        ),
        (
            "en",
            "Police arrested ten people in Gao while rebels shelled the airport.",
            [
                ([], "Police arrested ten people in Gao", "asserts"),
                ([], "rebels shelled the airport", "asserts"),
            ],
        ),
        (
            "en",
            "Police arrested ten people in Gao while shops were open.",
            [([], "Police arrested ten people in Gao while shops were open", "asserts")],
        ),
        # a happening told in passing with a date of its own
        (
            "en",
            "Police arrested four men over the bombing of a church in May.",
            [
                ([], "Police arrested four men over the bombing of a church in May", "asserts"),
                ([], "the bombing of a church in May", "asserts"),
            ],
        ),
        (
            "en",
            "Ten people died in the bombing of a church in May.",
            [([], "Ten people died in the bombing of a church in May", "asserts")],
        ),
        (
            "fr",
            "L'ONU a déploré des viols depuis la chute de la ville de Goma, le 27 janvier.",
            [
                (["L'ONU"], "des viols depuis la chute de la ville de Goma, le 27 janvier", "asserts"),
                ([], "la chute de la ville de Goma, le 27 janvier", "asserts"),
            ],
        ),
        # one happening a claim
        (
            "fr",
            "L'armée a tué dix rebelles à Gao et la police a arrêté quatre hommes à Bamako.",
            [
                ([], "L'armée a tué dix rebelles à Gao", "asserts"),
                ([], "la police a arrêté quatre hommes à Bamako", "asserts"),
            ],
        ),
        (
            "en",
            "The army said a drone struck the depot, killing three people.",
            [(["The army"], "a drone struck the depot, killing three people", "asserts")],
        ),
        # "that" again: something else is said, also where the first has no verb
        (
            "ar",
            "قال الناطق إن العامل الثاني بخير، وإن السلطات فتحت الطريق.",
            [(["الناطق"], "العامل الثاني بخير", "asserts"), (["الناطق"], "السلطات فتحت الطريق", "asserts")],
        ),
        # where the report speaks again
        (
            "fr",
            "Selon l'armée, le convoi a été attaqué à Gao, mais dix soldats ont été tués à Kidal.",
            [
                (["l'armée"], "le convoi a été attaqué à Gao", "asserts"),
                ([], "dix soldats ont été tués à Kidal", "asserts"),
            ],
        ),
        # a voice beside and a voice inside
        (
            "en",
            "Police said the bomb exploded at noon, and residents said soldiers opened fire.",
            [(["Police"], "the bomb exploded at noon", "asserts"), (["residents"], "soldiers opened fire", "asserts")],
        ),
        (
            "en",
            "Police said residents said soldiers opened fire.",
            [(["Police", "residents"], "soldiers opened fire", "asserts")],
        ),
        (
            "fr",
            "Le maire a dit que l'armée a affirmé que le pont a été détruit.",
            [(["Le maire", "l'armée"], "le pont a été détruit", "asserts")],
        ),
        # a channel is no voice
        (
            "fr",
            "Dans un communiqué, l'armée affirme que dix rebelles ont été tués.",
            [(["l'armée"], "dix rebelles ont été tués", "asserts")],
        ),
        (
            "en",
            "The army said on Twitter that ten rebels were killed.",
            [(["The army"], "ten rebels were killed", "asserts")],
        ),
        # the same cue, two voices
        (
            "fr",
            "Le ministère et la police ont confirmé que dix rebelles ont été tués.",
            [
                (["Le ministère"], "dix rebelles ont été tués", "asserts"),
                (["la police"], "dix rebelles ont été tués", "asserts"),
            ],
        ),
        # direct speech goes on
        (
            "en",
            '"The soldiers opened fire on the crowd," the mayor said. "They killed ten people."',
            [
                (["the mayor"], "The soldiers opened fire on the crowd", "asserts"),
                (["the mayor"], "They killed ten people", "asserts"),
            ],
        ),
        ("en", '"Soldiers opened fire," the mayor said.', [(["the mayor"], "Soldiers opened fire", "asserts")]),
    ],
)
def test_claims_of_a_text(language: str, text: str, expected: list[Row]) -> None:
    assert told(ondit.read(text, lang=language)) == expected


@pytest.mark.parametrize(
    ("language", "content", "stance"),
    [
        ("en", "the rebels took the town", "asserts"),
        ("en", "the rebels may have taken the town", "possible"),
        ("en", "the rebels might take the town", "possible"),
        ("en", "the rebels must leave the town", "demands"),
        ("en", "the rebels should leave the town", "demands"),
        ("en", "the rebels allegedly took the town", "distances"),
        ("en", "the rebels reportedly took the town", "possible"),
        ("en", "the so-called rebels took the town", "distances"),
        ("fr", "les rebelles ont pris la ville", "asserts"),
        ("fr", "les rebelles auraient pris la ville", "possible"),
        ("fr", "les rebelles pourraient prendre la ville", "possible"),
        ("fr", "les rebelles doivent quitter la ville", "demands"),
        ("fr", "les prétendus rebelles ont pris la ville", "distances"),
        ("fr", "les rebelles ont peut-être pris la ville", "possible"),
    ],
)
@pytest.mark.parametrize("frame", ["verb", "preposition"])
def test_words_inside_the_content_change_the_stance(language: str, content: str, stance: str, frame: str) -> None:
    frames = {
        ("en", "verb"): "The mayor said that {}.",
        ("en", "preposition"): "According to the mayor, {}.",
        ("fr", "verb"): "Le maire a déclaré que {}.",
        ("fr", "preposition"): "Selon le maire, {}.",
    }
    reading = ondit.read(frames[language, frame].format(content), lang=language)
    assert [c.stance.value for c in reading.claims if c.chain] == [stance]


@pytest.mark.parametrize(
    ("language", "verb", "stance"),
    [
        ("en", "said", "asserts"), ("en", "denied", "denies"), ("en", "claimed", "distances"), ("en", "demanded", "demands"),
        ("en", "feared", "possible"), ("en", "did not deny", "asserts"), ("en", "hoped", "demands"), ("en", "confirmed", "asserts"),
        ("fr", "a affirmé", "asserts"), ("fr", "a nié", "denies"), ("fr", "a prétendu", "distances"), ("fr", "a exigé", "demands"),
        ("fr", "craint", "possible"), ("fr", "n'a pas nié", "asserts"), ("fr", "espère", "demands"), ("fr", "a confirmé", "asserts"),
    ],
)  # fmt: skip
def test_the_class_of_the_verb_is_the_stance(language: str, verb: str, stance: str) -> None:
    text = (
        f"The mayor {verb} that the rebels left."
        if language == "en"
        else f"Le maire {verb} que les rebelles sont partis."
    )
    assert [c.stance for c in ondit.read(text, lang=language).claims if c.chain] == [Stance(stance)]


def test_every_claim_says_which_rule_read_it() -> None:
    text = "Selon la police, dix hommes ont été tués. Le maire a déclaré que la ville était calme. Un drone a frappé le dépôt."
    reading = ondit.read(text, lang="fr")
    assert len(reading.claims) == 3
    for claim in reading.claims:
        assert claim.evidence[0].field == "content"
        assert all(e.rule.startswith(("fr/", "resolve/")) for e in claim.evidence)


# ------------------------------------------------------------------------------------------------------------- properties

LINES = {
    "fr": [
        "Selon l'armée, dix rebelles ont été tués à Gao lundi. ", "Le maire a déclaré à l'AFP que le pont est détruit. ",
        "« Nous avons tiré », a-t-il ajouté. ", "L'armée dément. ", "Celui-ci aurait fui, ", "ajoutant que la ville est calme. ",
        "Un témoin : « Ils sont partis. » ", "« ", " » ", "et la police ", "que ", "selon ", "12 morts ", "a dit ", "😀", "é\u0301", "العراق ",
    ],
    "ar": [
        "وقال الجيش إن عشرة مسلحين قتلوا في غاو يوم الاثنين. ", "وأضاف المصدر أن الجسر دمر. ", "بحسب الشرطة، ", "«سنعود غدا إلى بيوتنا»، قال أحد السكان. ",
        "مضيفا أن المدينة هادئة. ", "ونفت الوزارة ذلك. ", "نقلت رويترز عن ضابط قوله إن ", "«", "» ", '"', "والشرطة ", "أن ", "12 قتيلا ", "وقالت ",
        "😀", "e\u0301", "سَامَرَّاء ", "Reuters ", "، ", "؟ ",
    ],
    "en": [
        "According to the army, ten rebels were killed in Gao on Monday. ", "The mayor told AFP the bridge was destroyed. ",
        '"We opened fire," he added. ', "The army denies. ", "He may have fled, ", "adding that the town was calm. ",
        "Witness: “They left.” ", "“", "” ", '"', "and the police ", "that ", "according to ", "12 dead ", "said ", "😀", "é\u0301", "العراق ",
    ],
}  # fmt: skip
texts = st.sampled_from(("ar", "en", "fr")).flatmap(
    lambda language: st.tuples(st.just(language), st.lists(st.sampled_from(LINES[language]), max_size=12).map("".join))
)


def shape(claim: Claim, by: int) -> Any:
    def moved(span: Span | None) -> tuple[int, int] | None:
        return None if span is None else (span.start - by, span.stop - by)

    chain = [(moved(v.span), v.kind, moved(v.refers_to)) for v in claim.chain]
    counts = [(c.what, c.low, c.high, moved(c.span)) for c in claim.counts]
    return moved(claim.content), moved(claim.cue), chain, claim.stance, claim.event is None, counts


@settings(max_examples=60, deadline=None)
@given(texts)
def test_spans_lie_in_the_text_and_reading_twice_is_reading_once(example: tuple[str, str]) -> None:
    language, text = example
    reading = ondit.read(text, lang=language)
    assert reading == ondit.read(text, lang=language)
    for claim in reading.claims:
        for span in (claim.content, claim.cue or claim.content, *(v.span for v in claim.chain)):
            assert 0 <= span.start < span.stop <= len(text)
        for voice in claim.chain:
            assert voice.text == voice.span.of(text)
            assert voice.refers_to is None or voice.refers_to.stop <= voice.span.start


@settings(max_examples=60, deadline=None)
@given(texts, st.sampled_from(["\n", "\n\n\n", "  \n \n"]))
def test_blank_lines_before_a_text_move_the_spans_and_nothing_else(example: tuple[str, str], blank: str) -> None:
    language, text = example
    plain, moved = ondit.read(text, lang=language), ondit.read(blank + text, lang=language)
    assert [shape(c, len(blank)) for c in moved.claims] == [shape(c, 0) for c in plain.claims]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(("ar", "en", "fr", None)))
def test_no_text_raises(text: str, language: str | None) -> None:
    reading = ondit.read(text, lang=language)
    assert replace(reading.report, text="").text == ""
