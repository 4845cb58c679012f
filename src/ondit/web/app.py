"""The web app: which address is which page, and what stands around all of them."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ondit.web.api import api_routes
from ondit.web.desk import Desk
from ondit.web.pages import (
    adding,
    arranging,
    claim,
    claims,
    entering,
    events,
    exporting,
    history,
    places,
    reports,
    review,
    sources,
)
from ondit.web.safety.guard import Guard
from ondit.web.safety.users import Role
from ondit.web.visits import page

_UPLOADS = frozenset({"/add"})
# Seconds for which the thread that settles or reads may keep others waiting. A page asks for its turn after each query; with Python's five
# milliseconds each time it would take seconds while something is worked out beside it.
_TURN = 0.000_5
_LARGEST_UPLOAD = 1024 * 1024 * 1024  # bytes of all files that are added at once


def make_app(desk: Desk, *, names: frozenset[str] = frozenset(), largest_upload: int = _LARGEST_UPLOAD) -> Starlette:
    """The app over a desk; `names` are the host names beside addresses and localhost that it is served under."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        before = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        await run_in_threadpool(desk.warm_up)
        yield
        sys.setswitchinterval(before)
        desk.jobs.clear()
        desk.ledgers.close()

    app = Starlette(
        routes=_routes(),
        lifespan=lifespan,
        middleware=[
            Middleware(Guard, names=names, largest_upload=largest_upload, uploads=_UPLOADS),
            Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5),
        ],
    )
    app.state.desk = desk
    return app


def _routes() -> list[BaseRoute]:
    static = StaticFiles(directory=str(files("ondit.web") / "static"))
    return [
        Route("/", _home),
        Route("/enter", entering.enter, methods=["GET", "POST"]),
        Route("/leave", page(entering.leave), methods=["POST"]),
        Route("/look", entering.look),
        Route("/events", page(events.events)),
        Route("/events/list", page(events.listed)),
        Route("/events/points", page(events.points)),
        Route("/events.jsonl", page(events.events_json)),
        Route("/events/{id}", page(events.event)),
        Route("/events/{id}/arrange", page(arranging.arrange, Role.REVIEWER), methods=["GET"]),
        Route("/events/{id}/arrange", page(arranging.arranged, Role.REVIEWER), methods=["POST"]),
        Route("/settling", page(arranging.settling)),
        Route("/settle", page(arranging.settle, Role.REVIEWER), methods=["POST"]),
        Route("/sources", page(sources.sources)),
        Route("/sources/{id:path}/rate", page(sources.rate, Role.REVIEWER), methods=["POST"]),
        Route("/sources/{id:path}/affiliate", page(sources.affiliate, Role.REVIEWER), methods=["POST"]),
        Route("/sources/{id:path}", page(sources.source)),
        Route("/add", page(adding.add, Role.OWNER), methods=["GET"]),
        Route("/add", page(adding.added, Role.OWNER), methods=["POST"]),
        Route("/jobs/{number}", page(adding.job)),
        Route("/jobs/{number}/state", page(adding.job_state)),
        Route("/jobs/{number}/file", page(exporting.file)),
        Route("/export", page(exporting.export), methods=["GET"]),
        Route("/export", page(exporting.exported, writes=False), methods=["POST"]),
        Route("/reports", page(reports.reports)),
        Route("/reports/{id}", page(reports.report)),
        Route("/reports/{id}/raw", page(reports.raw)),
        Route("/reports/{id}/text", page(reports.text)),
        Route("/reports/{id}/claims", page(review.add_claim, Role.REVIEWER), methods=["POST"]),
        Route("/review", page(review.review)),
        Route("/review/next", page(review.onward)),
        Route("/review/undo", page(review.undo_last, Role.REVIEWER), methods=["POST"]),
        Route("/history", page(history.history)),
        Route("/decisions/{id}/undo", page(review.undo, Role.REVIEWER), methods=["POST"]),
        Route("/places", page(places.places)),
        Route("/claims", page(claims.claims)),
        Route("/claims.csv", page(claims.claims_csv)),
        Route("/claims.jsonl", page(claims.claims_json)),
        Route("/claims/{id}", page(claim.claim)),
        Route("/claims/{id}/state", page(review.state)),
        Route("/claims/{id}/selected", page(claim.selected)),
        Route("/claims/{id}/decide", page(review.decide, Role.REVIEWER), methods=["POST"]),
        Route("/static/marks.css", _marks),
        Route("/static/land.json", _land),
        *api_routes(),
        Mount("/static", static),
    ]


async def _marks(_request: Request) -> Response:
    """The colours and marks that the pages of single reports have, too."""
    return FileResponse(str(files("ondit.present.html") / "marks.css"))


async def _land(_request: Request) -> Response:
    """The borders of the world's countries, as the pages of single reports have them."""
    return FileResponse(str(files("ondit.present.html") / "basemap.json"))


async def _home(_request: Request) -> Response:
    return RedirectResponse("/events", 303)
