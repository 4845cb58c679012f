"""What an input format is, and what every format needs to make a report."""

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, TypeAlias

from ondit.intake.items import Piece, Received
from ondit.model import Problem, Published, PublishedBasis, Report, Severity, report_id

MAX_BYTES = 64 * 1024 * 1024  # of one report: its characters may take four times as much memory
HEAD = 65_536
UNSOUND = re.compile("[\ud800-\udfff\x00]")
"""What no report can hold: halves of characters, and NUL."""
_LONGEST_FIELD = 2_000  # characters; longer ones are text in the wrong place


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


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes that can be read again from their start: a file, an attachment, a member of an archive, a page that was fetched.

    `name` is how problems and places call it, and its ending helps to tell the format.
    """

    name: str
    open: Callable[[], BinaryIO]

    @classmethod
    def of_bytes(cls, name: str, data: bytes) -> "Source":
        """Bytes that are in memory."""
        return cls(name, lambda: BytesIO(data))

    @classmethod
    def of_stream(cls, name: str, stream: BinaryIO) -> "Source":
        """What can be read only once (a pipe, standard input); what is large waits in a temporary file."""
        start = stream.read(MAX_BYTES)
        if len(start) < MAX_BYTES:
            return cls.of_bytes(name, start)
        kept = NamedTemporaryFile(prefix="ondit-")  # noqa: SIM115 - goes when the source goes
        kept.write(start)
        shutil.copyfileobj(stream, kept)
        kept.flush()
        return cls(name, lambda: Path(kept.name).open("rb"))

    @classmethod
    def of_address(cls, address: str) -> "Source":
        """An address is a list of one address; the format of such lists fetches it, with consent."""
        return cls.of_bytes(address, address.encode("utf-8", "surrogateescape") + b"\n")

    @classmethod
    def of_file(cls, path: Path, name: str = "") -> "Source":
        """A file on the disk."""
        return cls(name or str(path), lambda: path.open("rb"))

    def head(self) -> bytes:
        """The first 64 kB; raises `OSError` when the source cannot be opened."""
        with self.open() as stream:
            return stream.read(HEAD)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the bytes, the address after redirects, and when (ISO 8601, UTC; run-dependent)."""

    address: str
    data: bytes
    retrieved: str


Fetch: TypeAlias = Callable[[str], Fetched | Problem]
"""Gets an address, or says why not; `ondit.intake.fetching.Fetcher` is one."""


class Refused(Exception):
    """Raised by a format in the middle of a source that it cannot read on; the problem is told and the run goes on with the next source."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def missing_library(name: str, what: str, source: str) -> Refused:
    """A library that is not installed, and how to get it."""
    message = f"to read {what}, ondit needs the library {name}, which is not installed"
    return Refused(Problem("missing-library", message, "pip install 'ondit[formats]'", source))


@dataclass(frozen=True, slots=True)
class Options:
    """How sources are taken in; the defaults are the right choice.

    `origin` is what is known about all of them (the day of publication for texts that carry none, a publisher …). `columns` says for
    tables of posts which column is which field (`{"text": "body", "published": "date"}`). `fetch` is the consent to go to the
    network: None means nothing is fetched. `max_bytes` is the size above which one report is refused, not read; sources of many
    reports may be of any size. `depth` counts sources within sources (an attachment of an attachment).
    """

    origin: Origin = Origin()
    columns: Mapping[str, str] = field(default_factory=dict)
    fetch: Fetch | None = None
    max_bytes: int = MAX_BYTES
    depth: int = 0


Taken: TypeAlias = tuple[Report | None, tuple[Problem, ...]]
"""What taking in one report gives: the report, or None when nothing can be read, and what went wrong."""


@dataclass(frozen=True, slots=True)
class Format:
    """One input format, registered in the entry-point group `ondit.intake`.

    `likely(head, name)` says from the first 64 kB and the name how sure it is that a source is its own: 0 = not, 1 = sure;
    `items(source, options)` gives what is in it, in order, reading it as a stream. It should not raise whatever the bytes are; what
    it raises all the same becomes a problem, and the run goes on. `suffixes` are the endings of the files (lower case) that it takes
    from a folder. `binary` formats are asked about bytes that are no text, the others are not. `many` says that a source of the format
    is a collection of reports, each with an address of its own.
    """

    name: str
    likely: Callable[[bytes, str], float]
    items: Callable[[Source, Options], Iterator[Piece]]
    suffixes: tuple[str, ...] = ()
    binary: bool = False
    many: bool = False


def one_report(name: str, take_in: Callable[[bytes, Origin], Taken]) -> Callable[[Source, Options], Iterator[Piece]]:
    """The `items` of a format each of whose files is one report."""

    def items(source: Source, options: Options) -> Iterator[Piece]:
        with source.open() as stream:
            data = stream.read(options.max_bytes + 1)
        origin = replace(options.origin, name=source.name)
        if len(data) > options.max_bytes:
            yield too_large(origin, options.max_bytes)
            return
        report, problems = take_in(data, origin)
        if report is None:
            yield from problems
        else:
            yield Received(report, data, source.name, name, problems=problems)

    return items


def make_report(data: bytes, text: str, origin: Origin, *, published: Published | None = None) -> Report:
    """The report of a text that was found in `data`.

    Without a date the publication stays unknown: a date line in the text ("Paris, 3 May –") is for the stage that reads
    dates to find and to mark `PublishedBasis.TEXT`, here nothing is guessed.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    publisher, native_id, url = one_line(origin.publisher), one_line(origin.native_id), one_line(origin.url)
    given = Published(origin.published, PublishedBasis.GIVEN) if origin.published else None
    return Report(
        id=report_id(sha256=sha256, publisher=publisher, native_id=native_id, url=url),
        text=text,
        title=one_line(origin.title),
        language=origin.language,
        published=given or published or Published(),
        publisher=publisher,
        author=one_line(origin.author),
        url=url,
        sha256=sha256,
        native_id=native_id,
    )


def one_line(value: str) -> str:
    """A name, a title or an address as a report can hold it: on one line, not endless, without NUL and halves of characters."""
    return " ".join(UNSOUND.sub("\ufffd", value[:_LONGEST_FIELD]).split())


def error(code: str, message: str, remedy: str, origin: Origin) -> Problem:
    """A problem that kept an input from being read."""
    return Problem(code, message, remedy, where=origin.name)


def warning(code: str, message: str, remedy: str, origin: Origin) -> Problem:
    """A problem that did not."""
    return Problem(code, message, remedy, where=origin.name, severity=Severity.WARNING)


def too_large(origin: Origin, limit: int) -> Problem:
    """A report that is larger than the limit."""
    message = f"one report of more than {limit / 1_048_576:.0f} MB"
    return error("too-large", message, "split it into one file a report", origin)
