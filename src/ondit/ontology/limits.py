"""Public figures for reach and ceiling of real systems: `equipment_limits.tsv`, read once a process."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ondit.ontology.equipment import OntologyError, equipment_classes, systems

_FILE = Path(__file__).parent / "equipment_limits.tsv"
KINDS = ("reach", "height", "ceiling", "cruise")


@dataclass(frozen=True, slots=True)
class Limit:
    """A public figure: `reach` in km; `height`, `ceiling` and `cruise` in m; and where it comes from."""

    id: str
    kind: str
    value: float
    source: str


@cache
def limits() -> dict[tuple[str, str], Limit]:
    """All figures by id (of a system or of a class) and kind; `OntologyError` names the line that is wrong."""
    found = {}
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), start=1):
        if line and not line.startswith("#"):
            columns = line.split("\t")
            known = columns[0] in systems() or columns[0] in equipment_classes()
            if len(columns) != 4 or columns[1] not in KINDS or not known or not columns[3]:
                raise OntologyError(
                    f"{_FILE}:{number} needs a known id, one of {', '.join(KINDS)}, a figure and its source"
                )
            found[columns[0], columns[1]] = Limit(columns[0], columns[1], float(columns[2]), columns[3])
    return found


def limit_of(ontology_id: str | None, kind: str) -> Limit | None:
    """The figure of a system, else that of its class; None when nothing is published here."""
    if ontology_id is None:
        return None
    system = systems().get(ontology_id)
    return limits().get((ontology_id, kind)) or (limits().get((system.kind.id, kind)) if system else None)
