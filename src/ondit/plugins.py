"""Entry-point groups: built-ins and strangers register in the same way."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import TypeVar

INTAKE = "ondit.intake"
EXPORT = "ondit.export"

_T = TypeVar("_T")


class PluginError(Exception):
    """A plug-in cannot be loaded, or a group that needs one has none; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """One registered entry point: its name, where it points to, and the call that loads it."""

    name: str
    target: str
    load: Callable[[], object]


@cache
def plugins(group: str) -> tuple[Plugin, ...]:
    """What is registered in a group, in the order of the names; raises `PluginError` when there is nothing."""
    found = sorted({(e.name, e.value): e for e in entry_points(group=group)}.items())
    if not found:
        raise PluginError(
            f"nothing is registered in the entry-point group '{group}'; install ondit again (pip install ondit)"
        )
    return tuple(Plugin(name, target, entry.load) for (name, target), entry in found)


def load(plugin: Plugin, kind: type[_T]) -> _T:
    """The object a plug-in offers; raises `PluginError` when it cannot be imported or is no `kind`."""
    try:
        thing = plugin.load()
    except (ImportError, AttributeError) as error:
        raise PluginError(
            f"the plug-in '{plugin.name}' ({plugin.target}) cannot be loaded: {error}; remove or update it"
        ) from error
    if not isinstance(thing, kind):
        raise PluginError(f"the plug-in '{plugin.name}' ({plugin.target}) is no {kind.__name__}; remove or update it")
    return thing
