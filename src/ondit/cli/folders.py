"""Where a user's own data are, as each system has it."""

import os
import sys
from pathlib import Path


def user_layers() -> Path:
    """The folder of the gazetteer layers that the user imported."""
    return data_folder() / "gazetteer"


def imported_layers() -> tuple[Path, ...]:
    """The imported layers, in the order of their names."""
    folder = user_layers()
    return tuple(sorted(p for p in folder.iterdir() if p.is_dir())) if folder.is_dir() else ()


def data_folder() -> Path:
    """Ondit's folder among the user's application data; `ONDIT_DATA` names another."""
    if named := os.environ.get("ONDIT_DATA"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "~")).expanduser() / "ondit"
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/ondit").expanduser()
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "ondit"


def word_folders() -> tuple[Path, ...]:
    """The user's folders of words: those that `ONDIT_WORDS` names, else `ondit-words` here, and `words` in the data folder."""
    if named := os.environ.get("ONDIT_WORDS"):
        return tuple(Path(name) for name in named.split(os.pathsep) if name)
    return tuple(folder for folder in (data_folder() / "words", Path("ondit-words")) if folder.is_dir())


def lay_words(folders: tuple[Path, ...] | None = None) -> bool:
    """Lay the user's words over the shipped packs; says on standard error when that cannot be done."""
    folders = word_folders() if folders is None else folders
    if not folders:
        return True
    from ondit.languages import PackError, install_layers, installed_layers

    try:
        if folders != installed_layers():
            install_layers(folders)
    except PackError as error:
        sys.stderr.write(f"ondit: error: {error}\n")
        return False
    return True
