"""Malformed and hostile inputs, at least ten a format: how each is broken, what is said of it and where, and the good items that arrive all the same.

All of it is built by code when the tests run. Before and behind every bad source stands a good one, which must arrive, too.
"""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from ondit.intake import Fetched, Options, Received, Source, Tally, take_in_all
from ondit.intake.formats import Fetch
from ondit.model import Problem
from tests.intake import made
from tests.intake.made import A, B, C, article, entry, fourcat, lines, page, post, record, table, telegram, tg

SMALL = 100_000  # bytes that one report may have in these tests: what is too large need not be large


@dataclass(frozen=True)
class Bad:
    """How a source is broken, its name and bytes, what is said (code and place), and the texts that arrive from it."""

    how: str
    name: str
    make: Callable[[], bytes]
    says: str
    where: str = ""  # behind the name of the source
    good: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    fetch: Fetch | None = None


ODD_MESSAGE = (
    b"From: a@b.example\nDate: "
    + made.DATE.encode()
    + b"\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=X\n\n"
    b"--X\nContent-Type: text/plain; charset=utf-8\n\n" + A.encode() + b"\n--X\nContent-Type: message/rfc822\n\n"
    b'From: c@d.example\nContent-Type: multipart/mixed; boundary="\xc3\xa9"\n\n--\xc3\xa9\n\nhello\n--\xc3\xa9--\n\n'
    b"--X\nContent-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; filename=z.txt\n\nBehind the odd one.\n--X--\n"
)


def bad(
    how: str, name: str, make: Callable[[], bytes] | bytes, says: str, where: str = "", *good: str, **more: object
) -> Bad:
    return Bad(how, name, make if callable(make) else lambda: make, says, where, good, **more)  # type: ignore[arg-type]


def cut(data: bytes, share: float = 1.0, *, less: int = 0) -> bytes:
    return data[: int(len(data) * share) - less]


def swap(data: bytes, old: str | bytes, new: str | bytes) -> bytes:
    old, new = (x.encode() if isinstance(x, str) else x for x in (old, new))
    assert old in data, "nothing is broken"
    return data.replace(old, new, 1)


def nested(times: int) -> bytes:
    data, name = A.encode(), "a.txt"
    for _ in range(times):
        data, name = made.zipped({name: data}), "inner.zip"
    return data


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def pdf_bomb() -> bytes:
    import zlib

    packed = zlib.compress(b"0 0 Td " * 3_000_000)
    body = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    whole = made.pdf(A)
    start = whole.index(b"<< /Length", whole.index(b"5 0 obj"))
    return whole[:start] + body + packed + whole[whole.index(b"\nendstream", start) :]


def damaged_member() -> bytes:
    data = made.wacz(*TWO_PAGES)
    return flipped(data, data.index(b"archive/data.warc.gz") + 45)


def twice() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return made.zipped([("a.txt", A), ("a.txt", B)])


def linked() -> bytes:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", A)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>"  # fmt: skip
TWO_PAGES = (record(page(A), 1), record(page(B), 2))
ZIP_FLAGS = made.zipped({"a.txt": A, "b.txt": B})
LOCKED = ZIP_FLAGS.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00", 1).replace(
    b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00", 1
)

