"""Events: list, map and timeline of what is chosen, and one event with everything that the reports say of it together."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from starlette.responses import Response, StreamingResponse

from ondit.codec import encode_event
from ondit.ledger import EventFilters, EventRow, Ledger
from ondit.model import Event, Interval, Report
from ondit.present.account import event_title, grade_text
from ondit.web.choosing import BadQuery, Chosen, chosen, filters_of, is_on, whole
from ondit.web.pages.claims import choices
from ondit.web.views.claims import ClaimCard, cards_of
from ondit.web.views.digest import digest
from ondit.web.views.events import field_views, passages
from ondit.web.views.paging import Pages
from ondit.web.views.relays import relays_of
from ondit.web.views.toll import plots_of
from ondit.web.visits import NoSuch, Visit

_PAGE = 50
_REPORTS = 30  # whose passages stand on one page
EVENT_FILTERS = ("contested", "shared", "single", "credibility")
"""The parameters that choose events besides those that choose claims."""
_DAY_ZERO = date(1970, 1, 1).toordinal()


def event_filters_of(query: Mapping[str, str]) -> EventFilters:
    """The filters that parameters ask for; raises `BadQuery`."""
    credibility = whole(query, "credibility", 0, 99)
    if credibility > 6:
        raise BadQuery("credibility: 1 to 6")
    return EventFilters(
        claims=filters_of(query),
        contested=is_on(query, "contested"),
        shared=is_on(query, "shared"),
        single=is_on(query, "single"),
        credibility=credibility or None,
    )


def events(visit: Visit) -> Response:
    """The page: what it lists is on it, map and timeline ask for their points."""
    return visit.page("events.html", _listed(visit) | choices())


def listed(visit: Visit) -> Response:
    """The list alone, for a map that was moved or a timeline that was brushed."""
    values = _listed(visit)
    response = visit.page("events_list.html", values)
    pages = values["pages"]
    assert isinstance(pages, Pages)
    response.headers["X-Total"] = str(pages.total)
    return response


def _listed(visit: Visit) -> dict[str, Any]:
    filters = event_filters_of(visit.query)
    number = max(1, whole(visit.query, "page", 1, 1_000_000))
    total, rows = 0, list[EventRow]()
    if visit.ledger.is_settled:
        total = visit.ledger.count_events(filters)
        rows = list(visit.ledger.event_rows(filters, _PAGE, (number - 1) * _PAGE))
    return {
        "rows": rows,
        "pages": Pages(number, _PAGE, total),
        "chosen": _chosen(visit),
        "is_settled": visit.ledger.is_settled,
        "is_stale": visit.desk.is_stale(visit.ledger),
    }


def _chosen(visit: Visit) -> Chosen:
    return chosen(visit.query, *EVENT_FILTERS)


def points(visit: Visit) -> Response:
    """Every event that fits, as a map and a timeline draw them: a row each, numbers only where they do."""
    rows = visit.ledger.event_rows(event_filters_of(visit.query)) if visit.ledger.is_settled else iter(())
    return Response(
        json.dumps(list(_points(visit, rows)), ensure_ascii=False, separators=(",", ":")), media_type="application/json"
    )


def _points(visit: Visit, rows: Iterator[EventRow]) -> Iterator[tuple[object, ...]]:
    names: dict[str, str] = {}
    for row in rows:
        if row.type not in names:
            names[row.type] = visit.words.of("type", row.type)
        flags = row.contested + 2 * (row.origins <= 1)
        radius = None if row.radius_km is None else round(row.radius_km, 1)
        yield (
            row.id, names[row.type], row.place, row.lat, row.lon, radius, _days(row.earliest), _days(row.latest), flags, row.reports,
        )  # fmt: skip


def _days(day: date | None) -> int | None:
    return None if day is None else day.toordinal() - _DAY_ZERO


def events_json(visit: Visit) -> Response:
    """All events that fit, one JSON object a line; a ledger is borrowed for as long as it takes."""
    filters, ledgers, name = event_filters_of(visit.query), visit.desk.ledgers, visit.user.name

    def lines() -> Iterator[bytes]:
        with ledgers.lend(name) as ledger:
            for one in ledger.events(filters) if ledger.is_settled else ():
                yield encode_event(one) + b"\n"

    headers = {"Content-Disposition": 'attachment; filename="events.jsonl"'}
    return StreamingResponse(lines(), media_type="application/x-ndjson", headers=headers)


def event(visit: Visit) -> Response:
    """One event."""
    found = event_of(visit, visit.part("id"))
    if found.id != visit.part("id"):
        return visit.go(f"/events/{found.id}")
    pages = Pages(max(1, whole(visit.query, "page", 1, 10_000)), _REPORTS, len(found.reports))
    here = list(islice(found.reports, pages.offset, pages.offset + pages.size))
    readings = [reading for id_ in here if (reading := visit.ledger.reading(id_)) is not None]
    reports = _reports(visit.ledger, found)
    return visit.page(
        "event.html",
        event=found,
        title=event_title(found),
        grade=grade_text(found),
        fields=field_views(found, visit.words),
        digest=digest(found, visit.words),
        plots=plots_of(found, visit.words),
        relays=relays_of(found, reports),
        passages=passages(found, readings, cards_of_event(visit.ledger, found, here)),
        pages=pages,
        dated=_dated(found.interval),
        is_stale=visit.desk.is_stale(visit.ledger),
        names={id_: report.publisher or id_ for id_, report in reports.items()},
    )


def event_of(visit: Visit, id_: str) -> Event:
    """An event by its id, one that it had before, or a claim about it."""
    found = visit.ledger.event(id_) or visit.ledger.event(visit.ledger.event_of(id_) or "")
    if found is None:
        raise NoSuch
    return found


def _reports(ledger: Ledger, event: Event) -> dict[str, Report]:
    kept = (ledger.report(id_) for id_ in event.reports)
    return {one.report.id: one.report for one in kept if one is not None}


def cards_of_event(ledger: Ledger, event: Event, reports: list[str]) -> dict[str, ClaimCard]:
    """The cards of the claims about an event in some reports, by the claim."""
    wanted = set(event.claims)
    cards: dict[str, ClaimCard] = {}
    for id_ in reports:
        kept, shown = ledger.report(id_), ledger.shown(id_)
        if kept is not None and shown is not None:
            own = [one for one in shown.claims if one.claim.id in wanted]
            cards |= {card.id: card for card in cards_of(kept.report, own, [e.event for e in shown.events])}
    return cards


def _dated(interval: Interval | None) -> str:
    return interval.edtf if interval and interval.edtf else ""
