"""A bulk run gives what `add` and `settle` give on one machine, whoever does the work and whatever happens to the workers."""

import io
import json
import os
import signal
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as settings_of
from hypothesis import strategies as st
from pyarrow import parquet

from ondit import pipeline
from ondit.bulk import Job, Summary, Target, bulk, intaking, plan
from ondit.bulk.job import part_of, place_of
from ondit.bulk.joining import parts_of, star
from ondit.bulk.meeting import link
from ondit.bulk.rows import Post
from ondit.cli import main
from ondit.example import write
from ondit.gather.clustering import connected
from ondit.ledger import Ledger
from ondit.ledger.adding import read_safely
from ondit.model import Reading, Report
from ondit.runners import Done, Here, Order, Runner
from ondit.runners.processes import Processes
from ondit.settings import Settings
from ondit.stores import Custody
from tests.dask_cluster import DaskCluster
from tests.postgres import PostgresServer

SMALL = 5_200  # bytes: a dozen partitions, and a file that is larger is cut


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example reports: three languages, copies, translations, a report twice, a post in two versions; and two files that give nothing."""
    folder = tmp_path_factory.mktemp("bulk") / "example"
    write(folder)
    (folder / "reports" / "empty.txt").write_bytes(b"")
    (folder / "reports" / "broken.jsonl").write_text('{"text": "Trois soldats ont été tués samedi à Samarra.", "da\n')
    return folder


@pytest.fixture(scope="module")
def settings(inputs: Path) -> Settings:
    return Settings(sources=(inputs / "sources.toml",))


@pytest.fixture(scope="module")
def added(inputs: Path, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of one machine."""
    file = tmp_path_factory.mktemp("added") / "one.ledger"
    with Ledger.open(file, by="ana", settings=settings) as ledger:
        for _ in ledger.add(inputs / "reports"):
            pass
        ledger.settle()
    return file


def content(where: str | Path, settings: Settings) -> dict[str, object]:
    """Everything that a ledger says, but when it was told."""
    with Ledger.open(where, create=False, settings=settings) as ledger:
        ids = list(ledger.report_ids())
        return {
            "events": sorted(ledger.events(), key=lambda event: event.id),
            "copies": {id_: sorted(ledger.copies(id_), key=repr) for id_ in ids},
            "readings": {id_: ledger.reading(id_) for id_ in ids},
            "order": ids,
            "newest": list(ledger.store.changes()),
            "originals": {id_: ledger.raw(id_) for id_ in ids},
            "came from": [(k.custody.came_from, k.edited) for k in map(ledger.report, ids) if k],
            "failures": [(f.problem, f.report_id) for f in ledger.failures()],
            "inputs": [(i.name, i.sha256, i.size, i.settings) for i in ledger.inputs()],
            "totals": ledger.totals(),
            "stale": ledger.stale,
        }


def run(inputs: Path, home: Path, settings: Settings, runner: Runner, ledger: str | Path = "", **told: Any) -> Summary:
    job = Job(home / "work", settings, output=None if ledger else home)
    target = Target(home, str(ledger), Custody("2026-01-02", "ana"), keep=bool(told.pop("keep", False)))
    size = told.pop("size", SMALL)
    return bulk(job, plan([inputs / "reports"], size), target, runner=runner, told=told.pop("told", nobody))


def nobody(_stage: str, _done: int, _of: int) -> None:
    pass


def check_ledger(where: str | Path, settings: Settings, added: Path, summary: Summary) -> None:
    found, expected = content(where, settings), content(added, settings)
    for part, value in expected.items():
        assert found[part] == value, part
    events: Any = expected["events"]
    assert (summary.events, summary.shared) == (len(events), sum(len(event.reports) > 1 for event in events))
    assert summary.set_aside == 2


def test_processes_fill_the_ledger_of_one_machine(
    inputs: Path, settings: Settings, added: Path, tmp_path: Path
) -> None:
    runner = pipeline.reading_runner(2, large=True)
    summary = run(inputs, tmp_path / "home", settings, runner, tmp_path / "bulk.ledger")
    check_ledger(tmp_path / "bulk.ledger", settings, added, summary)
    assert summary.partitions > 5


def test_a_cluster_that_loses_a_worker_fills_the_same_ledger(
    inputs: Path, settings: Settings, added: Path, tmp_path: Path, postgres: PostgresServer, cluster: DaskCluster
) -> None:
    from ondit.runners.dask import Cluster

    killed: list[str] = []

    def kill(stage: str, done: int, _of: int) -> None:
        if stage == "read" and done == 1:
            killed.append(stage)
            cluster.kill_a_worker()

    where = postgres.address()
    with closing(Cluster(cluster.address, pipeline.ready_to_read())) as runner:
        summary = run(inputs, tmp_path / "home", settings, runner, where, told=kill, size=16_000)
    assert killed
    check_ledger(where, settings, added, summary)


class Counting:
    """Counts what a runner is given to do."""

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()

    def run(self, order: Order[Any, Any, Any], items: Iterable[Any]) -> Generator[Done[Any, Any, Any], None, None]:
        for done in Here().run(order, items):
            self.done[done.item.stage] += 1
            yield done


