"""Adapter of `polnear`: flat attributions (source, cue, content) from the claims of a reading.

PolNeAR annotates a nested attribution once, at its outermost level, draws the quotation marks and the conjunction into the content and
the auxiliaries into the cue, and keeps the parts of an interrupted quotation together.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evaluation.bench import Row, as_day
from ondit.model import Claim, Quotation, Reading, Span
from ondit.pipeline import read
from ondit.text.quotations import find_quotations
from ondit.text.sentences import find_paragraphs

_OPENING, _CLOSING = "\"'“‘«", "\"'”’»"


def predict(row: Row) -> Row:
    """The attributions of one article."""
    reading = read(row["text"], published=as_day(row.get("date")), lang=row.get("lang"))
    return {"attributions": [a.as_row() for a in attributions(reading)]}


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


def attributions(reading: Reading) -> list[Attribution]:
    """One attribution for the claims that share a voice and a cue."""
    text = reading.report.text
    quotations = find_quotations(text, find_paragraphs(text))
    together: dict[tuple[Span, Span | None], list[Span]] = {}
    for claim in reading.claims:
        if claim.chain:
            source, cue, content = _outermost(text, claim, quotations)
            together.setdefault((source, cue), []).append(content)
    return [_attribution(text, source, cue, contents) for (source, cue), contents in together.items()]


def _outermost(text: str, claim: Claim, quotations: Sequence[Quotation]) -> tuple[Span, Span | None, Span]:
    """Source, cue and content at the level that PolNeAR annotates."""
    outer, *inner = claim.chain
    if not inner:
        return outer.span, claim.cue, claim.content
    if claim.cue and 0 <= outer.span.start - claim.cue.stop <= 5:  # "told AFP": who was told is no source here
        return inner[0].span, claim.cue, claim.content
    told = claim.content.cover(claim.cue) if claim.cue else claim.content
    for quotation in quotations:
        # What a quoted person says that others say is part of the quotation.
        if quotation.inner.contains(told) and not quotation.outer.overlaps(outer.span):
            return outer.span, _cue_beside(text, outer.span), quotation.outer
    return outer.span, claim.cue, claim.content


def _cue_beside(text: str, voice: Span) -> Span | None:
    """The plain reporting verb right before or after a voice."""
    after = re.compile(r"\s+(\w+)").match(text, voice.stop)
    if after and after.group(1).lower() in _words().plain_cues:
        return Span(after.start(1), after.end(1))
    before = re.compile(r"(\w+)\s+$").search(text[max(0, voice.start - 24) : voice.start])
    if before and before.group(1).lower() in _words().plain_cues:
        return Span(voice.start - len(before.group()), voice.start - len(before.group()) + len(before.group(1)))
    return None


def _attribution(text: str, source: Span, cue: Span | None, contents: Sequence[Span]) -> Attribution:
    content = _joined(text, (_with_opener(text, cue, _with_marks(text, span)) for span in contents))
    taken = [source, cue] if cue else [source]
    return Attribution(
        source=(_with_apposition(text, source, cue),) if source != cue else (),
        cue=(_with_auxiliaries(text, cue),) if cue else (),
        content=tuple(piece for span in content for piece in _without(span, taken)),
    )


def _with_marks(text: str, span: Span) -> Span:
    """The span with the quotation marks around it, and the final mark before the closing one."""
    start, stop = span.start, span.stop
    if text[max(0, start - 2) : start] == "''":
        start -= 2
    elif start and text[start - 1] in _OPENING:
        start -= 1
    after = re.compile(r"[,.!?…]?(?:''|[\"'”’»])").match(text, stop)
    return Span(start, after.end() if after and text[stop - 1] not in _CLOSING else stop)


def _with_opener(text: str, cue: Span | None, span: Span) -> Span:
    """The span with the conjunction that joins it to its cue."""
    if cue and cue.stop <= span.start:
        between = text[cue.stop : span.start]
        if between.strip().lower() in _words().content_openers:
            return Span(cue.stop + len(between) - len(between.lstrip()), span.stop)
    return span


def _with_auxiliaries(text: str, cue: Span) -> Span:
    start = cue.start
    while before := re.compile(r"(\w+)\s+$").search(text[max(0, start - 24) : start]):
        if before.group(1).lower() not in _words().cue_openers:
            break
        start -= len(before.group())
    return Span(start, cue.stop)


def _with_apposition(text: str, source: Span, cue: Span | None) -> Span:
    """The source with what stands between commas or in brackets after it, and with its relative clause."""
    if cue and source.stop <= cue.start:
        between = text[source.stop : cue.start].rstrip()
        closed = between.startswith((",", " (")) and between.endswith((",", ")"))
        return Span(source.start, source.stop + len(between)) if closed else source
    relative = re.compile(r",? (\w+) [^.!?\n“”\"]{3,160}").match(text, source.stop)
    if relative and relative.group(1).lower() in _words().relatives:
        return Span(source.start, source.stop + len(relative.group().partition("''")[0].rstrip(" ,")))
    return source


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


@dataclass(frozen=True)
class _Words:
    content_openers: frozenset[str]
    cue_openers: frozenset[str]
    plain_cues: frozenset[str]
    relatives: frozenset[str]


@cache
def _words() -> _Words:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return _Words(**{name: frozenset(words) for name, words in table.items()})
