"""What the API answers: the same façade as the pages, as JSON."""

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

from starlette.responses import JSONResponse, Response

from ondit.codec import encode_event, encode_record
from ondit.intake import Origin, Source
from ondit.ledger import EventRow, Undecidable
from ondit.model import Decision
from ondit.stores import Kept
from ondit.web.choosing import BadQuery, day, filters_of, whole
from ondit.web.pages.adding import start_adding
from ondit.web.pages.claims import claim_json
from ondit.web.pages.events import event_filters_of, event_of
from ondit.web.visits import NoSuch, Visit

_DEFAULT, _MOST = 100, 1000


def status(visit: Visit) -> Response:
    """How much there is."""
    ledger = visit.ledger
    return JSONResponse(
        {"totals": dict(ledger.totals()), "settled": ledger.is_settled, "stale": visit.desk.is_stale(ledger)}
    )


def claims(visit: Visit) -> Response:
    """Claims that fit."""
    filters = filters_of(visit.query)
    found = visit.ledger.claims(filters, *_paging(visit))
    return _listed(visit.ledger.count(filters), map(claim_json, found))


def claim(visit: Visit) -> Response:
    """One claim."""
    found = visit.ledger.claim(visit.part("id"))
    if found is None:
        raise NoSuch
    return JSONResponse(claim_json(found))


def events(visit: Visit) -> Response:
    """Events that fit, the few columns of a list."""
    filters = event_filters_of(visit.query)
    if not visit.ledger.is_settled:
        return _listed(0, ())
    return _listed(visit.ledger.count_events(filters), map(_row, visit.ledger.event_rows(filters, *_paging(visit))))


def event(visit: Visit) -> Response:
    """One event with everything that the reports say of it together."""
    return Response(encode_event(event_of(visit, visit.part("id"))), media_type="application/json")


def reports(visit: Visit) -> Response:
    """Reports without their texts, in the order of adding."""
    limit, offset = _paging(visit)
    ids = visit.ledger.report_ids()
    kept = (visit.ledger.report(id_) for id_ in islice(ids, offset, offset + limit))
    return _listed(len(ids), (_report(one, text=False) for one in kept if one is not None))


def report(visit: Visit) -> Response:
    """One report with its text, as it was received."""
    kept = visit.ledger.report(visit.part("id"))
    if kept is None:
        raise NoSuch
    return JSONResponse(_report(kept, text=True))


def sources(visit: Visit) -> Response:
    """The registry with what was decided about its entries."""
    limit, offset = _paging(visit)
    registry = visit.ledger.sources()
    chosen = islice(sorted(registry), offset, offset + limit)
    return _listed(len(registry), (json.loads(encode_record(registry[id_])) for id_ in chosen))


def source(visit: Visit) -> Response:
    """One source."""
    found = visit.ledger.sources().get(visit.part("id"))
    if found is None:
        raise NoSuch
    return Response(encode_record(found), media_type="application/json")


def decisions(visit: Visit) -> Response:
    """Decisions, in the order in which they were made."""
    limit, offset = _paging(visit)
    every = visit.ledger.decisions()
    return _listed(len(every), (_plain(one) for one in every[offset : offset + limit]))


def decide(visit: Visit) -> Response:
    """Make a decision."""
    body = visit.json
    kind, why = _text(body, "kind"), _text(body, "why")[:4000]
    targets = body.get("targets")
    if not isinstance(targets, list) or not targets or not all(isinstance(t, str) for t in targets):
        raise BadQuery("targets: a list of ids")
    ledger = visit.ledger
    if kind == "edit":
        if len(targets) != 1:
            raise BadQuery("targets: an edit is of one claim")
        made = ledger.edit(targets[0], _text(body, "field"), body.get("value"), why=why)
    elif kind == "comment":
        made = ledger.comment(*targets, words=why)
    else:
        make = {
            "accept": ledger.accept,
            "reject": ledger.reject,
            "merge": ledger.merge,
            "split": ledger.split,
            "undo": ledger.undo,
        }
        if kind not in make:
            raise Undecidable(f"kind: one of {', '.join((*make, 'edit', 'comment'))}")
        made = make[kind](*targets, why=why)
    return Response(encode_record(made), 201, media_type="application/json")


def add(visit: Visit) -> Response:
    """Add one text; the answer is the job that reads it."""
    body = visit.json
    text = _text(body, "text")
    if not text.strip():
        raise BadQuery("text: there is none")
    origin = Origin(
        published=day({"published": _text(body, "published")}, "published"),
        publisher=_text(body, "publisher"), title=_text(body, "title"), url=_text(body, "url"),
    )  # fmt: skip
    source = Source.of_bytes(_text(body, "name") or "sent.txt", text.encode("utf-8", "replace"))
    job = start_adding(visit.desk, visit.user.name, [source], origin, None)
    return JSONResponse({"job": job.number}, 202)


def job(visit: Visit) -> Response:
    """How far a job is, and what came of it."""
    number = visit.part("number")
    found = visit.desk.jobs.find(int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None
    if found is None:
        raise NoSuch
    lines = [
        {
            "outcome": line.outcome,
            "where": line.where,
            "report": line.report,
            "claims": line.claims,
            "problems": line.problems,
        }
        for line in found.lines
    ]
    told = {"state": found.state, "step": found.step, "done": found.done, "total": found.total, "error": found.error}
    return JSONResponse({**told, "counts": found.counts, "items": lines})


def _paging(visit: Visit) -> tuple[int, int]:
    limit = whole(visit.query, "limit", _DEFAULT, _MOST)
    if limit < 1:
        raise BadQuery("limit: 1 or more")
    return limit, whole(visit.query, "offset", 0, 10**9)


def _listed(total: int, items: Iterable[object]) -> Response:
    return JSONResponse({"total": total, "items": list(items)})


def _row(row: EventRow) -> dict[str, Any]:
    return {name: _day(getattr(row, name)) for name in row.__slots__}


def _day(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _report(kept: Kept, *, text: bool) -> dict[str, Any]:
    report = json.loads(encode_record(kept.report))
    if not text:
        report.pop("text", None)
    custody = {name: getattr(kept.custody, name) for name in kept.custody.__slots__}
    return {"report": report, "engine": kept.engine, "newest": kept.newest, "custody": custody}


def _plain(decision: Decision) -> object:
    return json.loads(encode_record(decision))


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise BadQuery(f"{name}: words")
    return value
