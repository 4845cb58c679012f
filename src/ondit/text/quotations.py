"""Quoted words in all habits: « », “ ”, „ “, " ", '' '', ‘ ’, nested, over paragraphs, unbalanced.

One pass over the marks of each paragraph, so that ten thousand nested marks cost ten thousand steps.
"""

import re
from collections.abc import Sequence

from ondit.model import Quotation, Span

# Begins with one of a few characters and looks back over it, so that the search goes from mark to mark.
_MARKS = re.compile(
    r"[«»“”„‟‹›\"‘'`’](?:(?<=\")\"?|(?<=[«»“”„‟‹›‘])|(?<=')'|(?<=`)`"
    r"|(?<=')(?:(?<![\w’']')(?=\w)|(?<=[\w.,!?…]')(?!\w))|(?<=[\w.,!?…]’)(?!\w))"
)
_OPENERS = {"«": "»", "“": "”", "„": "“", "‟": "”", "‹": "›", "‘": "’", "``": "''"}
_CLOSERS = {"»": "«", "”": "“", "›": "‹"}
_MAX_DEPTH = 12  # deeper marks are counted as text: nobody nests quotations further
_MAX_SINGLE = 300  # characters between straight single marks; beyond, they are apostrophes


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """All quotations in text order, outer ones before the ones inside them."""
    found: list[Quotation] = []
    for paragraph in paragraphs:
        found.extend(_in_paragraph(text, paragraph))
    found.sort(key=lambda q: (q.outer.start, -q.outer.stop))
    return tuple(found)


def _in_paragraph(text: str, paragraph: Span) -> list[Quotation]:
    marks = _Open(text, paragraph)
    for match in _MARKS.finditer(text, paragraph.start, paragraph.stop):
        mark = '"' if match.group() == '""' else match.group()  # doubled by a spreadsheet
        marks.meet(mark, match.start(), match.end())
    marks.end()
    return marks.found


class _Open:
    """The marks of a paragraph that are open while it is gone through, and the quotations found."""

    def __init__(self, text: str, paragraph: Span) -> None:
        self.text = text
        self.paragraph = paragraph
        self.stack: list[tuple[str, int, int]] = []  # (closing mark awaited, outer start, inner start)
        self.found: list[Quotation] = []

    def meet(self, mark: str, at: int, stop: int) -> None:
        """Goes on with the mark at `[at, stop)`."""
        level = next((i for i in range(len(self.stack) - 1, -1, -1) if mark == self.stack[i][0]), None)
        opening = _looks_opening(self.text, at, stop, self.paragraph)
        if level is not None and not (mark == '"' and opening):
            if mark == "'" and at - self.stack[level][1] > _MAX_SINGLE:
                del self.stack[level:]
            else:
                self._close(level, at, stop)
        elif mark in _CLOSERS:
            # A stray closing mark; some print « as » at the head of every paragraph of a long quotation.
            if at == self.paragraph.start:
                self._open(mark, at, stop)
        elif mark in _OPENERS:
            self._open(_OPENERS[mark], at, stop)
        elif level is not None:
            self._straight_again(level, at, stop)
        elif mark == '"' or opening:
            self._open(mark, at, stop)

    def _open(self, closer: str, at: int, stop: int) -> None:
        if len(self.stack) < _MAX_DEPTH:
            self.stack.append((closer, at, stop))

    def _close(self, level: int, at: int, stop: int) -> None:
        _, outer, inner = self.stack[level]
        if at > inner:
            self.found.append(Quotation(Span(outer, stop), _trimmed(self.text, inner, at), level))
        del self.stack[level:]

    def _straight_again(self, level: int, at: int, stop: int) -> None:
        """A straight mark that looks opening while one is open: it closes with spaces on both sides, or the earlier was a stray."""
        if self.text[stop - 2 : stop - 1].isspace():
            self._close(level, at, stop)
        else:
            del self.stack[level:]
            self.stack.append(('"', at, stop))

    def end(self) -> None:
        """What was opened and never closed runs to the end of the paragraph.

        Not single marks (those were apostrophes), and a straight mark only at the head of a paragraph, where a quotation over
        several paragraphs is printed so.
        """
        for level, (closer, outer, inner) in enumerate(self.stack):
            stray = closer in ("'", "’") or (closer in ('"', "''") and outer > self.paragraph.start)
            if not stray and self.paragraph.stop > inner:
                span = Span(outer, self.paragraph.stop)
                self.found.append(Quotation(span, _trimmed(self.text, inner, span.stop), level, closed=False))


def _looks_opening(text: str, at: int, stop: int, paragraph: Span) -> bool:
    before = text[at - 1] if at > paragraph.start else " "
    after = text[stop] if stop < paragraph.stop else " "
    return (before.isspace() or before in "([{-–—'’«“/:") and after not in ".,;:!?)"


def _trimmed(text: str, start: int, stop: int) -> Span:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return Span(start, stop)
