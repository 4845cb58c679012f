"""Keeps folders and feeds up to date: what is new or changed since the last look is added."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ondit.intake.sniffing import known_suffixes
from ondit.intake.sources import walk_files
from ondit.model import Problem


@dataclass
class Watch:
    """Sources to look at again and again; files are taken when they are new or changed, addresses every time.

    A file that changed less than `quiet` seconds before the look is left for the next one: somebody may still be writing it.
    """

    sources: tuple[str, ...]
    quiet: float = 1.0
    suffixes: frozenset[str] = field(default_factory=known_suffixes)
    _told: set[str] = field(default_factory=set)
    _seen: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def due(self, now: float) -> list[str]:
        """What to take in now (`now` in seconds since the epoch), in the order of the sources."""
        found: list[str] = []
        for source in self.sources:
            path = Path(source)
            if path.is_dir() or path.is_file():
                found += self._changed(path, now)
            else:
                found.append(source)
        return list(dict.fromkeys(found))

    def _changed(self, path: Path, now: float) -> Iterable[str]:
        for file in [path] if path.is_file() else walk_files(path, self.suffixes, Counter()):
            if isinstance(file, Problem):
                if file.where not in self._told:  # taking it in says what is wrong, once
                    self._told.add(file.where)
                    yield file.where
                continue
            try:
                stat = file.stat()
            except OSError:
                continue  # gone since the folder was listed
            mark = (stat.st_mtime_ns, stat.st_size)
            # A time in the future is a wrong clock, not somebody writing.
            if self._seen.get(file) != mark and not 0 <= now - stat.st_mtime < self.quiet:
                self._seen[file] = mark
                yield str(file)
