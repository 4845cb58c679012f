"""The example ledger's reports: invented happenings in real places, told by invented outlets in three languages, and a registry for them.

`write` puts them into a folder; `README.md` in it says what is what. Nothing here is imported by any stage.
"""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

_DATA = ("README.md", "sources.toml", "reports")


class NotEmpty(ValueError):
    """The folder holds something already; nothing was written."""


def write(folder: Path) -> list[Path]:
    """Write the example into a folder that is new or empty and give the files, in the order of their names.

    Raises `NotEmpty` when something is in it, `OSError` when it cannot be written.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NotEmpty(f"there is something in {folder} already")
    here = resources.files(__name__)
    return sorted(written for name in _DATA for written in _copy(here / name, folder / name))


def _copy(source: Traversable, target: Path) -> list[Path]:
    if source.is_dir():
        return [written for child in source.iterdir() for written in _copy(child, target / child.name)]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())
    return [target]
