"""Fields of a happening that are no figures: whether it happened, what, where, when, who did it, with what; who says which and who denies."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ondit.model import (
    Actor,
    Aggregate,
    Attestation,
    Count,
    EquipmentMention,
    EquipmentUse,
    FieldAccount,
    FieldStatus,
    FieldValue,
    Interval,
    Place,
    PlacePrecision,
    Role,
    Span,
    Stance,
    Telling,
)
from ondit.ontology import event_types
from ondit.ontology.equipment import systems
from ondit.text.folding import fold_name
from ondit.weigh.attesting import attest
from ondit.weigh.nearness import days_apart, days_wide, km_apart
from ondit.weigh.rules import RULES, Reported, aggregate_words
from ondit.weigh.voices import Known, Statement, same_side
from ondit.weigh.words import figure, listed, plural

_SAME_PLACE_KM = 25  # two points of one town, or a village and the town beside it
_SAME_DAY = 1  # days: a night has two, and reports count from different time zones
_MOST_VALUES = 24  # different values of a field that are compared; rarer ones go with the first they fit
_EXACT = (PlacePrecision.EXACT, PlacePrecision.NEAR)
HAPPENED = "happened"
YES = "yes"


@dataclass(slots=True)
class _Value:
    """One value while it is being collected: the thing itself, how precise, and who stands behind it."""

    thing: Any
    name: str
    precision: int
    supporters: list[Attestation] = field(default_factory=list)
    dissenters: list[Attestation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one field is read off a telling and when two of its values are the same or can both be true."""

    name: str
    of: Callable[[Telling], Sequence[tuple[Any, str, int]]]
    same: Callable[[Any, Any], bool]
    rival: Callable[[Any, Any], bool]
    apart: Callable[[Any, Any], str]
    within: Callable[[Any, Any], bool] = lambda _inner, _outer: False
    said: Callable[[Telling, Any], Span | None] = lambda _telling, _thing: None
    """Where a value is said, when only those who say so stand behind it; a place and a time are those of all that a telling says."""


def value_accounts(found: Sequence[Statement], origins: Mapping[str, str], known: Known) -> list[FieldAccount]:
    """The accounts of all fields that are told, `happened` first."""
    accounts = [_happened(found, origins)]
    withdrawal = _withdrawal(found, origins)
    kinds = (
        _Kind(
            "type",
            _types,
            lambda a, b: a == b,
            _other_family,
            lambda _a, _b: "of different families",
            said=lambda telling, _type: telling.event.trigger,
        ),
        _Kind("place", _places, _same_place, lambda a, b: not _same_place(a, b), _how_far, _within),
        _Kind("when", _times, _same_time, lambda a, b: not _same_time(a, b), _how_long),
        _Kind(
            "perpetrator",
            _perpetrators(known),
            _same_actor(known),
            _rival_actors(known),
            lambda _a, _b: "different",
            said=lambda _telling, actor: actor.span,
        ),
        _Kind(
            "equipment",
            _equipment,
            lambda a, b: a.ontology_id == b.ontology_id,
            _rival_systems,
            lambda _a, _b: "of one class",
            said=lambda _telling, equipment: equipment.span,
        ),
    )
    for kind in kinds:
        values = _collect(kind, found, origins)
        if kind.name == "perpetrator":
            _add_denials(values, found, origins, known)
        if values:
            accounts.append(_account(kind, values))
    return [a for a in (*accounts, withdrawal) if a is not None]


def _happened(found: Sequence[Statement], origins: Mapping[str, str]) -> FieldAccount | None:
    yes = _Value(YES, YES, 0)
    denials = deniers(found)
    for statement in found:
        if statement.affirms:
            yes.supporters.append(attest(statement, origins))
        if statement.claim.stance is Stance.DISTANCES:
            yes.dissenters.append(attest(statement, origins, relay=True))
    yes.dissenters += [attest(statement, origins) for statement in denials]
    if not (yes.supporters or yes.dissenters):
        return None
    denied = [a for a in yes.dissenters if a.stance is Stance.DENIES]
    doubted = [a for a in yes.dissenters if a.stance is Stance.DISTANCES]
    status = FieldStatus.CONTESTED if denied else _agreed([yes])
    sentence = (
        f"that it happened is said by {_voices(yes.supporters)}" if yes.supporters else "nobody says that it happened"
    )
    sentence += f" and denied by {_voices(denied)}" if denied and yes.supporters else ""
    sentence += f", {_voices(denied)} denies it" if denied and not yes.supporters else ""
    sentence += f"; {_voices(doubted)} passes it on with doubt" if doubted else ""
    return FieldAccount(HAPPENED, status, (_frozen(yes),), sentence)


