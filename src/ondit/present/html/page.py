"""The page of one report, put together."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from ondit.model import Problem, Reading, Report, Severity, Stance
from ondit.present.fields import STANCE_MEANING, headline, plural, published_text, stance_sign, voice_name
from ondit.present.html.cards import render_cards
from ondit.present.html.claims_table import render_claims_table
from ondit.present.html.map import render_map
from ondit.present.html.marking import mark_text
from ondit.present.html.markup import join, own_direction, shorten, tag, text
from ondit.present.html.voices import render_voices


def render_page(reading: Reading, *, engine: str = "ondit") -> str:
    """A self-contained HTML page of a reading; `engine` names the program and version that read it."""
    report = reading.report
    title = headline(report)
    body = (
        tag("a", "Skip to the claims", href="#claims", class_="skip"),
        _header(reading, title),
        tag("main", *_sections(reading)),
        _footer(report, engine),
    )
    return document(title, *body, language=report.language, script=True)


def document(title: str, *body: str, language: str = "", script: bool = False, style: str = "") -> str:
    """An HTML document with the shared style (and the style sheet named besides), under a policy that allows nothing but what is in it."""
    css, js = (
        _asset("marks.css") + _asset("page.css") + (_asset(style) if style else ""),
        _asset("page.js") if script else "",
    )
    policy = f"default-src 'none'; style-src '{_hash(css)}'; base-uri 'none'; form-action 'none'"
    policy += f"; script-src '{_hash(js)}'" if js else ""
    head = (
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{text(policy)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="generator" content="ondit">',
        tag("title", text(f"{title} – ondit")),
        f"<style>{css}</style>",
    )
    end = f"<script>{js}</script>" if js else ""
    return f"<!doctype html>\n{tag('html', tag('head', *head), tag('body', *body, end), lang=language or None)}\n"


def _header(reading: Reading, title: str) -> str:
    report = reading.report
    source = join((own_direction(name) for name in (report.publisher, report.author) if name), " · ")
    day = text(published_text(report.published))
    address = tag("span", text(shorten(report.url, 80)), class_="address") if report.url else ""
    return tag(
        "header",
        tag("p", tag("span", "ondit", class_="brand"), " what is said, and by whom", class_="kicker"),
        own_direction(title, "h1"),
        tag("p", join((source, day, text(report.language), address), " · "), class_="source"),
        _figures(reading),
        _legend(),
        class_="top",
    )


def _figures(reading: Reading) -> str:
    voices = {voice_name(reading.report, v).casefold() for claim in reading.claims for v in claim.chain}
    own = sum(1 for claim in reading.claims if not claim.chain)
    nested = sum(1 for claim in reading.claims if len(claim.chain) > 1)
    figures = (
        plural(len(reading.claims), "claim"),
        plural(len(voices), "voice"),
        plural(len(reading.events), "happening"),
        f"{own} in the report's own voice",
        f"{nested} at second hand",
    )
    items = []
    for figure in figures:
        count, _, what = figure.partition(" ")
        items.append(tag("li", tag("b", text(count)), " ", text(what)))
    return tag("ul", *items, class_="figures")


def _legend() -> str:
    items = []
    for stance in Stance:
        sign = tag("span", stance_sign(stance), class_="sign", aria_hidden="true")
        sample = tag("span", text(stance), class_=f"s-{stance} d1")
        items.append(tag("li", sign, " ", sample, tag("small", text(STANCE_MEANING[stance])), class_=f"key s-{stance}"))
    for mark, meaning in (("voice", "who says it"), ("cue", "reporting words"), ("place", "where"), ("time", "when")):
        items.append(tag("li", tag("span", mark, class_=mark), tag("small", meaning), class_="key"))
    return tag("ul", *items, class_="legend", aria_label="legend")


def _sections(reading: Reading) -> tuple[str, ...]:
    if not reading.claims:
        none = tag("p", "No claims were read in this report.", class_="note")
        article = tag("article", mark_text(reading), class_="report", id="text")
        return (_problems(reading), tag("section", none, article, class_="reading alone"))
    claims = tag(
        "section", tag("h2", plural(len(reading.claims), "claim")), render_cards(reading), id="claims", class_="side"
    )
    article = tag("article", mark_text(reading), class_="report", id="text")
    voices = tag("section", tag("h2", "Who, through whom"), render_voices(reading), id="voices")
    places = tag("section", tag("h2", "Where"), render_map(reading), id="places")
    table = tag("section", tag("h2", "All claims"), render_claims_table(reading), id="table")
    return (
        tag("div", article, claims, class_="reading"),
        tag("div", voices, places, class_="pair"),
        table,
        _problems(reading),
    )


def _problems(reading: Reading) -> str:
    if not reading.problems:
        return ""
    items = [_problem(problem, reading.report) for problem in reading.problems]
    return tag("section", tag("h2", "What went wrong"), tag("ul", *items, class_="problems"), id="problems")


def _problem(problem: Problem, report: Report) -> str:
    words = own_direction(shorten(problem.span.of(report.text), 80), "q") if problem.span else ""
    mark = tag("b", "Error" if problem.severity is Severity.ERROR else "Warning", class_=str(problem.severity))
    return tag("li", join((mark, text(problem.message), words, tag("small", text(problem.remedy))), " "))


def _footer(report: Report, engine: str) -> str:
    lines = (
        f"Read by {engine}, rules only, without network. Every field stands on the characters it names;",
        f"the text is shown as it was received (SHA-256 {report.sha256 or 'unknown'}).",
        "Place names: GeoNames, CC BY 4.0.",
    )
    return tag("footer", text(" ".join(lines)))


@cache
def _asset(name: str) -> str:
    return (files("ondit.present.html") / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
