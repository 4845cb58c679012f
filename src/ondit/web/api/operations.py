"""What can be asked of the API: one table, from which the routes and the OpenAPI document are made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from ondit.model import Stance, Standing
from ondit.ontology import event_types
from ondit.web.safety.users import Role
from ondit.web.visits import Visit

Schema = dict[str, Any]
_DAY: Schema = {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of the address."""

    name: str
    meaning: str
    schema: Schema = field(default_factory=lambda: {"type": "string"})


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked: `answers` is the schema of what comes back, `body` that of what is sent."""

    path: str
    summary: str
    work: Callable[[Visit], Response]
    answers: Schema
    method: str = "GET"
    role: Role = Role.READER
    parameters: tuple[Parameter, ...] = ()
    body: Schema | None = None
    status: int = 200


def ref(name: str) -> Schema:
    """The schema of a record."""
    return {"$ref": f"#/components/schemas/{name}"}


def listing(item: Schema) -> Schema:
    """A page of a list: `total` counts everything that fits."""
    return {
        "type": "object",
        "required": ["total", "items"],
        "properties": {"total": {"type": "integer"}, "items": {"type": "array", "items": item}},
    }


PAGING = (
    Parameter("limit", "at most so many", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}),
    Parameter(
        "offset", "leave out the first ones", {"type": "integer", "minimum": 0, "maximum": 1_000_000_000, "default": 0}
    ),
)
FILTERS = (
    Parameter("text", 'words of the claim; "in quotes" together, wor* begins'),
    Parameter("source", "words of the publisher's name, or the id of a source"),
    Parameter("voice", "words of a voice in the chain"),
    Parameter("stance", "how it is put forward", {"type": "string", "enum": [s.value for s in Stance]}),
    Parameter("type", "the type of happening", {"type": "string", "enum": sorted(event_types())}),
    Parameter("place", "words of a place or its divisions, or a country code"),
    Parameter("near", "latitude, longitude, kilometres", {"type": "string", "example": "34.2,43.9,50"}),
    Parameter("box", "south, west, north, east", {"type": "string", "example": "30,40,38,48"}),
    Parameter("since", "may have happened on this day or later", _DAY),
    Parameter("until", "may have happened on this day or before", _DAY),
    Parameter("report", "claims of one report"),
    Parameter("standing", "what became of them", {"type": "string", "enum": [s.value for s in Standing]}),
    Parameter(
        "versions", "1: also those of versions that a newer one replaces", {"type": "string", "enum": ["0", "1"]}
    ),
)
EVENT_FILTERS = (
    Parameter(
        "contested", "1: only those on which reports contradict one another", {"type": "string", "enum": ["0", "1"]}
    ),
    Parameter("shared", "1: only those that several reports tell of", {"type": "string", "enum": ["0", "1"]}),
    Parameter("single", "1: only those with one independent origin", {"type": "string", "enum": ["0", "1"]}),
    Parameter("credibility", "this number or a better one", {"type": "integer", "minimum": 1, "maximum": 6}),
)
CLAIM: Schema = {
    "type": "object",
    "required": ["claim", "event", "content", "voices", "standing", "decisions", "report"],
    "properties": {
        "claim": ref("Claim"),
        "event": {"anyOf": [ref("EventMention"), {"type": "null"}]},
        "content": {"type": "string"},
        "voices": {"type": "array", "items": {"type": "string"}},
        "standing": {"type": "string", "enum": [s.value for s in Standing]},
        "decisions": {"type": "array", "items": {"type": "string"}},
        "report": {"type": "object"},
    },
}
DECIDING: Schema = {
    "type": "object",
    "required": ["kind", "targets"],
    "properties": {
        "kind": {"type": "string", "enum": ["accept", "reject", "edit", "merge", "split", "comment", "undo"]},
        "targets": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 1000},
        "field": {"type": "string", "description": "of an edit"},
        "value": {"description": "of an edit: what the field is to be, as docs/reference/cli.md says"},
        "why": {"type": "string", "maxLength": 4000},
    },
}
ADDING: Schema = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "text": {"type": "string", "minLength": 1},
        "name": {"type": "string"},
        "published": _DAY,
        "publisher": {"type": "string"},
        "title": {"type": "string"},
        "url": {"type": "string"},
    },
}
