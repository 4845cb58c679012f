"""Report-level CSV: one row for each report of a happening, with the columns of the R package `eventreport` and its data set MAVERICK.

Column names and values after van Baalen et al., *The MAVERICK Dataset Codebook* (Uppsala), as the published data use them: `geo_precision` 1
country (no coordinates) · 2 an area · 3 a town; 4 to 6 (parts of towns and sites) are not told apart here. `source` is "OUTLET (DAY) HEADLINE".
"""

from collections.abc import Iterator, Sequence

from ondit.model import Actor, ActorKind, Claim, Event, PlacePrecision, Role, Stance
from ondit.present.fields import place_name, where_of
from ondit.present.formats.dossier import Dossier, Told
from ondit.present.formats.format import File, Format, Made
from ondit.present.formats.happening import country_name, point, publisher_name, report_title
from ondit.present.formats.sheets import Cell, csv_bytes

_ACTORS = 6
COLUMNS = (
    *"id event_id country election date_start date_end city location latitude longitude geo_precision".split(),
    *(f"actor{n}{part}" for n in range(1, _ACTORS + 1) for part in ("", "_type", "_perpetrator", "_victim")),
    *"event_context target deaths_best deaths_low deaths_high injuries_best injuries_low injuries_high displacement damage".split(),
    *"source source_author source_type source_classification".split(),
    *"ondit_type ondit_report ondit_copy_of ondit_credibility".split(),
)
_TYPES = {
    ActorKind.STATE_FORCES: "Security forces",
    ActorKind.EXTERNAL_FORCES: "Security forces",
    ActorKind.REBEL_GROUP: "Non-state armed actor",
    ActorKind.POLITICAL_MILITIA: "Non-state armed actor",
    ActorKind.IDENTITY_MILITIA: "Non-state armed actor",
    ActorKind.RIOTERS: "Citizens",
    ActorKind.PROTESTERS: "Citizens",
    ActorKind.CIVILIANS: "Citizens",
}
_PRECISION = {
    PlacePrecision.EXACT: 3,
    PlacePrecision.NEAR: 2,
    PlacePrecision.PART: 2,
    PlacePrecision.DIVISION: 2,
    PlacePrecision.REGION: 2,
    PlacePrecision.COUNTRY: 1,
}
_TOLD = (Stance.ASSERTS, Stance.POSSIBLE, Stance.DISTANCES)


def make(dossier: Dossier) -> Made:
    """The rows of every happening, in the order of the happenings and of publication."""
    rows = [_row(dossier, event, told) for event in dossier.events for told in dossier.told(event)]
    counts = {"rows": len(rows)}
    return Made((File("event_report.csv", csv_bytes(COLUMNS, rows)),), counts=counts)


def _row(dossier: Dossier, event: Event, told: Told) -> list[Cell]:
    cells: dict[str, Cell] = {
        "id": f"{event.id}-{told.report.id}",
        "event_id": event.id,
        **_where(told),
        **_when(told),
        **dict(_actors(dossier, told)),
        **figures("deaths", told.claims, "killed"),
        **figures("injuries", told.claims, "injured"),
        "target": next((a.text for a in told.actors if a.role is Role.TARGET), None),
        "displacement": 1 if any(c.what == "displaced" for claim in told.claims for c in claim.counts) else None,
        "damage": 1 if event.type == "looting_destruction" else None,
        **_source(told),
        "ondit_type": event.type,
        "ondit_report": told.report.id,
        "ondit_copy_of": copy.original if (copy := dossier.copy_of(told.report.id)) else None,
        "ondit_credibility": event.grade.credibility if event.grade else None,
    }
    return [cells.get(column) for column in COLUMNS]


def _where(told: Told) -> dict[str, Cell]:
    places = [place for mention in told.mentions for place in where_of(mention)]
    best = next((p for p in places if point(p)), None)
    if best is None:
        return {"location": place_name(places[0]) if places else None}
    wide = best.precision is PlacePrecision.COUNTRY
    lat, lon = point(best) or (None, None)
    return {
        "country": country_name(best),
        "city": best.name if best.kind == "town" else None,
        "location": best.text,
        "latitude": None if wide else lat,
        "longitude": None if wide else lon,
        "geo_precision": _PRECISION.get(best.precision),
    }


def _when(told: Told) -> dict[str, Cell]:
    intervals = [t.interval for m in told.mentions for t in m.times if t.interval and t.interval.edtf]
    return {"date_start": intervals[0].earliest, "date_end": intervals[0].latest} if intervals else {}


def _actors(dossier: Dossier, told: Told) -> Iterator[tuple[str, Cell]]:
    named: dict[str, list[Actor]] = {}
    for actor in told.actors:
        if actor.role is not Role.OTHER:
            named.setdefault(dossier.name_of(actor.registry_id) or actor.text, []).append(actor)
    ranked = sorted(named.items(), key=lambda item: item[1][0].role is not Role.PERPETRATOR)
    for number, (name, actors) in enumerate(ranked[:_ACTORS], 1):
        kinds = [_TYPES[a.kind] for a in actors if a.kind in _TYPES]
        roles = {a.role for a in actors}
        yield f"actor{number}", name
        yield f"actor{number}_type", kinds[0] if kinds else None
        yield f"actor{number}_perpetrator", 1 if Role.PERPETRATOR in roles else None
        yield f"actor{number}_victim", 1 if roles & {Role.VICTIM, Role.TARGET} else None


def figures(name: str, claims: Sequence[Claim], what: str) -> dict[str, Cell]:
    """Best, low and high of a figure over the claims of one report that put it forward; nothing (not 0) where nothing is told.

    In each claim the largest figure counts: a smaller one beside it is a part of it. Best is the lowest figure that is stated exactly.
    """
    told = [[c for c in claim.counts if c.what == what] for claim in claims if claim.stance in _TOLD]
    largest = [max(counts, key=lambda c: (c.low or 0, c.high or 0)) for counts in told if counts]
    lows = [c.low for c in largest if c.low is not None]
    highs = [c.high for c in largest if c.high is not None]
    stated = [c.best for c in largest if c.best is not None]
    return {
        f"{name}_best": min(stated, default=None) if stated else min(lows, default=None),
        f"{name}_low": min(lows, default=None),
        f"{name}_high": max([*highs, *lows]) if highs or lows else None,
    }


def _source(told: Told) -> dict[str, Cell]:
    report = told.report
    publisher = publisher_name(told)
    day = f" ({report.published.day.isoformat()})" if report.published.day else ""
    return {"source": f"{publisher}{day} {report_title(told)}".strip(), "source_author": publisher or None}


FORMAT = Format(
    name="event_report",
    title="Report-level table (R package eventreport, MAVERICK)",
    suffix=".csv",
    rule=(
        "One row for each report of an event: what that report alone tells. Low and high are the lowest and highest figure of the claims that put "
        "one forward (denied and demanded ones do not); best is the lowest that is stated exactly. What is not told is empty, never 0."
    ),
    losses=(
        "Who within a report says it, through whom and with which stance: a row has one source, the outlet.",
        "election, event_context, source_type and source_classification are empty: nothing is read that would fill them.",
        "geo_precision is 1, 2 or 3 only: parts of towns and single sites (4 to 6) are not told apart; near a town is 2.",
        "More than six actors of one report; equipment; missing, abducted and arrested people.",
    ),
    specification=(
        "van Baalen and others, The MAVERICK Dataset Codebook 1.0 (Uppsala 2026); documentation of the R package eventreport 0.1.2"
    ),
    make=make,
)
