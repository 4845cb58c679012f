"""One request: who asks, in which language, with which ledger; and how a page function becomes an endpoint."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ondit.ledger import Ledger, LedgerError, Undecidable
from ondit.model import Decision
from ondit.web.choosing import BadQuery
from ondit.web.desk import Desk
from ondit.web.drawing import draw
from ondit.web.safety.sessions import COOKIE, Session
from ondit.web.safety.users import Role, User
from ondit.web.words import Words, choose_language, load_words

TOKEN = "csrf"  # noqa: S105 - the name of a field
LANGUAGE, THEME = "ondit-language", "ondit-theme"
THEMES = ("auto", "light", "dark")
_MOST_FILES, _MOST_FIELDS = 1_000, 2_000  # of one form
_LONGEST_FIELD = 16 * 1024 * 1024  # bytes: a text that is pasted


class NoSuch(Exception):
    """What was asked for is not there."""


class Refused(Exception):
    """What was asked for is not allowed; the message is a key of the words."""


@dataclass(slots=True)
class Visit:
    """One request, as page functions see it."""

    request: Request
    desk: Desk
    user: User
    session: Session
    words: Words
    ledger: Ledger
    form: FormData = field(default_factory=FormData)
    json: dict[str, Any] = field(default_factory=dict)
    revision: int = -1  # of the ledger before anything was written

    def told(self, decision: Decision) -> None:
        """A decision was made in this visit: it can be undone by a key, and the queue knows it."""
        self.desk.told(self.session.number, decision.id)
        self.desk.queue.note(self.ledger, dict.fromkeys(f.report_id for f in decision.footings), self.revision)
        self.revision = self.ledger.revision

    @property
    def query(self) -> Mapping[str, str]:
        """The parameters of the address."""
        return self.request.query_params

    def part(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def field(self, name: str, default: str = "") -> str:
        """A field of the form that is text."""
        value = self.form.get(name, default)
        return default if isinstance(value, UploadFile) else str(value)

    def page(
        self, template: str, shown: Mapping[str, Any] | None = None, *, status: int = 200, **more: Any
    ) -> Response:
        """A template, filled."""
        return HTMLResponse(render(self, template, **(shown or {}), **more), status)

    def go(self, path: str) -> Response:
        """On to another page, after something was written."""
        return RedirectResponse(path, 303)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request and who makes it."""

    request: Request
    desk: Desk
    user: User
    session: Session
    writes: bool


Page = Callable[[Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def page(work: Page, role: Role = Role.READER, *, writes: bool = True) -> Endpoint:
    """A page function as an endpoint: it is called in a thread, with a ledger, for users whose role is enough.

    A form that `writes` nothing into the ledger does not wait for those who do.
    """

    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        user, session, is_new = known(request, desk)
        if user is None or session is None:
            return RedirectResponse(f"/enter?next={quote(_path(request))}", 303)
        # Whose role is not enough is refused before anything of what they send is kept.
        form = await _form(request) if request.method == "POST" and user.may(role) else FormData()
        asked = Asked(request, desk, user, session, writes=writes and request.method == "POST")
        response = await run_in_threadpool(_answer, work, role, asked, form)
        if is_new:
            set_session(response, desk, session)
        return response

    return endpoint


async def _form(request: Request) -> FormData:
    return await request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=_LONGEST_FIELD)


def known(request: Request, desk: Desk) -> tuple[User | None, Session | None, bool]:
    """Who asks, their session, and whether it was begun just now."""
    session = desk.sessions.read(request.cookies.get(COOKIE, ""))
    user = desk.access.find(session.name) if session else None
    if user is None and desk.access.is_open:
        session = desk.sessions.begin(desk.access.owner)
        return desk.access.find(desk.access.owner), session, True
    return user, session if user else None, False


def set_session(response: Response, desk: Desk, session: Session) -> None:
    """Give the browser its session; no script and no other site sees it."""
    response.set_cookie(
        COOKIE, desk.sessions.cookie(session), httponly=True, samesite="strict", secure=desk.access.secure, path="/"
    )


def _answer(work: Page, role: Role, asked: Asked, form: FormData) -> Response:
    request, desk, user = asked.request, asked.desk, asked.user
    with desk.ledgers.lend(user.name, writes=asked.writes) as ledger:
        visit = Visit(request, desk, user, asked.session, words_of(request), ledger, form)
        try:
            _check(visit, role)
            return _written(visit, work) if asked.writes else work(visit)
        except NoSuch:
            return visit.page("error.html", status=404, title=visit.words("error.none"), message="", in_english=False)
        except Refused as error:
            return visit.page(
                "error.html",
                status=403,
                title=visit.words("error.refused"),
                message=visit.words(str(error)),
                in_english=False,
            )
        except (Undecidable, BadQuery) as error:
            return visit.page(
                "error.html", status=400, title=visit.words("error.wrong"), message=str(error), in_english=True
            )
        except LedgerError as error:
            return visit.page(
                "error.html", status=503, title=visit.words("error.ledger"), message=str(error), in_english=True
            )


def _written(visit: Visit, work: Page) -> Response:
    before = visit.revision = visit.ledger.revision
    response = work(visit)
    visit.desk.wrote(visit.ledger, before)
    return response


def _check(visit: Visit, role: Role) -> None:
    if not visit.user.may(role):
        raise Refused("error.role")
    if visit.request.method == "POST" and not visit.desk.sessions.is_token(visit.field(TOKEN), visit.session):
        raise Refused("error.stale")


def words_of(request: Request) -> Words:
    """The words of the language that the user chose or their browser wants."""
    asked = request.cookies.get(LANGUAGE, "")
    return load_words(choose_language(asked, request.headers.get("accept-language", "")))


def render(visit: Visit, template: str, **values: Any) -> str:
    """A template with what every page needs."""
    theme = visit.request.cookies.get(THEME, "")
    return draw(
        template,
        visit.words,
        user=visit.user,
        may_review=visit.user.may(Role.REVIEWER),
        may_own=visit.user.may(Role.OWNER),
        is_open=visit.desk.access.is_open,
        ledger_name=visit.desk.name,
        settles=visit.desk.settles_after is not None,
        theme=theme if theme in THEMES else "auto",
        here=_path(visit.request),
        path=visit.request.url.path,
        csrf=lambda: visit.desk.sessions.token(visit.session),
        **values,
    )


def _path(request: Request) -> str:
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")


def local(path: str) -> str:
    """A path of this desk; "/" for what leads anywhere else."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_ours else "/"
