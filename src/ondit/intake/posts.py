"""What a record of any kind says of a post or an article → the report, with its text made sound."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from ondit.intake.formats import UNSOUND, Options, Origin, make_report, one_line, too_large, warning
from ondit.intake.items import Received
from ondit.intake.moments import moment_of, published_as
from ondit.model import Problem


@dataclass(frozen=True, slots=True)
class Post:
    """The fields of one record as they stand there; `published`, `edited` and `retrieved` in any notation that machines use."""

    text: str
    title: str = ""
    published: object = None
    publisher: str = ""
    author: str = ""
    url: str = ""
    native_id: str = ""
    language: str = ""
    forwarded_from: str = ""
    reply_to: str = ""
    edited: object = None
    retrieved: object = None


def received(post: Post, raw: bytes, where: str, format_: str, options: Options) -> Received | Problem:
    """The report of a post, or the problem that there is no text in it; what the options give wins over what the post says."""
    given = options.origin
    origin = replace(
        given,
        name=where,
        publisher=given.publisher or post.publisher,
        author=given.author or post.author,
        title=given.title or post.title,
        url=given.url or post.url,
        native_id=given.native_id or post.native_id,
        language=given.language or post.language,
    )
    if len(raw) > options.max_bytes:
        return too_large(origin, options.max_bytes)
    if not post.text or post.text.isspace():
        return Problem("no-text", "there is no text in it", "look whether the text is in another field", where)
    text, problems = sound(post.text, origin)
    published, dates = published_as(post.published, origin)
    report = replace(
        make_report(raw, text, origin, published=published),
        forwarded_from=one_line(post.forwarded_from),
        reply_to=one_line(post.reply_to),
        retrieved=moment_of(post.retrieved),
    )
    return Received(
        report, raw, where, format_, moment_of(post.edited), problems + (dates if not given.published else ())
    )


def sound(text: str, origin: Origin) -> tuple[str, tuple[Problem, ...]]:
    """The text with U+FFFD for each NUL and each half of a character, one for one so that no offset moves, and a warning."""
    whole, broken = UNSOUND.subn("\ufffd", text)
    if not broken:
        return text, ()
    message = f"{broken} {'character is' if broken == 1 else 'characters are'} broken (NUL, or half of a character)"
    return whole, (
        warning("broken-characters", message, "get the item again; each broken character stands as U+FFFD", origin),
    )


def site_of(url: str) -> str:
    """The host of an address without "www.", as the name of who published there; "" when there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
