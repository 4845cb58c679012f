"""Everything that was decided, the last first; each decision can be taken back from here."""

from starlette.responses import Response

from ondit.model import DecisionKind, holding
from ondit.web.choosing import Chosen, whole
from ondit.web.views.decisions import decision_view
from ondit.web.views.paging import Pages
from ondit.web.visits import Visit

_PAGE = 50


def history(visit: Visit) -> Response:
    """The list, of one person or of one kind when that is asked for."""
    every = visit.ledger.decisions()
    held = {d.id for d in holding(every)}
    by, kind = visit.query.get("by", ""), visit.query.get("kind", "")
    fitting = [d for d in every[::-1] if (not by or d.by == by) and (not kind or d.kind == kind)]
    pages = Pages(max(1, whole(visit.query, "page", 1, 1_000_000)), _PAGE, len(fitting))
    shown = fitting[pages.offset : pages.offset + pages.size]
    return visit.page(
        "history.html",
        rows=[decision_view(d, visit.words, is_held=d.id in held, ledger=visit.ledger) for d in shown],
        pages=pages,
        people=sorted({d.by for d in every}),
        kinds=[k.value for k in DecisionKind],
        chosen=Chosen({k: v for k, v in (("by", by), ("kind", kind)) if v}),
    )
