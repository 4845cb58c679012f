"""E-mail (`.eml`, RFC 5322) → a report of its text, and one of each attachment in a known format."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_binary_file, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from ondit.intake import html
from ondit.intake.encodings import decode
from ondit.intake.formats import Format, Options, Origin, Source, too_large
from ondit.intake.fragments import text_of
from ondit.intake.items import Piece, Received, Skipped, placed
from ondit.intake.plain import encoding_problems
from ondit.intake.posts import Post, received
from ondit.intake.sniffing import pieces
from ondit.model import Problem

_NAME = "eml"
_HEADER = re.compile(
    rb"^(from|to|date|subject|message-id|mime-version|received|return-path|delivered-to|content-type|reply-to|list-id|x-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_HEADER = 2_000
_MOST_PARTS = 500
_TAKEN = re.compile(
    r"text/(?:plain|html|csv|xml)|message/rfc822|application/(?:pdf|json|xml|zip|rss\+xml|atom\+xml|octet-stream|"
    r"vnd\.openxmlformats-officedocument\.wordprocessingml\.document|x-zip-compressed)"
)


def likely(head: bytes, name: str) -> float:
    """Sure of a block of header lines, fairly sure of the name."""
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0][:16_384]
    names = {match.lower() for match in _HEADER.findall(block)}
    starts = re.match(rb"[A-Za-z][A-Za-z0-9-]*: ?\S|From \S+@\S+ ", block)
    if starts and b"from" in names and len(names) >= 3:
        return 0.95
    return 0.9 if name.lower().endswith(".eml") else 0.0


def items(source: Source, options: Options) -> Iterator[Piece]:
    """The text of the message, then its attachments."""
    with source.open() as stream:
        raw = stream.read(options.max_bytes + 1)
    if len(raw) > options.max_bytes:
        yield too_large(Origin(name=source.name), options.max_bytes)
        return
    with source.open() as stream:
        message = message_from_binary_file(stream, policy=policy.compat32)
    if not any(name in message for name in ("From", "Date", "Subject")):
        remedy = "save the message again, as .eml with its header"
        yield Problem("broken-message", "there is no header of an e-mail in it", remedy, source.name)
        return
    bodies, attachments = _parts(message)
    post, warnings = _post(message, bodies, source.name)
    if post.text.strip() or not attachments:
        piece = received(post, raw, source.name, _NAME, options)
        yield replace(piece, problems=(*warnings, *piece.problems)) if isinstance(piece, Received) else piece
    if len(attachments) > _MOST_PARTS:
        yield Problem(
            "too-many-parts", f"the message has {len(attachments)} attachments", "save them as files", source.name
        )
        return
    inner = replace(options, origin=replace(options.origin, publisher=options.origin.publisher or post.publisher))
    for number, part in enumerate(attachments, start=1):
        # A forwarded message has a sender of its own.
        how = options if part.get_content_type() == "message/rfc822" else inner
        yield from _attachment(part, f"{source.name} attachment {number}", how)


def _parts(message: Message) -> tuple[list[Message], list[Message]]:
    """The parts that are the text of the message, and the attachments; a forwarded message is an attachment."""
    bodies: list[Message] = []
    attachments: list[Message] = []
    todo = [message]
    while todo:
        part = todo.pop()
        kind = part.get_content_type()
        inner = part.get_payload()
        if isinstance(inner, list) and part is not message and kind == "message/rfc822":
            attachments.append(part)
        elif isinstance(inner, list):
            todo += [p for p in reversed(inner) if isinstance(p, Message)]
        elif (
            kind in ("text/plain", "text/html")
            and part.get_content_disposition() != "attachment"
            and not part.get_filename()
        ):
            bodies.append(part)
        else:
            attachments.append(part)
    return bodies, attachments


def _post(message: Message, bodies: list[Message], name: str) -> tuple[Post, tuple[Problem, ...]]:
    text, warnings = _body(bodies, name)
    sender, address = parseaddr(_header(message, "From"))
    who = sender or address
    mailing_list = re.sub(r"\s*<[^>]*>\s*$", "", _header(message, "List-Id")).strip(' "')
    return Post(
        text=text,
        title=_header(message, "Subject"),
        published=_header(message, "Date"),
        publisher=mailing_list or who,
        author=who if mailing_list else "",
        native_id=_header(message, "Message-ID"),
        reply_to=_header(message, "In-Reply-To"),
    ), warnings


def _body(bodies: list[Message], name: str) -> tuple[str, tuple[Problem, ...]]:
    """The plain text when there is one, else that of the HTML."""
    for kind in ("text/plain", "text/html"):
        texts: list[str] = []
        warnings: list[Problem] = []
        for part in bodies:
            if part.get_content_type() != kind:
                continue
            decoded = decode(_payload(part) or b"", _charset(part))
            warnings += encoding_problems(decoded, Origin(name=name))
            texts.append(decoded.text if kind == "text/plain" else _text_of_page(decoded.text))
        if any(text.strip() for text in texts):
            return "\n".join(texts), tuple(warnings)
    return "", ()


def _text_of_page(page: str) -> str:
    """As the format for pages finds it; it finds none in a short note, which is all text."""
    report, _ = html.take_in(page.encode("utf-8", "replace"), Origin())
    return report.text if report is not None else text_of(page)


def _attachment(part: Message, where: str, options: Options) -> Iterator[Piece]:
    kind = part.get_content_type()
    filename = _decoded(part.get_filename() or "")
    where = f"{where} ({filename})" if filename else where
    if not _TAKEN.fullmatch(kind):
        yield Skipped(f"attachments of type {kind}")
        return
    data = _payload(part)
    if data is None:
        message = "the message that is attached cannot be unpacked"
        yield Problem("broken-message", message, "save it as a file of its own", where)
        return
    if not data.strip():
        yield Skipped("empty attachments")
        return
    # The name ends as the file does, so that the format is told by it, too.
    for piece in pieces(Source.of_bytes(filename or where, data), options):
        yield placed(piece, filename, where)


def _payload(part: Message) -> bytes | None:
    """The bytes of a part, or of the message that is attached, None when that cannot be had; a broken transfer encoding gives what can."""
    inner = part.get_payload()
    if isinstance(inner, list):
        try:
            return inner[0].as_bytes() if inner and isinstance(inner[0], Message) else b""
        except (ValueError, LookupError, TypeError):  # headers that cannot be written again
            return None
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str:
    charset = part.get_content_charset()
    return charset or ""


def _header(message: Message, name: str) -> str:
    """A header as it was written: in encoded words, or in UTF-8 as it is (RFC 6532), which `Message.get` would not decode."""
    value = next((str(v) for n, v in message.raw_items() if n.lower() == name.lower()), "")
    return _decoded(value.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _decoded(value: str) -> str:
    """A header in its characters, on one line."""
    value = " ".join(value[:_LONGEST_HEADER].split())
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError, AssertionError):  # broken encoded words, unknown character sets
        return value


FORMAT = Format(_NAME, likely, items, suffixes=(".eml",))
