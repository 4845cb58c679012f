"""HTML page → Report: the article without menus, comments and scripts; title, author, site and date from the page's metadata."""

import logging
import re
from dataclasses import replace
from typing import Any

from ondit.intake.encodings import decode
from ondit.intake.formats import Format, Origin, Taken, error, make_report, one_report
from ondit.intake.page_dates import published_of
from ondit.intake.plain import encoding_problems
from ondit.intake.posts import site_of, sound

_NAME = re.compile(r"\.(?:html?|xhtml)$", re.IGNORECASE)
_DOCUMENT = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_PIECE = re.compile(rb"\s*<(?:article|div|main|section|meta|title|p|h1|table)\b[^>]*>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_MAX_BYTES = 20 * 1024 * 1024  # a page of an article has well under one megabyte; a tree of more would eat the memory
_MOST_TAGS = 250_000  # the largest documents on the web have as many; a tree of a million takes minutes
_MAX_DEPTH = 2_000  # elements inside each other; real pages stay below a hundred
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*?(/?)>")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
) | frozenset(("p", "li", "td", "tr", "th", "dt", "dd", "option"))


def likely(head: bytes, name: str) -> float:
    """Sure of a document, fairly sure of a piece of one or of the file name."""
    head = head.lstrip(b"\xef\xbb\xbf").replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _DOCUMENT.match(head):
        return 1.0
    if _PIECE.match(head):
        return 0.6
    return 0.5 if _NAME.search(name) else 0.0


def take_in(data: bytes, origin: Origin) -> Taken:
    """The report in a page."""
    if len(data) > _MAX_BYTES:
        return None, (
            error("too-large", f"a page of {len(data) / 1_048_576:.0f} MB", "save the article alone, as text", origin),
        )
    charset = _CHARSET.search(data[:2048])
    decoded = decode(data, charset.group(1).decode("ascii", "replace") if charset else "")
    if wild := _wild(decoded.text):
        return None, (error("broken-page", wild, "save the article alone, as text", origin),)
    article = _extract(decoded.text)
    text = (article.text or "").strip() if article is not None else ""
    if article is None or not text:
        remedy = "if the text is loaded by scripts, open the page in a browser and save the article as text"
        return None, (error("no-text-in-page", "no article text was found in the page", remedy, origin),)
    url = origin.url or article.url or ""
    known = replace(
        origin,
        title=origin.title or article.title or "",
        author=origin.author or article.author or "",
        publisher=origin.publisher or article.sitename or site_of(url),
        url=url,
    )
    published = published_of(decoded.text, known.url)
    text, broken = sound(text, origin)
    return make_report(data, text, known, published=published), (*encoding_problems(decoded, origin), *broken)


def _extract(page: str) -> Any:
    """The article as trafilatura finds it (imported here: it costs a third of a second), None when there is none."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    # Without a fixed last date htmldate would ask the clock, and the same page would not always read the same.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
    try:
        return trafilatura.bare_extraction(
            page.replace("\x00", ""),
            fast=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dates,
        )
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError):
        return None  # hostile markup: lxml and trafilatura raise what they like


def _wild(page: str) -> str:
    """Why a page has more markup than can be taken for an article, "" when it has not: one pass over the tags.

    How deep elements are nested is told roughly: those that need no end tag are left out.
    """
    depth = 0
    for count, match in enumerate(_TAG.finditer(page), start=1):
        closing, name, alone = match.groups()
        if count > _MOST_TAGS:
            return f"more than {_MOST_TAGS} tags"
        if alone or name.lower() in _VOID:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > _MAX_DEPTH:
            return f"more than {_MAX_DEPTH} elements inside each other"
    return ""


FORMAT = Format("html", likely, one_report("html", take_in), suffixes=(".html", ".htm", ".xhtml"))