def test_tables_are_those_of_an_export_also_after_an_interruption(
    inputs: Path, settings: Settings, added: Path, tmp_path: Path
) -> None:
    def interrupt(stage: str, done: int, _of: int) -> None:
        if (stage, done) == ("compare", 3):
            raise KeyboardInterrupt

    first, second = Counting(), Counting()
    with pytest.raises(KeyboardInterrupt):
        run(inputs, tmp_path / "out", settings, first, told=interrupt)
    summary = run(inputs, tmp_path / "out", settings, second)
    assert (first.done["read"], first.done["compare"]) == (summary.partitions, 3)
    assert (second.done["read"], second.done["compare"]) == (0, summary.partitions - 3)
    assert not (tmp_path / "out" / "work").exists()
    with Ledger.open(added, create=False, settings=settings) as ledger:
        ledger.export("parquet", tmp_path / "export.zip")
    with zipfile.ZipFile(tmp_path / "export.zip") as archive:
        for name in ("events", "claims", "reports"):
            expected = parquet.read_table(io.BytesIO(archive.read(f"{name}.parquet")))
            found = parquet.read_table(tmp_path / "out" / name)
            assert found.schema == expected.schema
            rows = [sorted(table.to_pylist(), key=lambda row: row["id"]) for table in (found, expected)]
            assert rows[0] == rows[1], name
    problems = (tmp_path / "out" / "problems.jsonl").read_text(encoding="utf-8").splitlines()
    errors = [p["where"] for p in map(json.loads, problems) if p.get("severity") != "warning"]
    assert [Path(where).name for where in errors] == ["broken.jsonl:1", "empty.txt"]
    again = run(inputs, tmp_path / "out", settings, Counting())
    assert again == replace(summary, again=True)


def read_or_die(report: Report, settings: Settings) -> Reading:
    if "DEADLY" in report.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return read_safely(report, settings)


def test_a_document_at_which_workers_end_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intaking, "read_safely", read_or_die)  # workers are forks of this process
    (tmp_path / "reports").mkdir()
    for n in range(6):
        text = f"Police said that {n + 2} people were killed in Mosul on 3 May 2021. {'DEADLY' if n == 3 else ''}"
        (tmp_path / "reports" / f"{n}.txt").write_text(text, encoding="utf-8")
    summary = run(tmp_path, tmp_path / "out", Settings(), Processes(2, pipeline.ready_to_read(), few=0))
    assert (summary.documents, summary.set_aside, summary.claims) == (6, 1, 5)
    (problem,) = map(json.loads, (tmp_path / "out" / "problems.jsonl").read_text(encoding="utf-8").splitlines())
    assert problem["where"].endswith("3.txt")
    assert problem["message"].startswith("ondit itself failed on this report: a process ended at it twice")


@pytest.mark.parametrize(
    "words, code, told",
    [
        (["--runner", "dask"], 2, "--runner dask and --scheduler tcp://HOST:PORT go together"),
        (["--partition-size", "8Q"], 2, "'8Q' is no size; write a number of bytes, or one with K, M or G: 8M"),
        (["nothing.txt"], 4, "nothing.txt: error: there is no such file"),
        (["https://example.org/a"], 4, "https://example.org/a: error: only files are read in bulk"),
        (["one.txt"], 4, "this folder is not empty; name a new one"),
        (["--runner", "dask", "--scheduler", "tcp://127.0.0.1:9", "one.txt"], 4, "pip install 'ondit[cluster]'"),
    ],
)
def test_what_cannot_be_done_is_told(
    words: list[str], code: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "distributed", None)  # as if it were not installed
    monkeypatch.delitem(sys.modules, "ondit.runners.dask", raising=False)
    (tmp_path / "one.txt").write_text("Police said that 3 people were killed in Mosul.", encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "something").touch()
    inputs = [] if words[-1].endswith(("txt", "/a")) else ["one.txt"]
    assert main(["bulk", "--jobs", "1", *words, *inputs, "full"]) == code
    assert told in capsys.readouterr().err


def test_the_verb_tells_what_came_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.txt").write_text("Police said that 3 people were killed in Mosul.", encoding="utf-8")
    for expected in ("", "; it was complete already"):
        assert main(["bulk", "--jobs", "1", "one.txt", "out"]) == 0
        told = f"1 document, 1 claim, 1 happening, 0 told by several reports{expected} → out\n"
        assert capsys.readouterr().out == told
    (tmp_path / "one.txt").write_text("Police said that 4 people were killed in Mosul.", encoding="utf-8")
    assert main(["bulk", "--jobs", "1", "one.txt", "out"]) == 4
    assert "a run with other inputs was begun here" in capsys.readouterr().err
    for code in (0, 4):
        assert main(["bulk", "--jobs", "1", "one.txt", "new.ledger", "--work", f"work{code}"]) == code
    assert "there are reports in this ledger already" in capsys.readouterr().err


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 2), st.integers(0, 9)), max_size=25))
@settings_of(max_examples=15, deadline=None)
def test_what_hangs_together_is_found(edges: list[tuple[int, int, int, int]]) -> None:
    pairs = {tuple(sorted((place_of(a, b), place_of(c, d)))) for a, b, c, d in edges if (a, b) != (c, d)}
    with tempfile.TemporaryDirectory() as folder:
        job = Job(Path(folder), Settings(), parts=3)
        for part in range(3):
            post = Post(6)
            for pair in pairs:
                if part_of(pair[0]) == part:
                    link(job, post, 0, *pair)
            post.write(job.file("links-000", part))
        step, changed = 0, [1, 1]
        while any(changed[-2:]) or step % 2:
            changed.append(sum(star(job, part, step)["changed"] for part in range(3)))
            step += 1
        found = {tuple(members) for part in range(3) for members in parts_of(job, part, 0, step).values()}
    graph: dict[str, dict[str, float]] = defaultdict(dict)
    for a, b in pairs:
        graph[str(a)][str(b)] = graph[str(b)][str(a)] = 1.0
    assert found == {tuple(sorted(map(int, group))) for group in connected(list(graph), graph, 0.5)}
