"""What the terminal can do: its width, whether it wants colour, and a progress bar for many files."""

import os
import shutil
import sys
from typing import TextIO

_WIDTH = 100  # when the output is no terminal
_BAR = 24
_FEW = 3  # up to so many files need no bar


def width() -> int:
    """Columns to write in."""
    return shutil.get_terminal_size((_WIDTH, 24)).columns


def wants_colour(stream: TextIO, *, no_color: bool = False) -> bool:
    """Whether a stream is a terminal that shows colours and nobody asked for none (https://no-color.org)."""
    refused = no_color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not refused


class Progress:
    """A bar on standard error; silent when that is no terminal, when there are few files, or when the table is on it too."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._shown = total > _FEW and sys.stderr.isatty() and not sys.stdout.isatty()

    def step(self, done: int, name: str) -> None:
        """`done` files are read, `name` is next."""
        if not self._shown:
            return
        filled = _BAR * done // self._total
        bar = "█" * filled + "·" * (_BAR - filled)
        sys.stderr.write(f"\r\x1b[K{bar} {done}/{self._total} {name[-40:]}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the bar away, for a message or at the end."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
