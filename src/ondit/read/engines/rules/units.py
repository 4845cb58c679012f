"""The shallow parse of a document: tags, verb groups, and each sentence as a short string of units that grammars match.

Units, one character each:

    n noun phrase   y noun phrase headed by a reporting noun ("statement")   p pronoun
    verb groups by form, capital when the verb reports:
        V/v finite active: R / V     finite passive: B / U     infinitive: I / i     gerund: G / g     bare past participle: J / j
    S preposition of source ("according to")   o of   b by   t to   e other preposition   T time expression   Q quotation
    C that   W whether, what   L relative pronoun   s other subordinator   k and, or   a adverb   x adjective   , ; : . ( ) -   z other
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ondit.languages import Pack
from ondit.model import Document, Quotation, Span, TimeExpression, Tokens
from ondit.model.records import record
from ondit.read.engines.rules.lexicon import Lexicon, Reporting, load_lexicon


@record
class VerbGroup:
    """A verb with its auxiliaries: tokens `first` … `last` (exclusive), `head` the content verb.

    `form` is finite, infinitive, gerund or participle; `reporting` the entry of the reporting lexicon, if any.
    """

    first: int
    last: int
    head: int
    form: str
    passive: bool = False
    negated: bool = False
    conditional: bool = False
    modal: bool = False
    future: bool = False
    reporting: tuple[Reporting, ...] = ()


@record
class Unit:
    """One piece of a sentence: its kind (see the module's table) and its tokens `first` … `last` (exclusive)."""

    kind: str
    first: int
    last: int
    verb: VerbGroup | None = None
    quotation: Quotation | None = None


@record
class Clause:
    """A sentence (or the inside of a quotation) as units; `units` as a string is what grammars match."""

    first: int
    last: int
    units: tuple[Unit, ...]
    symbols: str
    within: Quotation | None = None


Words = set[str] | frozenset[str] | dict[str, Any]
"""Keys to look for in a parse."""


@dataclass(frozen=True)
class Parse:
    """A document in one language with tags and clauses; built by `parse`."""

    document: Document
    pack: Pack
    tokens: Tokens
    tags: str
    times: tuple[TimeExpression, ...]
    clauses: tuple[Clause, ...] = field(default=())

    @cached_property
    def text(self) -> str:
        """The report's text."""
        return self.document.report.text

    @cached_property
    def inner_of(self) -> dict[tuple[int, int], Span]:
        """Quotations without their marks, by the offsets with them."""
        return {(q.outer.start, q.outer.stop): q.inner for q in self.document.quotations}

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The tokens of each key."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, key in enumerate(self.tokens.keys):
            found[key].append(at)
        found.default_factory = None  # from now on looking for a word that is not there adds nothing
        return found

    def where(self, words: Words) -> list[int]:
        """The tokens with one of these keys, in order; looked for among the different words of a text, which are few."""
        places = self.places
        written = words.keys() & places.keys() if isinstance(words, dict) else words.intersection(places)
        return sorted([at for key in written for at in places[key]])

    @cached_property
    def clause_starts(self) -> list[int]:
        """First token of each clause, in order."""
        return [clause.first for clause in self.clauses]

    @cached_property
    def time_starts(self) -> list[int]:
        """Where each time expression begins."""
        return [time.span.start for time in self.times]

    def times_in(self, span: Span) -> list[TimeExpression]:
        """The time expressions inside a span."""
        starts = self.time_starts
        found = self.times[bisect_left(starts, span.start) : bisect_left(starts, span.stop)]
        return [time for time in found if time.span.stop <= span.stop]

    def clauses_in(self, first: int, last: int) -> Sequence[Clause]:
        """The clauses that share a token with `first` … `last` (exclusive), and some before that do not."""
        low = bisect_left(self.clause_starts, first)
        while low > 0 and (
            low == len(self.clauses) or self.clauses[low].first > first or self.clauses[low].within is not None
        ):
            low -= 1
        return self.clauses[low : bisect_left(self.clause_starts, last)]

    @cached_property
    def lexicon(self) -> Lexicon:
        """The pack's reporting words."""
        return load_lexicon(self.pack)

    def span(self, first: int, last: int) -> Span:
        """Characters of the tokens `first` … `last` (exclusive)."""
        return Span(self.tokens.starts[first], self.tokens.stops[last - 1])

    def words(self, first: int, last: int) -> str:
        """The text of the tokens as written."""
        return self.text[self.tokens.starts[first] : self.tokens.stops[last - 1]]

    def token_at(self, offset: int) -> int:
        """Index of the first token that starts at or after a character offset."""
        return bisect_left(self.tokens.starts, offset)


_JOINTS = frozenset(",;،؛")


def is_joint(parse: Parse, at: int) -> bool:
    """Is the token a conjunction, comma or semicolon?"""
    return parse.tags[at] == "C" or parse.tokens.keys[at] in _JOINTS


def token_range(tokens: Tokens, span: Span) -> tuple[int, int]:
    """First token of a span and the one after its last."""
    return bisect_left(tokens.starts, span.start), bisect_left(tokens.starts, span.stop)
