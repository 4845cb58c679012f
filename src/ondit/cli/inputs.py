"""Files and standard input → bytes, or the problem that kept them from being read."""

import sys
from pathlib import Path

from ondit.model import Problem

STDIN = "-"


def read_bytes(name: str, *, limit: int) -> bytes | Problem:
    """The bytes of a file, of standard input for "-", or what is wrong; more than `limit` are not read into memory."""
    if name == STDIN:
        return sys.stdin.buffer.read(limit + 1)
    path = Path(name)
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError:
        return Problem("no-such-file", "there is no such file", "check the name and the folder", name)
    except IsADirectoryError:
        return Problem("is-a-folder", "this is a folder, not a file", f"name the files in it: {path / '*'}", name)
    except PermissionError:
        return Problem("not-readable", "the file may not be read", "change its permissions or copy it", name)
    except (OSError, ValueError) as error:
        return Problem("not-readable", f"the file cannot be read: {error}", "check the name and the disk", name)
