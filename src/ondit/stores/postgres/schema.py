"""The tables of a ledger in PostgreSQL and their versions. `docs/reference/schema.md` explains each column; they are those of the file.

Text is compared by code points (`COLLATE "C"`), so that the order is the same on every server. Flags are 0 or 1 as in the file.
"""

VERSION = 3
TEXT = 'text COLLATE "C"'

_REPORTS = """
CREATE TABLE originals (
  sha256 {text} PRIMARY KEY,
  size bigint NOT NULL,
  bytes bytea NOT NULL
);

CREATE TABLE reports (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id {text} NOT NULL UNIQUE,
  series {text} NOT NULL,
  edited {text} NOT NULL,
  newest smallint NOT NULL,
  publisher {text} NOT NULL,
  published date,
  published_basis {text} NOT NULL,
  title {text} NOT NULL,
  author {text} NOT NULL,
  url {text} NOT NULL,
  native_id {text} NOT NULL,
  language {text} NOT NULL,
  forwarded_from {text} NOT NULL,
  reply_to {text} NOT NULL,
  sha256 {text} NOT NULL,
  text {text} NOT NULL,
  record {text} NOT NULL,
  engine {text} NOT NULL,
  retrieved {text} NOT NULL,
  came_from {text} NOT NULL,
  added_at {text} NOT NULL,
  added_by {text} NOT NULL,
  changed bigint NOT NULL
);
CREATE INDEX reports_series ON reports (series, n);
CREATE INDEX reports_sha256 ON reports (sha256);

CREATE TABLE problems (
  report_id {text} NOT NULL,
  position integer NOT NULL,
  code {text} NOT NULL,
  severity {text} NOT NULL,
  message {text} NOT NULL,
  record {text} NOT NULL,
  PRIMARY KEY (report_id, position)
);
CREATE INDEX problems_errors ON problems (report_id, position) WHERE severity = 'error';

CREATE TABLE failures (
  input {text} NOT NULL,
  code {text} NOT NULL,
  message {text} NOT NULL,
  record {text} NOT NULL,
  seen_at {text} NOT NULL
);
-- The names of inputs and what is said about them may be longer than an index takes.
CREATE UNIQUE INDEX failures_key ON failures (md5(input), code, md5(message));

CREATE TABLE inputs (
  name {text} NOT NULL,
  sha256 {text} NOT NULL,
  size bigint NOT NULL,
  settings {text} NOT NULL,
  taken_at {text} NOT NULL
);
CREATE UNIQUE INDEX inputs_key ON inputs (md5(name));

CREATE TABLE revision (n bigint NOT NULL);
INSERT INTO revision VALUES (0)
"""

_CLAIMS = """
CREATE TABLE happenings (
  id {text} PRIMARY KEY,
  report_id {text} NOT NULL,
  position integer NOT NULL,
  type {text} NOT NULL,
  added smallint NOT NULL,
  record {text} NOT NULL,
  as_read {text}
);
CREATE INDEX happenings_report ON happenings (report_id, position);

CREATE TABLE claims (
  n bigint PRIMARY KEY,
  id {text} NOT NULL UNIQUE,
  report_id {text} NOT NULL,
  position integer NOT NULL,
  newest smallint NOT NULL,
  published date,
  standing {text} NOT NULL,
  added smallint NOT NULL,
  stance {text} NOT NULL,
  voices {text} NOT NULL,
  content {text} NOT NULL,
  happening_id {text},
  type {text},
  place {text},
  place_id {text},
  lat double precision,
  lon double precision,
  radius_km double precision,
  earliest date,
  latest date,
  edtf {text},
  record {text} NOT NULL,
  as_read {text},
  decisions {text} NOT NULL
);
CREATE INDEX claims_report ON claims (report_id, position);
CREATE INDEX claims_search ON claims (published DESC NULLS LAST, report_id, position)
  INCLUDE (n, newest, standing, stance, type, lat, lon, earliest, latest, edtf);
CREATE INDEX claims_place ON claims USING gist (point(lon, lat)) WHERE lat IS NOT NULL;
CREATE INDEX claims_time ON claims USING gist (
  daterange(CASE WHEN earliest > latest THEN latest ELSE earliest END, CASE WHEN earliest > latest THEN earliest ELSE latest END, '[]')
) WHERE edtf IS NOT NULL;

CREATE TABLE voices (
  claim_id {text} NOT NULL,
  position integer NOT NULL,
  name {text} NOT NULL,
  kind {text} NOT NULL,
  source_id {text},
  PRIMARY KEY (claim_id, position)
);

CREATE TABLE counts (
  claim_id {text} NOT NULL,
  position integer NOT NULL,
  what {text} NOT NULL,
  low bigint,
  best bigint,
  high bigint,
  text {text} NOT NULL,
  who {text} NOT NULL,
  PRIMARY KEY (claim_id, position)
);

CREATE TABLE words (
  n bigint PRIMARY KEY,
  content {text} NOT NULL,
  voices {text} NOT NULL,
  places {text} NOT NULL,
  sources {text} NOT NULL,
  content_words tsvector NOT NULL,
  voices_words tsvector NOT NULL,
  places_words tsvector NOT NULL,
  sources_words tsvector NOT NULL
);
CREATE INDEX words_search ON words USING gin (content_words, voices_words, places_words, sources_words);

CREATE FUNCTION km_between(lat float8, lon float8, other_lat float8, other_lon float8) RETURNS float8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT 2 * 6371.0 * asin(least(1.0, sqrt(
    power(sin(radians(other_lat - lat) / 2), 2)
    + cos(radians(lat)) * cos(radians(other_lat)) * power(sin(radians(other_lon - lon) / 2), 2)
  )))
$$
"""

