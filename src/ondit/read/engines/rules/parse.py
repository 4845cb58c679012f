"""Makes the shallow parse of a document: tags, then clauses as units, quotations inside quotations included."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ondit.languages import Pack
from ondit.model import Document, Quotation, TimeExpression, Tokens
from ondit.read.engines.rules.chunks import units_of
from ondit.read.engines.rules.finite_verbs import with_finite_verbs
from ondit.read.engines.rules.quoted import QuoteIndex
from ondit.read.engines.rules.units import Clause, Parse, token_range
from ondit.read.engines.rules.word_tags import tag_document

_DEEPEST = 8  # quotations in quotations


def parse(document: Document, pack: Pack, times: Sequence[TimeExpression] = ()) -> Parse:
    """Tags a document and cuts its sentences into units."""
    tokens = document.tokens
    tags = tag_document(document, pack)
    times = [time for time in times if not (_counts_something(time, tokens, tags) or _is_a_name(time, tokens, tags))]
    result = Parse(document, pack, tokens, tags, tuple(times))
    quotes = QuoteIndex(document.quotations, tokens, tags)
    clauses = sorted(_clauses(result, quotes), key=lambda c: (c.first, -c.last))
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


_DATELINE = 14  # tokens before the dash of a dateline
_DASHES = frozenset("-–—")
_LINE = 40  # characters
_STATE = re.compile(
    r"(?:^|(?<=\n))[A-Z][A-Z .'-]+, [A-Z][a-z]{1,5}\. ?$"
)  # "GLASGOW, Ky. | (AP) –": what looks like a sentence before
_IN_DATELINES = frozenset(",/()")


def _after_dateline(parse: Parse, first: int, last: int) -> int:
    """The first token behind "Bamako, 24 August (AFP) – …" at the head of a paragraph: where and when it was written is told by nobody."""
    keys, tags, text = parse.tokens.keys, parse.tags, parse.text
    starts, stops = parse.tokens.starts, parse.tokens.stops
    opens = _heads(text[starts[first]]) or text[starts[first]] == "("
    if not opens or _STATE.sub("", text[max(0, starts[first] - _LINE) : starts[first]]).rstrip(" \u00a0")[-1:] not in (
        "",
        "\n",
    ):
        return first
    if (behind := _behind_quoted_outlet(parse, first, last)) > first:
        return behind
    stretch = range(first + 1, min(last - 3, first + _DATELINE))
    dash = next((at for at in stretch if keys[at] in _DASHES and _is_a_dash(text, stops[at])), None)
    if dash is None:
        return first
    twice = keys[dash + 1] in _DASHES
    times = parse.times_in(parse.span(first, dash))
    dated = {at for time in times for at in range(*token_range(parse.tokens, time.span))}
    named = all(
        at in dated
        or keys[at] in _IN_DATELINES
        or (_heads(text[starts[at]]) and (tags[at] not in "VX" or text[starts[at]].isupper()))
        or tags[at] in "#D"
        for at in range(first, dash)
    )
    cased = text[starts[first]].isupper()
    bracketed = ")" in keys[first:dash] if cased else keys[dash - 1] == ")"
    shown = bool(dated) or bracketed or text[starts[first] : stops[first]].isupper()
    return dash + 1 + twice if named and shown else first


def _behind_quoted_outlet(parse: Parse, first: int, last: int) -> int:
    """The first token behind "Sanaa - «the Gulf»: …", "Gaza «the Gulf», agencies: …"; `first` where there is none."""
    match = _OUTLET_LINE.match(parse.text, parse.tokens.starts[first])
    if match is None:
        return first
    quote, behind = parse.token_at(match.start("quote")), parse.token_at(match.end())
    agencies = parse.pack.table("grammar/attribution")["content"].get("agencies", ())
    if match.group("colon") and match.group("beside") not in agencies:
        return first  # "Lavrov: «no», adding …"
    placed = all(tag in "PD." for tag in parse.tags[first:quote]) and "P" in parse.tags[first:quote]
    return behind if placed and behind < last else first


_OUTLET_LINE = re.compile(
    r"\w+(?: \w+)? ?(?:[-–]|(?P<colon>:))? ?(?P<quote>[«“\"])\w+(?: \w+)?[»”\"](?:[,،] ?(?P<beside>\w+))? ?(?(colon):?|:) ?"
)


def _is_a_dash(text: str, stop: int) -> bool:
    """Does a space stand behind, or a second hyphen ("BEIJING --At least …")?"""
    return text[stop : stop + 1].isspace() or text[stop - 1 : stop + 1] == "--"


def _heads(letter: str) -> bool:
    """May a name begin with it: a capital, or a letter of a script that has none?"""
    return letter.isupper() or (letter.isalpha() and not letter.islower())


def _counts_something(time: TimeExpression, tokens: Tokens, tags: str) -> bool:
    """Is a bare year the figure of a noun ("2000 metres", "2017 soldiers")?"""
    if not time.text.isdigit():
        return False
    after = bisect_left(tokens.starts, time.span.stop)
    return after < len(tokens) and tags[after] == "N" and tokens.starts[after] - time.span.stop == 1


def _is_a_name(time: TimeExpression, tokens: Tokens, tags: str) -> bool:
    """Is one word the first of somebody's name: "April Jones", the president Rajab Tayyib Erdogan?"""
    first, after = token_range(tokens, time.span)
    named = after - first == 1 and tags[first] == "P" and tags[after : after + 1] == "P"
    return named and (first == 0 or tags[first - 1] not in "E#")


def _clauses(parse: Parse, quotes: QuoteIndex) -> Iterator[Clause]:
    """The sentences as clauses, then the quotations in them, to a depth that nobody quotes at: marks that never close go deeper."""
    sentences = [token_range(parse.tokens, sentence) for sentence in parse.document.sentences]
    open_: list[tuple[int, int, Quotation | None]] = [
        (_after_dateline(parse, first, last), last, None) for first, last in sentences
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
        if keys[at] in (".", "!", "?", "…") and text[starts[at + 1]].isupper() and not _abbreviation(parse, at):
            yield begin, at + 1
            begin = at + 1
    yield begin, last


def _abbreviation(parse: Parse, at: int) -> bool:
    return parse.tokens.keys[at] == "." and parse.tokens.keys[at - 1] in parse.pack.abbreviations
