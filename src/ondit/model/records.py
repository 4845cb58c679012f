"""How records are made quickly.

A frozen dataclass fills every field through `object.__setattr__`, by name; a reading makes hundreds of records, and that was a tenth of
its time. There are two ways around it, both plain dataclasses for whoever uses them:

`quick` is for the records of the model, which strangers hold: as frozen as before, filled through the descriptors of its slots.
`record` is for what lives only inside one reading: mypy refuses to change it, the running program does not look.
"""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

__all__ = ["quick", "record", "replace", "uncollected"]

_T = TypeVar("_T")


def quick(cls: type[_T]) -> type[_T]:
    """The frozen, slotted dataclass with an `__init__` that costs half; to be written above `@dataclass(frozen=True, slots=True)`."""
    known: dict[str, Any] = {}
    parameters, body = [], []
    for at, one in enumerate(fields(cls)):  # type: ignore[arg-type]
        default = ""
        if one.default is not MISSING:
            known[f"default_{at}"] = one.default
            default = f"=default_{at}"
        known[f"set_{at}"] = getattr(cls, one.name).__set__
        parameters.append(one.name + default)
        body.append(f"    set_{at}(self, {one.name})")
    if hasattr(cls, "__post_init__"):
        body.append("    self.__post_init__()")
    source = f"def __init__(self, {', '.join(parameters)}):\n" + "\n".join(body)
    exec(source, known)  # noqa: S102 - as dataclasses itself makes it, from the names of the fields alone
    init: Any = known["__init__"]
    init.__qualname__, init.__annotations__ = f"{cls.__qualname__}.__init__", cls.__init__.__annotations__
    cls.__init__ = init  # type: ignore[method-assign]
    return cls


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[_T]) -> type[_T]:
    """A slotted dataclass with a hash, frozen for mypy alone."""
    return dataclass(slots=True, unsafe_hash=True)(cls)


if TYPE_CHECKING:
    from dataclasses import replace  # mypy knows its keywords
else:

    def replace(thing: _T, /, **changes: Any) -> _T:
        """A record with some fields changed: `dataclasses.replace` for records that make all their fields from arguments."""
        read, places = _reader(type(thing))
        values = list(read(thing))
        for name, value in changes.items():
            if name not in places:
                raise TypeError(f"{type(thing).__name__} has no field {name!r}")
            values[places[name]] = value
        return type(thing)(*values)


@cache
def _reader(cls: type) -> tuple[Callable[[Any], Iterable[Any]], dict[str, int]]:
    """What reads all fields of a record at once, and the place of each among them."""
    names = [one.name for one in fields(cls)]
    read = attrgetter(*names) if len(names) > 1 else lambda thing: (getattr(thing, names[0]),)
    return read, {name: place for place, name in enumerate(names)}


_OFTEN = 4_000
_turns = count(1)


@contextmanager
def uncollected() -> Iterator[None]:
    """While records are made by the thousand nothing is looked through for cycles: there are none, and the search costs a twentieth.

    Afterwards all that was made counts as old, which costs nothing, so that the next search need not go through it; one time in
    thousands everything is searched all the same, for what others may have left.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            if not next(_turns) % _OFTEN:
                gc.collect()
            elif not gc.get_freeze_count():  # whoever froze something wants it to stay so
                gc.freeze()
                gc.unfreeze()
