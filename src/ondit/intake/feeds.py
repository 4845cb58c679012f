"""RSS and Atom → a report an entry, with the text that the feed carries: the whole article, or what it tells of it."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from ondit.intake.formats import Format, Options, Origin, Source, missing_library, too_large
from ondit.intake.fragments import text_of
from ondit.intake.items import Piece
from ondit.intake.posts import Post, received, site_of
from ondit.model import Problem, Severity

_NAME = "feed"
_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<\?xml-stylesheet[^>]{0,500}>\s*)*(?:<!--.{0,2000}?-->\s*)*(?:<!DOCTYPE[^>\[]{0,300}>\s*)?"
    rb"<(?:rss|feed|rdf:RDF)\b",
    re.IGNORECASE | re.DOTALL,
)
_OPENING = re.compile(rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_CLOSING = re.compile(rb"</(?:rss|feed|rdf:RDF)\s*>", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_TAIL = 4_096
_LARGEST = 16 * 1024 * 1024  # the tree of a feed takes ten times its size


def likely(head: bytes, _name: str) -> float:
    """Sure of the root of a feed."""
    head = _ascii(head)
    opening = _OPENING.search(head)
    return 1.0 if _ROOT.match(head) or (opening and _ENTITY.search(head[: opening.start()])) else 0.0


def items(source: Source, options: Options) -> Iterator[Piece]:
    """The entries in the order of the feed."""
    with source.open() as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        yield too_large(Origin(name=source.name), _LARGEST)
        return
    prologue = _ascii(data)
    opening = _OPENING.search(prologue)
    if _ENTITY.search(prologue[: opening.start() if opening else None]):
        message = "the feed defines entities of its own, which no feed needs and which can be blown up"
        yield Problem("hostile-xml", message, "ask who made the feed", source.name)
        return
    feed = _parsed(data, source.name)
    cut_off = not _CLOSING.search(_ascii(data[-_TAIL:]))
    whole = feed.entries[:-1] if cut_off else feed.entries
    for number, told in enumerate(whole, start=1):
        entry = dict(told)  # feedparser's own dictionary answers for keys that are not there
        post = _post(entry, feed.feed)
        yield received(post, _raw(entry, post), f"{source.name} entry {number}", _NAME, options)
    if cut_off:
        message = "the feed breaks off here; the entries before were read"
        yield Problem("broken-feed", message, "get the feed again", f"{source.name} entry {len(whole) + 1}")
    elif type(feed.get("bozo_exception")).__name__ == "SAXParseException":
        message = f"the feed is no sound XML: {feed.bozo_exception}; it was read all the same"
        remedy = "look whether entries are missing"
        yield Problem("broken-feed", message[:300], remedy, source.name, severity=Severity.WARNING)


def _parsed(data: bytes, name: str) -> Any:
    try:
        import feedparser
    except ImportError:
        raise missing_library("feedparser", "feeds", name) from None
    # As a stream: a string would be taken for an address and fetched.
    return feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)


def _post(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Post:
    home = _string(feed, "link")
    link = _string(entry, "link")
    return Post(
        text=_shown(_body(entry)),
        title=_shown(_detail(entry, "title")),
        published=entry.get("published") or entry.get("updated"),
        publisher=_shown(_detail(feed, "title")) or site_of(link or home),
        author=_string(entry, "author"),
        url=urljoin(home, link) if link and home else link,
        native_id=_string(entry, "id"),
        edited=entry.get("updated")
        if entry.get("published") and entry.get("updated") != entry.get("published")
        else None,
    )


def _body(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fullest text: the content, else the summary, else the title, as in feeds of short posts."""
    content = entry.get("content") or ()
    texts = [part for part in (*content, _detail(entry, "summary")) if part.get("value", "").strip()]
    return max(texts, key=lambda part: len(part["value"]), default=_detail(entry, "title"))


def _raw(entry: Mapping[str, Any], post: Post) -> bytes:
    """A feed of this entry alone, of the fields that are read: counters of comments and the time of the feed would make new versions."""
    body = _body(entry)
    kind = "text" if body.get("type") == "text/plain" else "html"
    lines = [
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{_escape(post.publisher)}</title>",
        "<entry>",
        f"<id>{_escape(post.native_id)}</id>" if post.native_id else "",
        f'<link href="{_escape(post.url)}"/>' if post.url else "",
        f"<title>{_escape(post.title)}</title>",
        f"<author><name>{_escape(post.author)}</name></author>" if post.author else "",
        *(f"<{tag}>{_escape(_string(entry, tag))}</{tag}>" for tag in ("published", "updated") if _string(entry, tag)),
        f'<content type="{kind}">{_escape(body.get("value", ""))}</content>',
        "</entry></feed>",
    ]
    return "\n".join(line for line in lines if line).encode("utf-8", "replace")


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _escape(value: str) -> str:
    return escape(_NO_XML.sub("\ufffd", value))


def _detail(thing: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    detail: Mapping[str, Any] = thing.get(f"{name}_detail") or {}
    return detail


def _shown(detail: Mapping[str, Any]) -> str:
    value = _string(detail, "value")
    return value if detail.get("type") == "text/plain" else text_of(value)


def _string(thing: Mapping[str, Any], name: str) -> str:
    value = thing.get(name)
    return value if isinstance(value, str) else ""


def _ascii(data: bytes) -> bytes:
    """Markup as ASCII, whatever the width of its characters."""
    return data.lstrip(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"")


FORMAT = Format(_NAME, likely, items, suffixes=(".xml", ".rss", ".atom"), many=True)
