"""What every input format keeps to, whoever wrote it: run on all that are registered in `ondit.intake`."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ondit.codec import decode, encode
from ondit.intake import Fetched, Item, Options, Received, Source, Tally, take_in_all
from ondit.intake.formats import Fetch
from ondit.model import Problem, PublishedBasis, Reading, Severity, report_id
from ondit.plugins import INTAKE, plugins
from tests.intake import made
from tests.intake.made import POSTS, A, B, C


@dataclass(frozen=True)
class Sample:
    """A sound source of one format, the texts in it, and what is needed to read it."""

    format: str
    name: str
    data: bytes
    texts: tuple[str, ...] = POSTS
    columns: Mapping[str, str] = field(default_factory=dict)
    fetch: Fetch | None = None
    stops: bool = True  # what is cut off gives the items before the cut, and says so

    @property
    def options(self) -> Options:
        return Options(columns=self.columns, fetch=self.fetch)


def serve(address: str) -> Fetched | Problem:
    """A network of three pages."""
    text = {"https://a.example/": A, "https://b.example/": B, "https://c.example/": C}.get(address)
    if text is None:
        return Problem("http-status", "the site answers 404", "open it in a browser", address)
    return Fetched(address, made.page(text), "2022-02-01T10:00:00Z")


WACZ = [made.record(made.page(text), number) for number, text in enumerate(POSTS)]
SAMPLES = [
    Sample("plain", "a.txt", A.encode(), (A,), stops=False),
    Sample("html", "a.html", made.page(A), (A,), stops=False),
    Sample("eml", "a.eml", made.message(A, attached=[("text/plain", "b.txt", B.encode()), ("text/html", "c.html", made.page(C))]), stops=False),
    Sample("pdf", "a.pdf", made.pdf(A), (A,), stops=False),
    Sample("docx", "a.docx", made.docx(*POSTS), ("\n".join(POSTS),)),
    Sample("telegram", "result.json", made.telegram(*[made.tg(n, text) for n, text in enumerate(POSTS)])),
    Sample("json", "a.json", made.document(*map(made.article, POSTS))),
    Sample("json", "a.jsonl", made.lines(*map(made.article, POSTS))),
    Sample("json", "4cat.ndjson", made.lines(*map(made.fourcat, POSTS))),
    Sample("table", "4cat.csv", made.table(*map(made.fourcat, POSTS)), stops=False),
    Sample("table", "archive.csv", made.table(*map(made.archived, POSTS)), stops=False),
    Sample("table", "posts.csv", made.table(*[{"body": t, "when": "2022-01-30"} for t in POSTS], delimiter=";"),
           columns={"text": "body", "published": "when"}, stops=False),
    Sample("feed", "a.xml", made.rss(*[made.entry(text, n) for n, text in enumerate(POSTS)])),
    Sample("feed", "a.atom", made.atom(*POSTS)),
    Sample("warc", "a.warc", made.warc(*POSTS)),
    Sample("warc", "a.warc.gz", made.warc_gz(*WACZ)),
    Sample("wacz", "a.wacz", made.wacz(*WACZ)),
    Sample("zip", "a.zip", made.zipped({"a.txt": A, "b.html": made.page(B), "c.jsonl": made.lines(made.article(C))})),
    Sample("addresses", "list.txt", b"https://a.example/\n# two\nhttps://b.example/\nhttps://c.example/\n", fetch=serve, stops=False),
]  # fmt: skip
samples = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


def take(sample: Sample, data: bytes) -> list[Item]:
    return list(take_in_all([Source.of_bytes(sample.name, data)], sample.options))


def texts(items: list[Item]) -> list[str]:
    return [item.report.text.strip() for item in items if isinstance(item, Received)]


def check(items: list[Item], name: str) -> None:
    """What holds for the items of any source, sound or not."""
    *found, tally = items
    assert isinstance(tally, Tally)
    assert tally.where == name
    assert tally.reports == sum(isinstance(item, Received) for item in found)
    assert tally.failed == sum(isinstance(item, Problem) and item.severity is Severity.ERROR for item in found)
    assert tally.reports or tally.failed, "nothing came and nothing is said about it"
    for item in found:
        assert isinstance(item, Received | Problem)
        assert item.where.startswith(name), f"{item.where} is no place in {name}"
        for problem in [item] if isinstance(item, Problem) else item.problems:
            assert problem.code
            assert problem.message
            assert problem.remedy
            assert problem.where.startswith(name)
        if isinstance(item, Received):
            check_report(item)


def check_report(item: Received) -> None:
    report = item.report
    assert report.text.strip()
    assert not any(
        c == "\x00" or "\ud800" <= c <= "\udfff"
        for c in report.text + report.title + report.author + report.publisher + report.url
    )
    assert report.sha256 == hashlib.sha256(item.raw).hexdigest()
    assert report.id == report_id(
        sha256=report.sha256, publisher=report.publisher, native_id=report.native_id, url=report.url
    )
    assert (report.published.day is None) == (report.published.basis is PublishedBasis.UNKNOWN)
    assert all(problem.severity is Severity.WARNING for problem in item.problems)
    assert decode(encode(Reading(report))).report == report


def test_every_format_is_here() -> None:
    assert {plugin.name for plugin in plugins(INTAKE)} == {sample.format for sample in SAMPLES}


@samples
def test_a_sound_source_gives_its_reports_in_order(sample: Sample) -> None:
    items = take(sample, sample.data)
    check(items, sample.name)
    assert texts(items) == list(sample.texts)
    assert not [item for item in items if isinstance(item, Problem)]
    assert items[-1] == Tally(
        sample.name, len(sample.texts), 0, items[-1].skipped, hashlib.sha256(sample.data).hexdigest(), len(sample.data)  # type: ignore[union-attr]
    )  # fmt: skip


@samples
def test_the_same_source_gives_the_same_items(sample: Sample) -> None:
    assert take(sample, sample.data) == take(sample, bytes(bytearray(sample.data)))


@samples
def test_ids_and_places_are_told_apart(sample: Sample) -> None:
    received = [item for item in take(sample, sample.data) if isinstance(item, Received)]
    assert len({item.report.id for item in received}) == len(received)
    assert len({item.where for item in received}) == len(received)


@samples
def test_what_is_kept_of_a_report_can_be_taken_in_again(sample: Sample) -> None:
    for item in take(sample, sample.data):
        if isinstance(item, Received):
            name = sample.name if sample.columns else "kept"  # a mapping of columns is for what is called a table
            again = [
                i for i in take_in_all([Source.of_bytes(name, item.raw)], sample.options) if isinstance(i, Received)
            ]
            assert again[0].report.text == item.report.text
            if item.format not in (
                "html",
                "plain",
                "pdf",
                "docx",
            ):  # what is whole as it is knows its sender or address from outside
                assert again[0].report == item.report


@samples
def test_given_facts_win(sample: Sample) -> None:
    from datetime import date

    from ondit.intake import Origin

    origin = Origin(published=date(2020, 1, 1), publisher="Given")
    options = Options(origin=origin, columns=sample.columns, fetch=sample.fetch)
    for item in take_in_all([Source.of_bytes(sample.name, sample.data)], options):
        if isinstance(item, Received) and item.where != "a.eml attachment 3":
            assert (item.report.published.day, item.report.published.basis) == (date(2020, 1, 1), PublishedBasis.GIVEN)
            assert item.report.publisher == "Given"


@samples
def test_what_is_cut_off_gives_what_stands_before_the_cut(sample: Sample) -> None:
    silent = 0
    for sixteenth in range(1, 16):
        items = take(sample, sample.data[: len(sample.data) * sixteenth // 16])
        check(items, sample.name)
        if sample.stops:
            found = texts(items)
            assert found == list(sample.texts)[: len(found)], f"cut after {sixteenth}/16"
            silent += len(found) < len(sample.texts) and not any(isinstance(item, Problem) for item in items)
    assert silent <= 1, "a cut that falls between two items of a format without an end cannot be seen, but no other"


def damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """The bytes with a few places changed, taken out, doubled, or with something put in."""
    place = st.integers(0, len(data))
    junk = st.one_of(
        st.binary(max_size=8),
        st.sampled_from([b"\x00", b"\xff\xfe", b'"', b"}", b"]", b"<", b">", b"&", b"\\", b"\\ud800", b"\r\n\r\n"]),
    )
    damage: st.SearchStrategy[Callable[[bytes], bytes]] = st.one_of(
        st.builds(lambda at, new: lambda d: d[:at] + new + d[at + len(new) :], place, junk),
        st.builds(lambda at, new: lambda d: d[:at] + new + d[at:], place, junk),
        st.builds(lambda at, length: lambda d: d[:at] + d[at + length :], place, st.integers(1, 400)),
        st.builds(lambda at, length: lambda d: d[:at] + d[at : at + length] * 2 + d[at + length :], place, st.integers(1, 400)),
    )  # fmt: skip

    def apply(changes: list[Callable[[bytes], bytes]]) -> bytes:
        changed = data
        for change in changes:
            changed = change(changed)
        return changed

    return st.lists(damage, min_size=1, max_size=3).map(apply)


@samples
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_damage_never_raises_and_every_item_is_sound(sample: Sample, data: st.DataObject) -> None:
    check(take(sample, data.draw(damaged(sample.data))), sample.name)


@samples
@settings(max_examples=10, deadline=None)
@given(st.binary(max_size=300))
def test_garbage_under_the_name_of_a_format(sample: Sample, data: bytes) -> None:
    check(take(sample, data), sample.name)
