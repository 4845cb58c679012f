"""The ledger as a script uses it: nothing lost, nothing twice, everything checked."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ondit import pipeline
from ondit.decide import decide
from ondit.intake import Options, Origin
from ondit.ledger import Filters, Ledger, LedgerError, Undecidable
from ondit.ledger.adding import sources_of
from ondit.model import Problem, Reading, Reliability, Span, Stance, Standing
from ondit.stores.sqlite.dump import dump

ROOT = Path(__file__).parents[2]
POLICE = Filters(voice="police", text="killed")
PUBLISHED = Options(Origin(published=date(2022, 1, 31), publisher="Le Fil"))
TEXTS = {
    "a.txt": "Trois soldats ont été tués samedi à Samarra, selon l'armée. Le porte-parole a démenti toute attaque contre la base.",
    "b.txt": "Police said on Monday that two people were killed in Mosul. The ministry denied the report.",
    "c.txt": "El ejército dijo que tres soldados murieron el lunes en un ataque contra la base de la ciudad.",
    "d.txt": "",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    for name, text in TEXTS.items():
        (reports / name).write_text(text, encoding="utf-8")
    return reports


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "a.ledger", by="ana") as opened:
        opened._now = lambda: datetime(2024, 1, 1, tzinfo=UTC)
        yield opened


def outcomes(ledger: Ledger, *sources: object) -> dict[str, int]:
    return dict(Counter(str(a.outcome) for a in ledger.add(*sources, options=PUBLISHED)))  # type: ignore[arg-type]


def problems(ledger: Ledger) -> list[str]:
    return [told.code for told in ledger.verify() if isinstance(told, Problem)]


def test_adding_keeps_everything_and_says_how_it_came_in(ledger: Ledger, folder: Path) -> None:
    assert outcomes(ledger, folder) == {"new": 3, "failed": 1, "taken": 5}
    found = next(ledger.claims(POLICE))
    kept = ledger.report(found.report.id)
    assert kept is not None
    assert kept.custody.came_from == str(folder / "b.txt")
    assert (kept.custody.added_by, kept.custody.added_at) == ("ana", "2024-01-01T00:00:00+00:00")
    assert ledger.raw(found.report.id) == TEXTS["b.txt"].encode()
    assert [(f.problem.code, bool(f.report_id)) for f in ledger.failures()] == [
        ("empty-input", False),
        ("no-language-pack", True),
    ]
    assert problems(ledger) == []


def test_adding_again_changes_nothing(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    outcomes(ledger, folder)
    before = list(dump(tmp_path / "a.ledger"))
    assert outcomes(ledger, folder) == {"known": 3, "failed": 1, "taken": 5}
    assert list(dump(tmp_path / "a.ledger")) == before


def test_what_failed_is_settled_when_it_is_taken_in_after_all(ledger: Ledger, folder: Path) -> None:
    outcomes(ledger, folder)
    assert ledger.failed_sources() == [str(folder / "d.txt")]
    (folder / "d.txt").write_text("The army said that a bomb exploded in Bamako.", encoding="utf-8")
    assert outcomes(ledger, *ledger.failed_sources()) == {"new": 1, "taken": 1}
    assert [f.problem.code for f in ledger.failures()] == ["no-language-pack"]


def test_a_report_that_the_engine_stumbles_over_costs_no_other(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.read_report

    def stumbling(report: object, settings: object) -> Reading:
        if "Mosul" in report.text:  # type: ignore[attr-defined]
            raise RuntimeError("stumbled")
        return real(report, settings)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "read_report", stumbling)
    outcomes(ledger, folder)
    assert "internal-error" in [f.problem.code for f in ledger.failures()]
    monkeypatch.undo()
    (told,) = ledger.reread([f.report_id for f in ledger.failures() if f.problem.code == "internal-error"], keep=True)
    assert told.appeared
    assert ledger.count(POLICE) == 1
    assert problems(ledger) == []


def test_decisions_are_made_shown_and_taken_back(ledger: Ledger, folder: Path) -> None:
    outcomes(ledger, folder)
    found = next(ledger.claims(POLICE))
    id_ = found.claim.id
    edit = ledger.edit(id_, "killed", {"low": 3, "best": 3, "high": 3}, why="the list of names has three")
    assert json.loads(edit.was) == {"low": 2, "best": 2, "high": 2}
    ledger.accept(id_)
    shown = next(ledger.claims(POLICE)).shown
    assert (shown.claim.counts[0].best, shown.standing, shown.as_read) == (3, Standing.ACCEPTED, found.claim)
    ledger.reject(id_, why="no claim")
    assert ledger.count(POLICE) == 0
    assert [d.kind for d in ledger.decisions(found.report.id)] == ["edit", "accept", "reject"]
    for decision in reversed(ledger.decisions()):
        ledger.undo(decision.id)
    assert next(ledger.claims(POLICE)).shown == found.shown
    assert problems(ledger) == []


def test_the_same_decision_twice_has_two_ids(ledger: Ledger, folder: Path) -> None:
    outcomes(ledger, folder)
    claim = next(ledger.claims()).claim.id
    first = ledger.accept(claim)
    ledger.undo(first.id)
    assert ledger.accept(claim).id != first.id


def test_a_missed_claim_is_added(ledger: Ledger, folder: Path) -> None:
    outcomes(ledger, folder)
    report = next(ledger.claims(POLICE)).report
    start = report.text.index("The ministry")
    made = ledger.add_claim(
        report.id, Span(start, len(report.text)), [Span(start, start + 12)], stance="possible", type="armed_attack"
    )
    found = next(f for f in ledger.claims(Filters(stance=Stance.POSSIBLE)))
    assert found.shown.added
    assert (found.claim.id,) == made.targets
    assert ledger.count(Filters(voice='"the ministry"', text="denied")) >= 1
    assert problems(ledger) == []


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (lambda book, c: book.accept("c0"), "no claim c0"),
        (lambda book, c: book.edit(c, "colour", "red"), "fields: stance"),
        (lambda book, c: book.edit(c, "stance", "shouts"), "stance"),
        (lambda book, c: book.edit(c, "type", "picnic"), "types: abduction"),
        (lambda book, c: book.merge(c), "two claims or more"),
        (lambda book, c: book.undo("d0"), "no decision d0"),
        (lambda book, c: book.add_claim("r0", Span(0, 3)), "no report r0"),
        (lambda book, c: book.forget("r0", why="law"), "no report r0"),
        (lambda book, c: book.forget(book.store.report_of(c), why=" "), "why"),
        (lambda book, c: book._decide("rate", ("x",), value="{}"), "rate"),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_made_leaves_nothing(ledger: Ledger, folder: Path, wanted: object, says: str) -> None:
    outcomes(ledger, folder)
    claim = next(ledger.claims()).claim.id
    with pytest.raises(Undecidable, match=says):
        wanted(ledger, claim)  # type: ignore[operator]
    assert ledger.decisions() == []
    assert problems(ledger) == []


def test_sources_are_rated_and_claims_linked(ledger: Ledger, folder: Path) -> None:
    outcomes(ledger, folder)
    ids = [found.claim.id for found in ledger.claims()]
    ledger.rate("le-fil", Reliability.C, since="2022-01-01", why="often first, often wrong")
    ledger.affiliate("le-fil", camps=["north"])
    ledger.merge(*ids[:2])
    ledger.split(ids[0], ids[2])
    assert [d.kind for d in ledger.decisions()] == ["rate", "affiliate", "merge", "split"]
    assert problems(ledger) == []


def test_what_is_read_otherwise_is_told_and_kept_only_when_asked(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes(ledger, folder)
    assert all(told.same for told in ledger.reread())
    found = next(ledger.claims(POLICE))
    ledger.accept(found.claim.id, why="right")
    real = pipeline.read_report

    def newer(report: object, settings: object) -> Reading:
        reading = real(report, settings)  # type: ignore[arg-type]
        claims = tuple(replace(c, stance=Stance.POSSIBLE) for c in reading.claims)
        return replace(reading, claims=claims[:1])

    monkeypatch.setattr(pipeline, "read_report", newer)
    told = {one.reading.report.id: one for one in ledger.reread()}[found.report.id]
    assert [(c.new.id, c.fields) for c in told.changed] == [(found.claim.id, (("stance", '"asserts"', '"possible"'),))]
    assert len(told.vanished) == 1
    assert next(ledger.claims(POLICE)).claim.stance is Stance.ASSERTS
    list(ledger.reread(keep=True))
    now = next(ledger.claims(POLICE))
    assert (now.claim.stance, now.shown.standing) == (Stance.POSSIBLE, Standing.ACCEPTED)
    assert problems(ledger) == []


def test_decisions_whose_claim_is_gone_are_named(ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes(ledger, folder)
    made = ledger.accept(next(ledger.claims(POLICE)).claim.id)
    real = pipeline.read_report
    monkeypatch.setattr(pipeline, "read_report", lambda r, s: replace(real(r, s), claims=()))
    unfit = [u.decision for told in ledger.reread(keep=True) for u in told.unfit]
    assert unfit == [made.id]
    assert list(ledger.unfit()) == [made.id]
    assert problems(ledger) == ["decision-unfit"]


def test_what_was_forgotten_does_not_come_back(ledger: Ledger, folder: Path) -> None:
    outcomes(ledger, folder)
    found = next(ledger.claims(POLICE))
    ledger.accept(found.claim.id)
    tombstone = ledger.forget(found.report.id, why="a court order")
    assert (tombstone.sha256, tombstone.by, tombstone.why) == (found.report.sha256, "ana", "a court order")
    assert ledger.raw(found.report.id) is None
    assert ledger.decisions() == []
    assert outcomes(ledger, folder) == {"known": 2, "forgotten": 1, "failed": 1, "taken": 5}
    assert problems(ledger) == []


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        ("UPDATE originals SET bytes = x'78' WHERE size > 0", "altered-original"),
        ("DELETE FROM originals", "lost-original"),
        ("UPDATE reports SET text = 'short'", "lost-span"),
        ("UPDATE reports SET sha256 = '0' || substr(sha256, 2)", "damaged-ledger"),
        ("UPDATE reports SET publisher = 'Somebody Else'", "damaged-ledger"),
        ("UPDATE claims SET stance = 'denies', lat = 1 WHERE stance = 'asserts'", "damaged-ledger"),
        ("UPDATE claims SET record = 'x'", "unreadable-record"),
        ("UPDATE claims SET standing = 'accepted'", "altered-claim"),
        ("""UPDATE claims SET record = replace(record, '"asserts"', '"denies"')""", "altered-claim"),
        ("""UPDATE claims SET record = replace(record, '"content":[', '"content":[1')""", "unreadable-record"),
        ("DELETE FROM happenings", "lost-happening"),
        ("DELETE FROM words", "damaged-ledger"),
        ("DELETE FROM reports", "damaged-ledger"),
    ],
)  # fmt: skip
def test_what_was_tampered_with_is_found(ledger: Ledger, folder: Path, damage: str, code: str) -> None:
    outcomes(ledger, folder)
    ledger.accept(next(ledger.claims(POLICE)).claim.id)
    connection = ledger.store._connection  # type: ignore[attr-defined]
    connection.execute(damage)
    if "record = replace" in damage and "denies" in damage:
        # A stance is in no hash: it is the reading again that finds it.
        assert any(not told.same for told in ledger.reread())
    else:
        assert code in problems(ledger)


PROGRAM = """
import os, sys
from ondit.ledger import Ledger
with Ledger.open(sys.argv[1], by=sys.argv[3]) as ledger:
    for added in ledger.add(sys.argv[2]):
        if added.report_id:
            os.write(1, (added.report_id + "\\n").encode())
