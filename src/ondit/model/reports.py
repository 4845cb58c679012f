"""One text as it was received."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ondit.model.ids import series_id


class PublishedBasis(StrEnum):
    """Where a publication date comes from; `unknown` means there is none, never today's date."""

    METADATA = "metadata"
    URL = "url"
    TEXT = "text"
    GIVEN = "given"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Published:
    """Publication date of a report (UTC calendar day) with its provenance."""

    day: date | None = None
    basis: PublishedBasis = PublishedBasis.UNKNOWN


@dataclass(frozen=True, slots=True)
class Report:
    """One text as it was received; `text` is never rewritten, every span points into it.

    `language` is an ISO 639-1 code or "" when not (yet) known; `sha256` is of the raw bytes; `retrieved` and anything
    else that depends on the run is kept out of ids.
    """

    id: str
    text: str
    title: str = ""
    language: str = ""
    published: Published = Published()
    publisher: str = ""
    author: str = ""
    url: str = ""
    sha256: str = ""
    native_id: str = ""
    forwarded_from: str = ""
    reply_to: str = ""
    retrieved: str = ""

    @property
    def series(self) -> str:
        """The id that all versions of this report share."""
        return series_id(sha256=self.sha256, publisher=self.publisher, native_id=self.native_id, url=self.url)
