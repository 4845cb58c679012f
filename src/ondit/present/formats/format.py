"""What an output format is."""

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType

from ondit.plugins import EXPORT, load, plugins
from ondit.present.formats.dossier import Dossier


class MissingLibrary(Exception):
    """A format needs a library that is not installed; the message says which and how to get it."""


class UnknownFormat(ValueError):
    """There is no format of this name; the message lists those there are."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of an export: its name within it and its bytes, made as they are asked for."""

    name: str
    chunks: Iterable[bytes]

    @classmethod
    def of(cls, name: str, data: bytes | str) -> "File":
        """A file that is in memory."""
        return cls(name, (data.encode() if isinstance(data, str) else data,))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A happening that is not in the file, and why."""

    event: str
    reason: str


@dataclass(frozen=True, slots=True)
class Made:
    """What a format makes of a dossier: files, happenings left out, how many of what were written, and losses of this very export."""

    files: Sequence[File]
    left_out: Sequence[LeftOut] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    losses: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """One output format, registered in the entry-point group `ondit.export`.

    `rule` says how several reports become one record, `losses` what the format has no room for, `specification` where it is defined.
    `suffix` is the ending of its file (".csv"; ".zip" for formats of several files). `make` may raise `MissingLibrary`, nothing else.
    """

    name: str
    title: str
    suffix: str
    rule: str
    losses: tuple[str, ...]
    specification: str
    make: Callable[[Dossier], Made]


def formats() -> Sequence[Format]:
    """Every registered format, in the order of the names; raises `PluginError` for one that cannot be loaded."""
    return [load(plugin, Format) for plugin in plugins(EXPORT)]


def get_format(name: str) -> Format:
    """The format of this name; raises `UnknownFormat`."""
    wanted = [plugin for plugin in plugins(EXPORT) if plugin.name == name]
    if not wanted:
        known = ", ".join(plugin.name for plugin in plugins(EXPORT))
        raise UnknownFormat(f"there is no format '{name}'; formats: {known}")
    return load(wanted[0], Format)


def need(library: str, module: str | None = None, *, extra: str = "export") -> ModuleType:
    """An optional library, which `extra` of ondit brings along; raises `MissingLibrary` when it is not there."""
    try:
        return importlib.import_module(module or library)
    except ImportError as error:
        raise MissingLibrary(
            f"this needs the library {library}, which is not installed; get it with: pip install 'ondit[{extra}]'"
        ) from error
