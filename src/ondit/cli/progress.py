"""A bar for long work on standard error: how much is done, how fast, how long it will take. Silent when that is no terminal."""

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

_BAR = 24
_EVERY = 0.1  # seconds between two drawings
_WARM = 1.0  # seconds before a rate means something


class Meter:
    """Counts items (`noun` is one of them), and bytes towards a total where that is known (0 = it is not)."""

    def __init__(self, total: int, noun: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._total, self._noun, self._clock = total, noun, clock
        self._start = self._drawn = clock()
        self._items = self._ended = self._inside = 0
        self._shown = sys.stderr.isatty()

    def item(self, size: int, name: str, *, items: int = 1) -> None:
        """One more item, or several together, of `size` bytes is done."""
        self._items += items
        self._inside += size
        if self._shown and self._clock() - self._drawn >= _EVERY:
            self._draw(name)

    def source(self, size: int) -> None:
        """A whole source of `size` bytes is done: its items may have been smaller or larger together."""
        self._ended += size
        self._inside = 0

    def clear(self) -> None:
        """Take the bar away, for a message or at the end."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def line(self, name: str) -> str:
        """The bar as it would be drawn now."""
        seconds = max(self._clock() - self._start, 1e-9)
        told = f"{self._items} {self._noun}{'' if self._items == 1 else 's'}"
        if seconds > _WARM:
            told += f" · {self._items / seconds:.0f}/s"
        if not self._total:
            return f"{told} · {name[-30:]}"
        done = min(1.0, (self._ended + self._inside) / self._total)
        filled = int(_BAR * done)
        if seconds > _WARM and done:
            told += f" · {duration(seconds / done - seconds)} left"
        return f"{'█' * filled}{'·' * (_BAR - filled)} {100 * done:3.0f} % · {told} · {name[-30:]}"

    def _draw(self, name: str) -> None:
        self._drawn = self._clock()
        sys.stderr.write(f"\r\x1b[K{self.line(name)}")
        sys.stderr.flush()


class Steps:
    """How far work of several stages is, on standard error; `names` say what each stage is. Silent when that is no terminal."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._shown = sys.stderr.isatty()
        self._drawn = 0.0

    def step(self, stage: str, done: int, of: int) -> None:
        """So many of a stage are done."""
        if self._shown and time.monotonic() - self._drawn >= _EVERY:
            self._drawn = time.monotonic()
            filled = _BAR * done // max(of, 1)
            sys.stderr.write(f"\r\x1b[K{'█' * filled}{'·' * (_BAR - filled)} {self._names[stage]}: {done} of {of}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the bar away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def duration(seconds: float) -> str:
    """Seconds as a person says them.

    >>> duration(8.2), duration(75), duration(7300)
    ('8 s', '1 min 15 s', '2 h 1 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s" if whole < 3600 else f"{whole // 3600} h {whole % 3600 // 60} min"


def size_of(names: list[str]) -> int:
    """Bytes in files and folders together; addresses, patterns and pipes count nothing."""
    total = 0
    for name in names:
        path = Path(name)
        try:
            files = [p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path] if path.is_file() else []
            total += sum(p.stat().st_size for p in files)
        except (OSError, ValueError):
            continue
    return total
