"""FollowTheMoney: entities (JSON lines) and statements (both as JSON lines), for OpenAleph and the tools of OpenSanctions.

Schemata and properties of the `followthemoney` model: a report is an `Article`, a happening an `Event` that is `proof`-ed by its articles, a claim a
`Note` about the event, a party a `LegalEntity` (`Person`, `Organization` where that is told) that is `involved`, a place an `Address`. Conflicting
values stand side by side as statements: `origin` is the report a value is from, `first_seen` its day, so that no value is chosen.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ondit.model import Event, Source, SourceKind
from ondit.present.fields import chain_text, place_name
from ondit.present.formats.dossier import Dossier, Told
from ondit.present.formats.format import File, Format, Made, need
from ondit.present.formats.happening import Party, point, report_title, sentence, sides, title

DATASET = "ondit"
_PERSONS = (SourceKind.PERSON, SourceKind.WITNESS)


@dataclass(frozen=True, slots=True)
class _Statement:
    """One value of one property of one entity, and the report and day it comes from."""

    entity: str
    schema: str
    prop: str
    value: str
    origin: str = ""
    day: str = ""


def make(dossier: Dossier) -> Made:
    """Entities and the statements they are made of."""
    ftm = need("followthemoney", extra="ftm")
    kept = [s for s in dict.fromkeys(_statements(dossier)) if s.value]
    entities: dict[str, Any] = {}
    clean: list[tuple[_Statement, str]] = []
    for statement in kept:
        value = ftm.model.get(statement.schema).get(statement.prop).type.clean(statement.value)
        if value is not None:
            clean.append((statement, value))
    for statement, value in clean:
        proxy = entities.setdefault(statement.entity, None)
        if proxy is None:
            proxy = entities[statement.entity] = ftm.model.make_entity(statement.schema)
            proxy.id = statement.entity
        proxy.add(statement.prop, value, cleaned=True)
    json_lines = [_json({**proxy.to_dict(), "datasets": [DATASET]}) for proxy in entities.values()]
    files = (
        File("entities.ftm.json", json_lines),
        File("statements.ftm.json", [_statement_json(s, value) for s, value in clean]),
    )
    return Made(files, counts={"entities": len(entities), "statements": len(clean)})


def _json(entity: dict[str, Any]) -> bytes:
    return (json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _statement_json(statement: _Statement, value: str) -> bytes:
    kind = need("followthemoney", "followthemoney.statement", extra="ftm").Statement
    day, origin = statement.day or None, statement.origin or None
    made = kind(
        statement.entity, statement.prop, statement.schema, value, DATASET, first_seen=day, last_seen=day, origin=origin
    )
    return _json(made.to_dict())


def _statements(dossier: Dossier) -> Iterator[_Statement]:
    for event in dossier.events:
        told = list(dossier.told(event))
        id_ = f"ondit-{event.id}"
        yield _Statement(id_, "Event", "name", title(event))
        yield _Statement(id_, "Event", "summary", sentence(event))
        yield _Statement(id_, "Event", "keywords", event.type)
        if event.place is not None and (where := point(event.place)):
            yield from _address(event, where)
        for one in told:
            yield from _article(one)
            yield from _of_report(id_, one)
            yield from _notes(id_, one)
            for side in sides(dossier, [one]):
                for party in side:
                    yield from _party(dossier, id_, one, party)


def _address(event: Event, where: tuple[float, float]) -> Iterator[_Statement]:
    place = event.place
    assert place is not None
    id_ = f"ondit-place-{(place.gazetteer_id or place_name(place)).replace(':', '-')}"
    for prop, value in (
        ("full", ", ".join((place_name(place), *reversed(place.admin)))),
        ("city", place.name if place.kind == "town" else ""),
        ("state", place.admin[1] if len(place.admin) > 1 else ""),
        ("country", place.country.lower()),
        ("latitude", f"{where[0]:.5f}"),
        ("longitude", f"{where[1]:.5f}"),
    ):
        yield _Statement(id_, "Address", prop, value)
    yield _Statement(f"ondit-{event.id}", "Event", "addressEntity", id_)
    yield _Statement(f"ondit-{event.id}", "Event", "country", place.country.lower())


def _article(told: Told) -> Iterator[_Statement]:
    report = told.report
    day = str(report.published.day or "")
    for prop, value in (
        ("title", report_title(told)),
        ("publisher", report.publisher),
        ("author", report.author),
        ("sourceUrl", report.url),
        ("publishedAt", day),
        ("language", report.language),
    ):
        yield _Statement(f"ondit-{report.id}", "Article", prop, value, report.id, day)


def _of_report(id_: str, told: Told) -> Iterator[_Statement]:
    """What one report says of the happening: days and places as it tells them."""
    report, day = told.report, str(told.report.published.day or "")
    yield _Statement(id_, "Event", "proof", f"ondit-{report.id}", report.id, day)
    yield _Statement(id_, "Event", "publisher", report.publisher, report.id, day)
    yield _Statement(id_, "Event", "sourceUrl", report.url, report.id, day)
    for mention in told.mentions:
        for place in mention.places:
            if not place.metonym:
                yield _Statement(id_, "Event", "location", place.name or place.text, report.id, day)
        for interval in [t.interval for t in mention.times if t.interval and t.interval.edtf][:1]:
            one_day = interval.earliest is not None and interval.earliest == interval.latest
            for prop, moment in (
                ("date", interval.earliest if one_day else None),
                ("startDate", interval.earliest),
                ("endDate", interval.latest),
            ):
                yield _Statement(id_, "Event", prop, str(moment or ""), report.id, day)


def _notes(event: str, told: Told) -> Iterator[_Statement]:
    report, day = told.report, str(told.report.published.day or "")
    for claim in told.claims:
        id_ = f"ondit-{claim.id}"
        figures = ", ".join(f"{count.what}: {count.text}" for count in claim.counts)
        for prop, value in (
            ("entity", event),
            ("name", f"{chain_text(report, claim)}: {claim.stance.value}"),
            ("description", claim.content.of(report.text)),
            ("summary", figures),
            ("keywords", claim.stance.value),
            ("proof", f"ondit-{report.id}"),
        ):
            yield _Statement(id_, "Note", prop, value, report.id, day)


def _party(dossier: Dossier, event: str, told: Told, party: Party) -> Iterator[_Statement]:
    report, day = told.report, str(told.report.published.day or "")
    source = dossier.sources.get(party.source) if party.source else None
    schema = _schema(source)
    # A name that nobody registered means somebody in one report; two reports' "gunmen" are not one entity.
    id_ = f"ondit-source-{party.source.replace(':', '-')}" if source else _local_id(report.id, party.name)
    for prop, value in (
        ("name", party.name),
        ("country", source.country.lower() if source else ""),
        ("notes", party.kind.replace("_", " ")),
    ):
        yield _Statement(id_, schema, prop, value, report.id, day)
    yield _Statement(event, "Event", "involved", id_, report.id, day)


def _schema(source: Source | None) -> str:
    if source is None:
        return "LegalEntity"
    return "Person" if source.kind in _PERSONS else "Organization"


def _local_id(report: str, name: str) -> str:
    return f"ondit-{report}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


FORMAT = Format(
    name="ftm",
    title="FollowTheMoney entities and statements",
    suffix=".zip",
    rule=(
        "Nothing is aggregated: values of different reports stand side by side, each statement with the report it is from (origin) and its day (first_seen). "
        "Names that are in no registry are entities of one report only."
    ),
    losses=(
        "FollowTheMoney has no character spans, no chains of voices, no stances and no counts: a claim's voices and stance are in the name of its Note, its figures in its summary.",
        "Values that followthemoney refuses (a malformed address, an unknown language) are left away.",
        "Grades, independence and copies stand in the event's summary only.",
    ),
    specification="followthemoney 4 (schemata Event, Article, Note, LegalEntity, Address; statements)",
    make=make,
)
