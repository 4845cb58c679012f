"""Which documents are in which partition: the same inputs give the same partitions, so that a run that ended goes on where it was."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ondit.bulk.job import BulkError, Job, write_whole
from ondit.intake import Source, Tally
from ondit.intake.sniffing import known_suffixes
from ondit.intake.sources import find_sources
from ondit.model import Problem
from ondit.version import __version__

PARTITION = 8 * 1024 * 1024
"""Bytes of input in a partition: some twenty seconds of reading, which is what the end of a worker costs at most."""

MANIFEST = "manifest.json"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file: its name as it was given, where it is for every worker, its size in bytes and when it was changed."""

    name: str
    path: Path
    size: int
    changed: int

    def source(self) -> Source:
        """What intake takes."""
        return Source.of_file(self.path, self.name)


@dataclass(frozen=True, slots=True)
class Plan:
    """Groups of files, each at most `partition` bytes or one file, and what is no file. A file larger than that is cut first."""

    groups: Sequence[Sequence[InputFile]]
    problems: Sequence[Problem]
    partition: int

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for group in self.groups for file in group)

    def is_cut(self, group: int) -> bool:
        """Is this group one large file?"""
        return sum(file.size for file in self.groups[group]) > self.partition


def plan(named: Iterable[str | Path], partition: int = PARTITION) -> Plan:
    """The partitions of files, folders and patterns, in their order."""
    groups: list[list[InputFile]] = []
    problems: list[Problem] = []
    size = 0
    for found in _files(named):
        if isinstance(found, Problem):
            problems.append(found)
            continue
        if not groups or size + found.size > partition:
            groups.append([])
            size = 0
        groups[-1].append(found)
        size += found.size
    return Plan(groups, problems, partition)


def _files(named: Iterable[str | Path]) -> Iterator[InputFile | Problem]:
    for found in find_sources(named, suffixes=known_suffixes()):
        if isinstance(found, Tally):
            continue
        if isinstance(found, Problem):
            yield found
            continue
        path = Path(found.name)
        try:
            if _ADDRESS.match(found.name) or not path.is_file():
                remedy = "save it in a file first, or take it in with 'ondit add'"
                yield Problem("no-file", "only files are read in bulk", remedy, found.name)
            else:
                state = path.stat()
                yield InputFile(found.name, path.resolve(), state.st_size, state.st_mtime_ns)
        except OSError as error:
            yield Problem("not-readable", f"it cannot be read: {error.strerror}", "check the file", found.name)


def begin(job: Job, planned: Plan, home: Path) -> None:
    """Keep the plan in the manifest of `home`; raises `BulkError` when a run of other inputs or settings is there."""
    manifest = home / MANIFEST
    mine = described(job, planned)
    try:
        there = json.loads(manifest.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if home.is_dir() and any(home.iterdir()):
            raise BulkError(f"{home}: this folder is not empty; name a new one") from None
        write_whole(manifest, json.dumps(mine, ensure_ascii=False, indent=2).encode() + b"\n")
        return
    except ValueError as error:
        raise BulkError(f"{manifest}: this is no manifest of a run ({error}); name another folder") from error
    other = [name for name, value in mine.items() if there.get(name) != value]
    if other:
        raise BulkError(
            f"{home}: a run with other {', '.join(other)} was begun here; name another folder, or remove this one to begin anew"
        )


def finish(home: Path, counts: dict[str, int], spent: dict[str, float]) -> None:
    """Note in the manifest that all is done, and how many seconds of a processor each stage took."""
    manifest = home / MANIFEST
    there = json.loads(manifest.read_text(encoding="utf-8"))
    write_whole(
        manifest,
        json.dumps(there | {"counts": counts, "processor seconds": spent}, ensure_ascii=False, indent=2).encode()
        + b"\n",
    )


def finished(home: Path) -> dict[str, int] | None:
    """What a run gave that is complete."""
    try:
        counts = json.loads((home / MANIFEST).read_text(encoding="utf-8")).get("counts")
    except (OSError, ValueError):
        return None
    return counts if isinstance(counts, dict) else None


def described(job: Job, planned: Plan) -> dict[str, Any]:
    """What makes a run the same run."""
    files = "\n".join(f"{f.name}\t{f.path}\t{f.size}\t{f.changed}" for group in planned.groups for f in group)
    knowing = repr((job.settings, job.options.origin, sorted(job.options.columns.items()), job.opinions))
    return {
        "schema": "ondit-bulk/1",
        "version": __version__,
        "settings": hashlib.sha256(knowing.encode()).hexdigest()[:16],
        "partition size": planned.partition,
        "inputs": {
            "files": sum(map(len, planned.groups)),
            "bytes": planned.size,
            "sha256 of names, sizes and times": hashlib.sha256(files.encode("utf-8", "surrogateescape")).hexdigest(),
        },
    }
