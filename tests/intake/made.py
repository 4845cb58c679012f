"""Sources of every format, built by code: invented posts in real places. No file of another project, no big file in the repository."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from email.message import EmailMessage
from html import escape
from typing import Any

A = "Police said that a bomb killed two people in Mosul."
B = "L'armée a déclaré qu'elle avait quitté la ville de Gao."
C = "قال الجيش إن القوات انسحبت من المدينة."
POSTS = (A, B, C)
DATE = "Sat, 29 Jan 2022 23:30:00 -0300"  # the 30th in UTC


def page(text: str, *, head: str = "") -> bytes:
    return f"<!doctype html><html><head><meta charset='utf-8'><title>Titre</title>{head}</head><body><article><p>{escape(text)}</p></article></body></html>".encode()


def message(text: str = A, *, attached: Iterable[tuple[str, str, bytes]] = ()) -> bytes:
    """An e-mail; attachments as (media type, file name, bytes)."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Date"] = "Press office <press@army.example>", "desk@news.example", DATE
    mail["Subject"], mail["Message-ID"] = "Statement", "<1@army.example>"
    mail.set_content(text)
    for number, (media, name, data) in enumerate(attached):
        main, _, sub = media.partition("/")
        mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
        # A boundary of its own for each message would make other bytes each time.
        assert number < 100
    mail.is_multipart() and mail.set_boundary("=-=-=")
    return mail.as_bytes()


def pdf(*pages: str, about: str = "<< /Title (Report) /CreationDate (D:20220129180400Z) >>") -> bytes:
    """A PDF with a text layer, a line a paragraph."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, text in enumerate(pages):
        content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {resources} /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream",
        ]
    objects.append(about)
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    xref = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    trailer = (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    )
    return out + xref + trailer.encode()


def zipped(members: Mapping[str, bytes | str] | Iterable[tuple[str, bytes | str]], *, packed: bool = True) -> bytes:
    """A ZIP archive; the time of its members is always the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, data in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)
    return out.getvalue()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ABOUT = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Report</dc:title>'
    "<dc:creator>A. Writer</dc:creator><dcterms:modified>2022-01-29T18:00:00Z</dcterms:modified></cp:coreProperties>"
)


def word(*paragraphs: str) -> str:
    """The XML of a document of paragraphs; what begins with < is XML already."""
    said = (p if p.startswith("<") else f"<w:p><w:r><w:t>{escape(p)}</w:t></w:r></w:p>" for p in paragraphs)
    return f'<?xml version="1.0"?><w:document {WORD}><w:body>{"".join(said)}</w:body></w:document>'


def docx(*paragraphs: str, xml: str = "", about: str = ABOUT) -> bytes:
    return zipped(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": xml or word(*paragraphs), "docProps/core.xml": about}
    )


def tg(number: int, text: Any, **more: Any) -> dict[str, Any]:
    """One message of a Telegram export."""
    return {
        "id": number,
        "type": "message",
        "date": "2022-01-29T20:30:00",
        "date_unixtime": "1643509800",
        "from": "Radio Exemple",
        "text": text,
        **more,
    }


def telegram(*messages: Any, **more: Any) -> bytes:
    chat = {"name": "Radio Exemple", "type": "public_channel", "id": 1234, "messages": list(messages), **more}
    return json.dumps(chat, ensure_ascii=False, indent=1).encode()


def article(text: str, **more: Any) -> dict[str, Any]:
    """A record of news-please."""
    return {
        "authors": ["A. Writer"], "date_publish": "2022-01-29 23:30:00-03:00", "description": None, "language": "en", "maintext": text,
        "source_domain": "news.example", "title": "Title", "url": "https://news.example/1", **more,
    }  # fmt: skip


def fourcat(text: str, **more: Any) -> dict[str, Any]:
    """A row of 4CAT's Telegram data source, without the columns that are not read."""
    return {
        "id": "radio-1", "thread_id": "radio", "chat": "radio", "author": "77", "author_name": "", "body": text, "reply_to": "", "views": 12,
        "timestamp": "2022-01-30 02:30:00", "unix_timestamp": 1643509800, "author_forwarded_from_name": "", **more,
    }  # fmt: skip


def archived(text: str, **more: Any) -> dict[str, Any]:
    """A row of auto-archiver's sheet."""
    return {
        "Link": "https://t.me/radio/1", "Archive status": "telegram_extractor: success", "Archive location": "https://store.example/1.html",
        "Archive date": "2022-02-01T10:00:00Z", "Upload timestamp": "2022-01-30T02:30:00+00:00", "Upload title": "Title", "Text content": text, **more,
    }  # fmt: skip


def lines(*records: Any) -> bytes:
    """JSON Lines; what is a string already is put down as it is."""
    return b"".join(
        (r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)).encode("utf-8", "surrogatepass") + b"\n"
        for r in records
    )


def document(*records: Any) -> bytes:
    return json.dumps(list(records), ensure_ascii=False).encode()


def table(*rows: Mapping[str, Any], delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def post(text: str, **more: Any) -> dict[str, Any]:
    """A row with our own field names."""
    return {"text": text, "published": "2022-01-30", "publisher": "Radio", "id": "1", **more}


def rss(*entries: str, title: str = "Radio &amp; Co") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://radio.example</link>\n{''.join(entries)}</channel></rss>"
    ).encode()


def entry(text: str, number: int = 1, *, date: str = DATE) -> str:
    return (
        f"<item><title>Title {number}</title><link>https://radio.example/{number}</link><guid>g{number}</guid>"
        f"<pubDate>{date}</pubDate><description>{escape(escape(text))}</description></item>\n"
    )


def atom(*texts: str) -> bytes:
    entries = "".join(
        f'<entry><id>a{n}</id><title>T</title><link href="https://radio.example/{n}"/><updated>2022-01-30T02:30:00Z</updated>'
        f'<content type="html">{escape(escape(text))}</content></entry>'
        for n, text in enumerate(texts)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Radio</title>{entries}</feed>'.encode()


def record(
    body: bytes,
    number: int = 1,
    *,
    kind: str = "response",
    media: str = "text/html",
    status: str = "200 OK",
    **more: Any,
) -> bytes:
    """One WARC record; `headers` are more lines of the HTTP header, `length` is what it says of its length."""
    headers, http = more.get("headers", ""), b""
    if kind == "response":
        http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode()
    block = http + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\nWARC-Date: 2022-02-01T10:00:00Z\r\n"
        f"WARC-Target-URI: https://news.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {more.get('length', len(block))}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc(*texts: str) -> bytes:
    return b"".join(record(page(text), n) for n, text in enumerate(texts, start=1))


def warc_gz(*records: bytes) -> bytes:
    return b"".join(gzip.compress(r, mtime=0) for r in records)


def wacz(*records: bytes, **more: bytes | str) -> bytes:
    members = {"datapackage.json": "{}", "archive/data.warc.gz": warc_gz(*records), "indexes/index.cdx": "x", **more}
    return zipped(members, packed=False)
