"""Happenings on a terminal: the example reports, as a reader would see them."""

from datetime import date
from pathlib import Path

from ondit.pipeline import read, settle
from ondit.present.events import render_events
from ondit.present.terminal import text_width

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("2024-03-16-sahel-wire.en.txt", "2024-03-16-harbour-post.en.txt")


def test_a_happening_shows_its_reports_its_links_and_its_copies() -> None:
    readings = [
        read((EXAMPLES / name).read_text(encoding="utf-8"), published=date(2024, 3, 16), publisher=name[11:-7])
        for name in NAMES
    ]
    names = {r.report.id: r.report.publisher for r in readings}
    lines = render_events(settle(readings).events(), readings, width=100, names=names).splitlines()
    assert lines[0].startswith("2 reports, ")
    assert any("= harbour-post: " in line or "harbour-post = " in line for line in lines)
    assert any("told in the same words" in line for line in lines)
    assert "    harbour-post adds no voice: near copy of sahel-wire" in lines
    assert all(text_width(line) <= 100 for line in lines)
