"""Place names → places of the world, jointly for a report: names vouch for one another by country, by division and by nearness.

After the spatial-minimality idea of Leidner (2007, "Toponym resolution in text"): of all readings, prefer those that let the
report's places lie together; population and kind decide where the text says nothing. Weights are log-odds-like numbers below.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ondit.gazetteer import Entry, Gazetteer, Hit, Match, PlaceKind, fold_name
from ondit.gazetteer.containment import lies_in
from ondit.gazetteer.mention import Role, Toponym
from ondit.model import Place
from ondit.resolve.placing import SAME_PLACE_KM, WIDE, Reading, distance_km, placed

CONSIDERED = 40
RIVALS = 5
UNKNOWN_POPULATION = 2_500
"""People of a place whose number the gazetteer does not know."""
SMALL = 20_000
"""Towns below are not taken when all other names of the report point to other countries."""
ROUNDS = 2
_KIND_PRIOR = {PlaceKind.COUNTRY: 8.0, PlaceKind.CONTINENT: 8.5, PlaceKind.REGION: 7.0, PlaceKind.WATER: 7.0}
_CELL = 2.0  # degrees; places in neighbouring cells are near each other
_COUNTRY_WEIGHT, _DIVISION_WEIGHT, _NEAR_WEIGHT = 2.2, 1.2, 1.0
_CONTAINER, _KIND_ASKED, _KIND_OTHER, _ALTERNATE, _TOLERANT = 4.0, 2.5, -1.5, -0.7, -1.0
_CAPITAL, _DIVISION_FAME = 1.2, 1.0
_GIVEN_COUNTRY = 1.5
_WRITTEN_OUT = 8.0  # what coordinates in the text speak for the places around them
_DIVISIONS = frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2})
_SEAT, _SEAT_SHARE = 0.1, 0.25
"""A division's namesake town with that share of its people is what its name alone means, by so much."""
_FOREIGN_NAME = -2.0
"""For a reading that goes by this name only in another language: "Mexico" is the country in English, its capital in French."""


@dataclass(slots=True)
class _Group:
    """All mentions of one name that are read alike."""

    key: str
    kinds: frozenset[PlaceKind]
    hits: tuple[Hit, ...]
    members: list[int] = field(default_factory=list)
    inside: list[int] = field(default_factory=list)  # indices of containing mentions
    ranked: list[Reading] = field(default_factory=list)
    adjective: bool = False
    doubtful: bool = False
    foreign: frozenset[str] = frozenset()  # ids of the entries that the text's language calls otherwise
    belief: float = 0.0  # in the best reading
    priors: dict[int, float] = field(default_factory=dict)  # by place in `hits`

    def rank(self, ranked: list[Reading]) -> None:
        """Settles the order of the readings."""
        self.ranked = ranked
        self.belief = _belief(ranked)

    @property
    def best(self) -> Entry | None:
        return self.ranked[0][1].entry if self.ranked else None


def resolve_places(
    toponyms: Sequence[Toponym], gazetteer: Gazetteer, *, context_countries: Sequence[str] = ()
) -> list[Place]:
    """One place per place name, in the same order; a name with no clear best reading stays unresolved and lists its candidates.

    `context_countries` are ISO 3166-1 codes the report is known to be about (from its publisher or its adjectives).
    """
    groups = _grouped(toponyms)
    by_member = {member: group for group in groups for member in group.members}
    for group in groups:
        group.rank(_ranked(group, _Votes(), by_member, context_countries))
    for last in range(1, ROUNDS + 1):
        votes = _Votes.of(groups, [t.point for t in toponyms if t.point is not None])
        for group in groups:
            if last < ROUNDS and len(group.hits) == 1:
                continue  # nothing to choose; the last round finds out whether it fits
            votes.remove(group)
            if _astray(group, votes):
                group.hits = (*group.hits, *_tolerant(group, votes, gazetteer))
            group.rank(_ranked(group, votes, by_member, context_countries))
            group.doubtful = _lone_outlier(group, votes, context_countries)
            votes.add(group)
    return [_placed(toponym, by_member.get(i)) for i, toponym in enumerate(toponyms)]


