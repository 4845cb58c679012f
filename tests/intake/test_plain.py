"""Bytes of all kinds → text or a clear problem."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.intake import Origin, take_in, take_in_text
from ondit.model import PublishedBasis, Severity

FRENCH = "L’armée a déclaré que 2 500 soldats « étaient » à Zahlé, où l'été dure."
ARABIC = "قال الجيش إن القوات انسحبت من المدينة، وأضاف أن العملية انتهت."


@pytest.mark.parametrize(
    ("data", "text", "codes"),
    [
        (FRENCH.encode(), FRENCH, []),
        (b"\xef\xbb\xbf" + FRENCH.encode(), FRENCH, []),
        (FRENCH.encode("utf-16"), FRENCH, []),
        (FRENCH.encode("utf-16-le"), FRENCH, []),
        (FRENCH.encode("utf-16-be"), FRENCH, []),
        (ARABIC.encode("utf-16-le"), ARABIC, []),
        (ARABIC.encode("utf-16-be"), ARABIC, []),
        (FRENCH.encode("utf-32"), FRENCH, []),
        (FRENCH.encode("cp1252"), FRENCH, ["guessed-encoding"]),
        (ARABIC.encode("cp1256"), ARABIC, ["guessed-encoding"]),
        (b"caf\xe9 \x81 a", "café \x81 a", ["guessed-encoding"]),
        ("L'armée".encode() + "é".encode()[:1], "L'armée\ufffd", ["broken-characters"]),
        (FRENCH.encode() * 3 + b"\xff", FRENCH * 3 + "\ufffd", ["broken-characters"]),
        (b"one\r\ntwo\x07\x0b\x1bthree", "one\r\ntwo\x07\x0b\x1bthree", []),
        ("👩🏽‍🚒 قال said e\u0301".encode(), "👩🏽‍🚒 قال said e\u0301", []),
    ],
)
def test_what_is_text_is_read(data: bytes, text: str, codes: list[str]) -> None:
    report, problems = take_in(data)
    assert report is not None
    assert report.text == text
    assert [p.code for p in problems] == codes
    assert all(p.severity is Severity.WARNING and p.remedy for p in problems)


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b"", "empty-input", "nothing"),
        (b" \r\n\t", "empty-input", "white space"),
        (b"\xef\xbb\xbf", "empty-input", "white space"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary-input", "PNG"),
        (b"%PDF-1.7 text", "broken-document", "PDF"),
        (b"PK\x03\x04rest", "broken-archive", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "binary-input", "office"),
        (b"{\\rtf1 hello}", "binary-input", "RTF"),
        (b"\xff\xd8\xff\xe0", "binary-input", "JPEG"),
        (b"\x00\x00\x00\x18ftypmp42", "binary-input", "film"),
        (b"text with a \x00 in it, and more text behind it", "binary-input", "NUL"),
        (bytes(range(256)) * 8, "binary-input", "NUL"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "no-report", "no report"),
    ],
)
def test_what_is_no_text_is_a_problem(data: bytes, code: str, says: str) -> None:
    report, problems = take_in(data, Origin(name="input"))
    assert report is None
    (problem,) = problems
    assert (problem.code, problem.where, problem.severity) == (code, "input", Severity.ERROR)
    assert says in problem.message
    assert problem.remedy


def test_what_is_given_is_kept_and_the_path_is_not_in_the_id() -> None:
    from datetime import date

    day = date(2022, 1, 30)
    one, _ = take_in(b"text", Origin(name="a.txt", published=day, publisher="P"))
    two, _ = take_in(b"text", Origin(name="b.txt", publisher="P"))
    assert one is not None
    assert two is not None
    assert one.id == two.id
    assert (one.published.day, one.published.basis) == (day, PublishedBasis.GIVEN)
    assert two.published.day is None


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_never_an_exception(data: bytes) -> None:
    report, problems = take_in(data)
    assert (report is not None) or problems


@settings(deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_utf8_is_never_rewritten(text: str) -> None:
    report, problems = take_in_text(text)
    assert report.text == text if report else [p.code for p in problems] == ["empty-input"]


def test_lone_surrogates_become_replacement_characters() -> None:
    report, problems = take_in_text("a\ud83d b")
    assert report is not None
    assert report.text == "a\ufffd b"
    assert [p.code for p in problems] == ["broken-characters"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_fifty_megabytes_on_one_line(encoding: str) -> None:
    data = ("L'armée a dit. " * 3_500_000).encode(encoding)[:52_000_000]
    report, _ = take_in(data)
    assert report is not None
    assert "\n" not in report.text
