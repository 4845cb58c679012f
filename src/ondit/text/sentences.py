"""Paragraphs and sentences. A closed quotation inside a sentence is one piece of it, however many sentences it holds."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

from ondit.model import Quotation, Span
from ondit.text.signs import before_signs, behind_signs, links_in, opens_with_link

# Begins with one of a few characters and looks back at it, so that the search goes from one to the next. A script without capitals
# shows that a sentence begins right behind a stop by a word of some length; what stands before the stop is looked at below.
_ARABIC = r"[\u0621-\u0652]"
_SIGN = "[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"  # an emoji right behind the stop
_END = re.compile(
    rf"[.!?…؟\n](?:(?<!\n)[.!?…؟]*[\"'”’»)\]]*(?=\s|$|{_SIGN})|(?<=[.!?])(?=[A-ZÀ-Þ«“][\w’'])"
    rf"|(?<=[.!?؟])(?=\(?{_ARABIC}{{3}})|(?<=\n)\n*)"
)
_OPENING = '"«“„'
_CLOSING = " \t\u00a0\u202f\"'”’»)]"  # "… ! »": French puts a space before the mark
_WORD_BEFORE = re.compile(r"([^\s(«“\"'’]+)$")


_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_NUMBER = re.compile(r"\d{1,2}")
_SPELLED = re.compile(rf"(?:^|\.){_ARABIC}{{1,2}}")  # the end of an acronym: "سي.إن.إن"


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """Lines with something in them, without the white space around it."""
    spans = []
    for match in re.finditer(r"[^\r\n\u2028\u2029]+", text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        stop = match.end() - (len(line) - len(line.rstrip()))
        if stop > start:
            spans.append(Span(start, stop))
    return tuple(spans)


def find_sentences(
    text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation], abbreviations: Collection[str] = ()
) -> tuple[Span, ...]:
    """Sentences in text order, without emoji and bullets around them; `abbreviations` are folded and without their final stop ("gén", "mr")."""
    top = [q for q in quotations if q.depth == 0]
    sentences: list[Span] = []
    index = 0
    for paragraph in paragraphs:
        while index < len(top) and top[index].outer.stop <= paragraph.start:
            index += 1
        inside = []
        while index < len(top) and top[index].outer.start < paragraph.stop:
            inside.append(top[index].outer)
            index += 1
        sentences.extend(_split(text, paragraph, inside, abbreviations))
    return tuple(sentences)


def _split(text: str, paragraph: Span, quotations: Sequence[Span], abbreviations: Collection[str]) -> list[Span]:
    cuts = []
    index = 0
    links = links_in(text, paragraph.start, paragraph.stop)
    for match in _END.finditer(text, paragraph.start, paragraph.stop):
        at, cut = match.start(), match.end()
        before = bisect_left(links, (at,)) - 1
        if before >= 0 and at < links[before][1]:
            continue  # a stop inside an address
        while index < len(quotations) and quotations[index].stop <= at:
            index += 1
        if index < len(quotations) and quotations[index].start <= at:
            if text[cut : quotations[index].stop].strip(_CLOSING):
                continue  # inside a quotation
            cut = max(cut, quotations[index].stop)
        if _ends_sentence(text, at, cut, paragraph, abbreviations):
            cuts.append(cut)
    spans = []
    start = paragraph.start
    for cut in [*cuts, paragraph.stop]:
        start = behind_signs(text, start, cut)
        stop = before_signs(text, start, cut)
        if stop > start:
            spans.append(Span(start, stop))
        start = cut
    return spans


def _ends_sentence(text: str, at: int, cut: int, paragraph: Span, abbreviations: Collection[str]) -> bool:
    rest = text[cut : cut + 12].lstrip(" \t\u00a0\u202f")
    if not rest or opens_with_link(text, text.index(rest, cut)):
        return True
    first = rest.lstrip("\"'“‘«‹([-–—* \u00a0")[:1] or rest[0]
    if first.islower() or rest[0] in ",;:)…":
        return False
    if text[at:cut] == ".." and rest[0] in _OPENING:  # "A local official said.. “…”": no end, a pause
        return False
    if text[at] != "." or (cut - at > 1 and text[at:cut].count(".") > 1):
        return True
    word = _WORD_BEFORE.search(text, max(paragraph.start, at - 24), at)
    if word is None:
        return True
    name = word.group(1)
    if at - len(name) <= behind_signs(text, paragraph.start, at) and _NUMBER.fullmatch(name):
        return False  # "1. Three soldiers …": the number of a point
    folded = name.lower()
    if folded in abbreviations or (cut == at + 1 and not text[cut].isspace() and _SPELLED.fullmatch(name[-3:])):
        return False
    # An initial ("J. Smith") or the inner stops of "U.S." before a name.
    return not ((len(name) == 1 and name.isupper()) or _INITIALS.fullmatch(name) is not None)
