"""Merging and splitting events: what would change is shown before anything is decided; and settling the ledger."""

import json
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from ondit.ledger import EventFilters, EventRow, Filters, Ledger, Undecidable
from ondit.model import DecisionKind, Event
from ondit.present.account import event_title, grade_text
from ondit.web.pages.events import cards_of_event, event_of
from ondit.web.views.claims import ClaimCard
from ondit.web.views.events import field_views
from ondit.web.visits import NoSuch, Visit, local
from ondit.web.words import Words

_MOST = 200
_AROUND = timedelta(days=4)
_NEAR_KM = 30.0
_LOOKED_AT, _OFFERED = 300, 12  # events that may be the same one


@dataclass(frozen=True, slots=True)
class TellingView:
    """How one report tells it: the claim that stands for the telling, and all of them."""

    claim: str
    report: str
    outlet: str
    day: str
    cards: tuple[ClaimCard, ...]


def arrange(visit: Visit) -> Response:
    """The forms, and the preview when something was chosen."""
    event = event_of(visit, visit.part("id"))
    tellings = _tellings(visit.ledger, event)
    chosen = visit.request.query_params.getlist("apart")
    other = visit.query.get("with", "").strip()
    wishes = _wishes(visit, event, tellings, other, chosen) if other or chosen else []
    after = visit.ledger.preview(wishes) if wishes else []
    before = {e.id: e for e in (event, *([_other(visit, other)] if other else []))}
    return visit.page(
        "arrange.html",
        event=event,
        tellings=tellings,
        chosen=set(chosen),
        other=other,
        nearby=_nearby(visit.ledger, event),
        before=[_summary(e, visit.words) for e in before.values()],
        after=[_summary(e, visit.words) for e in after],
    )


def _nearby(ledger: Ledger, event: Event) -> list[EventRow]:
    """Events that may be the same one: of the days around it, else about its place; the same place and kind first."""
    interval, place = event.interval, event.place
    claims: Filters | None = None
    if interval and interval.earliest and interval.latest:
        claims = Filters(since=interval.earliest - _AROUND, until=interval.latest + _AROUND)
    elif place and place.lat is not None and place.lon is not None:
        claims = Filters(near=(place.lat, place.lon, _NEAR_KM))
    if claims is None:
        return []
    name = place.name or place.text if place else ""
    rows = [row for row in ledger.event_rows(EventFilters(claims), _LOOKED_AT) if row.id != event.id]
    rows.sort(key=lambda row: (row.place != name, row.type != event.type, -row.reports))
    return rows[:_OFFERED]


def arranged(visit: Visit) -> Response:
    """Decide what was previewed."""
    event = event_of(visit, visit.part("id"))
    apart = [str(claim) for claim in visit.form.getlist("apart")]
    why = visit.field("why").strip()
    for kind, claims in _wishes(visit, event, _tellings(visit.ledger, event), visit.field("with").strip(), apart):
        make = visit.ledger.merge if kind is DecisionKind.MERGE else visit.ledger.split
        visit.told(make(*claims, why=why))
    return visit.go(f"/events/{event.id}")


def _wishes(
    visit: Visit, event: Event, tellings: list[TellingView], other: str, apart: list[str]
) -> list[tuple[DecisionKind, tuple[str, ...]]]:
    """A merge with another event; or what is ticked apart from the rest, and together."""
    if other:
        joined = _other(visit, other)
        if joined.id == event.id:
            raise Undecidable("that is the same event; name another one")
        return [(DecisionKind.MERGE, (event.claims[0], joined.claims[0]))]
    known = {telling.claim for telling in tellings}
    ticked = [claim for claim in apart if claim in known]
    rest = next((telling.claim for telling in tellings if telling.claim not in ticked), None)
    if not ticked or rest is None:
        raise Undecidable("tick what is about another happening, and leave at least one out")
    splits = [(DecisionKind.SPLIT, (rest, claim)) for claim in ticked]
    return [*splits, *([(DecisionKind.MERGE, tuple(ticked))] if len(ticked) > 1 else [])]


def _other(visit: Visit, id_: str) -> Event:
    try:
        return event_of(visit, id_)
    except NoSuch:
        raise Undecidable(f"'{id_}' is no event and no claim about one") from None


def _tellings(ledger: Ledger, event: Event) -> list[TellingView]:
    """One for each happening of each report: a report may tell of it twice."""
    cards = cards_of_event(ledger, event, list(event.reports))
    groups: dict[tuple[str, str], list[ClaimCard]] = {}
    for card in cards.values():
        groups.setdefault((card.report.id, card.claim.event or card.id), []).append(card)
    return [
        TellingView(own[0].id, report, own[0].report.publisher, str(own[0].report.published.day or ""), tuple(own))
        for (report, _), own in list(groups.items())[:_MOST]
    ]


def _summary(event: Event, words: Words) -> dict[str, object]:
    fields = [f for f in field_views(event, words) if f.status in ("contested", "updated")]
    return {"event": event, "title": event_title(event), "grade": grade_text(event), "contested": fields}


def settling(visit: Visit) -> Response:
    """Is the ledger brought together, and if not, how far is it? Asked by pages that say it is not."""
    job = visit.desk.settler.running()
    told = {
        "stale": job is not None or not visit.ledger.is_settled or visit.desk.is_stale(visit.ledger),
        "step": visit.words.of("step", job.step) if job and job.step else "",
        "done": job.done if job else 0,
        "total": job.total if job else 0,
    }
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/json")


def settle(visit: Visit) -> Response:
    """Bring the reports together, in a thread of its own."""
    job = visit.desk.settler.start(visit.user.name)
    return visit.go(f"/jobs/{job.number}?{urlencode({'back': local(visit.field('back', '/events'))})}")
