"""Places that a name may mean, for whoever corrects one."""

import json

from starlette.responses import Response

from ondit.ledger.written import gazetteer_over
from ondit.web.visits import Visit

_MOST = 12
_LONGEST = 100


def places(visit: Visit) -> Response:
    """The places of the gazetteer under a name, the most populous first."""
    name = visit.query.get("name", "").strip()[:_LONGEST]
    found = gazetteer_over(tuple(visit.ledger.settings.gazetteer_layers)).candidates(name) if name else ()
    rows = [
        {"id": entry.id, "label": ", ".join(filter(None, (entry.name, *reversed(entry.chain), entry.country))), "lat": entry.lat, "lon": entry.lon}
        for entry in found[:_MOST]
    ]  # fmt: skip
    return Response(json.dumps(rows, ensure_ascii=False), media_type="application/json")
