"""Flat attributions (source, cue, content) as PolNeAR draws them, from the parse and the attributions of the rule engine.

PolNeAR annotates a nested attribution once, at its outermost level, draws the quotation marks and the conjunction into the content and
the auxiliaries, adverbs and prepositions into the cue, and keeps the parts of an interrupted quotation together. What it counts beside
words that were said is read in `polnear_reading`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evaluation.bench import Row
from evaluation.polnear_reading import read_attributions
from evaluation.polnear_verbs import Found
from evaluation.polnear_words import words
from ondit.languages import load_pack
from ondit.model import Report, Span
from ondit.normalise import normalise
from ondit.normalise.windows import windows
from ondit.read.engines.rules.engine import parse_document
from ondit.read.engines.rules.units import Parse

_OPENING, _CLOSING = "\"'“‘«", "\"'”’»"
_LANGUAGE = "en"


@dataclass(frozen=True)
class Attribution:
    """Who (may be empty), by what words, what."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]

    def as_row(self) -> Row:
        """In the scorer's words."""
        return {
            role: [[s.start, s.stop] for s in spans]
            for role, spans in (("source", self.source), ("cue", self.cue), ("content", self.content))
        }


def attributions(text: str) -> list[Attribution]:
    """The attributions of an English text, as PolNeAR draws them."""
    pack = load_pack(_LANGUAGE)
    document = normalise(Report(id="", text=text, language=_LANGUAGE), pack)
    return [a for window in windows(document) for a in drawn(parse_document(window, pack))]


def drawn(parse: Parse) -> Iterator[Attribution]:
    """The attributions of a parse."""
    for found in read_attributions(parse):
        yield _attribution(parse, found)


def _attribution(parse: Parse, found: Found) -> Attribution:
    text = parse.text
    cue, contents = found.cue, found.contents
    if not found.nominal:
        contents = tuple(_with_opener(text, cue, _with_marks(text, span)) for span in contents)
        cue, contents = _with_preposition(parse, cue, contents)
        cue = _with_openers(parse, cue, found.source)
    source = found.source
    taken = [span for span in (source, cue) if span]
    return Attribution(
        source=(source,) if source else (),
        cue=tuple(_without(cue, [source])) if source and source.overlaps(cue) else (cue,),
        content=tuple(piece for span in _joined(text, contents) for piece in _without(span, taken)),
    )


def _with_preposition(parse: Parse, cue: Span, contents: tuple[Span, ...]) -> tuple[Span, tuple[Span, ...]]:
    """A preposition at the head of the content belongs to the cue: "spoke | about", "called | for"."""
    for number, content in enumerate(contents):
        at = parse.token_at(content.start)
        beside = content.start > cue.stop and not parse.text[cue.stop : content.start].strip()
        if beside and parse.tags[at] == "E" and parse.tokens.stops[at] < content.stop:
            start = parse.tokens.starts[at + 1]
            moved = (*contents[:number], Span(start, content.stop), *contents[number + 1 :])
            return Span(cue.start, parse.tokens.stops[at]), moved
    return cue, contents


def _with_openers(parse: Parse, cue: Span, source: Span | None) -> Span:
    """The cue with the auxiliaries, adverbs and "to" before its verb, with the verb that governs it, and with a colon after it."""
    first = parse.token_at(cue.start)
    keys, tags, lists = parse.tokens.keys, parse.tags, words().table
    least = parse.token_at(source.stop) if source and source.stop <= cue.start else 0
    head = first
    while first > least:
        if keys[first - 1] not in lists["cue_openers"] and tags[first - 1] not in "XRy":
            if first == head and tags[first - 1] == "t" and tags[first] in "iz":
                first -= 1
                for length in (1, 2):
                    if " ".join(keys[first - length : first]) in lists["governors"] and first - length >= least:
                        first -= length
                        break
                continue
            break
        first -= 1
    stop = cue.stop + 1 if parse.text[cue.stop : cue.stop + 1] == ":" else cue.stop
    after = parse.token_at(stop)
    if keys[head] in lists["passives"] and after < len(parse.tokens) and keys[after] in lists["agents"]:
        stop = parse.tokens.stops[after]
    return Span(parse.tokens.starts[first], stop)


def _with_marks(text: str, span: Span) -> Span:
    """The span with the quotation marks around it, and the final mark before the closing one."""
    start, stop = span.start, span.stop
    if text[max(0, start - 2) : start] == "''":
        start -= 2
    elif start and text[start - 1] in _OPENING:
        start -= 1
    after = re.compile(r"[,.!?…]?(?:''|[\"'”’»])").match(text, stop)
    return Span(start, after.end() if after and text[stop - 1] not in _CLOSING else stop)


def _with_opener(text: str, cue: Span, span: Span) -> Span:
    """The span with the conjunction that joins it to its cue."""
    if cue.stop <= span.start:
        between = text[cue.stop : span.start]
        if between.strip().lower() in words().table["content_openers"]:
            return Span(cue.stop + len(between) - len(between.lstrip()), span.stop)
    return span


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans in text order; those with nothing but marks and white space between them become one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and (span.start <= joined[-1].stop or not re.search(r"\w", text[joined[-1].stop : span.start])):
            joined[-1] = joined[-1].cover(span)
        else:
            joined.append(span)
    return joined


def _without(span: Span, holes: Sequence[Span]) -> list[Span]:
    """What is left of a span when its own source and cue are cut out of it."""
    pieces = [span]
    for hole in holes:
        pieces = (
            [
                Span(start, stop)
                for piece in pieces
                for start, stop in (
                    (piece.start, min(piece.stop, hole.start)),
                    (max(piece.start, hole.stop), piece.stop),
                )
                if start < stop
            ]
            if any(hole.overlaps(piece) for piece in pieces)
            else pieces
        )
    return pieces
