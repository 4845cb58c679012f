"""The runner of a cluster: the workers of a Dask scheduler, results in order, few items ahead, workers that may be lost.

Dask gives what a lost worker was doing to another one, as often as its scheduler allows (`distributed.scheduler.allowed-failures`). What was
lost more often is tried anew with nothing beside it, and has failed when that is lost as often. The same ondit must be installed where the workers are.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic

from ondit.runners.contract import Argument, Done, Item, Order, Result, RunnerError
from ondit.runners.window import Task, Window, asked
from ondit.version import __version__

try:
    from distributed import Client, Future, KilledWorker, wait
except ImportError as error:
    raise RunnerError(
        f"to work on a cluster, ondit needs the library distributed, which is not installed ({error}); get it with: pip install 'ondit[cluster]'"
    ) from error

_AHEAD = 2  # pieces of work for each worker that the scheduler has at hand
_LOOK = 2.0  # seconds between two looks at how many workers there are
_RETRIES = 1  # of what raises an error
_alone = threading.Lock()  # what is done is not made for threads: of a worker with several, one works


@dataclass(eq=False)
class _Task(Task[Item, Argument]):
    """With its result as it travelled (`raw`), or `why` there is none. `future` is None unless it has been handed out."""

    future: Future | None = None
    suspect: bool = False
    raw: Any = None
    why: str = ""


class Cluster:
    """The workers of the scheduler at `address` (`tcp://HOST:PORT`); `prepare` is what each does first, and costs little when it is done again.

    Raises `RunnerError` when there is no scheduler, no worker within `patience` seconds, or workers with another version of ondit.
    """

    def __init__(self, address: str, prepare: Callable[[], object], *, patience: float = 30.0) -> None:
        self._prepare = prepare
        try:
            self._client = Client(address, timeout=patience, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise RunnerError(
                f"{address}: there is no Dask scheduler; start one with 'dask scheduler', or name its address with --scheduler tcp://HOST:PORT ({error})"
            ) from error
        try:
            self._check(address, patience)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the scheduler."""
        self._client.close()

    def run(
        self, order: Order[Item, Argument, Result], items: Iterable[Item]
    ) -> Generator[Done[Item, Argument, Result], None, None]:
        """Each item with its argument and result, in order."""
        flow = _Flow(self._client, order, self._prepare)
        try:
            yield from flow.run(items)
        finally:
            flow.close()

    def _check(self, address: str, patience: float) -> None:
        try:
            self._client.wait_for_workers(1, timeout=patience)
        except TimeoutError as error:
            raise RunnerError(
                f"{address}: the scheduler has no workers; start some with: dask worker {address} --nthreads 1"
            ) from error
        for worker, version in self._client.run(_version, on_error="return").items():
            if version != __version__:
                told = f"has ondit {version}" if isinstance(version, str) else f"cannot import ondit ({version})"
                raise RunnerError(
                    f"the worker {worker} {told}, here it is {__version__}; install the same ondit in the environment of the workers"
                )


class _Flow(Generic[Item, Argument, Result]):
    """The items of one run that are under way."""

    def __init__(self, client: Client, order: Order[Item, Argument, Result], prepare: Callable[[], object]) -> None:
        self._client, self._order, self._prepare = client, order, prepare
        self._window: Window[_Task[Item, Argument]] = Window()
        self._todo: deque[_Task[Item, Argument]] = deque()
        self._out: list[_Task[Item, Argument]] = []
        self._workers, self._looked = 1, float("-inf")

    def run(self, items: Iterable[Item]) -> Generator[Done[Item, Argument, Result], None, None]:
        for item in items:
            self._accept(item)
            yield from self._ripe()
            while not self._window.has_room(self._workers):
                self._wait()
                yield from self._ripe()
        while self._window:
            self._wait()
            yield from self._ripe()

    def close(self) -> None:
        """What is not done is not wanted any more."""
        if self._out:
            self._client.cancel([task.future for task in self._out if task.future], force=True)

    def _accept(self, item: Item) -> None:
        task = _Task[Item, Argument](*asked(self._order, item))
        self._window.add(task)
        if not task.done:
            self._todo.append(task)

    def _hand_out(self) -> None:
        """A few for each worker; a suspect goes alone."""
        self._out = [task for task in self._out if not self._is_back(task)]
        if time.monotonic() - self._looked > _LOOK:
            self._workers = max(1, len(self._client.nthreads()))
            self._looked = time.monotonic()
        alone = any(task.suspect for task in self._out)
        while not alone and self._todo and len(self._out) < (1 if self._todo[0].suspect else _AHEAD * self._workers):
            task = self._todo.popleft()
            task.future = self._client.submit(
                _do, self._prepare, self._order.work, self._order.pack, task.argument, pure=False, retries=_RETRIES
            )
            self._out.append(task)
            alone = task.suspect

    def _is_back(self, task: _Task[Item, Argument]) -> bool:
        """Is it done? Then its result is fetched at once, before anything that may end the worker which has it is handed out.

        What was lost with workers, perhaps beside another that ended them, is tried again with nothing beside it.
        """
        if task.future is None or not task.future.done():
            return False
        try:
            task.raw = task.future.result()
        except KilledWorker as error:
            if not task.suspect:
                task.suspect, task.future = True, None
                self._todo.appendleft(task)
                return True
            task.why = _lost(error)
        except CancelledError as error:
            raise RunnerError(
                f"the scheduler let go of the work ({error}); it goes on when it is started again"
            ) from error
        except Exception as error:  # noqa: BLE001 - whatever the work raised, also where it could not be run at all
            task.why = f"{type(error).__name__}: {error}"
        task.done, task.future = True, None
        return True

    def _wait(self) -> None:
        """Wait until something is done, unless what comes next is."""
        self._hand_out()
        if not self._window.is_ripe() and self._out:
            with self._client.as_current(), suppress(TimeoutError, CancelledError):
                wait([task.future for task in self._out], timeout=_LOOK, return_when="FIRST_COMPLETED")
            self._hand_out()

    def _ripe(self) -> Generator[Done[Item, Argument, Result], None, None]:
        self._hand_out()
        for task in self._window.ripe():
            yield Done(task.item, task.argument, self._result(task))

    def _result(self, task: _Task[Item, Argument]) -> Result | None:
        if task.argument is None:
            return None
        if task.why:
            return self._order.failed(task.argument, task.why)
        result: Result = self._order.unpack(task.raw) if self._order.unpack else task.raw
        return result


def _lost(error: KilledWorker) -> str:
    return f"{2 * (error.allowed_failures + 1)} workers were lost at it, the last was {error.last_worker.address}"


def _version() -> str:
    """What a worker has installed."""
    from ondit.version import __version__ as there

    return there


def _do(
    prepare: Callable[[], object], work: Callable[[Any], Any], pack: Callable[[Any], Any] | None, argument: Any
) -> Any:
    """What a worker does with an argument."""
    with _alone:
        prepare()
        result = work(argument)
        return pack(result) if pack else result
