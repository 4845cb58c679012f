"""Fetching with manners, against a real server on this machine.

The check of addresses is on: names resolve to public addresses through an injected resolver, and only the connection, which is made to the
address that was checked, is led to the server of the test.
"""

import gzip
import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ondit.intake import Fetched, Options, Received, take_in_all
from ondit.intake.fetching import Fetcher, Limits, Network
from ondit.model import Problem
from tests.intake.made import A, B, entry, page, rss

PUBLIC = "93.184.216.34"
LIMITS = Limits(delay=2.0, silence=2.0, total=5.0, size=20_000)


@dataclass
class Web:
    """Sites on one server: what they answer, what they were asked, and the clock of the test."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    names: dict[str, Sequence[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    connected: list[tuple[str, int]] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    time: float = 0.0
    port: int = 0

    def put(self, address: str, body: bytes = b"", *, status: int = 200, **headers: str) -> None:
        self.pages[address] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)

    def resolve(self, host: str, _port: int) -> Sequence[str]:
        if host not in self.names:
            raise socket.gaierror(f"nobody knows {host}")
        return self.names[host]

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        self.connected.append((address, port))
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def fetcher(self, **limits: float) -> Fetcher:
        network = Network(
            self.resolve, self.connect, lambda: self.time, self.sleep, lambda: datetime(2022, 2, 1, 10, tzinfo=UTC)
        )
        return Fetcher("desk@news.example", replace(LIMITS, **limits), network)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    class Handler(BaseHTTPRequestHandler):
        web: Web

        def do_GET(self) -> None:
            address = f"http://{self.headers['Host']}{self.path}"
            self.web.asked.append(address)
            self.web.agents.add(self.headers["User-Agent"])
            status, headers, body = self.web.pages.get(address, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if body == b"SLOW":
                threading.Event().wait(0.5)
                return
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.daemon_threads = True
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield served
    served.shutdown()
    served.server_close()


@pytest.fixture
def web(server: ThreadingHTTPServer) -> Web:
    web = Web(names={"news.example": [PUBLIC], "other.example": [PUBLIC]}, port=server.server_port)
    server.RequestHandlerClass.web = web  # type: ignore[attr-defined]
    web.put("http://news.example/robots.txt", status=404)
    web.put("http://other.example/robots.txt", status=404)
    return web


def test_a_page_is_fetched_and_the_program_says_who_it_is(web: Web) -> None:
    web.put("http://news.example/a%20b?x=%C3%A9", page(A))
    assert web.fetcher()("http://news.example/a b?x=é#part") == Fetched(
        "http://news.example/a%20b?x=%C3%A9", page(A), "2022-02-01T10:00:00Z"
    )
    assert web.asked == ["http://news.example/robots.txt", "http://news.example/a%20b?x=%C3%A9"]
    assert web.connected == [(PUBLIC, 80), (PUBLIC, 80)], "the connection goes to the address that was checked"
    (agent,) = web.agents
    assert agent.startswith("ondit/")
    assert "desk@news.example" in agent


@pytest.mark.parametrize(
    ("addresses", "asked"),
    [
        (["127.0.0.1"], False), (["::1"], False), (["10.1.2.3"], False), (["169.254.169.254"], False), (["fe80::1"], False), (["fd00::1"], False),
        (["::ffff:127.0.0.1"], False), ([PUBLIC, "192.168.0.1"], False), (["100.64.0.1"], False), ([PUBLIC, "8.8.8.8"], True),
    ],
)  # fmt: skip
def test_only_public_addresses_are_asked(web: Web, addresses: list[str], asked: bool) -> None:
    web.names["news.example"] = addresses
    web.put("http://news.example/", page(A))
    answer = web.fetcher()("http://news.example/")
    assert isinstance(answer, Fetched) is asked
    assert bool(web.connected) is asked
    assert asked or (isinstance(answer, Problem) and answer.code == "private-address")


@pytest.mark.parametrize(
    "target",
    ["http://inside.example/", "http://127.0.0.1:8080/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/"],
)
def test_a_redirect_to_a_private_address_is_refused(web: Web, target: str) -> None:
    web.names |= {
        "inside.example": ["10.0.0.7"],
        "127.0.0.1": ["127.0.0.1"],
        "::1": ["::1"],
        "169.254.169.254": ["169.254.169.254"],
    }
    web.put("http://news.example/", status=302, Location=target)
    answer = web.fetcher()("http://news.example/")
    assert isinstance(answer, Problem)
    assert (answer.code, answer.where) == ("private-address", "http://news.example/")
    assert all(address == PUBLIC for address, _ in web.connected)


def test_a_name_that_resolves_otherwise_the_second_time_is_refused(web: Web) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    fetcher = web.fetcher()
    fetcher.network = replace(fetcher.network, resolve=lambda _host, _port: next(answers))
    answer = fetcher("http://news.example/")
    assert isinstance(answer, Problem)
    assert answer.code == "private-address"


def test_redirects_are_followed_and_robots_asked_of_each_site(web: Web) -> None:
    web.put("http://news.example/a", status=301, Location="/b")
    web.put("http://news.example/b", status=302, Location="http://other.example/c")
    web.put("http://other.example/c", page(A))
    answer = web.fetcher()("http://news.example/a")
    assert isinstance(answer, Fetched)
    assert answer.address == "http://other.example/c"
    assert [a for a in web.asked if a.endswith("robots.txt")] == [
        "http://news.example/robots.txt",
        "http://other.example/robots.txt",
    ]


@pytest.mark.parametrize(
    ("robots", "path", "may"),
    [
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /private", "/a", True),
        ("User-agent: *\nDisallow: /private", "/private/a", False),
        ("User-agent: ondit\nDisallow: /\n\nUser-agent: *\nDisallow:", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("", "/a", True),
        ("\x00\xff garbage", "/a", True),
    ],
)
def test_robots_txt_is_kept_to(web: Web, robots: str, path: str, may: bool) -> None:
    web.put("http://news.example/robots.txt", robots.encode("latin-1"))
    web.put(f"http://news.example{path}", page(A))
    answer = web.fetcher()(f"http://news.example{path}")
    assert isinstance(answer, Fetched) is may
    assert may or (
        isinstance(answer, Problem) and answer.code == "robots" and f"http://news.example{path}" not in web.asked
    )


def test_a_site_that_cannot_say_is_not_read(web: Web) -> None:
    web.put("http://news.example/robots.txt", status=503)
    web.put("http://news.example/", page(A))
    answer = web.fetcher()("http://news.example/")
    assert isinstance(answer, Problem)
    assert answer.code == "robots"


def test_a_redirect_does_not_lead_around_robots_txt(web: Web) -> None:
    web.put("http://other.example/robots.txt", b"User-agent: *\nDisallow: /")
    web.put("http://news.example/", status=302, Location="http://other.example/a")
    answer = web.fetcher()("http://news.example/")
    assert isinstance(answer, Problem)
    assert answer.code == "robots"
    assert "http://other.example/a" not in web.asked


def test_one_host_is_not_asked_too_often(web: Web) -> None:
    for name in "abc":
        web.put(f"http://news.example/{name}", page(A))
    web.put("http://other.example/", page(B))
    fetcher = web.fetcher()
    for address in ("http://news.example/a", "http://news.example/b", "http://other.example/"):
        fetcher(address)
    # robots.txt, a, b of the one, robots.txt and the page of the other: each host at most every two seconds
    assert web.slept == [2.0, 2.0, 2.0]


def test_a_site_may_ask_for_more_time(web: Web) -> None:
    web.put("http://news.example/robots.txt", b"User-agent: *\nCrawl-delay: 10")
    web.put("http://news.example/", page(A))
    web.fetcher()("http://news.example/")
    assert web.slept == [10.0]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("ftp://news.example/", "no-address"), ("file:///etc/passwd", "no-address"), ("http://", "no-address"), ("http://me:secret@news.example/", "no-address"),
        ("http://news.example:99999/", "no-address"), ("javascript:alert(1)", "no-address"), ("http://nobody.example/", "not-reached"),
        ("http://news.example/gone", "http-status"), ("http://news.example/loop", "too-many-redirects"), ("http://news.example/large", "too-large"),
        ("http://news.example/bomb", "too-large"), ("http://news.example/broken", "not-reached"), ("https://news.example/", "not-reached"),
        ("http://news.example/to-file", "no-address"), ("http://news.example/slow", "not-reached"), ("http://xn--a-ecp.ru\x00/", "no-address"),
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_a_problem(web: Web, address: str, code: str) -> None:
    web.put("http://news.example/loop", status=302, Location="/loop")
    web.put("http://news.example/large", b"x" * 30_000)
    web.put("http://news.example/bomb", gzip.compress(b"x" * 5_000_000), Content_Encoding="gzip")
    web.put("http://news.example/broken", b"no gzip", Content_Encoding="gzip")
    web.put("http://news.example/to-file", status=302, Location="file:///etc/passwd")
    web.put("http://news.example/slow", b"SLOW", Content_Length="100")
    answer = web.fetcher(total=0.2 if "slow" in address else 5.0)(address)
    assert isinstance(answer, Problem)
    assert (answer.code, answer.where) == (code, address)
    assert answer.remedy


def test_packed_pages_are_unpacked(web: Web) -> None:
    web.put("http://news.example/", gzip.compress(page(A)), Content_Encoding="gzip")
    answer = web.fetcher()("http://news.example/")
    assert isinstance(answer, Fetched)
    assert answer.data == page(A)


def test_a_page_and_a_feed_become_reports(web: Web) -> None:
    web.put("http://news.example/2022/01/30/a", page(A))
    web.put("http://other.example/feed", rss(entry(B)))
    items = list(
        take_in_all(["http://news.example/2022/01/30/a", "http://other.example/feed"], Options(fetch=web.fetcher()))
    )
    pages = [item for item in items if isinstance(item, Received)]
    assert [(p.where, p.report.text, p.report.url, p.report.publisher) for p in pages] == [
        ("http://news.example/2022/01/30/a", A, "http://news.example/2022/01/30/a", "news.example"),
        ("http://other.example/feed entry 1", B, "https://radio.example/1", "Radio & Co"),
    ]
    assert {p.report.retrieved for p in pages} == {"2022-02-01T10:00:00Z"}
    assert [str(p.report.published.day) for p in pages] == ["2022-01-30", "2022-01-30"]


def test_without_consent_nothing_is_asked(web: Web) -> None:
    items = list(take_in_all(["http://news.example/"]))
    assert [item.code for item in items if isinstance(item, Problem)] == ["fetch-needs-consent"]
    assert web.asked == []