def deniers(found: Sequence[Statement]) -> list[Statement]:
    """The statements that it did not happen: without a figure (which would be what is denied), by voices that do not tell it themselves."""
    telling_it = {s.voice.key for s in found if s.affirms}
    denials = [s for s in found if s.claim.stance is Stance.DENIES and not s.claim.counts]
    return [s for s in denials if s.voice.key not in telling_it]


def contradicting(found: Sequence[Statement]) -> list[Statement]:
    """Statements that count troops where others say that they have left: they tell the happening only to contradict it."""
    leaving = {s.voice.key for s in found if _tells_withdrawal(s)}
    return [
        s
        for s in found
        if s.telling.event.type == "withdrawal" and s.affirms and leaving and s.voice.key not in leaving and _stayed(s)
    ]


def _tells_withdrawal(statement: Statement) -> bool:
    trigger, content = statement.telling.event.trigger, statement.claim.content
    told = statement.telling.event.type == "withdrawal" and statement.affirms
    return told and trigger is not None and content.start <= trigger.start < content.stop


def _stayed(statement: Statement) -> list[Count]:
    return [c for c in statement.claim.counts if c.what == "troops" and (c.low or 0) > 0]


def _withdrawal(found: Sequence[Statement], origins: Mapping[str, str]) -> FieldAccount | None:
    """Troops that one voice says have left and another counts where they were."""
    leaving = _Value("", "withdrawn", 0)
    staying: dict[str, _Value] = {}
    for s in found:
        if s.contradicts:
            for count in _stayed(s):
                name = f"{figure(count.low, count.high)} still there"
                staying.setdefault(name, _Value("", name, 0)).supporters.append(attest(s, origins))
        elif _tells_withdrawal(s):
            leaving.supporters.append(attest(s, origins))
            if s.claim.stance is Stance.DISTANCES:
                leaving.dissenters.append(attest(s, origins, relay=True))
    if not leaving.supporters or not staying:
        return None
    values = [leaving, *staying.values()]
    against = " and ".join(f"{v.name} ({_voices(v.supporters)})" for v in staying.values())
    sentence = f"withdrawal: withdrawn ({_voices(leaving.supporters)}) against {against}"
    return FieldAccount("withdrawal", FieldStatus.CONTESTED, tuple(map(_frozen, values)), sentence)


def _collect(kind: _Kind, found: Sequence[Statement], origins: Mapping[str, str]) -> list[_Value]:
    """Values with those who hold them: every voice that affirms the happening in a telling stands behind the telling's fields."""
    by_telling: dict[int, list[Statement]] = {}
    for statement in found:
        by_telling.setdefault(id(statement.telling), []).append(statement)
    values: list[_Value] = []
    for told in by_telling.values():
        affirming = [s for s in told if s.affirms]
        doubting = {s.outlet.key: attest(s, origins, relay=True) for s in told if s.claim.stance is Stance.DISTANCES}
        if not affirming:
            continue
        for thing, name, precision in kind.of(told[0].telling):
            backing = {s.voice.key: attest(s, origins) for s in _saying(kind, thing, affirming)}
            value = next((v for v in values if kind.same(v.thing, thing)), None)
            if value is None and len(values) < _MOST_VALUES:
                value = _Value(thing, name, precision)
                values.append(value)
            elif value is None:
                continue
            elif precision > value.precision or (
                kind.within(thing, value.thing) and not kind.within(value.thing, thing)
            ):
                value.thing, value.name, value.precision = thing, name, precision
            value.supporters += backing.values()
            value.dissenters += doubting.values()
    return sorted(values, key=lambda v: (-len(_backers(v)), -v.precision))