def _grouped(toponyms: Sequence[Toponym]) -> list[_Group]:
    groups: dict[tuple[str, frozenset[PlaceKind]], _Group] = {}
    for i, toponym in enumerate(toponyms):
        if toponym.point is not None:
            continue
        kinds = toponym.kinds if any(hit.entry.kind in toponym.kinds for hit in toponym.hits) else frozenset()
        group = groups.get((toponym.key, kinds))
        if group is None:
            adjective = toponym.role is Role.ADJECTIVE
            foreign = _foreign(toponym.key, toponym.hits, toponym.language)
            group = _Group(toponym.key, kinds, toponym.hits, adjective=adjective, foreign=foreign)
            groups[toponym.key, kinds] = group
        group.members.append(i)
        if toponym.within >= 0:
            group.inside.append(toponym.within)
    return list(groups.values())


def _foreign(key: str, hits: Sequence[Hit], language: str) -> frozenset[str]:
    """Among rival readings, countries and capitals that the language of the text has another name for."""
    if not language or not any(hit.entry.kind is PlaceKind.COUNTRY for hit in hits):
        return frozenset()
    named = [h.entry for h in hits[:CONSIDERED] if h.entry.kind is PlaceKind.COUNTRY or h.entry.capital]
    other = {entry.id for entry in named if key != fold_name(entry.name_in(language))}
    return frozenset(other) if len(other) < len(named) else frozenset()


class _Votes:
    """What the names of a report say together: how many lie in a country, in a division, in a stretch of the earth."""

    def __init__(self) -> None:
        self.countries: defaultdict[str, float] = defaultdict(float)
        self.divisions: defaultdict[str, float] = defaultdict(float)
        self.cells: defaultdict[tuple[int, int], float] = defaultdict(float)
        self.total = 0.0
        self._cast: dict[int, tuple[Entry, float]] = {}

    @classmethod
    def of(cls, groups: Iterable[_Group], points: Iterable[tuple[float, float]] = ()) -> "_Votes":
        votes = cls()
        for group in groups:
            votes.add(group)
        for lat, lon in points:
            votes._lies(lat, lon, _WRITTEN_OUT)
        return votes

    def add(self, group: _Group) -> None:
        entry = group.best
        if entry is None:
            return
        weight = math.sqrt(len(group.members)) * group.belief * (0.5 if group.adjective else 1.0)
        self._cast[id(group)] = (entry, weight)
        self._count(entry, weight)

    def remove(self, group: _Group) -> None:
        cast = self._cast.pop(id(group), None)
        if cast is not None:
            self._count(cast[0], -cast[1])

    def _count(self, entry: Entry, weight: float) -> None:
        if entry.country:
            self.countries[entry.country] += weight
            self.total += weight
        division = entry.id.removeprefix("admin1:") if entry.kind is PlaceKind.ADMIN1 else entry.admin1
        if division:
            self.divisions[division] += weight
        if entry.kind not in WIDE and entry.lat is not None and entry.lon is not None:
            self._lies(entry.lat, entry.lon, weight)

    def _lies(self, lat: float, lon: float, weight: float) -> None:
        x, y = math.floor(lat / _CELL), math.floor(lon / _CELL)
        cells = self.cells
        for a in (x - 1, x, x + 1):
            for b in (y - 1, y, y + 1):
                cells[a, b] += weight

    def near(self, entry: Entry) -> float:
        if entry.lat is None or entry.lon is None:
            return 0.0
        return max(0.0, self.cells.get((math.floor(entry.lat / _CELL), math.floor(entry.lon / _CELL)), 0.0))


def prior(hit: Hit) -> float:
    """How likely a reading is before the report is looked at: by people, kind, and whether this is its usual name."""
    entry = hit.entry
    people = math.log10((entry.population or UNKNOWN_POPULATION) + 10)
    if entry.kind in _KIND_PRIOR:
        value = _KIND_PRIOR[entry.kind]
    elif entry.kind is PlaceKind.TOWN:
        value = people + (_CAPITAL if entry.capital else 0.0)
        value = max(value, 4.0) if entry.id.startswith("curated:") else value
    elif entry.kind is PlaceKind.ADMIN1:
        value = max(2.0, 0.8 * people + _DIVISION_FAME)
    elif entry.kind is PlaceKind.ADMIN2:
        value = 0.6 * people
    else:
        value = 4.8
    if entry.kind not in WIDE and not hit.own:
        value += _ALTERNATE
    return value + (_TOLERANT if hit.match is Match.VARIANT else 0.0)


