"""What the pages of one program share: the ledger, lent to one request at a time; who may come in; who looks at what; long work."""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ondit.ledger import Ledger
from ondit.model import TrackRecord
from ondit.web.jobs import Jobs
from ondit.web.presence import Presence
from ondit.web.review_queue import Queue
from ondit.web.safety.sessions import Sessions
from ondit.web.safety.users import Role, User, Users
from ondit.web.safety.waits import Waits
from ondit.web.settler import Settler

_MOST_OPEN = 8
_MOST_SESSIONS = 1_000
_PATIENCE = 0.3  # seconds that a page waits for what is worked out beside it


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in.

    With neither a token nor users everybody who reaches the desk is the owner: only for a desk that this machine alone reaches.
    """

    owner: str = ""
    token: str = ""
    users: Users | None = None
    secure: bool = False  # served over TLS: cookies say so

    @property
    def is_open(self) -> bool:
        """Does everybody who reaches the desk come in?"""
        return not self.token and self.users is None

    def find(self, name: str) -> User | None:
        """The user that a session stands for; None when they are gone."""
        if self.users is not None:
            return self.users.find(name)
        return User(name, Role.OWNER)


class Ledgers:
    """Ledgers over one store, each lent to one request at a time; those of a file are opened as they are needed."""

    def __init__(self, open_one: Callable[[], Ledger], most: int = _MOST_OPEN) -> None:
        self._open_one = open_one
        self._free: deque[Ledger] = deque()
        self._room = threading.Semaphore(most)
        self._writing = threading.Lock()

    @classmethod
    def of_file(cls, path: Path | str, open_one: Callable[[], Ledger]) -> "Ledgers":
        """Over a file or an address of PostgreSQL: several may read at once."""
        return cls(open_one, 1 if str(path) == ":memory:" else _MOST_OPEN)

    @contextmanager
    def lend(self, by: str, *, writes: bool = False) -> Iterator[Ledger]:
        """A ledger in the name of somebody; those who write wait for each other."""
        with self._room:
            try:
                ledger = self._free.pop()
            except IndexError:
                ledger = self._open_one()
            ledger.by = by
            try:
                if writes:
                    with self._writing:
                        yield ledger
                else:
                    yield ledger
            finally:
                self._free.append(ledger)

    def is_writing(self) -> bool:
        """Does somebody write through one that was lent?"""
        return self._writing.locked()

    def own(self) -> Ledger:
        """A ledger that is not lent to anybody else; in memory there is only one."""
        return self._open_one()

    def close(self) -> None:
        """Let go of the files."""
        while self._free:
            self._free.pop().close()


@dataclass(slots=True)
class Desk:
    """Everything that outlives a request."""

    ledgers: Ledgers
    access: Access
    name: str = ""  # of the ledger, for titles
    sessions: Sessions = field(default_factory=Sessions)
    waits: Waits = field(default_factory=Waits)
    presence: Presence = field(default_factory=Presence)
    jobs: Jobs = field(default_factory=Jobs)
    settles_after: float | None = 2.0  # seconds without a decision; None: only when it is asked for
    queue: Queue = field(init=False)
    settler: Settler = field(init=False)
    _staleness: tuple[int, bool] = (-1, True)
    _recording: threading.Lock = field(default_factory=threading.Lock)
    _recorder: threading.Thread | None = None
    _records: tuple[object, Mapping[str, TrackRecord]] = field(default_factory=lambda: (None, {}))
    _last: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.queue = Queue(self.ledgers.lend, self.ledgers.is_writing)
        self.settler = Settler(self.ledgers.own, self.jobs, self.settles_after)

    def records(self, ledger: Ledger) -> Mapping[str, TrackRecord] | None:
        """The track records, worked out once for each settlement in a thread of its own; None while they are worked out the first time."""
        settled = ledger.settled_at
        known, records = self._records
        if known != settled and ledger.is_settled:
            with self._recording:
                if self._records[0] != settled and not (self._recorder and self._recorder.is_alive()):
                    self._recorder = threading.Thread(target=self._record, name="ondit-records", daemon=True)
                    self._recorder.start()
            if self._recorder:
                self._recorder.join(_PATIENCE)
            known, records = self._records
        return None if known is None and ledger.is_settled else records

    def _record(self) -> None:
        with self.ledgers.lend("") as ledger:
            settled = ledger.settled_at
            self._records = settled, ledger.track_records()

    def warm_up(self) -> None:
        """Begin with what takes long, before anybody asks."""
        with self.ledgers.lend("") as ledger:
            self.queue.refresh(ledger)
            self.records(ledger)
            if not ledger.is_settled or self.is_stale(ledger):
                self.settler.soon(ledger.by, ledger.revision)

    def wrote(self, ledger: Ledger, before: int) -> None:
        """Something may have been written: what the reports say together follows."""
        if ledger.revision != before:
            self.settler.soon(ledger.by, ledger.revision)

    def told(self, session: str, decision: str) -> None:
        """What was decided last in a session."""
        if len(self._last) >= _MOST_SESSIONS:
            self._last.pop(next(iter(self._last)))
        self._last[session] = decision

    def last(self, session: str) -> str:
        """What was decided last in a session, "" for nothing."""
        return self._last.get(session, "")

    def forget_last(self, session: str) -> None:
        """It was taken back."""
        self._last.pop(session, None)

    def is_stale(self, ledger: Ledger) -> bool:
        """Have reports or decisions come since the ledger was settled? Worked out once for each state of the ledger."""
        if not ledger.is_settled:
            return False  # that is told otherwise
        revision = ledger.revision
        known, stale = self._staleness
        if known != revision or stale:
            stale = ledger.stale
            self._staleness = revision, stale
        if stale:
            self.settler.soon(ledger.by, revision)  # somebody else wrote: another desk, the command line
        return stale