def _saying(kind: _Kind, thing: Any, affirming: Sequence[Statement]) -> Sequence[Statement]:
    """Those of a telling's voices whose words say the value; all of them when it stands in nobody's words."""
    where = kind.said(affirming[0].telling, thing)
    return [s for s in affirming if where and s.claim.content.contains(where)] or affirming


def _account(kind: _Kind, values: Sequence[_Value]) -> FieldAccount:
    rivals = [(a, b) for n, a in enumerate(values) for b in values[n + 1 :] if kind.rival(a.thing, b.thing)]
    denied = [(v, d) for v in values if (d := [a for a in v.dissenters if a.stance is Stance.DENIES])]
    status = FieldStatus.CONTESTED if rivals or denied else _agreed(values)
    parts = [f"{v.name} ({_voices(v.supporters)})" for v in values]
    if rivals:
        a, b = rivals[0]
        held = _holders(a) & _holders(b)
        text = f"{a.name} ({_told_by(a, held)}) against {b.name} ({_told_by(b, held)}), {kind.apart(a.thing, b.thing)}"
    elif denied:
        text = "; ".join(f"{v.name} ({_voices(v.supporters)}), denied by {_voices(d)}" for v, d in denied)
    else:
        text = "; ".join(parts)
    return FieldAccount(kind.name, status, tuple(map(_frozen, values)), f"{kind.name}: {text}", _aggregates(values))


def _agreed(values: Sequence[_Value]) -> FieldStatus:
    return FieldStatus.AGREED if any(len(_backers(v)) > 1 for v in values) else FieldStatus.SINGLE


def _backers(value: _Value) -> set[str]:
    return {a.origin or a.voice for a in value.supporters}


def _holders(value: _Value) -> set[str]:
    return {a.voice for a in value.supporters}


def _told_by(value: _Value, both: Collection[str]) -> str:
    """Who holds a value; of those who hold the other as well, through whom: it is their words that outlets tell in two ways."""
    names = (
        f"{a.voice} through {a.outlet}" if a.voice in both and a.outlet not in ("", a.voice) else a.voice
        for a in value.supporters
    )
    return listed(list(dict.fromkeys(names)))


def _frozen(value: _Value) -> FieldValue:
    unique = dict.fromkeys
    return FieldValue(value.name, tuple(unique(value.supporters)), tuple(unique(value.dissenters)))


def _voices(attestations: Iterable[Attestation]) -> str:
    return listed(list(dict.fromkeys(a.voice for a in attestations)))


def _aggregates(values: Sequence[_Value]) -> tuple[Aggregate, ...]:
    """What each named rule makes of the reports' values; ties that nothing breaks leave a rule without a value."""
    if len(values) == 1:
        return tuple(Aggregate(rule, values[0].name) for rule in RULES)
    rows = [Reported(v.name, v.precision) for v in values for _ in {a.report_id for a in v.supporters}]
    chosen = [(rule, aggregate_words(rule, rows)) for rule in RULES]
    return tuple(Aggregate(rule, value) for rule, value in chosen if value is not None)


def _types(telling: Telling) -> list[tuple[Any, str, int]]:
    return [
        (
            telling.event.type,
            telling.event.type.replace("_", " "),
            telling.event.type not in ("other", "statement_only"),
        )
    ]


def _other_family(a: str, b: str) -> bool:
    types = event_types()
    vague = {"other", "statement_only"}
    return a in types and b in types and not {a, b} & vague and types[a].family != types[b].family


def _places(telling: Telling) -> list[tuple[Any, str, int]]:
    located = [p for p in telling.event.places if not p.metonym and p.lat is not None and p.lon is not None]
    return [(p, p.name or p.text, _how_precise(p)) for p in located[:1]]


