"""What is asked of each word of every text is answered once a word."""

from collections.abc import Callable
from typing import TypeVar

_Key = TypeVar("_Key")
_Answer = TypeVar("_Answer")


class Remembered(dict[_Key, _Answer]):
    """The answers of a pure function, worked out when they are first looked up; all are forgotten when there are `most` of them.

    Looking one up costs half of what `functools.lru_cache` takes, and `map(answers.__getitem__, words)` does without a call in Python.
    """

    def __init__(self, answer: Callable[[_Key], _Answer], *, most: int = 65_536) -> None:
        super().__init__()
        self._answer, self._most = answer, most

    def __missing__(self, key: _Key) -> _Answer:
        if len(self) >= self._most:
            self.clear()
        answer = self[key] = self._answer(key)
        return answer
