"""A real Dask cluster for tests: a scheduler and two worker processes, each started again when it ends, in a process of their own.

Of its own, because the threads of a cluster would keep the processes of other tests from being forks.
"""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


class DaskCluster:
    """A cluster that runs until its standard input ends; `address` is that of the scheduler."""

    def __init__(self, scratch: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.dask_cluster", str(scratch)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1],
        )  # fmt: skip
        self.address = str(self._ask(""))

    def kill_a_worker(self) -> None:
        """End a worker as a machine that fails would."""
        os.kill(int(str(self._ask("pid"))), signal.SIGKILL)

    def _ask(self, question: str) -> object:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if question:
            self._process.stdin.write(question + "\n")
            self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the cluster has ended"
        return json.loads(answer)

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def running_cluster(scratch: Path) -> Iterator[DaskCluster]:
    """For a fixture: a cluster while tests run; skips them where Dask is not installed."""
    pytest.importorskip("distributed")
    started = DaskCluster(scratch)
    yield started
    started.close()


def serve(scratch: str) -> None:
    """Run the cluster: tell the address, and the process of a worker for each line that comes in."""
    import dask
    from distributed import LocalCluster

    options = {"dashboard_address": None, "silence_logs": logging.CRITICAL, "memory_limit": 0}
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(n_workers=2, threads_per_worker=1, local_directory=scratch, **options) as cluster,
    ):
        tell(cluster.scheduler_address)
        for _ in sys.stdin:
            tell(next(nanny.pid for nanny in cluster.workers.values() if nanny.pid))


def tell(answer: object) -> None:
    """One line for whoever has started this."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve(sys.argv[1])
