"""What an input format is, and what every format needs to make a report."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from ondit.model import Problem, Published, PublishedBasis, Report, Severity, report_id


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known about an input besides its bytes; `name` is the file name (or "-") and only used in problems and to sniff.

    What is given here wins over what the bytes say of themselves.
    """

    name: str = ""
    published: date | None = None
    publisher: str = ""
    author: str = ""
    title: str = ""
    url: str = ""
    native_id: str = ""
    language: str = ""


Taken: TypeAlias = tuple[Report | None, tuple[Problem, ...]]
"""What taking in gives: the report, or None when nothing can be read, and what went wrong."""


@dataclass(frozen=True, slots=True)
class Format:
    """One input format, registered in the entry-point group `ondit.intake`.

    `likely(head, name)` says from the first 4 kB and the file name how sure it is that the input is its own: 0 = not, 1 = sure;
    `take_in(data, origin)` makes the report. It must not raise whatever the bytes are.
    """

    name: str
    likely: Callable[[bytes, str], float]
    take_in: Callable[[bytes, Origin], Taken]


def make_report(data: bytes, text: str, origin: Origin, *, published: Published | None = None) -> Report:
    """The report of a text that was found in `data`.

    Without a date the publication stays unknown: a date line in the text ("Paris, 3 May –") is for the stage that reads
    dates to find and to mark `PublishedBasis.TEXT`, here nothing is guessed.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    given = Published(origin.published, PublishedBasis.GIVEN) if origin.published else None
    return Report(
        id=report_id(sha256=sha256, publisher=origin.publisher, native_id=origin.native_id, url=origin.url),
        text=text,
        title=origin.title,
        language=origin.language,
        published=given or published or Published(),
        publisher=origin.publisher,
        author=origin.author,
        url=origin.url,
        sha256=sha256,
        native_id=origin.native_id,
    )


def error(code: str, message: str, remedy: str, origin: Origin) -> Problem:
    """A problem that kept an input from being read."""
    return Problem(code, message, remedy, where=origin.name)


def warning(code: str, message: str, remedy: str, origin: Origin) -> Problem:
    """A problem that did not."""
    return Problem(code, message, remedy, where=origin.name, severity=Severity.WARNING)
