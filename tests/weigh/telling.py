"""Invented tellings for the tests of weighing, written as an analyst would note them: outlet, day, who says it, how, with which figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ondit.model import (
    Actor,
    ActorKind,
    Claim,
    Copy,
    Count,
    EquipmentMention,
    EquipmentUse,
    Event,
    EventMention,
    Interval,
    Place,
    PlacePrecision,
    Published,
    PublishedBasis,
    Report,
    Role,
    Source,
    SourceKind,
    SourceMention,
    Span,
    Stance,
    Telling,
    TimeExpression,
    TimexType,
)
from ondit.weigh import weigh

NOWHERE = Span(0, 1)
KINDS = {
    "witness": SourceKind.WITNESS,
    "sources": SourceKind.ANONYMOUS,
    "army": SourceKind.ARMED_FORCES,
    "police": SourceKind.GOVERNMENT,
    "channel": SourceKind.SOCIAL_CHANNEL,
    "agency": SourceKind.MEDIA,
    "person": SourceKind.PERSON,
    "other": SourceKind.OTHER,
}
# Real places; what is told of them in the tests is invented.
PLACES = {
    "Mopti": ("1", 14.48, -4.18, "ML", ("Mali", "Mopti"), PlacePrecision.EXACT, 5.0),
    "Sévaré": ("2", 14.53, -4.10, "ML", ("Mali", "Mopti"), PlacePrecision.EXACT, 5.0),
    "Gao": ("3", 16.27, -0.04, "ML", ("Mali", "Gao"), PlacePrecision.EXACT, 5.0),
    "Mali": ("4", 17.0, -4.0, "ML", ("Mali",), PlacePrecision.COUNTRY, 900.0),
}


@dataclass(frozen=True)
class Said:
    """One claim: `chain` of voices as "kind: name" or plain names, outermost first; `killed=9`, `killed=(9, None)` and so on."""

    chain: Sequence[str] = ()
    stance: Stance = Stance.ASSERTS
    counts: tuple[tuple[str, int | None, int | None, str], ...] = ()


def said(
    *chain: str, stance: Stance = Stance.ASSERTS, who: str = "", **counts: int | tuple[int | None, int | None]
) -> Said:
    """One claim of a chain of voices (outermost first), with figures."""
    rows = tuple((what, *(n if isinstance(n, tuple) else (n, n)), who) for what, n in counts.items())
    return Said(chain, stance, rows)


def voice(name: str) -> SourceMention:
    kind, _, rest = name.partition(": ")
    return SourceMention(
        NOWHERE, rest or kind, KINDS.get(kind, SourceKind.ORGANISATION) if rest else SourceKind.ORGANISATION
    )


def place(name: str) -> Place:
    id_, lat, lon, country, admin, precision, radius = PLACES[name]
    return Place(NOWHERE, name, id_, name, lat, lon, radius, country, admin, precision=precision)


def day_of(text: str) -> TimeExpression:
    first, _, last = text.partition("/")
    interval = Interval(date.fromisoformat(first), date.fromisoformat(last or first), text)
    return TimeExpression(NOWHERE, text, TimexType.DATE, text, interval=interval)


def actor(text: str, role: Role, kind: ActorKind = ActorKind.OTHER, id_: str | None = None) -> Actor:
    return Actor(NOWHERE, text, role, kind, id_)


def telling(  # noqa: PLR0913 - the columns of an analyst's note
    outlet: str, day: int | None, *claims: Said, type_: str = "armed_attack", where: str = "Mopti", when: str = "2024-03-14",
    by: Sequence[Actor] = (), with_: Sequence[tuple[str, str]] = (), language: str = "en", forwarded: str = "",
) -> Telling:  # fmt: skip
    """What one report of an outlet, published on a day of March 2024, tells; `with_` are (equipment id, use)."""
    report_id = f"{outlet}-{day}"
    published = Published(date(2024, 3, day), PublishedBasis.GIVEN) if day else Published()
    report = Report(report_id, "…", language=language, published=published, publisher=outlet, forwarded_from=forwarded)
    event = EventMention(
        f"{report_id}-e", type_, NOWHERE, tuple(by),
        tuple(EquipmentMention(NOWHERE, id_, id_, id_, EquipmentUse(use)) for id_, use in with_),
        (place(where),) if where else (), (day_of(when),) if when else (),
    )  # fmt: skip
    made = tuple(
        Claim(
            f"{report_id}-{n}", report_id, Span(n, n + 1), None, tuple(voice(v) for v in c.chain), c.stance, event.id,
            tuple(Count(what, low, high, NOWHERE, str(low), low if low == high else None, who) for what, low, high, who in c.counts),
        )
        for n, c in enumerate(claims)
    )  # fmt: skip
    return Telling(report, event, made)


def weighed(*tellings: Telling, sources: Sequence[Source] = (), copies: Sequence[Copy] = ()) -> Event:
    """The event of these tellings, weighed."""
    event = Event("ev", tellings[0].event.type, (), (), tuple(t.report.id for t in tellings))
    return weigh(event, tellings, {s.id: s for s in sources}, copies)


def status(event: Event, field: str) -> str:
    """What the reports make of a field, "" when nobody tells it."""
    return next((f.status.value for f in event.fields if f.field == field), "")


def sentence(event: Event, field: str) -> str:
    """The sentence about a field."""
    return next(f.sentence for f in event.fields if f.field == field)


def names(event: Event) -> list[str]:
    """The names of the findings behind the grade."""
    return [f.name for f in event.grade.findings] if event.grade else []
