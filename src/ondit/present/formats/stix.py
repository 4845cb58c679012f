"""A STIX 2.1 bundle (OASIS Standard, 10 June 2021) for OpenCTI and MISP: reports, publishers, places, incidents, claims as notes, denials as opinions.

`incident` is a stub in STIX 2.1 (section 4.10): what it has no property for stands in its description. `confidence` follows the table of appendix A for the
Admiralty credibility (1 → 90 … 5 → 10, 6 none). Ids are UUIDs of version 5 of ondit's own namespace, so that the same ledger gives the same bundle.
"""

import json
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from ondit.model import Claim, Event, Place, Report, Stance
from ondit.present.fields import chain_text, counts_text, place_name
from ondit.present.formats.dossier import Dossier, Told
from ondit.present.formats.format import File, Format, Made, need
from ondit.present.formats.happening import country_name, divisions, point, report_title, sentence, title

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:ondit:ns:")
_UNKNOWN_DAY = date(1970, 1, 1)
_NO_DAY = "ondit:day-unknown"
_CONFIDENCE = {1: 90, 2: 70, 3: 50, 4: 30, 5: 10}
_OPINIONS = {Stance.DENIES: "disagree", Stance.DISTANCES: "neutral"}


def make(dossier: Dossier) -> Made:
    """The bundle; each object is checked by the stix2 library as it is made."""
    stix = need("stix2")
    objects: dict[str, Any] = {}
    for thing in _objects(stix.v21, dossier):
        objects.setdefault(thing["id"], thing)
    bundle: dict[str, Any] = {"type": "bundle", "id": _id("bundle", *sorted(objects))}
    if objects:  # an empty list is none in STIX (2.11)
        bundle["objects"] = [json.loads(thing.serialize()) for thing in objects.values()]
    counts: dict[str, int] = {}
    for thing in objects.values():
        counts[thing["type"]] = counts.get(thing["type"], 0) + 1
    text = json.dumps(bundle, ensure_ascii=False, indent=1) + "\n"
    return Made((File.of("bundle.json", text),), counts=dict(sorted(counts.items())))


def _objects(stix: Any, dossier: Dossier) -> Iterator[Any]:
    of_report: dict[str, list[str]] = {}
    reports: dict[str, Told] = {}
    for event in dossier.events:
        told = list(dossier.told(event))
        incident = _incident(stix, event, told)
        yield incident
        if event.place is not None and (event.place.country or point(event.place)):
            location = _location(stix, event.place)
            yield location
            yield _link(stix, "located-at", incident["id"], location["id"], _day(told))
        for one in told:
            reports[one.report.id] = one
            refs = of_report.setdefault(one.report.id, [])
            refs.append(incident["id"])
            for claim in one.claims:
                for thing in _of_claim(stix, incident["id"], one.report, claim):
                    refs.append(thing["id"])
                    yield thing
    for id_, one in reports.items():
        yield from _report(stix, one, of_report[id_])


def _incident(stix: Any, event: Event, told: list[Told]) -> Any:
    found: dict[str, Any] = {"labels": [f"ondit:{event.type}"]}
    if event.grade is not None and event.grade.credibility in _CONFIDENCE:
        found["confidence"] = _CONFIDENCE[event.grade.credibility]
    return stix.Incident(
        id=_id("incident", event.id),
        name=title(event),
        description=sentence(event),
        external_references=[{"source_name": "ondit", "external_id": event.id}],
        **_dated(_day(told), found),
    )


def _day(told: list[Told]) -> date | None:
    """The day of the newest report."""
    return max((one.report.published.day for one in told if one.report.published.day), default=None)


def _dated(day: date | None, found: dict[str, Any]) -> dict[str, Any]:
    """`created` and `modified`, which STIX demands: the day of publication; a label says where it is not known."""
    if day is None:
        found = {**found, "labels": [*found.get("labels", ()), _NO_DAY]}
    moment = f"{(day or _UNKNOWN_DAY).isoformat()}T00:00:00.000Z"
    return {**found, "created": moment, "modified": moment}


