"""CSV in the shape of UCDP's Georeferenced Event Dataset: 49 columns, one row for each lethal event.

After the *UCDP GED Codebook* (24.1), section "Variables": `where_prec` 1 the place, 2 within about 25 km, 3 second-order division, 4 first-order
division, 5 a stretch or fuzzy region, 6 the country, 7 sea or air; `date_prec` 1 a day, 2 two to six days, 3 a week, 4 a month, 5 longer up to a
year; low, best and high of deaths; events need a death. `priogrid_gid` is the cell of half a degree (Tollefsen, Strand & Buhaug, JPR 49/2, 2012).
Ids of conflicts, dyads and sides are UCDP's to give and stay empty.
"""

from collections.abc import Sequence

from ondit.model import ActorKind, Event, Place, PlacePrecision
from ondit.ontology.countries import countries
from ondit.present.fields import place_name
from ondit.present.formats.dossier import Dossier, Told
from ondit.present.formats.format import File, Format, LeftOut, Made
from ondit.present.formats.happening import (
    ARMED,
    Days,
    Party,
    Toll,
    coded,
    country_name,
    days,
    divisions,
    only_denied,
    own,
    point,
    publishers,
    report_title,
    sides,
    toll,
    voices,
)
from ondit.present.formats.sheets import Cell, csv_bytes

COLUMNS = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name "
    "side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office source_date "
    "source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country "
    "country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
).split()
_STATE_BASED, _NON_STATE, _ONE_SIDED = 1, 2, 3
_WHERE = {
    PlacePrecision.EXACT: 1,
    PlacePrecision.NEAR: 2,
    PlacePrecision.PART: 2,
    PlacePrecision.REGION: 5,
    PlacePrecision.COUNTRY: 6,
}
_STATES = (ActorKind.STATE_FORCES, ActorKind.EXTERNAL_FORCES)
_CELLS_ROUND, _CELLS_PER_DEGREE = 720, 2
_YEAR = 366


def make(dossier: Dossier) -> Made:
    """A row for each event with a death."""
    rows: list[list[Cell]] = []
    left_out = []
    for event in dossier.events:
        told = list(dossier.told(event))
        reason = _unfit(event, told)
        if reason:
            left_out.append(LeftOut(event.id, reason))
        else:
            rows.append(_row(dossier, event, told))
    return Made((File("ucdp.csv", csv_bytes(COLUMNS, rows)),), left_out, {"rows": len(rows)})


def _unfit(event: Event, told: Sequence[Told]) -> str:
    when = days(event)
    if coded(event, told, "ucdp") is None:
        return f"UCDP has no type of violence for {event.type}"
    if only_denied(event):
        return "nobody says that it happened: it is only denied, doubted or demanded"
    if (_deaths(event).best or 0) < 1:
        return "no death is reported: UCDP codes lethal events only"
    if point(event.place) is None:
        return "no place was found"
    if when is None:
        return "no day was found"
    if when.length > _YEAR:
        return "the days span more than a year"
    return ""


def _deaths(event: Event) -> Toll:
    """All deaths, of both sides."""
    parts = [toll(event, "killed"), toll(event, "killed_perpetrators")]
    return Toll(*(_sum(values) for values in zip(*((p.low, p.best, p.high) for p in parts), strict=True)))


def _sum(values: Sequence[int | None]) -> int | None:
    known = [v for v in values if v is not None]
    return sum(known) if known else None


def _row(dossier: Dossier, event: Event, told: Sequence[Told]) -> list[Cell]:
    place, when = event.place, days(event)
    assert place is not None
    assert when is not None
    did, suffered = sides(dossier, told)
    deaths = _deaths(event)
    lat, lon = point(place) or (0.0, 0.0)
    admin = (*divisions(place, country_name(place)), "", "")
    country = countries().get(place.country)
    cells: dict[str, Cell] = {
        "id": event.id,
        "year": when.first.year,
        "type_of_violence": _violence(event, told, did, suffered),
        "side_a": did[0].name if did else "",
        "side_b": _side_b(suffered),
        **_sources(dossier, told),
        "where_prec": where_prec(place),
        "where_coordinates": place_name(place),
        "where_description": place.text,
        "adm_1": admin[0],
        "adm_2": admin[1],
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon:.5f} {lat:.5f})",
        "priogrid_gid": priogrid(lat, lon),
        "country": country_name(place),
        "region": country.ucdp_region if country else "",
        "event_clarity": 1 if where_prec(place) <= 3 and date_prec(when) <= 2 else 2,
        "date_prec": date_prec(when),
        "date_start": when.first,
        "date_end": when.last,
        **_sides_of_deaths(event, suffered),
        "best": deaths.best,
        "high": max(filter(None, (deaths.high, deaths.best))),
        "low": deaths.low,
    }
    return [cells.get(column) for column in COLUMNS]


