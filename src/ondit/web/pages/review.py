"""Review: the queue, its progress, how far reviewers agree, and what they decide about one claim."""

import json
from itertools import islice
from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response

from ondit.decide import FIELDS, agreement
from ondit.ledger import Filters, Undecidable
from ondit.ledger.written import span, value_for
from ondit.model import Decision, Span, Standing
from ondit.web.choosing import BadQuery, chosen, filters_of
from ondit.web.pages.claims import choices
from ondit.web.pages.events import event_of
from ondit.web.review_queue import Order
from ondit.web.views.decisions import decision_view
from ondit.web.visits import NoSuch, Visit, local

_MOST_CHOSEN = 5_000
_LONGEST_WORDS = 4_000  # characters of a comment or a reason


def review(visit: Visit) -> Response:
    """Where the queue begins: progress, orders, agreement."""
    visit.desk.queue.refresh(visit.ledger)
    counts = {s.value: visit.ledger.count(Filters(standing=s)) for s in Standing}
    among = _among(visit)
    decisions = visit.ledger.decisions()
    return visit.page(
        "review.html",
        choices(),
        counts=counts,
        done=counts["accepted"] + counts["rejected"],
        total=sum(counts.values()),
        left=visit.desk.queue.left(among),
        behind=visit.desk.queue.behind,
        orders=[order.value for order in Order],
        chosen=_chosen(visit),
        agreement=agreement(decisions),
        latest=[
            decision_view(d, visit.words, is_held=True, ledger=visit.ledger)
            for d in islice((d for d in decisions[::-1] if d.by == visit.user.name), 5)
        ],
    )


def onward(visit: Visit) -> Response:
    """To the next claim of the queue, or the one before."""
    return visit.go(_next(visit, visit.query.get("after", ""), backwards=visit.query.get("way") == "back"))


def _next(visit: Visit, after: str, *, backwards: bool = False) -> str:
    queue, order = visit.desk.queue, order_of(visit)
    queue.refresh(visit.ledger)
    ahead = queue.following(after, order, _among(visit), backwards=backwards)
    claim = visit.desk.presence.take(visit.session.number, visit.user.name, ahead)
    query = queue_query(visit)
    return f"/claims/{claim}?{query}" if claim else f"/review?{query}"


def order_of(visit: Visit) -> Order:
    """The order that is asked for."""
    try:
        return Order(_source(visit).get("order", "") or Order.DOUBT)
    except ValueError as error:
        raise BadQuery(f"order: one of {', '.join(Order)}") from error


def queue_query(visit: Visit) -> str:
    """The parameters that say which queue one is in."""
    return urlencode({"order": order_of(visit).value, **_chosen(visit)})


def _source(visit: Visit) -> dict[str, str]:
    """Parameters of the address; a form brings them in a field."""
    return dict(parse_qsl(visit.field("queue"))) if visit.form else dict(visit.query)


def _chosen(visit: Visit) -> dict[str, str]:
    return chosen(_source(visit), "event")


def _among(visit: Visit) -> set[str] | None:
    """The claims that are chosen; None for all."""
    query = _chosen(visit)
    if not query:
        return None
    if "event" in query:
        return set(event_of(visit, query["event"]).claims)
    return {found.claim.id for found in visit.ledger.claims(filters_of(query), _MOST_CHOSEN)}


def decide(visit: Visit) -> Response:
    """What a reviewer decided about one claim; then on to the next, or back to it."""
    claim, does = visit.part("id"), visit.field("do")
    if visit.ledger.claim(claim) is None:
        raise NoSuch
    why = visit.field("why").strip()[:_LONGEST_WORDS]
    if does != "comment" and (meanwhile := _meanwhile(visit, claim)):
        views = [decision_view(d, visit.words, is_held=True) for d in meanwhile]
        return visit.page("meanwhile.html", status=409, claim=claim, decisions=views, query=visit.field("queue"))
    if does in ("accept", "reject"):
        decision = visit.ledger.accept(claim, why=why) if does == "accept" else visit.ledger.reject(claim, why=why)
        visit.told(decision)
        return visit.go(_next(visit, claim) if visit.field("queue") else f"/claims/{claim}")
    if does == "comment":
        decision = visit.ledger.comment(claim, words=why)
    elif does == "edit":
        decision = _edit(visit, claim, why)
    else:
        raise Undecidable(f"'{does}' is nothing that can be done; accept, reject, edit or comment")
    visit.told(decision)
    return visit.go(f"/claims/{claim}?{visit.field('queue')}#did")


