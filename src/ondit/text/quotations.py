"""Quoted words in all habits: « », “ ”, „ “, " ", '' '', ‘ ’, nested, over paragraphs, unbalanced.

One pass over the marks of each paragraph, so that ten thousand nested marks cost ten thousand steps.
"""

import re
from collections.abc import Sequence

from ondit.model import Quotation, Span

_MARKS = re.compile(r"\"\"|[«»“”„‟‹›\"‘]|''|``|(?<![\w’'])'(?=\w)|(?<=[\w.,!?…])'(?!\w)|(?<=[\w.,!?…])’(?!\w)")
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
    stack: list[tuple[str, int, int]] = []  # (closing mark awaited, outer start, inner start)
    found: list[Quotation] = []

    def close(level: int, at: int, stop: int) -> None:
        _, outer, inner = stack[level]
        if at > inner:
            found.append(Quotation(Span(outer, stop), _trimmed(text, inner, at), level))
        del stack[level:]

    for match in _MARKS.finditer(text, paragraph.start, paragraph.stop):
        mark, at, stop = match.group(), match.start(), match.end()
        mark = '"' if mark == '""' else mark  # doubled by a spreadsheet
        level = next((i for i in range(len(stack) - 1, -1, -1) if mark == stack[i][0]), None)
        if level is not None and (mark != '"' or not _looks_opening(text, at, stop, paragraph)):
            if mark == "'" and at - stack[level][1] > _MAX_SINGLE:
                del stack[level:]
                continue
            close(level, at, stop)
        elif mark in _CLOSERS:
            # A stray closing mark; some print « as » at the head of every paragraph of a long quotation.
            if at == paragraph.start and len(stack) < _MAX_DEPTH:
                stack.append((mark, at, stop))
        elif mark in _OPENERS and len(stack) < _MAX_DEPTH:
            stack.append((_OPENERS[mark], at, stop))
        elif mark == '"':
            if level is not None and text[stop - 2 : stop - 1].isspace():
                close(level, at, stop)  # space on both sides, and one is open
            elif level is None and len(stack) < _MAX_DEPTH:
                stack.append((mark, at, stop))
            elif level is not None:
                # An opening mark while one is open: the earlier one was a stray.
                del stack[level:]
                stack.append((mark, at, stop))
        elif mark in ("''", "'") and len(stack) < _MAX_DEPTH and _looks_opening(text, at, stop, paragraph):
            stack.append((mark, at, stop))
    # What was opened and never closed runs to the end of the paragraph. Not single marks (those were apostrophes), and a
    # straight mark only at the head of a paragraph, where a quotation over several paragraphs is printed so.
    for level, (closer, outer, inner) in enumerate(stack):
        stray = closer in ("'", "’") or (closer in ('"', "''") and outer > paragraph.start)
        if not stray and paragraph.stop > inner:
            found.append(Quotation(Span(outer, paragraph.stop), _trimmed(text, inner, paragraph.stop), level, closed=False))
    return found


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
