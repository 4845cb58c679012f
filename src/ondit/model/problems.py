"""What went wrong, where, and what to do: problems are data, the run goes on."""

from dataclasses import dataclass
from enum import StrEnum

from ondit.model.spans import Span


class Severity(StrEnum):
    """`error`: something was not read; `warning`: read, but look at it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong with one input.

    `code` is stable and machine-readable (`empty-input`, `no-language-pack` …), `message` says what happened,
    `remedy` what the user can do, `where` the file, report id or `file:line`, `span` the characters if any.
    """

    code: str
    message: str
    remedy: str
    where: str = ""
    span: Span | None = None
    severity: Severity = Severity.ERROR
