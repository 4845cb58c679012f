"""A long document in windows, so that reading twice the text takes twice the time.

What one claim is compared with (other voices, other happenings) is looked for in its window; an article fits into one. The windows
share no sentence and leave none out. A "sentence" without end is cut: nobody writes one of three thousand characters.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ondit.model import Document, Quotation, Span, Tokens
from ondit.model.records import replace

_SIZE = 16_000  # characters: the longest articles
_LONGEST = 3_000  # characters of a sentence


def windows(document: Document, *, size: int = _SIZE) -> tuple[Document, ...]:
    """The document itself when it is short, else documents of about `size` characters with whole sentences."""
    sentences = tuple(piece for sentence in document.sentences for piece in _pieces(document, sentence))
    whole = document if sentences == document.sentences else replace(document, sentences=sentences)
    passage = document.passages[0].span
    if len(passage) <= size:
        return (whole,)
    groups = list(_groups(sentences, size))
    starts = [passage.start, *(group[0].start for group in groups[1:]), passage.stop]
    quotations = _Quotations(document.quotations)
    return tuple(
        _window(whole, group, Span(start, stop), quotations)
        for group, start, stop in zip(groups, starts, starts[1:], strict=False)
    )


def _pieces(document: Document, sentence: Span) -> Iterator[Span]:
    """The sentence, or pieces of one that is too long, cut before a word."""
    starts = document.tokens.starts
    start = sentence.start
    while sentence.stop - start > _LONGEST:
        at = bisect_left(starts, start + _LONGEST)
        cut = starts[at] if at < len(starts) and starts[at] < sentence.stop else sentence.stop
        if cut == sentence.stop:
            break
        yield Span(start, cut)
        start = cut
    yield Span(start, sentence.stop)


def _groups(sentences: Sequence[Span], size: int) -> Iterator[tuple[Span, ...]]:
    group: list[Span] = []
    for sentence in sentences:
        if group and sentence.stop - group[0].start > size:
            yield tuple(group)
            group = []
        group.append(sentence)
    if group:
        yield tuple(group)


class _Quotations:
    """Quotations in text order, handed out window by window."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self._coming = iter(quotations)
        self._next = next(self._coming, None)
        self._open: list[Quotation] = []

    def within(self, span: Span) -> tuple[Quotation, ...]:
        """Those that reach into a window, cut at its edges; windows are asked for in order."""
        while self._next is not None and self._next.outer.start < span.stop:
            self._open.append(self._next)
            self._next = next(self._coming, None)
        found = tuple(cut for q in self._open if (cut := _cut(q, span)) is not None)
        self._open = [q for q in self._open if q.outer.stop > span.stop]
        return found


def _cut(quotation: Quotation, span: Span) -> Quotation | None:
    if span.contains(quotation.outer):
        return quotation
    outer, inner = _shared(quotation.outer, span), _shared(quotation.inner, span)
    return replace(quotation, outer=outer, inner=inner, closed=False) if outer and inner else None


def _shared(one: Span, other: Span) -> Span | None:
    start, stop = max(one.start, other.start), min(one.stop, other.stop)
    return Span(start, stop) if start < stop else None


def _window(document: Document, sentences: tuple[Span, ...], span: Span, quotations: _Quotations) -> Document:
    tokens = document.tokens
    first, last = bisect_left(tokens.starts, span.start), bisect_left(tokens.starts, span.stop)
    paragraphs = document.paragraphs
    low, high = (
        bisect_left(paragraphs, span.start, key=lambda p: p.stop),
        bisect_left(paragraphs, span.stop, key=lambda p: p.start),
    )
    return replace(
        document,
        paragraphs=tuple(cut for p in paragraphs[low:high] if (cut := _shared(p, span)) is not None),
        sentences=sentences,
        quotations=quotations.within(span),
        tokens=Tokens(tokens.starts[first:last], tokens.stops[first:last], tokens.keys[first:last]),
    )
