"""What a ledger costs: rows of claims a second into the store of a ledger, beside bare inserts into SQLite."""

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from evaluation.benchmark.rows import Row
from evaluation.generated.happenings import Parameters
from evaluation.generated.newsroom import Newsroom
from evaluation.generated.reading import as_read
from ondit.decide import decide
from ondit.stores import Entry, change, open_store

_TABLE = "CREATE TABLE claim (id TEXT PRIMARY KEY, report TEXT, start INT, stop INT, voice TEXT, stance TEXT, event TEXT, words TEXT)"


def rows(*, reports: int) -> Iterator[Row]:
    """Readings made beforehand, a commit each, as `ondit add` does; the rows are the claims. By processor time: neighbours on the machine do not count, nor does
    waiting for the disk.
    """
    readings = [as_read(written) for written in islice(Newsroom(Parameters()).reports(), reports)]
    claims = sum(len(reading.claims) for reading in readings)
    with tempfile.TemporaryDirectory() as name:
        store = open_store(Path(name, "a.ledger"), create=True)
        start = time.process_time()
        for reading in readings:
            entry = Entry(reading, reading.report.text.encode(), "benchmark")
            change(store, partial(store.add, entry, decide(reading, ()).shown))
        ours = claims / (time.process_time() - start)
        store.close()
        bare = sqlite3.connect(Path(name, "bare"), isolation_level=None)
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute(_TABLE)
        bare.execute("CREATE INDEX by_report ON claim (report)")
        start = time.process_time()
        for reading in readings:
            text = reading.report.text
            bare.execute("BEGIN IMMEDIATE")
            bare.executemany(
                "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        c.id,
                        c.report_id,
                        c.content.start,
                        c.content.stop,
                        "",
                        c.stance.value,
                        c.event,
                        c.content.of(text),
                    )
                    for c in reading.claims
                ],
            )
            bare.execute("COMMIT")
        raw = claims / (time.process_time() - start)
        bare.close()
    note = "with text, bytes, search index, places and dates as well; a commit a report in both"
    yield Row("keeping in a ledger, without reading", ours, "claims/s", ours / raw, "bare SQLite", note)
    yield Row("… bare SQLite, one table and an index", raw, "claims/s")
