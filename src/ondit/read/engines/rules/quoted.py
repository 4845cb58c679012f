"""Which quotations are pieces of a sentence by themselves, and which are a few words inside a phrase."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ondit.model import Quotation, Tokens
from ondit.read.engines.rules.units import token_range

_TRANSPARENT = 4  # a quotation of at most so many words without a finite verb is part of the phrase it stands in


class QuoteIndex:
    """Which quotations are pieces of their own, and which are a few words inside a phrase."""

    def __init__(self, quotations: Sequence[Quotation], tokens: Tokens, tags: str) -> None:
        self.pieces: dict[int, tuple[int, int, int, Quotation]] = {}
        self.marks: set[int] = set(_hashes(tokens))
        for quotation in quotations:
            first, last = token_range(tokens, quotation.outer)
            inner_first, inner_last = token_range(tokens, quotation.inner)
            self.marks.update(range(first, inner_first))
            self.marks.update(range(inner_last, last))
            inside = tags[inner_first:inner_last]
            few = len(inside) <= _TRANSPARENT and (
                not set(inside) & set("VX") or _is_predicate(tags, first, inner_first)
            )
            if not few and inner_last > inner_first:
                self.pieces.setdefault(first, (last, inner_first, inner_last, quotation))
        self._places = sorted(self.marks.union(self.pieces))

    def between(self, first: int, last: int) -> Sequence[int]:
        """Tokens `first` … `last` (exclusive) that are marks or begin a piece."""
        return self._places[bisect_left(self._places, first) : bisect_left(self._places, last)]


def _hashes(tokens: Tokens) -> Iterator[int]:
    """The marks of hashtags, which are words of their sentence like any others."""
    keys = tokens.keys
    if "#" in keys:
        for at in range(len(keys) - 1):
            if keys[at] == "#" and tokens.starts[at + 1] == tokens.stops[at] and keys[at + 1][0].isalpha():
                yield at


def _is_predicate(tags: str, first: int, inner_first: int) -> bool:
    """As in "The ministry “deplores” the raid": a finite verb in marks, right behind its subject."""
    return tags[inner_first] in "VX" and first > 0 and tags[first - 1] in "NP"
