"""What tests of several folders ask for."""

from collections.abc import Iterator

import pytest

from tests.dask_cluster import DaskCluster, running_cluster
from tests.postgres import PostgresServer, running_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, one a session (with xdist, one a worker)."""
    yield from running_server()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A Dask cluster of two worker processes, one a session (with xdist, one a worker)."""
    yield from running_cluster(tmp_path_factory.mktemp("dask"))