def _ranked(group: _Group, votes: _Votes, by_member: dict[int, _Group], given: Sequence[str]) -> list[Reading]:
    containers = [by_member[i].best for i in group.inside if i in by_member]
    scored = []
    for at, hit in enumerate(group.hits[:CONSIDERED]):
        known = group.priors.get(at)
        if known is None:
            known = group.priors[at] = prior(hit)
        score, why = known, ""
        if hit.entry.id in group.foreign:
            score += _FOREIGN_NAME
        entry = hit.entry
        if containers and any(outer is not None and lies_in(entry, outer) for outer in containers):
            score, why = score + _CONTAINER, "the text names what contains it"
        if group.kinds:
            score += _KIND_ASKED if entry.kind in group.kinds else _KIND_OTHER
        if entry.country in given:
            score += _GIVEN_COUNTRY
        support = _support(entry, votes)
        if support > 1.0 and not why:
            why = f"other places of the report lie in {entry.chain[0] if entry.chain else entry.name}"
        scored.append((score + support, hit, why))
    if not group.kinds:
        scored = [_seat_first(item, scored) for item in scored]
    scored.sort(key=lambda item: (-item[0], item[1].entry.id))
    return scored


def _seat_first(item: Reading, scored: Sequence[Reading]) -> Reading:
    """A town raised above the division that is named after it: without "province of" the town is meant ("in Misrata")."""
    score, hit, why = item
    if hit.entry.kind is not PlaceKind.TOWN:
        return item
    for other, division, _ in scored:
        named = division.entry.kind in _DIVISIONS and hit.entry.population >= _SEAT_SHARE * division.entry.population
        if named and other >= score and lies_in(hit.entry, division.entry):
            score, why = other + _SEAT, why or "the town, not its division of the same name"
    return score, hit, why


def _support(entry: Entry, votes: _Votes) -> float:
    if not votes.total:
        return 0.0
    share = max(0.0, votes.countries.get(entry.country, 0.0)) / max(votes.total, 2.0) if entry.country else 0.0
    support = _COUNTRY_WEIGHT * share
    if entry.kind is PlaceKind.COUNTRY:
        support += _DIVISION_WEIGHT * math.log1p(max(0.0, votes.countries.get(entry.country, 0.0)))
    else:
        support += (
            _DIVISION_WEIGHT * math.log1p(max(0.0, votes.divisions.get(entry.admin1, 0.0))) if entry.admin1 else 0.0
        )
        support += _NEAR_WEIGHT * math.log1p(votes.near(entry))
    return support


def _astray(group: _Group, votes: _Votes) -> bool:
    """Does a lesser-known name lead away from where the report's other places lie?"""
    best = group.best
    if best is None:
        return len(group.key) > 3
    return (
        best.kind not in WIDE
        and votes.total >= 2
        and votes.countries.get(best.country, 0.0) < 0.15 * votes.total
        and len(group.key) > 4
    )


def _lone_outlier(group: _Group, votes: _Votes, given: Sequence[str]) -> bool:
    """Is the best reading a small place in a country that nothing else in the report is about?"""
    best = group.best
    if best is None or votes.total < 2.0 or group.inside or best.country in given:
        return False
    small = (
        best.kind in (PlaceKind.TOWN, PlaceKind.ADMIN2)
        and best.population < SMALL
        and not best.id.startswith("curated:")
    )
    return small and votes.countries.get(best.country, 0.0) <= 0.02 * votes.total


def _tolerant(group: _Group, votes: _Votes, gazetteer: Gazetteer) -> tuple[Hit, ...]:
    """Readings under a tolerant spelling, in countries the report is about; each once."""
    have = {hit.entry.id for hit in group.hits}
    about = [c for c, weight in votes.countries.items() if weight >= 0.25 * max(votes.total, 0.1)]
    near = gazetteer.variant_hits(group.key)
    if not have and not near:
        near = gazetteer.sounding(group.key, about)
    return tuple(h for h in near if h.entry.id not in have and h.entry.country in about)


def _belief(ranked: Sequence[Reading]) -> float:
    """Share of the best reading among all that lie elsewhere (softmax of the scores)."""
    if not ranked:
        return 0.0
    top = ranked[0]
    rivals = sum(
        math.exp(1.5 * (score - top[0]))
        for score, hit, _ in ranked[1 : RIVALS + 1]
        if distance_km(hit.entry, top[1].entry) > SAME_PLACE_KM
    )
    return 1.0 / (1.0 + rivals)


def _placed(toponym: Toponym, group: _Group | None) -> Place:
    if group is None:
        return placed(toponym, (), 0.0, doubtful=False)
    return placed(toponym, group.ranked, group.belief, doubtful=group.doubtful)
