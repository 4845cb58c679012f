"""PDF → a report of its text layer, page by page. A scan has none: it needs OCR first."""

import logging
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any, BinaryIO

from ondit.intake.docx import date_of_file_only
from ondit.intake.formats import MAX_BYTES as _MOST_TEXT
from ondit.intake.formats import (
    Format,
    Origin,
    Taken,
    error,
    make_report,
    missing_library,
    one_report,
    too_large,
    warning,
)
from ondit.intake.moments import moment_of
from ondit.intake.posts import sound
from ondit.model import Problem

_NAME = "pdf"
_MOST_PAGES = 3_000
_LARGEST_STREAM = 16 * 1024 * 1024  # of a page, unpacked; what is larger is a bomb
_LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": _LARGEST_STREAM,
    "lzw_maximum_output_length": _LARGEST_STREAM,
    "run_length_maximum_output_length": _LARGEST_STREAM,
    "array_based_stream_maximum_output_length": _LARGEST_STREAM,
    "stream_decoding_work_maximum_length": 4 * _LARGEST_STREAM,
    "jbig2dec_binary": None,  # no other program is started for a file
}


def likely(head: bytes, _name: str) -> float:
    """Sure of the mark that readers of PDF look for in the first kilobyte."""
    return 1.0 if b"%PDF-" in head[:1024] else 0.0


def take_in(data: bytes, origin: Origin) -> Taken:
    """The report of the text layer; a page that cannot be read is told and the others are read."""
    try:
        from pypdf import PdfReader, apply_configuration
    except ImportError:
        raise missing_library("pypdf", "PDF", origin.name) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with apply_configuration(**_LIMITS):
        return _read(data, origin, PdfReader)


def _read(data: bytes, origin: Origin, open_: Callable[[BinaryIO], Any]) -> Taken:
    try:
        reader = open_(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return None, (
                error("locked-document", "the PDF is locked with a password", "unlock it and save it again", origin),
            )
        count = len(reader.pages)
    except Exception as failure:  # noqa: BLE001 - pypdf raises what it likes on hostile files
        return None, (_broken(failure, origin),)
    if count > _MOST_PAGES:
        return None, (error("too-large", f"the PDF has {count} pages", "split it into one file a report", origin),)
    text, problems = _pages(reader, count, origin)
    if len(text) > _MOST_TEXT:
        return None, (too_large(origin, _MOST_TEXT),)
    if not text.strip():
        message = "no page has a text layer" if not problems else "no page could be read"
        return None, (*problems, error("no-text-layer", message, "run OCR on it first (for example ocrmypdf)", origin))
    about = _about(reader)
    origin = replace(
        origin, title=origin.title or about.get("title", ""), author=origin.author or about.get("author", "")
    )
    text, broken = sound(text, origin)
    problems += broken
    if about.get("made") and not origin.published:
        problems += (date_of_file_only(about["made"], origin),)
    return make_report(data, text, origin), problems


def _pages(reader: Any, count: int, origin: Origin) -> tuple[str, tuple[Problem, ...]]:
    """The text of all pages, and a warning for each that cannot be read."""
    texts: list[str] = []
    problems: list[Problem] = []
    length = 0
    for number in range(count):
        try:
            texts.append(reader.pages[number].extract_text())
        except Exception as failure:  # noqa: BLE001 - as above
            place = replace(origin, name=f"{origin.name} page {number + 1}")
            message = f"this page cannot be read: {_reason(failure)}"
            problems.append(warning("page-not-read", message, "look at the page; the others were read", place))
            continue
        length += len(texts[-1])
        if length > _MOST_TEXT:
            break
    return "\n".join(texts), tuple(problems)


def _about(reader: Any) -> dict[str, str]:
    """Title and author, and when the file was made."""
    try:
        about = reader.metadata
        made = about.modification_date or about.creation_date
        moment = moment_of(made.isoformat()) if made else ""
        return {"title": str(about.title or ""), "author": str(about.author or ""), "made": moment}
    except Exception:  # noqa: BLE001 - as above; a PDF without them is as good
        return {}


def _broken(failure: Exception, origin: Origin) -> Problem:
    remedy = "open it in a PDF reader and print or save it as PDF again"
    return error("broken-document", f"the PDF cannot be opened: {_reason(failure)}", remedy, origin)


def _reason(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}"[:200]


FORMAT = Format(_NAME, likely, one_report(_NAME, take_in), suffixes=(".pdf",), binary=True)
