"""From groups of tellings to happenings: what they agree on, and why they are together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ondit.gather.clustering import Pairs
from ondit.gather.comparing import reasons
from ondit.gather.notes import Drawer
from ondit.gather.traits import Traits
from ondit.model import Copy, Event, Interval, Link, Place, PlacePrecision, event_id

_VAGUE = frozenset({"other", "statement_only"})
_EXACT = frozenset({PlacePrecision.EXACT, PlacePrecision.NEAR})


def event_of(
    group: Sequence[str], traits: Drawer[Traits] | Mapping[str, Traits], pairs: Pairs, copies: Iterable[Copy] = ()
) -> Event:
    """The happening that a group of tellings is about."""
    told = [traits[node] for node in sorted(group)]
    names = sorted({event_id(t.claims[0]) for t in told if t.claims})
    claims = tuple(sorted(claim for t in told for claim in t.claims))
    own = event_id(claims[0])
    return Event(
        id=own,
        type=_type(told),
        mentions=tuple(t.id for t in told),
        claims=claims,
        reports=tuple(sorted({t.report for t in told})),
        place=_place(told),
        interval=_interval(told),
        links=tuple(_links(told, traits, pairs)),
        copies=tuple(copies),
        superseded=tuple(name for name in names if name != own),
    )


def _type(told: Sequence[Traits]) -> str:
    """The type most tellings give; a vague one only when no telling gives another."""
    counted = Counter(t.type for t in told if t.type not in _VAGUE) or Counter(t.type for t in told)
    return min(counted, key=lambda type_: (-counted[type_], type_))


def _place(told: Sequence[Traits]) -> Place | None:
    """The exact place that most tellings give, else the division, else the country."""
    places = [t.place for t in told if t.place is not None]
    for fits in (_EXACT, {PlacePrecision.PART, PlacePrecision.DIVISION, PlacePrecision.REGION}, set(PlacePrecision)):
        counted = Counter(p.gazetteer_id or p.text for p in places if p.precision in fits)
        if counted:
            best = min(counted, key=lambda key: (-counted[key], key))
            return next(p for p in places if (p.gazetteer_id or p.text) == best)
    return None


def _interval(told: Sequence[Traits]) -> Interval | None:
    """The date that most tellings give; of equally many the shortest, then the earliest."""
    dated = [t for t in told if t.interval is not None and t.first is not None and t.last is not None]
    if not dated:
        return None
    counted = Counter((t.first or 0, t.last or 0) for t in dated)
    best = min(counted, key=lambda days: (-counted[days], days[1] - days[0], days[0]))
    return next(t.interval for t in dated if (t.first, t.last) == best)


def _links(told: Sequence[Traits], traits: Drawer[Traits] | Mapping[str, Traits], pairs: Pairs) -> list[Link]:
    """The likeliest links that hold the group together (a spanning tree), each with its reasons."""
    inside = {t.id for t in told}
    edges = sorted(
        (-score, t.id, other)
        for t in told
        for other, score in (pairs.get(t.id) or {}).items()
        if other in inside and t.id < other
    )
    home = {node: node for node in inside}
    links = []
    for score, left, right in edges:
        a, b = _root(home, left), _root(home, right)
        if a != b:
            home[a] = b
            links.append(Link(left, right, round(-score, 3), reasons(traits[left], traits[right])))
    roots = sorted({_root(home, node) for node in inside})
    links += [Link(roots[0], other, 1.0, ("joined by an analyst",)) for other in roots[1:]]
    return links


def _root(home: dict[str, str], node: str) -> str:
    while home[node] != node:
        home[node] = home[home[node]]
        node = home[node]
    return node