def _location(stix: Any, place: Place) -> Any:
    where = point(place)
    found: dict[str, Any] = {"name": place_name(place)}
    if where is not None:
        found |= {"latitude": round(where[0], 5), "longitude": round(where[1], 5)}
        if place.radius_km is not None:
            found["precision"] = place.radius_km * 1000
    if place.country:
        found["country"] = place.country
    if admin := divisions(place, country_name(place)):
        found["administrative_area"] = admin[0]
    if place.kind == "town":
        found["city"] = place.name
    key = f"{place.gazetteer_id or place.text}|{place.radius_km}"
    moment = f"{_UNKNOWN_DAY.isoformat()}T00:00:00.000Z"
    return stix.Location(id=_id("location", key), created=moment, modified=moment, **found)


def _link(stix: Any, kind: str, source: str, target: str, day: date | None) -> Any:
    return stix.Relationship(
        id=_id("relationship", kind, source, target),
        relationship_type=kind,
        source_ref=source,
        target_ref=target,
        **_dated(day, {}),
    )


def _of_claim(stix: Any, incident: str, report: Report, claim: Claim) -> Iterator[Any]:
    day = report.published.day
    yield stix.Note(
        id=_id("note", claim.id),
        abstract=f"{chain_text(report, claim)}: {claim.stance.value}",
        content=claim.content.of(report.text) or "…",
        authors=[chain_text(report, claim)] if claim.chain else [report.publisher or "(report)"],
        object_refs=[incident],
        external_references=[
            {
                "source_name": "ondit",
                "external_id": claim.id,
                "description": f"characters {claim.content.start} to {claim.content.stop} of report {report.id}",
            }
        ],
        **_dated(
            day, {"labels": [f"ondit:{claim.stance.value}"], **({"lang": report.language} if report.language else {})}
        ),
    )
    if claim.stance in _OPINIONS:
        explanation = ". ".join(filter(None, (claim.content.of(report.text), counts_text(claim))))
        yield stix.Opinion(
            id=_id("opinion", claim.id),
            opinion=_OPINIONS[claim.stance],
            explanation=explanation or None,
            authors=[chain_text(report, claim)],
            object_refs=[incident],
            **_dated(day, {}),
        )


def _report(stix: Any, told: Told, refs: list[str]) -> Iterator[Any]:
    report = told.report
    found: dict[str, Any] = {}
    if report.publisher:
        moment = f"{_UNKNOWN_DAY.isoformat()}T00:00:00.000Z"
        identity = stix.Identity(
            id=_id("identity", report.publisher),
            name=report.publisher,
            identity_class="organization",
            created=moment,
            modified=moment,
        )
        yield identity
        found["created_by_ref"] = identity["id"]
    reference = {"source_name": report.publisher or "report", "external_id": report.id}
    if report.url:
        reference["url"] = report.url
    if len(report.sha256) == 64 and report.url:
        reference["hashes"] = {"SHA-256": report.sha256}  # type: ignore[assignment]
    if report.language:
        found["lang"] = report.language
    dated = _dated(report.published.day, found)
    yield stix.Report(
        id=_id("report", report.id),
        name=report_title(told) or report.id,
        published=dated["created"],
        object_refs=list(dict.fromkeys(refs)),
        external_references=[reference],
        **dated,
    )


def _id(kind: str, *parts: str) -> str:
    return f"{kind}--{uuid.uuid5(_NAMESPACE, '|'.join((kind, *parts)))}"


FORMAT = Format(
    name="stix",
    title="STIX 2.1 bundle (OpenCTI, MISP)",
    suffix=".json",
    rule=(
        "One incident for each event with the Admiralty credibility as confidence; each claim is a note about it, a denial an opinion 'disagree', a doubt "
        "an opinion 'neutral'; each text is a report that refers to its incidents and notes."
    ),
    losses=(
        "STIX 2.1's incident is a stub: date, figures and parties stand in its description.",
        "created and modified are the day of publication; where it is not known they are 1970-01-01 with the label ondit:day-unknown, as for places and publishers.",
        "Chains of voices are one line of text; what agrees with what is not linked.",
    ),
    specification="STIX 2.1 (OASIS Standard)",
    make=make,
)
