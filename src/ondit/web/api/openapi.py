"""The OpenAPI document (3.1), made from the table of operations and the records."""

import re
from collections.abc import Iterable
from typing import Any

from ondit.codec import schemas_of
from ondit.model import Claim, Decision, Event, EventMention, Report, Source
from ondit.version import __version__
from ondit.web.api.operations import Operation

_PART = re.compile(r"\{(\w+)\}")
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": {"type": "string", "description": "what is wrong, and what to do"}},
}
_ERRORS = {
    "400": "What was asked for means nothing.",
    "401": "Nobody is known who asks.",
    "403": "The role is not enough, or the write comes from elsewhere.",
    "404": "There is nothing with this id.",
    "503": "The ledger cannot be used.",
}


def document(operations: Iterable[Operation]) -> dict[str, Any]:
    """The document."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ondit",
            "version": __version__,
            "description": "A ledger of claims. What is in it is claimed, not established.",
        },
        "paths": paths,
        "components": {
            "schemas": {**schemas_of(Claim, Decision, Event, EventMention, Report, Source), "Error": _ERROR},
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "basic": {"type": "http", "scheme": "basic"},
            },
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    parts = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PART.findall(operation.path)
    ]
    query = [
        {"name": p.name, "in": "query", "description": p.meaning, "schema": p.schema} for p in operation.parameters
    ]
    errors = {**_ERRORS, **({"413": "The body is too large.", "415": "The body is no JSON."} if operation.body else {})}
    described: dict[str, Any] = {
        "summary": operation.summary,
        "operationId": f"{operation.method.lower()}{re.sub('[^a-z]+', '_', operation.path)}",
        "description": f"For the role '{operation.role}' and those above.",
        "responses": {
            str(operation.status): _content("What was asked for.", operation.answers),
            **{status: _content(words, {"$ref": "#/components/schemas/Error"}) for status, words in errors.items()},
        },
    }
    if parts or query:
        described["parameters"] = [*parts, *query]
    if operation.body is not None:
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": operation.body}}}
    return described


def _content(words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": schema}}}
