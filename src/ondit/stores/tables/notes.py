"""What settling notes for the next time, as rows."""

from collections.abc import Iterable, Mapping, Sequence

from ondit.stores.tables.claims import pages
from ondit.stores.tables.sql import Sql, marks

_COLUMNS = ("kind", "name", "note")
_SOME = 500  # names in one question
_AT_ONCE = 1_000  # notes written at once


class NoteTables(Sql):
    """The table `notes`."""

    def noted(self) -> Sequence[str]:
        """The kinds of notes."""
        return [row["kind"] for row in self._rows("SELECT DISTINCT kind FROM notes ORDER BY kind")]

    def recall(self, kind: str, names: Sequence[str] | None = None) -> Mapping[str, bytes]:
        """Notes of a kind."""
        if names is None:
            rows = self._stream("SELECT name, note FROM notes WHERE kind = ?", (kind,), None)
            return {row["name"]: bytes(row["note"]) for row in rows}
        found: dict[str, bytes] = {}
        for page in pages(names, _SOME):
            query = f"SELECT name, note FROM notes WHERE kind = ? AND name IN ({marks(len(page))})"  # noqa: S608 - constants
            found |= {row["name"]: bytes(row["note"]) for row in self._rows(query, kind, *page)}
        return found

    def note(self, kind: str, notes: Iterable[tuple[str, bytes | None]]) -> None:
        """Write notes."""
        for page in pages(notes, _AT_ONCE):
            self._many("DELETE FROM notes WHERE kind = ? AND name = ?", ((kind, name) for name, _ in page))
            self._fill("notes", _COLUMNS, ((kind, name, note) for name, note in page if note is not None))

    def forget_notes(self) -> None:
        """Take all notes away."""
        self._run("DELETE FROM notes")
