"""Files that are no text, told by their first bytes."""

from dataclasses import dataclass

from ondit.intake.encodings import looks_utf16

_SAVE_AS_TEXT = "open it in its program and save it as plain text or HTML"
_UNPACK = "unpack it and give the files inside"
_TRANSCRIBE = "give the text of it: a transcript or a description"
_EXPORT = "export what is in it as plain text"


@dataclass(frozen=True, slots=True)
class Binary:
    """A kind of file that is no text, and what to do with one."""

    what: str
    remedy: str


_MAGIC: tuple[tuple[bytes, Binary], ...] = (
    (b"%PDF-", Binary("a PDF document", "extract its text first (for example with pdftotext)")),
    (
        b"PK\x03\x04",
        Binary("a ZIP archive or an office document", "unpack it, or save the document as plain text or HTML"),
    ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Binary("an office document", _SAVE_AS_TEXT)),
    (b"{\\rtf", Binary("an RTF document", _SAVE_AS_TEXT)),
    (b"\x89PNG\r\n\x1a\n", Binary("a PNG image", _TRANSCRIBE)),
    (b"\xff\xd8\xff", Binary("a JPEG image", _TRANSCRIBE)),
    (b"GIF8", Binary("a GIF image", _TRANSCRIBE)),
    (b"RIFF", Binary("a picture, sound or film", _TRANSCRIBE)),
    (b"OggS", Binary("a sound", _TRANSCRIBE)),
    (b"ID3", Binary("a sound", _TRANSCRIBE)),
    (b"\x1f\x8b", Binary("a gzip archive", _UNPACK)),
    (b"BZh", Binary("a bzip2 archive", _UNPACK)),
    (b"\xfd7zXZ\x00", Binary("an xz archive", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Binary("a 7-Zip archive", _UNPACK)),
    (b"Rar!", Binary("a RAR archive", _UNPACK)),
    (b"\x7fELF", Binary("a program", "give a text")),
    (b"SQLite format 3\x00", Binary("a SQLite database", _EXPORT)),
)
_UNKNOWN = Binary("a binary file (it holds NUL bytes)", "give plain text or HTML")


def binary_kind(data: bytes) -> Binary | None:
    """What kind of binary file this is, None for text."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[4:8] == b"ftyp":
        return Binary("a film", _TRANSCRIBE)
    if b"\x00" in data and not looks_utf16(data):
        return _UNKNOWN
    return None
