"""What is exported: happenings with the readings behind them, and what is known of their sources."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ondit.model import Actor, Claim, Copy, Decision, Event, EventMention, Reading, Report, Source


@dataclass(frozen=True, slots=True)
class Original:
    """A report as it came in: its bytes, what read it, and its custody (times are UTC, ISO 8601; all of it but `raw` depends on the run)."""

    raw: bytes
    engine: str = ""
    edited: str = ""
    added_at: str = ""
    added_by: str = ""
    came_from: str = ""
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Tomb:
    """What is left of a report that had to go."""

    report_id: str
    series: str
    sha256: str
    by: str
    why: str
    at: str = ""


@dataclass(frozen=True)
class Dossier:
    """Happenings and all that stands behind them; `readings` by report id are as they stand after decisions, `as_read` without any.

    `events` are weighed and come in the order in which they are written. The mappings may be lazy: a reading is asked for when it is written.
    `as_read`, `originals` and `removed` are only of use to what exports a whole ledger. `filters` says in words what was chosen (name → value).
    """

    events: Sequence[Event]
    readings: Mapping[str, Reading]
    sources: Mapping[str, Source] = field(default_factory=dict)
    copies: Sequence[Copy] = ()
    decisions: Sequence[Decision] = ()
    as_read: Mapping[str, Reading] = field(default_factory=dict)
    originals: Mapping[str, Original] = field(default_factory=dict)
    removed: Sequence[Tomb] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    redacted: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        events: Sequence[Event],
        readings: Sequence[Reading],
        sources: Mapping[str, Source] | None = None,
        copies: Sequence[Copy] = (),
    ) -> "Dossier":
        """A dossier of readings that are in memory."""
        return cls(tuple(events), {r.report.id: r for r in readings}, sources or {}, copies)

    @cached_property
    def _copied(self) -> Mapping[str, Copy]:
        return {copy.report: copy for copy in self.copies if copy.report != copy.original}

    def copy_of(self, report: str) -> Copy | None:
        """What a report is a copy of, when it is one."""
        return self._copied.get(report)

    def told(self, event: Event) -> Iterator["Told"]:
        """The account of each report of a happening, in the order of publication (undated ones last), then of ids."""
        claims, mentions = set(event.claims), set(event.mentions)
        readings = [self.readings[r] for r in event.reports if r in self.readings]
        for reading in sorted(readings, key=lambda r: (str(r.report.published.day or "9999"), r.report.id)):
            yield Told(
                reading.report,
                tuple(m for m in reading.events if m.id in mentions),
                tuple(c for c in reading.claims if c.id in claims),
            )

    def name_of(self, source_id: str | None) -> str:
        """The registered name of a source, "" when it is none."""
        source = self.sources.get(source_id) if source_id else None
        return source.name if source else ""


@dataclass(frozen=True, slots=True)
class Told:
    """What one report tells of one happening."""

    report: Report
    mentions: tuple[EventMention, ...]
    claims: tuple[Claim, ...]

    @property
    def actors(self) -> Iterator[Actor]:
        """Everybody who has a part in it."""
        return (actor for mention in self.mentions for actor in mention.actors)
