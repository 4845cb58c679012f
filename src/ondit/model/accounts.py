"""What reports tell together: happenings across reports, who agrees, who copies whom, and how far to trust it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ondit.model.claims import Claim, Stance
from ondit.model.events import EventMention
from ondit.model.places import Place
from ondit.model.reports import Report
from ondit.model.sources import Reliability
from ondit.model.times import Interval


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's account of one happening: what gathering compares. `claims` are those of the report about `event`."""

    report: Report
    event: EventMention
    claims: tuple[Claim, ...]


class CopyKind(StrEnum):
    """How one report repeats another."""

    EXACT = "exact"
    NEAR = "near"  # the same wording, edited, cut or with another headline
    FORWARD = "forward"  # a post passed on
    TRANSLATION = "translation"  # figures, names, places and order of claims agree across languages
    PASSAGE = "passage"  # a passage repeated inside one report or taken over into another


@dataclass(frozen=True, slots=True)
class Copy:
    """Report `report` repeats report `original`; `similarity` 0 to 1; `reasons` say how it is known and why that one is the original."""

    report: str
    original: str
    kind: CopyKind
    similarity: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Why two tellings are of one happening: ids of the two event mentions, the score 0 to 1, and a sentence for each feature."""

    left: str
    right: str
    score: float
    reasons: tuple[str, ...] = ()


class Interest(StrEnum):
    """What a voice has to do with the happening it speaks of."""

    OUTSIDE = "outside"  # no part in it, as far as is known
    CONCEDES = "concedes"  # a party on its own acts or losses
    ACCUSES = "accuses"  # a party on its adversary
    ACCUSED = "accused"  # a party that denies what it is said to have done


@dataclass(frozen=True, slots=True)
class Attestation:
    """One voice behind a value: the claim, its report, the voice nearest to the fact (by name, "" = the report's own), the stance.

    `origin` is the name of the independent origin it counts for ("" = none), `outlet` who published the report, on `day` (None = unknown).
    """

    claim_id: str
    report_id: str
    voice: str
    stance: Stance
    interest: Interest = Interest.OUTSIDE
    origin: str = ""
    outlet: str = ""
    day: date | None = None


class FieldStatus(StrEnum):
    """What the reports make of one field of a happening."""

    AGREED = "agreed"  # two voices or more, one value
    SINGLE = "single"  # one voice only
    UPDATED = "updated"  # a later figure of the same origin, or one that a report tells as new, replaces an earlier one
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value of a field in words, with who holds it and who denies or distances it; `low`, `high` for figures (None = open)."""

    value: str
    supporters: tuple[Attestation, ...] = ()
    dissenters: tuple[Attestation, ...] = ()
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What one named rule makes of the values of a field: the value in words; for figures `low`, `best` and `high` (None = open or none).

    `rule` is `most-conservative`, `most-representative` or `most-informative` (van Baalen & Höglund 2026).
    """

    rule: str
    value: str
    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class FieldAccount:
    """One field of a happening: `killed`, `place`, `when`, `perpetrator` …, its values (best supported first) and a sentence.

    `happened` is the field of whether it happened at all. `aggregates` are what the named rules make of it.
    """

    field: str
    status: FieldStatus
    values: tuple[FieldValue, ...]
    sentence: str = ""
    aggregates: tuple[Aggregate, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent origin: the voices that count as one, the reports that carry them, and why they are folded."""

    name: str
    voices: tuple[str, ...]
    reports: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Independence:
    """How many independent origins stand behind a happening, and the derivation in words; `circles` are loops of who cites whom."""

    reports: int
    outlets: int
    origins: tuple[Origin, ...]
    circles: tuple[tuple[str, ...], ...] = ()
    derivation: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One named, weighted reason of a grade (`weight` > 0 speaks for the information, < 0 against it)."""

    name: str
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Grade:
    """Admiralty grade: `credibility` 1 confirmed … 5 improbable, 6 cannot be judged; letters of the sources behind it; the reasons."""

    credibility: int
    reliability: tuple[tuple[str, Reliability], ...]
    findings: tuple[Finding, ...]
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a method of truth discovery makes of one field: the value it believes most and its share of the belief in all values, 0 to 1."""

    method: str
    field: str
    value: str
    belief: float


@dataclass(frozen=True, slots=True)
class Event:
    """One happening across reports.

    `mentions` are ids of `EventMention`s, `claims` ids of the claims about it. `id` derives from the smallest claim id; `superseded`
    are ids it had before reports joined it or an analyst merged it. `place` and `interval` are the most specific that the tellings
    agree on. `fields`, `independence` and `grade` are filled by weighing; `opinions` are second opinions on the fields and change no grade.
    """

    id: str
    type: str
    mentions: tuple[str, ...]
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    place: Place | None = None
    interval: Interval | None = None
    links: tuple[Link, ...] = ()
    copies: tuple[Copy, ...] = ()
    superseded: tuple[str, ...] = ()
    fields: tuple[FieldAccount, ...] = ()
    independence: Independence | None = None
    grade: Grade | None = None
    opinions: tuple[Opinion, ...] = ()
