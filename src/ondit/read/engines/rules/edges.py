"""The edges of what was read: spans without marks, white space, emoji and headline labels around them."""

from ondit.languages import load_pack
from ondit.model import Span
from ondit.read.engines.rules.units import Parse
from ondit.text.signs import is_sign


def without_first_label(parse: Parse, source: Span) -> Span:
    """A source without the label that no mark sets off ("#Urgent the army: …")."""
    labels: list[str] = load_pack(parse.pack.language).table("grammar/attribution")["content"].get("labels", [])
    first, last = parse.token_at(source.start), parse.token_at(source.stop)
    key = parse.tokens.keys[first]
    speaks = any(key in words for words in load_pack(parse.pack.language).table("words/voices")["kinds"].values())
    return parse.span(first + 1, last) if last - first > 1 and key in labels and not speaks else source


def is_label(parse: Parse, source: Span) -> bool:
    """Is it nothing but a label ("Source: Sputnik"), or a heading of a situation report ("Losses of the army: three dead")?"""
    labels: list[str] = load_pack(parse.pack.language).table("grammar/attribution")["content"].get("labels", [])
    first, last = parse.token_at(source.start), parse.token_at(source.stop)
    article = parse.pack.token_rules.clitics.article if parse.pack.token_rules.clitics is not None else ""
    words = parse.tokens.keys[first:last]
    whole = "".join(words) in labels and (len(words) == 1 or words[0] == article)
    numbering: list[str] = load_pack(parse.pack.language).table("words/voices").get("numbering", [])
    numbered = (
        len(words) > 1 and words[-1].isdigit() and not set(numbering).isdisjoint(words)
    )  # "Situation report No. 14"
    return (
        whole
        or numbered
        or words[0] in load_pack(parse.pack.language).table("grammar/attribution")["source"].get("headings", ())
    )


def without_label(parse: Parse, span: Span) -> Span:
    """A content without the label at the head of a headline ("BREAKING: …", "URGENT - …")."""
    labels: list[str] = load_pack(parse.pack.language).table("grammar/attribution")["content"].get("labels", [])
    first, last = parse.token_at(span.start), parse.token_at(span.stop)
    keys = parse.tokens.keys
    for length in (1, 2):
        if (
            first + length + 1 < last
            and keys[first + length] in _LABEL_ENDS
            and " ".join(keys[first : first + length]) in labels
        ):
            return trim(parse, parse.span(first + length + 1, last))
    return span


_LABEL_ENDS = frozenset(":-–—|")
_EDGES = " \t\r\n\u00a0\u202f,;:.!?…،؛؟-–—"


def trim(parse: Parse, span: Span) -> Span:
    """A span without white space and punctuation at its edges, and without quotation marks that wrap all of it."""
    text = parse.text
    start, stop = span.start, span.stop
    while start < stop and (text[start] in _EDGES or is_sign(text[start])):
        start += 1
    while (
        stop > start
        and (text[stop - 1] in _EDGES or is_sign(text[stop - 1]))
        and not _closes_abbreviation(parse, start, stop)
    ):
        stop -= 1
    if (inner := parse.inner_of.get((start, stop))) is not None:
        return inner
    if text.count("(", start, stop) != text.count(")", start, stop):
        if text.endswith(")", start, stop):
            stop -= 1
        elif text.startswith("(", start, stop):
            start += 1
    return Span(start, stop)


def _closes_abbreviation(parse: Parse, start: int, stop: int) -> bool:
    return parse.text[stop - 1] == "." and parse.text[stop - 3 : stop - 2] == "." and stop - start > 3


def without_closing_mark(parse: Parse, span: Span) -> Span:
    """A content without the mark that closes what is quoted of the verb before it: "denies “firmly” | any attack"."""
    said = span.of(parse.text)
    closes = said[:1] in "»”" or (said[:1] == '"' and said.count('"') % 2)
    return trim(parse, Span(span.start + 1, span.stop)) if said and closes else span


def with_opening_mark(parse: Parse, span: Span) -> Span:
    """A content that begins right behind a mark which it closes has the mark, too: "said it was | “deeply alarmed” by …"."""
    said = span.of(parse.text)
    for opening, closing in _PAIRS:
        if said.count(closing) > said.count(opening):
            start = parse.text.rfind(opening, max(0, span.start - 2), span.start)
            return Span(start, span.stop) if start >= 0 else span
    return span


_PAIRS = (("«", "»"), ("“", "”"), ("„", "“"))