def _meanwhile(visit: Visit, claim: str) -> list[Decision]:
    """What others decided about the claim after the page was made that the decision was taken on."""
    if "seen" not in visit.form:
        return []
    about = decisions_about(visit, claim)
    known = [d.id for d in about]
    seen = visit.field("seen")
    later = about[known.index(seen) + 1 :] if seen in known else about
    return [d for d in later if d.by != visit.user.name and d.kind != "comment"]


def decisions_about(visit: Visit, claim: str) -> list[Decision]:
    """The decisions that name a claim, and those that take one of them back, in the order in which they were made."""
    report = visit.ledger.store.report_of(claim)
    found: list[Decision] = []
    ids: set[str] = set()
    for decision in visit.ledger.decisions(report) if report else ():
        if claim in decision.targets or (decision.kind == "undo" and ids.intersection(decision.targets)):
            ids.add(decision.id)
            found.append(decision)
    return found


def _edit(visit: Visit, claim: str, why: str) -> Decision:
    field = visit.field("field")
    if field not in FIELDS:
        raise Undecidable(f"'{field}' is no field of a claim; fields: {', '.join(FIELDS)}")
    return visit.ledger.edit(claim, field, _value(visit, field), why=why)


def _value(visit: Visit, field: str) -> object:
    """The value of a field as the form tells it."""
    text = visit.field("value").strip()
    if field == "place" and (visit.field("lat") or visit.field("lon")):
        return _pin(visit)
    if field == "voices":
        kinds = [str(kind) for kind in visit.form.getlist("kind")]
        spans = [str(one) for one in visit.form.getlist("voice") if str(one).strip()]
        try:
            return [
                {"span": span(one), "kind": kinds[at] if at < len(kinds) else "other"} for at, one in enumerate(spans)
            ]
        except ValueError as error:
            raise Undecidable(str(error)) from error
    if not text and field in ("stance", "content"):
        raise Undecidable(f"'{field}' needs a value")
    return value_for(field, text, visit.ledger.settings.gazetteer_layers)


def _pin(visit: Visit) -> dict[str, object]:
    """A point that was set by hand; it keeps the name that is given, else the one the place has."""
    try:
        lat, lon, radius = (float(visit.field(name) or 0) for name in ("lat", "lon", "radius"))
    except ValueError as error:
        raise Undecidable(f"a point is latitude, longitude and a radius in kilometres: {error}") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 <= radius <= 20_000):
        raise Undecidable("a point lies between -90 and 90, -180 and 180 degrees; a radius has 0 to 20,000 km")
    name = visit.field("name").strip() or f"{lat:.3f}, {lon:.3f}"
    return {"name": name, "lat": lat, "lon": lon, "radius_km": radius, "precision": "near" if radius else "exact"}


def undo(visit: Visit) -> Response:
    """Take a decision back."""
    decision = visit.ledger.undo(visit.part("id"), why=visit.field("why").strip()[:_LONGEST_WORDS])
    visit.told(decision)
    return visit.go(local(visit.field("back", "/history")))


def undo_last(visit: Visit) -> Response:
    """Take back what this browser decided last, and show the claim it was about."""
    last = visit.desk.last(visit.session.number)
    back = local(visit.field("back", "/review"))
    decision = next((d for d in visit.ledger.decisions()[::-1] if d.id == last), None) if last else None
    if decision is None:
        return visit.go(back)
    visit.ledger.undo(decision.id)
    visit.desk.forget_last(visit.session.number)
    claims = [f.claim_id for f in decision.footings]
    return visit.go(f"/claims/{claims[0]}?{visit.field('queue')}#did" if claims else back)


def add_claim(visit: Visit) -> Response:
    """A claim that was missed, from words selected in the text."""
    try:
        start, stop = span(visit.field("content"))
    except ValueError as error:
        raise Undecidable(str(error)) from error
    if start >= stop:
        raise Undecidable("a claim has at least one character")
    decision = visit.ledger.add_claim(visit.part("id"), Span(start, stop), why=visit.field("why")[:_LONGEST_WORDS])
    visit.told(decision)
    return visit.go(f"/claims/{decision.targets[0]}?{visit.field('queue')}#did")


def state(visit: Visit) -> Response:
    """Who else looks at a claim, and what was decided about it last: asked again and again while it is open."""
    claim = visit.part("id")
    about = decisions_about(visit, claim)
    visit.desk.presence.here(visit.session.number, visit.user.name, claim)
    others = visit.desk.presence.others(visit.session.number, claim)
    last = about[-1] if about else None
    told = {
        "others": others,
        "last": last.id if last else "",
        "by": last.by if last else "",
        "kind": visit.words.of("decision", last.kind) if last else "",
    }
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/json")
