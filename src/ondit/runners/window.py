"""The items under way: given back in the order in which they came, and never more of them than the workers need."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ondit.runners.contract import Argument, Item, Order

_WINDOW = 8  # items under way for each worker, those that wait for their turn included
_BYTES = 64 * 1024 * 1024  # in all items under way; a larger one goes alone


@dataclass(eq=False)
class Task(Generic[Item, Argument]):
    """One item on its way; `argument` is None when there is nothing to do for it, `size` is in bytes."""

    item: Item
    argument: Argument | None
    size: int
    done: bool


AnyTask = TypeVar("AnyTask", bound=Task[Any, Any])


def asked(order: Order[Item, Argument, Any], item: Item) -> tuple[Item, Argument | None, int, bool]:
    """The fields of the task that an item makes: it is done at once where there is nothing to do."""
    argument = order.ask(item)
    return item, argument, order.size(item), argument is None


class Window(Generic[AnyTask]):
    """Tasks in the order in which their items came; false when there are none."""

    def __init__(self) -> None:
        self._tasks: deque[AnyTask] = deque()
        self._bytes = 0

    def __bool__(self) -> bool:
        return bool(self._tasks)

    def add(self, task: AnyTask) -> None:
        """One more."""
        self._tasks.append(task)
        self._bytes += task.size

    def has_room(self, workers: int) -> bool:
        """May one more be taken?"""
        few = len(self._tasks) < _WINDOW * workers
        return not self._tasks or (few and self._bytes < _BYTES)

    def is_ripe(self) -> bool:
        """Is what comes next done?"""
        return bool(self._tasks) and self._tasks[0].done

    def ripe(self) -> Iterator[AnyTask]:
        """What is done, as far as all before it is done; it is under way no longer."""
        while self.is_ripe():
            task = self._tasks.popleft()
            self._bytes -= task.size
            yield task
