"""Figures of a happening: which voices agree, which contradict one another, and what is only a newer toll of the same voice."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ondit.model import (
    ActorKind,
    Aggregate,
    Attestation,
    Count,
    FieldAccount,
    FieldStatus,
    FieldValue,
    Interest,
    Role,
    Stance,
)
from ondit.weigh.attesting import attest
from ondit.weigh.rules import INFORMATIVE, RULES, aggregate_figures
from ondit.weigh.series import ARMED, CIVILIANS, OF_THINGS, SIDES, Figure, Series, comparable, content_of, series_of
from ondit.weigh.voices import Known, Statement
from ondit.weigh.words import figure, listed

# What is told of people; other figures ("three strikes", "a drone") are compared only where they count the same things.
_OF_PEOPLE = ("killed", "injured", "missing", "abducted", "arrested", "displaced")
PERPETRATORS = "_perpetrators"  # suffix of the field that counts losses of those who did it
# Whom a happening of the type takes are never those who did it, whatever role was read.
_TAKEN = {"abduction": "abducted", "arrest": "arrested"}


def figure_accounts(found: Sequence[Statement], origins: Mapping[str, str], known: Known) -> list[FieldAccount]:
    """One account for each thing counted, in a fixed order of fields."""
    told: dict[str, list[Figure]] = {}
    denied: dict[str, list[Figure]] = {}
    doers = _side_that_did_it(found)
    for statement in found:
        if statement.claim.stance is Stance.DEMANDS:
            continue
        denies = statement.claim.stance is Stance.DENIES
        for field, reading in _largest_of_claim(statement, doers):
            into = (
                denied if denies and reading.size != (0, 0) else told
            )  # who denies with “nobody was killed” says none
            into.setdefault(field, []).append(reading)
    order = [f"{what}{side}" for what in _OF_PEOPLE for side in ("", PERPETRATORS)]
    things = [field for field in {**told, **denied} if field not in order]
    return [
        _account(field, told.get(field, []), denied.get(field, []), origins, known)
        for field in (*order, *things)
        if field in told or field in denied
    ]


def _side_that_did_it(found: Sequence[Statement]) -> str | None:
    """Whether fighters, forces or civilians did it, by most of the reports that say who did, where others suffered it."""
    did: dict[str, set[str]] = {}
    suffered: set[str] = set()
    for statement in found:
        for actor in statement.telling.event.actors:
            side = SIDES.get(actor.kind) if actor.kind is not None else None
            if side is not None and actor.role is Role.PERPETRATOR:
                did.setdefault(side, set()).add(statement.report.id)
            elif side is not None:
                suffered.add(side)
    most = sorted(((len(reports), side) for side, reports in did.items()), reverse=True)
    if not most or (len(most) > 1 and most[0][0] == most[1][0]) or suffered <= {most[0][1]}:
        return None
    return most[0][1]


def _largest_of_claim(statement: Statement, doers: str | None) -> Iterable[tuple[str, Figure]]:
    """The largest figure of each field: a smaller one beside it is a part of it ("31 dead, among them 8 children")."""
    largest: dict[str, Figure] = {}
    for count in statement.claim.counts:
        if count.low is None and count.high is None:
            continue
        field, kind = _field(count, statement, doers)
        reading = Figure(count, statement, kind)
        if field and (field not in largest or reading.size > largest[field].size):
            largest[field] = reading
    return largest.items()


def _field(count: Count, statement: Statement, doers: str | None) -> tuple[str, ActorKind | None]:
    """The field of a figure: losses of those who did it, as the telling says or as most reports do, have one of their own."""
    words = content_of(f"{count.text} {count.who}")
    role, kind = None, None
    for actor in statement.telling.event.actors:
        if words & content_of(actor.text):
            role, kind = actor.role, actor.kind
            if role is not Role.PERPETRATOR:
                break
    if count.what in _OF_PEOPLE:
        lost = role is Role.PERPETRATOR or (doers is not None and kind is not None and SIDES.get(kind) == doers)
        lost = lost and _TAKEN.get(statement.telling.event.type) != count.what
        return f"{count.what}{PERPETRATORS if lost else ''}", kind
    return (count.what if count.what in OF_THINGS else ""), kind


def _account(
    field: str, told: Sequence[Figure], denied: Sequence[Figure], origins: Mapping[str, str], known: Known
) -> FieldAccount:
    series = series_of(told, known)
    values = _values(told, denied, origins)
    opposed, grown = _relations(series)
    others = _of_others(field, series)
    if opposed or others or any(v.dissenters and any(d.stance is Stance.DENIES for d in v.dissenters) for v in values):
        status = FieldStatus.CONTESTED
    elif grown:
        status = FieldStatus.UPDATED
    else:
        status = FieldStatus.AGREED if _agreed(series, values, origins) else FieldStatus.SINGLE
    sentence = _sentence(field, status, values, opposed, grown, others)
    return FieldAccount(field, status, values, sentence, _aggregates(series))


def _agreed(series: Sequence[Series], values: Sequence[FieldValue], origins: Mapping[str, str]) -> bool:
    """Do independent origins give one figure, or figures of the same people that can both be?"""
    if any(len({a.origin or a.voice for a in v.supporters}) > 1 for v in values):
        return True
    current = [one.current for one in series]
    return any(_meet([r for r in current if r.side in (side, None)], origins) for side in {r.side for r in current})


def _meet(figures: Iterable[Figure], origins: Mapping[str, str]) -> bool:
    """Do figures of two origins overlap? Those that reach furthest so far are enough to see it."""
    reach: dict[str, float] = {}
    for reading in sorted(figures, key=lambda r: r.size):
        origin = _origin(reading, origins)
        if any(top >= (reading.low or 0) for other, top in reach.items() if other != origin):
            return True
        top = math.inf if reading.high is None else reading.high
        reach = dict(sorted({**reach, origin: max(top, reach.get(origin, 0))}.items(), key=lambda r: -r[1])[:2])
    return False


def _origin(reading: Figure, origins: Mapping[str, str]) -> str:
    return origins.get(reading.statement.voice.key, reading.statement.voice.name)


def _of_others(field: str, series: Sequence[Series]) -> "tuple[Figure, Figure] | None":
    """Two voices who say that other people were hit: who did it tells of fighters or soldiers alone, another of civilians alone."""
    if field not in _OF_PEOPLE:
        return None
    told = [(one, sides) for one in series if (sides := {r.side for r in one.figures if r.side})]
    own = [one for one, sides in told if len(sides) == 1 and sides <= ARMED and _own_act(one)]
    hit = [one for one, sides in told if sides == {CIVILIANS} and not _own_act(one)]
    return (own[0].current, hit[0].current) if own and hit else None


def _own_act(one: Series) -> bool:
    return any(r.statement.interest is Interest.CONCEDES for r in one.figures)


def _values(told: Sequence[Figure], denied: Sequence[Figure], origins: Mapping[str, str]) -> tuple[FieldValue, ...]:
    supporters: dict[tuple[int | None, int | None], list[Attestation]] = {}
    dissenters: dict[tuple[int | None, int | None], list[Attestation]] = {}
    for reading in told:
        key = (reading.low, reading.high)
        supporters.setdefault(key, []).append(attest(reading.statement, origins))
        if reading.statement.claim.stance is Stance.DISTANCES:
            dissenters.setdefault(key, []).append(attest(reading.statement, origins, relay=True))
    for reading in denied:
        dissenters.setdefault((reading.low, reading.high), []).append(attest(reading.statement, origins))
    found = [
        FieldValue(figure(*key), tuple(supporters.get(key, ())), tuple(dissenters.get(key, ())), *key)
        for key in dict.fromkeys((*supporters, *dissenters))
    ]
    return tuple(sorted(found, key=lambda v: (-len({a.origin or a.voice for a in v.supporters}), -len(v.supporters))))


_Pair = tuple[Figure, Figure]


def _relations(series: Sequence[Series]) -> tuple[list[_Pair], list[_Pair]]:
    """Which figures contradict each other, and which replace earlier ones (older first)."""
    grown = [
        (older, newer)
        for one in series
        for older, newer in zip(one.figures, one.figures[1:], strict=False)
        if older.size != newer.size and not _vaguer(older, newer)
    ]
    opposed: list[_Pair] = []
    current: dict[tuple[int | None, int | None], Figure] = {}
    for one in series:
        current.setdefault((one.current.low, one.current.high), one.current)
    together = _side_by_side(series)
    extremes: list[
        Figure
    ] = []  # the smallest and the largest so far: what lies between adds no contradiction of its own kind
    for newer in sorted(current.values(), key=lambda r: (r.day or date.max, r.size)):
        for older in extremes:
            relation = _relation(older, newer, together)
            if relation is not None:
                (opposed if relation is FieldStatus.CONTESTED else grown).append((older, newer))
        sized = sorted([*extremes, newer], key=lambda r: r.size)
        extremes = [sized[0], sized[-1]] if len(sized) > 1 else sized
    return opposed, grown


def _relation(older: Figure, newer: Figure, together: frozenset[tuple[object, object]]) -> FieldStatus | None:
    """Does the newer figure contradict the older one, replace it, or neither?"""
    if not comparable(older, newer):
        return None
    dated = older.day is not None and newer.day is not None
    later = older.day != newer.day or (newer.risen and not older.risen)
    raised = dated and later and newer.size > older.size
    if _overlap(older, newer):
        bound_raised = raised and older.high is None and (older.low or 0) < (newer.low or 0)
        return FieldStatus.UPDATED if bound_raised else None
    in_one = older.statement.report.id == newer.statement.report.id
    if in_one and (older.statement.own or newer.statement.own):
        return FieldStatus.UPDATED  # a report's own figure is its latest; that of a voice it cites may be older
    return FieldStatus.UPDATED if raised and _pair(older, newer) not in together else FieldStatus.CONTESTED


def _side_by_side(series: Sequence[Series]) -> frozenset[tuple[object, object]]:
    """Pairs of different figures that one report gives of different voices: it sets them against each other."""
    by_report: dict[str, list[Figure]] = {}
    for one in series:
        by_report.setdefault("", [])
        for reading in one.figures:
            by_report.setdefault(reading.statement.report.id, []).append(reading)
    pairs = set()
    for readings in by_report.values():
        sizes = sorted({(r.low, r.high) for r in readings}, key=repr)[:_MOST_IN_REPORT]
        pairs |= {(a, b) for a in sizes for b in sizes if a != b}
    return frozenset(pairs)


_MOST_IN_REPORT = 12  # different figures of one field in one report that are compared pairwise


def _pair(older: Figure, newer: Figure) -> tuple[object, object]:
    return (older.low, older.high), (newer.low, newer.high)


def _overlap(a: Figure, b: Figure) -> bool:
    top = min(x for x in (a.high, b.high, 1 << 60) if x is not None)
    return max(a.low or 0, b.low or 0) <= top


def _vaguer(older: Figure, newer: Figure) -> bool:
    """Is the newer figure only a looser way to say the older one ("dozens" after "at least 31")?"""
    return _overlap(older, newer) and (newer.low or 0) <= (older.low or 0)


def _aggregates(series: Sequence[Series]) -> tuple[Aggregate, ...]:
    """What each named rule makes of the current figures, one for each voice."""
    rows = [one.current.count for one in series]
    if len(rows) == 1:
        low, high, best = rows[0].low, rows[0].high, rows[0].best if rows[0].best is not None else _exact(rows[0])
        value = str(best) if best is not None else figure(low, high)
        return tuple(Aggregate(rule, value, low, best, high) for rule in RULES)
    return tuple(_aggregate(rule, rows) for rule in RULES if rows)


def _aggregate(rule: str, rows: Sequence[Count]) -> Aggregate:
    """Low, best and high each by the rule, as the rules are defined; an open end is the highest, and a best figure outside the bounds is none."""
    low = aggregate_figures(rule, [row.low for row in rows])
    open_ = rule == INFORMATIVE and any(row.high is None for row in rows)
    high = None if open_ else aggregate_figures(rule, [row.high for row in rows])
    best = aggregate_figures(rule, [row.best if row.best is not None else _exact(row) for row in rows])
    if best is not None and not (low or 0) <= best <= (best if high is None else high):
        best = None
    return Aggregate(rule, str(best) if best is not None else figure(low, high), low, best, high)


def _exact(count: Count) -> int | None:
    return count.low if count.low == count.high else None


def _sentence(
    field: str,
    status: FieldStatus,
    values: Sequence[FieldValue],
    opposed: Sequence[_Pair],
    grown: Sequence[_Pair],
    others: _Pair | None,
) -> str:
    name = field.removesuffix(PERPETRATORS) + (" among those who did it" if field.endswith(PERPETRATORS) else "")
    if others is not None:
        a, b = others
        text = f"{name}: {_say(a, a.count.text)} against {_say(b, b.count.text)}, who are not the same people"
        return f"{text}; {_against(opposed)}" if opposed else text
    if status is FieldStatus.CONTESTED and opposed:
        return f"{name}: {_against(opposed)}"
    if status is FieldStatus.CONTESTED:
        value = next(v for v in values if v.dissenters)
        return f"{name}: {value.value} is denied by {listed(_names(value.dissenters))}"
    if status is FieldStatus.UPDATED:
        steps = "; ".join(f"{_say(older)}, then {_say(newer)}" for older, newer in grown[:3])
        return f"{name} grew: {steps}" if all(n.size > o.size for o, n in grown) else f"{name} was revised: {steps}"
    names = listed(list(dict.fromkeys(n for v in values for n in _names(v.supporters))))
    if status is FieldStatus.SINGLE and len(values) > 1:
        return f"{name}: " + "; ".join(f"{v.value} ({listed(_names(v.supporters))})" for v in values if v.supporters)
    told = " / ".join(dict.fromkeys(v.value for v in values))
    return f"{name}: {told} ({names})" if status is FieldStatus.SINGLE else f"{name}: {told}, agreed by {names}"


def _against(opposed: Sequence[_Pair]) -> str:
    older, newer = opposed[0]
    more = f", and {len(opposed) - 1} more such pairs" if len(opposed) > 1 else ""
    return f"{_say(older)} against {_say(newer)}{more}"


def _say(reading: Figure, text: str = "") -> str:
    day = f", {reading.day.isoformat()}" if reading.day else ""
    return f"{' '.join(text.split()) or figure(reading.low, reading.high)} ({reading.statement.voice.name}{day})"


def _names(attestations: Iterable[Attestation]) -> list[str]:
    return list(dict.fromkeys(a.voice for a in attestations))
