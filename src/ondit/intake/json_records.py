"""JSON and JSON Lines of articles and posts (news-please, fundus, trafilatura, 4CAT, or with our own field names) → a report a record."""

import json
import re
from collections.abc import Iterator
from typing import Any

from ondit.intake.formats import Format, Options, Origin, Source, warning
from ondit.intake.items import Piece
from ondit.intake.json_items import JsonBreak, Oversize, Path, canonical, walk
from ondit.intake.records import kind_of, mapped, piece_of
from ondit.intake.telegram import broken_off
from ondit.intake.utf8 import SoundUtf8, lines_of, problems_of
from ondit.model import Problem

_START = re.compile(rb"[\xef\xbb\xbf\s]*(?:\{\s*[\"}]|\[\s*[{\]])")
_NAME = re.compile(r"\.(?:jsonl?|ndjson)$", re.IGNORECASE)
_LINES = re.compile(r"\.(?:jsonl|ndjson)$", re.IGNORECASE)


def likely(head: bytes, name: str) -> float:
    """Fairly sure of what begins like JSON, more so when the name says it."""
    begins = _START.match(head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"))
    named = _NAME.search(name)
    return 0.9 if begins and named else 0.6 if begins or named else 0.0


def items(source: Source, options: Options) -> Iterator[Piece]:
    """The records: a line each, or the elements of a list, or one object."""
    missing = set(options.columns.values())
    read = _of_lines if _is_lines(source, options.max_bytes) else _of_document
    yield from read(source, options, missing)
    for name in sorted(missing - {options.columns.get("text")}):  # a record without its text is told by itself
        remedy = "look at the names of the fields, and correct --map"
        yield warning("no-such-field", f"no record has a field '{name}'", remedy, Origin(name=source.name))


def _is_lines(source: Source, limit: int) -> bool:
    """Whether each line is a record: the name says so, or the first line is one, or the second begins like one."""
    if _LINES.search(source.name):
        return True
    with SoundUtf8(source, guess=False) as stream:
        lines = lines_of(stream, limit)
        _, first = next(lines, (0, None))
        _, second = next(lines, (0, None))
    if first is None or not first.lstrip().startswith(b"{"):
        return False
    return isinstance(_parsed(first), dict) or (second or b"").startswith(b'{"')


def _of_lines(source: Source, options: Options, missing: set[str]) -> Iterator[Piece]:
    with SoundUtf8(source, guess=False) as stream:
        for number, line in lines_of(stream, options.max_bytes):
            where = f"{source.name}:{number}"
            if line is None:
                message = f"a line of more than {options.max_bytes / 1_048_576:.0f} MB"
                yield Problem("too-large", message, "split it into one report a line", where)
                continue
            record = _parsed(line)
            if isinstance(record, dict):
                missing.difference_update(record)
                yield _piece(record, line.strip(), where, options)
            else:
                message = (
                    f"this line is no JSON object: {record}"
                    if isinstance(record, str)
                    else "this line is no JSON object"
                )
                yield Problem("broken-json", message, "mend or remove the line", where)
        yield from problems_of(stream, source.name)


def _of_document(source: Source, options: Options, missing: set[str]) -> Iterator[Piece]:
    number = 0
    try:
        for path, value in walk(source, _is_record, limit=options.max_bytes):
            if isinstance(value, Problem):
                yield value
                continue
            number += 1
            where = f"{source.name} item {number}"
            if isinstance(value, Oversize):
                message = f"an item of more than {value.limit / 1_048_576:.0f} MB"
                yield Problem("too-large", message, "split it into one report an item", where)
            elif isinstance(value, dict):
                missing.difference_update(value)
                yield _piece(value, None, source.name if path == () else where, options)
            else:
                yield Problem("broken-record", "this item is no JSON object", "mend or remove it", where)
    except JsonBreak as end:
        yield broken_off(source.name, number, end)


def _is_record(path: Path) -> bool:
    return path in ((), ("[]",))


def _piece(record: dict[str, Any], line: bytes | None, where: str, options: Options) -> Piece:
    kind = mapped(options.columns) if options.columns else kind_of(record)
    if kind is None or not kind.tells(record):
        names = ", ".join(sorted(record)[:12]) or "none"
        remedy = "say which field is the text, for example --map text=body,published=date"
        return Problem("unknown-record", f"no reader knows records with these fields: {names}"[:400], remedy, where)
    kept = kind.keep(record)
    raw = line if line is not None and kept == record else canonical(kept)
    return piece_of(record, kind, raw, where, options)


def _parsed(line: bytes) -> Any:
    """The value of a line, or a string that says why there is none."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        return f"{error.msg} at character {error.pos}"
    except (ValueError, RecursionError) as error:
        return str(error)
    return value if isinstance(value, dict) else None


FORMAT = Format("json", likely, items, suffixes=(".json", ".jsonl", ".ndjson"), many=True)
