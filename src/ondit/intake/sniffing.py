"""Which format an input is in, and the one way in for bytes and for text."""

from collections.abc import Iterable

from ondit.intake.binary import binary_kind
from ondit.intake.formats import Format, Origin, Taken, error, make_report, warning
from ondit.model import Problem
from ondit.plugins import INTAKE, load, plugins
from ondit.settings import Settings

_HEAD = 4096


def take_in(data: bytes, origin: Origin | None = None, *, settings: Settings | None = None) -> Taken:
    """The report in an input, or None, and what went wrong.

    The format is the one of the entry-point group `ondit.intake` that is surest of the first bytes.
    """
    origin = origin or Origin()
    refusal = _refusal(data, origin, settings or Settings())
    if refusal is not None:
        return None, (refusal,)
    head = data[:_HEAD]
    chosen = max(_formats(), key=lambda f: (f.likely(head, origin.name), f.name), default=None)
    if chosen is None or chosen.likely(head, origin.name) <= 0:
        return None, (error("unknown-format", "no reader knows this format", "save it as plain text or HTML", origin),)
    return chosen.take_in(data, origin)


def take_in_text(text: str, origin: Origin | None = None) -> Taken:
    """The report of a text that is already decoded; its bytes are its UTF-8."""
    origin = origin or Origin()
    problems: list[Problem] = []
    data = text.encode("utf-8", "surrogatepass")
    if any("\ud800" <= c <= "\udfff" for c in text):
        text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
        remedy = "decode the text again from its bytes; each broken character stands as U+FFFD"
        problems.append(
            warning("broken-characters", "the text holds halves of characters (lone surrogates)", remedy, origin)
        )
    if not text.strip():
        return None, (_empty(origin),)
    return make_report(data, text, origin), tuple(problems)


def _formats() -> Iterable[Format]:
    return [load(plugin, Format) for plugin in plugins(INTAKE)]


def _refusal(data: bytes, origin: Origin, settings: Settings) -> Problem | None:
    """Why an input is not even looked at by a format, if so."""
    if not data:
        return _empty(origin)
    if len(data) > settings.max_bytes:
        size = f"{len(data) / 1_048_576:.0f} MB, more than the limit of {settings.max_bytes / 1_048_576:.0f} MB"
        return error("too-large", f"the input has {size}", "split it into one file a report", origin)
    kind = binary_kind(data)
    if kind is not None:
        return error("binary-input", f"this is {kind.what}, not text", kind.remedy, origin)
    return None


def _empty(origin: Origin) -> Problem:
    return error("empty-input", "there is nothing in it", "check that the file was saved or downloaded in full", origin)
