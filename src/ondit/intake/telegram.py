"""Telegram Desktop's `result.json` (a chat, or all chats) → a report a post.

The shape is that of https://core.telegram.org/import-export: chats with `name`, `type`, `id` and `messages`; a message's `text` is a string or
a list of strings and entities. A forward names the channel it comes from and no id: `forwarded_from` is a weak key.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ondit.intake.formats import Format, Options, Source
from ondit.intake.items import Piece, Received, Skipped
from ondit.intake.json_items import JsonBreak, Oversize, Path, canonical, walk
from ondit.intake.posts import Post, received
from ondit.model import Problem, Severity

_NAME = "telegram"
_MESSAGES = re.compile(rb'"messages"\s*:\s*\[')
_CHAT = re.compile(
    rb'"type"\s*:\s*"(?:(?:public|private)_(?:channel|supergroup|group)|personal_chat|bot_chat|saved_messages)"'
)
_EXPORT = re.compile(rb'\s*\{\s*"about"\s*:\s*"Here is the data you requested')
_OF_A_CHAT = (
    ("messages", "[]"),
    ("chats", "list", "[]", "messages", "[]"),
    ("left_chats", "list", "[]", "messages", "[]"),
)
_MEDIA = (
    "media_type",
    "photo",
    "file",
    "poll",
    "location_information",
    "contact_information",
    "sticker_emoji",
    "game_title",
)


def likely(head: bytes, _name: str) -> float:
    """Sure of a chat with messages and of a whole export."""
    head = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"")
    sure = _EXPORT.match(head) or (
        head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and _CHAT.search(head) and _MESSAGES.search(head)
    )
    return 1.0 if sure else 0.0


def items(source: Source, options: Options) -> Iterator[Piece]:
    """The posts of all chats, in the order of the file."""
    chat: dict[str, Any] = {}
    number, local_time, told = 0, False, True
    try:
        for path, value in walk(source, _is_message, limit=options.max_bytes):
            if isinstance(value, Problem):
                yield value
            elif _is_message(path):
                number, told = number + 1, True
                where = f"{source.name} item {number}"
                piece = _piece(value, chat, where, options)
                yield piece
                local_time = local_time or (isinstance(piece, Received) and not value.get("date_unixtime"))
            elif path[-1] in ("name", "type", "id") and (*path[:-1], "messages", "[]") in _OF_A_CHAT:
                if told:  # the messages of the chat before are over
                    chat.clear()
                    told = False
                chat[path[-1]] = value
    except JsonBreak as end:
        yield broken_off(source.name, number, end)
    if local_time:
        yield _local_time(source.name)


def broken_off(name: str, number: int, end: JsonBreak) -> Problem:
    """The problem of a JSON document that breaks off after item `number`."""
    message = f"the JSON breaks off at byte {end.at}: {end.reason}; what stands before was read"
    return Problem("broken-json", message, "export it again, or mend it at that place", f"{name} item {number + 1}")


def _is_message(path: Path) -> bool:
    return path in _OF_A_CHAT


def _piece(message: Any, chat: Mapping[str, Any], where: str, options: Options) -> Piece:
    if isinstance(message, Oversize):
        return Problem(
            "too-large", f"a message of more than {message.limit / 1_048_576:.0f} MB", "look at the export", where
        )
    if not isinstance(message, dict):
        return Problem("broken-record", "the message is no JSON object", "export the chat again", where)
    if message.get("type") == "service":
        return Skipped("service messages")
    text = _text(message.get("text"))
    if text is None:
        return Problem("broken-record", "the text of the message is no text", "export the chat again", where)
    if not text.strip() and any(message.get(key) for key in _MEDIA):
        return Skipped("posts of media without a caption")
    message.pop("reactions", None)  # they count on after the post: with them each export would make a new version of it
    raw = canonical({**chat, "messages": [message]})
    return received(_post(message, text, chat), raw, where, _NAME, options)


def _post(message: Mapping[str, Any], text: str, chat: Mapping[str, Any]) -> Post:
    name, sender = _string(chat.get("name")), _string(message.get("from"))
    reply = message.get("reply_to_message_id")
    return Post(
        text=text,
        published=message.get("date_unixtime") or message.get("date"),
        publisher=name or sender,
        author=_string(message.get("author")) or (sender if sender != name else ""),
        native_id=_native_id(chat, message.get("id")),
        forwarded_from=_string(message.get("forwarded_from")) or _string(message.get("saved_from")),
        reply_to=_native_id(chat, reply, peer=message.get("reply_to_peer_id")) if reply is not None else "",
        edited=message.get("edited_unixtime") or message.get("edited"),
    )


def _native_id(chat: Mapping[str, Any], number: object, *, peer: object = None) -> str:
    """Numbers of messages are unique in a chat only."""
    if isinstance(number, bool) or not isinstance(number, int | str):
        return ""
    place = peer or chat.get("id")
    return f"{place}/{number}" if isinstance(place, int | str) and place else str(number)


def _text(value: object) -> str | None:
    """The characters of a text: a string, or a list of strings and entities; None when it is neither."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return _string(value.get("text"))
    if isinstance(value, list):
        parts = [_text(part) for part in value]
        return None if None in parts else "".join(part or "" for part in parts)
    return None


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _local_time(name: str) -> Problem:
    message = "the export has no times in UTC; the days are those of the computer that made it"
    remedy = "export with a newer Telegram Desktop; posts around midnight may be a day off"
    return Problem("local-time", message, remedy, name, severity=Severity.WARNING)


FORMAT = Format(_NAME, likely, items, suffixes=(".json",), many=True)
