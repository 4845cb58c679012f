"""The runner of several processes on one machine: results in order, few items ahead, workers that may die.

Each worker has a pipe of its own, so that it is known which argument a worker died at: it is tried once more, by another one.
"""

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing.connection import wait
from typing import Any, Generic

from ondit.runners.contract import Argument, Done, Item, Order, Result
from ondit.runners.here import Here
from ondit.runners.window import Task, Window, asked
from ondit.runners.workers import Worker

FEW = 8
"""Pieces of work that are done here first: for no more than these, starting processes does not pay."""

_AHEAD = 2  # arguments that a worker has at hand: one that it works on, and the next
_TRIES = 2


@dataclass(eq=False)
class _Task(Task[Item, Argument], Generic[Item, Argument, Result]):
    """With its result, and how many workers died at it."""

    result: Result | None = None
    deaths: int = 0


class Processes:
    """So many worker processes; `prepare` is what each of them does first, `few` the pieces of work that are done here before any is started."""

    def __init__(self, jobs: int, prepare: Callable[[], object], *, few: int = FEW) -> None:
        self._jobs, self._prepare, self._few = jobs, prepare, few

    def run(
        self, order: Order[Item, Argument, Result], items: Iterable[Item]
    ) -> Generator[Done[Item, Argument, Result], None, None]:
        """Each item with its argument and result, in order."""
        coming = iter(items)
        worked = 0
        while worked < self._few:
            first = list(islice(coming, 1))
            if not first:
                return
            for done in Here().run(order, first):
                worked += done.argument is not None
                yield done
        pool = _Pool(order, self._jobs, self._prepare)
        try:
            yield from pool.run(coming)
        finally:
            pool.close()


class _Pool(Generic[Item, Argument, Result]):
    """The workers of one run, and the items under way."""

    def __init__(self, order: Order[Item, Argument, Result], jobs: int, prepare: Callable[[], object]) -> None:
        self._order, self._prepare = order, prepare
        self._work = partial(_do, order.work, order.pack)
        self._workers: list[Worker] = []
        self._window: Window[_Task[Item, Argument, Result]] = Window()
        self._todo: deque[_Task[Item, Argument, Result]] = deque()
        for _ in range(jobs):
            self._hire()

    def run(self, items: Iterator[Item]) -> Generator[Done[Item, Argument, Result], None, None]:
        """Take items while there is room, hand them out, give what is done in its turn: nothing that is done waits for more than the next item."""
        for item in items:
            self._accept(item)
            self._listen(waits=False)
            yield from self._ripe()
            while not self._window.has_room(len(self._workers)):
                self._listen()
                yield from self._ripe()
        while self._window:
            self._listen()
            yield from self._ripe()

    def _ripe(self) -> Iterator[Done[Item, Argument, Result]]:
        for task in self._window.ripe():
            yield Done(task.item, task.argument, task.result)

    def close(self) -> None:
        """End the workers, whatever they do."""
        for worker in self._workers:
            worker.end()

    def _accept(self, item: Item) -> None:
        task = _Task[Item, Argument, Result](*asked(self._order, item))
        self._window.add(task)
        if not task.done:
            self._todo.append(task)

    def _hand_out(self) -> None:
        """Everybody has one thing to do before anybody has two."""
        for full in range(_AHEAD):
            for worker in self._workers:
                if self._todo and len(worker.tasks) == full:
                    worker.give(self._todo.popleft())

    def _listen(self, *, waits: bool = True) -> None:
        """Hear what the workers have to tell, and wait for it unless what comes next is done already."""
        self._hand_out()
        pipes = [worker.pipe for worker in self._workers if worker.tasks]
        waits = waits and not self._window.is_ripe()
        if pipes:
            ready = set(map(id, wait(pipes, None if waits else 0)))
            for worker in list(self._workers):
                if id(worker.pipe) in ready:
                    self._hear(worker)
            self._hand_out()

    def _hear(self, worker: Worker) -> None:
        answer = worker.hear()
        if answer is None:
            self._replace(worker)
            return
        task = worker.tasks.popleft()
        unpack = self._order.unpack
        task.result, task.done = unpack(answer[0]) if unpack else answer[0], True

    def _replace(self, worker: Worker) -> None:
        """A worker has died at the first of its tasks."""
        self._workers.remove(worker)
        how = worker.end()
        first = worker.tasks[0]
        first.deaths += 1
        self._todo.extendleft(reversed(worker.tasks))
        if first.deaths == _TRIES:
            self._todo.popleft()
            first.result, first.done = self._order.failed(first.argument, how), True
        self._hire()

    def _hire(self) -> None:
        others = [worker.pipe for worker in self._workers]
        self._workers.append(Worker(self._work, self._prepare, forks=threading.active_count() == 1, others=others))


def _do(work: Callable[[Any], Any], pack: Callable[[Any], Any] | None, argument: Any) -> Any:
    """What a worker does with an argument: the parts of an order that it needs, which can be pickled."""
    result = work(argument)
    return pack(result) if pack else result
