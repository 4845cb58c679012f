"""The plain surface of a text: what mails, PDFs, web pages and channels lay over its words is smoothed, with the way back to every character.

A text is received with line ends, spaces, invisible marks, ligatures, markdown, entities and links of many habits, and broken into lines by
mail programs and PDFs. Reading works on one habit; what it finds is shown in the text as it was received. Knows no language: the letters that
one language takes for others are a setting of its pack.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ondit.text.wrapping import line_joins

_Edit = tuple[int, int, str]  # first and last offset in the source, and what stands there instead


@dataclass(frozen=True, slots=True)
class Step:
    """Edits in text order, as where they are in the source and where what they leave is in the view."""

    sources: tuple[tuple[int, int], ...]
    views: tuple[tuple[int, int], ...]
    stops: tuple[int, ...]  # of the views, to look offsets up in

    def start(self, at: int) -> int:
        """Where in the source the character at an offset of the view begins."""
        before = bisect_right(self.stops, at)
        if before < len(self.views) and self.views[before][0] <= at:
            return self.sources[before][0]
        return at + self.sources[before - 1][1] - self.stops[before - 1] if before else at

    def stop(self, at: int) -> int:
        """Where in the source the character before an offset of the view ends."""
        last = at - 1
        before = bisect_right(self.stops, last)
        if before < len(self.views) and self.views[before][0] <= last:
            return self.sources[before][1]
        return self.start(last) + 1

    def view(self, at: int) -> int:
        """The offset in the view of an offset in the source; what was taken away is where the next character is."""
        before = bisect_right(self.sources, at, key=lambda source: source[1])
        if before < len(self.sources) and self.sources[before][0] <= at:
            return self.views[before][0]
        return at + self.stops[before - 1] - self.sources[before - 1][1] if before else at


@dataclass(frozen=True, slots=True)
class Surface:
    """A smoothed text and the steps that led to it, the first one first."""

    text: str
    steps: tuple[Step, ...] = ()

    def source_span(self, start: int, stop: int) -> tuple[int, int]:
        """Where in the source the characters `[start, stop)` stand; marks around them are left out, marks inside are not."""
        empty = stop <= start
        for step in reversed(self.steps):
            start, stop = step.start(start), stop if empty else step.stop(stop)
        return start, start if empty else stop

    def view_offset(self, at: int) -> int:
        """The offset in the smoothed text of an offset in the source."""
        for step in self.steps:
            at = step.view(at)
        return at


def smooth(text: str, letters: Mapping[str, str] | None = None, idle: re.Pattern[str] | None = None) -> Surface:
    """The plain surface of a text; `letters` are those that a language takes for others ("ک" for "ك"), one for one, `idle` what is no part of a report.

    >>> smooth("« Tirs » à  **Gao** &amp; Ménaka").text
    '« Tirs » à Gao & Ménaka'
    """
    plain = text.translate(_SAME_LENGTH | str.maketrans(dict(letters or {})))
    if "„" in plain:
        plain = _LOW_QUOTES.sub("“\\1”", plain)
    steps = []
    passes = (_marks, _markup, *([_taken_away(idle)] if idle else ()), _spaces, line_joins)
    for edits_of in passes:
        if edits := list(edits_of(plain)):
            plain, step = _edited(plain, edits)
            steps.append(step)
    return Surface(plain, tuple(steps))


# Spaces of every width, line ends that nobody types, hyphens that look like the one on the keyboard.
_SAME_LENGTH: dict[int, int | str | None] = {
    **dict.fromkeys((0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " "),
    **dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n"),
    **dict.fromkeys((0x2010, 0x2011, 0x2212, 0xFE63), "-"),
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # full-width forms
}
_LOW_QUOTES = re.compile(r"„([^„“”\n]{1,2000})“")
_ARABIC_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06df\u06e2"
_ARABIC_MARK = re.compile(f"[{_ARABIC_MARKS}]+")
# The signs stay with their letter. At the head of a word an "u" is kept: it alone tells "is announced" from "announces".
_VOWELLED = re.compile(f"(?<!\\w)\\w?\\w\u064f|(?P<letter>[^\\W\\d_])[{_ARABIC_MARKS}]+")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]+"
)
_STRETCHED = re.compile(r"(?<=\w)\u0640+(?=\w)")  # "1445 هـ" keeps its own
_COMPOSED = re.compile(f"[^\\W\\d_][\u0300-\u036f\u0653-\u0655][\u0300-\u036f{_ARABIC_MARKS}]*")
# Ligatures, letters in the shape they have inside a word, and those of mathematics that channels write headlines with.
_SHAPED = re.compile("[\ufb00-\ufb06\ufb50-\ufdef\ufe80-\ufefc\U0001d400-\U0001d7ff]+")


def _marks(text: str) -> Iterator[_Edit]:
    """What is no letter or not the usual one: invisible marks, vowel signs, letters in two pieces, ligatures."""
    if text.isascii():
        return
    composed = [(*m.span(), _compose(m.group())) for m in _COMPOSED.finditer(text)]
    yield from composed
    done = {edit[0] for edit in composed}
    for m in _VOWELLED.finditer(text):
        if m.group("letter") and m.start() not in done:
            yield *m.span(), m.group("letter")
    for pattern in (_UNSEEN, _STRETCHED):
        yield from ((*m.span(), "") for m in pattern.finditer(text))
    yield from ((*m.span(), unicodedata.normalize("NFKC", m.group())) for m in _SHAPED.finditer(text))


def _compose(letters: str) -> str:
    return _ARABIC_MARK.sub("", unicodedata.normalize("NFC", letters))


_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d?);")
_LINK = re.compile(
    r"(?P<image>!)?\[(?P<words>[^\[\]\n]{1,300})\]"
    r"\((?:https?://|www\.|mailto:|/|#)[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?: \"[^\"\n]{0,200}\")?\)"
)
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!|>~])")
_STRONG = re.compile(r"(?P<mark>\*\*|__|~~)(?=[^\s*_~])(?P<words>[^\n]{1,400}?)(?<=[^\s*_~])(?P=mark)")
_EMPHASIS = re.compile(r"(?<![\w*_])(?P<mark>[*_])(?=[^\s*_])(?P<words>[^*_\n]{1,300}?)(?<=[^\s*_])(?P=mark)(?![\w*_])")
_LINE_MARK = re.compile(r"^ *(?:(?:> ?)+|#{1,6} +(?=\S))", re.MULTILINE)
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[`´](?=[^\W\d_])")
_ADDRESS = re.compile(r"(?:https?://|www\.|(?:t\.me|t\.co|bit\.ly|pic\.twitter\.com|youtu\.be)/)[^\s<>]+")
_BEHIND_SENTENCE = re.compile(r"(?:[.!?…؟»”\"]|[^\W]…) *$")


def _markup(text: str) -> Iterator[_Edit]:
    """Markdown, entities, and addresses that stand behind a sentence: words of a machine, not of who reports."""
    found: list[_Edit] = []
    for needed, edits_of in _MARKUP:
        if needed in text:
            found += edits_of(text)
    found.sort(key=lambda edit: (edit[0], -edit[1]))
    reached = 0
    for edit in found:
        if edit[0] >= reached:
            yield edit
            reached = edit[1]


def _entities(text: str) -> Iterator[_Edit]:
    for match in _ENTITY.finditer(text):
        plain = html.unescape(match.group()).translate(_SAME_LENGTH)
        if plain.isprintable() and plain != match.group():
            yield *match.span(), plain


def _links(text: str) -> Iterator[_Edit]:
    for match in _LINK.finditer(text):
        start, stop = match.span("words")
        if match.group("image"):
            yield *match.span(), ""
        else:
            yield match.start(), start, ""
            yield stop, match.end(), ""


def _emphasis(pattern: re.Pattern[str]) -> Callable[[str], Iterator[_Edit]]:
    def edits_of(text: str) -> Iterator[_Edit]:
        for match in pattern.finditer(text):
            start, stop = match.span("words")
            yield match.start(), start, ""
            yield stop, match.end(), ""

    return edits_of


def _taken_away(pattern: re.Pattern[str], instead: str = "") -> Callable[[str], Iterator[_Edit]]:
    return lambda text: ((*match.span(), instead) for match in pattern.finditer(text))


def _addresses(text: str) -> Iterator[_Edit]:
    reached = 0  # behind what was taken away already: several in a row
    for match in _ADDRESS.finditer(text):
        start, stop = match.span()
        before, behind = text[max(0, start - 3) : start], text[stop : stop + 2].lstrip(" ")
        heads = not before.strip(" ") or before.endswith("\n") or (reached and not text[reached:start].strip(" "))
        if not behind or behind[0] == "\n" or heads or _BEHIND_SENTENCE.search(before):
            yield start, stop, ""
            reached = stop


_MARKUP: tuple[tuple[str, Callable[[str], Iterator[_Edit]]], ...] = (
    ("&", _entities),
    ("](", _links),
    ("\\", _taken_away(_ESCAPE)),
    ("**", _emphasis(_STRONG)),
    ("__", _emphasis(_STRONG)),
    ("~~", _emphasis(_STRONG)),
    ("*", _emphasis(_EMPHASIS)),
    ("_", _emphasis(_EMPHASIS)),
    (">", _taken_away(_LINE_MARK)),
    ("#", _taken_away(_LINE_MARK)),
    ("`", _taken_away(_APOSTROPHE, "'")),
    ("´", _taken_away(_APOSTROPHE, "'")),
    ("/", _addresses),
    ("www.", _addresses),
)
"""What a text must hold for a kind of markup to be looked for, and what finds it; what is found twice counts once."""

_SPACES = re.compile(r" {2,}|^ +| +$", re.MULTILINE)
_RETURN = re.compile(r"\r\n?")


def _spaces(text: str) -> Iterator[_Edit]:
    """Spaces at the ends of lines and more than one between words; the line ends of other systems."""
    edits = [(*m.span(), "\n") for m in _RETURN.finditer(text)] if "\r" in text else []
    for match in _SPACES.finditer(text):
        start, stop = match.span()
        inside = start and text[start - 1] != "\n" and text[stop : stop + 1] not in ("", "\n", "\r")
        edits.append((start, stop, " " if inside else ""))
    return iter(sorted(edits))


def _edited(text: str, edits: list[_Edit]) -> tuple[str, Step]:
    pieces: list[str] = []
    views: list[tuple[int, int]] = []
    sources: list[tuple[int, int]] = []
    at = length = 0
    for start, stop, instead in sorted(edits):
        if start < at:
            continue
        length += start - at
        pieces += (text[at:start], instead)
        sources.append((start, stop))
        views.append((length, length + len(instead)))
        length += len(instead)
        at = stop
    pieces.append(text[at:])
    return "".join(pieces), Step(tuple(sources), tuple(views), tuple(stop for _, stop in views))
