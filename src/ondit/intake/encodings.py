"""Bytes → characters: byte-order marks, UTF-8, UTF-16, then the Windows code pages, saying so."""

import codecs
import unicodedata
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PROBE = 4096
_SHORTEST = 4  # bytes from which on a text can be told to be UTF-16
_BEYOND_ASCII = 0x80
_PLAUSIBLE = 0.9  # share of letters, digits, marks and spaces that makes a probe a text
_ARTICLE_1256 = b"\xc7\xe1"  # the Arabic article in Windows-1256: in any Arabic text, hardly ever in Windows-1251
_FEW = 0.1  # broken sequences for each sound one, up to which bytes are damaged UTF-8 rather than a code page


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the encoding they were read in, whether that was declared or certain, and how many bytes were broken."""

    text: str
    encoding: str
    sure: bool = True
    broken: int = 0


def decode(data: bytes, declared: str = "") -> Decoded:
    """The characters of `data`.

    `declared` is what a page says of itself; a byte-order mark and sound UTF-8 count more.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], encoding)
    if (wide := _unmarked_utf16(data)) is not None:
        return _tolerant(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if declared and (read := _as_declared(data, declared)) is not None:
        return read
    return _damaged_utf8(data) or _code_page(data)


def looks_utf16(data: bytes) -> bool:
    """Whether the NUL bytes are halves of UTF-16 or UTF-32 characters."""
    return data.startswith(tuple(mark for mark, _ in _MARKS[1:])) or _unmarked_utf16(data) is not None


def _tolerant(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, broken=text.count("\ufffd"))


def _as_declared(data: bytes, declared: str) -> Decoded | None:
    try:
        name = codecs.lookup(declared).name
        # Pages that say Latin-1 mean Windows-1252, as every browser knows.
        return Decoded(data.decode("cp1252" if name in ("iso8859-1", "ascii") else name), declared)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _unmarked_utf16(data: bytes) -> str | None:
    head = data[: _PROBE - _PROBE % 2]
    if b"\x00" not in head or len(head) < _SHORTEST:
        return None
    shares = {
        name: _share_of_text(head[: len(head) // 2 * 2].decode(name, "replace")) for name in ("utf-16-le", "utf-16-be")
    }
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _PLAUSIBLE else None


def _share_of_text(text: str) -> float:
    """Characters of the scripts below U+2FFF (so that Latin read in the wrong order, which looks Chinese, does not count)."""
    sound = sum(1 for c in text if c in "\t\n\r" or (c < "\u2fff" and unicodedata.category(c)[0] in "LNPSZM"))
    return sound / len(text) if text else 0.0


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 that was cut or damaged in a few places."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = len(data) - len(text)  # continuation bytes: at least one for each sound character beyond ASCII
    cut_off = broken == 1 and text.endswith("\ufffd") and data[-1] >= _BEYOND_ASCII and sound > 0
    return Decoded(text, "utf-8", broken=broken) if cut_off or broken <= _FEW * sound else None


def _likely_pages(data: bytes, *, latin: bool) -> tuple[str, ...]:
    if latin:
        return ("cp1252",)
    return ("cp1256",) if _ARTICLE_1256 in data else ("cp1251", "cp1256")


def _code_page(data: bytes) -> Decoded:
    letters = sum(data.count(bytes([b])) for b in (*range(65, 91), *range(97, 123)))
    high = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    for page in _likely_pages(data, latin=letters >= high):
        try:
            return Decoded(data.decode(page), page, sure=False)
        except UnicodeDecodeError:
            continue
    return Decoded(data.decode("latin-1"), "latin-1", sure=False)
