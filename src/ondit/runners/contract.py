"""What a runner does; `tests/contracts/test_runners.py` is its suite."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

Item = TypeVar("Item")
Argument = TypeVar("Argument")
Result = TypeVar("Result")


class RunnerError(Exception):
    """There is nobody to do the work, or not any more; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Order(Generic[Item, Argument, Result]):
    """What is to be done.

    `ask` says what `work` is to be done on for an item, None for nothing; `size` how many bytes the item holds. `failed` is the result of an
    argument at which a process ended twice (on a cluster: as often as its scheduler allows, or which raised an error twice), with how it ended. `pack` and `unpack` are how a result travels between processes; without them it is pickled. `ask`, `size` and
    `failed` are called where the results are taken, in the order of the items.
    """

    work: Callable[[Argument], Result]
    ask: Callable[[Item], Argument | None]
    failed: Callable[[Argument, str], Result]
    size: Callable[[Item], int] = lambda _: 0
    pack: Callable[[Result], Any] | None = None
    unpack: Callable[[Any], Result] | None = None


class Done(NamedTuple, Generic[Item, Argument, Result]):
    """An item with what was asked for it, and what came of that."""

    item: Item
    argument: Argument | None
    result: Result | None


class Runner(Protocol):
    """Does work and gives the results in the order of the items."""

    def run(
        self, order: Order[Item, Argument, Result], items: Iterable[Item]
    ) -> Generator[Done[Item, Argument, Result], None, None]:
        """Each item with its argument and result, in order. Takes few items ahead, however many there are; closing it ends the work."""