def where_prec(place: Place) -> int:
    """How exact the coordinates are, 1 to 7 (codebook, where_prec)."""
    if place.precision is PlacePrecision.DIVISION:
        return 3 if place.kind == "admin2" else 4
    if place.kind == "water":
        return 7
    return _WHERE.get(place.precision, 6)


def date_prec(when: Days) -> int:
    """How exact the date is, 1 to 5 (codebook, date_prec)."""
    return next(code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31), (5, _YEAR)) if when.length <= most)


def priogrid(lat: float, lon: float) -> int:
    """The PRIO-GRID cell of a point: rows of half a degree from the south pole, 720 cells each from 180° west.

    >>> priogrid(16.12333, 4.78972)
    153010
    """
    row = min(int((lat + 90) * _CELLS_PER_DEGREE), 180 * _CELLS_PER_DEGREE - 1)
    column = min(int((lon + 180) * _CELLS_PER_DEGREE), _CELLS_ROUND - 1)
    return row * _CELLS_ROUND + column + 1


def _violence(event: Event, told: Sequence[Told], did: Sequence[Party], suffered: Sequence[Party]) -> int:
    """1 state-based, 2 non-state, 3 one-sided, by the parties where both are known, else by the type."""
    first = next((p.kind for p in did if p.kind in ARMED), None)
    second = next((p.kind for p in suffered if p.kind is not ActorKind.OTHER), None)
    if first is not None and second in (ActorKind.CIVILIANS, ActorKind.PROTESTERS):
        return _ONE_SIDED
    if first is not None and second in ARMED:
        return _STATE_BASED if first in _STATES or second in _STATES else _NON_STATE
    code = coded(event, told, "ucdp")
    assert code is not None
    return int(code)


def _side_b(suffered: Sequence[Party]) -> str:
    best = next((p for p in suffered if p.kind is not ActorKind.OTHER), suffered[0] if suffered else None)
    return "" if best is None else "Civilians" if best.kind is ActorKind.CIVILIANS else best.name


def _sides_of_deaths(event: Event, suffered: Sequence[Party]) -> dict[str, Cell]:
    """Deaths of those who did it are side A's; of the others they are civilians', side B's or unknown, by whom the reports name."""
    kinds = {p.kind for p in suffered if p.kind is not ActorKind.OTHER}
    column = "deaths_unknown"
    if kinds == {ActorKind.CIVILIANS}:
        column = "deaths_civilians"
    elif kinds and kinds <= ARMED:
        column = "deaths_b"
    cells: dict[str, Cell] = dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), 0)
    return {**cells, column: toll(event, "killed").best or 0, "deaths_a": toll(event, "killed_perpetrators").best or 0}


def _sources(dossier: Dossier, told: Sequence[Told]) -> dict[str, Cell]:
    reports = own(dossier, told)
    dates = [one.report.published.day.isoformat() for one in reports if one.report.published.day]
    articles = [
        ", ".join(filter(None, (one.report.publisher, str(one.report.published.day or ""), report_title(one))))
        for one in reports
    ]
    return {
        "number_of_sources": len(reports),
        "source_article": "; ".join(f'"{article}"' for article in articles),
        "source_office": "; ".join(publishers(reports)),
        "source_date": "; ".join(dates),
        "source_headline": "; ".join(report_title(one) for one in reports),
        "source_original": "; ".join(voices(reports)),
    }


FORMAT = Format(
    name="ucdp",
    title="UCDP-GED-shaped table (49 columns)",
    suffix=".csv",
    rule=(
        "low: the lowest figure reported (most-conservative); best: the one reported most often (most-representative); high: the highest (most-informative); "
        "deaths of both sides together. Reports that are copies are not counted as sources."
    ),
    losses=(
        "id holds ondit's id; relid, active_year, code_status, all ids and names of conflicts and dyads, ids of sides, country_id, gwnoa and gwnob are empty: they are UCDP's to give.",
        "Events without a reported death.",
        "Chains of voices are cut to the innermost one (source_original); denials, doubts and grades are lost.",
        "deaths_a to deaths_unknown are best figures and follow the kinds of the parties as reports name them.",
    ),
    specification="UCDP GED Codebook 24.1 (49 columns)",
    make=make,
)
