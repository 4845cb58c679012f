"""Long documents in windows: nothing lost, nothing twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.languages import load_pack
from ondit.model import Document, Report
from ondit.normalise import normalise
from ondit.normalise.windows import windows
from tests.steps import steps

SENTENCE = "Selon l'armée, « trois soldats ont été tués », samedi. "


def document(text: str) -> Document:
    return normalise(Report("r", text), load_pack("fr"))


def test_a_short_document_is_its_own_window() -> None:
    short = document(SENTENCE * 3)
    (window,) = windows(short)
    assert window is short


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([SENTENCE, "« ", " »", "mot ", "\n", "“x. ", "A. B. C. ", "fin.\n\n"]), max_size=80).map(
        "".join
    )
)
def test_windows_share_nothing_and_leave_nothing_out(text: str) -> None:
    whole = document(text)
    parts = windows(whole, size=100)
    if len(parts) > 1:
        assert [s for part in parts for s in part.sentences] == list(whole.sentences)
        assert [key for part in parts for key in part.tokens.keys] == list(whole.tokens.keys)
        assert [start for part in parts for start in part.tokens.starts] == list(whole.tokens.starts)
    for part in parts:
        low, high = part.sentences[0].start if part.sentences else 0, part.sentences[-1].stop if part.sentences else 0
        for quotation in part.quotations:
            assert quotation.outer.contains(quotation.inner)
        if len(parts) > 1:
            assert all(low <= s.start and s.stop <= high for s in part.sentences)


def test_quotations_over_an_edge_are_in_both_windows() -> None:
    text = "Il a dit : « " + "Nous partons demain. " * 600 + "» Fin."
    parts = windows(document(text), size=150)
    assert len(parts) > 2
    assert all(part.quotations for part in parts[:-1])


@pytest.mark.parametrize("unit", ["mot ", "« ", "x", "a, "])
def test_a_sentence_without_end_is_cut(unit: str) -> None:
    whole = document(SENTENCE + unit * 20_000)
    for part in windows(whole):
        assert all(len(s) <= 3_100 for s in part.sentences) or unit == "x"


def test_work_is_linear() -> None:
    short, long = (document(SENTENCE * size) for size in (500, 4_000))
    assert steps(lambda: windows(long)) < 12 * steps(lambda: windows(short))
