"""The table of the terminal."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.model import Reading, Report
from ondit.present.table import clip_chain, render_table
from ondit.present.terminal import clean, clip, text_width
from tests.readings import samarra

ANSI = re.compile(r"\x1b\[[\d;]*m")


def test_a_claim_is_a_row_and_a_line_of_content() -> None:
    lines = render_table(samarra(), width=140, name="samarra.txt").splitlines()
    assert lines[0] == "samarra.txt · La pire découverte · Exemple"
    assert lines[1].startswith("published 2022-01-30 (as given) · fr · 9 claims, 3 happenings")
    row = next(i for i, line in enumerate(lines) if line.startswith(" 2  "))
    assert re.split(r" {2,}", lines[row].strip())[2:] == ["● asserts", "air defence fire", "Samarra", "2022-01-29", "–"]
    assert "‹ des sources" in lines[row]
    assert (
        lines[row + 1].strip() == "avoir pris pour cible un drone-espion américain survolant la province de Salaheddine"
    )


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (4, ["les États-Unis", "≈ distances", "withdrawal", "al-Azim ?"]),
        (5, ["la résistance irakienne", "● asserts", "2500 troops"]),
        (6, ["Les groupes de résistance", "▲ demands", "withdrawal"]),
        (7, ["(report)", "● asserts", "air strike", "≥ 9 killed"]),
        (8, ["(report)", "◌ possible"]),
        (9, ["L'armée", "✕ denies"]),
    ],
)
def test_fields(number: int, shown: list[str]) -> None:
    lines = render_table(samarra(), width=140).splitlines()
    row = next(line for line in lines if line.startswith(f" {number}  "))
    assert all(words in row for words in shown)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 140, 400])
@pytest.mark.parametrize("colour", [False, True])
def test_no_line_is_wider_than_the_terminal(width: int, colour: bool) -> None:
    table = render_table(samarra(), width=width, colour=colour, name="samarra.txt")
    assert max(text_width(ANSI.sub("", line)) for line in table.splitlines()) <= max(width, 40)
    assert ("\x1b[" in table) == colour


def test_colours_only_add_colour() -> None:
    plain, coloured = (render_table(samarra(), width=100, colour=c) for c in (False, True))
    assert [line.rstrip() for line in ANSI.sub("", coloured).splitlines()] == plain.splitlines()


def test_a_reading_without_claims() -> None:
    assert render_table(Reading(Report("r", "Nothing.")), width=80).splitlines() == [
        "publication date unknown · 0 claims, 0 happenings, 0 chains of voices"
    ]


def test_nothing_from_a_report_steers_the_terminal() -> None:
    reading = samarra()
    hostile = replace(reading.report, title="a\x1b[2Jb\r\nc\u202ed\x07", publisher="x\x9b31m")
    table = render_table(replace(reading, report=hostile), width=100, name="f\x1b]0;t\x07")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", table)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("short", 10, "short"),
        ("one\n  two\tthree", 20, "one two three"),
        ("abcdefghij", 5, "abcd…"),
        ("日本語テキスト", 7, "日本語…"),
        ("e\u0301e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301…"),
        ("🚀🚀🚀", 5, "🚀🚀…"),
        ("", 5, ""),
    ],
)
def test_clip(text: str, width: int, shown: str) -> None:
    assert clip(text, width) == shown


@settings(deadline=None)
@given(st.text(max_size=200), st.integers(1, 80))
def test_clip_keeps_to_the_width(text: str, width: int) -> None:
    assert text_width(clip(text, width)) <= width
    assert "\n" not in clean(text)


@pytest.mark.parametrize(
    ("chain", "width", "shown"),
    [
        ("AFP ‹ a source", 30, "AFP ‹ a source"),
        ("AFP ‹ a very long description of a source", 20, "AFP ‹ a very long d…"),
        ("the long name of a channel ‹ a long description", 27, "the long na… ‹ a long desc…"),
        ("one ‹ two ‹ three ‹ four", 12, "one ‹ two ‹…"),
    ],
)
def test_something_of_every_voice_is_left(chain: str, width: int, shown: str) -> None:
    assert clip_chain(chain, width) == shown
