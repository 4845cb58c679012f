"""The routes of the API. Programs come in with `Authorization: Bearer TOKEN` or `Basic`; a browser with its session and the token of a page."""

import binascii
import json
from base64 import b64decode
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ondit.ledger import LedgerError, Undecidable
from ondit.web.api import work
from ondit.web.api.openapi import document
from ondit.web.api.operations import (
    ADDING,
    CLAIM,
    DECIDING,
    EVENT_FILTERS,
    FILTERS,
    PAGING,
    Operation,
    listing,
    ref,
)
from ondit.web.choosing import BadQuery
from ondit.web.desk import Desk
from ondit.web.pages.entering import who
from ondit.web.safety.sessions import Session
from ondit.web.safety.users import Role, User
from ondit.web.visits import NoSuch, Visit, known, words_of

_TOKEN = "x-csrf-token"  # noqa: S105 - the name of a header
_REPORT = {
    "type": "object",
    "required": ["report", "engine", "newest", "custody"],
    "properties": {"report": {"type": "object"}, "engine": {"type": "string"}, "newest": {"type": "boolean"}, "custody": {"type": "object"}},
}  # fmt: skip
_OBJECT = {"type": "object"}
OPERATIONS = (
    Operation("/api/status", "How much there is", work.status, _OBJECT),
    Operation("/api/claims", "Claims that fit", work.claims, listing(CLAIM), parameters=(*FILTERS, *PAGING)),
    Operation("/api/claims/{id}", "One claim", work.claim, CLAIM),
    Operation(
        "/api/events", "Events that fit", work.events, listing(_OBJECT), parameters=(*FILTERS, *EVENT_FILTERS, *PAGING)
    ),
    Operation("/api/events/{id}", "One event and its account", work.event, ref("Event")),
    Operation("/api/reports", "Reports without texts", work.reports, listing(_REPORT), parameters=PAGING),
    Operation("/api/reports/{id}", "One report", work.report, _REPORT),
    Operation("/api/sources", "The registry", work.sources, listing(ref("Source")), parameters=PAGING),
    Operation("/api/sources/{id}", "One source", work.source, ref("Source")),
    Operation("/api/decisions", "What was decided", work.decisions, listing(ref("Decision")), parameters=PAGING),
    Operation(
        "/api/decisions", "Decide", work.decide, ref("Decision"), "POST", Role.REVIEWER, body=DECIDING, status=201
    ),
    Operation("/api/reports", "Add a text", work.add, _OBJECT, "POST", Role.OWNER, body=ADDING, status=202),
    Operation("/api/jobs/{number}", "How far a job is", work.job, _OBJECT),
)


def api_routes() -> list[BaseRoute]:
    """All of them, and the document."""

    async def describe(_request: Request) -> Response:
        return JSONResponse(document(OPERATIONS))

    routes: list[BaseRoute] = [Route("/api/openapi.json", describe)]
    return routes + [Route(o.path, _endpoint(o), methods=[o.method]) for o in OPERATIONS]


def _endpoint(operation: Operation) -> Any:
    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        user, session = await run_in_threadpool(_caller, request, desk)
        if user is None:
            return _problem(401, "log in, or send 'Authorization: Bearer TOKEN' or 'Basic'")
        if not user.may(operation.role):
            return _problem(403, f"the role '{user.role}' is not enough; it takes '{operation.role}'")
        body: Any = {}
        if operation.method == "POST":
            if session is not None and not desk.sessions.is_token(request.headers.get(_TOKEN, ""), session):
                return _problem(403, f"a write with a session needs the token of a page in the header {_TOKEN}")
            if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
                return _problem(415, "send application/json")
            try:
                body = json.loads(await request.body())
            except (ValueError, RecursionError) as error:
                return _problem(400, f"this is no JSON: {error}")
            if not isinstance(body, dict):
                return _problem(400, "send an object")
        return await run_in_threadpool(_answer, operation, request, desk, user, session, body)

    return endpoint


def _caller(request: Request, desk: Desk) -> tuple[User | None, Session | None]:
    """Who asks; with a session only when that is how they came in, for then a write needs its token."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if kind.lower() in ("bearer", "basic") and not desk.access.is_open:
        name, word = _basic(secret) if kind.lower() == "basic" else ("api", secret.strip())
        keys = (f"from {request.client.host if request.client else ''}", f"as {name}")
        if desk.waits.left(*keys):
            return None, None
        user = who(desk, name, word)
        if user is None:
            desk.waits.wrong(*keys)
        else:
            desk.waits.right(*keys)
        return user, None
    user, session, is_new = known(request, desk)
    return user, None if is_new else session


def _basic(secret: str) -> tuple[str, str]:
    try:
        name, _, word = b64decode(secret, validate=True).decode("utf-8", "replace").partition(":")
    except (ValueError, binascii.Error):
        return "", ""
    return name, word


def _answer(
    operation: Operation, request: Request, desk: Desk, user: User, session: Session | None, body: dict[str, Any]
) -> Response:
    with desk.ledgers.lend(user.name, writes=operation.method == "POST") as ledger:
        visit = Visit(request, desk, user, session or Session(user.name, "", 0), words_of(request), ledger, json=body)
        try:
            return _done(operation, visit)
        except NoSuch:
            return _problem(404, "there is nothing with this id")
        except (Undecidable, BadQuery) as error:
            return _problem(400, str(error))
        except LedgerError as error:
            return _problem(503, str(error))


def _done(operation: Operation, visit: Visit) -> Response:
    if operation.method != "POST":
        return operation.work(visit)
    before = visit.ledger.revision
    response = operation.work(visit)
    visit.desk.wrote(visit.ledger, before)
    return response


def _problem(status: int, message: str) -> Response:
    return JSONResponse({"error": message}, status)
