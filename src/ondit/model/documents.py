"""A report made ready for reading: languages, sentences, quotations and tokens, all as spans."""

from collections.abc import Sequence
from dataclasses import dataclass

from ondit.model.records import quick
from ondit.model.reports import Report
from ondit.model.spans import Span


@quick
@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and marks in text order as parallel sequences (one object for a text: a record per token costs too much).

    `starts[i]`, `stops[i]` are code-point offsets into the report's text, `keys[i]` the folded form that the word lists are
    written in (lower case, straight apostrophe; accents kept).
    """

    starts: Sequence[int]
    stops: Sequence[int]
    keys: Sequence[str]

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, last: int) -> Span:
        """Characters from token `first` up to and without token `last`."""
        return Span(self.starts[first], self.stops[last - 1])


@quick
@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words: `outer` with the marks, `inner` without; `depth` 0 = not inside another quotation.

    `closed` is False when the closing mark is missing: the quotation then runs to the end of its paragraph.
    """

    outer: Span
    inner: Span
    depth: int = 0
    closed: bool = True


@quick
@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text in one language (ISO 639-1)."""

    span: Span
    language: str


@quick
@dataclass(frozen=True, slots=True)
class Document:
    """A report with its passages, paragraphs, sentences, quotations (in text order) and tokens."""

    report: Report
    passages: tuple[Passage, ...]
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    tokens: Tokens