"""


def adding(folder: Path, ledger: Path, by: str = "x", before: str = "") -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "-c", before + PROGRAM, str(ledger), str(folder), by]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def test_two_processes_add_at_once(tmp_path: Path) -> None:
    from evaluation.ledger.posts import make_posts

    for half in ("one", "two"):
        (tmp_path / half).mkdir()
    for number, post in enumerate(make_posts(40)):
        for half in ("one", "two") if number % 4 == 0 else ("one",) if number % 2 else ("two",):  # some are in both
            (tmp_path / half / f"{number}.txt").write_text(post, encoding="utf-8")
    both = [adding(tmp_path / half, tmp_path / "both.ledger") for half in ("one", "two")]
    for process in both:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    with Ledger.open(tmp_path / "after.ledger") as after:
        list(after.add(tmp_path / "one", tmp_path / "two"))
    with Ledger.open(tmp_path / "both.ledger") as other:
        assert len(other.store.report_ids()) == 40
        assert problems(other) == []
    assert list(dump(tmp_path / "both.ledger")) == list(dump(tmp_path / "after.ledger"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_at_moments_of_chance_nothing_told_is_lost() -> None:
    """A short version of `python -m evaluation ledger-kills`."""
    from evaluation.ledger.kills import kill_adding

    found = kill_adding(reports=30, kills=2, seed=1, quiet=True)
    assert (found.lost, found.damaged, found.same, found.acknowledged) == (0, 0, True, 30)
    assert found.kills


LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"


@pytest.mark.skipif(sys.platform == "win32", reason="limits")
def test_a_disk_that_is_full_is_told_and_the_next_run_goes_on(tmp_path: Path) -> None:
    from evaluation.ledger.posts import make_posts

    (tmp_path / "posts").mkdir()
    for number, post in enumerate(make_posts(40)):
        (tmp_path / "posts" / f"{number:02}.txt").write_text(post, encoding="utf-8")
    process = adding(tmp_path / "posts", tmp_path / "full.ledger", before=LIMITED.format(size=300_000))
    told, errors = process.communicate(timeout=120)
    assert process.returncode != 0
    assert "make room on the disk and run the same again" in errors
    told_ids = set(told.split())
    assert 0 < len(told_ids) < 40
    with Ledger.open(tmp_path / "full.ledger") as ledger:
        assert told_ids <= set(ledger.store.report_ids())
        assert problems(ledger) == []
        list(ledger.add(tmp_path / "posts"))
    with Ledger.open(tmp_path / "calm.ledger") as calm:
        list(calm.add(tmp_path / "posts"))
    assert list(dump(tmp_path / "full.ledger")) == list(dump(tmp_path / "calm.ledger"))


def test_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger"):
        Ledger.open(tmp_path / "no.ledger", create=False)
    assert list(tmp_path.iterdir()) == []


def test_what_is_shown_is_a_function_of_readings_and_decisions(ledger: Ledger, folder: Path) -> None:
    outcomes(ledger, folder)
    for number, found in enumerate(list(ledger.claims())):
        (ledger.accept if number % 2 else ledger.reject)(found.claim.id)
    for id_ in ledger.store.report_ids():
        reading = ledger.store.reading(id_)
        assert reading is not None
        assert ledger.shown(id_) == decide(reading, ledger.decisions()).shown


PLACES = [
    # where something failed, what to take in again ("" = nothing: it cannot be had again)
    ("https://news.example/feed entry 3", "https://news.example/feed"),
    ("https://news.example/a:b", "https://news.example/a:b"),
    ("standard input:3", ""),
    ("gone/posts.csv:12", "gone/posts.csv"),
    ("gone/result.json item 3", "gone/result.json"),
    ("gone/mail.eml attachment 2 (a b.pdf)", "gone/mail.eml"),
    ("gone/plain.txt", "gone/plain.txt"),
    ("reports/a.txt:3", "reports/a.txt"),
    ("reports/gone.csv:3", "reports/gone.csv"),
]


@pytest.mark.parametrize(("place", "source"), PLACES)
def test_what_to_take_in_again(place: str, source: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    assert sources_of([place]) == [source] * bool(source)


def test_another_version_of_a_post_that_had_to_go_stays_away(ledger: Ledger, tmp_path: Path) -> None:
    post = tmp_path / "posts.jsonl"
    for text in ("Police said that two people were killed.", "Police said that three people were killed."):
        post.write_text(json.dumps({"id": "1", "publisher": "Wire", "text": text}) + "\n", encoding="utf-8")
        told = [a for a in ledger.add(post) if a.outcome != "taken"]
        for id_ in ledger.store.report_ids():
            ledger.forget(id_, why="a name must go")
    assert [a.outcome for a in told] == ["forgotten"]


def test_reading_again_keeps_what_intake_said_and_not_what_reading_said(ledger: Ledger, folder: Path) -> None:
    (folder / "e.txt").write_bytes("Selon la police, deux hommes ont été tués à Samarra.".encode("cp1252"))
    (added,) = (a for a in ledger.add(folder / "e.txt", options=PUBLISHED) if a.report_id)
    reading = ledger.store.reading(added.report_id)
    assert reading is not None
    intake = [p.code for p in reading.problems]
    doubt = Problem("language-uncertain", "fr or it", "say --lang", added.report_id)
    with ledger.store.writing():
        later = replace(reading, problems=(*reading.problems, doubt))
        ledger.store.replace(later, "x", decide(later, ()).shown)
    list(ledger.reread([added.report_id], keep=True))
    again = ledger.store.reading(added.report_id)
    assert again is not None
    assert [p.code for p in again.problems] == intake != []
