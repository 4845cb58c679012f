"""Writes and takes away the rows of a report's claims and happenings, with what helps to find them."""

import sqlite3
from collections.abc import Iterable
from itertools import count

from ondit.codec import encode_record
from ondit.model import Report, Shown
from ondit.stores.sides import Sides, sides_of
from ondit.stores.sqlite.rows import CLAIM_COLUMNS, claim_row


def insert_sql(table: str, columns: Iterable[str]) -> str:
    """`INSERT` with a parameter for each column."""
    columns = list(columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - constants


_CLAIM = insert_sql("claims", CLAIM_COLUMNS)
_VOICE = insert_sql("voices", ("claim_id", "position", "name", "kind", "source_id"))
_COUNT = insert_sql("counts", ("claim_id", "position", "what", "low", "best", "high", "text", "who"))
_EVENT = insert_sql("happenings", ("id", "report_id", "position", "type", "added", "record", "as_read"))
_WORDS = insert_sql("words", ("rowid", "content", "voices", "places", "sources"))
_POINT = insert_sql("points", ("n", "south", "north", "west", "east"))


def write_shown(connection: sqlite3.Connection, report: Report, shown: Shown) -> None:
    """Put what is shown of a report in the place of what was shown before."""
    remove_shown(connection, report.id)
    kept = connection.execute("SELECT newest, published FROM reports WHERE id = ?", (report.id,)).fetchone()
    events = {e.event.id: e.event for e in shown.events}
    connection.executemany(
        _EVENT,
        (
            (e.event.id, report.id, position, e.event.type, int(e.added), encode_record(e.event).decode(),
             encode_record(e.as_read).decode() if e.as_read else None)
            for position, e in enumerate(shown.events)
        ),
    )  # fmt: skip
    first = connection.execute("SELECT coalesce(max(n), 0) + 1 FROM claims").fetchone()[0]
    numbered: list[tuple[int, Sides]] = []
    for n, (position, one) in zip(count(first), enumerate(shown.claims), strict=False):
        event = events.get(one.claim.event or "")
        sides = sides_of(report, one.claim, event)
        numbered.append((n, sides))
        connection.execute(_CLAIM, claim_row(n, position, one, sides, event, kept))
    _write_parts(connection, shown, numbered)
    connection.executemany(
        _WORDS,
        ((n, *(sides.words[column] for column in ("content", "voices", "places", "sources"))) for n, sides in numbered),
    )
    points = ((n, s.place) for n, s in numbered if s.place and s.place.lat is not None and s.place.lon is not None)
    connection.executemany(_POINT, ((n, p.lat, p.lat, p.lon, p.lon) for n, p in points))


def _write_parts(connection: sqlite3.Connection, shown: Shown, numbered: list[tuple[int, Sides]]) -> None:
    pairs = list(zip((one.claim for one in shown.claims), (sides for _, sides in numbered), strict=True))
    connection.executemany(
        _VOICE,
        (
            (claim.id, position, name, voice.kind.value, voice.source_id)
            for claim, sides in pairs
            for position, (voice, name) in enumerate(zip(claim.chain, sides.voices, strict=True))
        ),
    )
    connection.executemany(
        _COUNT,
        (
            (claim.id, position, c.what, c.low, c.best, c.high, c.text, c.who)
            for claim, _ in pairs
            for position, c in enumerate(claim.counts)
        ),
    )


def remove_shown(connection: sqlite3.Connection, report_id: str) -> None:
    """Take away every row that shows the report."""
    rows = connection.execute("SELECT n, id FROM claims WHERE report_id = ?", (report_id,)).fetchall()
    if rows:
        numbers, ids = [(row["n"],) for row in rows], [(row["id"],) for row in rows]
        connection.executemany("DELETE FROM words WHERE rowid = ?", numbers)
        connection.executemany("DELETE FROM points WHERE n = ?", numbers)
        connection.executemany("DELETE FROM voices WHERE claim_id = ?", ids)
        connection.executemany("DELETE FROM counts WHERE claim_id = ?", ids)
        connection.execute("DELETE FROM claims WHERE report_id = ?", (report_id,))
    connection.execute("DELETE FROM happenings WHERE report_id = ?", (report_id,))
