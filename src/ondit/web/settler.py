"""Keeps a ledger settled while the desk is open: after decisions and new reports what they tell together is worked out anew, beside the pages."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ondit.ledger import Ledger
from ondit.web.jobs import Job, Jobs

_LATEST = 30.0  # seconds after the first decision at which it begins, however quickly more follow
_REST = 3.0  # times as long as the last one took, before the next begins: pages and reviewers come first


@dataclass(slots=True)
class Settler:
    """Settles in the thread of the jobs, with a ledger of its own that remembers what was compared."""

    own: Callable[[], Ledger]
    jobs: Jobs
    quiet: float | None  # seconds without a decision after which it begins; None: only when it is asked for
    now: Callable[[], float] = time.monotonic
    _ledger: Ledger | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None
    _last: float = 0.0  # when something was decided last
    _by: str = ""
    _due: bool = False
    _tried: int = -1  # the revision that was settled last
    _job: Job | None = None

    def ledger(self, by: str) -> Ledger:
        """The ledger of long work. Only the thread of the jobs uses it."""
        if self._ledger is None:
            self._ledger = self.own()
        self._ledger.by = by
        return self._ledger

    def soon(self, by: str, revision: int) -> None:
        """Something changed: it is settled when nothing more follows. A state that was settled already is left alone, whatever else makes it stale."""
        if self.quiet is None:
            return
        with self._lock:
            if revision == self._tried:
                return
            self._due, self._by, self._last = True, by, self.now()
            if self._thread is None:
                self._thread = threading.Thread(target=self._wait, name="ondit-settler", daemon=True)
                self._thread.start()

    def running(self) -> Job | None:
        """The settling that is waited for or under way."""
        job = self._job
        return job if job is not None and not job.is_over else None

    def start(self, by: str) -> Job:
        """Settle now."""
        job = self._job = self.jobs.start("settle", by, lambda job: self.settle(by, job))
        return job

    def settle(self, by: str, job: Job) -> None:
        """Settle and tell how far it is; called in the thread of the jobs."""
        ledger = self.ledger(by)
        revision = ledger.revision
        changed = ledger.settle(job.progress)
        job.counts = {**job.counts, "changed": changed}
        with self._lock:
            self._tried = revision

    def _wait(self) -> None:
        while True:
            begun = self.now()
            while (left := min(self._last + (self.quiet or 0), begun + _LATEST) - self.now()) > 0:
                time.sleep(left)
            with self._lock:
                self._due, by = False, self._by
            start = self.now()
            self.start(by).over.wait()
            time.sleep(min(_REST * (self.now() - start), 600))
            with self._lock:
                if not self._due:
                    self._thread = None
                    return
