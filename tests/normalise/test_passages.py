"""A report in two languages: each passage is read in its own, and every offset is that of the whole text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.languages import load_pack
from ondit.model import Report
from ondit.normalise import normalise_passages
from ondit.pipeline import read

ARABIC = "قال الجيش إن جنديين قتلا قرب ميناكا. وأضاف أن المهاجمين فروا."
ENGLISH = "The army said that two soldiers were killed near Menaka."
FRENCH = (
    "Selon la police, le pont a été détruit dans la nuit de jeudi à vendredi par des hommes armés qui ont ensuite pris la "
    "fuite vers la frontière. Les habitants du village disent que les soldats sont arrivés trop tard et que rien n'a été fait."
)
LONG_ENGLISH = (
    "According to the police, the bridge was destroyed in the night by armed men who then fled towards the border. The people of "
    "the village say that the soldiers came too late and that nothing has been done about it since then."
)


def languages_of(text: str, language: str) -> list[str]:
    documents = normalise_passages(Report("r", text, language=language), load_pack(language))
    assert [d.passages[0].span.stop for d in documents[:-1]] == [d.passages[0].span.start for d in documents[1:]]
    assert documents[0].passages[0].span.start == 0
    assert documents[-1].passages[0].span.stop == len(text)
    return [d.passages[0].language for d in documents]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (ARABIC, "ar", ["ar"]),
        (ENGLISH, "en", ["en"]),
        (f"{ARABIC}\n\n{ENGLISH}", "ar", ["ar", "en"]),
        (f"{ARABIC} {ENGLISH}", "ar", ["ar", "en"]),
        (f"{ENGLISH}\n{ARABIC}\n{ENGLISH}", "en", ["en", "ar", "en"]),
        (f"{FRENCH}\n\n{LONG_ENGLISH}", "fr", ["fr", "en"]),
        (f"{FRENCH}\n\nThe army denied it.", "fr", ["fr"]),  # too short to be sure
        ("عاجل 🔴 #Breaking\nقتل جنديان https://example.org/a/b/c/d #Niger @army", "ar", ["ar"]),
        ("نقلت Reuters عن BBC News أن الطريق مغلقة.", "ar", ["ar"]),
        ("قال الوزير: «We will not leave this village alone» ثم غادر المكان مع مرافقيه.", "ar", ["ar"]),
        ("", "ar", ["ar"]),
    ],
)
def test_passages(text: str, language: str, expected: list[str]) -> None:
    assert languages_of(text, language) == expected


def test_each_passage_is_read_in_its_own_language() -> None:
    text = f"🔴 عاجل\n{ARABIC}\n\n{ENGLISH}\n\n#النيجر"
    claims = [(c.content.of(text), [v.text for v in c.chain]) for c in read(text).claims]
    assert ("جنديين قتلا قرب ميناكا", ["الجيش"]) in claims
    assert ("المهاجمين فروا", ["وأضاف"]) in claims
    assert ("two soldiers were killed near Menaka", ["The army"]) in claims
    assert {p.name for e in read(text).events for p in e.places} == {"Ménaka"}  # the town, in both languages


@given(st.lists(st.sampled_from([ARABIC, ENGLISH, FRENCH, "😀", "\n", " ", "…", '"', "#tag"]), max_size=6))
def test_passages_cover_the_text_and_tokens_stay_inside(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    for document in normalise_passages(Report("r", text), load_pack("ar")):
        span = document.passages[0].span
        for start, stop in zip(document.tokens.starts, document.tokens.stops, strict=True):
            assert span.start <= start < stop <= span.stop
        assert all(span.contains(sentence) for sentence in document.sentences)
