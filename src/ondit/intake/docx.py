"""DOCX (Office Open XML, ECMA-376) → a report: the paragraphs in order, without what was deleted; comments, notes and pictures are left out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ondit.intake.archives import member_source, open_archive
from ondit.intake.formats import Format, Options, Origin, Refused, Source, make_report, too_large, warning
from ondit.intake.items import Piece, Received
from ondit.intake.moments import moment_of
from ondit.intake.posts import sound
from ondit.model import Problem

_NAME = "docx"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset(
    (f"{_MC}Fallback", *(w + tag for w in (_W, _W_STRICT) for tag in ("del", "moveFrom", "pPr", "rPr", "sectPr")))
)
_SAID = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "p": "\n"}
_TEXT = "word/document.xml"
_ABOUT = "docProps/core.xml"
_LARGEST_ABOUT = 1024 * 1024
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"


def likely(head: bytes, name: str) -> float:
    """Sure of an archive that holds a `word` folder, or whose name says so."""
    if not head.startswith(b"PK\x03\x04"):
        return 0.0
    return 0.95 if b"word/" in head or name.lower().endswith(".docx") else 0.0


def items(source: Source, options: Options) -> Iterator[Piece]:
    """The one report in the document."""
    with source.open() as stream:
        raw = stream.read(options.max_bytes + 1)
    origin = replace(options.origin, name=source.name)
    if len(raw) > options.max_bytes:
        yield too_large(origin, options.max_bytes)
        return
    with source.open() as stream, open_archive(stream, source.name) as archive:
        if _TEXT not in archive.NameToInfo:
            remedy = "open it in its program and save it as .docx again"
            yield Problem("broken-document", f"there is no {_TEXT} in it", remedy, source.name)
            return
        text = "".join(_text(member_source(archive, archive.getinfo(_TEXT), source.name), options.max_bytes))
        about = _about(archive, source.name)
    if not text.strip():
        remedy = "if it is pictures of pages, give a transcript"
        yield Problem("no-text", "there is no text in the document", remedy, source.name)
        return
    origin = replace(
        origin, title=origin.title or about.get("title", ""), author=origin.author or about.get("creator", "")
    )
    text, problems = sound(text, origin)
    made = moment_of(about.get("modified") or about.get("created"))
    if made and not origin.published:
        problems += (date_of_file_only(made, origin),)
    yield Received(make_report(raw, text, origin), raw, source.name, _NAME, problems=problems)


def date_of_file_only(made: str, origin: Origin) -> Problem:
    """A document tells when its file was made, and that is not when the text came out."""
    message = f"no day of publication is known; the file was made on {made[:10]}"
    return warning("date-of-file-only", message, f"if that is the day, give it: --published {made[:10]}", origin)


def _text(source: Source, limit: int) -> Iterator[str]:
    """The characters of the document; raises `Refused` where its XML breaks off or is hostile."""
    length = hidden = 0
    for event, element in _events(source):
        if element.tag in _LEFT_OUT:
            hidden += 1 if event == "start" else -1
        if event == "start" or hidden:
            continue
        namespace, _, tag = element.tag.rpartition("}")
        if namespace + "}" not in (_W, _W_STRICT):
            continue
        said = element.text or "" if tag == "t" else _SAID.get(tag, "")
        length += len(said)
        if length > limit:
            raise Refused(too_large(Origin(name=source.name), limit))
        yield said
        if tag in ("p", "tr", "tbl"):
            element.clear()


def _events(source: Source) -> Iterator[tuple[str, Any]]:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    with source.open() as stream:
        try:
            yield from iterparse(stream, events=("start", "end"), forbid_dtd=True)
        except DefusedXmlException as error:
            message = f"its XML holds what no document needs: {type(error).__name__}"
            raise Refused(Problem("hostile-xml", message, "ask who made the file", source.name)) from error
        except (ParseError, ValueError, LookupError) as error:
            remedy = "open it in its program and save it again"
            raise Refused(Problem("broken-document", f"its XML is broken: {error}", remedy, source.name)) from error


def _about(archive: Any, name: str) -> dict[str, str]:
    """Title, creator and times of the file; nothing when they cannot be read."""
    if _ABOUT not in archive.NameToInfo or archive.getinfo(_ABOUT).file_size > _LARGEST_ABOUT:
        return {}
    about: dict[str, str] = {}
    try:
        for event, element in _events(member_source(archive, archive.getinfo(_ABOUT), name)):
            if event == "end" and element.tag.startswith((_DC, _TERMS)):
                about[element.tag.rpartition("}")[2]] = (element.text or "").strip()
    except Refused:
        return {}
    return about


FORMAT = Format(_NAME, likely, items, suffixes=(".docx",), binary=True)
