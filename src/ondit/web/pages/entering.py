"""Coming in and going out, and how the desk looks to one browser."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ondit.web.desk import Desk
from ondit.web.drawing import draw
from ondit.web.safety.sessions import COOKIE
from ondit.web.safety.tokens import is_same
from ondit.web.safety.users import User
from ondit.web.visits import LANGUAGE, THEME, THEMES, Visit, known, local, set_session, words_of
from ondit.web.words import LANGUAGES

_YEAR = 365 * 24 * 3600


async def enter(request: Request) -> Response:
    """The form to come in, and what is done with it."""
    desk: Desk = request.app.state.desk
    target = local(request.query_params.get("next", "/"))
    if desk.access.is_open or known(request, desk)[0] is not None:
        return RedirectResponse(target, 303)
    if request.method == "POST":
        form = await request.form(max_files=0, max_fields=5)
        name, secret = str(form.get("name", "")).strip()[:200], str(form.get("secret", ""))[:1000]
        return await run_in_threadpool(_try, request, desk, name, secret, target)
    return _form(request, desk, target)


def _try(request: Request, desk: Desk, name: str, secret: str, target: str) -> Response:
    keys = (f"from {request.client.host if request.client else ''}", f"as {name}")
    wait = desk.waits.left(*keys)
    if wait:
        response = _form(request, desk, target, "enter.wait", 429, seconds=int(wait) + 1)
        response.headers["Retry-After"] = str(int(wait) + 1)
        return response
    user = who(desk, name, secret)
    if user is None:
        desk.waits.wrong(*keys)
        return _form(request, desk, target, "enter.wrong", 401)
    desk.waits.right(*keys)
    response = RedirectResponse(target, 303)
    set_session(response, desk, desk.sessions.begin(user.name))
    return response


def who(desk: Desk, name: str, secret: str) -> User | None:
    """The user that a name and a password, or a name and the token, stand for."""
    if desk.access.users is not None:
        return desk.access.users.enter(name, secret)
    if name and name.isprintable() and is_same(secret, desk.access.token):
        return desk.access.find(name)
    return None


def _form(
    request: Request, desk: Desk, target: str, message: str = "", status: int = 200, **values: object
) -> Response:
    words = words_of(request)
    theme = request.cookies.get(THEME, "")
    page = draw(
        "enter.html",
        words,
        message=words(message, **values) if message else "",
        by_token=desk.access.users is None,
        action=f"/enter?next={quote(target)}",
        here=f"/enter?next={quote(target)}",
        theme=theme if theme in THEMES else "auto",
    )
    return HTMLResponse(page, status)


def leave(visit: Visit) -> Response:
    """Out: the session is over."""
    visit.desk.sessions.end(visit.session)
    response = visit.go("/enter")
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict", secure=visit.desk.access.secure)
    return response


async def look(request: Request) -> Response:
    """Language and theme of this browser: preferences, so a plain link may set them."""
    response = RedirectResponse(local(request.query_params.get("back", "/")), 303)
    for name, cookie, allowed in (("language", LANGUAGE, LANGUAGES), ("theme", THEME, THEMES)):
        value = request.query_params.get(name, "")
        if value in allowed:
            response.set_cookie(cookie, value, max_age=_YEAR, httponly=True, samesite="strict", path="/")
    return response
