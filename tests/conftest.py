"""What tests of several folders ask for."""

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.postgres import PostgresServer, running_server

if TYPE_CHECKING:
    from distributed import LocalCluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, one a session (with xdist, one a worker)."""
    yield from running_server()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator["LocalCluster"]:
    """A Dask cluster of two worker processes, each with a nanny that starts it again; one a session, for what asks for it."""
    distributed = pytest.importorskip("distributed")
    import dask

    quick = {
        "distributed.scheduler.allowed-failures": 1,
        "distributed.admin.tick.limit": "1h",
    }
    scratch = str(tmp_path_factory.mktemp("dask"))
    with (
        dask.config.set(quick),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            local_directory=scratch,
            silence_logs=logging.CRITICAL,
            memory_limit=0,
        ) as started,
    ):
        yield started