PLAIN = [
    bad("nothing in it", "a.txt", b"", "empty-input"),
    bad("white space only", "a.txt", b" \r\n\t\n ", "empty-input"),
    bad("a byte-order mark and nothing else", "a.txt", b"\xef\xbb\xbf", "empty-input"),
    bad("NUL bytes in the middle", "a.txt", b"Police said\x00\x01\x02\x00 that", "binary-input"),
    bad("a picture under the name of a text", "a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "binary-input"),
    bad("a film under the name of a text", "a.txt", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64, "binary-input"),
    bad("an old office document", "a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64, "binary-input"),
    bad("a database", "a.txt", b"SQLite format 3\x00" + b"\x00" * 64, "binary-input"),
    bad("a program", "a.txt", b"\x7fELF\x02\x01\x01" + b"\x00" * 64, "binary-input"),
    bad("a compressed text", "a.txt", lambda: gzip.compress(A.encode()), "binary-input"),
    bad("one line without end", "a.txt", b"Police said. " * 20_000, "too-large"),
    bad("cut off in the middle of a character", "a.txt", B.encode()[:13], "broken-characters", "", B.encode()[:13].decode("utf-8", "replace")),
    bad("bytes of a code page", "a.txt", B.encode("cp1252"), "guessed-encoding", "", B),
    bad("UTF-16 with half a surrogate pair", "a.txt", b"\xff\xfe" + A.encode("utf-16-le") + b"\x3d\xd8", "broken-characters", "", A + "\ufffd"),
    bad("UTF-16 with a NUL character", "a.txt", b"\xff\xfe" + (A + "\0").encode("utf-16-le"), "broken-characters", "", A + "\ufffd"),
    bad("UTF-32 beyond the last character", "a.txt", b"\xff\xfe\x00\x00" + A.encode("utf-32-le") + b"\xff\xff\xff\xff", "broken-characters", "", A + "\ufffd"),
]  # fmt: skip

HTML = [
    bad("no article", "a.html", b"<html><body><img src=a.jpg></body></html>", "no-text-in-page"),
    bad("loaded by a script", "a.html", b"<html><body><div id=root></div><script>load()</script></body></html>", "no-text-in-page"),
    bad("nothing but the doctype", "a.html", b"<!doctype html>", "no-text-in-page"),
    bad("a million tags", "a.html", lambda: b"<html><body>" + b"<b>" * 30_000, "broken-page"),
    bad("a hundred thousand tags side by side", "a.html", lambda: b"<html><body>" + b"<i></i>" * 14_000, "no-text-in-page"),
    bad("larger than a report", "a.html", lambda: page(A * 3_000), "too-large"),
    bad("cut off in a tag", "a.html", b"<html><head><meta charset=utf-8><titl", "no-text-in-page"),
    bad("says UTF-8 and is Windows-1252", "a.html", page(B).decode().encode("cp1252"), "guessed-encoding", "", B),
    bad("says an encoding that is none", "a.html", page(B).replace(b"utf-8", b"klingon").decode().encode("cp1252"), "guessed-encoding", "", B),
    bad("broken UTF-8 in the article", "a.html", swap(page(B * 9), "déclaré", b"d\xe9clar\xc3\xa9"), "broken-characters", "", (B * 9).replace("é", "\ufffd", 2).replace("\ufffd", "é", 1)),
    bad("a comment that never ends", "a.html", b"<html><body><!-- " + A.encode(), "no-text-in-page"),
    bad("a style that never ends", "a.html", b"<html><body><style> " + A.encode(), "no-text-in-page"),
    bad("entities that blow up", "a.html", lambda: LAUGHS.encode() + b"<html><body>&j;</body></html>", "no-text-in-page"),
]  # fmt: skip

EML = [
    bad("no header", "a.eml", A.encode(), "broken-message"),
    bad("NUL bytes instead of a message", "a.eml", b"\x00" * 200, "binary-input"),
    bad("no text and nothing attached", "a.eml", made.message(""), "no-text"),
    bad("a date that is none", "a.eml", swap(made.message(), made.DATE, "Sometime last week"), "unreadable-date", "", A),
    bad("a date in the year 99999", "a.eml", swap(made.message(), "2022", "99999"), "unreadable-date", "", A),
    bad("an unknown character set in a header", "a.eml", swap(swap(made.message(), "Statement", "=?klingon?b?4oKs?="), made.DATE, "x"), "unreadable-date", "", A),
    bad("says UTF-8 and is Windows-1252", "a.eml", b"From: a@b.example\nDate: x\nSubject: s\nContent-Type: text/plain; charset=utf-8\n\n" + B.encode("cp1252"), "guessed-encoding", "", B),
    bad("an attached message with an impossible boundary, and a good file behind it", "a.eml", ODD_MESSAGE, "broken-message", " attachment 1", A, "Behind the odd one."),
    bad("base64 that is none", "a.eml", b"From: a@b.example\nSubject: s\nContent-Transfer-Encoding: base64\n\n====", "no-text"),
    bad("a boundary that never comes", "a.eml", b"From: a@b.example\nSubject: s\nContent-Type: multipart/mixed; boundary=x\n\n", "no-report"),
    bad("a broken attachment beside a good one", "a.eml", made.message(A, attached=[("application/pdf", "x.pdf", b"%PDF-1.4 no more"), ("text/plain", "b.txt", B.encode())]), "broken-document", " attachment 1 (x.pdf)", A, B),
    bad("a locked archive attached", "a.eml", made.message(A, attached=[("application/zip", "x.zip", LOCKED)]), "locked-archive", " attachment 1 (x.zip)/a.txt", A, B),
    bad("archives in archives in archives attached", "a.eml", lambda: made.message(A, attached=[("application/zip", "x.zip", nested(5))]), "too-deep", " attachment 1 (x.zip)/inner.zip/inner.zip/inner.zip", A),
    bad("a picture said to be a text attached", "a.eml", made.message(A, attached=[("text/plain", "x.txt", b"\x89PNG\r\n\x1a\n")]), "binary-input", " attachment 1 (x.txt)", A),
    bad("six hundred attachments", "a.eml", lambda: b"From: a@b.example\nSubject: s\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: image/png\n\n\n" * 600, "too-many-parts"),
    bad("larger than a report", "a.eml", lambda: made.message(A * 3_000), "too-large"),
    bad("multiparts nested a thousand deep", "a.eml", lambda: b"From: a@b.example\nSubject: s\n" + b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(1_000)), "unreadable-input"),
]  # fmt: skip

PDF = [
    bad("the mark and nothing behind it", "a.pdf", b"%PDF-1.7\n", "broken-document"),
    bad("cut off after a third", "a.pdf", cut(made.pdf(A), 0.3), "broken-document"),
    bad("a scan: no text layer", "a.pdf", made.pdf(""), "no-text-layer"),
    bad("no pages", "a.pdf", made.pdf(), "no-text-layer"),
    bad("garbage behind the mark", "a.pdf", b"%PDF-1.4\n" + bytes(range(1, 256)) * 20, "broken-document"),
    bad("no catalogue", "a.pdf", swap(made.pdf(A), "/Type /Catalog /Pages 2 0 R", "/Type /Nothing"), "broken-document"),
    bad("a page tree that is its own child", "a.pdf", swap(made.pdf(A), "/Kids [4 0 R]", "/Kids [2 0 R]"), "broken-document"),
    bad("one page of two has a filter that does not exist", "a.pdf", swap(made.pdf(A, B), f"/Length {len(B) + 31}", f"/Filter /Magic /Length {len(B) + 31}"), "page-not-read", " page 2", A),
    bad("a stream that unpacks to gigabytes", "a.pdf", pdf_bomb, "page-not-read", " page 1"),
    bad("a filter that does not exist", "a.pdf", lambda: swap(made.pdf(A), "/Length 8", "/Filter /Magic /Length 8"), "page-not-read", " page 1"),
    bad("locked with a password", "a.pdf", swap(made.pdf(A), "/Root 1 0 R", "/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -4 >> /ID [<00> <00>]"), "locked-document"),
    bad("larger than a report", "a.pdf", lambda: made.pdf(A) + b"\n" * SMALL, "too-large"),
    bad("a date in the year 99999", "a.pdf", made.pdf(A, about="<< /CreationDate (D:99999) >>"), "", "", A),
    bad("only the day when the file was made", "a.pdf", made.pdf(A), "date-of-file-only", "", A),
]  # fmt: skip


DOCX = [
    bad("cut off", "a.docx", cut(made.docx(A), 0.7), "broken-archive"),
    bad("no document in it", "a.docx", made.zipped({"word/other.xml": "<x/>"}), "broken-document"),
    bad("its XML breaks off", "a.docx", made.docx(xml=made.word(A)[:-30]), "broken-document"),
    bad("its XML is none", "a.docx", made.docx(xml="Police said"), "broken-document"),
    bad("entities that blow up", "a.docx", made.docx(xml=LAUGHS + made.word("&j;")), "hostile-xml"),
    bad("an entity that reads a file", "a.docx", made.docx(xml='<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>' + made.word("&f;")), "hostile-xml"),
    bad("a document type", "a.docx", made.docx(xml='<!DOCTYPE x SYSTEM "http://example.org/x.dtd">' + made.word(A)), "hostile-xml"),
    bad("fifty megabytes of spaces", "a.docx", lambda: made.docx(xml=made.word(A) + " " * 50_000_000), "archive-bomb"),
    bad("a text larger than a report", "a.docx", lambda: made.docx(*[A] * 3_000), "too-large"),
    bad("no text", "a.docx", made.docx(""), "no-text"),
    bad("only what was deleted", "a.docx", made.docx("<w:p><w:del><w:r><w:t>gone</w:t></w:r></w:del></w:p>"), "no-text"),
    bad("a damaged member", "a.docx", lambda: flipped(made.docx(A), made.docx(A).index(b"word/document.xml") + 40), "broken-"),
    bad("broken facts about the file", "a.docx", made.docx(A, about="<x"), "", "", A),
    bad("only the day when the file was made", "a.docx", made.docx(A), "date-of-file-only", "", A),
]  # fmt: skip

THREE = [tg(1, A), tg(2, B), tg(3, C)]
TELEGRAM = [
    bad("cut off in the third message", "result.json", cut(telegram(*THREE), 0.85), "broken-json", " item 3", A, B),
    bad("cut off behind the last message", "result.json", cut(telegram(*THREE), less=3), "broken-json", " item 4", A, B, C),
    bad("NaN in the second message", "result.json", swap(telegram(*THREE), '"id": 2', '"id": NaN'), "broken-json", " item 2", A),
    bad("a comma too few", "result.json", swap(telegram(*THREE), '"id": 2,', '"id": 2'), "broken-json", " item 2", A),
    bad("lists inside each other without end", "result.json", swap(telegram(*THREE), '"id": 3', '"x": ' + "[" * 5_000), "broken-json", " item 3", A, B),
    bad("a line break in a string", "result.json", swap(telegram(*THREE), "army" if "army" in B else "L'arm", "L'\narm"), "broken-json", " item 2", A),
    bad("a message larger than a report", "result.json", lambda: telegram(tg(1, A), tg(2, B * 3_000), tg(3, C)), "too-large", " item 2", A, C),
    bad("a text that is a number", "result.json", telegram(tg(1, A), tg(2, 5), tg(3, C)), "broken-record", " item 2", A, C),
    bad("a list of texts with a number in it", "result.json", telegram(tg(1, A), tg(2, ["a", 5]), tg(3, C)), "broken-record", " item 2", A, C),
    bad("a message without text or media", "result.json", telegram(tg(1, A), tg(2, ""), tg(3, C)), "no-text", " item 2", A, C),
    bad("a message that is a string", "result.json", telegram(tg(1, A), "hello", tg(3, C)), "broken-record", " item 2", A, C),
    bad("a date in the year 99999", "result.json", telegram(tg(1, A, date_unixtime="30935279808000")), "unreadable-date", " item 1", A),
    bad("a date that is a list", "result.json", telegram(tg(1, A, date_unixtime=["x"])), "unreadable-date", " item 1", A),
    bad("half a character", "result.json", swap(telegram(tg(1, A + "@"), tg(2, B)), "@", "\\ud83d"), "broken-characters", "", A + "\ufffd", B),
    bad("broken UTF-8", "result.json", swap(telegram(tg(1, A + "@"), tg(2, B)), b"@", b"\xc3("), "broken-characters", "", A + "\ufffd(", B),
    bad("a NUL character", "result.json", telegram(tg(1, A + "\x00"), tg(2, B)), "broken-characters", " item 1", A + "\ufffd", B),
    bad("says UTF-16 and is cut in a character", "result.json", cut(telegram(*THREE).decode().encode("utf-16"), less=1), "broken-", " item 4", A, B, C),
    bad("no times in UTC", "result.json", telegram({k: v for k, v in tg(1, A).items() if k != "date_unixtime"}), "local-time", "", A),
    bad("no messages", "result.json", telegram(), "no-report"),
    bad("only service messages", "result.json", telegram({"id": 1, "type": "service", "action": "pin_message"}), "no-report"),
]  # fmt: skip

FOURCAT = [
    bad("a line that breaks off", "4cat.ndjson", lines(fourcat(A), '{"id": "radio-2", "body', fourcat(C)), "broken-json", ":2", A, C),
    bad("cut off in the last line", "4cat.ndjson", cut(lines(fourcat(A), fourcat(B)), less=20), "broken-json", ":2", A),
    bad("a line that is a list", "4cat.ndjson", lines(fourcat(A), "[1, 2]", fourcat(C)), "broken-json", ":2", A, C),
    bad("a line of NUL bytes", "4cat.ndjson", lines(fourcat(A)) + b"\x00\x00\x00\n" + lines(fourcat(C)), "binary-input"),
    bad("a line of unknown fields", "4cat.ndjson", lines(fourcat(A), {"source_platform": "x", "data": {}}, fourcat(C)), "unknown-record", ":2", A, C),
    bad("a line larger than a report", "4cat.ndjson", lambda: lines(fourcat(A), fourcat(B * 3_000), fourcat(C)), "too-large", ":2", A, C),
    bad("lists inside each other without end", "4cat.ndjson", lambda: lines(fourcat(A), '{"body": ' + "[" * 50_000, fourcat(C)), "broken-json", ":2", A, C),
    bad("a number of five thousand digits", "4cat.ndjson", lambda: lines(fourcat(A), '{"id": ' + "9" * 5_000 + "}", fourcat(C)), "broken-json", ":2", A, C),
    bad("a date in the year 99999", "4cat.ndjson", lines(fourcat(A, unix_timestamp=30935279808000)), "unreadable-date", ":1", A),
    bad("half a character", "4cat.ndjson", lines(fourcat(A), json.dumps(fourcat("x\ud83d"))), "broken-characters", ":2", A, "x\ufffd"),
    bad("broken UTF-8", "4cat.ndjson", swap(lines(fourcat(A + "@"), fourcat(B)), b"@", b"\xff"), "broken-characters", "", A + "\ufffd", B),
    bad("a table with a row too short", "4cat.csv", table(fourcat(A)) + b"radio-2,radio\r\n" + table(fourcat(C)).split(b"\r\n")[1] + b"\r\n", "broken-row", ":3", A, C),
    bad("a table with a date that is none", "4cat.csv", table(fourcat(A, unix_timestamp="", timestamp="yesterday"), fourcat(C)), "unreadable-date", ":2", A, C),
    bad("a table of pictures only", "4cat.csv", table(fourcat("")), "no-report"),
]  # fmt: skip

FEED = [
    bad("cut off in the third entry", "a.xml", cut(made.rss(entry(A, 1), entry(B, 2), entry(C, 3)), 0.9), "broken-feed", " entry 3", A, B),
    bad("cut off behind the last entry", "a.xml", cut(made.rss(entry(A, 1), entry(B, 2)), less=16), "broken-feed", " entry 2", A),
    bad("entities that blow up", "a.xml", swap(made.rss(entry("&j;")), "<rss", LAUGHS + "<rss"), "hostile-xml"),
    bad("an entity that reads a file", "a.xml", swap(made.rss(entry("&f;")), "<rss", '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><rss'), "hostile-xml"),
    bad("an entity in a feed of Atom", "a.atom", b'<!DOCTYPE feed [<!ENTITY x "y">]>' + made.atom(A), "hostile-xml"),
    bad("no entries", "a.xml", made.rss(), "no-report"),
    bad("an entry without text and title", "a.xml", made.rss(entry(A), "<item><link>https://radio.example/2</link></item>", entry(C, 3)), "no-text", " entry 2", A, C),
    bad("a date in the year 99999", "a.xml", made.rss(entry(A, date="Sat, 29 Jan 99999 23:30:00 GMT"), entry(B, 2)), "unreadable-date", " entry 1", A, B),
    bad("a date that may be two days", "a.xml", made.rss(entry(A, date="03/04/2021")), "unreadable-date", " entry 1", A),
    bad("a date that is none", "a.xml", made.rss(entry(A, date="soon")), "unreadable-date", " entry 1", A),
    bad("a bare ampersand", "a.xml", swap(made.rss(entry(A), entry(B, 2)), "Title 1", "This & that"), "broken-feed", "", A, B),
    bad("a tag that is never closed", "a.xml", swap(made.rss(entry(A), entry(B, 2)), "Title 1</title>", "Title 1</titel>"), "broken-feed", "", B),
    bad("control characters", "a.xml", swap(made.rss(entry(A), entry(B, 2)), "Title 1", "T\x01"), "broken-feed", "", A, B),
    bad("larger than a report: one entry", "a.xml", lambda: made.rss(entry(A), entry(B * 3_000, 2), entry(C, 3)), "too-large", " entry 2", A, C),
    bad("the root alone", "a.xml", b"<rss", "broken-feed", " entry 1"),
]  # fmt: skip

ARTICLES = [
    bad("a list that breaks off", "a.json", cut(made.document(article(A), article(B), article(C)), 0.9), "broken-json", " item 3", A, B),
    bad("a list that ends with a comma", "a.json", swap(made.document(article(A), article(B)), "}]", "},]"), "broken-json", " item 3", A, B),
    bad("a string in the list", "a.json", made.document(article(A), "x", article(C)), "broken-record", " item 2", A, C),
    bad("unknown fields", "a.json", made.document(article(A), {"foo": 1}, article(C)), "unknown-record", " item 2", A, C),
    bad("an article without text", "a.json", made.document(article(A), article(""), article(C)), "no-text", " item 2", A, C),
    bad("a text that is a list", "a.json", made.document(article(A), article("", maintext=["x"]), article(C)), "no-text", " item 2", A, C),
    bad("an item larger than a report", "a.json", lambda: made.document(article(A), article(B * 3_000), article(C)), "too-large", " item 2", A, C),
    bad("one string of megabytes", "a.json", lambda: b'[{"text": "' + b"x" * 3_000_000, "broken-json", " item 1"),
    bad("braces without end", "a.json", lambda: made.document(article(A))[:-1] + b", " + b'{"a": ' * 5_000, "broken-json", " item 2", A),
    bad("brackets without end", "a.json", lambda: b'[{"text": "' + A.encode() + b'"}, ' + b"[" * 50_000, "broken-json", " item 2", A),
    bad("single quotes", "a.json", b"[{'maintext': 'x'}]", "broken-json", " item 1"),
    bad("an impossible day", "a.json", made.document(article(A, date_publish="2022-02-31")), "unreadable-date", " item 1", A),
    bad("a day in the year 99999", "a.json", made.document(article(A, date_publish="99999-01-01")), "unreadable-date", " item 1", A),
    bad("a number beyond all numbers as date", "a.json", swap(made.document(article(A, date_publish="@")), '"@"', "1e999"), "unreadable-date", " item 1", A),
    bad("fundus: a body that is a number", "f.jsonl", lines({"publishing_date": "2022-01-30", "body": 5}, {"publishing_date": "2022-01-30", "plaintext": B}), "no-text", ":1", B),
    bad("fundus: sections that are strings", "f.jsonl", lines({"publishing_date": "2022-01-30", "body": {"summary": [A], "sections": ["x"]}}, "{"), "broken-json", ":2", A),
    bad("trafilatura: no text", "t.jsonl", lines({"hostname": "news.example", "text": None}, {"hostname": "news.example", "text": B}), "no-text", ":1", B),
    bad("trafilatura: a line of something else", "t.jsonl", lines({"hostname": "news.example", "text": A}, "Traceback (most recent call last):"), "broken-json", ":2", A),
    bad("an object that breaks off", "a.json", b'{"maintext": "Police said', "broken-json", " item 1"),
    bad("an empty list", "a.json", b"[]", "no-report"),
]  # fmt: skip

MAPPED = {"text": "body", "published": "date"}


def csv(*rows: str, header: str = "body,date") -> bytes:
    return "\n".join([header, *rows, ""]).encode()


TABLE = [
    bad("no column is the text", "a.csv", csv("a,b", header="x,y"), "no-column-mapping"),
    bad("the column of the mapping is not there", "a.csv", csv("a,b", header="x,y"), "no-such-column", columns=MAPPED),
    bad("the field of the mapping is none", "a.csv", csv("a,b"), "no-such-field", columns={"content": "body"}),
    bad("a mapping without the text", "a.csv", csv("a,b"), "no-column-mapping", columns={"published": "date"}),
    bad("a cell too few", "a.csv", csv(f"{A},2022-01-30", "short", f"{C},2022-01-30"), "broken-row", ":3", A, C, columns=MAPPED),
    bad("a cell too many", "a.csv", csv(f"{A},2022-01-30", "a,b,c", f"{C},2022-01-30"), "broken-row", ":3", A, C, columns=MAPPED),
    bad("a quotation mark that is never closed", "a.csv", csv(f"{A},2022-01-30", '"open,2022-01-30', f"{C},2022-01-30"), "broken-row", ":3", A, C, columns=MAPPED),
    bad("characters behind a closing quotation mark", "a.csv", csv(f"{A},2022-01-30", '"x"y,2022-01-30', f"{C},2022-01-30"), "broken-row", ":3", A, C, columns=MAPPED),
    bad("cut off in the last row", "a.csv", cut(csv(f"{A},2022-01-30", f'"{B}",2022-01-30'), less=15), "broken-row", ":3", A, columns=MAPPED),
    bad("a row without text", "a.csv", csv(f"{A},2022-01-30", ",2022-01-30", f"{C},2022-01-30"), "no-text", ":3", A, C, columns=MAPPED),
    bad("a day that may be two", "a.csv", csv(f"{A},03/04/2021"), "unreadable-date", ":2", A, columns=MAPPED),
    bad("a day in the year 99999", "a.csv", csv(f"{A},99999-01-01"), "unreadable-date", ":2", A, columns=MAPPED),
    bad("a line larger than a report", "a.csv", lambda: csv(f"{A},2022-01-30", B * 3_000 + ",x", f"{C},2022-01-30"), "broken-row", ":3", A, C, columns=MAPPED),
    bad("a cell as long as a spreadsheet allows", "a.csv", lambda: csv("x" * 32_767 + ",2022-01-30"), "cut-off-cell", ":2", "x" * 32_767, columns=MAPPED),
    bad("an id rounded by a spreadsheet", "a.csv", table(post(A, id="1.48E+18")), "mangled-id", ":2", A),
    bad("bytes of a code page", "a.csv", csv(f"{B},2022-01-30").decode().encode("cp1252"), "guessed-encoding", "", B, columns=MAPPED),
    bad("broken UTF-8", "a.csv", swap(csv(f"{B},2022-01-30", f"{C},2022-01-30"), "ville", b"vi\xffle"), "broken-characters", "", B.replace("ville", "vi\ufffdle"), C, columns=MAPPED),
    bad("the header alone", "a.csv", csv(), "no-report", columns=MAPPED),
    bad("empty lines", "a.csv", b"\n\n\n", "broken-table"),
    bad("a formula stays what it is", "a.csv", csv('"=HYPERLINK(""http://x.example"")",soon'), "unreadable-date", ":2", '=HYPERLINK("http://x.example")', columns=MAPPED),
]  # fmt: skip

WARC = [
    bad("cut off in the second record", "a.warc", cut(b"".join(TWO_PAGES), 0.9), "broken-archive", " record 2", A),
    bad("cut off in the second record, compressed", "a.warc.gz", cut(made.warc_gz(*TWO_PAGES), 0.9), "broken-archive", " record 2", A),
    bad("cut off in the head of a record", "a.warc", TWO_PAGES[0] + TWO_PAGES[1][:60], "broken-archive", " record 2", A),
    bad("junk between records", "a.warc", TWO_PAGES[0] + b"junk\r\n\r\n" * 9 + TWO_PAGES[1], "broken-archive", " record 2", A, B),
    bad("junk between compressed records", "a.warc.gz", made.warc_gz(TWO_PAGES[0]) + b"junk" * 99 + made.warc_gz(TWO_PAGES[1]), "broken-archive", " record 2", A, B),
    bad("a damaged compressed record", "a.warc.gz", lambda: made.warc_gz(TWO_PAGES[0]) + flipped(made.warc_gz(TWO_PAGES[0]), 60) + made.warc_gz(TWO_PAGES[1]), "broken-archive", " record 2", A, B),
    bad("more than a hundred damaged places", "a.warc", lambda: record(page(C), 3, length=-5) * 130 + TWO_PAGES[1], "broken-archive", "" ),
    bad("a length that is negative", "a.warc", TWO_PAGES[0] + record(page(C), 3, length=-5) + TWO_PAGES[1], "broken-archive", " record 2", A, B),
    bad("a length that is no number", "a.warc", TWO_PAGES[0] + record(page(C), 3, length="many") + TWO_PAGES[1], "broken-archive", " record 2", A, B),
    bad("a length that swallows the next record", "a.warc", record(page(C), 3, length=90_000) + TWO_PAGES[1], "broken-archive", " record 1", B),
    bad("a page that unpacks to a hundred megabytes", "a.warc", lambda: record(gzip.compress(b"a" * 100_000_000), 3, headers="Content-Encoding: gzip\r\n") + TWO_PAGES[1], "too-large", " record 1", B),
    bad("a page whose packing is damaged", "a.warc", lambda: record(flipped(gzip.compress(page(C)), 30), 3, headers="Content-Encoding: gzip\r\n") + TWO_PAGES[1], "broken-record", " record 1", B),
    bad("a page larger than a report", "a.warc", lambda: record(page(C * 3_000), 3) + TWO_PAGES[1], "too-large", " record 1", B),
    bad("a page of thirty thousand open tags", "a.warc", lambda: record(b"<html><body>" + b"<b>" * 30_000, 3) + TWO_PAGES[1], "broken-page", " record 1", B),
    bad("only pictures", "a.warc", record(b"\x89PNG", media="image/png"), "no-report"),
    bad("the first line alone", "a.warc", b"WARC/1.0\r\n", "broken-archive", " record 1"),
    bad("a compressed file that is no archive", "a.warc.gz", lambda: gzip.compress(A.encode()), "broken-archive", " record 1"),
]  # fmt: skip

WACZ = [
    bad("cut off", "a.wacz", cut(made.wacz(*TWO_PAGES), 0.8), "broken-archive"),
    bad("no archive in it", "a.wacz", made.zipped({"datapackage.json": "{}"}), "broken-archive"),
    bad("an archive of junk", "a.wacz", made.zipped({"datapackage.json": "{}", "archive/data.warc": b"WARC/1.0 junk\r\n\r\njunk"}), "broken-archive", "/archive/data.warc record 1"),
    bad("a damaged record in it", "a.wacz", lambda: made.zipped({"archive/data.warc.gz": made.warc_gz(TWO_PAGES[0]) + flipped(made.warc_gz(TWO_PAGES[0]), 60) + made.warc_gz(TWO_PAGES[1])}), "broken-archive", "/archive/data.warc.gz record 2", A, B),
    bad("a damaged member", "a.wacz", damaged_member, "broken-archive", "/archive/data.warc.gz"),
    bad("a name that leads out of it", "a.wacz", made.wacz(*TWO_PAGES, **{"archive/../../x.warc": b"x"}), "unsafe-path", "/archive/../../x.warc", A, B),
    bad("an empty archive beside a good one", "a.wacz", made.wacz(*TWO_PAGES, **{"archive/more.warc": b""}), "empty-input", "/archive/more.warc", A, B),
    bad("a text beside a good archive, said to be one", "a.wacz", made.wacz(*TWO_PAGES, **{"archive/more.warc.gz": b"\x00\x01\x02\x00"}), "binary-input", "/archive/more.warc.gz", A, B),
    bad("a member that unpacks to fifty megabytes", "a.wacz", lambda: made.zipped({"archive/a.warc.gz": made.warc_gz(*TWO_PAGES), "archive/b.warc": b"WARC/1.0\r\n" + b" " * 50_000_000}), "archive-bomb", "/archive/b.warc", A, B),
    bad("a locked member", "a.wacz", swap(swap(made.wacz(*TWO_PAGES), made.wacz()[:8], made.wacz()[:8]), b"PK\x01\x02", b"PK\x01\x09"), "broken-archive"),
]  # fmt: skip


AUTO_ARCHIVER = [
    bad("a row too short", "aa.csv", table(made.archived(A)) + b"https://t.me/radio/2,ok\r\n", "broken-row", ":3", A),
    bad("a row too long", "aa.csv", table(made.archived(A)).rstrip() + b"\r\na,b,c,d,e,f,g,h\r\n", "broken-row", ":3", A),
    bad("a quotation mark that is never closed", "aa.csv", table(made.archived(A)) + b'"https://t.me/radio/2,ok\r\n', "broken-row", ":3", A),
    bad("only films without a text", "aa.csv", table(made.archived("")), "no-report"),
    bad("a time that is none", "aa.csv", table(made.archived(A, **{"Upload timestamp": "3 days ago"})), "unreadable-date", ":2", A),
    bad("a time in the year 99999", "aa.csv", table(made.archived(A, **{"Upload timestamp": "99999-01-01T00:00:00"})), "unreadable-date", ":2", A),
    bad("half a character's bytes", "aa.csv", swap(table(made.archived(B), made.archived(C)), "ville", b"vi\xe9le"), "broken-characters", "", B.replace("ville", "vi\ufffdle"), C),
    bad("bytes of a code page", "aa.csv", table(made.archived(B)).decode().encode("cp1252"), "guessed-encoding", "", B),
    bad("a row larger than a report", "aa.csv", lambda: table(made.archived(A), made.archived(B * 3_000), made.archived(C)), "broken-row", ":3", A, C),
    bad("its database: a record that is code", "db.csv", table({"status": "x", "metadata": "__import__('os').system('true')", "media": "[]"}), "no-report"),
    bad("its database: a record that breaks off", "db.csv", table({"status": "x", "metadata": "{'content': 'Pol", "media": "[]"}), "no-report"),
    bad("its database: brackets without end", "db.csv", lambda: table({"status": "x", "metadata": "[" * 9_000, "media": "[]"}, {"status": "x", "metadata": str({"content": A, "timestamp": "soon"}), "media": ""}), "unreadable-date", ":3", A),
]  # fmt: skip


def serve(address: str) -> Fetched | Problem:
    pages = {"https://a.example/": page(A), "https://c.example/": page(C), "https://list.example/": b"https://127.0.0.1/\nhttps://a.example/\n",
             "https://empty.example/": b"", "https://film.example/": b"\x00\x00\x00\x18ftypmp42", "https://feed.example/": cut(made.rss(entry(A), entry(B, 2)), 0.9)}  # fmt: skip
    if address not in pages:
        return Problem("not-reached", "the site does not answer", "try again later", address)
    return Fetched(address, pages[address], "2022-02-01T10:00:00Z")


def far(*bad_lines: str) -> bytes:
    """Broken lines behind the first 64 kB, by which the format is told."""
    return b"https://a.example/\n" + b"# x\n" * 17_000 + "\n".join([*bad_lines, "https://c.example/"]).encode()


def urls(*bad_lines: str) -> bytes:
    return "\n".join(["https://a.example/", *bad_lines, "https://c.example/"]).encode()


ADDRESSES = [
    bad("nobody has agreed to fetch", "list.urls", urls(), "fetch-needs-consent"),
    bad("one address, nobody has agreed", "https://a.example/", b"https://a.example/\n", "fetch-needs-consent"),
    bad("a site that does not answer", "list.urls", urls("https://gone.example/"), "not-reached", ":2", A, C, fetch=serve),
    bad("a page that lists other addresses", "list.urls", urls("https://list.example/"), "fetch-needs-consent", ":2", A, C, fetch=serve),
    bad("an empty page", "list.urls", urls("https://empty.example/"), "empty-input", ":2", A, C, fetch=serve),
    bad("a film", "list.urls", urls("https://film.example/"), "binary-input", ":2", A, C, fetch=serve),
    bad("a feed that breaks off", "list.urls", urls("https://feed.example/"), "broken-feed", ":2 entry 2", A, A, C, fetch=serve),
    bad("behind the first 64 kB, a line that is none", "list.urls", lambda: far("not an address"), "no-address", ":17002", A, C, fetch=serve),
    bad("behind the first 64 kB, a file of the machine", "list.urls", lambda: far("file:///etc/passwd"), "no-address", ":17002", A, C, fetch=serve),
    bad("behind the first 64 kB, a line of NUL", "list.urls", lambda: far("https://a\x00.example/"), "not-reached", ":17002", A, C, fetch=serve),
    bad("behind the first 64 kB, a line without end", "list.urls", lambda: far("https://" + "a" * 50_000), "no-address", ":17002", A, C, fetch=serve),
]  # fmt: skip

ZIP = [
    bad("cut off", "a.zip", cut(made.zipped({"a.txt": A}), less=10), "broken-archive"),
    bad("the mark and nothing behind it", "a.zip", b"PK\x03\x04", "broken-archive"),
    bad("nothing in it", "a.zip", made.zipped({}), "no-report"),
    bad("a name that leads out of it", "a.zip", made.zipped({"a.txt": A, "../b.txt": B, "c.txt": C}), "unsafe-path", "/../b.txt", A, C),
    bad("an absolute name", "a.zip", made.zipped({"a.txt": A, "/etc/b.txt": B}), "unsafe-path", "//etc/b.txt", A),
    bad("an absolute name of another system", "a.zip", made.zipped({"a.txt": A, "C:\\b.txt": B}), "unsafe-path", "/C:\\b.txt", A),
    bad("two members of one name", "a.zip", twice, "unsafe-path", "/a.txt", A),
    bad("a symbolic link", "a.zip", linked, "unsafe-path", "/link.txt", A),
    bad("a member that unpacks to fifty megabytes", "a.zip", lambda: made.zipped({"a.txt": A, "b.jsonl": b"{" + b" " * 50_000_000, "c.txt": C}), "archive-bomb", "/b.jsonl", A, C),
    bad("a member larger than a report", "a.zip", lambda: made.zipped({"a.txt": A, "b.txt": B * 3_000}, packed=False), "too-large", "/b.txt", A),
    bad("archives in archives in archives", "a.zip", lambda: nested(6), "too-deep", "/inner.zip" * 4),
    bad("a damaged member", "a.zip", flipped(ZIP_FLAGS, 37), "broken-archive", "/a.txt", B),
    bad("a locked member", "a.zip", LOCKED, "locked-archive", "/a.txt", B),
    bad("a table of contents that lies", "a.zip", swap(ZIP_FLAGS, b"PK\x01\x02", b"PK\x01\x09"), "broken-archive"),
    bad("a spreadsheet", "a.xlsx", made.zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "binary-input"),
    bad("a broken JSON beside a good text", "a.zip", made.zipped({"a.txt": A, "b.jsonl": lines(article(B), "{")}), "broken-json", "/b.jsonl:2", A, B),
]  # fmt: skip


FORMATS = {
    "plain text": PLAIN, "HTML": HTML, "e-mail": EML, "PDF": PDF, "DOCX": DOCX, "Telegram": TELEGRAM, "4CAT": FOURCAT, "feed": FEED, "articles": ARTICLES,
    "table": TABLE, "WARC": WARC, "WACZ": WACZ, "auto-archiver": AUTO_ARCHIVER, "addresses": ADDRESSES, "ZIP": ZIP,
}  # fmt: skip
ALL = [(name, case) for name, cases in FORMATS.items() for case in cases]


@pytest.mark.parametrize(("format_", "case"), ALL, ids=[f"{name}: {case.how}" for name, case in ALL])
def test_what_is_broken_is_told_and_what_is_good_arrives(format_: str, case: Bad) -> None:
    before, behind = Source.of_bytes("before.txt", b"Before it."), Source.of_bytes("behind.txt", b"Behind it.")
    source = Source.of_bytes(case.name, case.make())
    items = list(
        take_in_all([before, source, behind], Options(columns=case.columns, fetch=case.fetch, max_bytes=SMALL))
    )
    received = [item for item in items if isinstance(item, Received)]
    assert [item.report.text for item in received if item.where in ("before.txt", "behind.txt")] == [
        "Before it.",
        "Behind it.",
    ]
    texts = [item.report.text.strip() for item in received if item.where not in ("before.txt", "behind.txt")]
    assert texts == list(case.good)
    said = [
        problem
        for item in items
        for problem in ([item] if isinstance(item, Problem) else getattr(item, "problems", ()))
    ]
    if not case.says:
        return
    assert (case.says, case.name + case.where) in [
        (case.says if p.code.startswith(case.says) else p.code, p.where) for p in said
    ]
    assert all(problem.remedy for problem in said)
    assert [item.where for item in items if isinstance(item, Tally)] == ["before.txt", case.name, "behind.txt"]


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= 200
    assert all(len(cases) >= 10 for cases in FORMATS.values())
    assert len({(name, case.how) for name, case in ALL}) == len(ALL)
