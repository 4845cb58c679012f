"""The records of ondit: frozen, standard library only, standard terms of the field.

Data flows one way through them: `Report` → `Document` → `Claim` and `EventMention` → (later) `Event` and `Grade`.
Offsets are half-open Unicode code-point offsets into `Report.text` everywhere.
"""

from ondit.model.claims import Claim, Evidence, SourceKind, SourceMention, Stance
from ondit.model.documents import Document, Passage, Quotation, Tokens
from ondit.model.events import (
    Actor,
    ActorKind,
    Count,
    EquipmentMention,
    EquipmentUse,
    EventMention,
    Role,
)
from ondit.model.ids import claim_id, event_mention_id, report_id, series_id
from ondit.model.places import Place, PlaceCandidate, PlacePrecision
from ondit.model.problems import Problem, Severity
from ondit.model.readings import Extraction, Reading
from ondit.model.reports import Published, PublishedBasis, Report
from ondit.model.spans import Span
from ondit.model.times import AnchorBasis, Interval, TimeExpression, TimePrecision, TimexType

__all__ = [
    "Actor",
    "ActorKind",
    "AnchorBasis",
    "Claim",
    "Count",
    "Document",
    "EquipmentMention",
    "EquipmentUse",
    "EventMention",
    "Evidence",
    "Extraction",
    "Interval",
    "Passage",
    "Place",
    "PlaceCandidate",
    "PlacePrecision",
    "Problem",
    "Published",
    "PublishedBasis",
    "Quotation",
    "Reading",
    "Report",
    "Role",
    "Severity",
    "SourceKind",
    "SourceMention",
    "Span",
    "Stance",
    "TimeExpression",
    "TimePrecision",
    "TimexType",
    "Tokens",
    "claim_id",
    "event_mention_id",
    "report_id",
    "series_id",
]
