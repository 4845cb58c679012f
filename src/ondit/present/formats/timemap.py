"""JSON for TimeMap (Forensic Architecture): events, sources and associations as its validators want them (repository forensic-architecture/timemap,
`src/reducers/validate`): every field a text, `associations` required, an event with a date and a point. TimeMap fetches each of the three from an address of its own (EVENTS_EXT, SOURCES_EXT, ASSOCIATIONS_EXT).
"""

import json
from typing import Any

from ondit.model import Event
from ondit.ontology import event_types
from ondit.present.account import grade_text
from ondit.present.fields import place_name
from ondit.present.formats.dossier import Dossier, Told
from ondit.present.formats.format import File, Format, LeftOut, Made
from ondit.present.formats.happening import days, point, report_title, sentence


def make(dossier: Dossier) -> Made:
    """Events with a day and a point; TimeMap drops the others."""
    events: list[dict[str, Any]] = []
    left_out: list[LeftOut] = []
    sources: dict[str, dict[str, Any]] = {}
    for event in dossier.events:
        told = list(dossier.told(event))
        if point(event.place) is None or days(event) is None:
            missing = "no place was found" if point(event.place) is None else "no day was found"
            left_out.append(LeftOut(event.id, f"{missing}: TimeMap shows events with a date and a point"))
            continue
        events.append(_event(event, told))
        sources |= {one.report.id: _source(one) for one in told}
    types = dict.fromkeys(event["category"] for event in events)
    bodies = {
        "events.json": events,
        "sources.json": dict(sorted(sources.items())),
        "associations.json": [_association(name) for name in sorted(types)],
    }
    files = [File.of(name, json.dumps(body, ensure_ascii=False, indent=1) + "\n") for name, body in bodies.items()]
    return Made(files, left_out, {"events": len(events), "sources": len(sources)})


def _event(event: Event, told: list[Told]) -> dict[str, Any]:
    place, when, where = event.place, days(event), point(event.place)
    assert place is not None
    assert when is not None
    assert where is not None
    edtf = event.interval.edtf if event.interval else ""
    return {
        "id": event.id,
        "description": sentence(event),
        "date": when.middle.isoformat(),
        "time": "",
        "time_precision": event.interval.precision.value if event.interval else "",
        "time_display": edtf,
        "location": place_name(place),
        "latitude": f"{where[0]:.5f}",
        "longitude": f"{where[1]:.5f}",
        "type": event.type,
        "category": event.type,
        "category_full": event_types()[event.type].label if event.type in event_types() else event.type,
        "associations": [event.type],
        "sources": [one.report.id for one in told],
        "comments": f"grade {grade_text(event)}; place {place.precision.value}, radius {place.radius_km or 0:g} km",
    }


def _source(told: Told) -> dict[str, Any]:
    report = told.report
    return {
        "id": report.id,
        "title": report_title(told),
        "thumbnail": "",
        "paths": [],
        "type": "report",
        "affil_s": [report.publisher] if report.publisher else [],
        "url": report.url,
        "description": "",
        "parent": "",
        "author": report.author,
        "date": str(report.published.day or ""),
        "notes": "",
    }


def _association(name: str) -> dict[str, Any]:
    known = event_types().get(name)
    label, meaning = (known.label, known.meaning) if known else (name, "")
    return {"id": name, "title": label, "desc": meaning, "mode": "FILTER", "filter_paths": [label]}


FORMAT = Format(
    name="timemap",
    title="TimeMap (events, sources, filters)",
    suffix=".zip",
    rule="One event for each happening with a day and a point, on the day in the middle; its reports are its sources, its type is its filter.",
    losses=(
        "Uncertainty is not drawn: radius, interval and grade stand in comments and time_display only.",
        "Claims, voices and stances; figures.",
    ),
    specification="forensic-architecture/timemap, src/reducers/validate (2022)",
    make=make,
)
