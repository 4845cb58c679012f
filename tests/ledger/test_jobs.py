"""Reading in several processes gives the ledger that reading in one gives, byte for byte; what interrupts it leaves nothing behind."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from ondit.cli import main
from ondit.ledger import Ledger
from ondit.stores.sqlite.dump import dump
from tests.postgres import PostgresServer

ROOT = Path(__file__).parents[2]
ENGLISH = "Police said on 3 May 2021 that {n} people were killed in Mosul. The ministry denied the report."
FRENCH = (
    "Trois soldats ont été tués samedi à Samarra, selon l'armée. Le porte-parole a démenti {n} attaques contre la base."
)
SPANISH = "El ejército dijo que {n} soldados murieron el lunes en un ataque contra la base de la ciudad."


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which there is everything: reports of several languages, copies, empty ones, a file of many with broken lines."""
    folder = tmp_path_factory.mktemp("sources")
    for n in range(30):
        text = (ENGLISH, FRENCH, SPANISH if n % 9 == 2 else ENGLISH)[n % 3].format(n=n + 2)
        (folder / f"{n:03}.txt").write_text("" if n == 11 else text, encoding="utf-8")
    (folder / "copy.txt").write_text(ENGLISH.format(n=2), encoding="utf-8")
    lines = [f'{{"id": {n}, "text": "{ENGLISH.format(n=n)}", "date": "2021-05-04"}}' for n in range(100, 120)]
    lines[7] = '{"id": 107, "te'
    lines[12] = lines[11]
    (folder / "posts.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def told(ledger: Ledger, sources: Path, jobs: int) -> list[tuple[object, ...]]:
    return [(a.outcome, a.where, a.report_id, a.claims, a.size, a.problems) for a in ledger.add(sources, jobs=jobs)]


def order_of(file: Path) -> list[tuple[object, ...]]:
    """The numbers that the order of adding gives."""
    with closing(sqlite3.connect(file)) as connection:
        reports = connection.execute("SELECT n, id, changed, came_from FROM reports ORDER BY n").fetchall()
        return reports + connection.execute("SELECT n, id FROM claims ORDER BY n").fetchall()


def test_adding_in_several_processes_gives_the_same_ledger(sources: Path, tmp_path: Path) -> None:
    found = {}
    for jobs in (1, 2, 3):
        file = tmp_path / f"{jobs}.ledger"
        with Ledger.open(file, by="ana") as ledger:
            found[jobs] = told(ledger, sources, jobs), told(ledger, sources, jobs)
        found[jobs] += (list(dump(file)), order_of(file))
    assert found[1] == found[2] == found[3]
    outcomes = [outcome for outcome, *_ in found[1][0]]
    assert {"new", "known", "failed", "taken"} <= set(outcomes)


def test_reading_again_in_several_processes_tells_and_keeps_the_same(sources: Path, tmp_path: Path) -> None:
    found = []
    for jobs in (1, 2):
        file = tmp_path / f"{jobs}.ledger"
        with Ledger.open(file, by="ana") as ledger:
            list(ledger.add(sources, jobs=jobs))
            claim = next(ledger.claims()).claim
            ledger.reject(claim.id, why="not so")
            again = list(ledger.reread(keep=True, jobs=jobs))
        found.append((again, list(dump(file)), order_of(file)))
    assert found[0] == found[1]
    assert len(found[0][0]) > 40


def test_on_a_server_as_well(sources: Path, postgres: PostgresServer) -> None:
    found = []
    for jobs in (1, 2):
        with Ledger.open(postgres.address(), by="ana") as ledger:
            added = told(ledger, sources, jobs)
            reports = list(ledger.store.report_ids())
            found.append((added, reports, [ledger.store.shown(id_) for id_ in reports]))
            assert [problem for problem in ledger.verify() if not isinstance(problem, str)] == []
    assert found[0] == found[1]


ENDLESS = """
import sys, time
from ondit import pipeline
from ondit.cli import main
real = pipeline.read_report
def read_report(report, settings):
    if "40 people" in report.text:
        time.sleep(600)
    return real(report, settings)
pipeline.read_report = read_report
sys.exit(main(sys.argv[1:]))
"""


def run(words: list[str], folder: Path, program: Sequence[str] = ("-m", "ondit")) -> "subprocess.Popen[str]":
    """A command in a group of its own, as a terminal starts one."""
    return subprocess.Popen(
        [sys.executable, *program, *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def group_of(leader: int) -> list[int]:
    """The processes of a group that still run."""
    listed = subprocess.run(["ps", "-eo", "pid,pgid,stat"], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in listed.splitlines()[1:]]
    return [int(pid) for pid, pgid, stat in rows if int(pgid) == leader and not stat.startswith("Z")]


def many(folder: Path, count: int) -> Path:
    folder.mkdir()
    for n in range(count):
        (folder / f"{n:04}.txt").write_text((ENGLISH + " " + FRENCH).format(n=n + 2) * 5, encoding="utf-8")
    return folder


def wait_for(ledger: Path, count: int, process: "subprocess.Popen[str]") -> None:
    """Until so many reports are kept."""
    while True:
        assert process.poll() is None, process.communicate()
        if ledger.exists():
            with closing(sqlite3.connect(ledger)) as connection:
                tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'settlement'").fetchone()
                if tables[0] and connection.execute("SELECT count(*) FROM reports").fetchone()[0] >= count:
                    return
        time.sleep(0.02)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers are forks with what is patched")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_whatever_ends_a_run_ends_its_processes_and_adding_again_completes_it(
    tmp_path: Path, how: signal.Signals
) -> None:
    many(tmp_path / "many", 80)
    adding = run(["add", "many", "--jobs", "2"], tmp_path, program=["-c", ENDLESS])
    wait_for(tmp_path / "ondit.ledger", 20, adding)
    if how is signal.SIGINT:
        os.killpg(adding.pid, how)  # Ctrl-C reaches every process of the terminal
    else:
        adding.send_signal(how)
    _, err = adding.communicate()
    if how is signal.SIGINT:
        assert adding.returncode == 130
        assert err.strip() == "ondit: interrupted; what was written before is complete"
    while group_of(adding.pid):  # workers notice that nobody is there any more
        time.sleep(0.05)
    with Ledger.open(tmp_path / "ondit.ledger", create=False) as ledger:
        kept = ledger.totals()["reports"]
        assert 20 <= kept < 40
        assert [problem for problem in ledger.verify() if not isinstance(problem, str)] == []
    again = run(["add", "many", "--jobs", "2"], tmp_path)
    out, err = again.communicate()
    assert re.match(rf"{80 - kept} new reports, .*; {kept} known already", out), (out, err)


KILLER = """
import os, signal, sys
from ondit import pipeline
from ondit.cli import main
real = pipeline.read_report
def read_report(report, settings):
    if "7 people" in report.text and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(report, settings)
parent = os.getpid()
pipeline.read_report = read_report
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers are forks with what is patched")
def test_a_report_at_which_processes_die_is_kept_with_a_problem_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "many").mkdir()
    for n in range(30):
        (tmp_path / "many" / f"{n:03}.txt").write_text(ENGLISH.format(n=n), encoding="utf-8")
    (tmp_path / "many" / "999.txt").write_text(ENGLISH.format(n=7) + " Again.", encoding="utf-8")
    command = [sys.executable, "-c", KILLER, "add", "many", "--jobs", "2"]
    adding = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert re.match(r"31 new reports, \d+ claims; 3 kept but not read", adding.stdout), adding.stderr
    assert adding.stderr.count("error: ondit itself failed on this report: a process ended at it twice (signal 9)") == 3
    # Read here, nothing dies: what could not be read is read at last.
    assert main(["add", "--retry", "--jobs", "1", "--ledger", str(tmp_path / "ondit.ledger")]) == 0
    with Ledger.open(tmp_path / "ondit.ledger", create=False) as ledger:
        assert ledger.failures() == []


@pytest.mark.parametrize("words", ["--jobs 0", "--jobs many", "--jobs -1", "--jobs 1000"])
def test_wrong_numbers_of_processes(words: str) -> None:
    assert main(["add", "x.txt", *words.split()]) == 2
