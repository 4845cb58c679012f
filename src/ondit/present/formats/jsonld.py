"""JSON-LD 1.1: claims (schema.org `Claim`) with the characters that show them (Web Annotation selectors) and where they come from (PROV-O).

A report is a `schema:Article`, a claim a `schema:Claim` that `prov:wasQuotedFrom` it, a chain of voices an ordered list with the innermost as
`prov:hadPrimarySource`. Each claim has an `oa:Annotation` whose target carries a `TextPositionSelector` (code points; W3C Web Annotation Data Model,
4.2.5) and a `TextQuoteSelector` (4.2.4). schema.org has no relations between claims; the namespace `urn:ondit:ns:` has them (docs/reference/exports.md).
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from ondit.model import Claim, Event, FieldAccount, FieldValue, Report, SourceMention, Span, Stance
from ondit.present.fields import place_name, voice_name
from ondit.present.formats.dossier import Dossier
from ondit.present.formats.format import File, Format, Made
from ondit.present.formats.happening import point, title

NAMESPACE = "urn:ondit:ns:"
CONTEXT: dict[str, Any] = {
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "ondit": NAMESPACE,
    "id": "@id",
    "type": "@type",
    **{name: {"@id": f"schema:{name}", "@type": "xsd:date"} for name in ("datePublished", "startDate", "endDate")},
    **{name: f"schema:{name}" for name in ("text", "name", "headline", "inLanguage", "sha256", "latitude", "longitude", "location", "geo")},
    "url": {"@id": "schema:url", "@type": "@id"},
    **{name: {"@id": f"schema:{name}", "@type": "@id"} for name in ("author", "publisher", "appearance", "about")},
    **{name: {"@id": f"prov:{name}", "@type": "@id"} for name in ("wasQuotedFrom", "hadPrimarySource", "wasDerivedFrom", "wasGeneratedBy")},
    **{name: {"@id": f"oa:{name}", "@type": "@id"} for name in ("hasBody", "hasSource", "motivatedBy")},
    **{name: f"oa:{name}" for name in ("hasTarget", "hasSelector", "exact", "prefix", "suffix")},
    **{name: {"@id": f"oa:{name}", "@type": "xsd:nonNegativeInteger"} for name in ("start", "end")},
    "chain": {"@id": "ondit:chain", "@container": "@list", "@type": "@id"},
    **{name: {"@id": f"ondit:{name}", "@type": "@id"} for name in ("agreesWith", "contradicts", "denies", "doubts", "copyOf", "supports", "valueOf")},
    **{name: f"ondit:{name}" for name in ("stance", "field", "status", "eventType", "credibility", "kind", "rule", "similarity", "low", "high", "edtf", "origins")},
}  # fmt: skip
RELATIONS = {
    "agreesWith": "two claims of different voices give one value to a field (symmetric and transitive; written along a chain, not for each pair)",
    "contradicts": "two values of a field of one event that cannot both be so (symmetric)",
    "supports": "a claim gives this value to a field",
    "denies": "a claim says that the value is not so",
    "doubts": "a claim relays the value with a word or mark of doubt",
    "copyOf": "a report repeats another one and adds no voice; with ondit:similarity, 0 to 1, and ondit:kind",
    "valueOf": "the event that a value belongs to",
    "chain": "the voices of a claim, the outermost first",
    "stance": "asserts, denies, distances, possible or demands",
}
_AROUND = 32  # characters of prefix and suffix
_MOST_PAIRS = 30


def make(dossier: Dossier) -> Made:
    """One graph of the happenings, their claims, reports and voices."""
    counts = {
        "claims": sum(len(event.claims) for event in dossier.events),
        "reports": len({r for e in dossier.events for r in e.reports}),
    }
    return Made((File("claims.jsonld", _document(dossier)),), counts=counts)


def _document(dossier: Dossier) -> Iterator[bytes]:
    yield b'{"@context":' + _json(CONTEXT) + b',"@graph":[\n'
    first = True
    for node in _nodes(dossier):
        yield (b"" if first else b",\n") + _json(node)
        first = False
    yield b"\n]}\n"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _nodes(dossier: Dossier) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for event in dossier.events:
        yield _event(event)
        for account in event.fields:
            yield from _values(event, account)
        for told in dossier.told(event):
            for node in (_report(dossier, told.report), *_voices(dossier, told.report, told.claims)):
                if node["id"] not in seen:
                    seen.add(node["id"])
                    yield node
            for claim in told.claims:
                yield _claim(dossier, event, told.report, claim)
                yield _annotation(told.report, claim)


def _event(event: Event) -> dict[str, Any]:
    place, interval = event.place, event.interval
    node: dict[str, Any] = {
        "id": _urn("event", event.id),
        "type": ["schema:Event", "ondit:Happening"],
        "name": title(event),
        "eventType": event.type,
        "origins": len(event.independence.origins) if event.independence else None,
        "credibility": event.grade.credibility if event.grade else None,
        "startDate": str(interval.earliest) if interval and interval.earliest else None,
        "endDate": str(interval.latest) if interval and interval.latest else None,
        "edtf": interval.edtf or None if interval else None,
    }
    if place is not None:
        where = point(place)
        geo = {"type": "schema:GeoCoordinates", "latitude": where[0], "longitude": where[1]} if where else None
        node["location"] = _full({"type": "schema:Place", "name": place_name(place), "geo": geo})
    return _full(node)


def _full(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value is not None}


def _values(event: Event, account: FieldAccount) -> Iterator[dict[str, Any]]:
    """The values of a field and what claims make of them."""
    contested = account.status == "contested"
    for number, value in enumerate(account.values):
        others = [n for n in range(len(account.values)) if n != number][:_MOST_PAIRS] if contested else []
        against = [_value_id(event, account, n) for n in others if _apart(value, account.values[n])]
        yield _full({
            "id": _value_id(event, account, number),
            "type": "ondit:FieldValue",
            "valueOf": _urn("event", event.id),
            "field": account.field,
            "status": account.status.value,
            "name": value.value,
            "low": value.low,
            "high": value.high,
            "contradicts": against or None,
        })  # fmt: skip
        yield from _stands(value, _value_id(event, account, number))


def _apart(left: FieldValue, right: FieldValue) -> bool:
    """Can two values not both be so? Figures whose ranges overlap can; words of a contested field cannot."""
    if left.low is None and left.high is None:
        return True
    return (left.low or 0) > (right.high if right.high is not None else 1 << 60) or (right.low or 0) > (
        left.high if left.high is not None else 1 << 60
    )


def _stands(value: FieldValue, id_: str) -> Iterator[dict[str, Any]]:
    supporters = list(dict.fromkeys(a.claim_id for a in value.supporters))
    by_voice = list({a.origin or a.voice: a.claim_id for a in reversed(value.supporters)}.values())[::-1]
    agreeing = dict(zip(by_voice[1:], by_voice, strict=False))
    for claim in supporters:
        node: dict[str, Any] = {"id": _urn("claim", claim), "supports": id_}
        if claim in agreeing and agreeing[claim] != claim:
            node["agreesWith"] = _urn("claim", agreeing[claim])
        yield node
    for attestation in value.dissenters:
        relation = "denies" if attestation.stance is Stance.DENIES else "doubts"
        yield {"id": _urn("claim", attestation.claim_id), relation: id_}


def _value_id(event: Event, account: FieldAccount, number: int) -> str:
    return f"{_urn('event', event.id)}:{account.field}:{number + 1}"


def _report(dossier: Dossier, report: Report) -> dict[str, Any]:
    node: dict[str, Any] = {
        "id": _urn("report", report.id),
        "type": ["schema:Article", "prov:Entity"],
        "headline": report.title or None,
        "publisher": _publisher_id(report) if report.publisher else None,
        "datePublished": str(report.published.day) if report.published.day else None,
        "inLanguage": report.language or None,
        "url": report.url or None,
        "sha256": report.sha256 or None,
    }
    if copy := dossier.copy_of(report.id):
        node |= {"copyOf": _urn("report", copy.original), "similarity": copy.similarity, "kind": copy.kind.value}
    return _full(node)


def _voices(dossier: Dossier, report: Report, claims: Sequence[Claim]) -> Iterator[dict[str, Any]]:
    if report.publisher:
        yield {"id": _publisher_id(report), "type": ["schema:Organization", "prov:Agent"], "name": report.publisher}
    for voice in (v for claim in claims for v in claim.chain):
        name = dossier.name_of(voice.source_id) or voice_name(report, voice)
        kind = "schema:Person" if voice.kind in ("person", "witness") else "schema:Organization"
        yield {
            "id": _voice_id(dossier, report, voice),
            "type": [kind, "prov:Agent"],
            "name": name,
            "kind": voice.kind.value,
        }


def _publisher_id(report: Report) -> str:
    return _urn("publisher", report.publisher)


def _voice_id(dossier: Dossier, report: Report, voice: SourceMention) -> str:
    """A registered source has one id everywhere, any other voice one in its report."""
    if voice.source_id and voice.source_id in dossier.sources:
        return _urn("source", voice.source_id)
    span = voice.refers_to or voice.span
    return f"{_urn('report', report.id)}:voice:{span.start}-{span.stop}"


def _claim(dossier: Dossier, event: Event, report: Report, claim: Claim) -> dict[str, Any]:
    chain = [_voice_id(dossier, report, voice) for voice in claim.chain]
    inner = chain[-1] if chain else _publisher_id(report) if report.publisher else None
    return _full({
        "id": _urn("claim", claim.id),
        "type": ["schema:Claim", "prov:Entity"],
        "text": claim.content.of(report.text),
        "stance": claim.stance.value,
        "about": _urn("event", event.id),
        "appearance": _urn("report", report.id),
        "wasQuotedFrom": _urn("report", report.id),
        "hadPrimarySource": inner,
        "author": inner,
        "chain": chain or None,
    })  # fmt: skip


def _annotation(report: Report, claim: Claim) -> dict[str, Any]:
    return {
        "id": f"{_urn('claim', claim.id)}:annotation",
        "type": "oa:Annotation",
        "motivatedBy": "oa:classifying",
        "hasBody": _urn("claim", claim.id),
        "hasTarget": {"type": "oa:SpecificResource", "hasSource": _urn("report", report.id), "hasSelector": selectors(report.text, claim.content)},
    }  # fmt: skip


def selectors(text: str, span: Span) -> list[dict[str, Any]]:
    """The two ways to find characters again: by position, and by the words with what stands around them."""
    quote = {
        "type": "oa:TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - _AROUND) : span.start],
        "suffix": text[span.stop : span.stop + _AROUND],
    }
    return [{"type": "oa:TextPositionSelector", "start": span.start, "end": span.stop}, quote]


def _urn(kind: str, name: str) -> str:
    """An address of a thing of this ledger; what an address cannot hold is percent-encoded (RFC 8141)."""
    from urllib.parse import quote

    return f"urn:ondit:{kind}:{quote(name, safe='')}"


FORMAT = Format(
    name="jsonld",
    title="JSON-LD (schema.org Claim, Web Annotation, PROV-O)",
    suffix=".jsonld",
    rule=(
        "Nothing is aggregated: every value of every field with the claims that support, deny or doubt it. Offsets count Unicode code points of the "
        "text as it was received."
    ),
    losses=(
        "The texts of reports, except the words of claims and 32 characters around them.",
        "The rules that read each field, equipment, and the candidates of places.",
        "A value of words in a contested field contradicts each other value of it; of more than thirty the first thirty are named.",
    ),
    specification="W3C JSON-LD 1.1, Web Annotation Data Model, PROV-O; schema.org Claim",
    make=make,
)
