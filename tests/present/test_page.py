"""The HTML page: complete, harmless, and true to the text."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.model import Claim, Reading, Report, SourceMention, Span, Stance
from ondit.present.html import render_index, render_page
from tests.readings import samarra
from tests.steps import steps

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
VOID = {"meta", "path", "circle"}


class Page(HTMLParser):
    """Elements and the text of the report, read back from the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.lines: list[str] = []
        self.in_report = self.in_number = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag not in VOID:
            self.open.append(tag)
        self.in_report = self.in_report or attributes.get("id") == "text"
        self.in_number = self.in_report and tag == "a"
        if self.in_report and tag == "p":
            self.lines.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open.pop() == tag, f"</{tag}> closes something else"
        self.in_number = False
        self.in_report = self.in_report and tag != "article"

    def handle_data(self, data: str) -> None:
        if self.in_report and not self.in_number and self.lines and "p" in self.open:
            self.lines[-1] += data

    def ids(self) -> set[str]:
        return {attributes["id"] or "" for _, attributes in self.tags if "id" in attributes}


def lines_of(text: str) -> list[str]:
    return [line.strip("\r") for line in text.split("\n") if line.strip()]


def test_the_text_stands_in_the_page_as_it_was_received() -> None:
    reading = samarra()
    page = Page(render_page(reading))
    assert not page.open
    assert page.lines == lines_of(reading.report.text)


def test_every_claim_has_a_number_in_the_text_and_a_card() -> None:
    page = Page(render_page(samarra()))
    for number in range(1, 10):
        assert {f"t{number}", f"c{number}"} <= page.ids()
    links = {a["href"] for tag, a in page.tags if tag == "a" and a.get("href")}
    assert all(link and link.startswith("#") and link[1:] in page.ids() for link in links)


def test_fields_rules_and_reasons_are_shown() -> None:
    page = render_page(samarra())
    for words in ("fr/attribution:verb", "the clause behind the reporting verb", "MIM-104 Patriot", "comparison", "± 5 km",
                  "the only one in Iraq", "not in the gazetteer", "≥\u00a09 killed", "2022-01-29", "counted back"):  # fmt: skip
        assert words in page


def test_nothing_is_loaded_from_anywhere() -> None:
    html = render_page(samarra())
    page = Page(html)
    assert not [a for _, a in page.tags if "src" in a or "style" in a or any(name.startswith("on") for name in a)]
    assert not [tag for tag, _ in page.tags if tag in {"link", "img", "iframe", "object", "base", "form"}]
    policy = next(a["content"] or "" for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "@import" not in html
    assert "url(" not in html


def test_hostile_reports_stay_text() -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'>&lt;\x00\x1b"
    text = f"{evil} said\n{evil}"
    voice = SourceMention(Span(0, len(evil)), evil)
    claim = Claim("c", "r", Span(0, len(text)), Span(len(evil) + 1, len(evil) + 5), (voice,), Stance.ASSERTS, None)
    report = Report(
        "r", text, title=evil, publisher=evil, author=evil, url=f"javascript:{evil}", language='fr" onload="x'
    )
    page = Page(render_page(Reading(report, (claim,))))
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not [a for _, a in page.tags if any(name.startswith("on") for name in a)]
    assert not [a for _, a in page.tags if "javascript" in (a.get("href") or "")]
    assert page.lines == [line.replace("\x00", "\ufffd").replace("\x1b", "\ufffd") for line in text.split("\n")]


spans = st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda t: Span(t[0], t[0] + t[1]))
claims = st.builds(
    Claim,
    id=st.just("c"),
    report_id=st.just("r"),
    content=spans,
    cue=st.none() | spans,
    chain=st.lists(st.builds(SourceMention, span=spans, text=st.just("v")), max_size=3).map(tuple),
    stance=st.sampled_from(list(Stance)),
    event=st.none(),
)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab é<&\"'\nش🚀", max_size=100), st.lists(claims, max_size=6))
def test_overlapping_spans_never_change_the_text(text: str, found: list[Claim]) -> None:
    page = Page(render_page(Reading(Report("r", text), tuple(found))))
    assert not page.open
    assert [line for line in page.lines if line.strip()] == lines_of(text)


def test_segments_name_their_claims_the_innermost_first() -> None:
    text = "aa bb cc dd ee"
    outer, inner = (Claim("c", "r", Span(*s), None, (), Stance.ASSERTS, None) for s in ((0, 14), (6, 8)))
    page = Page(render_page(Reading(Report("r", text), (outer, inner))))
    named = [a["data-c"] for tag, a in page.tags if tag == "span" and "data-c" in a]
    assert named == ["1", "2 1", "1"]


def test_ten_thousand_claims_inside_each_other_take_linear_work() -> None:
    def nested(size: int) -> Reading:
        claims = (Claim("c", "r", Span(i, 2 * size - i), None, (), Stance.ASSERTS, None) for i in range(size))
        return Reading(Report("r", "x" * (2 * size + 10)), tuple(claims))

    short, long = nested(1_000), nested(10_000)
    assert len(render_page(long)) < 40_000_000
    assert steps(lambda: render_page(long)) < 20 * steps(lambda: render_page(short))


def test_a_reading_without_claims_and_with_problems() -> None:
    page = render_page(replace(samarra(), claims=(), events=()))
    assert "No claims were read" in page
    assert "What went wrong" in page
    assert "&#x27;al-Azim&#x27; is not in the gazetteer" in page


def test_the_index_links_every_page() -> None:
    page = Page(render_index([("a.html", samarra()), ("b.html", samarra())]))
    assert [a["href"] for tag, a in page.tags if tag == "a"] == ["a.html", "b.html"]
    assert not page.open


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [390, 1360])
def test_in_a_browser(browser: Any, tmp_path: Path, width: int) -> None:
    file = tmp_path / "page.html"
    file.write_text(render_page(samarra()), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file:") else said.append(request.url))
    page.goto(file.as_uri())
    # The tab key reaches the claims in text order; the one in focus shows its card and its chain.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "t1"
    page.keyboard.press("Tab")
    assert page.evaluate("[...document.querySelectorAll('.card.on')].map(e => e.id)") == ["c2"]
    assert page.evaluate("document.querySelectorAll('.arcs path').length") == 2
    assert page.evaluate("document.querySelectorAll('.report .voice.on').length") >= 2
    assert page.locator("#c2").is_visible()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "t3"
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelectorAll('.on').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not said
    page.close()


def test_without_script_the_page_reads(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(render_page(samarra()), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("#text").is_visible()
    assert page.locator("#c9").is_visible()
    assert page.locator(".map svg").is_visible()
    context.close()


def test_colours_have_contrast() -> None:
    css = (Path(__file__).parents[2] / "src/ondit/present/html/marks.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root[^{]*\{([^}]*--paper[^}]*--asserts[^}]*)\}", css)
    assert len(blocks) == 3  # light, dark as the system wants it, dark as the reader wants it
    for block in blocks:
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        for name in ("ink", "soft", "asserts", "denies", "distances", "possible", "demands"):
            assert contrast(colours[name], colours["paper"]) >= 4.5, name
        assert contrast(colours["voice-ink"], colours["voice"]) >= 4.5
        assert contrast(colours["cue-ink"], colours["cue"]) >= 4.5


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(c * w for c, w in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
