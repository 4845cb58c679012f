"""How often somebody may try to log in: after a few wrong tries they wait, the longer the more."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_FREE = 5  # wrong tries without a wait
_LONGEST = 900.0  # seconds
_MOST = 10_000  # addresses and names that are remembered


@dataclass(slots=True)
class Waits:
    """Wrong tries by address and by name, so that neither many names nor many addresses help."""

    now: Callable[[], float] = time.monotonic
    _tries: dict[str, tuple[int, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def left(self, *keys: str) -> float:
        """Seconds until the next try is looked at; 0 when it may come now."""
        with self._lock:
            return max(0.0, *(self._until(key) - self.now() for key in keys))

    def wrong(self, *keys: str) -> None:
        """One wrong try."""
        with self._lock:
            if len(self._tries) > _MOST:
                self._tries = {k: v for k, v in self._tries.items() if self._until(k) > self.now()}
            for key in keys:
                self._tries[key] = (self._tries.get(key, (0, 0.0))[0] + 1, self.now())

    def right(self, *keys: str) -> None:
        """The tries before are forgotten."""
        with self._lock:
            for key in keys:
                self._tries.pop(key, None)

    def _until(self, key: str) -> float:
        tries, last = self._tries.get(key, (0, 0.0))
        return last + min(_LONGEST, 2.0 ** (tries - _FREE + 1)) if tries >= _FREE else 0.0
