"""Makes the shallow parse of a document: tags, then clauses as units, quotations inside quotations included."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence

from ondit.languages import Pack
from ondit.model import Document, Quotation, TimeExpression, Tokens
from ondit.read.engines.rules.chunks import units_of
from ondit.read.engines.rules.finite_verbs import with_finite_verbs
from ondit.read.engines.rules.line_heads import after_dateline, may_begin, sentence_ranges
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.quoted import QuoteIndex
from ondit.read.engines.rules.units import Clause, Parse, token_range
from ondit.read.engines.rules.word_tags import tag_document

_DEEPEST = 8  # quotations in quotations


def parse(document: Document, pack: Pack, times: Sequence[TimeExpression] = ()) -> Parse:
    """Tags a document and cuts its sentences into units."""
    tokens = document.tokens
    ranges = sentence_ranges(document, pack)
    tags = tag_document(document, pack, ranges)
    counted = frozenset(pack.table("words/numerals").get("collectives", ())), phrases(pack).words
    times = [t for t in times if not (_counts_something(t, tokens, tags, *counted) or _is_a_name(t, tokens, tags))]
    result = Parse(document, pack, tokens, tags, tuple(times))
    quotes = QuoteIndex(document.quotations, tokens, tags)
    clauses = sorted(_clauses(result, quotes, ranges), key=lambda c: (c.first, -c.last))
    return Parse(document, pack, tokens, tags, tuple(times), _with_speakers(result, clauses))


_SPEAKER = re.compile(
    r"(?:[ny](?:[oe][ny])*|p)(?:,[^,VURBQ]{1,9},)?[aT]*R(?P<told>[nyp]?)(?:[aT]|[etb]{1,2}[nypT]+(?:o[ny])*)*(?:[.;]|,.*)?"
)


def _with_speakers(parse: Parse, clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses in order; a question or cry and the sentence that says whose it is become one."""
    out: list[Clause] = []
    asked: int | None = None
    for clause in clauses:
        if clause.within is None:
            if asked is not None and _names_the_speaker(parse, out[asked], clause):
                said = out[asked]
                out[asked] = Clause(said.first, clause.last, said.units + clause.units, said.symbols + clause.symbols)
                asked = None
                continue
            asked = len(out) if _ends_by_its_mark(parse, clause) else None
        out.append(clause)
    return tuple(out)


def _ends_by_its_mark(parse: Parse, clause: Clause) -> bool:
    """Is it a quotation alone, with a mark of its own where the comma before its speaker would stand?"""
    quotation = clause.units[0].quotation if clause.symbols == "Q" else None
    return quotation is not None and quotation.inner.of(parse.text).rstrip().endswith(("?", "!", "…"))


def _names_the_speaker(parse: Parse, asked: Clause, clause: Clause) -> bool:
    """As in “Why now?” | Smith asked.: the next sentence of the paragraph says whose words they are, and nothing else."""
    between = parse.text[parse.tokens.stops[asked.last - 1] : parse.tokens.starts[clause.first]]
    match = _SPEAKER.fullmatch(clause.symbols)
    if match is None or "\n" in between:
        return False
    verb = clause.units[clause.symbols.index("R")].verb
    frames = "d" if match.group("told") else "qs"
    return verb is not None and any(not entry.frames.isdisjoint(frames) for entry in verb.reporting)


def _counts_something(
    time: TimeExpression, tokens: Tokens, tags: str, collectives: Collection[str], words: Mapping[str, str]
) -> bool:
    """Is a bare year the figure of a noun ("2000 metres", "2017 soldiers"), or a fortnight fifteen of something ("une quinzaine de morts")?"""
    after = bisect_left(tokens.starts, time.span.stop)
    if tokens.keys[after - 1] in collectives:
        return after + 1 < len(tokens) and words.get(tokens.keys[after]) == "o" and tags[after + 1] in "NDP"
    if not time.text.isdigit():
        return False
    return after < len(tokens) and tags[after] == "N" and tokens.starts[after] - time.span.stop == 1


def _is_a_name(time: TimeExpression, tokens: Tokens, tags: str) -> bool:
    """Is one word the first of somebody's name: "April Jones", the president Rajab Tayyib Erdogan?"""
    first, after = token_range(tokens, time.span)
    named = after - first == 1 and tags[first] == "P" and tags[after : after + 1] == "P"
    return named and (first == 0 or tags[first - 1] not in "E#")


def _clauses(parse: Parse, quotes: QuoteIndex, ranges: Sequence[tuple[int, int, int]]) -> Iterator[Clause]:
    """The sentences as clauses, then the quotations in them, to a depth that nobody quotes at: marks that never close go deeper."""
    open_: list[tuple[int, int, Quotation | None]] = [
        (after_dateline(parse, first, body, last), last, None) for first, body, last in ranges if body < last
    ]
    for _ in range(_DEEPEST + 1):
        open_ = [piece for piece in open_ if piece[0] < piece[1]]
        found = units_of(parse, [(first, last) for first, last, _ in open_], quotes)
        inside: list[tuple[int, int, Quotation | None]] = []
        for (first, last, within), units in zip(open_, found, strict=True):
            finite = with_finite_verbs(parse, tuple(units))
            yield Clause(first, last, finite, "".join([u.kind for u in finite]), within)
            for unit in finite:
                if unit.quotation is not None:
                    _, inner_first, inner_last, quotation = quotes.pieces[unit.first]
                    inside += [(a, b, quotation) for a, b in _inner_sentences(parse, inner_first, inner_last)]
        open_ = inside


def _inner_sentences(parse: Parse, first: int, last: int) -> Iterator[tuple[int, int]]:
    keys, starts, text = parse.tokens.keys, parse.tokens.starts, parse.text
    begin = first
    for at in range(first, last - 1):
        if keys[at] in _STOPS and may_begin(text[starts[at + 1]]) and not _abbreviation(parse, at):
            yield begin, at + 1
            begin = at + 1
    yield begin, last


_STOPS = frozenset((".", "!", "?", "…", "؟"))


def _abbreviation(parse: Parse, at: int) -> bool:
    return parse.tokens.keys[at] == "." and parse.tokens.keys[at - 1] in parse.pack.abbreviations
