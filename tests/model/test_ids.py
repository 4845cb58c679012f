"""Ids are content hashes: equal for equal content, different when anything that counts differs, never changed between versions."""

from hypothesis import given
from hypothesis import strategies as st

from ondit.model import Span, claim_id, event_mention_id, report_id, series_id

spans = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)).map(lambda e: Span(min(e), max(e)))
chains = st.lists(spans, max_size=3)
words = st.text(max_size=12)


def test_ids_of_this_version_are_those_of_every_version() -> None:
    """Analysts' decisions hang on ids: if this fails, decisions in existing ledgers are lost."""
    report = report_id(sha256="ab", publisher="Sahel Wire", url="https://example.org/1")
    assert report == "r8b3fb7f30add0fa8"
    assert claim_id(report, Span(3, 9), [Span(0, 2)]) == "c6f203120ff72aec8"
    assert event_mention_id(report, "armed_attack", Span(3, 9)) == "efd6c9b847f3d0ed3"


@given(words, spans, chains, spans, chains)
def test_claims_that_differ_in_content_or_chain_have_different_ids(
    report: str, content: Span, chain: list[Span], other_content: Span, other_chain: list[Span]
) -> None:
    same = (content, chain) == (other_content, other_chain)
    assert (claim_id(report, content, chain) == claim_id(report, other_content, other_chain)) == same


@given(words, spans, chains)
def test_ordinals_separate_ties(report: str, content: Span, chain: list[Span]) -> None:
    assert len({claim_id(report, content, chain, n) for n in range(5)}) == 5


@given(words, words, words, words)
def test_parts_do_not_run_into_each_other(a: str, b: str, c: str, d: str) -> None:
    left = report_id(sha256="0", publisher=a, native_id=b)
    right = report_id(sha256="0", publisher=c, native_id=d)
    assert (left == right) == ((a, b) == (c, d))


@given(words, words, words, words)
def test_versions_share_a_series_and_outlets_do_not(publisher: str, url: str, first: str, second: str) -> None:
    if url:
        assert series_id(sha256=first, publisher=publisher, url=url) == series_id(
            sha256=second, publisher=publisher, url=url
        )
    if first != second:
        assert series_id(sha256=first, publisher=publisher) != series_id(sha256=second, publisher=publisher)
