"""Many at once on one ledger: several importers and reviewers, servers that go and come back, answers that get lost."""

import os
import re
import select
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ondit.ledger import Ledger, LedgerError
from ondit.model import DecisionKind
from ondit.stores import Filters
from tests.postgres import PostgresServer

TOWNS = "Mosul Samarra Bamako Suva Tikrit Kirkuk Gao Timbuktu Niamey Agadez".split()
SENTENCE = (
    "Police said that {n} people were killed in {town} on 3 May 2021. The ministry denied the report about {town}."
)
REVIEWER = """
import sys
from ondit.ledger import Ledger
from ondit.stores import Filters
name, where = sys.argv[1:]
with Ledger.open(where, create=False, by=name) as ledger:
    claims = sorted({found.claim.id for found in ledger.claims(Filters(text="killed"))})
    print("ready", flush=True)
    sys.stdin.readline()
    for claim in claims:
        decision = ledger.accept(claim, why="seen by " + name)
        ledger.undo(decision.id, why="mistaken") if claim < "c8" else ledger.edit(claim, "stance", "denies", why=name)
"""


def written(folder: Path, count: int, start: int = 0) -> Path:
    folder.mkdir(exist_ok=True)
    for n in range(start, start + count):
        text = SENTENCE.format(n=n + 2, town=TOWNS[n % len(TOWNS)])
        (folder / f"{n:04}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "my.ledger")
    return str(request.getfixturevalue("postgres").address())


def adding(where: str, *sources: Path) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "ondit", "add", *map(str, sources), "--ledger", where]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_no_report_twice_and_no_decision_lost(where: str, tmp_path: Path) -> None:
    first, second = written(tmp_path / "first", 6), written(tmp_path / "second", 24, 6)
    assert adding(where, first).wait() == 0
    names = ("ana", "bo")
    reviewers = [
        subprocess.Popen(
            [sys.executable, "-c", REVIEWER, name, where], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for name in names
    ]
    assert [reviewer.stdout.readline() for reviewer in reviewers] == ["ready\n"] * 2
    importers = [adding(where, first, second) for _ in range(2)]
    told = [reviewer.communicate("go\n") for reviewer in reviewers]
    outs = [importer.communicate() for importer in importers]
    assert [p.returncode for p in (*reviewers, *importers)] == [0] * 4, (told, outs)
    new = [int(re.match(r"(\d+) new report", out).group(1)) for out, _ in outs]
    assert sum(new) == 24
    with Ledger.open(where, create=False) as ledger:
        assert ledger.totals()["reports"] == 30
        decisions = ledger.decisions()
        assert len({d.id for d in decisions}) == len(decisions) == 2 * 6 * 2
        assert Counter(d.by for d in decisions) == dict.fromkeys(names, 12)
        claims = {d.targets[0] for d in decisions if d.kind is DecisionKind.ACCEPT}
        assert len(claims) == 6
        problems = [told for told in ledger.verify() if not isinstance(told, str)]
        assert problems == []


def test_a_server_that_restarts_while_reports_are_added(postgres: PostgresServer, tmp_path: Path) -> None:
    where, folder = postgres.address(), written(tmp_path / "many", 120)
    importer = adding(where, folder)
    with Ledger.open(where) as ledger:
        for how in (signal.SIGQUIT, signal.SIGINT):
            before = ledger.totals()["reports"]
            while ledger.totals()["reports"] < before + 10:
                assert importer.poll() is None, importer.communicate()
            postgres.stop(how=how)
            postgres.start()
        out, err = importer.communicate()
        assert importer.returncode == 0, err
        assert re.match(r"120 new reports, \d+ claims →", out), out
        assert "the connection was lost; trying again for 60 seconds" in err
        assert ledger.totals()["reports"] == 120
        assert [told for told in ledger.verify() if not isinstance(told, str)] == []


def test_a_server_that_stays_away_ends_the_run_and_adding_again_completes_it(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ondit.stores.postgres import connection

    monkeypatch.setattr(connection, "PATIENCE", 0.2)
    where, folder = postgres.address(), written(tmp_path / "few", 8)
    told = []
    with Ledger.open(where) as ledger:
        coming = ledger.add(folder)
        while len(told) < 3:
            told += filter(None, [next(coming).report_id])
        postgres.stop(how=signal.SIGQUIT)
        try:
            with pytest.raises(LedgerError, match=r"the server cannot be reached .*start it, or check the address"):
                list(coming)
        finally:
            postgres.start()
    with Ledger.open(where, create=False) as ledger:
        assert list(ledger.store.report_ids())[:3] == told
        assert [added.outcome for added in ledger.add(folder)].count("known") == len(told)
        assert ledger.totals()["reports"] == 8
        assert [told for told in ledger.verify() if not isinstance(told, str)] == []


class Wire:
    """A socket between a program and the server that can swallow what the server says to COMMIT, and hang up."""

    def __init__(self, server: Path, folder: Path) -> None:
        self.server, self.folder = server / ".s.PGSQL.5432", folder
        self.swallows = 0
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(folder / ".s.PGSQL.5432"))
        self._listening.listen()
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                program, _ = self._listening.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(str(self.server))
            threading.Thread(target=self._carry, args=(program, server), daemon=True).start()

    def _carry(self, program: socket.socket, server: socket.socket) -> None:
        with program, server:
            swallowed = False
            while True:
                for end in select.select([program, server], [], [])[0]:
                    data = end.recv(1 << 16)
                    if not data or (end is server and swallowed):
                        return
                    if end is program and b"COMMIT\0" in data and self.swallows:
                        self.swallows -= 1
                        swallowed = True
                    (server if end is program else program).sendall(data)

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


@pytest.fixture
def wire(postgres: PostgresServer) -> Iterator[Wire]:
    folder = postgres.folder / f"wire{os.urandom(2).hex()}"
    folder.mkdir()
    made = Wire(postgres.folder, folder)
    yield made
    made.close()


def test_a_change_whose_answer_is_lost_is_made_once(postgres: PostgresServer, wire: Wire, tmp_path: Path) -> None:
    schema = postgres.address().partition("schema=")[2]
    where = f"postgresql://owner@/postgres?host={wire.folder}&schema={schema}"
    with Ledger.open(where, by="ana") as ledger:
        wire.swallows = 1
        added = [added for added in ledger.add(written(tmp_path / "few", 3)) if added.report_id]
        assert [one.outcome for one in added] == ["new"] * 3
        claim = next(ledger.claims(Filters(text="killed"))).claim.id
        wire.swallows = 1
        decision = ledger.reject(claim, why="not so")
        assert wire.swallows == 0
        assert ledger.decisions() == [decision]
        assert ledger.totals()["reports"] == 3
