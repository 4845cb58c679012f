"""Getting an address from the network, with the consent of who runs the program and with manners.

Only http and https; only public addresses, after the name is resolved and again after each redirect, and the connection goes to the very address that was
checked; robots.txt is kept to (RFC 9309); one host is asked at most every few seconds; sizes and times are limited. The program says
who it is. What a report tells to fetch is never fetched: only what the user names.
"""

import http.client
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from ondit.intake.formats import Fetched, missing_library
from ondit.intake.formats import Refused as _Refused
from ondit.intake.hosts import all_public
from ondit.model import Problem

PRODUCT = "ondit"
_REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
_BLOCK = 65_536
_LARGEST_ROBOTS = 512_000  # bytes; RFC 9309 asks for at least 500 KiB
_LONGEST_DELAY = 60.0  # seconds; a site that asks for more does not want to be read by programs
_LONGEST_ADDRESS = 2_000
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")


def resolve(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host; raises `OSError` when it has none."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def connect(address: str, port: int, timeout: float) -> socket.socket:
    """A connection to an IP address; raises `OSError`."""
    return socket.create_connection((address, port), timeout=timeout)


@dataclass(frozen=True, slots=True)
class Network:
    """What the fetcher needs of the world. The check of addresses is not part of it: it cannot be replaced."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    connect: Callable[[str, int, float], socket.socket] = connect
    seconds: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds between two requests to a host, seconds until a silent host is given up, seconds for one address in all, bytes of a page."""

    delay: float = 2.0
    silence: float = 15.0
    total: float = 60.0
    size: int = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Fetcher:
    """Gets addresses: called with one, it gives what is there, or the problem.

    To make one is the consent for one run. `contact` is an address or a page that sites can turn to; it stands in the User-Agent.
    """

    contact: str = ""
    limits: Limits = Limits()
    network: Network = Network()
    _robots: dict[str, Any] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def __call__(self, address: str) -> Fetched | Problem:
        """What is at the address, after redirects."""
        try:
            return self._fetch(address)
        except _Refused as refused:
            return refused.problem

    @property
    def user_agent(self) -> str:
        """Who the program says it is."""
        contact = f"; contact: {self.contact}" if self.contact else ""
        return f"{PRODUCT}/{version(PRODUCT)} (reads reports that a person named{contact})"

    def _fetch(self, address: str) -> Fetched:
        here = address
        for _ in range(_REDIRECTS + 1):
            target = _target(here, address)
            self._ask_robots(target, address)
            answer = self._get(target, address, self.limits.size)
            if answer.status in _MOVED and "location" in answer.headers:
                here = urljoin(target.geturl(), answer.headers["location"])
                continue
            if answer.status != http.HTTPStatus.OK:
                raise _refused("http-status", f"the site answers {answer.status}", "open it in a browser", address)
            return Fetched(target.geturl(), answer.body, self.network.now().strftime("%Y-%m-%dT%H:%M:%SZ"))
        raise _refused(
            "too-many-redirects", f"it leads on more than {_REDIRECTS} times", "open it in a browser", address
        )

    def _ask_robots(self, target: SplitResult, address: str) -> None:
        """Raises `Refused` when the site does not want the address to be read by programs, or does not say."""
        site = f"{target.scheme}://{target.netloc}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(site, address)
        rules = self._robots[site]
        if rules is not None and not rules.can_fetch(target.geturl(), PRODUCT):
            remedy = "open it in a browser and save the page"
            raise _refused("robots", "the site's robots.txt asks programs not to read it", remedy, address)

    def _read_robots(self, site: str, address: str) -> Any:
        """The rules of a site; None when it has none. A site that cannot say is taken to say no (RFC 9309, 2.3.1)."""
        try:
            from protego import Protego
        except ImportError:
            raise missing_library("protego", "robots.txt, without which nothing is fetched,", address) from None
        here = f"{site}/robots.txt"
        for _ in range(_REDIRECTS + 1):
            target = _target(here, address)
            answer = self._get(target, address, _LARGEST_ROBOTS, cut=True)
            if answer.status in _MOVED and "location" in answer.headers:
                here = urljoin(here, answer.headers["location"])
                continue
            if answer.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
                message = f"the site's robots.txt cannot be read now ({answer.status})"
                raise _refused("robots", message, "try again later", address)
            return (
                Protego.parse(answer.body.decode("utf-8", "replace")) if answer.status == http.HTTPStatus.OK else None
            )
        return None

    def _wait(self, target: SplitResult) -> None:
        """Until the host may be asked again."""
        host = target.hostname or ""
        rules = self._robots.get(f"{target.scheme}://{target.netloc}")
        asked_for = float(rules.crawl_delay(PRODUCT) or 0) if rules is not None else 0.0
        delay = max(self.limits.delay, min(asked_for, _LONGEST_DELAY))
        last = self._asked.get(host)
        if last is not None and (left := last + delay - self.network.seconds()) > 0:
            self.network.sleep(left)
        self._asked[host] = self.network.seconds()

    def _get(self, target: SplitResult, address: str, limit: int, *, cut: bool = False) -> _Answer:
        """The answer to one request; a body beyond the limit is refused, or cut."""
        self._wait(target)
        stop: threading.Timer | None = None
        try:
            connection = self._connection(target, address)
            # A host that sends a byte a minute is never silent and never done.
            stop = threading.Timer(self.limits.total, _hang_up, [connection.sock])
            stop.daemon = True
            stop.start()
            try:
                return self._ask(connection, target, address, limit, cut=cut)
            finally:
                connection.close()
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            message = f"the site does not answer: {type(error).__name__}: {error}"[:300]
            raise _refused("not-reached", message, "try again later, or open it in a browser", address) from error
        finally:
            if stop is not None:
                stop.cancel()

    def _ask(
        self, connection: http.client.HTTPConnection, target: SplitResult, address: str, limit: int, *, cut: bool
    ) -> _Answer:
        path = (target.path or "/") + (f"?{target.query}" if target.query else "")
        connection.request(
            "GET",
            path,
            headers={"User-Agent": self.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip", "Connection": "close"},
        )
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        body = _body(response, limit, zipped="gzip" in headers.get("content-encoding", "").lower())
        if len(body) > limit and not cut:
            message = f"the page has more than {limit / 1_048_576:.0f} MB"
            raise _refused("too-large", message, "save it in a browser and give the file", address)
        return _Answer(response.status, headers, body[:limit])

    def _connection(self, target: SplitResult, address: str) -> http.client.HTTPConnection:
        """A connection to an address of the host that was checked; raises `Refused` when it has one that is not public."""
        host, port = target.hostname or "", target.port or (443 if target.scheme == "https" else 80)
        addresses = tuple(dict.fromkeys(self.network.resolve(host, port)))
        if not all_public(addresses):
            remedy = "give the file itself if it is on your own network"
            raise _refused(
                "private-address", "the name leads to an address that is not on the public internet", remedy, address
            )
        failure: OSError = OSError("it has no address")
        for public in addresses:
            try:
                plain = self.network.connect(public, port, self.limits.silence)
            except OSError as error:
                failure = error
                continue
            plain.settimeout(self.limits.silence)
            if target.scheme == "https":
                connection: http.client.HTTPConnection = http.client.HTTPSConnection(host, port)
                connection.sock = _secured(plain, host)
            else:
                connection = http.client.HTTPConnection(host, port)
                connection.sock = plain
            return connection
        raise failure


def _secured(plain: socket.socket, host: str) -> socket.socket:
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise


def _body(response: http.client.HTTPResponse, limit: int, *, zipped: bool) -> bytes:
    """At most `limit` + 1 bytes of the body, unpacked."""
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16) if zipped else None
    body = bytearray()
    while len(body) <= limit and (block := response.read(_BLOCK)):
        body += unpack.decompress(block, limit + 1 - len(body)) if unpack else block
    # The library gives what has come of a body that breaks off as if it were all.
    if len(body) <= limit and (response.length or (unpack and body and not unpack.eof)):
        raise http.client.IncompleteRead(b"", response.length)
    return bytes(body[: limit + 1])


def _target(address: str, asked: str) -> SplitResult:
    """The parts of an address that may be asked; raises `Refused` for anything but http and https to a host."""
    try:
        parts = urlsplit(address[:_LONGEST_ADDRESS].strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or parts.username or parts.password:
        remedy = "give addresses that begin with https:// or http://, without a name or password"
        raise _refused("no-address", "this is no address that can be fetched", remedy, asked)
    shown = f"[{host}]" if ":" in host else host
    return SplitResult(
        parts.scheme,
        f"{shown}:{port}" if port else shown,
        quote(parts.path, safe="/%:@!$&'()*+,;=~-._"),
        quote(parts.query, safe="/%:@!$&'()*+,;=~-._?"),
        "",
    )


def _hang_up(plain: socket.socket) -> None:
    try:
        plain.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is closed already


def _refused(code: str, message: str, remedy: str, address: str) -> _Refused:
    return _Refused(Problem(code, message, remedy, address))
