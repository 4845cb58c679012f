"""Records of other tools (an object of a JSON file, a row of a table) → the fields of a post, told by the names of their fields.

- news-please: `maintext`, `date_publish`, `source_domain` …  (https://github.com/fhamborg/news-please)
- fundus: `publishing_date`, `plaintext` or `body`  (https://github.com/flairNLP/fundus)
- trafilatura: `raw_text` or `text`, `hostname`, `source` or `url`, `date`  (https://trafilatura.readthedocs.io)
- 4CAT: `id`, `thread_id`, `body`, `timestamp`; its NDJSON of Telegram: `_chat`, `message`, `date`  (https://github.com/digitalmethodsinitiative/4cat)
- auto-archiver: `link`, `archive status`, `text content` …, or `status`, `metadata`, `media`  (https://github.com/bellingcat/auto-archiver)
- posts with our own names: `text`, `published`, `publisher` …
"""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, TypeAlias

from ondit.intake.formats import Options
from ondit.intake.items import Piece, Skipped
from ondit.intake.posts import Post, received, site_of

Record: TypeAlias = Mapping[str, Any]
FIELDS = ("text", "title", "published", "publisher", "author", "url", "id", "forwarded_from", "reply_to", "edited")
"""The fields of a post that a table may have and that a mapping of columns may name."""
COUNTERS = frozenset(
    ("views", "forwards", "reactions", "replies", "likes", "num_replies", "num_likes", "retweet_count", "like_count")
)
"""Numbers that count on after a post; kept out of what its version is told by."""
_ZONE = re.compile(
    r"datetime\.timezone\(datetime\.timedelta\((?:days=(?P<days>-?\d+), )?seconds=(?P<seconds>\d+)\).*\)"
)
_TELEGRAM_FIELDS = (
    "_type",
    "id",
    "date",
    "edit_date",
    "message",
    "post_author",
    "reply_to",
    "fwd_from",
    "_chat",
    "_sender",
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: its name, the field names that tell it, how it is read, and what of it is kept as its raw form.

    `wordless` says that records without a text are common (posts of pictures): they are counted, not told as problems.
    """

    name: str
    tells: Callable[[Record], bool]
    read: Callable[[Record], Post]
    keep: Callable[[Record], Record] = lambda record: record
    wordless: bool = False


def kind_of(record: Record) -> Kind | None:
    """The kind of a record, or of a table with these columns; None when nobody knows it."""
    return next((kind for kind in KINDS if kind.tells(record)), None)


def piece_of(record: Record, kind: Kind, raw: bytes, where: str, options: Options) -> Piece:
    """The report of a record."""
    post = kind.read(record)
    if kind.wordless and not post.text.strip():
        return Skipped("posts without a text")
    return received(post, raw, where, kind.name, options)


def mapped(columns: Mapping[str, str]) -> Kind:
    """The kind of records whose fields a user names: field of ours → their name of it."""
    return Kind("posts", lambda record: columns.get("text", "") in record, lambda record: _own(record, columns))


def _own(record: Record, columns: Mapping[str, str]) -> Post:
    def field(name: str) -> Any:
        return record.get(columns.get(name, name if not columns else ""))

    return Post(
        text=_text(field("text")),
        title=_string(field("title")),
        published=field("published"),
        publisher=_string(field("publisher")),
        author=_string(field("author")),
        url=_string(field("url")),
        native_id=_string(field("id")),
        forwarded_from=_string(field("forwarded_from")),
        reply_to=_string(field("reply_to")),
        edited=field("edited"),
    )


def _news_please(record: Record) -> Post:
    url = _string(record.get("url"))
    return Post(
        text=_text(record.get("maintext") or record.get("text")),
        title=_string(record.get("title")),
        published=record.get("date_publish"),
        publisher=_string(record.get("source_domain")).removeprefix("www.") or site_of(url),
        author=_names(record.get("authors")),
        url=url,
        edited=record.get("date_modify"),
        retrieved=record.get("date_download"),
    )


def _fundus(record: Record) -> Post:
    html = record.get("html")
    page: Record = html if isinstance(html, dict) else {}
    source = page.get("source_info")
    url = _string(record.get("url") or page.get("responded_url") or page.get("requested_url"))
    return Post(
        text=_text(record.get("plaintext")) or _body(record.get("body")),
        title=_string(record.get("title")),
        published=record.get("publishing_date"),
        publisher=_string(source.get("publisher") if isinstance(source, dict) else "") or site_of(url),
        author=_names(record.get("authors")),
        url=url,
        retrieved=page.get("crawl_date"),
    )


def _body(value: object) -> str:
    """The text of fundus' article body: summary, then sections of a headline and paragraphs."""
    if not isinstance(value, dict):
        return _text(value)
    parts = _strings(value.get("summary"))
    sections = value.get("sections")
    for section in sections if isinstance(sections, list) else ():
        if isinstance(section, dict):
            parts += _strings(section.get("headline")) + _strings(section.get("paragraphs"))
    return "\n\n".join(part for part in parts if part.strip())


def _trafilatura(record: Record) -> Post:
    url = _string(record.get("url") or record.get("source"))
    return Post(
        text=_text(record.get("text") or record.get("raw_text")),
        title=_string(record.get("title")),
        published=record.get("date"),
        publisher=_string(record.get("sitename") or record.get("source-hostname") or record.get("hostname"))
        or site_of(url),
        author=_names(record.get("author")),
        url=url,
    )


def _fourcat(record: Record) -> Post:
    thread = _string(record.get("thread_id"))
    text = _text(record.get("body"))
    title = _string(record.get("subject") or record.get("title"))
    return Post(
        text=text,
        title=title,
        # `timestamp` is the local time of the machine that collected in some data sources; the other one is not.
        published=record.get("unix_timestamp") or record.get("timestamp"),
        publisher=_string(record.get("chat")) or _string(record.get("author_username") or record.get("author")),
        author=_string(record.get("author_name") or record.get("author_fullname") or record.get("author")),
        url=_string(record.get("url") or record.get("post_url") or record.get("link")),
        native_id=_string(record.get("id")),
        forwarded_from=_string(
            record.get("author_forwarded_from_name") or record.get("author_forwarded_from_username")
        ),
        reply_to=_fourcat_reply(record, thread),
        edited=record.get("unix_timestamp_edited") or record.get("timestamp_edited"),
    )


def _fourcat_reply(record: Record, thread: str) -> str:
    reply = _string(record.get("reply_to") or record.get("replied_id") or record.get("in_reply_to"))
    telegram = thread and _string(record.get("id")).startswith(
        f"{thread}-"
    )  # its ids are <chat>-<number>, its replies the number
    return f"{thread}-{reply}" if reply and telegram else reply


def _fourcat_telegram(record: Record) -> Post:
    chat, sender = _object(record.get("_chat")), _object(record.get("_sender"))
    forward, reply = _object(record.get("fwd_from")), _object(record.get("reply_to"))
    username = _string(chat.get("username"))
    place = username or _string(chat.get("id"))
    number, answered = _string(record.get("id")), _string(reply.get("reply_to_msg_id"))
    return Post(
        text=_text(record.get("message")),
        published=record.get("date"),
        publisher=_string(chat.get("title")) or place,
        author=_string(record.get("post_author"))
        or " ".join(_strings([sender.get("first_name"), sender.get("last_name")])),
        url=f"https://t.me/{username}/{number}" if username and number else "",
        native_id=f"{place}/{number}" if number else "",
        forwarded_from=_string(forward.get("from_name"))
        or _string(_object(_object(record.get("_forward")).get("_chat")).get("title")),
        reply_to=f"{place}/{answered}" if answered else "",
        edited=record.get("edit_date"),
    )


def _auto_archiver(record: Record) -> Post:
    low = {key.strip().lower(): value for key, value in record.items() if isinstance(key, str)}
    return Post(
        text=_text(low.get("text content") or low.get("text")),
        title=_string(low.get("upload title") or low.get("title")),
        published=low.get("upload timestamp") or low.get("timestamp"),
        url=_string(low.get("link") or low.get("url")),
        retrieved=low.get("archive date"),
    )


def _auto_archiver_database(record: Record) -> Post:
    told = _literal(_string(record.get("metadata")))
    return Post(
        text=_text(told.get("content") or told.get("text")),
        title=_string(told.get("title")),
        published=told.get("timestamp"),
        author=_string(told.get("author")),
        url=_string(told.get("url")),
        retrieved=told.get("_processed_at"),
    )


def _literal(source: str) -> Record:
    """A dictionary as Python shows it, with moments as `datetime.datetime(…)`: nothing in it is run."""
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    if not isinstance(tree, ast.Dict):
        return {}
    pairs = zip(tree.keys, tree.values, strict=True)
    return {
        key.value: _value(value) for key, value in pairs if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def _value(node: ast.expr) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "datetime.datetime":
        numbers = [n.value for n in node.args if isinstance(n, ast.Constant) and isinstance(n.value, int)]
        zone = next((ast.unparse(k.value) for k in node.keywords if k.arg == "tzinfo"), "datetime.timezone.utc")
        try:
            moment = datetime(*numbers[:6])  # type: ignore[arg-type]
            offset = _offset(zone)
            # In a zone that is not understood the day is as good as it gets.
            return moment.date().isoformat() if offset is None else moment.replace(tzinfo=timezone(offset)).isoformat()
        except (TypeError, ValueError, OverflowError):
            return None
    return None


def _offset(zone: str) -> timedelta | None:
    """The offset of a time zone as Python shows it, None when it is none that says so."""
    if zone == "datetime.timezone.utc":
        return timedelta(0)
    found = _ZONE.fullmatch(zone)
    return timedelta(days=int(found["days"] or 0), seconds=int(found["seconds"])) if found else None


def _object(value: object) -> Record:
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> list[str]:
    return (
        [part for part in value if isinstance(part, str)]
        if isinstance(value, list)
        else [value]
        if isinstance(value, str)
        else []
    )


def _names(value: object) -> str:
    return ", ".join(_strings(value))


def _text(value: object) -> str:
    """The characters of a text; a number is none."""
    return value if isinstance(value, str) else ""


def _string(value: object) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _has(*names: str) -> Callable[[Record], bool]:
    return lambda record: all(name in record for name in names)


def _is_auto_archiver(record: Record) -> bool:
    names = {key.strip().lower() for key in record if isinstance(key, str)}
    return "link" in names and bool(names & {"archive status", "archive location", "archive date"})


def _is_trafilatura(record: Record) -> bool:
    return ("text" in record or "raw_text" in record) and any(
        n in record for n in ("hostname", "source-hostname", "sitename", "fingerprint")
    )


def _is_fundus(record: Record) -> bool:
    return "publishing_date" in record and ("plaintext" in record or "body" in record)


def _without_counters(record: Record) -> Record:
    return {key: value for key, value in record.items() if key not in COUNTERS}


def _telegram_fields(record: Record) -> Record:
    return {key: record[key] for key in _TELEGRAM_FIELDS if key in record}


KINDS = (
    Kind("4cat-telegram", _has("_chat", "message", "date"), _fourcat_telegram, _telegram_fields, wordless=True),
    Kind("4cat", _has("id", "thread_id", "body", "timestamp"), _fourcat, _without_counters, wordless=True),
    Kind("news-please", _has("maintext"), _news_please),
    Kind("news-please", _has("date_publish", "source_domain", "text"), _news_please),
    Kind("fundus", _is_fundus, _fundus),
    Kind("trafilatura", _is_trafilatura, _trafilatura),
    Kind("auto-archiver", _is_auto_archiver, _auto_archiver, wordless=True),
    Kind("auto-archiver", _has("status", "metadata", "media"), _auto_archiver_database, wordless=True),
    Kind("posts", _has("text"), lambda record: _own(record, {})),
)
"""The kinds that are known, the most particular first."""
