"""PolNeAR: roles of tokens learnt and joined to attributions, the rules where there is nothing to learn from."""

import json
from pathlib import Path

import pytest

from evaluation import polnear
from evaluation.polnear_features import answers, features, read_article
from evaluation.polnear_joining import ROLES, joined
from evaluation.polnear_tagger import learn

TEXT = "The mayor said the bridge would open."
SHORT = {"s": "source", "c": "cue", "n": "content", "o": "outside"}


def spans(text: str, *phrases: str) -> list[list[int]]:
    return [[text.index(p), text.index(p) + len(p)] for p in phrases]


@pytest.mark.parametrize(
    ("attribution", "labels"),
    [
        ({}, "o o o o o o o o"),
        ({"source": spans(TEXT, "The mayor"), "cue": spans(TEXT, "said")}, "s s c o o o o o"),
        ({"cue": spans(TEXT, "said"), "content": spans(TEXT, "the bridge would open")}, "o o c n n n n o"),
        ({"cue": spans(TEXT, "would"), "content": spans(TEXT, "the bridge would open")}, "o o o n n c n o"),
        ({"source": spans(TEXT, "The", "mayor")}, "s s o o o o o o"),
    ],
)
def test_tokens_have_the_role_of_their_span(attribution: dict[str, list[list[int]]], labels: str) -> None:
    (article,) = read_article(TEXT)
    found = answers(article, [{role: attribution.get(role, []) for role in ROLES}])
    assert found == [SHORT[label] for label in labels.split()]


QUOTED = '"It fell," he said. "Nobody was there."\nThe road is closed, and Smith fears a flood.'


@pytest.mark.parametrize(
    ("text", "labels", "attributions"),
    [
        ("He said so. She left.", "s c n o o o o", [(["He"], ["said"], ["so"])]),
        # Both halves of a quotation go to the cue between them; a cue of its own sentence comes before a nearer one.
        (
            QUOTED,
            "n n n n n s c o n n n n n n o o o o o o s c n n o",
            [
                (["he"], ["said"], ['"It fell,"', '"Nobody was there."']),
                (["Smith"], ["fears"], ["a flood"]),
            ],
        ),
        # A quotation alone in the next paragraph goes on; a source far from every cue stays by itself.
        (
            'He said no.\n"It is one of the bridges here."',
            "s c n o n n n n n n n n n n",
            [(["He"], ["said"], ["no", '"It is one of the bridges here."'])],
        ),
        ("Smith left. He said no.", "s o o s c n o", [(["He"], ["said"], ["no"]), (["Smith"], [], [])]),
        (
            "He said no and hoped so.",
            "s c n o c n o",
            [(["He"], ["said"], ["no"]), (["He"], ["hoped"], ["so"])],  # one source for both
        ),
        ("", "", []),
    ],
)
def test_runs_are_joined_to_the_nearest_cue(
    text: str, labels: str, attributions: list[tuple[list[str], list[str], list[str]]]
) -> None:
    tokens = [token for article in read_article(text) for token in article.tokens]
    found = joined(tokens, [SHORT[label] for label in labels.split()])
    assert [tuple([text[a:b] for a, b in row[role]] for role in ROLES) for row in found] == attributions


SPEAKERS = ("The mayor", "A guard", "Two farmers", "The council")
SAID = ("the bridge would open", "a road was closed", "the river had risen")
LESSONS = [
    {
        "text": (text := f"{who} said {what}."),
        "attributions": [dict(zip(ROLES, (spans(text, x) for x in (who, "said", what)), strict=True))],
    }
    for who in SPEAKERS
    for what in SAID
]


def test_what_is_learnt_is_read_elsewhere_and_the_rules_are_among_what_is_seen() -> None:
    assert learn(LESSONS[1:]).attributions(TEXT) == LESSONS[0]["attributions"]
    (article,) = read_article(TEXT)
    seen = features(article, next(article.paragraphs()), {})
    assert [("r=cue!" in token, "r=source" in token) for token in seen[:3]] == [(0, 0), (0, 1), (1, 0)]


def test_training_texts_are_read_by_the_rules_and_so_is_all_where_there_is_no_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"id": "0", "text": "The mayor said the bridge was closed."}
    monkeypatch.setenv("ONDIT_BENCH", str(tmp_path))
    assert polnear.predict_all([row]) == [polnear.predict_by_rules(row)]
    assert "by the rules alone" in capsys.readouterr().err
    (tmp_path / "scorers").mkdir()
    (tmp_path / "polnear").mkdir()
    lessons = [{**row, "id": n, "attributions": [{"source": [], "cue": [[0, 3]], "content": []}]} for n in range(3)]
    (tmp_path / polnear.TRAINING).write_text("\n".join(map(json.dumps, lessons)), encoding="utf-8")
    assert polnear.predict_all([row]) == [polnear.predict_by_rules(row)]
    (other,) = polnear.predict_all([{**row, "text": "The mayor said the bridge was shut."}])
    assert [a["cue"] for a in other["attributions"]] == [[[0, 3]]]
