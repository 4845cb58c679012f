"""Reports: the list, one report with everything that was read in it, and its original."""

from itertools import islice

from markupsafe import Markup
from starlette.responses import PlainTextResponse, Response

from ondit.ledger import Filters
from ondit.model import Reading, ShownClaim, Span
from ondit.present.fields import chain_text, headline
from ondit.present.html.marking import mark_text
from ondit.stores import Kept
from ondit.web.choosing import whole
from ondit.web.views.claims import cards_of
from ondit.web.views.paging import Pages, windows_of
from ondit.web.visits import NoSuch, Visit

_PAGE = 50


def reports(visit: Visit) -> Response:
    """All reports, the one added last first."""
    ids = visit.ledger.report_ids()[::-1]
    pages = Pages(max(1, whole(visit.query, "page", 1, 1_000_000)), _PAGE, len(ids))
    rows = []
    for id_ in islice(ids, pages.offset, pages.offset + pages.size):
        kept = visit.ledger.report(id_)
        if kept is not None:
            claims = visit.ledger.count(Filters(report=id_, versions=True))
            rows.append({"kept": kept, "title": headline(kept.report), "claims": claims})
    return visit.page("reports.html", rows=rows, pages=pages)


def report(visit: Visit) -> Response:
    """One report: text, claims, where it comes from, its versions and copies."""
    kept = kept_of(visit)
    shown = visit.ledger.shown(kept.report.id)
    reading = visit.ledger.reading(kept.report.id)
    assert shown is not None
    assert reading is not None
    claims = [c for c in shown.claims if c.standing != "rejected"]
    rejected = [c for c in shown.claims if c.standing == "rejected"]
    cards = cards_of(kept.report, claims, [e.event for e in shown.events])
    windows = windows_of(kept.report.text)
    number = _window(visit, windows, claims)
    window = windows[number - 1]
    here = [card for card in cards if card.claim.content.overlaps(window)]
    return visit.page(
        "report.html",
        kept=kept,
        report=kept.report,
        title=headline(kept.report),
        cards=here,
        rejected=rejected,
        total=len(cards),
        marked=_marked(visit, reading, window),
        part=number,
        parts=len(windows),
        versions=visit.ledger.versions(kept.report.series),
        copies=visit.ledger.copies(kept.report.id),
        problems=reading.problems,
        figures=_figures(reading),
    )


def _window(visit: Visit, windows: list[Span], claims: list[ShownClaim]) -> int:
    """The part of a long text that is shown: the one asked for, or that of a claim or a character."""
    number = whole(visit.query, "part", 0, len(windows))
    claim = whole(visit.query, "claim", 0, len(claims))
    at = claims[claim - 1].claim.content.start if claim else whole(visit.query, "at", 0, 2**40)
    return number or next((i for i, window in enumerate(windows, 1) if at < window.stop), len(windows))


def _marked(visit: Visit, reading: Reading, window: Span) -> Markup:
    def label(reading: Reading, index: int) -> str:
        claim = reading.claims[index]
        who = chain_text(reading.report, claim) if claim.chain else visit.words("claim.own_voice")
        return f"{visit.words('claim.one')} {index + 1}: {who}, {visit.words.of('stance', claim.stance)}"

    return Markup(mark_text(reading, window=window, label=label))  # noqa: S704 - everything in it is escaped


def _figures(reading: Reading) -> dict[str, int]:
    return {
        "claims": len(reading.claims),
        "happenings": len(reading.events),
        "own": sum(not claim.chain for claim in reading.claims),
        "nested": sum(len(claim.chain) > 1 for claim in reading.claims),
    }


def raw(visit: Visit) -> Response:
    """The bytes of a report as they were received, to be saved and not to be shown."""
    kept = kept_of(visit)
    data = visit.ledger.raw(kept.report.id)
    if data is None:
        raise NoSuch
    headers = {
        "Content-Disposition": f'attachment; filename="{kept.report.id}.bin"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(data, media_type="application/octet-stream", headers=headers)


def text(visit: Visit) -> Response:
    """The whole text of a report and nothing else."""
    return PlainTextResponse(kept_of(visit).report.text.encode("utf-8", "replace").decode())


def kept_of(visit: Visit) -> Kept:
    """The report that the path names."""
    kept = visit.ledger.report(visit.part("id"))
    if kept is None:
        raise NoSuch
    return kept
