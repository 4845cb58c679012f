"""Who is looking at what just now: reviewers see each other. Nothing of it is kept."""

import threading
import time
from collections.abc import Callable
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

    def taken(self, session: str) -> set[str]:
        """The items that others look at."""
        with self._lock:
            return {item for s, (_, item, at) in self._seen.items() if s != session and self.now() - at < _FRESH}
