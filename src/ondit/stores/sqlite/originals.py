"""Bytes as they were received, by their hash: small ones in the database, large ones in files in a folder beside it."""

import hashlib
import os
import tempfile
from pathlib import Path

_HEX = 64  # digits of a SHA-256; other names are files that are not complete
INSIDE = 64 * 1024
"""Bytes up to which an original is kept in the database: there it is read and written faster than a file of its own."""


class OriginalFiles:
    """The folder of large originals, `LEDGER.originals/ab/abcd…`; a file is complete or not there."""

    def __init__(self, ledger: Path) -> None:
        self.folder = ledger.with_name(ledger.name + ".originals")

    def path(self, sha256: str) -> Path:
        """Where the bytes of a hash are."""
        return self.folder / sha256[:2] / sha256

    def write(self, sha256: str, data: bytes) -> None:
        """Keep bytes; raises `OSError`. A broken copy that is there already is replaced."""
        path = self.path(sha256)
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def read(self, sha256: str) -> bytes | None:
        """The bytes, None when the file is gone."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            return None

    def copy_to(self, other: "OriginalFiles") -> None:
        """Copy every original that is not there yet."""
        for file in sorted(self.folder.glob("??/*")):
            if len(file.name) == _HEX:
                other.write(file.name, file.read_bytes())

    def remove(self, sha256: str) -> None:
        """Take the bytes away: overwritten first, as far as the file system lets one."""
        path = self.path(sha256)
        if path.is_file():
            with path.open("r+b") as file:
                file.write(b"\0" * path.stat().st_size)
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
