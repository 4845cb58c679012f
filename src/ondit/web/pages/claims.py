"""The claims of the ledger, chosen by who, how, what, where and when; as a page, as a table for spreadsheets, as JSON."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from starlette.responses import Response, StreamingResponse

from ondit.codec import encode_record
from ondit.ledger import Filters, Found
from ondit.model import Count, Stance, Standing
from ondit.ontology import event_types
from ondit.present.claim_rows import COLUMNS, claim_cells, claim_object
from ondit.present.fields import headline, stance_sign, when_text, where_text
from ondit.web.choosing import chosen, filters_of, whole
from ondit.web.views.claims import card_of_found
from ondit.web.views.digest import range_words
from ondit.web.views.paging import Pages
from ondit.web.visits import Visit
from ondit.web.words import Words

_PAGE = 50


def claims(visit: Visit) -> Response:
    """The list."""
    filters = filters_of(visit.query)
    pages = Pages(max(1, whole(visit.query, "page", 1, 1_000_000)), _PAGE, visit.ledger.count(filters))
    found = list(visit.ledger.claims(filters, pages.size, pages.offset))
    return visit.page(
        "claims.html",
        choices(),
        rows=[claim_row(one, visit.words) for one in found],
        pages=pages,
        chosen=chosen(visit.query),
    )


def claim_row(found: Found, words: Words) -> dict[str, object]:
    """One claim as a list shows it."""
    return {
        "card": card_of_found(found),
        "title": headline(found.report),
        "sign": stance_sign(found.claim.stance),
        "where": where_text(found.event),
        "when": when_text(found.event),
        "counts": [_count(count, words) for count in found.claim.counts],
    }


def _count(count: Count, words: Words) -> str:
    return f"{range_words(count.low, count.high, words) or '?'} {words.of('count', count.what)}"


def choices() -> dict[str, Any]:
    """What the lists of the filters hold."""
    return {
        "types": sorted(event_types()),
        "stances": [stance.value for stance in Stance],
        "standings": [standing.value for standing in Standing],
    }


def claims_csv(visit: Visit) -> Response:
    """All claims that fit as a table for spreadsheets."""
    return _download(_csv(_all(visit, filters_of(visit.query))), "text/csv; charset=utf-8", "claims.csv")


def claims_json(visit: Visit) -> Response:
    """All claims that fit, one JSON object a line."""
    return _download(_json(_all(visit, filters_of(visit.query))), "application/x-ndjson", "claims.jsonl")


def _all(visit: Visit, filters: Filters) -> Iterator[Found]:
    """Every claim; the ledger of the visit is given back before they are sent, so one is borrowed for as long as it takes."""
    ledgers, name = visit.desk.ledgers, visit.user.name
    with ledgers.lend(name) as ledger:
        yield from ledger.claims(filters)


def _download(lines: Iterator[str], kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(lines, media_type=kind, headers=headers)


def _csv(found: Iterable[Found]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found:
        writer.writerow(claim_cells(one.report, one.claim, one.event, one.shown.standing))
        if line.tell() > 65_536:
            yield line.getvalue()
            line.seek(0)
            line.truncate()
    yield line.getvalue()


def _json(found: Iterable[Found]) -> Iterator[str]:
    for one in found:
        yield json.dumps(claim_json(one), ensure_ascii=False) + "\n"


def claim_json(one: Found) -> dict[str, object]:
    """One claim as JSON."""
    claim = json.loads(encode_record(one.claim))
    event = json.loads(encode_record(one.event)) if one.event else None
    shown = one.shown
    return claim_object(one.report, claim, event, standing=shown.standing, decisions=shown.decisions, text=one.claim)
