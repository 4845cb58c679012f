"""A user's own entries: `sources.toml`, one `[[source]]` table each. Bad entries become problems with file and line, the others are read."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from ondit.model import ActorKind, Problem, Rating, Reliability, Source, SourceKind

_HEADER = re.compile(r"^\s*\[\[\s*source\s*\]\]")
_KEY = re.compile(r"^\s*([\w-]+)\s*=")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
_TOML_LINE = re.compile(r"line (\d+)")
_KEYS = ("id", "name", "names", "kind", "actor", "camps", "owner", "country", "languages", "ratings")
_RATING_KEYS = ("letter", "since", "by", "why")

_Kind = TypeVar("_Kind", bound=StrEnum)
_Default = TypeVar("_Default")
Entries = list[tuple[int, Source]]
"""Entries with the line that they begin on."""


class _Bad(Exception):
    """What is wrong with an entry: a code, a message, a remedy and the key it is about."""

    def __init__(self, code: str, message: str, remedy: str, key: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.remedy, self.key = code, message, remedy, key


def read_project(path: Path, *, known: Mapping[str, Source]) -> tuple[Entries, list[Problem]]:
    """The entries of a user's file, laid over those that are `known`, and what is wrong with the file. Never raises for what is in it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        tables = tomllib.loads(text)
    except FileNotFoundError:
        return [], [Problem("no-sources-file", "there is no such file", "correct the path", str(path))]
    except (OSError, UnicodeDecodeError) as error:
        return [], [Problem("unreadable-sources", f"the file cannot be read: {error}", "save it as UTF-8", str(path))]
    except tomllib.TOMLDecodeError as error:
        line = _TOML_LINE.search(str(error))
        where = f"{path}:{line.group(1)}" if line else str(path)
        return [], [Problem("broken-sources", f"the file is no TOML: {error}", "correct it at this line", where)]
    return _entries(path, text, tables, known)


def _entries(
    path: Path, text: str, tables: dict[str, Any], known: Mapping[str, Source]
) -> tuple[Entries, list[Problem]]:
    blocks = _blocks(text)
    problems = [
        Problem("unknown-table", f"'{key}' is not known here", "write entries as [[source]] tables", str(path))
        for key in tables
        if key != "source"
    ]
    raw = tables.get("source", [])
    if not isinstance(raw, list):
        return [], [
            *problems,
            Problem("unknown-table", "[source] is one table", "write [[source]] for each entry", str(path)),
        ]
    found: Entries = []
    seen: dict[str, int] = {}
    for number, table in enumerate(raw):
        line, keys = blocks[number] if number < len(blocks) else (1, {})
        try:
            source = _new(_source(table, known), seen)
        except _Bad as bad:
            where = f"{path}:{keys.get(bad.key, line)}"
            problems.append(Problem(bad.code, bad.message, bad.remedy, where))
            continue
        seen[source.id] = line
        found.append((line, source))
    return found, problems


def _new(source: Source, seen: Mapping[str, int]) -> Source:
    if source.id in seen:
        raise _Bad("repeated-source", f"'{source.id}' stands in line {seen[source.id]}, too", "keep one", "id")
    return source


def _blocks(text: str) -> list[tuple[int, dict[str, int]]]:
    """The line of each [[source]] and of the keys below it."""
    blocks: list[tuple[int, dict[str, int]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if _HEADER.match(line):
            blocks.append((number, {}))
        elif blocks and (key := _KEY.match(line)):
            blocks[-1][1].setdefault(key.group(1), number)
    return blocks


def _source(table: Any, known: Mapping[str, Source]) -> Source:
    if not isinstance(table, dict):
        raise _Bad("bad-source", "an entry is no table", "write it as [[source]]")
    _only(table, _KEYS)
    id_ = _text(table, "id")
    if not _ID.fullmatch(id_):
        raise _Bad(
            "bad-source-id",
            f"'{id_}' is no id" if id_ else "an entry has no id",
            'give it one of small letters, digits, dots and hyphens, for example id = "river-post"',
            "id",
        )
    base = known.get(id_)
    names = _texts(table, "names")
    name = _text(table, "name") or (base.name if base else "") or (names[0] if names else "")
    if not name:
        raise _Bad("no-source-name", f"'{id_}' has no name", 'add name = "…", as reports write it', "id")
    return Source(
        id=id_,
        name=name,
        kind=_one_of(table, "kind", SourceKind, base.kind if base else SourceKind.OTHER),
        names=tuple(dict.fromkeys((*(base.names if base else ()), name, *names))),
        actor=_one_of(table, "actor", ActorKind, base.actor if base else None),
        camps=_texts(table, "camps") or (base.camps if base else ()),
        owner=_text(table, "owner") or (base.owner if base else ""),
        country=_text(table, "country").upper() or (base.country if base else ""),
        languages=_texts(table, "languages") or (base.languages if base else ()),
        ratings=_ratings(table.get("ratings", [])) or (base.ratings if base else ()),
    )


def _only(table: Mapping[str, Any], keys: Sequence[str]) -> None:
    for key in table:
        if key not in keys:
            near = get_close_matches(key, keys, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(keys)}"
            raise _Bad("unknown-source-key", f"'{key}' is not known here", hint, key)


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise _Bad("bad-source-value", f"'{key}' is no text", f'write {key} = "…"', key)
    return value.strip()


def _texts(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise _Bad("bad-source-value", f"'{key}' is no list of texts", f'write {key} = ["…", "…"]', key)
    return tuple(v.strip() for v in value)


def _one_of(table: Mapping[str, Any], key: str, kind: type[_Kind], otherwise: _Default) -> _Kind | _Default:
    value = _text(table, key)
    if not value:
        return otherwise
    try:
        return kind(value)
    except ValueError:
        allowed = ", ".join(kind)
        raise _Bad("bad-source-value", f"'{value}' is no {key}", f"one of: {allowed}", key) from None


def _ratings(raw: Any) -> tuple[Rating, ...]:
    if not isinstance(raw, list) or not all(isinstance(r, dict) for r in raw):
        raise _Bad("bad-rating", "ratings are no list of tables", "write [[source.ratings]] for each", "ratings")
    found = []
    for table in raw:
        _only(table, _RATING_KEYS)
        since = table.get("since")
        if since is not None and type(since) is not date:
            raise _Bad(
                "bad-rating", f"'{since}' is no day", "write since = 2022-01-31, without quotation marks", "since"
            )
        if not _text(table, "by"):
            raise _Bad("bad-rating", "a rating has nobody who set it", 'add by = "your name"', "letter")
        if not _text(table, "letter"):
            raise _Bad("bad-rating", "a rating has no letter", 'add letter = "A" … "F"', "by")
        letter = _one_of(table, "letter", Reliability, Reliability.F)
        found.append(Rating(letter, since, _text(table, "by"), _text(table, "why")))
    return tuple(sorted(found, key=lambda rating: (rating.since is not None, rating.since or date.min)))
