"""Who is looking at what just now: reviewers see each other. Nothing of it is kept."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

_FRESH = 15.0  # seconds after which somebody who was not heard of is gone


@dataclass(slots=True)
class Presence:
    """The item that each user looked at last, by session."""

    now: Callable[[], float] = time.monotonic
    _seen: dict[str, tuple[str, str, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def here(self, session: str, name: str, item: str) -> None:
        """Somebody looks at an item."""
        with self._lock:
            self._seen[session] = (name, item, self.now())

    def others(self, session: str, item: str) -> list[str]:
        """The names of the others who look at an item."""
        with self._lock:
            self._seen = {s: seen for s, seen in self._seen.items() if self.now() - seen[2] < _FRESH}
            return sorted({name for s, (name, its, _) in self._seen.items() if its == item and s != session})

    def take(self, session: str, name: str, ahead: Iterable[str]) -> str:
        """The first item that nobody else looks at; whoever is led there looks at it from now on. "" when there is none."""
        with self._lock:
            now = self.now()
            taken = {item for s, (_, item, at) in self._seen.items() if s != session and now - at < _FRESH}
            found = next((item for item in ahead if item not in taken), "")
            if found:
                self._seen[session] = (name, found, now)
            return found
