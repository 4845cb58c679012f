"""Language-neutral ids as data: event types, what trigger words mean, and crosswalks to other codebooks.

The event types are those of the claim guideline; crosswalks lead to ACLED, UCDP GED, PLOVER and the MUC-4 incident types.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_HOME = Path(__file__).parent
CROSSWALKS = ("acled", "ucdp", "plover", "muc")


class UnknownCrosswalk(Exception):
    """There is no crosswalk of this name; the message lists those there are."""


@dataclass(frozen=True, slots=True)
class EventType:
    """An event type: its id, family, label, what it means, and the refinements that may stand beside it."""

    id: str
    family: str
    label: str
    meaning: str
    subtypes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TriggerClass:
    """What a trigger word means: the event type it shows, how strongly, and the roles of the noun phrases around it."""

    name: str
    type: str
    subtype: str
    strength: int
    roles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Combination:
    """A trigger of one of the classes `of` with a word of the context class `near` becomes `becomes`.

    `passive`: only where the trigger is a verb in the passive or a participle; `active`: only where it is not; `verbal`: only where it is a verb. The context class `proper_name` is every proper name, of which no pack needs a list.
    `also` is a context class that has to stand within `within` tokens behind the trigger, too ("troops left | the town", not "left a note").
    """

    name: str
    of: frozenset[str]
    near: str
    within: int
    side: str
    becomes: str
    unless: str = ""
    also: str = ""
    strength: int | None = None
    passive: bool = False
    active: bool = False
    verbal: bool = False


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_HOME / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def event_types() -> Mapping[str, EventType]:
    """Every event type by id."""
    return {
        id_: EventType(id_, row["family"], row["label"], row["meaning"], tuple(row.get("subtypes", ())))
        for id_, row in _table("event_types")["type"].items()
    }


@cache
def trigger_classes() -> Mapping[str, TriggerClass]:
    """Every trigger class by name."""
    fixed = {"type", "subtype", "strength"}
    return {
        name: TriggerClass(
            name,
            row["type"],
            row.get("subtype", ""),
            row["strength"],
            {key: value for key, value in row.items() if key not in fixed},
        )
        for name, row in _table("trigger_classes")["class"].items()
    }


@cache
def combinations() -> tuple[Combination, ...]:
    """The combinations, the most specific first."""
    return tuple(
        Combination(**{**row, "of": frozenset(row["of"])})  # a key that is not a field is a mistake in the table
        for row in _table("trigger_classes")["combination"]
    )


@cache
def _crosswalk(codebook: str) -> dict[str, Any]:
    if codebook not in CROSSWALKS:
        raise UnknownCrosswalk(f"there is no crosswalk '{codebook}'; crosswalks: {' '.join(CROSSWALKS)}")
    return _table(f"crosswalks/{codebook}")


def code_of(event_type: str, codebook: str, *, subtype: str = "") -> str | None:
    """The codebook's code of an event type, None when it has no room for it; `UnknownCrosswalk` for another codebook.

    >>> code_of("abduction", "muc"), code_of("protest", "muc")
    ('kidnapping', None)
    """
    table = _crosswalk(codebook)
    refined: str | None = table.get("subtype", {}).get(f"{event_type}.{subtype}") if subtype else None
    code: str = refined or table["type"].get(event_type, "null")
    return None if code == "null" else code


def crosswalk_table(codebook: str, table: str) -> Any:
    """A table of a crosswalk besides those of types ("sub_event", "inter", "vague" of ACLED), {} when it has none; `UnknownCrosswalk` as above."""
    return _crosswalk(codebook).get(table, {})
