"""Exports: what fits the filters as a dossier, redacted where that is asked for, in a format, with the page that says what is in it."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from ondit.model import Copy, Decision, Reading
from ondit.present.formats import Dossier, Original, get_format, pack
from ondit.present.formats.dossier import Tomb
from ondit.present.formats.packing import about_text
from ondit.present.redact import Redaction, redact
from ondit.stores import EventFilters, Store, StoreError

if TYPE_CHECKING:
    from ondit.ledger.facade import Ledger

_AT_HAND = 500  # readings kept in memory while a format writes
_ABOUT = ".about.json"
_MODE = 0o644
_Kept = TypeVar("_Kept")


class ExportError(StoreError):
    """An export that cannot be written; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file, the page beside it, how many happenings are in it and how many are left out."""

    path: Path
    about: Path
    format: str
    events: int
    left_out: int
    counts: Mapping[str, int]


class _Lazy(Mapping[str, _Kept]):
    """Things of reports by id, fetched when they are asked for, the last ones kept."""

    def __init__(self, ids: Sequence[str], fetch: Callable[[str], _Kept | None]) -> None:
        self._ids = dict.fromkeys(ids)
        self._fetch = lru_cache(_AT_HAND)(fetch)

    def __getitem__(self, id_: str) -> _Kept:
        found = self._fetch(id_) if id_ in self._ids else None
        if found is None:
            raise KeyError(id_)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def dossier_of(ledger: "Ledger", filters: EventFilters) -> Dossier:
    """What fits the filters; without any, everything there is, also reports that tell of no happening and removals."""
    whole = filters == EventFilters()
    events = tuple(ledger.events(filters))
    named = {report for event in events for report in event.reports}
    every = list(ledger.store.report_ids())
    newest = ledger.store.changes()
    ids = [id_ for id_ in every if (id_ in newest if whole else id_ in named)]
    kept = every if whole else ids
    return Dossier(
        events=events,
        readings=_Lazy[Reading](ids, ledger.reading),
        sources=ledger.sources(),
        copies=tuple(_copies(ledger.store, ids)),
        decisions=tuple(_decisions(ledger, None if whole else set(ids))),
        as_read=_Lazy[Reading](kept, ledger.store.reading),
        originals=_Lazy[Original](kept, lambda id_: _original(ledger, id_)),
        removed=tuple(_tombs(ledger)) if whole else (),
        filters=told(filters),
    )


def looking(ledger: "Ledger") -> Dossier:
    """All reports, fetched when they are asked for, and no happenings: to make rows of happenings that come one after the other."""
    return Dossier((), _Lazy[Reading](ledger.store.report_ids(), ledger.reading))


def _copies(store: Store, ids: Sequence[str]) -> Iterator[Copy]:
    for id_ in ids:
        yield from (copy for copy in store.copies(id_) if copy.report == id_)


def _decisions(ledger: "Ledger", reports: set[str] | None) -> Iterator[Decision]:
    for decision in ledger.decisions():
        if reports is None or any(footing.report_id in reports for footing in decision.footings):
            yield decision


def _original(ledger: "Ledger", id_: str) -> Original | None:
    kept, raw = ledger.store.kept(id_), ledger.raw(id_)
    if kept is None or raw is None:
        return None
    custody = kept.custody
    return Original(
        raw, kept.engine, kept.edited, custody.added_at, custody.added_by, custody.came_from, custody.retrieved
    )


def _tombs(ledger: "Ledger") -> Iterator[Tomb]:
    for t in ledger.tombstones():
        yield Tomb(t.report_id, t.series, t.sha256, t.by, t.why, t.at)


def told(filters: EventFilters) -> dict[str, str]:
    """Filters in words, those that are set."""

    def words(record: Any, default: Any) -> Iterator[tuple[str, str]]:
        for field in fields(record):
            value = getattr(record, field.name)
            if value != getattr(default, field.name) and field.name != "claims":
                yield field.name, "yes" if value is True else str(getattr(value, "value", value))

    default = EventFilters()
    return {**dict(words(filters.claims, default.claims)), **dict(words(filters, default))}


def export(
    ledger: "Ledger",
    name: str,
    path: Path,
    filters: EventFilters,
    *,
    redaction: Redaction | None = None,
    force: bool = False,
) -> Exported:
    """Write an export and the page beside it; raises `ExportError`, `UnknownFormat`, `MissingLibrary`."""
    kind = get_format(name)
    about = path.with_name(path.name + _ABOUT)
    if not force:
        for target in (path, about):
            if target.exists():
                raise ExportError(
                    f"{target}: there is something of this name; name another file, or write over it with --force"
                )
    dossier = dossier_of(ledger, filters)
    if redaction is not None:
        dossier = redact(dossier, redaction, file=path.name)
    made = kind.make(dossier)
    write(path, lambda file: pack(made, file))
    write(about, lambda file: file.write(about_text(kind, made, dossier, path.name).encode("utf-8", "replace")))
    left_out = len({one.event for one in made.left_out})
    return Exported(path, about, kind.name, len(dossier.events) - left_out, left_out, dict(made.counts))


def write(path: Path, fill: Callable[[IO[bytes]], object]) -> None:
    """A file that is there whole or not at all; raises `ExportError`."""
    part = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.part-")
        with os.fdopen(handle, "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(_MODE)
        Path(part).replace(path)
    except OSError as error:
        raise ExportError(f"{error.filename or path}: {error.strerror}; make room or name another file") from error
    finally:
        if part:
            Path(part).unlink(missing_ok=True)
