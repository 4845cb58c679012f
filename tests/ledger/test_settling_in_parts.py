"""Settling in parts, by several openings and between decisions, gives byte for byte what one settling of everything gives; on every store."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from ondit.codec import encode_event, encode_record
from ondit.decide import decide
from ondit.gather import blocking
from ondit.gather.copies import alike
from ondit.intake.formats import Origin, make_report
from ondit.ledger import Ledger
from ondit.model import Reliability, Stance
from ondit.pipeline import read_report
from ondit.stores import MEMORY, Entry, Store, open_store

OUTLETS = ("Ferry Wire", "Harbour Post", "La Ruche", "Pacific Desk")
LINES = (
    "Police said on Monday that {n} people were killed in an air strike on {town}.",
    "{n} people were killed in an air strike on {town} on Monday, police said. The ministry denied the report.",
    "Witnesses said a bomb killed {n} people in {town} on Sunday. Nobody claimed it.",
    "The army said that {n} people were arrested in {town} on Monday.",
)
DAY = date(2024, 5, 6)
Step = Callable[[Ledger], object]


@cache
def entries() -> tuple[Entry, ...]:
    """Reports that are alike, some word for word, some newer versions of others."""
    dice = random.Random(5)
    made = []
    for n in range(26):
        line = dice.choice(LINES).format(n=dice.choice((9, 14)), town=dice.choice(("Mosul", "Samarra", "Suva")))
        day = DAY + timedelta(days=dice.choice((0, 0, 0, 1, 9)))
        origin = Origin(publisher=OUTLETS[n % 4], native_id=str(n if n < 20 else n - 20 + n % 4), published=day)
        text = f"{line} {' '.join(dice.choice(LINES).split()[:7])} {n}." if n % 3 else line
        report = make_report(text.encode(), text, origin)
        made.append(Entry(read_report(report), text.encode(), "test", edited="2024-05-07" if n >= 20 else ""))
    return tuple(made)


def adding(entry: Entry) -> Step:
    def add(ledger: Ledger) -> None:
        with ledger.store.writing():
            ledger.store.add(entry, decide(entry.reading, ()).shown)

    return add


def deciding(seed: int) -> list[Step]:
    """What analysts decide about reports that were there first."""
    dice = random.Random(seed)
    claims = [claim.id for entry in entries()[:12] for claim in entry.reading.claims if claim.event]
    some: Callable[[int], list[str]] = lambda n: dice.sample(claims, n)  # noqa: E731
    a, b, c, d = some(4), some(2), some(3), some(2)
    return [
        lambda ledger: ledger.merge(*a[:2]),
        lambda ledger: ledger.comment(a[2], words="look again"),
        lambda ledger: ledger.reject(b[0]),
        lambda ledger: ledger.split(*c),
        lambda ledger: ledger.edit(b[1], "stance", Stance.DENIES),
        lambda ledger: ledger.rate("Harbour Post", Reliability.B),
        lambda ledger: ledger.edit(d[0], "type", "protest"),
        lambda ledger: ledger.merge(*d),
        lambda ledger: ledger.undo(ledger.decisions()[0].id),
        lambda ledger: ledger.affiliate("Ferry Wire", owner="Harbour Post"),
        lambda ledger: ledger.accept(a[3]),
    ]


def told(ledger: Ledger) -> list[bytes]:
    """Everything that was settled, as bytes, and what was noted for the next time, but for the name that each settling has of its own."""
    copies = sorted({copy for id_ in ledger.report_ids() for copy in ledger.copies(id_)}, key=repr)
    store = ledger.store
    notes = [sorted(store.recall(kind).items()) for kind in store.noted() if kind != "state"]
    return [*map(encode_event, ledger.events()), *map(encode_record, copies), repr(notes).encode()]


@pytest.fixture(autouse=True)
def _crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking, "LARGEST", 7)
    monkeypatch.setattr(alike, "LARGEST", 4)


@pytest.fixture
def again(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Opens one store again and again."""
    kind = request.param
    if kind == "memory":
        only = open_store(MEMORY)
        return lambda: only
    where = request.getfixturevalue("postgres").address() if kind == "postgres" else tmp_path / "a.ledger"
    return lambda: open_store(where, create=True)


@pytest.mark.parametrize(
    ("again", "seed"),
    [*(("memory", seed) for seed in range(8)), ("sqlite", 8), ("sqlite", 9), ("postgres", 10)],
    indirect=["again"],
)
def test_settled_in_parts_is_settled_at_once(again: Callable[[], Store], seed: int) -> None:
    dice = random.Random(seed)
    first, later = list(map(adding, entries()[:12])), list(map(adding, entries()[12:]))
    decided = deciding(seed)
    with Ledger(open_store(MEMORY), by="ana") as whole:
        for step in (*first, *later, *decided):
            step(whole)
        whole.settle()
        expected = told(whole)
    dice.shuffle(first)
    dice.shuffle(later)
    steps: list[Step] = list(first)
    while later or decided:
        source = later if later and (not decided or dice.random() < 0.6) else decided
        steps.append(source.pop(0))
    cuts = sorted(dice.sample(range(1, len(steps)), 5))
    for start, stop in zip([0, *cuts], [*cuts, len(steps)], strict=True):
        ledger = Ledger(again(), by="ana")
        for step in steps[start:stop]:
            step(ledger)
        ledger.settle()
        assert (ledger.outdated(), ledger.settle()) == ([], 0)
        if ledger.store is not again():
            ledger.close()
    assert told(Ledger(again(), by="ana")) == expected
