"""Which field of a report comes from where, format by format."""

from collections.abc import Mapping
from typing import Any

import pytest

from ondit.intake import Item, Options, Received, Source, Tally, take_in_all
from ondit.model import Problem, series_id
from tests.intake import made
from tests.intake.made import A, B, C, article, entry, fourcat, lines, page, record, table, telegram, tg


def items(name: str, data: bytes, **columns: str) -> list[Item]:
    return list(take_in_all([Source.of_bytes(name, data)], Options(columns=columns)))


def fields(item: Received) -> dict[str, str]:
    """The fields of a report that are not empty, as an analyst would write them down."""
    report = item.report
    found = {
        "text": report.text.strip(), "title": report.title, "publisher": report.publisher, "author": report.author, "url": report.url,
        "day": str(report.published.day or ""), "id": report.native_id, "from": report.forwarded_from, "reply": report.reply_to,
        "edited": item.edited, "retrieved": report.retrieved,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


RADIO = {"publisher": "Radio Exemple", "day": "2022-01-30", "id": "1234/1"}
PRESS = {"title": "Statement", "publisher": "Press office", "day": "2022-01-30", "id": "<1@army.example>", "text": A}
TABLE = [
    ("Telegram: text as a string", "r.json", telegram(tg(1, A)), {**RADIO, "text": A}),
    ("Telegram: text as a list of strings and entities", "r.json", telegram(tg(1, ["Police ", {"type": "bold", "text": "said"}, " so."])), {**RADIO, "text": "Police said so."}),
    ("Telegram: entities with emoji and two directions", "r.json", telegram(tg(1, [{"type": "custom_emoji", "text": "🔴"}, C])), {**RADIO, "text": "🔴" + C}),
    ("Telegram: a forward tells a name", "r.json", telegram(tg(1, A, forwarded_from="Autre chaîne")), {**RADIO, "text": A, "from": "Autre chaîne"}),
    ("Telegram: a forward from a deleted account", "r.json", telegram(tg(1, A, forwarded_from=None)), {**RADIO, "text": A}),
    ("Telegram: a reply", "r.json", telegram(tg(1, A, reply_to_message_id=7)), {**RADIO, "text": A, "reply": "1234/7"}),
    ("Telegram: a reply to another chat", "r.json", telegram(tg(1, A, reply_to_message_id=7, reply_to_peer_id="channel9")), {**RADIO, "text": A, "reply": "channel9/7"}),
    ("Telegram: an edit", "r.json", telegram(tg(1, A, edited="2022-01-30T04:00:00", edited_unixtime="1643515200")), {**RADIO, "text": A, "edited": "2022-01-30T04:00:00Z"}),
    ("Telegram: the caption of a photo", "r.json", telegram(tg(1, A, photo="photos/1.jpg")), {**RADIO, "text": A}),
    ("Telegram: a group, where others write", "r.json", telegram(tg(1, A, **{"from": "A. Reader"}), type="public_supergroup"), {**RADIO, "text": A, "author": "A. Reader"}),
    ("Telegram: the signature of an author", "r.json", telegram(tg(1, A, author="Desk")), {**RADIO, "text": A, "author": "Desk"}),
    ("news-please", "a.jsonl", lines(article(A)), {"text": A, "title": "Title", "publisher": "news.example", "author": "A. Writer", "url": "https://news.example/1", "day": "2022-01-30"}),
    ("fundus", "a.json", made.document({"title": "T", "authors": ["X", "Y"], "publishing_date": "2022-01-30 01:00:00+02:00", "body": {"summary": ["S"], "sections": [{"headline": ["H"], "paragraphs": [A, B]}]}}),
     {"text": f"S\n\nH\n\n{A}\n\n{B}", "title": "T", "author": "X, Y", "day": "2022-01-29"}),
    ("trafilatura", "a.json", made.document({"title": "T", "author": "X; Y", "hostname": "news.example", "date": "2022-01-30", "raw_text": "x", "text": A, "source": "https://news.example/1"}),
     {"text": A, "title": "T", "publisher": "news.example", "author": "X; Y", "url": "https://news.example/1", "day": "2022-01-30"}),
    ("4CAT, CSV of Telegram", "4.csv", table(fourcat(A, reply_to="7", author_forwarded_from_name="Autre", unix_timestamp_edited="1643515200")),
     {"text": A, "publisher": "radio", "author": "77", "id": "radio-1", "reply": "radio-7", "from": "Autre", "day": "2022-01-30", "edited": "2022-01-30T04:00:00Z"}),
    ("4CAT, NDJSON of Telegram", "4.ndjson", lines({"_type": "Message", "id": 1, "message": A, "date": 1643509800.0, "edit_date": None, "views": 5, "_chat": {"username": "radio", "title": "Radio Exemple", "id": 9},
      "reply_to": {"reply_to_msg_id": 7}, "fwd_from": {"from_name": "Autre"}}),
     {"text": A, "publisher": "Radio Exemple", "url": "https://t.me/radio/1", "id": "radio/1", "reply": "radio/7", "from": "Autre", "day": "2022-01-30"}),
    ("4CAT, CSV of another site", "4.csv", table({"id": "5", "thread_id": "5", "author": "reader", "subject": "S", "body": A, "timestamp": "2022-01-30 02:30:00", "url": "https://site.example/5"}),
     {"text": A, "title": "S", "publisher": "reader", "author": "reader", "url": "https://site.example/5", "id": "5", "day": "2022-01-30"}),
    ("auto-archiver, sheet", "aa.csv", table(made.archived(A)), {"text": A, "title": "Title", "url": "https://t.me/radio/1", "day": "2022-01-30", "retrieved": "2022-02-01T10:00:00Z"}),
    ("auto-archiver, database", "db.csv", table({"status": "x: success", "metadata": "{'_processed_at': datetime.datetime(2022, 2, 1, 10, 0, tzinfo=datetime.timezone.utc), 'url': 'https://t.me/radio/1', 'title': 'Title', 'content': 'Police said so.', 'timestamp': '2022-01-30T02:30:00+00:00'}", "media": "[]"}),
     {"text": "Police said so.", "title": "Title", "url": "https://t.me/radio/1", "day": "2022-01-30", "retrieved": "2022-02-01T10:00:00Z"}),
    ("a table with our own field names", "p.csv", table(made.post(A, author="X", forwarded_from="Y", reply_to="0", edited="2022-01-31")), {"text": A, "publisher": "Radio", "author": "X", "id": "1", "from": "Y", "reply": "0", "day": "2022-01-30", "edited": "2022-01-31"}),
    ("RSS", "f.xml", made.rss(entry(A)), {"text": A, "title": "Title 1", "publisher": "Radio & Co", "url": "https://radio.example/1", "id": "g1", "day": "2022-01-30"}),
    ("Atom", "f.atom", made.atom(A), {"text": A, "title": "T", "publisher": "Radio", "url": "https://radio.example/0", "id": "a0", "day": "2022-01-30"}),
    ("e-mail", "m.eml", made.message(A), PRESS),
    ("e-mail with a sender in UTF-8 as it is (RFC 6532)", "m.eml", made.message(A).replace(b"Press office", "Comité d'été".encode()), {**PRESS, "publisher": "Comité d'été"}),
    ("e-mail of a mailing list", "m.eml", made.message(A).replace(b"Subject:", b"List-Id: Updates <u.example>\nIn-Reply-To: <0@x>\nSubject:"), {**PRESS, "publisher": "Updates", "author": "Press office", "reply": "<0@x>"}),
    ("PDF", "a.pdf", made.pdf(A), {"text": A, "title": "Report"}),
    ("DOCX", "a.docx", made.docx(A, B), {"text": f"{A}\n{B}", "title": "Report", "author": "A. Writer"}),
    ("HTML", "a.html", page(A, head='<meta property="og:site_name" content="Le Site"><meta property="article:published_time" content="2022-01-29T23:30:00-03:00">'), {"text": A, "title": "Titre", "publisher": "Le Site", "day": "2022-01-30"}),
    ("WARC", "a.warc", record(page(A)), {"text": A, "title": "Titre", "publisher": "news.example", "url": "https://news.example/1", "retrieved": "2022-02-01T10:00:00Z"}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "data", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_fields(what: str, name: str, data: bytes, expected: Mapping[str, str]) -> None:
    found = [fields(item) for item in items(name, data) if isinstance(item, Received)]
    assert found == [expected]


@pytest.mark.parametrize(
    ("name", "data", "skipped"),
    [
        ("r.json", telegram({"id": 1, "type": "service", "action": "x"}, tg(2, "", photo="p.jpg"), tg(3, A)), {"service messages": 1, "posts of media without a caption": 1}),
        ("4.csv", table(fourcat(A), fourcat("")), {"posts without a text": 1}),
        ("m.eml", made.message(A, attached=[("image/png", "a.png", b"x"), ("application/pgp-signature", "s.asc", b"x")]), {"attachments of type image/png": 1, "attachments of type application/pgp-signature": 1}),
        ("a.zip", made.zipped({"a.txt": A, "photos/1.jpg": "x", "photos/2.jpg": "x", "README": "x"}), {"files ending in .jpg": 2, "files without an ending": 1}),
        ("a.warc", record(b"x", 1, media="image/png") + record(page(A), 2) + record(b"x", 3, status="404 Not Found") + record(b"x", 4, kind="request"),
         {"records of media type image/png": 1, "responses with status 404": 1, "records of type request": 1}),
    ],
)  # fmt: skip
def test_what_is_skipped_is_counted(name: str, data: bytes, skipped: Mapping[str, int]) -> None:
    *_, tally = items(name, data)
    assert isinstance(tally, Tally)
    assert (tally.reports, tally.failed, tally.skipped) == (1, 0, skipped)


def versions(*sources: bytes, name: str) -> list[Received]:
    return [item for data in sources for item in items(name, data) if isinstance(item, Received)]


@pytest.mark.parametrize(
    ("name", "first", "later", "same"),
    [
        ("r.json", telegram(tg(1, A)), telegram(tg(1, B, edited_unixtime="1643515200")), False),
        (
            "r.json",
            telegram(tg(1, A)),
            telegram(tg(0, C), tg(1, A, reactions=[{"type": "emoji", "emoji": "👍", "count": 4}])),
            True,
        ),
        ("4.csv", table(fourcat(A, views=1)), table(fourcat(A, views=99)), True),
        ("4.csv", table(fourcat(A)), table(fourcat(B)), False),
        (
            "f.xml",
            made.rss(entry(A)),
            made.rss(entry(C, 2), entry(A)).replace(b"<item>", b"<item><comments>9</comments>"),
            True,
        ),
        ("f.xml", made.rss(entry(A)), made.rss(entry(B)), False),
    ],
    ids=["an edited post", "reactions", "views", "an edited row", "a feed that went on", "an edited entry"],
)
def test_an_edit_is_a_new_version_and_counting_on_is_none(name: str, first: bytes, later: bytes, same: bool) -> None:
    one = versions(first, name=name)[0]
    two = next(item for item in versions(later, name=name) if item.report.native_id == one.report.native_id)
    assert (one.report.id == two.report.id) is same

    def series(report: Any) -> str:
        return series_id(sha256=report.sha256, publisher=report.publisher, native_id=report.native_id, url=report.url)

    assert series(one.report) == series(two.report)


def test_all_chats_of_an_account() -> None:
    chats = [
        {"name": "Un", "type": "public_channel", "id": 1, "messages": [tg(1, A)]},
        {"type": "saved_messages", "id": 2, "messages": [tg(1, B)]},
    ]
    data = (
        b'{"about": "Here is the data you requested.", "contacts": {"list": [{"name": "X", "id": 5}]}, "chats": {"about": "x", "list": '
        + made.document(*chats)
        + b"}}"
    )
    received = [item for item in items("result.json", data) if isinstance(item, Received)]
    assert [(item.report.publisher, item.report.native_id, item.report.text) for item in received] == [
        ("Un", "1/1", A),
        ("Radio Exemple", "2/1", B),
    ]


def test_the_separator_that_a_spreadsheet_program_wrote() -> None:
    for data in (
        b"sep=;\r\nbody;date\r\nPolice; no;x\r\n",
        b'\xef\xbb\xbfbody;date\r\n"Police; no";2022-01-30\r\n',
        b"body\tdate\nPolice; no\t2022-01-30\n",
    ):
        found = items("a.csv", data, text="body", published="date")
        assert [type(item) for item in found][-1] is Tally
    assert [item.report.text for item in found if isinstance(item, Received)] == ["Police; no"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("r.json", telegram(tg(1, C))),
        ("a.jsonl", lines(article(C))),
        ("a.json", made.document(article(C))),
        ("4.csv", table(fourcat(C))),
    ],
)
def test_any_encoding_of_unicode(name: str, data: bytes, encoding: str) -> None:
    found = items(name, data.decode().encode(encoding))
    assert [item.report.text for item in found if isinstance(item, Received)] == [C]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_a_mapped_field_that_no_record_has_is_told(name: str) -> None:
    found = items(
        name,
        lines({"body": A}, {"body": B}) if name == "a.jsonl" else made.document({"body": A}, {"body": B}),
        text="body",
        published="day",
    )
    assert sum(isinstance(item, Received) for item in found) == 2
    assert [item.message for item in found if isinstance(item, Problem)] == ["no record has a field 'day'"]


MOMENTS = [
    # as Python shows a moment, the day in UTC
    ("datetime.datetime(2022, 1, 30, 1, 0, tzinfo=datetime.timezone.utc)", "2022-01-30"),
    ("datetime.datetime(2022, 1, 30, 1, 0)", "2022-01-30"),
    ("datetime.datetime(2022, 1, 30, 1, 0, tzinfo=datetime.timezone(datetime.timedelta(seconds=7200)))", "2022-01-29"),
    (
        "datetime.datetime(2022, 1, 30, 23, 0, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=68400)))",
        "2022-01-31",
    ),
    ("datetime.datetime(2022, 1, 30, 1, 0, tzinfo=tzfile('/usr/share/zoneinfo/Europe/Paris'))", "2022-01-30"),
]


@pytest.mark.parametrize(("shown", "day"), MOMENTS)
def test_moments_of_the_auto_archiver_database_keep_their_zone(shown: str, day: str) -> None:
    metadata = f"{{'content': {A!r}, 'timestamp': {shown}}}"
    (report, *_) = items("a.jsonl", lines({"status": "x", "media": "[]", "metadata": metadata}))
    assert isinstance(report, Received)
    assert str(report.report.published.day) == day
