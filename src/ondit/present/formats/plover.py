"""PLOVER records, one JSON object a line: each report's account of each happening, as event coders that read story by story write them.

Field names, types, modes, quad classes and sectors after the *PLOVER Manual* (Open Event Data Alliance, CC BY-SA 4.0), sections "Event types", "Modes",
"Actor codes" and "JSON fields". PLOVER takes no position on who repeats whom: records of one happening share `ondit_event`.
"""

import json
from typing import TYPE_CHECKING, Any

from ondit.model import Actor, Event, Place, Role, Stance
from ondit.ontology import code_of, crosswalk_table
from ondit.ontology.countries import countries
from ondit.present.fields import place_name, where_of
from ondit.present.formats.dossier import Dossier, Told
from ondit.present.formats.event_report import figures
from ondit.present.formats.format import File, Format, LeftOut, Made
from ondit.present.formats.happening import country_name, divisions, point, report_title, subtype

if TYPE_CHECKING:
    from collections.abc import Sequence

_DENIED = (Stance.DENIES, Stance.DEMANDS)
_RESOLUTION = {"country": 1, "admin1": 2, "admin2": 3, "town": 4, "district": 5}


def make(dossier: Dossier) -> Made:
    """A record for each report's account of each happening that has a code."""
    lines, left_out = [], []
    for event in dossier.events:
        told = list(dossier.told(event))
        refinement = subtype(told, event.type)
        code = code_of(event.type, "plover", subtype=refinement)
        if code is None:
            left_out.append(LeftOut(event.id, f"PLOVER has no event type for {event.type}"))
            continue
        told_as_so = [one for one in told if any(claim.stance not in _DENIED for claim in one.claims)]
        if not told_as_so:
            left_out.append(LeftOut(event.id, "nobody says that it happened: it is only denied or demanded"))
        lines += [_record(dossier, event, one, code, refinement) for one in told_as_so]
    data = [(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode() for line in lines]
    return Made((File("plover.jsonl", data),), left_out, {"records": len(lines)})


def _record(dossier: Dossier, event: Event, told: Told, code: str, refinement: str) -> dict[str, Any]:
    code = crosswalk_table("plover", "current").get(code, code)
    modes = crosswalk_table("plover", "mode")
    mode = modes.get(f"{event.type}.{refinement}", modes.get(event.type, ""))
    intervals = [t.interval for m in told.mentions for t in m.times if t.interval and t.interval.earliest]
    first = intervals[0] if intervals else None
    claim = next(c for c in told.claims if c.stance not in _DENIED)
    places = [p for m in told.mentions for p in where_of(m)]
    best = next((p for p in places if point(p)), places[0] if places else None)
    toll = {
        **figures("dead", told.claims, "killed"),
        **figures("injured", told.claims, "injured"),
        **figures("arrested", told.claims, "arrested"),
    }
    report = told.report
    return {
        "id": f"{event.id}-{report.id}",
        "date": str(first.earliest) if first else None,
        "enddate": str(first.latest) if first and first.latest and first.latest != first.earliest else None,
        "actor": [_entity(dossier, a) for a in told.actors if a.role is Role.PERPETRATOR],
        "recipient": [_entity(dossier, a) for a in told.actors if a.role in (Role.TARGET, Role.VICTIM)],
        "event": [code],
        "event_text": sorted({m.trigger.of(report.text) for m in told.mentions if m.trigger}),
        "mode": [mode] if mode else [],
        "context": [],
        "quad_code": crosswalk_table("plover", "quad")[code],
        "event_loc": _location(best) if best else None,
        "size": {key: value for key, value in zip(("dead", "injured", "arrested"), (toll["dead_best"], toll["injured_best"], toll["arrested_best"]), strict=True) if value is not None},
        "text": claim.content.of(report.text),
        "text_info": {"start": claim.content.start, "end": claim.content.stop},
        "cite_info": {
            "citation": report.id,
            "title": report_title(told),
            "publication": report.publisher,
            "url": report.url,
            "language": report.language,
        },
        "coder": "ondit",
        "ondit_event": event.id,
    }  # fmt: skip


def _entity(dossier: Dossier, actor: Actor) -> dict[str, Any]:
    source = dossier.sources.get(actor.registry_id) if actor.registry_id else None
    country = countries().get(source.country) if source else None
    return {
        "code": country.iso3 if country else "",
        "sector": crosswalk_table("plover", "sector").get(actor.kind, "UNK"),
        "entity_text": actor.text,
        "identifier_text": source.name if source else "",
    }


def _location(place: Place) -> dict[str, Any]:
    where = point(place)
    admin: Sequence[str] = (*divisions(place, country_name(place)), "", "")
    return {
        "extracted_place": place.text,
        "resolved_place": place_name(place) if where else "",
        "geonameid": (place.gazetteer_id or "").removeprefix("geonames:")
        if (place.gazetteer_id or "").startswith("geonames:")
        else "",
        "lat": where[0] if where else None,
        "lon": where[1] if where else None,
        "city": place.name if place.kind == "town" else "",
        "district": admin[1],
        "province": admin[0],
        "country": country_name(place) if where else "",
        "country_code": countries()[place.country].iso3 if place.country in countries() else "",
        "resolution": _RESOLUTION.get(place.kind),
    }


FORMAT = Format(
    name="plover",
    title="PLOVER records (JSON lines)",
    suffix=".jsonl",
    rule=(
        "One record for each report of an event that puts it forward, with what that report alone tells; best figures (the lowest stated exactly); records of "
        "one happening share ondit_event."
    ),
    losses=(
        "Voices, stances and grades; what reports only deny or demand.",
        "identifier_id (Wikidata), context and event_scale are not given; sectors follow the kind of actor only.",
        "Events, codes and modes of the sixteen types; FIGHT and INVESTIGATE of 2018 are ASSAULT and ACCUSE.",
    ),
    specification="PLOVER Manual (Open Event Data Alliance)",
    make=make,
)
