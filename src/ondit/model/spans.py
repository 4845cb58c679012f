"""Where in a report something stands."""

from dataclasses import dataclass

from ondit.model.records import quick


@quick
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open `[start, stop)` Unicode code-point offsets into `Report.text`.

    Raises `ValueError` when the offsets are negative or run backwards.
    """

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"not a span: [{self.start}, {self.stop})")

    def __len__(self) -> int:
        return self.stop - self.start

    def __bool__(self) -> bool:
        return True

    def of(self, text: str) -> str:
        """The characters it covers."""
        return text[self.start : self.stop]

    def overlaps(self, other: "Span") -> bool:
        """Do they share at least one character?"""
        return self.start < other.stop and other.start < self.stop

    def contains(self, other: "Span") -> bool:
        """Does it cover the other wholly?"""
        return self.start <= other.start and other.stop <= self.stop

    def cover(self, other: "Span") -> "Span":
        """The smallest span that contains both."""
        return Span(min(self.start, other.start), max(self.stop, other.stop))

    def shift(self, by: int) -> "Span":
        """The same span moved by `by` characters."""
        return Span(self.start + by, self.stop + by)

    def jaccard(self, other: "Span") -> float:
        """Shared characters by covered characters, 0 to 1."""
        shared = min(self.stop, other.stop) - max(self.start, other.start)
        return shared / len(self.cover(other)) if shared > 0 else 0.0
