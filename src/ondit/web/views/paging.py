"""Long lists and long texts, a page at a time."""

from dataclasses import dataclass

from ondit.model import Span

_WINDOW = 40_000  # characters of a text on one page
_SLACK = 2_000  # characters in which a page of text looks for a line end


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is in a list: `first` and `last` count from 1 and are 0 when there is nothing."""

    number: int
    size: int
    total: int

    @property
    def offset(self) -> int:
        """How many items come before."""
        return (self.number - 1) * self.size

    @property
    def count(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The first item shown."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """The last item shown."""
        return min(self.offset + self.size, self.total)


def windows_of(text: str) -> list[Span]:
    """The pages of a text: whole lines where lines are not too long."""
    windows: list[Span] = []
    start = 0
    while len(text) - start > _WINDOW + _SLACK:
        line = text.find("\n", start + _WINDOW, start + _WINDOW + _SLACK)
        stop = line + 1 if line >= 0 else start + _WINDOW
        windows.append(Span(start, stop))
        start = stop
    return [*windows, Span(start, len(text))]
