"""Long work of the desk, in threads of its own, and how far it is: what writes one at a time, and exports beside it, one at a time too."""

import shutil
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue

_MOST_LINES = 200
_MOST_KEPT = 20  # jobs of a kind


@dataclass(slots=True)
class Line:
    """One thing that came of a job: `outcome` as told, `where`, the report it made, its claims, what went wrong and the remedy."""

    outcome: str
    where: str
    report: str = ""
    claims: int = 0
    problems: tuple[str, ...] = ()


class Lane(StrEnum):
    """Which thread does a job: an export does not wait for an import."""

    WRITES = "writes"
    READS = "reads"


@dataclass(slots=True)
class Job:
    """One piece of work. Its thread writes, pages read; every field is replaced whole."""

    number: int
    title: str
    by: str
    state: str = "waiting"  # waiting · running · done · failed
    counts: dict[str, int] = field(default_factory=dict)
    lines: deque[Line] = field(default_factory=lambda: deque(maxlen=_MOST_LINES))
    step: str = ""
    done: int = 0
    total: int = 0
    error: str = ""
    made: Path | None = None  # a file to be taken away, in a folder of its own
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        """Is nothing more to come?"""
        return self.state in ("done", "failed")

    def tell(self, line: Line) -> None:
        """One thing came of it."""
        self.lines.append(line)
        self.counts = {
            **self.counts,
            line.outcome: self.counts.get(line.outcome, 0) + 1,
            "claims": self.counts.get("claims", 0) + line.claims,
        }

    def progress(self, step: str, done: int, total: int) -> None:
        """How far it is: the step, and how many of how many (0 = unknown)."""
        self.step, self.done, self.total = step, done, total

    def clear(self) -> None:
        """The file that it made is not wanted any more."""
        if self.made is not None:
            shutil.rmtree(self.made.parent, ignore_errors=True)
            self.made = None


class Jobs:
    """Takes jobs and does those of a lane in the order in which they came."""

    def __init__(self) -> None:
        self._lanes: dict[Lane, SimpleQueue[tuple[Job, Callable[[Job], None]]]] = {}
        self._jobs: dict[int, Job] = {}
        self._lock = threading.Lock()
        self._last = 0

    def start(self, title: str, by: str, work: Callable[[Job], None], lane: Lane = Lane.WRITES) -> Job:
        """Queue a job."""
        with self._lock:
            self._last += 1
            job = self._jobs[self._last] = Job(self._last, title, by)
            alike = [number for number, other in self._jobs.items() if other.title == title]
            for number in alike[:-_MOST_KEPT]:
                if self._jobs[number].is_over:
                    self._jobs.pop(number).clear()
            if lane not in self._lanes:
                self._lanes[lane] = SimpleQueue()
                threading.Thread(target=_run, args=(self._lanes[lane],), name=f"ondit-{lane}", daemon=True).start()
            self._lanes[lane].put((job, work))
        return job

    def find(self, number: int) -> Job | None:
        """A job that was started."""
        return self._jobs.get(number)

    def latest(self) -> list[Job]:
        """The jobs, the newest first."""
        with self._lock:
            return list(self._jobs.values())[::-1]

    def clear(self) -> None:
        """No file is left of what was made."""
        for job in self.latest():
            job.clear()


def _run(waiting: "SimpleQueue[tuple[Job, Callable[[Job], None]]]") -> None:
    while True:
        job, work = waiting.get()
        job.state = "running"
        try:
            work(job)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is told on the page of the job
            job.error = str(error) or type(error).__name__
            job.state = "failed"
        else:
            job.state = "done"
        job.over.set()
