"""What a report's happenings are gathered from: one telling of one happening, and the tellings that are one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ondit.model import EventMention, Place, PlacePrecision, TimeExpression
from ondit.ontology import event_types
from ondit.resolve.moments import best_time

WIDE = (PlacePrecision.COUNTRY, PlacePrecision.REGION)
ADJECTIVE = ":before-the-noun"  # ends the rule of an actor that is an adjective of the trigger
OUTSIDE = -1
"""The item of what stands in no list: what leads to one or closes it, and everything in a report that has none."""


@dataclass(slots=True)
class Telling:
    """One happening as one claim tells it, with the places and times that stand there."""

    event: EventMention
    strength: float
    anaphoric: bool
    claimed: bool
    word: str
    another: bool = False
    at: int = 0  # the character at which it is told
    item: int = OUTSIDE  # of a list of several happenings
    figures: frozenset[tuple[str, int]] = frozenset()
    voices: frozenset[str] = frozenset()  # the nearest to the fact of each claim, "" for the report itself
    places: list[Place] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    beside: TimeExpression | None = None  # a date in its sentence that is not its own: of who told it


@dataclass(slots=True)
class Gathered:
    """Tellings that are one happening."""

    tellings: list[Telling]
    best: Telling
    places: list[Place]
    times: list[TimeExpression]
    spot: Place | None  # the most exact place and the finest date, at hand for every later telling
    date: TimeExpression | None
    item: int
    family: str  # of the kinds of happenings: those of different ones are never alike

    @classmethod
    def of(cls, telling: Telling) -> "Gathered":
        """A telling by itself."""
        places, times = unique_places(telling.places), list(telling.times)
        return cls(
            [telling], telling, places, times, exact_of(places), best_time(times), telling.item, family_of(telling)
        )

    def add(self, telling: Telling) -> None:
        """One more telling of it."""
        self.tellings.append(telling)
        self.best = max(self.best, telling, key=_telling_most)
        self.family = family_of(self.best)
        self.places = unique_places((*self.places, *telling.places))
        self.times += telling.times
        self.spot, self.date = exact_of(self.places), best_time(self.times)


def family_of(telling: Telling) -> str:
    """The family of its event type (`ontology/event_types.toml`)."""
    return event_types()[telling.event.type].family


def _telling_most(telling: Telling) -> tuple[bool, float, int]:
    return telling.claimed, telling.strength, -(telling.event.trigger.start if telling.event.trigger else 0)


def exact_of(places: Sequence[Place]) -> Place | None:
    """Of places with a point that are no country or region, the one of least radius (km); None when there is none."""
    pointed = [p for p in places if p.lat is not None and p.precision not in WIDE and p.kind != "country"]
    return min(pointed, key=lambda p: p.radius_km or 0.0, default=None) if pointed else None


def unique_places(places: Iterable[Place]) -> list[Place]:
    """Each place of the gazetteer once, one it does not know once a name; in the order given."""
    seen: set[str] = set()
    out = []
    for place in places:
        key = place.gazetteer_id or place.text
        if key not in seen:
            seen.add(key)
            out.append(place)
    return out
