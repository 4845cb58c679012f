"""`ondit who`: which registry entry a name means, and why."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from ondit.cli.exit_codes import ExitCode
from ondit.cli.options import add_sources_option, own_sources
from ondit.cli.screen import width
from ondit.model import Role

if TYPE_CHECKING:
    from ondit.model import Source
    from ondit.registry import Registry
    from ondit.resolve.names import NameMatch, NameResolver

HELP = "say whom a name means, in any spelling, and why"
DESCRIPTION = (
    "Says which entry of the registry a name means, in French, English or Arabic, and why: an entry, several that it may be, "
    "or none. An id of an entry is answered with the entry."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.set_defaults(run=run)
    parser.add_argument("names", metavar="NAME", nargs="+", help="a name as a report writes it")
    parser.add_argument(
        "--acts", action="store_true", help="as somebody who takes part in a happening: soldiers act for their army"
    )
    add_sources_option(parser)
    parser.add_argument("--json", action="store_true", help="write JSON, one name a line")


def run(arguments: argparse.Namespace) -> int:
    """Resolve each name and show what it means."""
    from ondit.pipeline import name_resolver

    resolver = name_resolver(own_sources(arguments))
    role = Role.PERPETRATOR if arguments.acts else None
    known = False
    for name in arguments.names:
        asked = resolver.registry.get(name)
        found = _by_id(asked) if asked is not None else _resolved(name, resolver, role)
        known = known or bool(found.source_id or found.candidates)
        show = _as_json if arguments.json else _as_text
        sys.stdout.write(show(name, found, resolver.registry))
    return ExitCode.ALL_READ if known else ExitCode.NOTHING_READ


def _resolved(name: str, resolver: "NameResolver", role: Role | None) -> "NameMatch":
    """What a name means; one typed in small letters counts as a name, too."""
    found = resolver.resolve(name, role=role)
    if found.source_id or found.candidates or not name.islower():
        return found
    as_name, as_abbreviation = resolver.resolve(name.title(), role=role), resolver.resolve(name.upper(), role=role)
    return next((f for f in (as_name, as_abbreviation) if f.candidates or f.source_id in resolver.registry), found)


def _by_id(source: "Source") -> "NameMatch":
    from ondit.resolve.names import NameMatch, Verdict

    return NameMatch(Verdict.ENTRY, source.id, (), f"'{source.id}' is the id of {source.name}", 1.0)


def _as_json(name: str, found: "NameMatch", registry: "Registry") -> str:
    entries = [_fields(registry[i]) for i in (found.source_id, *found.candidates) if i and i in registry]
    answer = {
        "name": name,
        "verdict": found.verdict,
        "id": found.source_id,
        "candidates": list(found.candidates),
        "score": round(found.score, 3),
        "reason": found.reason,
        "entries": entries,
    }
    return json.dumps(answer, ensure_ascii=False) + "\n"


def _fields(source: "Source") -> dict[str, object]:
    return {
        "id": source.id,
        "name": source.name,
        "names": list(source.names),
        "kind": source.kind,
        "actor": source.actor,
        "country": source.country,
        "camps": list(source.camps),
        "owner": source.owner,
        "languages": list(source.languages),
        "reliability": source.reliability(),
    }


def _as_text(name: str, found: "NameMatch", registry: "Registry") -> str:
    from ondit.present.terminal import clean

    lines = [f"{clean(name)}: {_headline(found, registry)}", f"  why        {clean(found.reason)}"]
    for id_ in (found.source_id, *found.candidates):
        source = registry.get(id_ or "")
        if source is not None:
            lines += [f"  {label:<10} {text}" for label, text in _rows(source, brief=not found.source_id) if text]
    return "\n".join(lines) + "\n"


def _headline(found: "NameMatch", registry: "Registry") -> str:
    if found.source_id and (source := registry.get(found.source_id)):
        return f"{source.name} [{source.id}]"
    if found.source_id:
        return f"in no registry; provisional id [{found.source_id}]"
    if found.candidates:
        return f"may be {', '.join(found.candidates)}; nobody chose"
    return "nobody in particular"


def _rows(source: "Source", *, brief: bool) -> list[tuple[str, str]]:
    from ondit.present.terminal import clean, clip

    kind = ", ".join(filter(None, (source.kind, source.actor or "", source.country)))
    if brief:
        return [("may be", f"{clean(source.name)} [{source.id}]: {kind}")]
    letter = source.reliability()
    return [
        ("kind", kind),
        ("names", clip(clean("; ".join(source.names)), max(40, width() - 13))),
        ("camps", ", ".join(source.camps)),
        ("owner", source.owner),
        (
            "letter",
            f"{letter}: {'nobody set one' if not source.ratings else source.ratings[-1].why or source.ratings[-1].by}",
        ),
    ]
