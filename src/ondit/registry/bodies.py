"""Generic bodies of a state, composed with a country: "iq.army" needs no entry of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ondit.model import ActorKind, Source, SourceKind
from ondit.registry.nations import nations
from ondit.registry.tables import HOME, rows

COMPOSED = "."
"""Between the country and the body in the id of what is composed of them."""
STATE = "state"
"""The body that a country's own name means when it speaks or acts, and the camp of all its bodies."""


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of body that every state may have; `name` has a place for the country."""

    id: str
    kind: SourceKind
    actor: ActorKind | None
    name: str


@cache
def bodies() -> Mapping[str, Body]:
    """Every generic body by id."""
    return {
        row["body"]: Body(
            row["body"], SourceKind(row["kind"]), ActorKind(row["actor"]) if row["actor"] else None, row["name"]
        )
        for _, row in rows(HOME / "bodies.tsv")
    }


def composed_id(country: str, body: str) -> str:
    """Id of a country's body: `composed_id("IQ", "army")` is "iq.army"."""
    return f"{country.lower()}{COMPOSED}{body}"


def compose(source_id: str) -> Source | None:
    """The body of a country that an id names, None when the id is not of that form."""
    country, _, name = source_id.partition(COMPOSED)
    nation, body = nations().get(country.upper()), bodies().get(name)
    if nation is None or body is None:
        return None
    title = body.name.format(nation.name)
    camps = () if body.id == STATE else (composed_id(nation.code, STATE),)
    return Source(source_id, title, body.kind, (title,), body.actor, camps=camps, country=nation.code)
