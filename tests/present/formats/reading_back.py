"""Reads each export back with a library of its format where there is one: event id → what is said of it, in one set of words."""

import io
import json
import os
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from importlib.util import find_spec
from typing import Any

import pytest

from ondit.present.formats import Dossier
from ondit.present.formats.inception import read_tsv
from ondit.present.formats.jsonl import LineKind, read_lines
from ondit.present.formats.label_studio import read_tasks

Seen = dict[str, dict[str, Any]]


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def frame(data: bytes) -> Any:
    import pandas as pd

    return pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)


def number(text: str) -> int | None:
    return int(text) if text else None


def degrees(text: str) -> float | None:
    return float(text) if text else None


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def plain(text: str) -> str:
    """A cell as it was before it was marked as text."""
    return text[1:] if text.startswith("'") and text[1:2] in tuple("=+-@\t\r") else text


def event_report(data: bytes, _: Dossier) -> Seen:
    rows = frame(data)
    seen: Seen = {}
    for id_, group in rows.groupby("event_id", sort=False):
        lows = [int(low) for low in group["deaths_low"] if low]
        seen[str(id_)] = {
            "type": group["ondit_type"].iloc[0],
            "reports": set(group["ondit_report"]),
            "credibility": number(group["ondit_credibility"].iloc[0]),
            "publishers": {
                " ".join(plain(p).split()) for p in group["source_author"] if p and not p.startswith("http")
            },
            "lowest_reported": min(lows, default=None),
        }
    return seen


def acled(data: bytes, _: Dossier) -> Seen:
    rows = frame(data)
    assert len(rows.columns) == 31
    return {
        r["event_id_cnty"]: {"place": plain(r["location"]), "lat": degrees(r["latitude"]), "lon": degrees(r["longitude"]),
                             "country": r["country"], **({"first": day(r["event_date"]), "last": day(r["event_date"])} if r["time_precision"] == "1" else {})}
        for r in rows.to_dict("records")
    }  # fmt: skip


def ucdp(data: bytes, _: Dossier) -> Seen:
    rows = frame(data)
    assert len(rows.columns) == 49
    return {
        r["id"]: {"place": plain(r["where_coordinates"]), "lat": degrees(r["latitude"]), "lon": degrees(r["longitude"]), "country": r["country"],
                  "first": day(r["date_start"]), "last": day(r["date_end"]), "killed_low": number(r["low"])}
        for r in rows.to_dict("records")
    }  # fmt: skip


def geojson(data: bytes, _: Dossier) -> Seen:
    import geojson as library
    from shapely.geometry import shape

    collection = library.loads(data)
    assert collection.is_valid, collection.errors()
    seen: Seen = {}
    for feature in collection["features"]:
        point = shape(feature["geometry"]) if feature["geometry"] else None
        told = feature["properties"]
        seen[feature["id"]] = {
            "type": told["type"], "place": told["place"] if point else expectless, "lat": point.y if point else None, "lon": point.x if point else None,
            "first": day(told["earliest"]), "last": day(told["latest"]), "killed_low": told["killed_low"], "credibility": told["credibility"],
        }  # fmt: skip
    return seen


