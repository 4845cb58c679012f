"""What is hardly possible with the equipment that is named: aircraft above a weapon's reach, a target further away than a weapon shoots."""

from collections.abc import Iterable, Iterator, Sequence

from ondit.model import EquipmentMention, EquipmentUse, EventMention, Place, PlacePrecision, Telling
from ondit.ontology.equipment import equipment_classes, systems
from ondit.ontology.limits import limit_of
from ondit.weigh.nearness import km_apart

_FLYING = ("aircraft", "drone")
_POINTS = (PlacePrecision.EXACT, PlacePrecision.NEAR)


def implausible(tellings: Sequence[Telling]) -> list[str]:
    """A sentence for each pair of things in the tellings that hardly go together, with the figures and where they are said to be published; each pair once."""
    return list(dict.fromkeys(s for t in tellings for s in (*_out_of_height(t.event), *_out_of_reach(t.event))))


def _out_of_height(event: EventMention) -> Iterator[str]:
    if event.type != "air_defence_fire":
        return
    for weapon in _used(event):
        height = limit_of(weapon.ontology_id, "height")
        for target in _flying_targets(event.equipment):
            flight = limit_of(target.ontology_id, "cruise")
            if height and flight and flight.value > height.value:
                yield (
                    f"{_name(weapon)} against {_name(target)} is implausible unless the aircraft flew low: it hits up to {height.value:.0f} m "
                    f"({height.source}, not compared), the aircraft usually works at {flight.value:.0f} m ({flight.source}, not compared)"
                )


def _out_of_reach(event: EventMention) -> Iterator[str]:
    points = [p for p in event.places if p.precision in _POINTS and p.lat is not None and not p.metonym]
    if len(points) < 2:
        return
    first, last = points[0], max(points, key=lambda p: km_apart(points[0], p))
    distance = km_apart(first, last)
    for weapon in _used(event):
        reach = limit_of(weapon.ontology_id, "reach")
        if reach and distance - _slack(first, last) > reach.value:
            yield (
                f"{_name(weapon)} is implausible if it was fired from {_place(first)} at {_place(last)} or the other way round: they are "
                f"{distance:.0f} km apart, it reaches {reach.value:g} km ({reach.source}, not compared)"
            )


def _used(event: EventMention) -> list[EquipmentMention]:
    return [e for e in event.equipment if e.use is EquipmentUse.USED]


def _flying_targets(equipment: Iterable[EquipmentMention]) -> list[EquipmentMention]:
    """What flies in a happening of air-defence fire is what is fired at, unless it is only compared with."""
    return [e for e in equipment if e.use is not EquipmentUse.COMPARISON and _domain(e) in _FLYING]


def _domain(item: EquipmentMention) -> str:
    system = systems().get(item.ontology_id or "")
    kind = system.kind if system else equipment_classes().get(item.ontology_id or "")
    return kind.domain if kind else ""


def _slack(a: Place, b: Place) -> float:
    return (a.radius_km or 0) + (b.radius_km or 0)


def _name(item: EquipmentMention) -> str:
    return item.name or item.text


def _place(place: Place) -> str:
    return place.name or place.text
