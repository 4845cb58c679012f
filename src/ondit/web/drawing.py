"""Templates: everything that is put into one is escaped, and what would hide or turn text is made visible."""

from datetime import date
from functools import cache, partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from ondit.present.fields import number
from ondit.present.html.markup import shorten, visible
from ondit.version import __version__
from ondit.web.words import LANGUAGES, Words, load_words


def draw(template: str, words: Words, **values: Any) -> str:
    """A template, filled; `t` gives words of the interface, `name_of` what an id is called."""
    return (
        _environment()
        .get_template(template)
        .render(
            t=words,
            name_of=words.of,
            dates=partial(dates, words=words),
            with_day=partial(with_day, words=words),
            words=words,
            **values,
        )
    )


def dates(edtf: str, words: Words) -> Markup:
    """A span of days as people write it: "2024-03-21/.." is "from 2024-03-21"; everything else of EDTF stays as it is."""
    first, between, last = edtf.partition("/")
    if between and first == "..":
        return with_day("value.until", last, words)
    if between and last == "..":
        return with_day("value.since", first, words)
    return _ltr(f"{first} – {last}" if between else edtf) if edtf else Markup()


def with_day(key: str, day: str, words: Words) -> Markup:
    """Words around a day, which is kept from turning round between words that run from the right."""
    return Markup(escape(words.entries[key])).format(day=_ltr(day))  # noqa: S704 - escaped here


def _ltr(text: str) -> Markup:
    return Markup('<bdi dir="ltr">{}</bdi>').format(visible(text))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("ondit.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_seen,
    )
    environment.filters |= {"number": number, "shorten": shorten, "address": address, "day": _day, "query": _query}
    environment.globals |= {"languages": [load_words(code) for code in LANGUAGES], "version": __version__}
    return environment


def _seen(value: object) -> object:
    """Control characters and overrides of direction as signs; markup of ours stays."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return "" if value is None else value


def address(url: str) -> str:
    """An address that may be followed; "" for what is no web address, such as javascript:."""
    try:
        return url if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname else ""
    except ValueError:
        return ""


def _day(moment: str | date | None) -> str:
    """The day and minute of a moment that is written in ISO 8601."""
    return str(moment or "")[:16].replace("T", " ")


def _query(values: dict[str, Any], **more: Any) -> str:
    """The parameters of an address, without empty ones."""
    pairs = {**values, **more}
    return urlencode({key: value for key, value in pairs.items() if value not in ("", None)})
