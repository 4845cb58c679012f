"""Names in texts, whatever their case, accents, separators or encoding, and what is put in their place; spans move with the text."""

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import quote

from ondit.model import Span
from ondit.model.records import replace
from ondit.text.folding import fold_name, fold_text
from ondit.text.scripts import script_of

_GAP = r"(?:[\W_]|%20)+"
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_LONG = 4  # letters from which a name without case is found inside a word, behind what is written onto it
_CASELESS = frozenset({"Arabic", "Hebrew"})
# Fields with words of ondit's own, which mean the same whoever is named like one of them ("statement_only", "en").
_VOCABULARY = frozenset({"type", "field", "what", "language", "languages", "method", "edtf", "mod", "country"})
_VOCABULARY_OF = {
    "Place": frozenset({"kind"}),
    "TimeExpression": frozenset({"value"}),
    "Aggregate": frozenset({"rule"}),
    "Finding": frozenset({"name"}),
}


@dataclass(frozen=True, slots=True)
class Cut:
    """Characters that go, and what comes instead."""

    start: int
    stop: int
    instead: str


class Rewriter:
    """Puts pseudonyms in the place of names. `names` go from a name to its pseudonym; longer names win over names inside them."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.found: dict[str, int] = {}
        self._pseudonyms: dict[str, str] = {}
        patterns: dict[str, str] = {}
        for name in sorted(names, key=lambda n: (-len(n), n)):
            pattern = _pattern(name)
            if pattern and pattern not in patterns:
                group = f"n{len(patterns)}"
                patterns[pattern] = group
                self._pseudonyms[group] = names[name]
        self._groups = [f"(?P<{group}>{pattern})" for pattern, group in patterns.items()]
        self._patterns = [re.compile("|".join(self._groups[n : n + 80])) for n in range(0, len(self._groups), 80)]

    def cuts(self, text: str) -> list[Cut]:
        """Where names stand in a text, in order; none overlaps another."""
        if not self._patterns or not text:
            return []
        folded = fold_text(text)
        found = []
        for pattern in self._patterns:
            for match in pattern.finditer(folded.text):
                start, stop = folded.source_span(*match.span())
                found.append(Cut(start, stop, self._pseudonyms[match.lastgroup or ""]))
        kept: list[Cut] = []
        for cut in sorted(found, key=lambda c: (c.start, -c.stop)):
            if not kept or cut.start >= kept[-1].stop:
                kept.append(cut)
            elif cut.stop > kept[-1].stop:
                kept[-1] = Cut(kept[-1].start, cut.stop, kept[-1].instead)
        return kept

    def text(self, text: str) -> str:
        """A text without the names."""
        cuts = self.cuts(text)
        for cut in cuts:
            self.found[cut.instead] = self.found.get(cut.instead, 0) + 1
        return spliced(text, cuts)

    def holds(self, text: str) -> bool:
        """Is there a name in a text?"""
        return bool(self.cuts(text))


def spliced(text: str, cuts: Sequence[Cut]) -> str:
    """A text with the cuts made."""
    parts, at = [], 0
    for cut in cuts:
        parts += [text[at : cut.start], cut.instead]
        at = cut.stop
    return "".join([*parts, text[at:]])


def moved(cuts: Sequence[Cut]) -> Callable[[Span], Span]:
    """Where a span is after the cuts; one that begins or ends inside a cut takes all that came instead."""

    def shift(offset: int, *, end: bool) -> int:
        by = 0
        for cut in cuts:
            if cut.stop <= offset:
                by += len(cut.instead) - (cut.stop - cut.start)
            elif cut.start < offset:
                return cut.start + by + (len(cut.instead) if end else 0)
            else:
                break
        return offset + by

    def move(span: Span) -> Span:
        start, stop = shift(span.start, end=False), shift(span.stop, end=True)
        return Span(start, max(start, stop))

    return move


@dataclass(frozen=True, slots=True)
class Rewriting:
    """How a record is rewritten: its texts, its spans, and, before and after its fields, the record itself."""

    text: Callable[[str], str]
    span: Callable[[Span], Span] = lambda span: span
    before: Callable[[Any], Any] = lambda thing: thing
    after: Callable[[Any, Any], Any] = lambda _was, now: now

    def apply(self, thing: Any) -> Any:
        """A record with every text and span in it rewritten."""
        thing = self.before(thing)
        if isinstance(thing, Enum) or thing is None:
            return thing
        if isinstance(thing, str):
            return self.text(thing)
        if isinstance(thing, Span):
            return self.span(thing)
        if isinstance(thing, tuple):
            return tuple(self.apply(one) for one in thing)
        if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
            fixed = _VOCABULARY | _VOCABULARY_OF.get(type(thing).__name__, frozenset())
            values = {
                f.name: self.apply(getattr(thing, f.name)) for f in dataclasses.fields(thing) if f.name not in fixed
            }
            return self.after(thing, replace(thing, **values))
        return thing


def _pattern(name: str) -> str:
    """A pattern for a name on the folded view: its words with anything between them, or as an address writes it."""
    words = fold_name(name).split()
    if not words:
        return ""
    body = _GAP.join("'?".join(map(re.escape, word)) for word in words)
    caseless = script_of(words[0][0]) in _CASELESS
    inside = caseless and len("".join(words)) >= _LONG
    plain = body if inside else f"{_BEFORE}{body}{_AFTER}"
    encoded = quote(" ".join(name.split()), safe="").lower()
    return (
        plain
        if encoded.isascii() and "%" not in encoded.replace("%20", "")
        else f"{plain}|{re.escape(encoded).replace('%20', _GAP)}"
    )
