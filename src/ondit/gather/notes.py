"""What was worked out before, by name, brought to hand when it is asked for: a new process looks only at what new reports share with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from ondit.codec import pack, unpack

_Note = TypeVar("_Note")
_AT_ONCE = 500  # names in one question
Written = tuple[str, Iterator[tuple[str, bytes | None]]]
"""A kind of notes with the new ones by name; None: that one goes."""


class Notes(Protocol):
    """Where notes are kept."""

    def recall(self, kind: str, names: Sequence[str]) -> Mapping[str, bytes]:
        """Those of the notes that there are."""


class Drawer(Generic[_Note]):
    """Notes of one kind: those at hand, and those that are kept elsewhere until somebody asks for them."""

    def __init__(self, kind: str, shape: type[_Note], notes: Notes | None = None) -> None:
        self._kind, self._shape, self._notes = kind, shape, notes
        self._at_hand: dict[str, _Note] = {}
        self._missing: set[str] = set()  # names under which nothing is kept, or not any more
        self._changed: set[str] = set()

    def fetch(self, names: Iterable[str]) -> None:
        """Bring notes to hand, many at once."""
        if self._notes is None:
            return
        wanted = [n for n in dict.fromkeys(names) if n not in self._at_hand and n not in self._missing]
        for start in range(0, len(wanted), _AT_ONCE):
            page = wanted[start : start + _AT_ONCE]
            found = self._notes.recall(self._kind, page)
            for name in page:
                if name in found:
                    self._at_hand[name] = unpack(found[name], self._shape)
                else:
                    self._missing.add(name)

    def get(self, name: str) -> _Note | None:
        """The note of this name."""
        note = self._at_hand.get(name)
        if note is None and self._notes is not None and name not in self._missing:
            self.fetch((name,))
            return self._at_hand.get(name)
        return note

    def __getitem__(self, name: str) -> _Note:
        note = self.get(name)
        if note is None:
            raise KeyError(name)
        return note

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    def put(self, name: str, note: _Note) -> None:
        """This is the note of this name from now on."""
        self._at_hand[name] = note
        self._changed.add(name)

    def drop(self, name: str) -> None:
        """There is no note of this name any more."""
        if self._at_hand.pop(name, None) is not None or self._notes is not None:
            self._missing.add(name)
            self._changed.add(name)

    def at_hand(self) -> Mapping[str, _Note]:
        """What need not be fetched."""
        return self._at_hand

    def written(self) -> Written:
        """What is otherwise than it was kept."""
        return self._kind, ((n, pack(self._at_hand[n]) if n in self._at_hand else None) for n in sorted(self._changed))
