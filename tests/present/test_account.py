"""The account of a happening as a reader sees it."""

from dataclasses import replace

import pytest

from ondit.model import Opinion, Stance
from ondit.present.account import render_account
from ondit.present.overview import render_contradictions, render_overview, render_sources
from ondit.present.terminal import text_width
from ondit.weigh import track_records
from tests.weigh.telling import said, telling, weighed
from tests.weigh.test_track_records import SOURCES

EVENT = weighed(
    telling("Post", 15, said("Red Crescent", killed=15), said("Ministry of Health", stance=Stance.DENIES)),
    telling("Wire", 17, said("Red Crescent", killed=32)),
    telling("Herald", 17, said("Northern Front", stance=Stance.DISTANCES, killed=(45, 50))),
    sources=list(SOURCES.values()),
)

SHOWN = [
    "armed attack · Mopti · 2024-03-14",
    "3 reports, 3 outlets, 2 independent origins",
    "= place              agreed",
    "≠ killed             contested",
    "32 – Red Crescent (in Wire)",
    "doubted by Herald",
    "by rule: most-conservative 32, most-representative 32, most-informative 45 to 50",
    "✕ denied by Ministry of Health (in Post)",
    "2024-03-15  killed 15                 Red Crescent, in Post",
    "2024-03-17  killed 32                 Red Crescent, in Wire",
    "3 reports, 3 outlets, 2 independent origins: Red Crescent, carried by 2 reports; Northern Front, carried by 1 report.",
    " +1.50  corroborated: 2 independent origins say so",
    " -1.00  denied: denied by Ministry of Health",
    "F reliability cannot be judged: ",
    "Credibility ",
]


@pytest.mark.parametrize("words", SHOWN)
def test_the_account_shows(words: str) -> None:
    assert words in render_account(EVENT, width=160)


def test_contradictions_are_told_to_the_end() -> None:
    listing = " ".join(render_contradictions([EVENT], width=50).split())
    assert all(f.sentence in listing for f in EVENT.fields if f.status in ("contested", "updated"))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_lines_keep_to_the_width(width: int) -> None:
    for line in [
        *render_account(EVENT, width=width).splitlines(),
        *render_contradictions([EVENT], width=width).splitlines(),
    ]:
        assert text_width(line) <= width + 20, line  # a field's name and status are never cut


def test_nothing_of_a_report_steers_the_terminal() -> None:
    event = weighed(telling("Po\x1b[31mst", 15, said("Red\x1b[2J Crescent", killed=9)))
    for text in (
        render_account(event, width=100),
        render_overview([event], width=100),
        render_contradictions([event], width=100),
    ):
        assert "\x1b" not in text


def test_second_opinions_are_shown_as_such() -> None:
    event = replace(EVENT, opinions=(Opinion("Investment", "killed", "32", 0.6),))
    text = render_account(event, width=120)
    assert "second opinion (changes no grade)\n  Investment: killed 32 (60% of the belief)" in text


def test_tables() -> None:
    table = render_overview([EVENT], width=160)
    assert "armed attack · Mopti · 2024-03-14" in table and "1 event\n" in table
    listing = render_contradictions([EVENT], width=200)
    assert "≠ contested: killed: 32 (Red Crescent, 2024-03-17) against 45 to 50 (Northern Front, 2024-03-17)" in listing
    assert render_contradictions([], width=80) == "no contradictions\n"


def test_sources_show_letters_that_people_set_and_suggestions_apart() -> None:
    text = render_sources(SOURCES.values(), track_records([EVENT] * 5, SOURCES), width=200)
    assert "Red Crescent" in text and " F " in text
    assert "%" in text
