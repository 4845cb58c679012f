"""Changes of a store that are made again when the connection to it was lost in the middle."""

from collections.abc import Callable
from typing import TypeVar

from ondit.stores.contract import LostConnection, Store

_TRIES = 5
_T = TypeVar("_T")


def change(store: Store, work: Callable[[], _T]) -> _T:
    """What `work` gives, done in one change; done again, a few times, when the connection was lost in it and nothing was kept."""
    for left in reversed(range(_TRIES)):
        try:
            with store.writing():
                return work()
        except LostConnection:
            if not left:
                raise
    raise AssertionError  # the last try returns or raises
