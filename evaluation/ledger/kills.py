"""Kills `Ledger.add` at random moments, again and again, and looks what is left each time and at the end."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from evaluation.bench import ROOT
from evaluation.ledger.posts import make_posts
from ondit.stores.sqlite import SqliteStore
from ondit.stores.sqlite.dump import dump

_ADD = """
import os, sys
from datetime import date
from ondit.intake import Options, Origin
from ondit.ledger import Ledger
folder, ledger = sys.argv[1:]
with Ledger.open(ledger, by="kills") as kept:
    for added in kept.add(folder, options=Options(Origin(published=date(2024, 3, 16)))):
        if added.report_id:
            os.write(1, f"{added.outcome[:3]} {added.report_id}\\n".encode())
"""


@dataclass
class Outcome:
    """How it went: kills that hit a running process, what was acknowledged and lost, files that did not open, whether the end is the same."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    damaged: int = 0
    reports: int = 0
    same: bool = False
    seconds: float = 0.0
    undisturbed_seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Did everything hold?"""
        return self.same and not self.lost and not self.damaged


def kill_adding(*, reports: int, kills: int, seed: int = 0, quiet: bool = False) -> Outcome:
    """Add `reports` posts undisturbed to one ledger, and with `kills` SIGKILLs to another; compare the two."""
    rng = random.Random(seed)  # noqa: S311 - moments, not secrets
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "posts")
        folder.mkdir()
        for number, post in enumerate(make_posts(reports, seed=seed)):
            (folder / f"{number:06}.txt").write_text(post, encoding="utf-8")
        calm, rough = Path(name, "calm.ledger"), Path(name, "rough.ledger")
        outcome = Outcome(reports=reports)
        start = time.monotonic()
        _start(folder, calm).communicate()
        outcome.undisturbed_seconds = time.monotonic() - start
        start = time.monotonic()
        known: set[str] = set()
        while outcome.kills < kills:
            finished = _one_kill(folder, rough, known, rng, reports / kills, outcome)
            _look(rough, known, outcome)
            if not quiet and sys.stderr.isatty():
                sys.stderr.write(f"\r{outcome.kills}/{kills} kills, {len(known)}/{reports} reports")
            if finished:
                break
        told, _ = _start(folder, rough).communicate()
        known.update(line.split()[1] for line in told.decode().splitlines())
        _look(rough, known, outcome)
        outcome.seconds = time.monotonic() - start
        outcome.acknowledged = len(known)
        outcome.same = list(dump(calm)) == list(dump(rough))
    return outcome


def _start(folder: Path, ledger: Path) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return subprocess.Popen(
        [sys.executable, "-c", _ADD, str(folder), str(ledger)], stdout=subprocess.PIPE, env=environment
    )


def _one_kill(folder: Path, ledger: Path, known: set[str], rng: random.Random, step: float, outcome: Outcome) -> bool:
    """Kill a run some new reports after its start, at a moment of chance; True when it was at its end before that."""
    process = _start(folder, ledger)
    assert process.stdout is not None
    wait_for = rng.randint(0, max(1, round(1.6 * step)))
    new = 0
    finished = True
    for line in process.stdout:
        outcome_, id_ = line.decode().split()
        new += outcome_ != "kno"
        known.add(id_)
        if new >= wait_for:
            finished = False
            break
    if not finished:
        time.sleep(rng.random() * 0.05)  # in the middle of reading or writing whatever comes next
        process.send_signal(signal.SIGKILL)
        outcome.kills += 1
    rest = process.stdout.read().decode().split("\n")  # what was told before the kill was told
    known.update(line.split()[1] for line in rest if len(line.split()) == 2)
    process.wait()
    return finished


def _look(ledger: Path, known: set[str], outcome: Outcome) -> None:
    """The ledger must open, be whole, and hold all that was acknowledged."""
    if not ledger.exists():
        outcome.lost += len(known)
        return
    store = SqliteStore(ledger)
    outcome.damaged += sum(1 for _ in store.check())
    outcome.lost += len(known - set(store.report_ids()))
    store.close()
