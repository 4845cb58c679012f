"""One claim: the passage it stands in, its fields, what was decided about it; for reviewers, the forms to decide."""

import json

from markupsafe import Markup
from starlette.responses import Response

from ondit.decide import COUNTED, FIELDS, doubts, value_of
from ondit.ledger import Found
from ondit.ledger.selected import figure_in, time_in
from ondit.model import Reading, SourceKind, Span, Stance, holding
from ondit.ontology import event_types
from ondit.present.fields import headline
from ondit.present.html.marking import mark_text
from ondit.web.choosing import BadQuery
from ondit.web.pages.review import decisions_about, order_of, queue_query
from ondit.web.views.claims import card_of_found
from ondit.web.views.decisions import decision_view
from ondit.web.views.events import around
from ondit.web.visits import NoSuch, Visit

_BEFORE, _AROUND = 350, 900  # characters of the report shown before the claim and after it


def claim(visit: Visit) -> Response:
    """The page."""
    id_ = visit.part("id")
    found = visit.ledger.claim(id_)
    if found is None:
        raise NoSuch
    about = decisions_about(visit, id_)
    held = {d.id for d in holding(about)}
    visit.desk.presence.here(visit.session.number, visit.user.name, id_)
    visit.desk.queue.refresh(visit.ledger)
    card = card_of_found(found)
    return visit.page(
        "claim.html",
        card=card,
        report=found.report,
        title=headline(found.report),
        marked=_passage(found),
        event_id=visit.ledger.event_of(id_),
        doubts=doubts(found.claim, found.event),
        decisions=[decision_view(d, visit.words, is_held=d.id in held) for d in about[::-1] if d.kind != "comment"],
        comments=[d for d in about if d.kind == "comment" and d.id in held],
        seen=about[-1].id if about else "",
        others=visit.desk.presence.others(visit.session.number, id_),
        order=order_of(visit).value,
        queue=queue_query(visit) if visit.query.get("order") else "",
        left=visit.desk.queue.left(),
        values=_values(found),
        counted=COUNTED,
        types=sorted(event_types()),
        stances=[s.value for s in Stance],
        kinds=[k.value for k in SourceKind],
        last=visit.desk.last(visit.session.number),
    )


def selected(visit: Visit) -> Response:
    """The time and the figure that selected words of the report tell, as they are typed."""
    found = visit.ledger.claim(visit.part("id"))
    if found is None:
        raise NoSuch
    try:
        first, last = map(int, visit.query.get("span", "").split("-"))
        words = Span(first, min(last, len(found.report.text)))
    except ValueError as error:
        raise BadQuery("span: START-STOP, characters of the report") from error
    told = {"when": time_in(found.report, words), "figure": figure_in(found.report, words)}
    return Response(json.dumps(told), media_type="application/json")


def _passage(found: Found) -> Markup:
    """The text around the claim with this claim alone marked."""
    text, content = found.report.text, found.claim.content
    reach = [content, *(v.span for v in found.claim.chain), *([found.claim.cue] if found.claim.cue else [])]
    near = [span for span in reach if abs(span.start - content.start) < 2 * _AROUND]
    window = Span(min(s.start for s in near), max(s.stop for s in near))
    start = max(0, window.start - _BEFORE)
    line = text.find("\n", start, window.start)
    start = line + 1 if start and line >= 0 else start
    stop = around(text, window, _AROUND).stop
    below = text.rfind("\n", window.stop, min(len(text), window.stop + _AROUND))
    stop = max(stop, below) if below >= 0 else stop
    reading = Reading(found.report, (found.claim,), (found.event,) if found.event else ())
    marked = mark_text(reading, window=Span(start, stop), label=None)
    return Markup(marked)  # noqa: S704 - everything in it is escaped


def _values(found: Found) -> dict[str, object]:
    """What every field has now, as its form shows it."""
    values = {field: json.loads(value_of(field, found.claim, found.event)) for field in FIELDS}
    shown: dict[str, object] = {
        "stance": values["stance"],
        "type": values["type"] or "",
        "content": "-".join(map(str, values["content"])),
        "voices": values["voices"],
        "place": values["place"],
        "when": (values["when"] or {}).get("edtf", "").replace("/", ".."),
    }
    for what in COUNTED:
        shown[what] = _figure(values[what])
    return shown


def _figure(value: dict[str, int | None] | None) -> str:
    if value is None:
        return ""
    low, high = value["low"], value["high"]
    if low is not None and low == high:
        return str(low)
    return f"{'' if low is None else low}-{'' if high is None else high}"
