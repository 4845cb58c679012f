"""One happening as the columns of a table need it: one value a field by a named rule, who had which part, who published it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ondit.model import (
    Actor,
    ActorKind,
    Aggregate,
    Claim,
    Event,
    FieldAccount,
    Place,
    PlacePrecision,
    Role,
    Stance,
)
from ondit.ontology import code_of, combinations, trigger_classes
from ondit.present.account import event_title, grade_text
from ondit.present.fields import chain_names, headline
from ondit.present.formats.dossier import Dossier, Told

CONSERVATIVE = "most-conservative"
REPRESENTATIVE = "most-representative"
INFORMATIVE = "most-informative"
ARMED = frozenset(
    {ActorKind.STATE_FORCES, ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA, ActorKind.EXTERNAL_FORCES}
)  # fmt: skip
_SUFFERERS = (Role.TARGET, Role.VICTIM)
_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Party:
    """Who had a part in a happening: the name (as registered, else in a report's words), what it is, and its registry id or ""."""

    name: str
    kind: ActorKind
    source: str
    roles: frozenset[Role]
    reports: int


@dataclass(frozen=True, slots=True)
class Days:
    """The days between which a happening was (both inclusive)."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def middle(self) -> date:
        """The day in the middle, the earlier of two."""
        return self.first + timedelta((self.length - 1) // 2)


def account(event: Event, field: str) -> FieldAccount | None:
    """What the reports make of a field."""
    return next((one for one in event.fields if one.field == field), None)


def by_rule(event: Event, field: str, rule: str) -> Aggregate | None:
    """The value of a field by a named rule."""
    found = account(event, field)
    return next((one for one in found.aggregates if one.rule == rule), None) if found else None


def value_of(event: Event, field: str, rule: str) -> str:
    """The value of a field in words by a named rule; "" when nothing is told or the rule does not decide."""
    found = by_rule(event, field, rule)
    return found.value if found else ""


def is_contested(event: Event) -> bool:
    """Do reports contradict one another on some field?"""
    return any(one.status == "contested" for one in event.fields)


def lowest(event: Event, what: str) -> int | None:
    """The lowest figure that was reported, of those who suffered and those who did it together; None when none was."""
    return _sum(by_rule(event, f"{what}{side}", CONSERVATIVE) for side in ("", "_perpetrators"))


def _sum(found: Iterator[Aggregate | None]) -> int | None:
    lows = [one.best if one.low is None else one.low for one in found if one is not None]
    known = [low for low in lows if low is not None]
    return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class Toll:
    """Figures of one field: the lowest and highest reported, and the one reported most often (None = not told or open)."""

    low: int | None
    best: int | None
    high: int | None


def toll(event: Event, field: str) -> Toll:
    """The figures of a field over its reports."""
    rules = [by_rule(event, field, rule) for rule in (CONSERVATIVE, REPRESENTATIVE, INFORMATIVE)]
    low, middle, high = rules
    best = middle.best if middle and middle.best is not None else middle.low if middle else None
    return Toll(
        low.low if low else None,
        best,
        (high.high if high.high is not None else high.best if high.best is not None else high.low) if high else None,
    )


def only_denied(event: Event) -> bool:
    """Is there nobody who says that it happened (it is only denied, doubted or demanded)?"""
    happened = account(event, "happened")
    if happened is None:
        return False
    return not any(a.stance in (Stance.ASSERTS, Stance.POSSIBLE) for v in happened.values for a in v.supporters)


def days(event: Event) -> Days | None:
    """The days of a happening, None when it has none or they are open at one end."""
    interval = event.interval
    if interval is None or interval.earliest is None or interval.latest is None:
        return None
    return Days(interval.earliest, interval.latest)


def point(place: Place | None) -> tuple[float, float] | None:
    """Latitude and longitude of a place that was found."""
    return None if place is None or place.lat is None or place.lon is None else (place.lat, place.lon)


def divisions(place: Place, country: str) -> tuple[str, ...]:
    """The chain of divisions without the country, widest first."""
    return place.admin[1:] if place.admin and place.admin[0] == country else place.admin


def country_name(place: Place) -> str:
    """The country as the gazetteer calls it; its code where the chain of divisions does not begin with it."""
    if place.kind == "country":
        return place.name
    return place.admin[0] if place.admin else place.country


def subtype(told: Sequence[Told], type_: str) -> str:
    """The refinement of the type that most mentions show by the trigger class that read them ("en/happenings:arson"); "" for none."""
    found: Counter[str] = Counter()
    for mention in (m for one in told for m in one.mentions):
        name = mention.rule.rpartition(":")[2]
        trigger = trigger_classes().get(_combined().get(name, name))
        if mention.type == type_ and trigger is not None and trigger.type == type_ and trigger.subtype:
            found[trigger.subtype] += 1
    return min(found, key=lambda name: (-found[name], name), default="")


@cache
def _combined() -> Mapping[str, str]:
    return {row.name: row.becomes for row in combinations()}


def coded(event: Event, told: Sequence[Told], codebook: str) -> str | None:
    """The codebook's code of a happening, by the refinement of its type where there is one; None when it has no room for it."""
    return code_of(event.type, codebook, subtype=subtype(told, event.type))


def parties(dossier: Dossier, told: Sequence[Told], *roles: Role) -> list[Party]:
    """Who has one of these parts, the most often told first; one entry a registered body, else one a name."""
    found: dict[str, list[tuple[str, Actor]]] = {}
    for one in told:
        for actor in one.actors:
            if actor.role in roles:
                registered = dossier.name_of(actor.registry_id)
                key = actor.registry_id if registered and actor.registry_id else actor.text.casefold()
                found.setdefault(key, []).append((one.report.id, actor))
    made = [_party(dossier, actors) for actors in found.values()]
    return sorted(made, key=lambda p: (-p.reports, p.kind is ActorKind.OTHER, p.name))


def _party(dossier: Dossier, actors: Sequence[tuple[str, Actor]]) -> Party:
    first = actors[0][1]
    name = dossier.name_of(first.registry_id) or first.text
    kinds = [a.kind for _, a in actors if a.kind is not ActorKind.OTHER]
    registered = dossier.sources.get(first.registry_id) if first.registry_id else None
    kind = kinds[0] if kinds else (registered.actor if registered and registered.actor else ActorKind.OTHER)
    roles = frozenset(a.role for _, a in actors)
    return Party(
        name, kind, first.registry_id if registered and first.registry_id else "", roles, len({r for r, _ in actors})
    )


def sides(dossier: Dossier, told: Sequence[Told]) -> tuple[list[Party], list[Party]]:
    """Those who did it, and those it was done to."""
    return parties(dossier, told, Role.PERPETRATOR), parties(dossier, told, *_SUFFERERS)


def publishers(told: Sequence[Told]) -> list[str]:
    """Who published the reports, each once; a copy names its publisher too, for it is where a reader finds it."""
    names = (publisher_name(one) for one in told)
    return list(dict.fromkeys(name for name in names if name))


def publisher_name(told: Told) -> str:
    """A report's publisher, else the site it is from."""
    return told.report.publisher or told.report.url or ""


def own(dossier: Dossier, told: Sequence[Told]) -> list[Told]:
    """The reports that are no copy of another one of these."""
    here = {one.report.id for one in told}
    return [one for one in told if (copy := dossier.copy_of(one.report.id)) is None or copy.original not in here]


def voices(told: Sequence[Told]) -> list[str]:
    """The voices nearest to the fact, each once."""
    return list(
        dict.fromkeys(chain_names(one.report, claim)[-1] for one in told for claim in one.claims if claim.chain)
    )


def title(event: Event) -> str:
    """What, where and when on one line."""
    return event_title(event)


def sentence(event: Event) -> str:
    """A line that names the happening, its grade and what is contested; no figure that a rule did not choose."""
    contested = [one.field.replace("_", " ") for one in event.fields if one.status == "contested"]
    parts = [title(event), f"{len(event.reports)} reports" if len(event.reports) != 1 else "1 report"]
    if event.independence:
        count = len(event.independence.origins)
        parts.append(f"{count} independent origin{'s' if count != 1 else ''}")
    if grade := grade_text(event):
        parts.append(f"grade {grade}")
    if contested:
        parts.append("contested: " + ", ".join(contested))
    return "; ".join(parts) + f". ondit {event.id}."


def quotes(told: Sequence[Told]) -> Iterator[tuple[Told, Claim, str]]:
    """Every claim about a happening with its words."""
    return ((one, claim, claim.content.of(one.report.text)) for one in told for claim in one.claims)


def named(names: Sequence[str]) -> str:
    """Names for a cell; a long list says how many more there are."""
    rest = len(names) - _MOST_NAMED
    return "; ".join(names[:_MOST_NAMED]) + (f"; and {rest} more" if rest > 0 else "")


def report_title(told: Told) -> str:
    """The headline of a report."""
    return headline(told.report)


def precise(place: Place | None) -> bool:
    """Is a place narrower than a country?"""
    wide = (PlacePrecision.COUNTRY, PlacePrecision.REGION, PlacePrecision.UNRESOLVED)
    return place is not None and point(place) is not None and place.precision not in wide
