"""Lines of a dump, plain or zipped, without trusting it: sizes and ratios are bounded, nothing is unpacked to disk."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

MOST_BYTES = 4_000_000_000
"""Unpacked size from which a dump is refused; allCountries.txt has about 1.7 GB."""
MOST_RATIO = 60
"""Unpacked to packed size; GeoNames tables come to about 5, archives made to exhaust a machine to 1,000."""
LONGEST_LINE = 1_000_000
_HARMLESS = frozenset({"readme.txt", "iso-languagecodes.txt"})


class DumpError(Exception):
    """A dump that cannot be read at all; `code` and `remedy` as in a `Problem`."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.code, self.remedy = code, remedy


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a text file, or of the one table of a zip archive (UTF-8). Raises `DumpError`."""
    try:
        if not path.is_file():
            raise DumpError("no-such-file", f"there is no file {path}", "Check the path")
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive, archive.open(_table(archive, path)) as file:
                yield from _decoded(file, path)
        else:
            with path.open("rb") as file:
                yield from _decoded(file, path)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise DumpError("bad-archive", f"{path.name} is a damaged archive: {error}", "Download it again") from error
    except OSError as error:
        raise DumpError("unreadable", f"{path.name} cannot be read: {error}", "Check the file's permissions") from error


def _table(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    tables = [
        i
        for i in archive.infolist()
        if i.filename.lower().endswith(".txt") and Path(i.filename).name.lower() not in _HARMLESS
    ]
    if len(tables) != 1:
        raise DumpError(
            "not-a-dump",
            f"{path.name} holds {len(tables)} tables, a GeoNames archive holds one",
            "Give the archive as GeoNames serves it",
        )
    info = tables[0]
    if info.file_size > MOST_BYTES or info.file_size > MOST_RATIO * max(1, info.compress_size):
        raise DumpError(
            "zip-bomb",
            f"{path.name} would unpack to {info.file_size:,} bytes",
            "This is not a GeoNames archive; download it again",
        )
    return info


def _decoded(file: IO[bytes], path: Path) -> Iterator[str]:
    """Lines as text; counts what is really read, since an archive may lie about its size."""
    read = 0
    reader = io.BufferedReader(file) if isinstance(file, io.RawIOBase) else file
    while raw := reader.readline(LONGEST_LINE):
        read += len(raw)
        if read > MOST_BYTES:
            raise DumpError(
                "zip-bomb",
                f"{path.name} is longer than {MOST_BYTES:,} bytes",
                "This is not a GeoNames file; download it again",
            )
        if len(raw) == LONGEST_LINE:
            raise DumpError(
                "not-a-dump", f"{path.name} has a line of more than {LONGEST_LINE:,} bytes", "Give a GeoNames table"
            )
        try:
            yield raw.decode("utf-8-sig" if read == len(raw) else "utf-8")
        except UnicodeDecodeError:
            yield raw.decode("utf-8", "replace")
