"""Spans: what overlaps, contains, covers; nothing that runs backwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.model import Span

spans = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda ends: Span(min(ends), max(ends)))


@pytest.mark.parametrize(("start", "stop"), [(-1, 3), (5, 4), (-2, -1)])
def test_a_span_never_runs_backwards(start: int, stop: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, stop)


@given(spans, spans)
def test_cover_contains_both(a: Span, b: Span) -> None:
    cover = a.cover(b)
    assert cover.contains(a)
    assert cover.contains(b)
    assert {cover.start, cover.stop} <= {a.start, a.stop, b.start, b.stop}


@given(spans, spans)
def test_overlap_is_mutual_and_means_a_shared_character(a: Span, b: Span) -> None:
    shared = set(range(a.start, a.stop)) & set(range(b.start, b.stop))
    assert a.overlaps(b) == b.overlaps(a) == (bool(shared) or (a.overlaps(b) and (not len(a) or not len(b))))
    assert a.jaccard(b) == b.jaccard(a)
    union = len(set(range(a.start, a.stop)) | set(range(b.start, b.stop)))
    if shared:
        assert a.jaccard(b) == pytest.approx(len(shared) / union)
    else:
        assert a.jaccard(b) == 0


@given(spans, st.integers(0, 500))
def test_shift_keeps_the_length(span: Span, by: int) -> None:
    assert len(span.shift(by)) == len(span)
    assert span.shift(by).shift(-by) == span


@given(st.text(max_size=60), spans)
def test_of_is_a_slice_in_code_points(text: str, span: Span) -> None:
    assert span.of(text) == text[span.start : span.stop]
