"""CSV in the shape of ACLED's data: 31 columns, one row for each event at one place on one day.

Columns, types and rules after the *ACLED Codebook* (the columns as of 2023), sections "Event types", "Actor types", "Geography", "Time" and "Fatalities":
the lowest figure where reports differ and 0 where none is stated; `time_precision` 1 a day, 2 a week, 3 a month, the day in the middle; `geo_precision`
1 a named town, 2 near one, 3 a larger region, never a country; actor names "Civilians (COUNTRY)" for civilians.
"""

from collections.abc import Sequence

from ondit.model import ActorKind, Event, PlacePrecision, Role
from ondit.ontology import crosswalk_table
from ondit.ontology.countries import countries
from ondit.present.formats.dossier import Dossier, Told
from ondit.present.formats.format import File, Format, LeftOut, Made
from ondit.present.formats.happening import (
    ARMED,
    CONSERVATIVE,
    Days,
    Party,
    account,
    by_rule,
    coded,
    country_name,
    days,
    divisions,
    named,
    only_denied,
    own,
    point,
    publishers,
    sentence,
    sides,
)
from ondit.present.formats.sheets import Cell, csv_bytes

COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 "
    "interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes "
    "fatalities tags timestamp"
).split()
_GEO = {PlacePrecision.EXACT: 1, PlacePrecision.NEAR: 2, PlacePrecision.PART: 2, PlacePrecision.DIVISION: 3}
_AREAS = ("mountain", "water", "region", "admin2")  # named areas smaller than a province
_WEEK, _MONTH = 7, 31


def make(dossier: Dossier) -> Made:
    """A row for each event that the codebook has room for."""
    rows: list[list[Cell]] = []
    left_out = []
    for event in dossier.events:
        told = list(dossier.told(event))
        reason = _unfit(event, told)
        if reason:
            left_out.append(LeftOut(event.id, reason))
        else:
            rows.append(_row(dossier, event, told))
    return Made((File("acled.csv", csv_bytes(COLUMNS, rows)),), left_out, {"rows": len(rows)})


def _unfit(event: Event, told: Sequence[Told]) -> str:
    """Why an event cannot be a row."""
    when = days(event)
    if coded(event, told, "acled") is None:
        return f"ACLED has no event type for {event.type}"
    if only_denied(event):
        return "nobody says that it happened: it is only denied, doubted or demanded"
    if event.place is None or point(event.place) is None:
        return "no place was found"
    if _geo_precision(event) is None:
        return "the place is a country or wider: ACLED codes none at the level of a country"
    if when is None:
        return "no day was found"
    if when.length > _MONTH:
        return "the days span more than a month"
    return ""


def _geo_precision(event: Event) -> int | None:
    place = event.place
    assert place is not None
    if place.precision is PlacePrecision.DIVISION:
        return 2 if place.kind in _AREAS else 3
    return _GEO.get(place.precision)


def _row(dossier: Dossier, event: Event, told: Sequence[Told]) -> list[Cell]:
    place, when = event.place, days(event)
    assert place is not None
    assert when is not None
    did, suffered = sides(dossier, told)
    code = _sub_event(event, told, did, suffered)
    kind, disorder = crosswalk_table("acled", "sub_event")[code]
    country = countries().get(place.country)
    admin = (*divisions(place, country_name(place)), "", "", "")
    first, second = _actor(did, country_name(place)), _actor(suffered, country_name(place))
    lat, lon = point(place) or (None, None)
    cells: dict[str, Cell] = {
        "event_id_cnty": event.id,
        "event_date": when.middle,
        "year": when.middle.year,
        "time_precision": time_precision(when),
        "disorder_type": disorder,
        "event_type": kind,
        "sub_event_type": code,
        "actor1": first[0],
        "assoc_actor_1": named([p.name for p in did[1:]]),
        "inter1": first[1],
        "actor2": second[0],
        "assoc_actor_2": named([p.name for p in suffered if p.name != second[0]]),
        "inter2": second[1],
        "interaction": _interaction(first[1], second[1]),
        "civilian_targeting": "Civilian targeting" if _civilian(second[1], kind) else "",
        "iso": country.numeric if country else None,
        "region": country.acled_region if country else "",
        "country": country_name(place),
        "admin1": admin[0],
        "admin2": admin[1],
        "admin3": admin[2],
        "location": place.name or place.text,
        "latitude": lat,
        "longitude": lon,
        "geo_precision": _geo_precision(event),
        "source": "; ".join(publishers(own(dossier, told))),
        "notes": sentence(event),
        "fatalities": fatalities(event),
    }
    return [cells.get(column) for column in COLUMNS]


