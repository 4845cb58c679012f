"""What a place name becomes once its readings are ranked: a point with its radius, or a name without one, and the reason."""

import math
from collections.abc import Sequence

from ondit.gazetteer import Entry, Hit, Match, PlaceKind
from ondit.gazetteer.mention import Role, Toponym
from ondit.model import Place, PlaceCandidate, PlacePrecision
from ondit.model.places import km_between, point_off

Reading = tuple[float, Hit, str]
"""A reading of a name: its score (log-odds-like), the entry that it would be, and why."""
KEPT_CANDIDATES = 5
CERTAINTY = 0.45
"""Share of belief from which the best reading is taken; below, the name stays unresolved."""
_FARTHEST_KM = 300.0
"""A place farther off is no neighbour of the named one: the point stays."""
_ROUGHLY = 0.25
"""Share of a distance by which "30 km north of" may be off, in reports that count from a town's edge or its centre and round both."""
SAME_PLACE_KM = 40.0
"""Readings nearer than this to each other are not rivals: a town and its district."""
WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.CONTINENT, PlaceKind.REGION, PlaceKind.WATER})
_EXTENDED = WIDE | {PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.ISLAND, PlaceKind.MOUNTAIN}


def distance_km(a: Entry, b: Entry) -> float:
    """Great-circle distance on a sphere of 6,371 km (haversine); infinite when a point is missing."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    return km_between(a.lat, a.lon, b.lat, b.lon)


def placed(toponym: Toponym, ranked: Sequence[Reading], belief: float, *, doubtful: bool) -> Place:
    """The place of a name whose readings are ranked; unresolved when the best is not believed enough, or `doubtful`."""
    candidates = tuple(_candidate(hit, score, ranked[0][0]) for score, hit, _ in ranked[:KEPT_CANDIDATES])
    if not ranked or belief < CERTAINTY or doubtful:
        why = _why_unresolved(ranked, doubtful=doubtful)
        return Place(
            toponym.span,
            toponym.text,
            candidates=candidates,
            metonym=toponym.metonym,
            rule=f"place:{toponym.rule}",
            reason=why,
        )
    entry = ranked[0][1].entry
    lat, lon = _point(toponym, entry)
    return Place(
        span=toponym.span,
        text=toponym.text,
        gazetteer_id=entry.id,
        name=entry.name,
        lat=lat,
        lon=lon,
        radius_km=round(_radius(toponym, entry), 1),
        country=entry.country,
        admin=entry.chain,
        kind=entry.kind.value,
        precision=_precision(toponym, entry),
        candidates=candidates,
        metonym=toponym.metonym,
        rule=f"place:{toponym.rule}",
        reason=_reason(toponym, ranked, belief),
    )


def _why_unresolved(ranked: Sequence[Reading], *, doubtful: bool) -> str:
    if not ranked:
        return "not in the gazetteer"
    if doubtful:
        best = ranked[0][1].entry
        return f"the likeliest reading, {best.name} ({best.chain[0] if best.chain else best.country}), lies far from everything else in the report"
    return f"{len(ranked)} places of this name and nothing in the report to choose by"


def _candidate(hit: Hit, score: float, best: float) -> PlaceCandidate:
    entry = hit.entry
    return PlaceCandidate(
        entry.id,
        entry.name,
        entry.lat,
        entry.lon,
        entry.country,
        entry.kind.value,
        round(math.exp(1.5 * (score - best)), 3),
    )


def _moves(toponym: Toponym, entry: Entry) -> bool:
    """Does the text say how far from the point of the place, and in what direction ("30 km north of")?"""
    return toponym.bearing is not None and entry.kind not in _EXTENDED and toponym.reach_km <= _FARTHEST_KM


def _point(toponym: Toponym, entry: Entry) -> tuple[float | None, float | None]:
    if toponym.bearing is None or entry.lat is None or entry.lon is None or not _moves(toponym, entry):
        return entry.lat, entry.lon
    lat, lon = point_off(entry.lat, entry.lon, toponym.reach_km, toponym.bearing)
    return round(lat, 5), round(lon, 5)


def _radius(toponym: Toponym, entry: Entry) -> float:
    """Beside a town the happening lies outside it; in a part of a country or a division it lies inside."""
    if _moves(toponym, entry):
        return entry.radius_km + _ROUGHLY * toponym.reach_km
    beside = toponym.precision is PlacePrecision.NEAR or entry.kind not in _EXTENDED
    return entry.radius_km + (toponym.reach_km if beside else 0.0)


def _precision(toponym: Toponym, entry: Entry) -> PlacePrecision:
    if toponym.precision is not PlacePrecision.EXACT:
        outside = toponym.reach_km > 0 and entry.kind not in _EXTENDED
        return PlacePrecision.NEAR if outside else toponym.precision
    if entry.kind is PlaceKind.COUNTRY:
        return PlacePrecision.COUNTRY
    if entry.kind in (PlaceKind.ADMIN1, PlaceKind.ADMIN2):
        return PlacePrecision.DIVISION
    return PlacePrecision.REGION if entry.kind in WIDE else PlacePrecision.EXACT


_ROLE_REASON = {
    Role.ACTOR: "stands for its government or people",
    Role.ADJECTIVE: "an adjective of the place",
    Role.INSIDE: "part of another name",
}


def _reason(toponym: Toponym, ranked: Sequence[Reading], belief: float) -> str:
    _, hit, why = ranked[0]
    entry = hit.entry
    where = ", ".join(reversed(entry.chain)) or entry.kind.value
    parts = [f"{entry.name} ({where})" if where else entry.name]
    rivals = len(ranked) - 1
    parts.append(
        why or (f"best known of {rivals + 1} places of this name" if rivals else "the only place of this name")
    )
    if hit.match is Match.VARIANT:
        parts.append(f"tolerant spelling of {entry.name}")
    if entry.point_source.value == "derived":
        parts.append("point derived from its towns")
    if toponym.phrase and toponym.precision is not PlacePrecision.EXACT:
        moves = "moves the point" if _moves(toponym, entry) else "widens it"
        parts.append(f"“{toponym.phrase}” {moves}")
    if toponym.role in _ROLE_REASON:
        parts.append(_ROLE_REASON[toponym.role])
    runner = next((h.entry for _, h, _ in ranked[1:] if distance_km(h.entry, entry) > SAME_PLACE_KM), None)
    if runner is not None:
        parts.append(
            f"runner-up {runner.name} ({runner.chain[0] if runner.chain else runner.kind.value}), belief {belief:.2f}"
        )
    return "; ".join(parts)
