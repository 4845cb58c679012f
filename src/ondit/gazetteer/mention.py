"""A place name found in a text, before anyone decided which place it is."""

from collections.abc import Sequence
from enum import StrEnum

from ondit.gazetteer.entry import Hit, PlaceKind
from ondit.model import PlacePrecision, Span
from ondit.model.records import record, replace

DATELINE = "dateline"
"""The rule of a name at the head of a paragraph that says where the report was written: "BEIRUT (AP) —"."""

COORDINATES = "coordinates"
"""The rule of a point that is written out: "15.6597° N, 0.5022° E"."""

OFFICE = "office"
"""The rule of a name that says whose an office or a body is: "the prosecutor of Istanbul"; what is told may have happened elsewhere."""


class Role(StrEnum):
    """What a place name does where it stands."""

    PLACE = "place"  # says where
    ACTOR = "actor"  # a government or a people that speaks or acts: "Washington said"
    ADJECTIVE = "adjective"  # "the Syrian army"
    INSIDE = "inside"  # part of another name: "the Washington Post", "Toronto General Hospital"


@record
class Toponym:
    """A place name at `span`, the entries it may mean, and what the words around it say.

    `kinds` are the kinds a generic word asked for ("province of"), `within` the index of the place name that contains it
    ("Aurora, Colorado") or -1, `language` the language of the text (ISO 639-1), `precision` and `reach_km` how the text blurs it ("10 km north of"), `phrase` the words
    that did, `bearing` the direction from the named place in degrees clockwise from north, where the text gives the distance, too, `point` WGS84 degrees that are
    written out (no name then, and `reach_km` is how exactly), `score` the evidence for a place name (log-odds, hand-weighted), `rule` the way it was found.
    """

    span: Span
    text: str
    key: str
    hits: tuple[Hit, ...]
    role: Role = Role.PLACE
    kinds: frozenset[PlaceKind] = frozenset()
    within: int = -1
    precision: PlacePrecision = PlacePrecision.EXACT
    reach_km: float = 0.0
    phrase: str = ""
    score: float = 0.0
    rule: str = ""
    language: str = ""
    bearing: float | None = None
    point: tuple[float, float] | None = None

    @property
    def metonym(self) -> bool:
        """Does it locate nothing?"""
        return self.role is not Role.PLACE


def shifted(toponyms: Sequence[Toponym], by: int) -> list[Toponym]:
    """The names as they stand in a list behind `by` others: `within` counts from the start of the list."""
    return [replace(t, within=t.within + by) if by and t.within >= 0 else t for t in toponyms]
