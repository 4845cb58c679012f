"""A bulk run: the order of its stages, who does them, what is done already, and what becomes of partitions at which workers end."""

import json
import os
import shutil
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from ondit.bulk import intaking, joining, meeting, planning, settling, standing, writing
from ondit.bulk.intaking import Counts, Notes
from ondit.bulk.job import MOST_PARTITIONS, BulkError, Job, write_whole
from ondit.bulk.planning import InputFile, Plan
from ondit.bulk.rows import RowFile, write_rows
from ondit.codec import encode_problem
from ondit.model import Problem, Severity
from ondit.runners import Order, Runner
from ondit.stores import Custody, open_store, shown_name

Told = Callable[[str, int, int], None]
"""Who is told how far it is: the stage, how many partitions are done, how many there are."""

PROBLEMS = "problems.jsonl"
_SPENT = "milliseconds"
_MOST_STEPS = 100
_TRIES = 3  # of a partition whose worker ends, without anything new being found out


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run gave: documents that were read, claims and happenings that stand, and what was set aside with its problem.

    `claims` and `events` are of the newest version of each report, each once; `again` says that nothing was left to do.
    """

    documents: int
    reports: int
    claims: int
    events: int
    shared: int
    set_aside: int
    partitions: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A stage for one partition. `step` is that of joining; `careful` finds out at what a worker ends."""

    job: Job
    stage: str
    part: int
    step: int = 0
    careful: bool = False

    @property
    def name(self) -> str:
        """How it is called in the folder of what is done."""
        return f"{self.stage}-{self.step:03}" if self.step else self.stage

    @property
    def mark(self) -> Path:
        """The file that says that it is done, and what it counted."""
        return self.job.file(f"done/{self.name}", self.part)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: its counts, or why there are none; `lost` when its worker ended."""

    counts: Counts | None = None
    why: str = ""
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """Where a run leaves what it knows: `home` holds the manifest and the problems; the result goes to the job's `output`, or to a `ledger`
    in the name of `custody`. What the stages hand on is removed at the end unless `keep`.
    """

    home: Path
    ledger: str = ""
    custody: Custody = field(default_factory=Custody)
    keep: bool = False


def bulk(job: Job, planned: Plan, target: Target, *, runner: Runner, told: Told) -> Summary:
    """Run everything that is not done yet; gives what came of all of it. Raises `BulkError`, `StoreError`, `MissingLibrary`.

    All workers of the runner find the folders of the job and the target, and the files of the plan, under the same path.
    """
    if not planned.groups:
        raise BulkError("there is nothing to read; name files, or folders with files of known endings")
    done = planning.finished(target.home)
    planning.begin(job, planned, target.home)
    if done is not None:
        return Summary(**done, again=True)
    run = _Run(job, planned, runner, told)
    summary = run.all(target)
    counts = {f.name: getattr(summary, f.name) for f in fields(Summary) if f.name != "again"}
    planning.finish(target.home, counts, {stage: round(ms / 1000, 3) for stage, ms in run.spent.items()})
    if not target.keep:
        shutil.rmtree(job.folder)
    return summary


class _Run:
    """One run under way."""

    def __init__(self, job: Job, planned: Plan, runner: Runner, told: Told) -> None:
        self._job, self._plan, self._runner, self._told = job, planned, runner, told
        self.spent: Counter[str] = Counter()

    def all(self, target: Target) -> Summary:
        """Every stage in its turn."""
        self._cut()
        total: Counter[str] = Counter()
        for stage in ("read", "choose", "key", "meet", "compare"):
            total.update(self._stage(stage))
        steps = self._join()
        for stage in ("route", "copies", "sort", "group", "settle"):
            total.update(self._stage(stage, step=steps))
        self._do("second", [Task(self._job, "second", 0)])
        set_aside = self._write_problems(target.home)
        if self._job.output is not None:
            self._stage("write")
        else:
            self._fill(target.ledger, target.custody)
        return Summary(
            total["documents"],
            total["reports"],
            total["claims"],
            total["events"],
            total["shared"],
            set_aside,
            self._job.parts,
        )

    def _cut(self) -> None:
        """Cut the large files; then it is known how many partitions there are."""
        large = [n for n in range(len(self._plan.groups)) if self._plan.is_cut(n)]
        listing = self._job.folder / "groups"
        if not listing.exists():
            groups = ([[f.name, str(f.path), f.size, f.changed] for f in group] for group in self._plan.groups)
            sized = [json.dumps([self._plan.partition, group]).encode() for group in groups]
            write_rows(listing, sized)
        pieces = dict(zip(large, self._do("cut", [Task(self._job, "cut", n) for n in large]), strict=True))
        parts: list[tuple[int, int]] = []  # the group, and the piece of it, or -1
        for group in range(len(self._plan.groups)):
            parts += [(group, piece) for piece in range(pieces[group]["pieces"])] if group in pieces else [(group, -1)]
        if len(parts) > MOST_PARTITIONS:
            raise BulkError(
                f"{len(parts)} partitions are more than the {MOST_PARTITIONS} that can be; use a larger --partition-size"
            )
        write_rows(self._job.folder / "parts", (json.dumps(part).encode() for part in parts))
        self._job = replace(self._job, parts=len(parts))

    def _stage(self, stage: str, step: int = 0) -> Counts:
        total: Counter[str] = Counter()
        for counts in self._do(stage, [Task(self._job, stage, part, step) for part in range(self._job.parts)]):
            total.update(counts)
        return total

    def _join(self) -> int:
        """Steps of joining until two of them change nothing; gives how many there were."""
        changed = -1
        for step in range(1, _MOST_STEPS):
            before, changed = changed, self._stage("join", step)["changed"]
            if step % 2 == 0 and not before and not changed:
                return step
        raise BulkError(f"what hangs together was not found in {_MOST_STEPS} steps; please report it")

    def _do(self, stage: str, tasks: Sequence[Task]) -> list[Counts]:
        """The counts of all tasks, after those that have left no mark are done."""
        marks = {task.part: _done(task) for task in tasks}
        todo = [task for task in tasks if marks[task.part] is None]
        done = len(tasks) - len(todo)
        self._told(stage, done, len(tasks))
        order: Order[Task, Task, Outcome] = Order(work, lambda task: task, _lost)
        lost: list[Task] = []
        with closing(self._runner.run(order, todo)) as running:
            for task, _, outcome in running:
                assert outcome is not None
                if outcome.lost and stage in ("cut", "read"):
                    lost.append(task)
                    continue
                marks[task.part] = _counts(task, outcome)
                done += 1
                self._told(stage, done, len(tasks))
        for task in lost:
            marks[task.part] = self._do_with_care(task, order)
            done += 1
            self._told(stage, done, len(tasks))
        found = [counts for counts in marks.values() if counts is not None]
        self.spent[stage] += sum(counts[_SPENT] for counts in found)
        return found

    def _do_with_care(self, task: Task, order: Order[Task, Task, Outcome]) -> Counts:
        """Try again until what workers end at is known and passed over."""
        careful, known, tries = replace(task, careful=True), -1, 0
        while True:
            ((_, _, outcome),) = self._runner.run(order, [careful])
            assert outcome is not None
            if not outcome.lost:
                return _counts(careful, outcome)
            found = _condemned(careful)
            tries = tries + 1 if found == known else 0
            known = found
            if tries == _TRIES:
                return _counts(careful, outcome)

    def _write_problems(self, home: Path) -> int:
        """All problems in one file; tells how many documents and inputs were set aside."""
        hidden, aside = home / f".{PROBLEMS}.part", 0
        with hidden.open("wb") as file:
            for problem in self._problems():
                file.write(encode_problem(problem) + b"\n")
                aside += problem.severity is Severity.ERROR
        hidden.replace(home / PROBLEMS)
        return aside

    def _problems(self) -> list[Problem]:
        parts = range(self._job.parts)
        return [*self._plan.problems, *(p for part in parts for p, _ in writing.asides_of(self._job, part))]

    def _fill(self, ledger: str, custody: Custody) -> None:
        """Fill the ledger, by this process, in the order of the inputs."""
        store = open_store(ledger, create=True)
        try:
            begun = self._job.folder / "filling"
            if not begun.exists():
                if store.report_ids():
                    raise BulkError(
                        f"{shown_name(ledger)}: there are reports in this ledger already; a bulk run fills a new one, 'ondit add' adds to one"
                    )
                write_whole(begun, b"")
            for part in range(self._job.parts):
                self._told("fill", part, self._job.parts)
                writing.fill(self._job, store, part, custody)
            writing.keep_settled(self._job, store, custody.added_at)
        finally:
            store.close()


def _group(job: Job, number: int) -> tuple[int, list[InputFile]]:
    rows = RowFile(job.folder / "groups")
    partition, files = json.loads(rows[number])
    rows.close()
    return partition, [InputFile(name, Path(path), size, changed) for name, path, size, changed in files]


def _cut(task: Task, notes: Notes) -> Counts:
    partition, (file,) = _group(task.job, task.part)
    return intaking.cut(task.job, file, task.job.folder / "pieces" / str(task.part), partition, notes)


def _read(task: Task, notes: Notes) -> Counts:
    rows = RowFile(task.job.folder / "parts")
    group, piece = json.loads(rows[task.part])
    rows.close()
    if piece >= 0:
        items = intaking.items_of_piece(task.job.folder / "pieces" / str(group) / f"{piece:06}")
    else:
        items = intaking.items_of_files(task.job, _group(task.job, group)[1], notes)
    return intaking.read(task.job, task.part, items, notes)


STAGES: Mapping[str, Callable[[Task, Notes], Counts]] = {
    "cut": _cut,
    "read": _read,
    "choose": lambda t, _: standing.choose(t.job, t.part),
    "key": lambda t, _: meeting.keys(t.job, t.part),
    "meet": lambda t, _: meeting.meet(t.job, t.part),
    "compare": lambda t, _: meeting.compare(t.job, t.part),
    "join": lambda t, _: joining.star(t.job, t.part, t.step - 1),
    "route": lambda t, _: joining.route(t.job, t.part, t.step),
    "copies": lambda t, _: settling.find_copies(t.job, t.part, t.step),
    "sort": lambda t, _: settling.sort_copies(t.job, t.part),
    "group": lambda t, _: settling.group(t.job, t.part, t.step),
    "settle": lambda t, _: settling.settle(t.job, t.part),
    "second": lambda t, _: settling.second(t.job),
    "write": lambda t, _: writing.write_tables(t.job, t.part),
}
"""What each stage does for a partition, in the order of the stages."""


def work(task: Task) -> Outcome:
    """Do a task and leave its mark; what goes wrong with files is told, not raised."""
    notes = Notes(task.job.file(f"notes/{task.name}", task.part) if task.careful else None)
    try:
        began = time.process_time()
        counts = STAGES[task.stage](task, notes)
        counts = {**counts, _SPENT: round(1000 * (time.process_time() - began))}
        write_whole(task.mark, json.dumps(counts).encode())
    except Exception as error:
        notes.close()
        if os.environ.get("ONDIT_DEBUG"):
            raise
        last = traceback.extract_tb(error.__traceback__)[-1]
        return Outcome(why=f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})")
    return Outcome(counts)


def _lost(_: Task, how: str) -> Outcome:
    return Outcome(why=how, lost=True)


def _counts(task: Task, outcome: Outcome) -> Counts:
    if outcome.counts is None:
        raise BulkError(
            f"the stage '{task.stage}' of partition {task.part} failed: {outcome.why}; what is done stays, start it again to go on"
        )
    return outcome.counts


def _done(task: Task) -> Counts | None:
    try:
        counts: dict[str, int] = json.loads(task.mark.read_bytes())
    except FileNotFoundError:
        return None
    return counts


def _condemned(task: Task) -> int:
    return Notes.ends(task.job.file(f"notes/{task.name}", task.part))
