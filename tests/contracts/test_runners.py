"""The contract of runners, run on every one of them: the same results in the same order, few items ahead, nothing left behind."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from ondit.runners import Here, Order, Runner, RunnerError, cores, runner_for
from ondit.runners.processes import Processes


def nothing() -> None:
    """What a worker does before it works."""


RUNNERS = {
    "here": Here(),
    "processes": Processes(2, nothing, few=0),
    "processes, the first few here": Processes(3, nothing, few=4),
}


DASK = "a Dask cluster"


@pytest.fixture(params=[*RUNNERS, DASK])
def runner(request: pytest.FixtureRequest) -> Runner:
    return request.getfixturevalue("on_cluster") if request.param == DASK else RUNNERS[request.param]


@pytest.fixture(scope="module")
def on_cluster(request: pytest.FixtureRequest) -> Iterator[Runner]:
    address = request.getfixturevalue("cluster").address
    from ondit.runners.dask import Cluster

    with closing(Cluster(address, nothing)) as found:
        yield found


# Work: functions of a module, as processes need them.


def squared(number: int) -> int:
    time.sleep(0.02 if number % 5 == 0 else 0)  # what was begun later is done sooner
    return number * number


def doubled(data: bytes) -> bytes:
    return data * 2


def failed(argument: object, how: str) -> str:
    return f"{argument}: {how}"


ORDER = Order(squared, lambda n: None if n % 3 == 0 else n, failed)


@pytest.mark.parametrize("number", [0, 1, 5, 60])
def test_results_come_in_the_order_of_the_items(runner: Runner, number: int) -> None:
    found = list(runner.run(ORDER, range(number)))
    assert found == [(n, None if n % 3 == 0 else n, None if n % 3 == 0 else n * n) for n in range(number)]


def test_results_may_travel_in_a_form_of_their_own(runner: Runner) -> None:
    asked = Order(squared, lambda n: n, failed, pack=str, unpack=int)
    assert [result for *_, result in runner.run(asked, range(20))] == [n * n for n in range(20)]


def test_large_arguments_and_results(runner: Runner) -> None:
    items = [bytes([n]) * 3_000_000 for n in range(8)]
    found = list(runner.run(Order(doubled, lambda data: data, failed, size=len), items))
    assert [result for *_, result in found] == [item * 2 for item in items]


def test_endless_items_are_taken_few_at_a_time(runner: Runner) -> None:
    taken: list[int] = []

    def endless() -> Iterator[int]:
        for n in count():
            taken.append(n)
            yield n

    running = runner.run(ORDER, endless())
    for n, (item, _, _) in zip(range(100), running, strict=False):
        assert item == n
        assert len(taken) <= n + 1 + 3 * 8  # the window of three workers
    running.close()


def test_large_items_are_taken_one_at_a_time() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for n in range(6):
            taken.append(n)
            yield n

    asked = Order(squared, lambda n: n, failed, size=lambda _: 100_000_000)
    for n, _ in enumerate(RUNNERS["processes"].run(asked, items())):
        assert len(taken) == n + 1


def marked(folder: Path, number: int) -> int:
    (folder / str(number)).touch()
    return number


def test_what_is_done_does_not_wait_for_items_that_are_long_in_coming(runner: Runner, tmp_path: Path) -> None:
    given: list[int | None] = []

    def items() -> Iterator[int]:
        for n in range(12):
            yield n
            while not (tmp_path / str(n)).exists():  # done, though perhaps not told yet
                time.sleep(0.005)
            assert len(given) >= n - 2

    for *_, result in runner.run(Order(partial(marked, tmp_path), lambda n: n, failed), items()):
        given.append(result)
    assert given == list(range(12))


def test_what_goes_wrong_with_the_items_is_told(runner: Runner) -> None:
    def items() -> Iterator[int]:
        yield from range(1, 10)
        raise FileNotFoundError("gone")

    seen = []
    with pytest.raises(FileNotFoundError, match="gone"):
        seen += [item for item, *_ in runner.run(ORDER, items())]
    assert seen == list(range(1, 1 + len(seen)))


@pytest.mark.parametrize("jobs", [1, 2])
def test_as_many_processes_as_asked_for(jobs: int) -> None:
    runner = runner_for(jobs, nothing)
    assert isinstance(runner, Here if jobs == 1 else Processes)
    ids = {result for *_, result in runner.run(Order(process_of, lambda n: n, failed), range(40))}
    assert os.getpid() in ids  # the first few
    assert len(ids) == (1 if jobs == 1 else 3)
    assert cores() >= 1


def process_of(_: int) -> int:
    time.sleep(0.005)
    return os.getpid()


def test_a_few_pieces_of_work_start_no_process() -> None:
    found = runner_for(2, nothing).run(Order(process_of, lambda n: n or None, failed), [*[0] * 100, 1, 2, 3])
    assert {result for *_, result in found} == {None, os.getpid()}


def test_closing_ends_the_processes() -> None:
    running = RUNNERS["processes"].run(Order(process_of, lambda n: n, failed), count())
    ids = {result for _, (*_, result) in zip(range(30), running, strict=False)}
    assert len(ids) == 2
    running.close()
    assert not any(is_alive(id_) for id_ in ids)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


# Workers that die


def dying(folder: Path, number: int) -> int:
    """Dies at every seventh number the first time it is tried, at every thirteenth whenever it is tried."""
    tried = folder / str(number)
    first = not tried.exists()
    tried.touch()
    if number % 13 == 12 or (number % 7 == 6 and first):
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_worker_that_dies_costs_only_what_it_dies_at_twice(tmp_path: Path) -> None:
    asked = Order(partial(dying, tmp_path), lambda n: n, failed)
    found = [result for *_, result in Processes(2, nothing, few=0).run(asked, range(40))]
    assert found == [f"{n}: signal 9" if n % 13 == 12 else n for n in range(40)]


def leaving(number: int) -> int:
    if number == 3:
        raise SystemExit(7)
    return number


def test_how_a_worker_ended_is_told() -> None:
    asked = Order(leaving, lambda n: n, failed)
    found = [result for *_, result in Processes(2, nothing, few=0).run(asked, range(1, 6))]
    assert found == [1, 2, "3: exit code 7", 4, 5]


# A cluster


def dying_once_or_always(folder: Path, number: int) -> int:
    """Takes its worker with it: at 3 the first time, at 5 always."""
    first = not (folder / str(number)).exists()
    (folder / str(number)).touch()
    if number == 5 or (number == 3 and first):
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_worker_that_is_lost_costs_only_what_takes_several_with_it(on_cluster: Runner, tmp_path: Path) -> None:
    asked = Order(partial(dying_once_or_always, tmp_path), lambda n: n, failed)
    found = [result for *_, result in on_cluster.run(asked, range(9))]
    assert str(found.pop(5)).startswith("5: 4 workers were lost at it, the last was tcp://")
    assert found == [n for n in range(9) if n != 5]


def wrong(number: int) -> int:
    if number == 2:
        raise OSError("the disk is full")
    return number


def test_an_error_on_a_cluster_is_a_failure_of_what_raised_it(on_cluster: Runner) -> None:
    found = [result for *_, result in on_cluster.run(Order(wrong, lambda n: n, failed), range(4))]
    assert found == [0, 1, "2: OSError: the disk is full", 3]


def test_a_scheduler_that_is_not_there_is_told() -> None:
    pytest.importorskip("distributed")
    from ondit.runners.dask import Cluster

    with pytest.raises(
        RunnerError, match=r"tcp://127\.0\.0\.1:9: there is no Dask scheduler; start one with 'dask scheduler'"
    ):
        Cluster("tcp://127.0.0.1:9", nothing, patience=0.3)
