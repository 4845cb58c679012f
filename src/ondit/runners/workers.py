"""A worker: a process that does one kind of work, argument by argument, and the end of its pipe on this side."""

import multiprocessing
import os
import queue
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any

_PATIENCE = 5.0  # seconds for a worker to end when it is asked to


class Worker:
    """One process. `tasks` are what it has been given and has not answered, in the order of giving."""

    def __init__(
        self, work: Callable[[Any], Any], prepare: Callable[[], object], *, forks: bool, others: Sequence[Connection]
    ) -> None:
        # A fork has everything loaded already. It is safe while there is one thread only; macOS's own libraries do not allow it at all.
        forks = forks and sys.platform.startswith("linux")
        context: Any = multiprocessing.get_context("fork" if forks else "spawn")
        self.pipe, theirs = context.Pipe()
        self.tasks: deque[Any] = deque()
        # A fork inherits this side of all pipes; while it holds one, the worker behind it would not see that this process is gone.
        inherited = [self.pipe, *others] if forks else []
        self._process = context.Process(target=_serve, args=(theirs, work, prepare, inherited), daemon=True)
        with _deaf():
            self._process.start()
        theirs.close()

    def give(self, task: Any) -> None:
        """Hand over a task's `argument`. That the worker is gone is heard when it is listened to."""
        self.tasks.append(task)
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send(task.argument)

    def hear(self) -> tuple[Any] | None:
        """The next answer; None when the worker has died."""
        try:
            return (self.pipe.recv(),)
        except (EOFError, OSError):  # also in the middle of an answer
            return None

    def end(self) -> str:
        """End the process; tells how it ended."""
        self.pipe.close()
        self._process.terminate()
        self._process.join(_PATIENCE)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        code = self._process.exitcode or 0
        self._process.close()
        return f"signal {-code}" if code < 0 else f"exit code {code}"


@contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal: one that begins inherits that it does not hear it, until it knows to ignore it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    pipe: Connection, work: Callable[[Any], Any], prepare: Callable[[], object], inherited: Sequence[Connection]
) -> None:
    """What a worker does: until the other side is gone, take an argument and send what comes of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever has started it ends it
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    for other in inherited:
        other.close()
    prepare()
    arguments: queue.SimpleQueue[tuple[Any]] = queue.SimpleQueue()
    # Arguments are received while the work goes on, so that neither side waits for the other to read what it sends.
    threading.Thread(target=_receive, args=(pipe, arguments), daemon=True).start()
    while True:
        (argument,) = arguments.get()
        try:
            pipe.send(work(argument))
        except (BrokenPipeError, ConnectionResetError):
            return


def _receive(pipe: Connection, arguments: "queue.SimpleQueue[tuple[Any]]") -> None:
    try:
        while True:
            arguments.put((pipe.recv(),))
    except (EOFError, OSError):
        os._exit(0)  # the other side is gone: nobody waits for what is under way
