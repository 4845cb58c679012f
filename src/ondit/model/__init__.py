"""The records of ondit: frozen, standard library only, standard terms of the field.

Data flows one way through them: `Report` → `Document` → `Claim` and `EventMention` → `Telling` → `Event` and `Grade`.
Offsets are half-open Unicode code-point offsets into `Report.text` everywhere.
"""

from ondit.model.accounts import (
    Aggregate,
    Attestation,
    Copy,
    CopyKind,
    Event,
    FieldAccount,
    FieldStatus,
    FieldValue,
    Finding,
    Grade,
    Independence,
    Interest,
    Link,
    Opinion,
    Origin,
    Telling,
)
from ondit.model.claims import Claim, Evidence, SourceKind, SourceMention, Stance
from ondit.model.decisions import Decision, DecisionKind, Footing, holding
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
from ondit.model.ids import claim_id, decision_id, event_id, event_mention_id, report_id, series_id
from ondit.model.places import Place, PlaceCandidate, PlacePrecision
from ondit.model.problems import Problem, Severity
from ondit.model.readings import Aside, Borrowed, Extraction, Item, Reading
from ondit.model.reports import Published, PublishedBasis, Report
from ondit.model.shown import Shown, ShownClaim, ShownEvent, Standing
from ondit.model.sources import Rating, Reliability, Source, TrackRecord
from ondit.model.spans import Span
from ondit.model.times import AnchorBasis, Interval, TimeExpression, TimePrecision, TimexType

__all__ = [
    "Actor",
    "ActorKind",
    "Aggregate",
    "AnchorBasis",
    "Aside",
    "Attestation",
    "Borrowed",
    "Claim",
    "Copy",
    "CopyKind",
    "Count",
    "Decision",
    "DecisionKind",
    "Document",
    "EquipmentMention",
    "EquipmentUse",
    "Event",
    "EventMention",
    "Evidence",
    "Extraction",
    "FieldAccount",
    "FieldStatus",
    "FieldValue",
    "Finding",
    "Footing",
    "Grade",
    "Independence",
    "Interest",
    "Interval",
    "Item",
    "Link",
    "Opinion",
    "Origin",
    "Passage",
    "Place",
    "PlaceCandidate",
    "PlacePrecision",
    "Problem",
    "Published",
    "PublishedBasis",
    "Quotation",
    "Rating",
    "Reading",
    "Reliability",
    "Report",
    "Role",
    "Severity",
    "Shown",
    "ShownClaim",
    "ShownEvent",
    "Source",
    "SourceKind",
    "SourceMention",
    "Span",
    "Stance",
    "Standing",
    "Telling",
    "TimeExpression",
    "TimePrecision",
    "TimexType",
    "Tokens",
    "TrackRecord",
    "claim_id",
    "decision_id",
    "event_id",
    "event_mention_id",
    "holding",
    "report_id",
    "series_id",
]