class _Anything:
    """Equal to everything: what a format does not say of this happening."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


expectless = _Anything()


def timemap(data: bytes, _: Dossier) -> Seen:
    files = members(data)
    events, sources, associations = (
        json.loads(files[f"{name}.json"]) for name in ("events", "sources", "associations")
    )
    known = {a["id"] for a in associations}
    text = {"id", "description", "date", "time", "time_precision", "location", "latitude", "longitude", "type", "category", "category_full", "comments", "time_display"}  # fmt: skip
    seen: Seen = {}
    for event in events:
        # The Joi schema of TimeMap: texts, and two lists; nothing else.
        assert set(event) == text | {"associations", "sources"}
        assert all(isinstance(event[name], str) for name in text)
        assert set(event["associations"]) <= known
        assert set(event["sources"]) <= set(sources)
        seen[event["id"]] = {"type": event["type"], "place": event["location"], "lat": float(event["latitude"]), "lon": float(event["longitude"]), "reports": set(event["sources"])}  # fmt: skip
    return seen


def plover(data: bytes, dossier: Dossier) -> Seen:
    lines = [json.loads(line) for line in data.splitlines()]
    quads = {
        "AGREE": 1,
        "CONSULT": 1,
        "AID": 2,
        "RETREAT": 2,
        "ACCUSE": 3,
        "PROTEST": 4,
        "SANCTION": 4,
        "MOBILIZE": 4,
        "COERCE": 4,
        "ASSAULT": 4,
    }
    seen: Seen = {}
    for line in lines:
        (code,) = line["event"]
        assert line["quad_code"] == quads[code]
        text = dossier.readings[line["cite_info"]["citation"]].report.text
        assert text[line["text_info"]["start"] : line["text_info"]["end"]] == line["text"]
        one = seen.setdefault(
            line["ondit_event"],
            {
                "id": line["ondit_event"],
                "some_deaths": set(),
                "some_reports": set(),
                "some_publishers": set(),
                "some_contents": set(),
            },
        )
        one["some_deaths"] |= {line["size"]["dead"]} if "dead" in line["size"] else set()
        one["some_reports"].add(line["cite_info"]["citation"])
        one["some_publishers"].add(" ".join(line["cite_info"]["publication"].split()))
        one["some_contents"].add(line["text"])
    return seen


def jsonld(data: bytes, dossier: Dossier) -> Seen:
    from rdflib import RDF, Graph, Namespace, URIRef

    graph = Graph().parse(data=data.decode(), format="json-ld")
    ondit, schema, prov, oa = (
        Namespace(n)
        for n in ("urn:ondit:ns:", "https://schema.org/", "http://www.w3.org/ns/prov#", "http://www.w3.org/ns/oa#")
    )
    seen: Seen = {}
    for event in graph.subjects(RDF.type, schema.Event):
        claims = list(graph.subjects(schema.about, event))
        place = graph.value(event, schema.location)
        geo = graph.value(place, schema.geo) if place else None
        for claim in claims:
            (note,) = graph.subjects(oa.hasBody, claim)
            target = graph.value(note, oa.hasTarget)
            report = str(graph.value(target, oa.hasSource)).rpartition(":")[2]
            text = dossier.readings[report].report.text
            found = {graph.value(s, RDF.type): s for s in graph.objects(target, oa.hasSelector)}
            position, quote = found[oa.TextPositionSelector], found[oa.TextQuoteSelector]
            start, end = (graph.value(position, p).toPython() for p in (oa.start, oa.end))
            assert text[start:end] == str(graph.value(quote, oa.exact)) == str(graph.value(claim, schema.text))
            assert text[:start].endswith(str(graph.value(quote, oa.prefix)))
            assert text[end:].startswith(str(graph.value(quote, oa.suffix)))
        first, last = (graph.value(event, p) for p in (schema.startDate, schema.endDate))
        credibility = graph.value(event, ondit.credibility)
        seen[str(event).rpartition(":")[2]] = {
            "type": str(graph.value(event, ondit.eventType)),
            "claims": {str(c).rpartition(":")[2] for c in claims},
            "reports": {str(graph.value(c, prov.wasQuotedFrom)).rpartition(":")[2] for c in claims},
            "stances": {str(c).rpartition(":")[2]: str(graph.value(c, ondit.stance)) for c in claims},
            "contents": {str(c).rpartition(":")[2]: str(graph.value(c, schema.text)) for c in claims},
            "credibility": credibility.toPython() if credibility is not None else None,
            "lat": graph.value(geo, schema.latitude).toPython() if geo else None,
            "first": first.toPython() if first else None,
            "last": last.toPython() if last else None,
        }  # fmt: skip
    assert (URIRef("urn:ondit:ns:supports") in set(graph.predicates())) and (ondit.denies in set(graph.predicates()))
    return seen


def jsonl(data: bytes, _: Dossier) -> Seen:
    events = [line.event for line in read_lines(data.splitlines()) if line.line is LineKind.EVENT]
    return {e.id: {"type": e.type, "claims": set(e.claims), "reports": set(e.reports), "credibility": e.grade and e.grade.credibility, "first": e.interval and e.interval.earliest} for e in events if e}  # fmt: skip


def ftm(data: bytes, _: Dossier) -> Seen:
    from followthemoney import model
    from followthemoney.statement import StatementEntity
    from followthemoney.statement.serialize import read_json_statements

    files = members(data)
    proxies = {p["id"]: model.get_proxy(p) for p in map(json.loads, files["entities.ftm.json"].splitlines())}
    for proxy in proxies.values():
        proxy.schema.validate(proxy.to_dict())
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value), f"{prop.qname}: {value}"
            if prop.type.name == "entity":
                assert value in proxies
    statements = list(read_json_statements(io.BytesIO(files["statements.ftm.json"])))
    # The statements alone make the same entities.
    for id_ in {s.entity_id for s in statements}:
        mine = StatementEntity.from_statements(_dataset(), [s for s in statements if s.entity_id == id_])
        assert {p: set(v) for p, v in mine.to_dict()["properties"].items()} == {
            p: set(v) for p, v in proxies[id_].to_dict()["properties"].items()
        }
    seen: Seen = {}
    for proxy in proxies.values():
        if proxy.schema.name != "Event":
            continue
        notes = [p for p in proxies.values() if p.schema.name == "Note" and proxy.id in p.get("entity")]
        address = next((proxies[a] for a in proxy.get("addressEntity")), None)
        seen[proxy.id.removeprefix("ondit-")] = {
            "type": proxy.first("keywords"),
            "reports": {r.removeprefix("ondit-") for r in proxy.get("proof")},
            "claims": {n.id.removeprefix("ondit-") for n in notes},
            "stances": {n.id.removeprefix("ondit-"): n.first("keywords") for n in notes},
            "lat": degrees(address.first("latitude")) if address else expectless,
            "lon": degrees(address.first("longitude")) if address else expectless,
        }
    return seen


def _dataset() -> Any:
    from followthemoney.dataset import Dataset

    return Dataset.make({"name": "ondit", "title": "ondit"})


def stix(data: bytes, dossier: Dossier) -> Seen:
    import stix2

    bundle = stix2.parse(data.decode())
    by_id = {o["id"]: o for o in bundle.objects}
    confidence = {90: 1, 70: 2, 50: 3, 30: 4, 10: 5, None: 6}
    for thing in bundle.objects:
        for ref in [
            *thing.get("object_refs", ()),
            *filter(None, (thing.get(k) for k in ("created_by_ref", "source_ref", "target_ref"))),
        ]:
            assert ref in by_id
    seen: Seen = {}
    for incident in (o for o in bundle.objects if o["type"] == "incident"):
        event = incident["external_references"][0]["external_id"]
        notes = [o for o in bundle.objects if o["type"] == "note" and incident["id"] in o["object_refs"]]
        place = next(
            (
                by_id[o["target_ref"]]
                for o in bundle.objects
                if o["type"] == "relationship" and o["source_ref"] == incident["id"]
            ),
            {},
        )
        seen[event] = {
            "type": incident["labels"][0].removeprefix("ondit:"),
            "credibility": confidence[incident.get("confidence")],
            "claims": {n["external_references"][0]["external_id"] for n in notes},
            "contents": {n["external_references"][0]["external_id"]: n["content"] for n in notes},
            "stances": {n["external_references"][0]["external_id"]: n["labels"][0].removeprefix("ondit:") for n in notes},
            "lat": place.get("latitude"),
            "lon": place.get("longitude"),
            "reports": {o["external_references"][0]["external_id"] for o in bundle.objects if o["type"] == "report" and incident["id"] in o["object_refs"]},
        }  # fmt: skip
    return seen


def parquet(data: bytes, _: Dossier) -> Seen:
    import pyarrow.parquet as library

    files = members(data)
    events, claims, reports = (
        library.read_table(io.BytesIO(files[f"{n}.parquet"])).to_pylist() for n in ("events", "claims", "reports")
    )
    assert {c["report"] for c in claims} <= {r["id"] for r in reports}
    return {
        e["id"]: {"type": e["type"], "lat": e["lat"] and round(e["lat"], 5), "lon": e["lon"] and round(e["lon"], 5), "first": e["earliest"], "last": e["latest"], "killed_low": e["killed_low"],
                  "credibility": e["credibility"], "claims": {c["id"] for c in claims if c["event"] == e["id"]}}
        for e in events
    }  # fmt: skip


def html(data: bytes, dossier: Dossier) -> Seen:
    from lxml import html as library

    page = library.fromstring(data.decode())
    assert not page.xpath("//script | //link | //img | //iframe | //*[@onclick]")
    assert not [a for a in page.xpath("//@href | //@src") if not a.startswith("#")]
    seen: Seen = {}
    for article in page.xpath('//article[@class="happening"]'):
        sums = article.xpath("./header/small")[0].text_content()
        id_ = sums.rpartition(" · ")[2]
        rows = {r.xpath("./td")[0].text_content(): r for r in article.xpath('.//table[@class="account"]//tr')}
        grade = article.xpath('./header/span[@class="grade"]')
        seen[id_] = {
            "id": id_,
            "type": article.xpath("./header/h3")[0].text_content().split(" · ")[0].replace(" ", "_"),
            "credibility": int(grade[0].text_content()[-1]) if grade else None,
            "number_of_claims": len(article.xpath('.//ul[@class="quotes"]/li')),
            "values": {
                name: [v.text_content() for v in row.xpath('.//ul[@class="values"]/li/b')] for name, row in rows.items()
            },
            "number_of_reports": int(sums.split()[0]),
        }
    return seen


def _annotations(found: Mapping[str, Any], dossier: Dossier) -> Seen:
    """Events by the claims of their reports."""
    seen: Seen = {}
    for event in dossier.events:
        claims = [(r, c) for r in event.reports if r in found for c in found[r].claims if c.claim in event.claims]
        seen[event.id] = {
            "reports": {r for r, _ in claims},
            "claims": {c.claim for _, c in claims},
            "stances": {c.claim: c.stance for _, c in claims},
            "contents": {c.claim: c.content.of(dossier.readings[r].report.text) for r, c in claims},
            "voices": {c.claim: list(c.voices) for _, c in claims},
            "types": {c.claim: c.type for _, c in claims},
        }
    return seen


def label_studio(data: bytes, dossier: Dossier) -> Seen:
    from label_studio_sdk.label_interface import LabelInterface

    files = members(data)
    interface = LabelInterface(files["labels.xml"].decode())
    interface.validate()
    tasks = json.loads(files["tasks.json"])
    for task in tasks:
        assert interface.validate_task({"data": task["data"]})
        for prediction in task["predictions"]:
            assert interface.validate_prediction(prediction, return_errors=True) == []
        # An annotator opens the task and submits it as it is.
        task["annotations"] = [{"result": p["result"], "completed_by": 1} for p in task.pop("predictions")]
    found = {a.report: a for a in read_tasks(json.dumps(tasks).encode())}
    return _annotations(found, dossier)


def inception(data: bytes, dossier: Dossier) -> Seen:
    from cassis import load_typesystem

    files = members(data)
    system = load_typesystem(io.BytesIO(files.pop("layer.xml")))
    assert sorted(f.name for f in system.get_type("webanno.custom.Ondit").features) == [
        "claim",
        "happening",
        "role",
        "stance",
    ]
    found = {}
    for name, tsv in files.items():
        report = name.removesuffix(".tsv")
        units = dossier.readings[report].report.text.encode("utf-16-le")
        for line in tsv.decode().split("\n"):
            if line[:1].isdigit():
                _, offsets, token, *cells = line.split("\t")
                start, stop = map(int, offsets.split("-"))
                assert units[2 * start : 2 * stop].decode("utf-16-le") == token
                assert len(cells) == 5
        found[report] = read_tsv(tsv, name)
    return _annotations(found, dossier)


READERS: dict[str, Callable[[bytes, Dossier], Seen]] = {
    "event_report": event_report, "acled": acled, "ucdp": ucdp, "geojson": geojson, "timemap": timemap, "plover": plover, "jsonld": jsonld, "jsonl": jsonl,
    "ftm": ftm, "stix": stix, "parquet": parquet, "html": html, "label-studio": label_studio, "inception": inception,
}  # fmt: skip
NEEDED = {"ftm": "followthemoney", "label-studio": "label_studio_sdk", "parquet": "pyarrow", "stix": "stix2"}
INSTALLED = [name for name in sorted(READERS) if os.environ.get("CI") or name not in NEEDED or find_spec(NEEDED[name])]
"""What can be tested here: followthemoney wants a compiler and ICU, label-studio-sdk is large. In CI nothing is left out."""
FORMATS = [
    pytest.param(name, marks=pytest.mark.skipif(name not in INSTALLED, reason=f"needs {NEEDED.get(name)}"))
    for name in sorted(READERS)
]
