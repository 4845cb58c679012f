"""The publication date that a page states in its metadata or its address. Nothing is read from the visible text."""

import re
from datetime import UTC, date, datetime
from html import unescape

from ondit.model import Published, PublishedBasis

_HEAD = 400_000  # characters in which metadata is looked for
_META = re.compile(r"<meta\b[^<>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:.-]{1,40})\s*=\s*(?:\"([^\"]{0,500})\"|'([^']{0,500})'|([^\s\"'>]{1,500}))")
_JSON_LD = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{4,40})\"")
_TIME = re.compile(r"<time\b[^<>]{0,500}\bitemprop\s*=\s*[\"']?datePublished[^<>]{0,500}>", re.IGNORECASE)
_URL_DAY = re.compile(r"[/_-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:[/_.?#-]|$)")
# Best first; names as pages write them, lower case.
_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date.published",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date",
    "dcterms.date",
    "date",
)


def published_of(page: str, url: str) -> Published:
    """The day from the metadata, else from the address (its own or `url`), else unknown."""
    head = page[:_HEAD]
    metas = _metas(head)
    stated = [metas[name] for name in _NAMES if name in metas]
    stated[1:1] = [m.group(1) for m in _JSON_LD.finditer(head)][:1]
    stated += [_attributes(m.group()).get("datetime", "") for m in _TIME.finditer(head)][:1]
    for value in stated:
        if (day := _day(value)) is not None:
            return Published(day, PublishedBasis.METADATA)
    if (day := _day_of_url(url)) is not None:
        return Published(day, PublishedBasis.URL)
    return Published()


def _metas(head: str) -> dict[str, str]:
    """Content of the `meta` elements by their name, property or itemprop; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _META.finditer(head):
        attributes = _attributes(match.group())
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name and "content" in attributes:
            found.setdefault(name.lower(), attributes["content"])
    return found


def _attributes(tag: str) -> dict[str, str]:
    return {
        m.group(1).lower(): unescape(m.group(2) or m.group(3) or m.group(4) or "") for m in _ATTRIBUTE.finditer(tag)
    }


def _day(value: str) -> date | None:
    """The UTC day of an ISO 8601 date or time; other notations are ambiguous (03/04/2021) and not read."""
    value = value.strip()
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d|\d{8}", value):
            return date.fromisoformat(value)
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date()


def _day_of_url(url: str) -> date | None:
    match = _URL_DAY.search(url)
    try:
        return date(int(match.group(1)), int(match.group(2)), int(match.group(3))) if match else None
    except ValueError:
        return None
