"""Writes a chain-of-custody bundle: originals, the ledger, who did what and when, in a BagIt bag (RFC 8493).

The Berkeley Protocol on Digital Open Source Investigations (OHCHR and Human Rights Center, UC Berkeley, HR/PUB/20/2) asks in its chapter on
preservation that a digital item keep its authenticity, availability, identity, persistence, renderability and understandability, that its
chain of custody be documented, and that an evidentiary copy be kept apart from working copies. `README.md` in the bundle says
which part of it answers which of these.
"""

import csv
import hashlib
import io
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ondit.codec import encode
from ondit.ledger.bundle_words import README
from ondit.stores import StoreError
from ondit.version import __version__

if TYPE_CHECKING:
    from ondit.ledger.facade import Ledger

_BLOCK = 1 << 20
_CUSTODY = (
    "report series sha256 bytes publisher url published retrieved added_at added_by came_from read_by original".split()
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was written: the folder, how many reports and originals, and their bytes."""

    folder: Path
    reports: int
    originals: int
    size: int


class _Bag:
    """A BagIt bag while it is written: payload files with their hashes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hashes: dict[str, str] = {}
        self.size = 0

    def write(self, name: str, fill: Callable[[BinaryIO], None]) -> None:
        """A payload file, hashed as it lies on the disk."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            fill(file)
        self.hashes[name] = _hash(path)
        self.size += path.stat().st_size

    def close(self, info: dict[str, str]) -> None:
        """Declaration, manifests and what is known about the bag."""
        tags = {
            "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": "".join(f"{name}: {value}\n" for name, value in info.items()),
            "manifest-sha256.txt": "".join(f"{self.hashes[name]}  {name}\n" for name in sorted(self.hashes)),
        }
        for name, text in tags.items():
            (self.folder / name).write_bytes(text.encode())
        lines = [f"{_hash(self.folder / name)}  {name}\n" for name in sorted(tags)]
        (self.folder / "tagmanifest-sha256.txt").write_bytes("".join(lines).encode())


_FOLDER_MODE = 0o755  # as folders are made; a temporary one is for its maker alone


def export_bundle(ledger: "Ledger", folder: Path, *, moment: str, purpose: str = "") -> Bundle:
    """Write the bundle into a folder that must not be there yet; raises `StoreError` when it is, or when it cannot be written."""
    if folder.exists():
        raise StoreError(
            f"{folder}: there is something of this name; a bundle is never written over, name another folder"
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.part-"))
        try:
            bundle = _fill(ledger, _Bag(part), moment, purpose)
            part.chmod(_FOLDER_MODE)
            part.replace(folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    except OSError as error:
        raise StoreError(f"{error.filename or folder}: {error.strerror}; make room or name another folder") from error
    return Bundle(folder, bundle.reports, bundle.originals, bundle.size)


def _fill(ledger: "Ledger", bag: _Bag, moment: str, purpose: str) -> Bundle:
    # The list comes first: everything on it is in the copy. What is added meanwhile may be in the copy and is on no list.
    copy = bag.folder / "data" / "ledger" / "ledger.sqlite"
    copy.parent.mkdir(parents=True)
    ids = list(ledger.store.report_ids())
    ledger.backup(copy)
    for path in sorted(p for p in copy.parent.rglob("*") if p.is_file()):
        name = path.relative_to(bag.folder).as_posix()
        bag.hashes[name] = _hash(path)
        bag.size += path.stat().st_size
    originals = _write_originals(ledger, bag, ids)
    bag.write("data/custody.csv", lambda file: _rows(file, [_CUSTODY, *_custody(ledger, ids)]))
    bag.write("data/decisions.csv", lambda file: _rows(file, _decisions(ledger)))
    bag.write("data/removed.csv", lambda file: _rows(file, _removed(ledger)))
    bag.write("data/readings.jsonl", lambda file: _readings(file, ledger, ids))
    bag.write("data/README.md", partial(_write, data=README.encode()))
    bag.close({
        "Source-Organization": ledger.by,
        "Bagging-Date": moment[:10],
        "Bag-Software-Agent": f"ondit {__version__}",
        "External-Description": f"Chain-of-custody bundle of {len(ids)} reports" + (f": {' '.join(purpose.split())}" if purpose else ""),
        "Payload-Oxum": f"{bag.size}.{len(bag.hashes)}",
    })  # fmt: skip
    return Bundle(bag.folder, len(ids), originals, bag.size)


def _write_originals(ledger: "Ledger", bag: _Bag, ids: list[str]) -> int:
    written: set[str] = set()
    for id_ in ids:
        kept = ledger.report(id_)
        raw = ledger.raw(id_)
        if kept is None or kept.report.sha256 in written:
            continue
        if raw is None or hashlib.sha256(raw).hexdigest() != kept.report.sha256:
            raise StoreError(f"the original of {id_} is gone or altered; 'ondit verify' says more, go back to a backup")
        written.add(kept.report.sha256)
        bag.write(_original(kept.report.sha256), partial(_write, data=raw))
    return len(written)


def _original(sha256: str) -> str:
    return f"data/originals/{sha256[:2]}/{sha256}"


def _custody(ledger: "Ledger", ids: list[str]) -> Iterator[Sequence[object]]:
    for id_ in ids:
        kept = ledger.report(id_)
        if kept is None:
            continue
        report, custody = kept.report, kept.custody
        yield [
            id_, report.series, report.sha256, len(ledger.raw(id_) or b""), report.publisher, report.url, report.published.day or "",
            custody.retrieved, custody.added_at, custody.added_by, custody.came_from, kept.engine, _original(report.sha256),
        ]  # fmt: skip


def _decisions(ledger: "Ledger") -> Iterator[Sequence[object]]:
    yield "decision kind targets field value was by why at".split()
    for d in ledger.decisions():
        yield [d.id, d.kind, " ".join(d.targets), d.field, d.value, d.was, d.by, d.why, d.at]


def _removed(ledger: "Ledger") -> Iterator[Sequence[object]]:
    yield "report series sha256 by why at".split()
    for t in ledger.tombstones():
        yield [t.report_id, t.series, t.sha256, t.by, t.why, t.at]


def _readings(file: BinaryIO, ledger: "Ledger", ids: list[str]) -> None:
    for id_ in ids:
        reading = ledger.reading(id_)
        if reading is not None:
            file.write(encode(reading) + b"\n")


def _rows(file: BinaryIO, rows: Iterable[Sequence[object]]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    # A name or a path of somebody else's must not run in whoever's spreadsheet.
    writer.writerows([f"'{cell}" if str(cell)[:1] in "=+-@\t\r" and cell else cell for cell in row] for row in rows)
    text.detach()


def _write(file: BinaryIO, data: bytes) -> None:
    file.write(data)


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
