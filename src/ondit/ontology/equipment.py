"""Weapons, vehicles and systems: `equipment.tsv` (real systems) and `equipment_classes.tsv`, read once a process."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ondit.text.folding import fold_name

_HOME = Path(__file__).parent


class OntologyError(Exception):
    """A file of the ontology cannot be read; the message names file, line and what is wrong."""


@dataclass(frozen=True, slots=True)
class EquipmentClass:
    """A class such as `attack_helicopter`, the domain it belongs to (`aircraft`) and its English name."""

    id: str
    domain: str
    name: str


@dataclass(frozen=True, slots=True)
class System:
    """One real system; `origin` is an ISO 3166-1 code, "EU" for joint ones, "" where it has none."""

    id: str
    name: str
    kind: EquipmentClass
    origin: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A way to write a system's name: `guard` is "" (always), "capital" (not at a sentence's head) or "context" (only beside equipment)."""

    system: System
    written: str
    guard: str


_GUARDS = {"!": "context", "~": "capital"}


def compact(name: str) -> str:
    """Key of a designation: no accents, case, spaces or hyphens.

    >>> compact("Bayraktar TB-2"), compact("S 300")
    ('bayraktartb2', 's300')
    """
    return fold_name(name).replace(" ", "")


@cache
def equipment_classes() -> dict[str, EquipmentClass]:
    """All classes by id."""
    rows = (line.split("\t") for line in _lines("equipment_classes.tsv"))
    return {id_: EquipmentClass(id_, domain, name) for id_, domain, name in rows}


@cache
def systems() -> dict[str, System]:
    """All real systems by id."""
    return {alias.system.id: alias.system for options in aliases().values() for alias in options}


@cache
def aliases() -> dict[str, tuple[Alias, ...]]:
    """Every spelling by its compact key; the canonical name is one of them."""
    classes = equipment_classes()
    found: dict[str, list[Alias]] = {}
    for number, line in enumerate(_lines("equipment.tsv"), start=1):
        columns = line.split("\t")
        if len(columns) != 5 or columns[2] not in classes:
            raise OntologyError(
                f"{_HOME / 'equipment.tsv'}: entry {number} ('{columns[0]}') needs five columns and a known class"
            )
        system = System(columns[0], columns[1], classes[columns[2]], columns[3])
        for written in filter(None, columns[4].split("|")):
            bare = written.lstrip("!~")
            options = found.setdefault(compact(bare), [])
            if all(option.system is not system for option in options):
                options.append(Alias(system, bare, _GUARDS.get(written[0], "")))
    return {key: tuple(options) for key, options in found.items()}


def _lines(name: str) -> list[str]:
    text = (_HOME / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