def time_precision(when: Days) -> int:
    """1 a day, 2 up to a week, 3 up to a month (codebook, "Time")."""
    return 1 if when.length == 1 else 2 if when.length <= _WEEK else 3


def fatalities(event: Event) -> int:
    """The lowest figure that was reported, both sides together; vague words as the codebook counts them; 0 when none is stated."""
    return sum(_lowest(event, field) for field in ("killed", "killed_perpetrators"))


def _lowest(event: Event, field: str) -> int:
    told, lowest = account(event, field), by_rule(event, field, CONSERVATIVE)
    if told is None or lowest is None:
        return 0
    low = lowest.low if lowest.low is not None else lowest.best or 0
    ranges = {(v.low, v.high) for v in told.values if v.low == low and v.supporters}
    for vague in crosswalk_table("acled", "vague"):
        first, last = vague["range"]
        if ranges == {(first, None if last < 0 else last)}:
            return int(vague["figure"])
    return low


def _sub_event(event: Event, told: Sequence[Told], did: Sequence[Party], suffered: Sequence[Party]) -> str:
    code = coded(event, told, "acled")
    assert code is not None
    targets = [p for p in suffered if Role.TARGET in p.roles] or list(suffered)
    if targets and all(p.kind in ARMED for p in targets):
        code = crosswalk_table("acled", "armed_target").get(code, code)
    if did and did[0].kind is ActorKind.STATE_FORCES:
        code = crosswalk_table("acled", "state_perpetrator").get(code, code)
    return code


def _actor(parties: Sequence[Party], country: str) -> tuple[str, str]:
    """The name and the kind of the first party whose kind is known, else of the first."""
    known = crosswalk_table("acled", "inter")
    best = next((p for p in parties if p.kind in known), parties[0] if parties else None)
    if best is None:
        return "", ""
    kind = known.get(best.kind, ["", 0])[0]
    return (f"Civilians ({country})" if best.kind is ActorKind.CIVILIANS else best.name), kind


def _interaction(first: str, second: str) -> str:
    """The lower code first: "State forces-Civilians"; "Civilians only" for one party."""
    order = dict(crosswalk_table("acled", "inter").values())
    both = sorted(filter(None, (first, second)), key=lambda name: order[name])
    return "-".join(both) if len(both) == 2 else f"{both[0]} only" if both else ""


def _civilian(second: str, kind: str) -> bool:
    return second in ("Civilians", "Protesters") and kind in (
        "Violence against civilians",
        "Explosions/Remote violence",
        "Riots",
    )


FORMAT = Format(
    name="acled",
    title="ACLED-shaped table (31 columns)",
    suffix=".csv",
    rule=(
        "most-conservative: the lowest figure where reports differ, 0 where none is stated, vague words as ACLED's codebook counts them (several 3, dozens 12, "
        "hundreds 100); one row for each event at one place; the day in the middle of a week (time_precision 2) or month (3)."
    ),
    losses=(
        "Who says what, denials, differences between reports and their independence; grades are only in notes.",
        "event_id_cnty holds ondit's id, not one of ACLED's; source_scale, tags and timestamp are empty.",
        "A place known only as a province has the province's point, not its capital's (geo_precision 3).",
        "An actor that no report names is empty, not 'Unidentified Armed Group'; actors stand by registered name, else in a report's words.",
        "Several days are the days between which the event was; nothing is divided over days.",
        "Equipment, injured and missing people.",
    ),
    specification="ACLED Codebook (columns as of 2023)",
    make=make,
)