def _how_precise(place: Place) -> int:
    order = (
        PlacePrecision.REGION,
        PlacePrecision.COUNTRY,
        PlacePrecision.DIVISION,
        PlacePrecision.PART,
        *reversed(_EXACT),
    )
    return order.index(place.precision) if place.precision in order else 0


def _same_place(a: Place, b: Place) -> bool:
    """One and the same, one beside the other, or one within the other."""
    if a.gazetteer_id is not None and a.gazetteer_id == b.gazetteer_id:
        return True
    reach = max(_SAME_PLACE_KM, a.radius_km or 0, b.radius_km or 0)
    return km_apart(a, b) <= reach or _within(a, b) or _within(b, a)


def _within(inner: Place, outer: Place) -> bool:
    """In the same country and in its division, which may stand under the name of its seat ("in Tahoua": the town or the region)."""
    if outer.precision is PlacePrecision.COUNTRY:
        return bool(outer.country) and inner.country == outer.country
    return inner.country == outer.country and fold_name(outer.name) in {fold_name(name) for name in inner.admin}


def _how_far(a: Place, b: Place) -> str:
    return f"{km_apart(a, b):.0f} km apart"


def _times(telling: Telling) -> list[tuple[Any, str, int]]:
    dated = [t.interval for t in telling.event.times if t.interval and t.interval.edtf]
    return [(i, i.edtf, -min(days_wide(i), 10_000)) for i in dated[:1]]


def _same_time(a: Interval, b: Interval) -> bool:
    return days_apart(a, b) <= _SAME_DAY


def _how_long(a: Interval, b: Interval) -> str:
    return f"{plural(days_apart(a, b), 'day')} apart"


def _perpetrators(known: Known) -> Callable[[Telling], list[tuple[Any, str, int]]]:
    def of(telling: Telling) -> list[tuple[Any, str, int]]:
        actors = [a for a in telling.event.actors if a.role is Role.PERPETRATOR]
        return [(a, _actor_name(a, known), 2 if a.registry_id else int(_is_named(a))) for a in actors]

    return of


def _actor_name(actor: Actor, known: Known) -> str:
    source = known.sources.get(actor.registry_id or "") or known.named(actor.text)
    return source.name if source else " ".join(actor.text.split())


def _is_named(actor: Actor) -> bool:
    return any(w[:1].isupper() for w in actor.text.split()[1:])


def _same_actor(known: Known) -> Callable[[Actor, Actor], bool]:
    def same(a: Actor, b: Actor) -> bool:
        one, two = (known.sources.get(x.registry_id or "") or known.named(x.text) for x in (a, b))
        if one and two:
            return one.id == two.id or bool(known.sides(one) & known.sides(two))
        words, others = set(fold_name(a.text).split()), set(fold_name(b.text).split())
        return words <= others or others <= words

    return same


def _rival_actors(known: Known) -> Callable[[Actor, Actor], bool]:
    """Two perpetrators are rivals only when both are known and stand on different sides; anything else may be two names of one."""

    def rival(a: Actor, b: Actor) -> bool:
        one, two = (known.sources.get(x.registry_id or "") or known.named(x.text) for x in (a, b))
        return bool(one and two) and not known.sides(one) & known.sides(two)

    return rival


def _add_denials(
    values: Sequence[_Value], found: Sequence[Statement], origins: Mapping[str, str], known: Known
) -> None:
    """A party that denies an act which others say it did."""
    for statement in found:
        if statement.claim.stance is Stance.DENIES and not statement.claim.counts:
            for value in values:
                if same_side(statement.voice, value.thing, known):
                    value.dissenters.append(attest(statement, origins))


def _equipment(telling: Telling) -> list[tuple[Any, str, int]]:
    used = [e for e in telling.event.equipment if e.use is EquipmentUse.USED and e.ontology_id]
    return [(e, e.name or e.text, e.ontology_id in systems()) for e in used]


def _rival_systems(a: EquipmentMention, b: EquipmentMention) -> bool:
    """Two different real systems of one class ("F-16" against "F-15")."""
    one, two = (systems().get(e.ontology_id or "") for e in (a, b))
    return bool(one and two) and one is not two and one.kind is two.kind  # type: ignore[union-attr]
