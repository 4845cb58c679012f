"""What every request passes before a page sees it, and what every answer carries."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ondit.web.safety.hosts import is_allowed, same_origin

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: browsers would then hide the origin of our own forms, too.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_READING = ("GET", "HEAD", "OPTIONS")
LARGEST = 2 * 1024 * 1024
"""Bytes of a request, except where files are added."""


class _TooLarge(Exception):
    pass


class Guard:
    """Refuses requests for other hosts, writes from other sites and bodies that are too large; adds the headers of safety."""

    def __init__(self, app: ASGIApp, names: frozenset[str], largest_upload: int, uploads: frozenset[str]) -> None:
        self._app, self._names = app, names
        self._largest_upload, self._uploads = largest_upload, uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                # What is shipped may be kept, and is asked for anew: an update shows at once. What is in the ledger is not kept.
                headers.setdefault("Cache-Control", "no-cache" if scope["path"].startswith("/static/") else "no-store")
            await send(message)

        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal:
            await PlainTextResponse(refusal[1], refusal[0])(scope, receive, guarded)
            return
        limit = self._largest_upload if scope["path"] in self._uploads else LARGEST
        try:
            await self._app(scope, _limited(receive, limit), guarded)
        except _TooLarge:
            await PlainTextResponse(f"more than {limit} bytes are not taken here\n", 413)(scope, receive, guarded)

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if not is_allowed(host, self._names):
            return 421, "this desk is not served under that name; 'ondit serve --name NAME' allows it\n"
        if scope["method"] in _READING:
            return None
        origin = headers.get("origin")
        if (origin is not None and not same_origin(origin, host)) or headers.get("sec-fetch-site") == "cross-site":
            return 403, "a page of another site may not write here\n"
        limit = self._largest_upload if scope["path"] in self._uploads else LARGEST
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > limit:
            return 413, f"more than {limit} bytes are not taken here\n"
        return None


def _limited(receive: Receive, limit: int) -> Receive:
    """Counts what arrives: a length that was announced may be a lie."""
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise _TooLarge
        return message

    return counting