_DECISIONS = """
CREATE TABLE decisions (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id {text} NOT NULL UNIQUE,
  kind {text} NOT NULL,
  targets {text} NOT NULL,
  field {text} NOT NULL,
  value {text} NOT NULL,
  was {text} NOT NULL,
  by {text} NOT NULL,
  why {text} NOT NULL,
  footings {text} NOT NULL,
  at {text} NOT NULL
);

CREATE TABLE decided_reports (
  report_id {text} NOT NULL,
  decision_id {text} NOT NULL,
  PRIMARY KEY (report_id, decision_id)
);
CREATE INDEX decided_reports_decision ON decided_reports (decision_id);

CREATE TABLE tombstones (
  report_id {text} PRIMARY KEY,
  series {text} NOT NULL,
  sha256 {text} NOT NULL,
  by {text} NOT NULL,
  why {text} NOT NULL,
  at {text} NOT NULL
)
"""

_EVENTS = """
CREATE TABLE settlement (
  revision bigint NOT NULL,
  mark {text} NOT NULL,
  at {text} NOT NULL
);

CREATE TABLE events (
  id {text} PRIMARY KEY,
  first {text} NOT NULL,
  type {text} NOT NULL,
  place {text} NOT NULL,
  country {text} NOT NULL,
  lat double precision,
  lon double precision,
  radius_km double precision,
  earliest date,
  latest date,
  edtf {text} NOT NULL,
  reports integer NOT NULL,
  claims integer NOT NULL,
  origins integer NOT NULL,
  credibility integer NOT NULL,
  contested smallint NOT NULL,
  low bigint,
  best bigint,
  high bigint,
  record {text} NOT NULL,
  sha256 {text} NOT NULL
);
CREATE INDEX events_first ON events (first, id);

CREATE TABLE event_claims (
  claim_id {text} PRIMARY KEY,
  event_id {text} NOT NULL
);
CREATE INDEX event_claims_event ON event_claims (event_id);

CREATE TABLE event_names (
  name {text} PRIMARY KEY,
  event_id {text} NOT NULL
);
CREATE INDEX event_names_event ON event_names (event_id);

CREATE TABLE copies (
  report_id {text} NOT NULL,
  original_id {text} NOT NULL,
  kind {text} NOT NULL,
  similarity double precision NOT NULL,
  record {text} NOT NULL,
  PRIMARY KEY (report_id, original_id, kind)
);
CREATE INDEX copies_original ON copies (original_id)
"""

_NOTES = """
ALTER TABLE reports ADD COLUMN told bigint NOT NULL DEFAULT 0;
UPDATE reports SET told = changed;
CREATE INDEX reports_told ON reports (told);

CREATE TABLE notes (
  kind {text} NOT NULL,
  name {text} NOT NULL,
  note bytea NOT NULL,
  PRIMARY KEY (kind, name)
);
ALTER TABLE notes ALTER COLUMN note SET STORAGE EXTERNAL;

CREATE TABLE opinions (
  event_id {text} PRIMARY KEY,
  record {text} NOT NULL
)
"""

_CHANGES = """
CREATE TABLE changes (
  writer {text} PRIMARY KEY,
  change bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
)
"""

VERSIONS = """
CREATE TABLE ledger_versions (
  version integer PRIMARY KEY,
  written_by {text} NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
)
"""
"""The table that says which steps a ledger has gone through: a schema that has it is a ledger."""

STEPS: tuple[tuple[str, ...], ...] = ((_REPORTS, _CLAIMS, _DECISIONS, _EVENTS), (_NOTES,), (_CHANGES,))
"""What leads from version i to version i + 1; a step that was released never changes."""

TABLES = (
    "originals", "reports", "problems", "failures", "inputs", "revision", "happenings", "claims", "voices", "counts", "words",
    "decisions", "decided_reports", "tombstones", "settlement", "events", "event_claims", "event_names", "copies",
    "notes", "opinions",
)  # fmt: skip
"""Every table that holds something of a ledger."""

_POINT = "{postgis}.ST_SetSRID({postgis}.ST_MakePoint(lon, lat), 4326)::{postgis}.geometry(Point, 4326) AS geom"
_CLAIMS_MAP = f"""
SELECT n, id, report_id, published, standing, stance, voices, content, type, place, radius_km, earliest, latest, edtf, {_POINT}
FROM {{schema}}.claims WHERE newest = 1 AND standing <> 'rejected' AND lat IS NOT NULL
"""  # noqa: S608 - made of constants
_EVENTS_MAP = f"""
SELECT row_number() OVER (ORDER BY first, id) AS n, id, type, place, country, radius_km, earliest, latest, edtf, reports, claims,
  origins, credibility, contested, low, best, high, {_POINT}
FROM {{schema}}.events WHERE lat IS NOT NULL
"""  # noqa: S608 - made of constants
VIEWS = {"claims_map": _CLAIMS_MAP, "events_map": _EVENTS_MAP}
"""Where the database has PostGIS: claims and happenings as layers with a geometry, for QGIS and other map programs."""
