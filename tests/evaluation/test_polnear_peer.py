"""The peer's labels: each token has the role of the span that it stands in; a cue inside a content stays a cue."""

import pytest

from evaluation.polnear_peer import ROLES, _labels, _sentences

TEXT = "The mayor said the bridge would open."


def spans(*phrases: str) -> list[list[int]]:
    return [[TEXT.index(p), TEXT.index(p) + len(p)] for p in phrases]


@pytest.mark.parametrize(
    ("attribution", "labels"),
    [
        ({}, "o o o o o o o o"),
        ({"source": spans("The mayor"), "cue": spans("said")}, "s s c o o o o o"),
        ({"cue": spans("said"), "content": spans("the bridge would open")}, "o o c n n n n o"),
        ({"cue": spans("would"), "content": spans("the bridge would open")}, "o o o n n c n o"),
        ({"source": spans("The", "mayor")}, "s s o o o o o o"),
    ],
)
def test_tokens_have_the_role_of_their_span(attribution, labels):
    (sentence,) = _sentences(TEXT)
    short = {"source": "s", "cue": "c", "content": "n", "outside": "o"}
    found = _labels(sentence, [{role: attribution.get(role, []) for role in ROLES}])
    assert " ".join(short[label] for label in found) == labels
