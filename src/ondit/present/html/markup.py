"""Small pieces of HTML, everything escaped."""

import re
from collections.abc import Iterable
from html import escape

# Characters that HTML cannot carry, that would hide text from the reader, or that write it in another order than it stands in (overrides of direction).
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")
_BLANKS = re.compile(r"\s+")


def visible(value: str) -> str:
    """Text in which control characters and overrides of direction show as U+FFFD, one for one, so that offsets stay true."""
    return _UNPRINTABLE.sub("\ufffd", value)


def text(value: object) -> str:
    """Escaped text, everything in it visible."""
    return escape(visible(str(value)), quote=True)


def tag(name: str, *inside: str, **attributes: object) -> str:
    """An element; attributes are escaped, `None` and False are left out, `class_` is class, `data_x` is data-x."""
    pairs = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        name_ = key.rstrip("_").replace("_", "-")
        pairs.append(f" {name_}" if value is True else f' {name_}="{text(value)}"')
    return f"<{name}{''.join(pairs)}>{''.join(inside)}</{name}>"


def classes(*names: str | bool) -> str | None:
    """The names that are there, for a class attribute."""
    return " ".join(n for n in names if isinstance(n, str) and n) or None


def own_direction(value: str, name: str = "bdi", **attributes: object) -> str:
    """Text from a report in its own direction, whatever stands around it."""
    return tag(name, text(value), dir="auto", **attributes)


def shorten(value: str, length: int) -> str:
    """One line, cut in the middle when it is long: both ends of a passage tell what it is."""
    if len(value) > 4 * length:
        value = value[: 2 * length] + value[-2 * length :]
    value = _BLANKS.sub(" ", value).strip()
    if len(value) <= length:
        return value
    head = length * 2 // 3
    return f"{value[:head].rstrip()} … {value[-(length - head - 3) :].lstrip()}"


def join(pieces: Iterable[str], between: str = "") -> str:
    """The pieces that are not empty."""
    return between.join(piece for piece in pieces if piece)
