"""Readings ⇄ JSON, and the JSON Schema of that JSON. The only module that knows msgspec.

The JSON shape is derived from the records of `ondit.model`: a record is an object with its fields, except that a span is
`[start, stop]`; dates are ISO 8601, enumerations are their strings. Each document names its schema and the engine that wrote it.
"""

import dataclasses
import functools
import inspect
import json
import operator
import sys
import types
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from ondit.model import Event, Evidence, Problem, Reading, Span
from ondit.version import __version__

_Record = TypeVar("_Record")

SCHEMA_ID = "ondit-reading/1"
_DESCRIPTION = "One report read by ondit: the report, its claims, the happenings they are about, and what went wrong."


class CodecError(ValueError):
    """JSON that is no reading of this version; the message says where and why."""


def encode(reading: Reading) -> bytes:
    """One reading as one line of JSON (UTF-8, no line end); raises `CodecError` when the text holds lone surrogates."""
    wire = msgspec.convert(reading, _wire(Reading), from_attributes=True)
    fields = {name: getattr(wire, name) for name in wire.__struct_fields__}
    try:
        return msgspec.json.encode(_document_type()(schema=SCHEMA_ID, engine=f"ondit {__version__}", **fields))
    except UnicodeEncodeError as error:
        raise CodecError(f"the text cannot be written as UTF-8: {error}; take it in with ondit.intake first") from error


def decode(data: bytes | str) -> Reading:
    """The reading in a JSON document; raises `CodecError` when it is none."""
    try:
        document = msgspec.json.decode(data, type=_document_type())
        return msgspec.convert(document, Reading, from_attributes=True)
    except msgspec.DecodeError as error:
        raise CodecError(f"this is no '{SCHEMA_ID}' document: {error}") from error


def encode_record(record: Any) -> bytes:
    """Any record of the model as one line of JSON; raises `CodecError` when its text holds lone surrogates."""
    try:
        return msgspec.json.encode(msgspec.convert(record, _wire(type(record)), from_attributes=True))
    except UnicodeEncodeError as error:
        raise CodecError(f"the text cannot be written as UTF-8: {error}; take it in with ondit.intake first") from error


def decode_record(data: bytes | str, kind: type[_Record]) -> _Record:
    """The record of a kind in JSON; raises `CodecError` when it is none."""
    try:
        return msgspec.convert(msgspec.json.decode(data, type=_wire(kind)), kind, from_attributes=True)
    except msgspec.DecodeError as error:
        raise CodecError(f"this is no {kind.__name__}: {error}") from error


def pack(thing: Any) -> bytes:
    """Anything made of records, containers, numbers and text as MessagePack: for what the program notes for itself, in no promised shape."""
    packed: bytes = _packer().encode(thing)
    return packed


def unpack(data: bytes, kind: type[_Record]) -> _Record:
    """What was packed; raises `CodecError` when it is of another kind."""
    try:
        thing: _Record = _make_unpacker(kind).decode(data)
    except msgspec.DecodeError as error:
        raise CodecError(f"this is no {getattr(kind, '__name__', kind)}: {error}") from error
    return thing


@cache
def _packer() -> Any:
    # Sets and tables in order: what is noted is the same bytes in whichever order it came, in every process.
    return msgspec.msgpack.Encoder(order="deterministic")


_make_unpacker: Callable[[Any], Any] = cache(msgspec.msgpack.Decoder)


def encode_problem(problem: Problem) -> bytes:
    """One problem as one line of JSON."""
    return encode_record(problem)


def encode_evidence(evidence: Evidence) -> bytes:
    """One piece of evidence as one line of JSON."""
    return encode_record(evidence)


def encode_event(event: Event) -> bytes:
    """One happening across reports as one line of JSON."""
    return encode_record(event)


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `encode`'s output, made from the records."""
    return _schema(_document_type(), SCHEMA_ID, _DESCRIPTION)


def schema_of(record: type, name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `encode_record` writes for a kind of record; `name` is that of the schema."""
    return _schema(_wire(record), name, _one_line(record))


def _schema(kind: Any, name: str, description: str) -> dict[str, Any]:
    (root,), definitions = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    body = definitions.pop(str(root["$ref"]).rsplit("/", 1)[-1])
    definitions["Span"].update(items=False, maxItems=2, description=_one_line(Span), minItems=2)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:ondit:schema:{name}",
        "title": name,
        "description": description,
    }
    rest = {key: value for key, value in body.items() if key not in head}
    return head | rest | {"$defs": dict(sorted(definitions.items()))}


def schemas_of(*records: type, ref: str = "#/components/schemas/{name}") -> dict[str, Any]:
    """JSON Schemas of records and of all that they hold, by name; `ref` is how one refers to another."""
    _, definitions = msgspec.json.schema_components([_wire(record) for record in records], ref_template=ref)
    if "Span" in definitions:
        definitions["Span"].update(items=False, maxItems=2, description=_one_line(Span), minItems=2)
    return dict(sorted(definitions.items()))


def schema_text() -> str:
    """The JSON Schema as it is committed and printed."""
    return _text(schema())


def schema_text_of(record: type, name: str) -> str:
    """The JSON Schema of a kind of record in the same way."""
    return _text(schema_of(record, name))


def _text(document: Any) -> str:
    return json.dumps(_clean(document), ensure_ascii=False, indent=2) + "\n"


def _clean(node: Any) -> Any:
    """Descriptions come from docstrings, and whether those are indented depends on the versions of Python and msgspec."""
    if isinstance(node, list):
        return [_clean(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: inspect.cleandoc(value) if key == "description" and isinstance(value, str) else _clean(value)
        for key, value in node.items()
    }


@cache
def _document_type() -> Any:
    head: list[Any] = [("schema", Literal["ondit-reading/1"]), ("engine", str)]
    return msgspec.defstruct("Document", head + _fields(Reading), kw_only=True, namespace={"__doc__": _DESCRIPTION})


def _make_wire(record: type) -> Any:
    """The msgspec type that gives a record its JSON shape."""
    doc = {"__doc__": _one_line(record)}
    return msgspec.defstruct(record.__name__, _fields(record), array_like=record is Span, namespace=doc)


_wire: Callable[[type], Any] = cache(_make_wire)


def _fields(record: Any) -> list[Any]:
    hints = get_type_hints(record)
    fields: list[Any] = []
    for field in dataclasses.fields(record):
        kind = _wire_of(hints[field.name])
        if field.default_factory is not dataclasses.MISSING:
            fields.append((field.name, kind, msgspec.field(default_factory=field.default_factory)))
        elif field.default is dataclasses.MISSING:
            fields.append((field.name, kind))
        elif dataclasses.is_dataclass(field.default):
            fields.append((field.name, kind, msgspec.field(default_factory=_wire(type(field.default)))))
        else:
            fields.append((field.name, kind, field.default))
    return fields


def _wire_of(hint: Any) -> Any:
    """A type with every record in it replaced by its wire type."""
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _wire(hint)
    arguments = [_wire_of(argument) for argument in get_args(hint) if argument is not ...]
    if get_origin(hint) in (Union, types.UnionType):
        return functools.reduce(operator.or_, arguments)
    return types.GenericAlias(tuple, (arguments[0], ...)) if get_origin(hint) is tuple else hint


def _one_line(record: type) -> str:
    return " ".join((record.__doc__ or "").split("\n\n")[0].split())


def _main() -> None:
    """Write the schema to its committed place: `python -m ondit.codec docs/reference/schema`."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference/schema")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ondit-reading-1.json").write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    _main()
