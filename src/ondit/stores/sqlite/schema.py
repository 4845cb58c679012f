"""The tables of a ledger file, its versions, and which columns depend on the run. `docs/reference/schema.md` explains each column."""

VERSION = 3
APPLICATION_ID = 0x6F6E6474  # "ondt": tells a ledger from any other SQLite file

_REPORTS = """
CREATE TABLE originals (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  bytes BLOB
) WITHOUT ROWID;

CREATE TABLE reports (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  series TEXT NOT NULL,
  edited TEXT NOT NULL,
  newest INTEGER NOT NULL,
  publisher TEXT NOT NULL,
  published TEXT,
  published_basis TEXT NOT NULL,
  title TEXT NOT NULL,
  author TEXT NOT NULL,
  url TEXT NOT NULL,
  native_id TEXT NOT NULL,
  language TEXT NOT NULL,
  forwarded_from TEXT NOT NULL,
  reply_to TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  text TEXT NOT NULL,
  record TEXT NOT NULL,
  engine TEXT NOT NULL,
  retrieved TEXT NOT NULL,
  came_from TEXT NOT NULL,
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL
);
CREATE INDEX reports_series ON reports (series, n);
CREATE INDEX reports_sha256 ON reports (sha256);
"""

_CLAIMS = """
CREATE TABLE happenings (
  id TEXT PRIMARY KEY,
  report_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  added INTEGER NOT NULL,
  record TEXT NOT NULL,
  as_read TEXT
) WITHOUT ROWID;
CREATE INDEX happenings_report ON happenings (report_id, position);

CREATE TABLE claims (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  report_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  newest INTEGER NOT NULL,
  published TEXT,
  standing TEXT NOT NULL,
  added INTEGER NOT NULL,
  stance TEXT NOT NULL,
  voices TEXT NOT NULL,
  content TEXT NOT NULL,
  happening_id TEXT,
  type TEXT,
  place TEXT,
  place_id TEXT,
  lat REAL,
  lon REAL,
  radius_km REAL,
  earliest TEXT,
  latest TEXT,
  edtf TEXT,
  record TEXT NOT NULL,
  as_read TEXT,
  decisions TEXT NOT NULL
);
CREATE INDEX claims_report ON claims (report_id, position);
CREATE INDEX claims_search ON claims (
  published DESC, report_id, position, newest, standing, stance, type, lat, lon, earliest, latest, edtf
);

CREATE TABLE voices (
  claim_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  source_id TEXT,
  PRIMARY KEY (claim_id, position)
) WITHOUT ROWID;

CREATE TABLE counts (
  claim_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  what TEXT NOT NULL,
  low INTEGER,
  best INTEGER,
  high INTEGER,
  text TEXT NOT NULL,
  who TEXT NOT NULL,
  PRIMARY KEY (claim_id, position)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE points USING rtree (n, south, north, west, east);
CREATE VIRTUAL TABLE words USING fts5 (content, voices, places, sources, tokenize = "unicode61 remove_diacritics 0");
"""

_PROBLEMS = """
CREATE TABLE problems (
  report_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (report_id, position)
) WITHOUT ROWID;

CREATE TABLE failures (
  input TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  record TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (input, code, message)
) WITHOUT ROWID;

CREATE TABLE inputs (
  name TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  settings TEXT NOT NULL,
  taken_at TEXT NOT NULL
) WITHOUT ROWID;
"""

_DECISIONS = """
CREATE TABLE decisions (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  targets TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  was TEXT NOT NULL,
  by TEXT NOT NULL,
  why TEXT NOT NULL,
  footings TEXT NOT NULL,
  at TEXT NOT NULL
);

CREATE TABLE decided_reports (
  report_id TEXT NOT NULL,
  decision_id TEXT NOT NULL,
  PRIMARY KEY (report_id, decision_id)
) WITHOUT ROWID;

CREATE TABLE tombstones (
  report_id TEXT PRIMARY KEY,
  series TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  by TEXT NOT NULL,
  why TEXT NOT NULL,
  at TEXT NOT NULL
) WITHOUT ROWID;
"""

_EVENTS = """
CREATE TABLE revision (n INTEGER NOT NULL);
INSERT INTO revision VALUES (0);
ALTER TABLE reports ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;

CREATE TABLE settlement (
  revision INTEGER NOT NULL,
  mark TEXT NOT NULL,
  at TEXT NOT NULL
);

CREATE TABLE events (
  id TEXT PRIMARY KEY,
  first TEXT NOT NULL,
  type TEXT NOT NULL,
  place TEXT NOT NULL,
  country TEXT NOT NULL,
  lat REAL,
  lon REAL,
  radius_km REAL,
  earliest TEXT,
  latest TEXT,
  edtf TEXT NOT NULL,
  reports INTEGER NOT NULL,
  claims INTEGER NOT NULL,
  origins INTEGER NOT NULL,
  credibility INTEGER NOT NULL,
  contested INTEGER NOT NULL,
  low INTEGER,
  best INTEGER,
  high INTEGER,
  record TEXT NOT NULL,
  sha256 TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX events_first ON events (
  first, id, type, place, country, lat, lon, radius_km, earliest, latest, edtf, reports, claims, origins, credibility, contested, low,
  best, high
);

CREATE TABLE event_claims (
  claim_id TEXT PRIMARY KEY,
  event_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX event_claims_event ON event_claims (event_id);

CREATE TABLE event_names (
  name TEXT PRIMARY KEY,
  event_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX event_names_event ON event_names (event_id);

CREATE TABLE copies (
  report_id TEXT NOT NULL,
  original_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  similarity REAL NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (report_id, original_id, kind)
) WITHOUT ROWID;
CREATE INDEX copies_original ON copies (original_id);
"""

_NOTES = """
ALTER TABLE reports ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
UPDATE reports SET told = changed;
CREATE INDEX reports_told ON reports (told);

CREATE TABLE notes (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  note BLOB NOT NULL,
  PRIMARY KEY (kind, name)
);

CREATE TABLE opinions (
  event_id TEXT PRIMARY KEY,
  record TEXT NOT NULL
) WITHOUT ROWID;
"""

STEPS: tuple[tuple[str, ...], ...] = ((_REPORTS, _CLAIMS, _PROBLEMS, _DECISIONS), (_EVENTS,), (_NOTES,))
"""What leads from version i to version i + 1; a step that was released never changes."""

RUN_DEPENDENT = frozenset(
    (
        "reports.n",
        "reports.changed",
        "reports.told",
        "reports.retrieved",
        "reports.came_from",
        "reports.added_at",
        "reports.added_by",
        "claims.n",
        "failures.seen_at",
        "decisions.at",
        "tombstones.at",
        "inputs.name",
        "inputs.taken_at",
        "notes.kind",
        "notes.name",
        "notes.note",
        "revision.n",
        "settlement.revision",
        "settlement.at",
    )
)
"""Columns that two runs over the same input may fill differently; everything else is equal byte for byte."""

INDEXES_OF_CLAIMS = ("points", "words")
"""Tables that only help to find: their rows are those of `claims`, by `n`."""
