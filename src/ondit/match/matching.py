"""Which happenings are coded already, which are new, and which of the coded ones are not in the ledger: by the findings that gathering compares tellings with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ondit.gather.comparing import reasons, score
from ondit.gather.traits import Figure, Point, Traits
from ondit.match.coded import CodedEvent, CodedTable
from ondit.model import Event, FieldAccount
from ondit.model.places import km_between
from ondit.present.fields import place_name
from ondit.text.folding import fold_name

_LEAST = 0.5  # the score from which gathering links tellings
_REACH = 7  # days between two that are compared at all
_LONGEST = 92  # days: a happening dated more widely is compared by its middle alone
_SHORTEST_WORD = 4
_FAR_KM = 30.0
_APART_KM = 80.0  # a coder's coordinates are meant: an equal name does not bring them nearer


@dataclass(frozen=True, slots=True)
class Difference:
    """One field as both have it; `agrees` when they may both be right."""

    field: str
    ours: str
    theirs: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A happening and a coded event that may be the same: the score 0 to 1, why, and how the fields compare."""

    event: Event
    coded: CodedEvent
    score: float
    reasons: tuple[str, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """What came of it: `pairs` (a coded event once, a happening perhaps with several), `new` happenings nobody coded, `missing` coded events
    within the days and countries of the ledger that it lacks, how many lie `outside`, and happenings that cannot be compared (`undated`).
    """

    table: CodedTable
    pairs: tuple[Pair, ...]
    new: tuple[Event, ...]
    undated: tuple[Event, ...]
    missing: tuple[CodedEvent, ...]
    outside: int


def match(events: Sequence[Event], table: CodedTable) -> Matching:
    """Each coded event with the happening that fits it best, if one fits well enough."""
    dated = [event for event in events if _days(event) is not None]
    by_day = _by_day(dated)
    traits: dict[str, Traits] = {event.id: _traits_of_event(event) for event in dated}
    pairs = []
    for coded in table.events:
        best = max(
            _candidates(coded, by_day),
            key=lambda e: (_score(traits[e.id], coded), -_days_between(e, coded), e.id),
            default=None,
        )
        if best is not None and _score(traits[best.id], coded) >= _LEAST:
            pairs.append(_pair(best, coded, traits[best.id]))
    paired, taken = {p.event.id for p in pairs}, {p.coded.row for p in pairs}
    rest = [coded for coded in table.events if coded.row not in taken]
    inside = [coded for coded in rest if _concerns(coded, dated)]
    return Matching(
        table,
        tuple(sorted(pairs, key=lambda p: (str(p.coded.first), p.coded.row))),
        tuple(event for event in dated if event.id not in paired),
        tuple(event for event in events if _days(event) is None),
        tuple(inside),
        len(rest) - len(inside),
    )


def _days(event: Event) -> tuple[date, date] | None:
    interval = event.interval
    if interval is None or (interval.earliest or interval.latest) is None:
        return None
    first, last = interval.earliest or interval.latest, interval.latest or interval.earliest
    assert first is not None
    assert last is not None
    return first, last


def _by_day(events: Sequence[Event]) -> Mapping[int, list[Event]]:
    found: dict[int, list[Event]] = {}
    for event in events:
        first, last = (day.toordinal() for day in _days(event) or ())
        if last - first > _LONGEST:
            first = last = (first + last) // 2
        for day in range(first - _REACH, last + _REACH + 1):
            found.setdefault(day, []).append(event)
    return found


def _candidates(coded: CodedEvent, by_day: Mapping[int, list[Event]]) -> list[Event]:
    """Happenings whose days and places are near."""
    if coded.first is None or coded.last is None:
        return []
    days = range(coded.first.toordinal(), min(coded.last.toordinal(), coded.first.toordinal() + _LONGEST) + 1)
    near = {event.id: event for day in days for event in by_day.get(day, ())}
    return [event for event in near.values() if not _apart(event, coded)]


def _days_between(event: Event, coded: CodedEvent) -> float:
    """Between the middles of the two intervals: of happenings that fit equally well the one whose days lie nearer."""
    ours = _days(event)
    if ours is None or coded.first is None or coded.last is None:
        return 0.0
    one, other = (sum(day.toordinal() for day in days) for days in (ours, (coded.first, coded.last)))
    return abs(one - other) / 2


def _apart(event: Event, coded: CodedEvent) -> bool:
    place = event.place
    if place is None or place.lat is None or place.lon is None or coded.lat is None or coded.lon is None:
        return False
    apart = km_between(place.lat, place.lon, coded.lat, coded.lon)
    return apart - max(place.radius_km or 0.0, coded.radius) > _APART_KM


def _score(ours: Traits, coded: CodedEvent) -> float:
    return score(ours, _traits_of_coded(coded, ours.type))


def _traits_of_event(event: Event) -> Traits:
    place, (first, last) = event.place, _days(event) or (date.min, date.min)
    located = place is not None and place.lat is not None and place.lon is not None
    points: tuple[Point, ...] = ()
    if place is not None and place.lat is not None and place.lon is not None:
        points = (
            Point(place.gazetteer_id or place.name, place_name(place), place.lat, place.lon, place.radius_km or 0.0),
        )
    return Traits(
        id=event.id,
        report="ours",
        type=event.type,
        first=first.toordinal(),
        last=last.toordinal(),
        points=points,
        countries=frozenset(
            [place.country] if place is not None and place.country and (located or place.country) else []
        ),
        figures=tuple(_figures(event)),
        actors=frozenset(w for f in _parties(event) for v in f.values if v.supporters for w in _words(v.value)),
    )


def _figures(event: Event) -> Iterator[Figure]:
    for what in ("killed", "injured"):
        account = next((f for f in event.fields if f.field == what), None)
        for value in account.values if account else ():
            if value.supporters:
                yield Figure(what, value.low, value.high)


def _parties(event: Event) -> Iterator[FieldAccount]:
    return (f for f in event.fields if f.field in ("perpetrator", "target", "victim"))


def _words(name: str) -> Iterator[str]:
    return (word for word in fold_name(name).split() if len(word) >= _SHORTEST_WORD)


def _traits_of_coded(coded: CodedEvent, like: str) -> Traits:
    """A coded event as gathering compares it; where its code may stand for several types it is the one that the happening has."""
    points: tuple[Point, ...] = ()
    if coded.lat is not None and coded.lon is not None:
        points = (Point(f"coded:{coded.row}", coded.place, coded.lat, coded.lon, coded.radius),)
    figures = [Figure("killed", coded.low, coded.high)] if (coded.low, coded.high) != (None, None) else []
    if coded.best is not None:
        figures.append(Figure("killed", coded.best, coded.best))
    if coded.injured != (None, None):
        figures.append(Figure("injured", *coded.injured))
    return Traits(
        id=coded.id,
        report="theirs",
        type=like if like in coded.types else min(coded.types, default="other"),
        first=coded.first.toordinal() if coded.first else None,
        last=coded.last.toordinal() if coded.last else None,
        points=points,
        countries=frozenset([coded.country] if coded.country else []),
        figures=tuple(figures),
        actors=frozenset(word for name in coded.actors for word in _words(name)),
    )


def _concerns(coded: CodedEvent, events: Sequence[Event]) -> bool:
    """Does a coded event lie within the days and the countries that the ledger tells of?"""
    spans = [_days(event) for event in events]
    known = [span for span in spans if span is not None]
    if coded.first is None or coded.last is None or not known:
        return False
    places = {event.place.country for event in events if event.place is not None and event.place.country}
    if coded.country and coded.country not in places:
        return False
    return min(s for s, _ in known) <= coded.last and coded.first <= max(e for _, e in known)


def _pair(event: Event, coded: CodedEvent, ours: Traits) -> Pair:
    theirs = _traits_of_coded(coded, event.type)
    return Pair(event, coded, round(score(ours, theirs), 3), reasons(ours, theirs), tuple(_differences(event, coded)))


def _differences(event: Event, coded: CodedEvent) -> Iterator[Difference]:
    """Type, days, place and figures side by side."""
    yield Difference("type", event.type, coded.code or ", ".join(sorted(coded.types)), event.type in coded.types)
    span = _days(event)
    if span and coded.first and coded.last:
        overlap = span[0] <= coded.last and coded.first <= span[1]
        yield Difference("when", _span(*span), _span(coded.first, coded.last), overlap)
    place = event.place
    if (
        place is not None
        and place.lat is not None
        and place.lon is not None
        and coded.lat is not None
        and coded.lon is not None
    ):
        apart = km_between(place.lat, place.lon, coded.lat, coded.lon)
        words = f"{coded.place} ({apart:.0f} km away)" if apart >= 1 else coded.place
        yield Difference("place", place_name(place), words, apart <= max(_FAR_KM, coded.radius, place.radius_km or 0.0))
    elif place is not None or coded.place:
        same = place is not None and fold_name(place_name(place)) == fold_name(coded.place)
        yield Difference("place", place_name(place) if place else "–", coded.place or "–", same)
    yield from _killed(event, coded)


def _killed(event: Event, coded: CodedEvent) -> Iterator[Difference]:
    account = next((f for f in event.fields if f.field == "killed"), None)
    told = [(v.low, v.high) for v in account.values if v.supporters] if account else []
    low, high = coded.low if coded.low is not None else coded.best, coded.high if coded.high is not None else coded.best
    if not told and not low and not high:
        return
    ours = ", ".join(v.value for v in account.values if v.supporters) if account and told else "–"
    theirs = "–" if low is None and high is None else str(low) if low == high else f"{low} to {high}"
    fits = any(
        (mine_low or 0) <= (high if high is not None else low or 0)
        and (low or 0) <= (mine_high if mine_high is not None else 1 << 40)
        for mine_low, mine_high in told
    )
    yield Difference("killed", ours, theirs, fits or (not told and not (low or 0)))


def _span(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first}/{last}"
